"""Web pages as on a small organisation's site, each with metadata in its own kind of markup."""

from __future__ import annotations

import json
import os.path
from collections.abc import Sequence
from html import escape
from itertools import groupby

from tools.sample.source import SITE, BlockKind, SampleSource, TextBlock, split_emphasis

MENU = {
    "en": ("Home", "Statements", "Publications", "Who we are", "Contact"),
    "fr": ("Accueil", "Déclarations", "Publications", "Qui sommes-nous", "Contact"),
    "es": ("Inicio", "Declaraciones", "Publicaciones", "Quiénes somos", "Contacto"),
}
SKIP = {"en": "Skip to content", "fr": "Aller au contenu", "es": "Ir al contenido"}
ALSO = {"en": "Also available in", "fr": "Disponible aussi en", "es": "Disponible también en"}
NAMES = {"en": "English", "fr": "français", "es": "español"}


def write_page(source: SampleSource, translations: Sequence[SampleSource]) -> bytes:
    """Return the document as HTML. ``translations`` are the same text in other languages."""
    others = translations if "translations" in source.layout else ()
    lines = [
        "<!doctype html>",
        f'<html lang="{source["language"]}">',
        "<head>",
        *_head(source, others),
        "</head>",
        f'<body class="{source.path.parts[0].removesuffix(".html")}">',
        *_banner(source),
        '<main id="content">',
        *_article(source),
        *_links(source, others),
        "</main>",
        *_aside(source),
        f'<footer class="site-footer"><p>{escape(source["footer"])}</p></footer>',
        "</body>",
        "</html>",
    ]
    return ("\n".join(lines) + "\n").encode()


def _head(source: SampleSource, others: Sequence[SampleSource]) -> list[str]:
    site = SITE[source["language"]]
    lines = ['<meta charset="utf-8">', '<meta name="viewport" content="width=device-width, initial-scale=1">']
    lines.append(f"<title>{escape(source['title'])} | {escape(site)}</title>")
    lines += [
        f'<link rel="alternate" hreflang="{other["language"]}" href="{_link(source, other)}">' for other in others
    ]
    for word, describe in DESCRIPTIONS.items():
        if word in source.layout:
            lines += describe(source)
    return lines


def _meta(attribute: str, pairs: dict[str, str]) -> list[str]:
    return [f'<meta {attribute}="{name}" content="{escape(value)}">' for name, value in pairs.items() if value]


def _open_graph(source: SampleSource) -> list[str]:
    published = f"{source['date']}T10:00:00+00:00" if source["date"] else ""
    pairs = {
        "og:type": "article",
        "og:title": source["title"],
        "og:site_name": SITE[source["language"]],
        "og:description": source.blocks[0].text[:150].replace("*", ""),
        "article:published_time": published,
    }
    return _meta("property", pairs)


def _dublin_core(source: SampleSource) -> list[str]:
    pairs = {
        "DC.title": source["title"],
        "DC.creator": SITE[source["language"]],
        "DC.date": source["date"],
        "DC.language": source["language"],
        "DC.type": source["category"].capitalize(),
    }
    return _meta("name", pairs)


def _article_data(source: SampleSource) -> dict[str, object]:
    return {
        "@type": "Article",
        "headline": source["title"],
        "datePublished": source["date"],
        "inLanguage": source["language"],
        "author": {"@type": "Person" if source["author"] not in SITE.values() else "Organization"}
        | {"name": source["author"] or SITE[source["language"]]},
    }


def _script(data: dict[str, object]) -> list[str]:
    text = json.dumps({"@context": "https://schema.org"} | data, ensure_ascii=False)
    return [f'<script type="application/ld+json">{text}</script>']


def _json_ld(source: SampleSource) -> list[str]:
    return _script(_article_data(source))


