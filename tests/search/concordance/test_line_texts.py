"""Lines where texts are difficult: over the ends of pages and lines, in scripts without spaces, and changed since."""

from __future__ import annotations

from pathlib import Path

import pytest

import search
from indexer.archivist.corrections import edit
from indexer.ingest.pipeline import index, refresh
from indexer.ingest.run_config import Options
from muniment import ContextUnit, KwicOptions, LineKey, Request, Within, kwic

TEXTS = {
    "pages.txt": "The first page ends with these words\fcuttlefish begin the second page.\n\nA paragraph of its own.\n",
    "divided.txt": "An examination of squid. Every exami-\nnation of a squid is long, and each squidward glance.\n",
    "chinese.txt": "禁止酷刑公约规定任何人不得施加酷刑。各国应当防止酷刑行为。\n",
    "arabic.txt": "لا يجوز إخضاع أحد للتعذيب. ويجب منع التعذيب في كل مكان.\n",
    "overlap.txt": "octopus octopus octopus saw the sea. Octopus and then the wide blue sea again.\n",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("lines")
    for name, text in TEXTS.items():
        (made / name).write_text(text, encoding="utf-8")
    list(index(made, (), Options(jobs=1)))
    return made


def lines_of(folder: Path, query: str, options: KwicOptions | None = None) -> list[tuple[str, str, str]]:
    with search.open_archive(folder) as archive:
        return [(line.left, line.node, line.right) for line in kwic(archive, Request(query), options).lines]


def test_context_runs_over_the_end_of_a_page_unless_told_otherwise(folder: Path) -> None:
    three = KwicOptions(left=3, right=2)
    assert lines_of(folder, "cuttlefish", three) == [("with these words", "cuttlefish", "begin the")]
    on_page = KwicOptions(left=3, right=2, within=Within.PAGE)
    assert lines_of(folder, "cuttlefish", on_page) == [("", "cuttlefish", "begin the")]
    assert lines_of(folder, '"words cuttlefish"', three) == [("ends with these", "words cuttlefish", "begin the")]
    assert lines_of(folder, '"words cuttlefish"', on_page) == []
    paragraph = KwicOptions(unit=ContextUnit.PARAGRAPH)
    assert lines_of(folder, "cuttlefish", paragraph)[0][2] == " begin the second page."
    sentence = lines_of(folder, "cuttlefish", KwicOptions(unit=ContextUnit.SENTENCE))
    assert sentence == [("The first page ends with these words ", "cuttlefish", " begin the second page.")]


def test_a_word_that_the_end_of_a_line_divides_is_one_node(folder: Path) -> None:
    lines = lines_of(folder, "examination", KwicOptions(left=1, right=1))
    assert lines == [("An", "examination", "of"), ("Every", "examination", "of")]
    beside = KwicOptions(left=1, right=1)  # as context it is whole too, where it ends or begins with a part of the word
    assert lines_of(folder, "every", beside) == [("squid.", "Every", "examination")]
    assert lines_of(folder, '"of a"', beside) == [("examination", "of a", "squid")]
    sentence = lines_of(folder, "every", KwicOptions(unit=ContextUnit.SENTENCE))
    assert sentence[0][2].startswith(" examination of a squid is long")
    with search.open_archive(folder) as archive:
        groups = kwic(archive, Request("squid*"), KwicOptions(group=LineKey.LEFT_1)).groups
    assert {(group.label, group.lines) for group in groups} == {("of", 1), ("a", 1), ("each", 1)}
    with search.open_archive(folder) as archive:
        groups = kwic(archive, Request("of"), KwicOptions(group=LineKey.LEFT_1, limit=0)).groups
    assert ("examination", 2) in {(group.label, group.lines) for group in groups}


def test_scripts_without_spaces_or_from_the_right_have_lines(folder: Path) -> None:
    lines = lines_of(folder, "酷刑", KwicOptions(left=2, right=2))
    assert [node for _, node, _ in lines] == ["酷刑", "酷刑", "酷刑"]
    assert lines[0][0].endswith("禁止")
    assert lines_of(folder, "التعذيب", KwicOptions(left=2, right=2)) == [("ويجب منع", "التعذيب", "في كل")]


def test_of_places_that_overlap_the_first_counts(folder: Path) -> None:
    assert [node for _, node, _ in lines_of(folder, '"octopus octopus"')] == ["octopus octopus"]
    nearest = lines_of(folder, "octopus NEAR/5 sea")
    assert [node for _, node, _ in nearest] == ["octopus saw the sea", "Octopus and then the wide blue sea"]
    either = lines_of(folder, 'sea OR "the sea"')
    assert [node for _, node, _ in either] == ["the sea", "sea"]


def test_documents_that_changed_since_they_were_indexed_have_no_lines(folder: Path) -> None:
    with search.open_archive(folder) as archive:
        before = kwic(archive, Request("octopus"))
        edit(folder, before.lines[0].id, {"title": "Eight arms"})
        changed = kwic(archive, Request("octopus"))
        assert (changed.total, changed.unread, changed.lines) == (before.total, before.total, ())
        refresh(folder)
        archive.refresh()
        after = kwic(archive, Request("octopus"))
    assert (after.unread, {line.title for line in after.lines}) == (0, {"Eight arms"})
