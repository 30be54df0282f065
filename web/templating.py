"""Templates: every value is escaped and made safe, every word is of the table of messages, every link is relative."""

from __future__ import annotations

import datetime as dt
from functools import cache, partial
from typing import Any
from urllib.parse import parse_qsl, quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from corpus.dates.edtf import date_in_words, parse_edtf
from corpus.errors import MunimentError
from corpus.field_values import shown_value
from corpus.fields import BY_NAME, METADATA, MISSING, Field, FieldKind
from corpus.messages import TABLES, Message, field_label, message, render, render_hint
from corpus.trust.unsafe_characters import safe_text
from search.grammar.paraphrase import paraphrase
from search.results import FacetCount, SearchResult
from web.files.static_files import static_address
from web.languages import RIGHT_TO_LEFT, current_language
from web.search_address import SearchAddress, write_address
from web.text_parts import text_parts


def render_page(template: str, **values: object) -> str:
    """Return the HTML of a template, in the language of the request."""
    return _environment(current_language()).get_template(template).render(values)


def search_link(address: SearchAddress, suffix: str = "") -> str:
    """Return the link to results; ``suffix`` names the format, such as ``.json``."""
    query_string = write_address(address)
    return f"/search{suffix}?{query_string}" if query_string else f"/search{suffix}"


def search_fields(address: SearchAddress) -> list[tuple[str, str]]:
    """Return a search as the fields of a form."""
    return parse_qsl(write_address(address), keep_blank_values=True)


def document_link(document_id: str, address: SearchAddress, *, rank: int = 0, page: int = 0) -> str:
    """Return the link to a document with the search that found it, its rank among the hits, and a page."""
    search = write_address(address.at_page(1)) if address.request.limit else write_address(address)
    more = [search, f"at={rank}" if rank else "", f"page={page}" if page else ""]
    query_string = "&".join(part for part in more if part)
    path = f"/documents/{quote(document_id, safe=':')}"
    return f"{path}?{query_string}" if query_string else path


@cache
def _environment(language: str) -> Environment:
    environment = Environment(
        loader=PackageLoader(__package__), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, finalize=partial(_shown, language), auto_reload=False,
    )  # fmt: skip
    environment.globals.update(
        say=partial(_say, language),
        language=language,
        direction="rtl" if language in RIGHT_TO_LEFT else "ltr",
        search_link=search_link,
        search_fields=search_fields,
        error_message=error_message,
        error_hint=partial(error_hint, language),
        label=partial(_label, language),
        today=partial(_today, language),
        facet_row=partial(_facet_row, language),
        understood=partial(_understood, language),
        document_link=document_link,
        static=static_address,
        text_parts=text_parts,
        hit_fields=[field for field in METADATA if field.in_hits],
    )
    environment.filters["field_value"] = partial(_field_value, language)
    return environment


def error_message(error: MunimentError) -> Message:
    """Return what went wrong as a message, which has words in every language."""
    return Message(error.code, error.parameters)


def error_hint(language: str, error: MunimentError) -> str:
    """Return what to do about an error."""
    return render_hint(error_message(error), language)


def _today(language: str) -> str:
    return _field_value(language, dt.datetime.now().astimezone().date().isoformat(), "date")


def _label(language: str, field: Field, *, of_facet: bool = False) -> str:
    name = "year" if of_facet and field.kind is FieldKind.DATE else field.name
    return field_label(name, field.facet_label if of_facet else field.label, language)


def _facet_row(language: str, row: FacetCount, field: Field) -> str:
    """Return the label of a row of a facet."""
    if row.value == MISSING:
        sentence = TABLES[language].get(f"missing.{field.name}", row.label)
        return sentence if isinstance(sentence, str) else row.label
    return row.label


def _understood(language: str, result: SearchResult) -> str:
    """Return in words how a query was understood."""
    return result.understood if result.query is None else paraphrase(result.query, language)


def _say(language: str, code: str, **parameters: object) -> str:
    return render(message(code, **parameters), language)


def _field_value(language: str, value: str, name: str) -> str:
    """Return the stored value of a field in words."""
    if name == "date":
        date = parse_edtf(value)
        return date_in_words(date, language) if date else value
    return shown_value(BY_NAME[name], value)


def _shown(language: str, value: Any) -> Any:
    """Return what a template prints for a value: a message in words, a text without what could reorder the page."""
    if isinstance(value, Message):
        value = render(value, language)
    return value if isinstance(value, Markup) or not isinstance(value, str) else safe_text(value)
