"""Review sets: merged searches, decisions of two readers, kappa by hand, sums of the flow, and files read back."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import rispy
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Document, State
from corpus.errors import MunimentError
from corpus.researcher_store import ResearcherStore, open_store
from corpus.researcher_store.review_rows import Decision, ReaderDecision, ReviewReader
from indexer.archivist.withdrawal import withdraw
from indexer.ingest.pipeline import refresh
from search.archive import Archive, open_archive
from search.presentation.records_json import review_json
from search.request import Filter, Request
from search.review_sets.agreement import agreement, agreement_of
from search.review_sets.flow_drawing import flow_drawing
from search.review_sets.review_export import review_ris, review_table
from search.review_sets.review_flow import flow_rows, flow_table, review_flow
from search.review_sets.review_import import import_review
from search.review_sets.review_set import (
    Judgement,
    ReviewItem,
    ReviewSearch,
    ReviewSet,
    add_to_review,
    begin_review,
    decide,
    review_set,
)

RELEVANT, NOT, MAYBE = Decision.RELEVANT, Decision.NOT_RELEVANT, Decision.MAYBE
SECOND, AGREED = ReviewReader.SECOND, ReviewReader.AGREED
EVERYTHING = Request("")


@pytest.fixture
def archive(papers: Path) -> Iterator[Archive]:
    with open_archive(papers) as opened:
        yield opened


@pytest.fixture
def store(archive: Archive, tmp_path: Path) -> Iterator[ResearcherStore]:
    with archive.shared.use() as state, open_store(state.catalogue, tmp_path / "own", write=True) as opened:
        yield opened


def test_searches_are_merged_with_their_origin_and_the_next_is_unseen(archive: Archive, store: ResearcherStore) -> None:
    narrow = Request("", (Filter("category", "letter"),))
    first = begin_review(archive, store, "prisons", narrow, ["off topic"])
    assert add_to_review(archive, store, "prisons", EVERYTHING) == 4 - len(first.items)
    review = review_set(archive, store, "prisons")
    assert [search.total for search in review.searches] == [len(first.items), 4]
    assert {item.origins for item in review.items} <= {(1, 2), (2,)}
    assert [item.id for item in review.items][: len(first.items)] == [item.id for item in first.items]
    for item in review.items[:3]:
        upcoming = review_set(archive, store, "prisons").next_item()
        assert upcoming
        assert upcoming.id == item.id
        decide(store, "prisons", item.id, Judgement(MAYBE))
    last = review_set(archive, store, "prisons").next_item()
    assert last
    decide(store, "prisons", last.id, Judgement(RELEVANT))
    assert review_set(archive, store, "prisons").next_item() is None  # it ends, and a second reader begins anew
    assert review_set(archive, store, "prisons").next_item(SECOND) is not None
    decide(store, "prisons", last.id, Judgement(None))
    assert review_set(archive, store, "prisons").next_item() == review.item(last.id)


def test_a_disagreement_counts_until_it_is_settled(archive: Archive, store: ResearcherStore) -> None:
    item = begin_review(archive, store, "prisons", EVERYTHING).items[0]
    for reader in (ReviewReader.FIRST, SECOND):  # nothing to settle before both have decided, nor while they agree
        decide(store, "prisons", item.id, Judgement(RELEVANT), reader)
        with pytest.raises(MunimentError, match="nothing to settle"):
            decide(store, "prisons", item.id, Judgement(RELEVANT), AGREED)
    decide(store, "prisons", item.id, Judgement(NOT, "off topic", "only a mention"), SECOND)
    review = review_set(archive, store, "prisons")
    assert review.next_item(AGREED) == review.items[0]
    assert review.items[0].final is None
    assert review_flow(archive, review).conflicts == 1
    decide(store, "prisons", item.id, Judgement(NOT, "off topic"), AGREED)
    review = review_set(archive, store, "prisons")
    assert review.next_item(AGREED) is None
    assert review_flow(archive, review).excluded == {"off topic": 1}
    assert agreement(review).agreed == 0  # what was agreed on afterwards is no agreement of readers
    with pytest.raises(MunimentError, match="have settled"):
        decide(store, "prisons", item.id, Judgement(None))
    assert review_set(archive, store, "prisons").items == review.items
    decide(store, "prisons", item.id, Judgement(None), AGREED)
    assert review_set(archive, store, "prisons").items[0].is_in_conflict


def test_a_withdrawn_document_shows_no_title_and_no_note(
    archive: Archive, store: ResearcherStore, papers: Path
) -> None:
    item = begin_review(archive, store, "prisons", EVERYTHING).items[0]
    decide(store, "prisons", item.id, Judgement(NOT, "off topic", "quixadril"))
    withdraw(papers, item.id, "a witness asked")
    refresh(papers)
    review = review_set(archive, store, "prisons")
    text = "".join(
        [*review_table(review), *review_ris(archive, review), str(review_json(review, review_flow(archive, review)))]
    )
    assert "quixadril" not in text
    assert item.title not in text
    assert item.id in text
    assert review_flow(archive, review).excluded == {"off topic": 1}  # the numbers stay what they were


# By hand. Of 50 documents, 20 are relevant to both readers and 15 to none: p_o = 35/50. The readers call 25/50 and
# 30/50 relevant: p_e = 0.5 * 0.6 + 0.5 * 0.4 = 0.5, and kappa = 0.2 / 0.5 = 0.4.
# With three decisions, 4 + 3 + 2 of 12 documents agree: p_o = 9/12. The rows sum to 5, 4 and 3, the columns to 6, 4 and
# 2: p_e = (30 + 16 + 6) / 144 = 52/144, and kappa = (108 - 52) / (144 - 52) = 56/92.
@pytest.mark.parametrize(
    ("table", "kappa"),
    [
        ({(RELEVANT, RELEVANT): 20, (RELEVANT, NOT): 5, (NOT, RELEVANT): 10, (NOT, NOT): 15}, 0.4),
        ({(RELEVANT, RELEVANT): 4, (RELEVANT, NOT): 1, (NOT, NOT): 3, (NOT, RELEVANT): 1, (MAYBE, MAYBE): 2,
          (MAYBE, RELEVANT): 1}, 56 / 92),
        ({(RELEVANT, NOT): 1, (NOT, RELEVANT): 1}, -1.0),
        ({(RELEVANT, RELEVANT): 3, (NOT, NOT): 2}, 1.0),
        ({(RELEVANT, RELEVANT): 3}, None),
        ({}, None),
    ],
)  # fmt: skip
def test_kappa_is_that_of_tables_worked_by_hand(
    table: dict[tuple[Decision, Decision], int], kappa: float | None
) -> None:
    worked = agreement_of(pair for pair, count in table.items() for _ in range(count))
    assert worked.kappa == (None if kappa is None else pytest.approx(kappa))
    assert worked.documents == sum(table.values())


ITEMS = st.lists(
    st.tuples(
        st.sampled_from([State.INDEXED, State.WITHDRAWN, State.MISSING, None]),
        st.dictionaries(
            st.sampled_from(ReviewReader),
            st.builds(ReaderDecision, st.sampled_from(Decision), st.sampled_from(["", "old", "off topic"])),
        ),
        st.sets(st.integers(1, 3), min_size=1),
    ),
    max_size=12,
)


@given(rows=ITEMS)
def test_the_sums_of_the_flow_hold_for_every_review(rows: list[tuple[State | None, dict, set[int]]]) -> None:  # type: ignore[type-arg]
    items = tuple(
        ReviewItem(
            f"d{n}",
            None if state is None else Document(f"d{n}", "", state, "", "", ""),
            tuple(sorted(origins)),
            decisions,
        )
        for n, (state, decisions, origins) in enumerate(rows)
    )
    totals = [sum(ordinal in item.origins for item in items) for ordinal in (1, 2, 3)]
    searches = tuple(ReviewSearch(n, EVERYTHING, "", total) for n, total in enumerate(totals, start=1))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("search.review_sets.review_flow.coverage", lambda _: None)
        flow = review_flow(None, ReviewSet("r", "", (), searches, items))  # type: ignore[arg-type]
    assert flow.identified == flow.duplicates + flow.records
    assert flow.records == sum(flow.not_retrievable.values()) + flow.unseen + flow.screened
    assert flow.screened == sum(flow.excluded.values()) + flow.undecided + flow.included
    shown = {step: count for step, detail, count in flow_rows(flow) if not detail}
    assert shown["identified"] == sum(c for step, detail, c in flow_rows(flow) if step == "identified" and detail)
    assert shown["screened"] == shown["excluded"] + shown["undecided"] + shown["included"]
    assert len(list(csv.reader(io.StringIO("".join(flow_table(flow)))))) == 1 + len([*flow_rows(flow)])
    drawing = ET.fromstring(flow_drawing(flow, 'A & "B" <c>'))  # noqa: S314 (our own)
    texts = [element.text or "" for element in drawing.iter("{http://www.w3.org/2000/svg}text")]
    assert {f"{step.capitalize()}: {count:,}" for step, count in shown.items()} <= set(texts)


@pytest.mark.parametrize("as_ris", [False, True])
def test_decisions_reasons_and_notes_come_back_from_a_file(
    archive: Archive, store: ResearcherStore, tmp_path: Path, as_ris: bool
) -> None:
    ids = [item.id for item in begin_review(archive, store, "prisons", EVERYTHING).items]
    begin_review(archive, store, "copy", EVERYTHING)
    decide(store, "prisons", ids[0], Judgement(NOT, "off topic (mostly)", '=HYPERLINK("x"); kept - as typed'))
    decide(store, "prisons", ids[0], Judgement(RELEVANT, None, "see page 4"), SECOND)
    decide(store, "prisons", ids[1], Judgement(MAYBE, None, "Wörter, \u2018quoted\u2019"))
    decide(store, "copy", ids[1], Judgement(RELEVANT, "kept", "an earlier note"))
    review = review_set(archive, store, "prisons")
    file = tmp_path / "review"
    file.write_text(
        "".join(review_ris(archive, review) if as_ris else review_table(review)), encoding="utf-8", newline=""
    )
    if as_ris:
        first = rispy.loads(file.read_text(encoding="utf-8"), skip_unknown_tags=False)[0]
        assert first["keywords"][0] == "review: conflict"
        assert first["notes"][0] == f"not (off topic (mostly)) - document {ids[0]}, reader 1, review prisons"
        assert first["notes"][2:4] == [
            f"relevant - document {ids[0]}, reader 2, review prisons", "Note of reader 2: see page 4",
        ]  # fmt: skip
    assert import_review(store, "copy", file).decisions == 3
    back, before = review_set(archive, store, "copy"), review_set(archive, store, "prisons")
    assert [{reader: (one.decision, one.note) for reader, one in item.decisions.items()} for item in back.items] == [
        {reader: (one.decision, one.note) for reader, one in item.decisions.items()} for item in before.items
    ]
    assert back.item(ids[0]).decisions[ReviewReader.FIRST].reason == "off topic (mostly)"
    assert back.item(ids[1]).decisions[ReviewReader.FIRST].reason == "kept"  # an empty cell takes nothing away


def test_what_a_spreadsheet_saves_is_read_and_mistakes_change_nothing(
    archive: Archive, store: ResearcherStore, tmp_path: Path
) -> None:
    first, second = [item.id for item in begin_review(archive, store, "prisons", EVERYTHING).items][:2]
    file = tmp_path / "table.csv"
    file.write_text(f"id;decision;note\n{first};NOT;n\nnosuchid22;not;\n{second};unseen;\n", encoding="utf-8-sig")
    done = import_review(store, "prisons", file)
    assert (done.decisions, done.unknown) == (1, ("nosuchid22",))
    for text in (f"id,decision\n{second},not\n{first},perhaps\n", "title,verdict\nx,y\n", "\0\0"):
        file.write_text(text, encoding="utf-8")
        with pytest.raises(MunimentError):
            import_review(store, "prisons", file)
    assert not review_set(archive, store, "prisons").item(second).decisions
