"""`muniment` has the public names and nothing else."""

from __future__ import annotations

import subprocess
import sys

import pytest

import muniment
import search
from corpus import errors
from muniment import api
from tests.support import ROOT


def test_every_public_name_can_be_used_and_listed() -> None:
    assert {*dir(muniment)} == {"__version__", *api.__all__}
    assert all(getattr(muniment, name) is getattr(api, name) for name in api.__all__)
    assert api.__all__ == sorted(api.__all__)


def test_the_public_api_has_all_names_of_the_search_and_all_errors() -> None:
    raised = {name for name, value in vars(errors).items() if isinstance(value, type) and name.endswith("Error")}
    assert {*search.__all__} | raised <= {*api.__all__}


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'serach'"):
        muniment.serach  # noqa: B018


def test_importing_muniment_loads_no_search() -> None:
    code = "import muniment, sys; print([name for name in ('search', 'indexer', 'numpy') if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_the_command_line_runs_as_a_module() -> None:
    command = [sys.executable, "-m", "muniment", "--help"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("Usage: muniment [OPTIONS]")
