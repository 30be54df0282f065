"""Templates: every value is escaped and made safe, every word is of the table of messages, every link is relative."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache, partial
from pathlib import PurePath
from typing import Any
from unicodedata import bidirectional
from urllib.parse import parse_qsl, quote

from jinja2 import Environment, PackageLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from corpus.document import Source
from corpus.errors import MunimentError
from corpus.fields import BY_NAME, METADATA, MISSING, Field, FieldKind, ValueKind
from corpus.messages import RIGHT_TO_LEFT, TABLES, IsolatedText, Message, field_label, message, render
from corpus.messages.recognition import translate_sentence
from corpus.trust.unsafe_characters import safe_text
from search.grammar.paraphrase import Paraphrase, paraphrase
from search.presentation.advice import counted_parts
from search.query import Query
from search.results import FacetCount, PartCount, SearchResult
from web.files.static_files import static_address
from web.languages import current_language
from web.research.tool_address import searched, tool_links
from web.search_address import SearchAddress, write_address
from web.wording.page_hints import SECTIONS, page_hint, with_pages
from web.wording.text_parts import text_parts
from web.wording.value_names import value_name

LONG_VALUE = 200
"""Characters of a value from which on no sentence with it is kept: of a label of a facet, not of a text."""

_ENDS = (".", "!", "?", "…", "؟", ":")
"""Signs at the end of a sentence."""
_FROM_THE_RIGHT = frozenset({"R", "AL", "AN"})
"""Classes of letters and digits that are read from the right (Unicode Standard Annex 9, table 4)."""


def render_page(template: str, **values: object) -> str:
    """Return the HTML of a template, in the language of the request."""
    return _environment(current_language()).get_template(template).render(values)


def load_templates(language: str) -> Iterator[str]:
    """Compile the templates of pages for readers, one with each step, and yield their names."""
    environment = _environment(language)
    for template in environment.list_templates(filter_func=lambda template: not template.startswith("curate")):
        environment.get_template(template)
        yield template


def search_link(address: SearchAddress, suffix: str = "") -> str:
    """Return the link to results; ``suffix`` names the format, such as ``.json``."""
    return results_link(write_address(address), suffix)


def results_link(query_string: str, suffix: str = "") -> str:
    """Return the link to the results of a query string; ``suffix`` names the format, such as ``.json``."""
    return f"/search{suffix}?{query_string}" if query_string else f"/search{suffix}"


def search_fields(address: SearchAddress) -> list[tuple[str, str]]:
    """Return a search as the fields of a form."""
    return parse_qsl(write_address(address), keep_blank_values=True)


def document_link(document_id: str, address: SearchAddress, *, rank: int = 0, page: int = 0) -> str:
    """Return the link to a document with the search that found it, its rank among the hits, and a page."""
    search = _search_of_hit(address)
    more = [search, f"at={rank}" if rank else "", f"page={page}" if page else ""]
    query_string = "&".join(part for part in more if part)
    path = f"/documents/{quote(document_id, safe=':')}"
    return f"{path}?{query_string}" if query_string else path


@lru_cache(maxsize=16)
def _search_of_hit(address: SearchAddress) -> str:
    """Return the query string of a search, at its first page; a page of results has some forty links with it."""
    return write_address(address.at_page(1)) if address.request.limit else write_address(address)


@cache
def _environment(language: str) -> Environment:
    environment = Environment(
        loader=PackageLoader(__package__), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, finalize=partial(_shown, language), auto_reload=False,
    )  # fmt: skip
    environment.globals.update(
        say=partial(_say_safely, language),
        language=language,
        colon=_colon(language),
        direction="rtl" if language in RIGHT_TO_LEFT else "ltr",
        search_link=search_link,
        search_fields=search_fields,
        tool_links=tool_links,
        searched=searched,
        error_message=error_message,
        error_hint=partial(error_hint, language),
        error_text=_error_text,
        label=partial(_label, language),
        today=partial(_today, language),
        field_name=partial(_field_name, language),
        origin=partial(_origin, language),
        facet_row=partial(_facet_row, language),
        understood=partial(_understood, language),
        understood_tree=partial(_understood_tree, language),
        understood_parts=partial(_understood_parts, language),
        document_link=document_link,
        sections=SECTIONS,
        static=static_address,
        text_parts=text_parts,
        hit_fields=[field for field in METADATA if field.in_hits],
    )
    environment.filters["heading"] = partial(_heading, language)
    environment.filters["field_value"] = partial(_field_value, language)
    environment.filters["stored"] = _stored
    environment.filters["number"] = partial(_number, language)
    environment.filters["file_size"] = file_size
    return environment


def error_message(error: MunimentError) -> Message:
    """Return what went wrong as a message, which has words in every language."""
    return Message(error.code, error.parameters)


def error_hint(language: str, error: MunimentError, site: Any = None) -> Markup:
    """Return what to do about an error, with links to pages in place of commands."""
    return page_hint(error, language, read_only=site is not None and site.read_only)


@pass_context
def _error_text(context: Context, error: MunimentError) -> Markup:
    """Return what went wrong and what to do about it, as one paragraph of sentences."""
    text = escape(_shown(context["language"], error_message(error)))
    hint = error_hint(context["language"], error, context.get("site"))
    is_sentence = text.rstrip("\u2069").endswith(_ENDS)
    return Markup("").join((text, "" if is_sentence else ".", " " if hint else "", hint))


def _today(language: str) -> str:
    return _field_value(language, dt.datetime.now().astimezone().date().isoformat(), "date")


def _label(language: str, field: Field, *, of_facet: bool = False) -> str:
    name = "year" if of_facet and field.kind is FieldKind.DATE else field.name
    return field_label(name, field.facet_label if of_facet else field.label, language)


def _colon(language: str) -> str:
    """Return a colon as a language puts it after a word."""
    return "\u202f:" if language == "fr" else ":"


def _origin(language: str, source: str, detail: str) -> str:
    """Return where a value comes from: the kind of source, and which one where the kind does not say it."""
    kind = _say_safely(language, f"source.{source}")
    if not detail:
        return kind
    says_its_kind = source in {Source.FILE_NAME, Source.FOLDER}
    return (
        escape(translate_sentence(safe_text(detail), language))
        if says_its_kind
        else Markup("{}{} {}").format(kind, _colon(language), translate_sentence(safe_text(detail), language))
    )


def _field_name(language: str, name: str) -> str:
    """Return the label of the field with a name; the name where it is none of a document's."""
    return _label(language, BY_NAME[name]) if name in BY_NAME else name