def _json_ld_graph(source: SampleSource) -> list[str]:
    site = {"@type": "WebSite", "name": SITE[source["language"]], "url": "https://harbourcoalition.example/"}
    trail = {"@type": "BreadcrumbList", "itemListElement": []}
    return _script({"@graph": [site, trail, _article_data(source)]})


DESCRIPTIONS = {
    "og": _open_graph,
    "dublin-core": _dublin_core,
    "json-ld": _json_ld,
    "json-ld-graph": _json_ld_graph,
}
"""Layout words, each with what it puts into the page's head."""


def _banner(source: SampleSource) -> list[str]:
    language = source["language"]
    words = MENU[language] if "nav-wide" in source.layout else MENU[language][:3]
    items = "".join(f'<li><a href="#{number}">{escape(word)}</a></li>' for number, word in enumerate(words))
    return [
        f'<a class="skip" href="#content">{SKIP[language]}</a>',
        f'<header class="site-header"><p class="site-name">{escape(SITE[language])}</p>',
        f'<nav aria-label="main"><ul>{items}</ul></nav></header>',
    ]


def _article(source: SampleSource) -> list[str]:
    kicker = [f'<p class="kicker">{escape(source["label"])}</p>'] if source["label"] else []
    author = [f'<p class="byline">{escape(source["author"])}</p>'] if source["author"] else []
    title = f"<h1>{escape(source['title'])}</h1>"
    return ["<article>", *kicker, title, *author, *_date(source), *_body(source.blocks), "</article>"]


def _date(source: SampleSource) -> list[str]:
    if "time" in source.layout:
        return [f'<p class="meta"><time datetime="{source["date"]}">{source.printed}</time></p>']
    return [f'<p class="date">{source.printed}</p>'] if "visible-date" in source.layout else []


def _body(blocks: Sequence[TextBlock]) -> list[str]:
    lines: list[str] = []
    for kind, group in groupby(blocks, key=lambda block: block.kind):
        lines += _wrap(kind, list(group))
    return lines


def _wrap(kind: BlockKind, group: list[TextBlock]) -> list[str]:
    if kind is BlockKind.TABLE:
        return [line for block in group for line in _table(block)]
    if kind in LISTS:
        return [f"<{LISTS[kind]}>", *(f"<li>{_inline(b.text)}</li>" for b in group), f"</{LISTS[kind]}>"]
    return [f"<{ELEMENTS[kind]}>{_inline(b.text)}</{ELEMENTS[kind]}>" for b in group]


LISTS = {BlockKind.BULLET: "ul", BlockKind.NUMBER: "ol"}
ELEMENTS = {BlockKind.HEADING: "h2", BlockKind.SUBHEADING: "h3", BlockKind.PARAGRAPH: "p"}


def _table(block: TextBlock) -> list[str]:
    head, *rows = block.rows
    top = "".join(f'<th scope="col">{_inline(cell)}</th>' for cell in head)
    body = ["<tr>" + "".join(f"<td>{_inline(cell)}</td>" for cell in row) + "</tr>" for row in rows]
    return ["<table>", f"<thead><tr>{top}</tr></thead>", "<tbody>", *body, "</tbody>", "</table>"]


def _inline(text: str) -> str:
    return "".join(f"<em>{escape(run)}</em>" if emphasised else escape(run) for run, emphasised in split_emphasis(text))


def _link(source: SampleSource, other: SampleSource) -> str:
    return os.path.relpath(other.path, source.path.parent).replace(os.sep, "/")


def _links(source: SampleSource, others: Sequence[SampleSource]) -> list[str]:
    if not others:
        return []
    items = ", ".join(f'<a href="{_link(source, other)}">{NAMES[other["language"]]}</a>' for other in others)
    return [f'<p class="translations">{ALSO[source["language"]]} {items}</p>']


def _aside(source: SampleSource) -> list[str]:
    if "aside" not in source.layout:
        return []
    return ['<aside class="newsletter"><h2>Letters from the quay</h2>', "<p>Four times a year, no more.</p></aside>"]
