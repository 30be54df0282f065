"""Hooks of pytest that trace lines for coverage in tests and their fixtures, and not in pytest's own work.

They are a plugin, as pytest calls no hook of ``tests/conftest.py`` for a fixture of the whole session.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

import pytest


@dataclass(frozen=True)
class Tracers:
    """The functions that trace lines for coverage, of this thread and of threads started from now on."""

    own: Any = None
    of_threads: Any = None

    def install(self) -> None:
        """Trace with these functions from now on."""
        sys.settrace(self.own)
        threading.settrace(self.of_threads)

    @contextmanager
    def installed(self) -> Iterator[None]:
        """Trace with these functions until the block ends."""
        before = Tracers(sys.gettrace(), threading.gettrace())
        self.install()
        try:
            yield
        finally:
            before.install()


NO_TRACERS = Tracers()
coverage_tracers = pytest.StashKey[Tracers]()


def set_tracers_aside(config: pytest.Config) -> None:
    """Trace nothing from now on, and keep the tracers of coverage for the parts of a run that are traced."""
    config.stash[coverage_tracers] = Tracers(sys.gettrace(), threading.gettrace())
    NO_TRACERS.install()


@contextmanager
def traced_in_parts(config: pytest.Config) -> Iterator[None]:
    """Trace only the parts of the block that install `coverage_tracers`: pytest's own work takes twice as long."""
    set_tracers_aside(config)
    try:
        yield
    finally:
        config.stash[coverage_tracers].install()


@pytest.hookimpl(wrapper=True)
def pytest_collection(session: pytest.Session) -> Generator[None, object, object]:
    """Trace the imports of modules of tests, and not how pytest collects tests."""
    with traced_in_parts(session.config):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtestloop(session: pytest.Session) -> Generator[None, object, object]:
    """Trace tests and their fixtures, and not what pytest does between them."""
    with traced_in_parts(session.config):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Generator[None, object, object]:
    """Import a module of tests; of the processes of xdist, which all import the same, the first traces it."""
    if isinstance(collector, pytest.Module) and os.environ.get("PYTEST_XDIST_WORKER", "gw0") == "gw0":
        with (
            collector.config.stash[coverage_tracers].installed(),
            suppress(Exception, pytest.skip.Exception),  # pytest imports it again, and reports why it cannot
        ):
            _ = collector.obj
    return (yield)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Set aside the new tracers with which pytest-cov, without xdist, goes on after a test with the mark."""
    try:
        return (yield)
    finally:
        if sys.gettrace() is not None:
            set_tracers_aside(item.config)


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> Generator[None, object, object]:
    """Trace the test, unless it has the mark ``no_cover``."""
    no_cover = pyfuncitem.get_closest_marker("no_cover")
    with (NO_TRACERS if no_cover else pyfuncitem.config.stash[coverage_tracers]).installed():
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(request: pytest.FixtureRequest) -> Generator[None, object, object]:
    """Trace the fixture, also for a test with the mark: it may import modules that are imported once."""
    with request.config.stash[coverage_tracers].installed():
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None, object, object]:
    """Trace what fixtures do after the test."""
    with item.config.stash[coverage_tracers].installed():
        return (yield)
