"""The help page: the query language, from its documentation, and the keys of the pages."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from web.search_address import SearchAddress
from web.site import Site
from web.templating import render_page

KEYS = (
    ("/", "web.key.box"),
    ("j k", "web.key.next-hit"),
    ("n p", "web.key.next-document"),
    ("[ ]", "web.key.next-page"),
    ("u", "web.key.back"),
    ("Enter", "web.key.open"),
    ("o", "web.key.original"),
    ("c", "web.key.copy"),
    ("?", "web.key.keys"),
    ("Esc", "web.key.close"),
)
"""Keys of the script with what they do."""


EXAMPLES = (
    ("torture prevention", "help.all"),
    ("torture OR detention", "help.any"),
    ("torture -detention", "help.without"),
    ('"human rights"', "help.phrase"),
    ('"torture prevention"~10', "help.near"),
    ("detent*", "help.beginning"),
    ("tortura~", "help.similar"),
    ("(torture OR detention) report", "help.group"),
    ("title:report", "help.in-title"),
    ('author:"Ada Lovelace"', "help.in-author"),
    ("category:report", "help.in-category"),
    ("language:fr", "help.in-language"),
    ("date:2018..2021", "help.in-years"),
    ("date:none", "help.undated"),
)
"""Queries with what each finds, for those who do not read the whole description in English."""


async def serve_help(request: Request) -> Response:
    """Answer with the help page."""
    site: Site = request.app.state.site
    return HTMLResponse(render_page("help.html", site=site, keys=KEYS, examples=EXAMPLES, address=SearchAddress()))
