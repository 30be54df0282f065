"""The layout of the wheel: `cli` and the checkout's four packages become submodules of `muniment`.

`search` or `cli` are too common as names to install on a user's path. So the wheel contains `muniment.search` in place
of `search`, and its absolute imports and ``module:function`` tables are renamed while the modules are copied. An
editable install keeps the layout of the checkout.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from setuptools import find_packages, setup
from setuptools.command.build_py import build_py
from setuptools.command.editable_wheel import editable_wheel

FLOORS = ("commands", "corpus", "indexer", "search", "web")
MODULES = ("cli", *FLOORS)
CHECKOUT_PACKAGES = [
    "muniment",
    *find_packages(include=[pattern for name in FLOORS for pattern in (name, f"{name}.*")]),
]
_TARGET = re.compile(rf"({'|'.join(MODULES)})(\.\w+)*:\w+")
"""The ``module:function`` strings of the tables that load by name."""


def namespaced(source: str) -> str:
    """Return a module's source with every import and ``module:function`` string moved below `muniment`."""
    lines = [line.encode() for line in source.splitlines(keepends=True)]
    for number, column, module in sorted(_mentions(ast.parse(source)), reverse=True):
        line = lines[number - 1]
        start = line.index(module.encode(), column)
        lines[number - 1] = line[:start] + b"muniment." + line[start:]
    return b"".join(lines).decode()


def _mentions(tree: ast.Module) -> Iterator[tuple[int, int, str]]:
    """Yield line, column and name of each module that has to be renamed."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] in MODULES:
            yield node.lineno, node.col_offset + len("from"), node.module
        elif isinstance(node, ast.Import) and any(alias.name.split(".")[0] in MODULES for alias in node.names):
            raise SystemExit(f"line {node.lineno}: write 'from ... import ...' for a module of this project")
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and _TARGET.fullmatch(node.value):
            yield node.lineno, node.col_offset, node.value


class BuildPy(build_py):
    """Copies modules into the wheel, renamed; `cli.py` comes from beside the packages."""

    def find_package_modules(self, package: str, package_dir: str) -> list[tuple[str, str, str]]:
        """Return the modules of a package, and with those of `muniment` the command line."""
        modules: list[tuple[str, str, str]] = super().find_package_modules(package, package_dir)
        return [*modules, (package, "cli", "cli.py")] if package == "muniment" else modules

    def build_module(self, module: str, module_file: str, package: str) -> tuple[str, bool]:
        """Copy a module, then rename what it imports."""
        outfile, copied = super().build_module(module, module_file, package)
        path = Path(outfile)
        path.write_text(namespaced(Path(module_file).read_text(encoding="utf-8")), encoding="utf-8")
        return outfile, copied


class EditableWheel(editable_wheel):
    """Installs the checkout as it is: the packages stay at the top level."""

    def finalize_options(self) -> None:
        """Replace the wheel's layout by the checkout's."""
        self.distribution.packages = CHECKOUT_PACKAGES
        self.distribution.package_dir = {}
        self.distribution.py_modules = ["cli"]
        super().finalize_options()


WHEEL_PACKAGES = {
    name if name == "muniment" else f"muniment.{name}": name.replace(".", "/") for name in CHECKOUT_PACKAGES
}

setup(
    packages=list(WHEEL_PACKAGES),
    package_dir=WHEEL_PACKAGES,
    package_data={
        "muniment": ["py.typed"],
        "muniment.corpus": ["*.csv"],
        "muniment.web": ["openapi.json", "templates/*.html"],
        "muniment.web.files": ["static/*"],
        "muniment.corpus.sample": ["*.csv", "archive/**/*"],
    },
    include_package_data=False,
    cmdclass={"build_py": BuildPy, "editable_wheel": EditableWheel},
)
