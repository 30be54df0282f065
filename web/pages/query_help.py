"""The help page: the query language, from its documentation, and the keys of the pages."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

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


async def serve_help(request: Request) -> Response:
    """Answer with the help page."""
    site: Site = request.app.state.site
    return HTMLResponse(render_page("help.html", site=site, keys=KEYS))
