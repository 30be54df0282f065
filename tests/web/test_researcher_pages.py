"""What researchers do on the pages: find values of a facet, go from place to place, follow versions, print."""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from search import Request, open_archive
from tests.web.conftest import client_of
from web.files.static_files import static_address, static_file


@pytest.fixture(scope="module")
def client(sample_folder: Path) -> Iterator[TestClient]:
    with client_of(sample_folder) as client:
        yield client


def ticked_values(page: str) -> list[tuple[str, bool]]:
    """The values of a facet's page with whether they are ticked."""
    boxes = re.findall(r'<input type="checkbox" name="author" value="([^"]*)"( checked)?>', page)
    return [(html.unescape(value), bool(checked)) for value, checked in boxes]


def test_values_are_found_by_the_beginning_of_a_word(client: TestClient) -> None:
    page = client.get("/search?q=the&language=en&author=Lantern+Network&facet=author&prefix=GR").text
    values = ticked_values(page)
    assert values[0] == ("Lantern Network", True)
    assert len(values) > 1
    assert all(re.search(r"\bgr", value.casefold()) and not ticked for value, ticked in values[1:])
    assert '<input type="hidden" name="language" value="en">' in page
    listed = client.get("/search.json?q=the&language=en&facet=author&prefix=gr&order=name").json()
    labels = [row["label"] for row in listed["facets"]["author"]]
    assert labels == sorted(labels, key=str.casefold)
    assert {label for label, _ in values[1:]} <= set(labels)


def test_values_have_two_orders_and_the_missing_one_is_last(client: TestClient) -> None:
    by_count = ticked_values(client.get("/search?facet=author").text)
    by_name = ticked_values(client.get("/search?facet=author&order=name").text)
    assert sorted(by_count) == sorted(by_name)
    assert by_count != by_name
    assert by_name[-1][0] == "none"
    assert [value for value, _ in by_name[:2]] == ["Amina Delorme", "Astrid Holm"]
    table = client.get("/search.csv?facet=author&order=name").text.splitlines()
    assert table[:2] == ["\ufeffvalue,label,documents", "Amina Delorme,Amina Delorme,1"]
    assert len(table) == len(by_name) + 1
    assert "remark" in client.get("/search?facet=author&prefix=qqq").text


def test_a_new_search_keeps_the_filters_on_every_page(client: TestClient) -> None:
    kept = '<input type="hidden" name="category" value="statement">'
    results = client.get("/search?q=torture&category=statement").text
    link = re.search(r'<h2 class="title"><a href="([^"]*)"', results)
    assert link
    for address in (html.unescape(link[1]), "/search?q=torture&category=statement&facet=author"):
        form = client.get(address).text.partition('<form id="search"')[2].partition("</form>")[0]
        assert kept in form


def next_query_of(page: str) -> list[tuple[str, str]]:
    """Return what the search form sends beside its words, as a browser does without JavaScript."""
    form = page.partition('<form id="search"')[2].partition("</form>")[0]
    sent = re.findall(r'<input type="(hidden|checkbox)" name="([^"]+)" value="([^"]*)"( checked)?', form)
    return [(name, html.unescape(value)) for kind, name, value, checked in sent if checked or kind == "hidden"]


@pytest.mark.parametrize(
    ("asked", "carried"),
    [
        ("q=torture+lang:fr", []),
        ("q=torture+category:statement", []),
        ('q="network"+author:"Lantern Network"', []),
        ("q=torture+category:statement&language=en", [("language", "en")]),
        ("q=torture+category:statement&category=statement", [("category", "statement")]),
        ("q=torture+lang:fr,en&language=en", [("language", "en")]),
        ("q=torture&language=French", [("language", "French"), ("language", "fr")]),
        ("category=statement", [("category", "statement")]),
    ],
)
def test_a_filter_typed_in_a_query_ends_with_it(client: TestClient, asked: str, carried: list[tuple[str, str]]) -> None:
    page = client.get(f"/search?{asked}").text
    assert sorted(next_query_of(page)) == carried
    if not carried:
        assert "typed in the box" in page


def test_beside_a_typed_value_no_other_can_be_ticked(client: TestClient) -> None:
    for address in ("/search?q=torture+category:statement", "/search?q=torture+category:statement&facet=category"):
        page = client.get(address).text
        assert '<input type="checkbox" name="category"' not in page
        assert "typed in the box" in page
    listed = client.get("/search.json?q=torture+category:statement").json()
    assert [row["value"] for row in listed["facets"]["category"] if row["selected"]] == ["statement"]