def _facet_row(language: str, row: FacetCount, field: Field) -> str:
    """Return the label of a row of a facet."""
    if row.value == MISSING:
        sentence = TABLES[language].get(f"missing.{field.name}", row.label)
        return sentence if isinstance(sentence, str) else row.label
    if field.name == "state" and f"state.{row.value}" in TABLES[language]:
        return _say(language, f"state.{row.value}")
    has_names = field.value in (ValueKind.LANGUAGE, ValueKind.COUNTRY) and language != "en"
    return value_name(field, row.value, language) if has_names else row.label


def _understood(language: str, result: SearchResult) -> str:
    """Return in words how a query was understood."""
    words = result.understood if result.query is None else paraphrase(result.query, language)
    return _in_direction(language, words)


def _in_direction(language: str, words: str) -> str:
    """Return words of a language as a value of a sentence, which reorder nothing of it."""
    if language not in RIGHT_TO_LEFT:
        return words
    return IsolatedText(words if isinstance(words, Paraphrase) else safe_text(words))


def _understood_tree(language: str, tree: Query | None, words: str) -> str:
    """Return in words how a query was understood, of which the tree and the English words are known."""
    return _in_direction(language, words if tree is None else paraphrase(tree, language))


def _understood_parts(language: str, result: SearchResult) -> list[tuple[PartCount, str]]:
    """Return the parts that advice counts, each with how it was understood in words."""
    counts = result.advice.parts if result.advice else ()
    if result.query is None:
        return [(count, count.understood) for count in counts]
    parts = counted_parts(result.query)
    return [
        (count, _in_direction(language, paraphrase(part, language))) for count, part in zip(counts, parts, strict=True)
    ]


