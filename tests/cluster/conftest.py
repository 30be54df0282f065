"""Fixtures of the tests that need a real cluster; all of them are marked ``cluster`` and run by ``make cluster``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cluster.local_cluster import NoClusterError, running_cluster


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.cluster)


@pytest.fixture(scope="session")
def cluster() -> Iterator[str]:
    """Yield the beginning of the engine's setting of a cluster that runs; skip where none can."""
    running = running_cluster()
    try:
        address = next(running)
    except NoClusterError as error:
        pytest.skip(str(error))
    yield address
    running.close()


_FIGURES = pytest.StashKey[list[str]]()


@pytest.fixture(scope="session")
def figures(pytestconfig: pytest.Config) -> list[str]:
    """Return the lines that are shown at the end of the run."""
    return pytestconfig.stash.setdefault(_FIGURES, [])


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Show what the tests measured."""
    for line in config.stash.get(_FIGURES, []):
        terminalreporter.write_line(line)