def test_many_years_are_on_a_page_of_their_own(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.pages.results.MAX_LINKED_YEARS", 3)
    page = client.get("/search?q=the").text
    assert "date=20" not in page
    (link,) = set(re.findall(r'href="(/search\?[^"]*facet=year[^"]*)"', page))
    assert 'name="date" value="2019"' in client.get(html.unescape(link)).text


@pytest.mark.parametrize(
    ("asked", "years"), [("q=the+date:2018..2019", {"2018", "2019"}), ("q=the+date:2018", {"2018"})]
)
def test_years_beside_typed_dates_are_those_alone(client: TestClient, asked: str, years: set[str]) -> None:
    page = client.get(f"/search?{asked}").text
    linked = dict(re.findall(r'<li><a href="([^"]*date=\d{4}[^"]*)">(\d{4})</a>', page))
    assert set(linked.values()) == years
    counts = {row["value"]: row["count"] for row in client.get(f"/search.json?{asked}").json()["facets"]["year"]}
    for link, year in linked.items():
        found = client.get(html.unescape(link).replace("/search?", "/search.json?")).json()
        assert found["total"] == counts[year]


def test_places_lead_from_page_to_page(client: TestClient, sample_folder: Path) -> None:
    with open_archive(sample_folder) as archive:
        hit = next(hit for hit in archive.search(Request("rights", limit=20)).hits if hit.pages > 3)
        places = {n: count for n, count in archive.view(hit.id, query="rights").places.items() if count}
    first, second = sorted(places)[:2]
    page = client.get(f"/documents/{hit.id}?q=rights").text
    assert f'id="place-{places[first]}"' in page
    assert f'rel="next" href="/documents/{hit.id}?q=rights&amp;page={second}#place-1"' in page
    last = client.get(f"/documents/{hit.id}?q=rights&page={max(places)}").text
    assert f" to {sum(places.values())} of" in last or f"Place {sum(places.values())} of" in last
    assert re.search(r'<p id="citation" dir="auto">“[^<]*rights?[^<]*” \(', last, re.IGNORECASE)


def test_a_hit_names_all_its_places_as_the_document_does(client: TestClient, sample_folder: Path) -> None:
    with open_archive(sample_folder) as archive:
        hit = max(archive.search(Request("rights", limit=100)).hits, key=lambda hit: hit.places)
        places = sum(archive.view(hit.id, query="rights").places.values())
    for view in ("", "&view=print"):
        page = client.get(f"/search?q=rights+id:{hit.id}{view}").text
        assert places > sum(len(passage.spans) for passage in hit.passages)
        assert f"<span>{places} places</span>" in page
        assert (f"<summary>{len(hit.passages) - 1} more passages</summary>" in page) == (not view)


def test_a_passage_has_points_where_its_sentence_goes_on(client: TestClient) -> None:
    shown = re.findall(r'</a> <span dir="auto">(.*?)</span></p>', client.get("/search?q=torture&view=print").text)
    texts = [html.unescape(re.sub(r"</?mark>", "", text)) for text in shown]
    assert any(text.startswith("… ") for text in texts)
    assert any(text.endswith(" …") for text in texts)
    assert any(text.endswith(".") for text in texts)
    assert not [text for text in texts if re.search(r"[.!?] …$", text)]


def test_a_document_names_its_versions_in_other_languages(client: TestClient) -> None:
    hits = client.get("/search.json?q=coronavirus&language=en").json()["hits"]
    document = client.get(f"/documents/{hits[0]['id']}.json").json()
    versions = document["links"]["versions"]
    assert [version["language"] for version in versions] == ["es", "fr"]
    page = client.get(f"/documents/{hits[0]['id']}").text
    assert all(f'href="/documents/{version["id"]}"' in page for version in versions)
    assert client.get(versions[0]["document"]).json()["links"]["versions"][0]["id"] == hits[0]["id"]
    hit = client.get("/search?q=coronavirus&language=en").text.partition('<li class="hit"')[2].partition("</p>")[0]
    assert re.findall(r'perhaps also in|href="/documents/(\w+)" hreflang', hit) == [
        "",
        *(one["id"] for one in versions),
    ]


def test_a_printout_has_all_hits_and_says_what_was_asked(client: TestClient) -> None:
    results = client.get("/search?q=torture&sort=newest").text
    link = re.search(r'href="(/search\?[^"]*view=print)"', results)
    assert link
    page = client.get(html.unescape(link[1])).text
    total = client.get("/search.json?q=torture").json()["total"]
    assert total > 10
    assert page.count('<li class="hit"') == total
    assert f"{total} documents for: torture" in page
    assert "/search?q=torture&amp;sort=newest</bdi>" in page
    assert "<form" not in page


def test_own_style_and_script_keep_their_bounds() -> None:
    def size(name: str) -> int:
        file = static_file(static_address(name).split("/")[2], name)
        assert file
        return len(file[0])

    assert size("muniment.js") <= 6_144
    assert size("muniment.css") <= 8_192


def test_a_quotation_names_a_page_where_there_are_pages(client: TestClient) -> None:
    for asked, has_page in (("format:pdf", True), ("format:html", False), ("format:txt", False)):
        hit = client.get(f"/search.json?q=the+{asked}&size=1").json()["hits"][0]
        page = client.get(f"/documents/{hit['id']}?q=the").text
        citation = re.search(r'<p id="citation" dir="auto">(.*)</p>', page)
        assert citation
        assert bool(re.search(rf", p\. \d+, {hit['id']}\)", citation[1])) == has_page


def test_the_quotation_has_all_the_words_that_its_hit_had_shown(client: TestClient) -> None:
    results = client.get("/search?q=torture+prevention").text
    quotes = []
    for link in re.findall(r'<h2 class="title"><a href="([^"]*)"', results):
        page = client.get(html.unescape(link)).text
        quote = re.search(r'<p id="citation" dir="auto">“(.*)” \(', page)
        quotes.append(quote[1] if quote else "")
    both = [quote for quote in quotes if re.search("tortur", quote, re.IGNORECASE) and "prevent" in quote.lower()]
    assert len(both) >= len(quotes) // 2
    assert any(re.search(r"prevent.*tortur|tortur.*prevent", quote) for quote in both)


@pytest.mark.parametrize(
    "asked",
    ["q=zzqx+harbour+date:2016&date=2016", "q=harbour+zzqx&category=speech", "q=zzqx+zzqy&any=1&language=en"],
)
def test_advice_leads_to_the_numbers_that_it_names(client: TestClient, asked: str) -> None:
    page = client.get(f"/search?{asked}").text.partition('<div class="advice">')[2].partition("</form>")[0]
    offered = re.findall(r'<a href="(/search\?[^"]*)"><bdi>([^<]*)</bdi></a> <span class="count">([\d,]+)<', page)
    assert offered
    for link, words, number in offered:
        assert client.get(html.unescape(link).replace("/search?", "/search.json?")).json()["total"] == int(number)
        assert len(re.findall("date:|dated", words)) <= 1
    assert len({words for _, words, _ in offered}) == len(offered)


def test_a_table_of_results_says_what_was_asked_and_where_to_look(client: TestClient) -> None:
    asked = "q=torture+pr%C3%A9vention&any=1&category=statement&date=2018..2021"
    answer = client.get(f"/search.csv?{asked}")
    assert 'filename="torture-prevention-statement-2018-2021-' in answer.headers["content-disposition"]
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))
    hits = client.get(f"/search.json?{asked}&size=100").json()["hits"]
    assert [row["id"] for row in rows] == [hit["id"] for hit in hits]
    for row, hit in zip(rows, hits, strict=True):
        best = hit["passages"][0]
        assert best["text"] in row["passage"]
        is_on_page = best["spans"] and hit["path"].endswith(".pdf")
        assert row["page"] == (str(best["page"]) if is_on_page else "")
        assert row["address"].startswith(f"http://127.0.0.1:8642/documents/{hit['id']}?q=torture+pr")
    page = client.get(rows[0]["address"])
    assert page.status_code == 200
    everything = client.get("/search.csv")
    assert "passage,public_url,address" in everything.text.splitlines()[0]
    assert not re.search('filename="-', everything.headers["content-disposition"])


