import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.categories import DEFAULT_CATEGORIES, read_categories
from corpus.errors import SettingsError


@pytest.mark.parametrize(
    ("title", "category"),
    [
        ("2021 Online Conference Report", "conference report"),
        ("CSO Co-Chair Speeches, 2021 Conference", "speech"),
        ("The COVID-19 pandemic & LGBTIQ+ communities: a call for action for government", "call for action"),
        ("Report 1: Global Impact of COVID-19 on LGBTI Communities", "report"),
        ("Equal Rights Coalition Civil Society Roles & Structure Proposal", "proposal"),
        ("ERC 2021 Convening Civil Society Statement", "statement"),
        ("Equal Rights Coalition Strategic Plan 2021-2026", "strategic document"),
        ("Annex B: Five-Year Implementation Plan", "strategic document"),
        ("Equal Rights Coalition’s (ERC) statement on coronavirus", "statement"),
        ("Rapport annuel 2019", "report"),
        ("Déclaration de la coalition sur le Brunei", "statement"),
        ("Remarks on the National Security Strategy", "speech"),
        ("speeches", "speech"),
        ("Gender Recognition and Trans Rights in the UK", None),
        ("Hate speech in Europe", None),
        ("How States address violence", None),
        ("A course in report writing", None),
        ("Letter dated 4 March transmitting the report", None),
        ("Implementation of the Declaration on the Granting of Independence", None),
        ("upr", None),
        ("", None),
    ],
)
def test_a_title_has_the_category_its_words_announce_and_no_other(title: str, category: str | None) -> None:
    assert DEFAULT_CATEGORIES.recognise(title) == category


@given(st.sampled_from([(name, alias) for name, aliases in DEFAULT_CATEGORIES.rows for alias in (name, *aliases)]))
def test_every_spelling_names_its_category_whatever_its_case(row: tuple[str, str]) -> None:
    assert DEFAULT_CATEGORIES.match(row[1].upper()) == row[0]


@pytest.mark.no_cover  # tracing lines doubles its time, and other tests run the same lines
@given(st.text(max_size=200))
def test_recognising_never_raises_and_answers_only_with_names_of_the_list(text: str) -> None:
    assert DEFAULT_CATEGORIES.recognise(text) in (None, *DEFAULT_CATEGORIES.names)
    assert DEFAULT_CATEGORIES.match(text) in (None, *DEFAULT_CATEGORIES.names)


def test_an_archive_may_have_a_list_of_its_own() -> None:
    own = read_categories({"letter": ["Letters", "Lettre"], "minutes": "Procès-verbal"})
    assert own.names == ("letter", "minutes")
    assert own.recognise("Letter dated 4 March") == "letter"
    assert own.match("proces verbal") == "minutes"


@pytest.mark.parametrize(
    "table", [{}, [], {"a": 3}, {"": ["x"]}, {"a": [""]}, {"a": ["x"], "b": ["X"]}, {"none": []}, {"a": [1]}]
)
def test_a_list_that_makes_no_sense_is_a_settings_error(table: object) -> None:
    with pytest.raises(SettingsError):
        read_categories(table)
