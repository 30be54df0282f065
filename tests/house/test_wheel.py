"""The wheel, built and installed into an environment that has the declared dependencies and nothing else."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path, PurePosixPath

import pytest

from corpus import VERSION
from tests.support import ROOT

SOURCES = (
    "pyproject.toml",
    "setup.py",
    "README.md",
    "LICENSE",
    "cli.py",
    "commands",
    "corpus",
    "indexer",
    "muniment",
    "search",
    "web",
)

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

SCRIPT = """
import sys
from pathlib import Path

import muniment

FLOORS = ("cli", "commands", "corpus", "indexer", "search", "web")

if __name__ == "__main__":
    assert not [name for name in sys.modules if name.startswith("muniment.search")]
    with muniment.open_archive(sys.argv[1]) as archive:
        result = archive.search(muniment.Request("torture", filters=(muniment.Filter("category", "statement"),)))
    assert not [name for name in FLOORS if name in sys.modules]
    print(result.total, Path(muniment.__file__).parent)
"""


@dataclass(frozen=True)
class Installation:
    """A virtual environment with the wheel in it, and a folder to work in."""

    environment: Path
    wheel: Path
    work: Path

    @property
    def python(self) -> str:
        return str(self.environment / "bin" / "python")

    def run(self, *command: str) -> str:
        """Run a command outside the checkout and return what it prints."""
        variables = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "MUNIMENT"))}
        done = subprocess.run(command, cwd=self.work, env=variables, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


def pip(*arguments: str) -> str:
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def canonical(requirement: str) -> str:
    """Return the name of the distribution that a requirement asks for."""
    return re.sub(r"[-_.]+", "-", re.split(r"[^\w.-]", requirement)[0]).lower()


def link_dependencies(declared: Sequence[str], site: Path) -> None:
    """Link into ``site`` the installed distributions that are declared, and what those declare in turn."""
    installed = {canonical(found.metadata["Name"]): found for found in metadata.distributions()}
    linked: set[str] = set()
    waiting = {canonical(line) for line in declared}
    while waiting:
        name = waiting.pop()
        if name in linked or name not in installed:  # what only other platforms need is not installed
            continue
        linked.add(name)
        waiting |= {canonical(line) for line in installed[name].requires or () if "extra ==" not in line}
        source = Path(str(installed[name].locate_file("")))
        for top in {file.parts[0] for file in installed[name].files or ()} - {"..", "__pycache__"}:
            if not (site / top).exists():
                (site / top).symlink_to(source / top)


def copy_sources(target: Path) -> Path:
    """Copy what the wheel is built from, so that the build leaves nothing in the checkout."""
    target.mkdir()
    for name in SOURCES:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, target / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, target / name)
    return target


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """Build the wheel and install it."""
    folder = tmp_path_factory.mktemp("wheel")
    source = copy_sources(folder / "source")
    pip("wheel", "--quiet", "--no-deps", "--no-build-isolation", "-w", str(folder / "dist"), str(source))
    (wheel,) = (folder / "dist").iterdir()
    environment = folder / "environment"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", environment], check=True)
    (site,) = environment.glob("lib/python*/site-packages")
    link_dependencies(PROJECT["dependencies"], site)
    pip("--python", str(environment / "bin" / "python"), "install", "--quiet", "--no-deps", "--no-index", str(wheel))
    (folder / "work").mkdir()
    return Installation(environment, wheel, folder / "work")


def test_the_wheel_contains_the_package_muniment_and_nothing_else(installation: Installation) -> None:
    with zipfile.ZipFile(installation.wheel) as wheel:
        names = [PurePosixPath(name) for name in wheel.namelist()]
    assert {name.parts[0] for name in names} == {"muniment", f"muniment-{VERSION}.dist-info"}
    assert PurePosixPath("muniment/py.typed") in names
    assert not [name for name in names if {"tests", "benchmarks", "tools", "__pycache__"} & {*name.parts}]


def test_the_wheel_contains_every_module_and_data_file_of_the_checkout(installation: Installation) -> None:
    tracked = subprocess.run(["git", "ls-files", *SOURCES[4:]], cwd=ROOT, capture_output=True, text=True, check=True)
    left_out = {"corpus/sample/README.md", "corpus/sample/.gitattributes"}
    wanted = {
        name if name.startswith("muniment/") else f"muniment/{name}" for name in {*tracked.stdout.split()} - left_out
    }
    with zipfile.ZipFile(installation.wheel) as wheel:
        assert wanted <= {*wheel.namelist()}


def test_every_dependency_of_the_wheel_is_declared_and_compatible(installation: Installation) -> None:
    assert "No broken requirements found" in pip("--python", installation.python, "check")


def test_an_archive_is_indexed_and_searched_by_the_installed_programs(installation: Installation) -> None:
    """Workers are spawned under three kinds of main module: the script, ``-m`` and a user's own file."""
    script = str(installation.environment / "bin" / "muniment")
    module = (installation.python, "-m", "muniment")
    search = ("search", "torture category:statement", "--json")
    totals = []
    for name, program in {"script": (script,), "module": module}.items():
        archive = installation.work / name
        shutil.copytree(ROOT / "corpus" / "sample" / "archive" / "statements", archive)
        shutil.copyfile(
            ROOT / "corpus" / "sample" / "archive" / "strategy" / "plain-words.docx", archive / "plain.docx"
        )
        installation.run(*program, "--archive", str(archive), "index", "--jobs", "2")
        totals.append(json.loads(installation.run(*program, "--archive", str(archive), *search))["total"])
    (installation.work / "notebook.py").write_text(SCRIPT, encoding="utf-8")
    total, package = installation.run(installation.python, "notebook.py", "script").split()
    assert totals == [int(total)] * 2
    assert totals[0] > 0
    assert Path(package).is_relative_to(installation.environment)


def test_no_module_outside_muniment_can_be_imported(installation: Installation) -> None:
    names = ("cli", "commands", "corpus", "indexer", "search", "web")
    code = f"from importlib.util import find_spec as f; print([n for n in {names} if f(n)])"
    assert installation.run(installation.python, "-c", code) == "[]\n"
