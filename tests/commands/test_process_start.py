"""A fresh process loads what its command needs, and not more: the start takes longer than most answers."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.measures.process_start import BOUNDS, commands, measure_starts
from tests.support import ROOT

FLOORS = ("cli", "commands", "corpus", "indexer", "muniment", "search")

NOT_FOR_A_SEARCH = {
    "asyncio", "bs4", "charset_normalizer", "concurrent", "csv", "difflib", "email", "http", "importlib.metadata",
    "lxml", "multiprocessing", "py3langid", "pypdf", "pypdfium2", "random", "socket", "subprocess", "tempfile",
    "tomllib", "trafilatura", "urllib.request", "uuid.getnode", "warcio", "watchfiles", "wcwidth", "whoosh", "xml",
    "zipfile",
}  # fmt: skip
"""Modules that a search in an archive without settings has no use for. Each takes 1 to 50 ms to load."""

MAX_OWN_MODULES = {"--version": 20, "search": 145}
"""Modules of this project that a command may load. One that is needed raises the number, with its reason: a search
checks what may be planted in an archive, its settings, and the values that a query names, and joins words
that are printed in parts, also over the ends of pages, and numbers and abbreviations with their signs."""


def loaded_modules(*arguments: str) -> set[str]:
    """Run the command line in a new process, and return the modules that it has loaded at its end."""
    code = (
        "import sys\nfrom muniment.__main__ import main\n"
        "try:\n    main(prog_name='muniment')\n"
        "finally:\n    import gc\n    print(*sys.modules, f'gc={gc.isenabled()}', file=sys.stderr)"
    )
    command = [sys.executable, "-c", code, *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return set(done.stderr.split())


def own(modules: set[str]) -> set[str]:
    return {name for name in modules if name.partition(".")[0] in FLOORS}


def test_a_search_loads_no_module_that_it_has_no_use_for(sample_folder: Path) -> None:
    modules = loaded_modules("--archive", str(sample_folder), "search", "torture", "prevention")
    assert not {name for name in modules if name in NOT_FOR_A_SEARCH or name.partition(".")[0] in NOT_FOR_A_SEARCH}
    assert len(own(modules)) <= MAX_OWN_MODULES["search"]
    assert "gc=True" in modules  # it is off while modules are imported


def test_the_version_is_printed_without_numpy_or_the_search() -> None:
    modules = loaded_modules("--version")
    assert not modules & {"numpy", "sqlite3", "search", "indexer", "importlib.metadata", "email"}
    assert len(own(modules)) <= MAX_OWN_MODULES["--version"]


@pytest.mark.no_cover  # it measures time, and tracing lines takes some
def test_a_fresh_process_takes_little_more_than_its_libraries(sample_folder: Path) -> None:
    starts = {start.name: start for start in measure_starts(commands(sample_folder, "torture prevention"), 3)}
    for name, (_, bound) in BOUNDS.items():
        assert starts[name].ratio <= 1.5 * bound  # alone on a machine it meets the bound; tests run side by side