def test_a_document_carries_the_tags_that_reference_managers_read(client: TestClient) -> None:
    hits = client.get("/search.json?q=torture&category=report").json()["hits"]
    page = client.get(f"/documents/{hits[0]['id']}").text
    tags = [
        (html.unescape(name), html.unescape(value))
        for name, value in re.findall(r'<meta name="(.*?)" content="(.*?)">', page)
    ]
    assert ("citation_title", hits[0]["title"]) in tags
    assert ("z:itemType", "report") in tags
    assert ("DC.identifier", hits[0]["id"]) in tags
    assert [value for name, value in tags if name == "citation_author"] == hits[0]["authors"]
    linked = client.get(f"/documents/{hits[0]['id']}.jsonld").json()
    assert (linked["@type"], linked["name"]) == ("Report", hits[0]["title"])
    for style in ("Chicago", "APA", "UN"):
        assert f"<b>{style}</b>" in page
    for suffix in (".ris", ".bib", ".csl.json"):
        assert f'href="/documents/{hits[0]["id"]}{suffix}" download' in page
        answer = client.get(f"/documents/{hits[0]['id']}{suffix}")
        assert hits[0]["id"] in answer.text
        assert "127.0.0.1" not in answer.text


def test_a_list_of_hits_is_seen_by_reference_managers(client: TestClient) -> None:
    asked = "q=torture&size=100"
    hits = client.get(f"/search.json?{asked}").json()["hits"]
    assert client.get(f"/search?{asked}&view=list").text.count('class="Z3988"') == len(hits)
    assert "Z3988" not in client.get(f"/search?{asked}").text
    works = client.get(f"/search.csl.json?{asked}").json()
    assert [work["id"] for work in works] == [hit["id"] for hit in hits]
    assert client.get(f"/search.ris?{asked}").text.count("TY  - ") == len(hits)


def test_each_hit_with_a_passage_can_be_quoted(served: TestClient) -> None:
    page = served.get("/search?q=torture").text
    hits = page.split('<li class="hit"')[1:]
    assert hits
    for hit in hits:
        (quotation,) = re.findall(r'data-copy data-quotation="([^"]*)" hidden', hit)
        assert re.fullmatch(r"“\{\}” \(.+, .+, \w{10}\)", quotation), quotation
    assert "data-copy" not in served.get("/search?q=torture&view=print").text
