"""Equivalent terms from the archive's list, a SKOS file and country names, and exact words without them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import SettingsError
from corpus.settings import load_settings
from corpus.thesaurus import Thesaurus, country_synonyms
from indexer.ingest.pipeline import index
from indexer.ingest.run_config import Options
from search import Request, open_archive
from search.grammar.normal_form import normalise
from search.grammar.parse import parse
from search.grammar.unparse import to_text
from search.planning.expansion import EQUIVALENT_WEIGHT, expand_query, index_equivalents

TEXTS = {
    "cso": "A CSO is a body of its own.",
    "long": "Each civil society organisation was heard.",
    "apart": "The organisation of society was not civil.",
    "burma": "Burma was the name.",
    "adjective": "The Burmese delegation spoke.",
    "lgbt": "LGBTIQ+ people spoke.",
}
TODAY = dt.date(2026, 1, 1)
OWN = '[thesaurus]\nequivalent = [["CSO", "civil society organisation"], ["LGBTI", "LGBTIQ+", "LGBT"]]\n'
SKOS = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
  xmlns:skos="http://www.w3.org/2004/02/skos/core#">
  <skos:Concept rdf:about="#1"><skos:prefLabel xml:lang="en">delegation</skos:prefLabel>
    <skos:altLabel>embassy</skos:altLabel></skos:Concept>
</rdf:RDF>"""


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("equivalents")
    for name, text in TEXTS.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    (folder / "muniment.toml").write_text(OWN, encoding="utf-8")
    list(index(folder, (), Options(jobs=1)))
    return folder


def found(archive: Path, query: str) -> set[str]:
    with open_archive(archive) as opened:
        return {Path(hit.path).stem for hit in opened.search(Request(query)).hits}


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("CSO", {"cso", "long"}),
        ("civil society organisation", {"cso", "long", "apart"}),  # typed without quotation marks: in any order
        ('"civil society organisation"', {"long"}),
        ("=CSO", {"cso"}),
        ("CSO heard", {"long"}),
        ("LGBTI", {"lgbt"}),
        ("Myanmar", {"burma", "adjective"}),
        ("title:Myanmar", {"burma"}),
        ("name -Myanmar", set()),
        ("=Myanmar", set()),
    ],
)
def test_a_word_finds_what_means_the_same_unless_it_is_asked_for_alone(
    archive: Path, query: str, names: set[str]
) -> None:
    assert found(archive, query) == names


def test_what_was_typed_comes_first_and_the_echo_says_what_was_searched(archive: Path) -> None:
    with open_archive(archive) as opened:
        page = opened.search(Request("burmese"))
        assert [Path(hit.path).stem for hit in page.hits] == ["adjective", "burma"]
        assert (
            page.understood == f"burmese OR Myanmar (weight {EQUIVALENT_WEIGHT}) OR Burma (weight {EQUIVALENT_WEIGHT})"
        )


def test_a_skos_file_adds_its_concepts_and_countries_can_be_left_out(archive: Path, tmp_path: Path) -> None:
    (tmp_path / "thesaurus.rdf").write_text(SKOS, encoding="utf-8")
    settings = tmp_path / "muniment.toml"
    settings.write_text('[thesaurus]\nskos = "thesaurus.rdf"\ncountries = false\n', encoding="utf-8")
    assert load_settings(tmp_path).thesaurus == Thesaurus((("delegation", "embassy"),))
    settings.write_text("", encoding="utf-8")
    assert load_settings(tmp_path).thesaurus.groups == country_synonyms()


@pytest.mark.parametrize(
    "wrong",
    [
        'equivalent = ["CSO"]',
        "equivalent = [1]",
        'equivalent = [["CSO"]]',
        'skos = "none.rdf"',
        "colour = 1",
        'skos = "muniment.toml"',
    ],
)
def test_a_thesaurus_that_means_nothing_is_said_to(tmp_path: Path, wrong: str) -> None:
    (tmp_path / "muniment.toml").write_text(f"[thesaurus]\n{wrong}\n", encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        load_settings(tmp_path)
    assert caught.value.hint


WORDS = st.lists(st.sampled_from(["a", "b", "c", "d", "=a", "-b", "OR", '"a b"', "(", ")"]), max_size=8).map(" ".join)


@given(WORDS)
def test_a_widened_query_is_written_and_read_back_like_any_other(text: str) -> None:
    equivalents = index_equivalents(Thesaurus((("a", "b c", "d"), ("c", "e"))))
    widened = normalise(expand_query(parse(text, today=TODAY).query, equivalents))
    assert parse(to_text(widened), today=TODAY).query == widened


def test_without_a_thesaurus_a_query_stays_as_it_is() -> None:
    query = parse("a b OR c -d", today=TODAY).query
    assert expand_query(query, {}) == query