def _say(language: str, code: str, **parameters: object) -> str:
    return render(message(code, **parameters), language) if parameters else _label_text(language, code)


@cache
def _label_text(language: str, code: str) -> str:
    """Return a sentence without parameters; a page of results has some hundred of them."""
    return render(message(code), language)


def _say_safely(language: str, code: str, /, **parameters: object) -> Markup:
    """Return a sentence as markup, in which no value reorders what is around it."""
    if all(type(value) is int or (type(value) is str and len(value) < LONG_VALUE) for value in parameters.values()):
        return _kept_sentence(language, code, *parameters.items())
    return _sentence(language, code, parameters)


@lru_cache(maxsize=4096)
def _kept_sentence(language: str, code: str, *parameters: tuple[str, object]) -> Markup:
    """Return a sentence as markup, kept since a page says the same of many rows, and the next page of the same."""
    return _sentence(language, code, dict(parameters))


def _sentence(language: str, code: str, parameters: Mapping[str, object]) -> Markup:
    return escape(_say(language, code, **{name: _isolated(language, value) for name, value in parameters.items()}))


def _isolated(language: str, value: object) -> object:
    """Return a value of a sentence without what could reorder the page, and apart where it is read the other way."""
    if isinstance(value, Message):
        return Message(value.code, {name: _isolated(language, part) for name, part in value.parameters.items()})
    if isinstance(value, PurePath):
        value = str(value)
    if not isinstance(value, str) or isinstance(value, Markup | IsolatedText):
        return value
    text = safe_text(value)
    is_mixed = language in RIGHT_TO_LEFT or any(bidirectional(sign) in _FROM_THE_RIGHT for sign in text)
    return IsolatedText(text) if is_mixed and text else text


def _field_value(language: str, value: str, name: str) -> str:
    """Return the stored value of a field in words."""
    return value_name(BY_NAME[name], value, language) if name in BY_NAME else value


@pass_context
def _stored(context: Context, sentence: str | Message) -> str | Message:
    """Return a sentence that was stored in English, with links to the archivist's pages where there are any."""
    if isinstance(sentence, Message):
        return sentence
    text, site = translate_sentence(safe_text(sentence), context["language"]), context.get("site")
    return escape(text) if site is None or site.read_only else with_pages(text, context["language"])


def file_size(size: int) -> Message:
    """Return a number of bytes in the largest unit of which there is one."""
    units = ("web.bytes", "web.kib", "web.mib", "web.gib")
    power = max(n for n in range(len(units)) if size >= 1024**n or not n)
    return message(units[power], size=round(size / 1024**power, 1) if power else size)


@lru_cache(maxsize=4096)
def _heading(language: str, what: Message | str) -> str:
    """Return a sentence as a heading, which begins with a capital letter unless it begins with a value."""
    text = _shown(language, what)
    row = TABLES[language].get(what.code, "") if isinstance(what, Message) else ""
    if (row if isinstance(row, str) else row[0]).startswith("{"):
        return str(text) if not isinstance(text, Markup) else text
    first = text[:1].upper()
    return first + text[1:] if isinstance(text, Markup) else f"{first}{text[1:]}"


def _number(language: str, number: int) -> str:
    """Return a number with its digits in groups, as the language writes them."""
    return render(message("web.number", number=number), language)


def _shown(language: str, value: Any) -> Any:
    """Return what a template prints for a value: a message in words, a text without what could reorder the page."""
    kind = type(value)
    if kind is str:
        return value if value.isascii() and value.isprintable() else safe_text(value)
    if kind is Markup:
        return value
    if isinstance(value, Message):
        return _say_safely(language, value.code, **value.parameters)
    if isinstance(value, PurePath):
        value = str(value)
    return value if isinstance(value, Markup | IsolatedText) or not isinstance(value, str) else safe_text(value)
