"""The resource page: the coalition's public list of what it has published."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from tools.sample.source import SampleSource, print_date

SHELVES = {"en": "In English", "fr": "En français", "es": "En español"}
OPENING = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Resources | Harbour Coalition for Equal Dignity</title>
</head>
<body>
<header><p>Harbour Coalition for Equal Dignity</p></header>
<main>
<h1>Resources</h1>
<p>Reports, statements, speeches and plans of the Coalition, the newest first.</p>
"""
CLOSING = """</main>
<footer><p>The archive room in Kelvik is open to anyone who walks in.</p></footer>
</body>
</html>
"""


def write_listing(sources: Sequence[SampleSource]) -> bytes:
    """The resource page for those of the sources that are listed."""
    listed = [source for source in sources if source["listed"] != "no"]
    shelves = (_shelf(language, listed) for language in SHELVES)
    return (OPENING + "".join(shelves) + CLOSING).encode()


def _shelf(language: str, listed: Sequence[SampleSource]) -> str:
    own = [source for source in listed if source["language"] == language]
    newest = sorted(own, key=lambda source: source["date"], reverse=True)
    items = "".join(_item(source) for source in newest)
    return f'<section lang="{language}">\n<h2>{SHELVES[language]}</h2>\n<ul class="shelf">\n{items}</ul>\n</section>\n'


def _item(source: SampleSource) -> str:
    kind = f'<p class="kind">{source["category"].capitalize()}</p>' if source["label"] else ""
    date = print_date(source["date"], "en", padded=True)
    when = f'<p class="when">{date}</p>' if date else ""
    title = f'<h3><a href="{source["path"]}">{escape(source["title"])}</a></h3>'
    return f"<li>{kind}{title}{when}</li>\n"
