"""The documentation says what the program does."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import muniment
from benchmarks.formats import renew_tables
from corpus import VERSION
from tests.support import ROOT
from tools.generated_page import write_page
from tools.screenshots import PICTURES

PAGES = [path for folder in (ROOT, ROOT / "docs") for path in sorted(folder.glob("*.md"))]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_of_a_page_leads_to_a_file(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8"))
    assert not [link for link in links if not (page.parent / link).exists()]


@pytest.mark.parametrize("name", ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "docs/ranking.md"])
def test_every_path_that_a_page_names_exists(name: str) -> None:
    folders = "benchmarks|commands|corpus|docs|indexer|muniment|search|tests|tools"
    text = (ROOT / name).read_text(encoding="utf-8")
    paths = re.findall(rf"`((?:{folders})/[\w./-]*)`", text)
    assert paths
    assert not [path for path in paths if not (ROOT / path).exists()]


def test_every_class_that_the_architecture_names_exists() -> None:
    names = re.findall(r"`([A-Z][a-z]\w+)`", (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8"))
    folders = ("corpus", "indexer", "search", "web", "commands")
    code = "\n".join(path.read_text(encoding="utf-8") for folder in folders for path in (ROOT / folder).rglob("*.py"))
    assert "SearchPlan" in names
    assert not [name for name in names if not re.search(rf"^class {name}\b", code, re.MULTILINE)]


def test_the_page_of_formats_has_every_format_and_state() -> None:
    page = (ROOT / "docs/formats.md").read_text(encoding="utf-8")
    assert page == renew_tables(page), "run: make formats"


def test_every_picture_is_shown_and_all_are_small() -> None:
    shown = {f"{picture.name}.png" for picture in PICTURES}
    assert {path.name for path in (ROOT / "docs/images").iterdir()} == shown
    pages = "".join((ROOT / f"docs/{name}.md").read_text(encoding="utf-8") for name in ("web", "research"))
    assert not shown - {*re.findall(r"images/([\w-]+\.png)", pages)}
    assert sum(path.stat().st_size for path in (ROOT / "docs/images").iterdir()) < 1_500_000


def test_the_version_is_the_same_everywhere() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["tool"]["setuptools"]["dynamic"]["version"] == {"attr": "corpus.VERSION"}
    assert f"\nversion: {VERSION}\n" in (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    versions = re.findall(r"## \[([\d.]+)\]", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"))
    assert versions[0] == VERSION == muniment.__version__


def test_the_glossary_explains_about_forty_words_in_order() -> None:
    rows = re.findall(
        r"^\| (.+?) \| (.+?) \| ?(.*?) ?\|$", (ROOT / "docs/glossary.md").read_text(encoding="utf-8"), re.MULTILINE
    )[1:]
    words = [word.casefold() for word, *_ in rows]
    assert 35 <= len(words) <= 60
    assert words == sorted(set(words))


def test_the_examples_of_the_python_api_run(sample_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    names: dict[str, object] = {"archive_folder": sample_folder}
    blocks = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    assert len(blocks) >= 7
    for block in blocks:
        exec(block, names)  # noqa: S102 (our own documentation)
    assert "page" in capsys.readouterr().out


def test_the_screen_in_the_readme_is_what_the_program_prints(sample_folder: Path) -> None:
    shown = re.search(r"\n\$ muniment (search .+)\n((?:.|\n)*?)```", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert shown
    command = [sys.executable, "-m", "muniment", "--archive", str(sample_folder), *shlex.split(shown[1])]
    environment = os.environ | {"COLUMNS": "100"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout == shown[2]


def test_a_page_is_written_over_itself_alone(tmp_path: Path) -> None:
    mine, page = tmp_path / "mine.md", tmp_path / "page.md"
    mine.write_text("MY ONLY COPY\n", encoding="utf-8")
    write_page(page, "# Commands\none")
    write_page(page, "# Commands\ntwo")
    assert page.read_text(encoding="utf-8") == "# Commands\ntwo"
    with pytest.raises(SystemExit, match=r"mine\.md: is not a page"):
        write_page(mine, "# Commands\n")
    assert mine.read_text(encoding="utf-8") == "MY ONLY COPY\n"
