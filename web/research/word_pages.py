"""Frequencies, collocates, comparisons, and first and last uses as pages, JSON, tables and records."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request as WebRequest
from starlette.responses import HTMLResponse, RedirectResponse, Response

from search.archive import Archive, open_archive
from search.request import Request
from search.result_tables.export_record import export_record
from search.word_statistics.word_statistics_json import UNIT
from web.answer_json import archive_json
from web.error_answers import JsonAnswer, wants_json
from web.research.tool_address import ToolAddress, ToolOptions, any_as_or, comparison_of, read_tool_address
from web.research.tool_form import ToolForm
from web.research.whole_results import download_headers, result_file_name
from web.research.word_tools import COMPARE, MAX_WORDS_ON_A_PAGE, WORD_TOOLS, WordAnswer, WordTool, words_on_page
from web.search_address import SearchAddress
from web.site import Site
from web.templating import render_page

_OPERAND = re.compile(r'\w+|"[\w ]+"')
"""One word, or one phrase."""
_COUNTS = ("total", "compared", "hits")
"""Counts of the JSON that go into the record."""


@dataclass(frozen=True, slots=True)
class WordPage:
    """A page of words.

    Attributes:
        address: the search with the options.
        given: the options.
        answer: what was found.
        limit: words that are shown, of a comparison for each set.
    """

    address: ToolAddress
    given: ToolOptions
    answer: WordAnswer
    limit: int

    @property
    def found(self) -> Any:
        """Return the value that the tool found."""
        return self.answer.found

    @property
    def rows(self) -> Sequence[Any]:
        """Return the rows that are shown."""
        return self.answer.rows[: self.limit]

    @property
    def more(self) -> str:
        """Return the link to more words; ``""`` where all are shown."""
        is_all = self.limit >= min(len(self.answer.rows), MAX_WORDS_ON_A_PAGE)
        return "" if is_all else self.address.link(words=MAX_WORDS_ON_A_PAGE)

    def lines(self, word: str, narrowing: str = "") -> str:
        """Return the link to the lines of a word in the documents of the page.

        Args:
            word: the word.
            narrowing: a query that narrows them further.
        """
        parts = (_bracketed(self._base), _bracketed(narrowing), f'"{word}"')
        return self._kwic(" ".join(filter(None, parts)), group="node", only=word, stemmed="1")

    def beside(self, word: str) -> str:
        """Return the link to the lines of the query and a word of whose document both are, near to each other."""
        query = self._base.strip()
        window = max(self.found.options.window - 1, 0)
        near = f'{query} NEAR/{window} "{word}"' if _OPERAND.fullmatch(query) else f'{_bracketed(query)} "{word}"'
        return self._kwic(near, **({"stemmed": "1"} if self.found.options.stemmed else {}))

    def uses(self, category: str | None) -> str:
        """Return the link to the lines of the query in a category, or in all for None."""
        narrowing = "" if category is None else f' category:"{category}"' if category else " category:none"
        return self._kwic(_bracketed(self._base) + narrowing, **({"stemmed": "1"} if self.found.stemmed else {}))

    def side(self, name: str) -> str:
        """Return the query that narrows to a set of a comparison."""
        if name == "b" and not self.given.text("b"):
            return f"-{_bracketed(self.given.text('a'))}"
        return self.given.text(name)

    @property
    def _base(self) -> str:
        return any_as_or(self.address.request)

    def _kwic(self, query: str, **options: str) -> str:
        request = Request(query, self.address.request.filters)
        return ToolAddress("/kwic", SearchAddress(request)).link(**options)


def _bracketed(query: str) -> str:
    """Return a query in brackets, so that others can be put beside it."""
    query = query.strip()
    return f"({query})" if query else ""


def _read(web_request: WebRequest) -> tuple[WordTool, ToolAddress, ToolOptions]:
    """Return the tool of an address, what is asked, and its options, all of which have values that they can have."""
    name = web_request.url.path.lstrip("/").partition(".")[0]
    tool = WORD_TOOLS[name]
    query_string = web_request.scope["query_string"].decode("latin-1")
    address, given = read_tool_address(query_string, tool.path, tool.options)
    tool.read(given)
    return tool, address, given


async def serve_words(web_request: WebRequest) -> Response:
    """Answer with a page of words, or with JSON."""
    site: Site = web_request.app.state.site
    tool, address, given = _read(web_request)
    limit = words_on_page(given)
    if tool is COMPARE and not tool.is_asked(address, given) and not wants_json(web_request.scope):
        asked = comparison_of(address)
        if asked.options != address.options:
            return RedirectResponse(asked.link(), 303)
    if wants_json(web_request.scope):
        return JsonAnswer(await site.ask(lambda archive: _json(archive, site, tool, (address, given), limit)))
    html = await site.ask(lambda archive: _html(archive, site, tool, (address, given), limit))
    return HTMLResponse(html, headers={"cache-control": "private, no-cache"})


def _json(
    archive: Archive, site: Site, tool: WordTool, asked: tuple[ToolAddress, ToolOptions], limit: int
) -> dict[str, Any]:
    answer = tool.ask(archive, *asked)
    shown = answer.found.first(limit) if tool.name == "compare" else answer.rows[:limit]
    return answer.json(shown) | {"archive": archive_json(archive, site)}


def _html(archive: Archive, site: Site, tool: WordTool, asked: tuple[ToolAddress, ToolOptions], limit: int) -> str:
    address, given = asked
    page = WordPage(address, given, tool.ask(archive, *asked), limit) if tool.is_asked(*asked) else None
    template, form = f"{tool.name.replace('-', '_')}.html", ToolForm(address, tool.defaults)
    return render_page(template, site=site, address=address, form=form, page=page, given=given)


async def serve_words_table(web_request: WebRequest) -> Response:
    """Answer with all words as a table in CSV."""
    site: Site = web_request.app.state.site
    tool, address, given = _read(web_request)

    def table() -> tuple[list[str], str]:
        with open_archive(site.folder) as archive:
            parts = list(tool.ask(archive, address, given).table())
            return parts, f"{tool.name}-{result_file_name(site.folder, address.search, archive)}.csv"

    parts, name = await site.export(table)
    headers = download_headers(name)
    if web_request.method == "HEAD":
        return Response(headers={"content-type": "text/csv; charset=utf-8", **headers})
    return Response("".join(parts), media_type="text/csv", headers=headers)


async def serve_words_record(web_request: WebRequest) -> Response:
    """Answer with the record of the table that has the same parameters."""
    site: Site = web_request.app.state.site
    tool, address, given = _read(web_request)

    def record(archive: Archive) -> Response:
        value = tool.ask(archive, address, given).json([])
        parameters = {"unit": str(UNIT), **value.get("options", {}), **value["query"]}
        counts: dict[str, int] = {name: value[name] for name in _COUNTS if name in value}
        recorded = export_record(archive, address.request, tool=tool.name, parameters=parameters, counts=counts)
        name = f"{tool.name}-{result_file_name(site.folder, address.search, archive)}.csv.record.json"
        return JsonAnswer(recorded, headers=download_headers(name))

    return await site.ask(record)
