"""The description of the JSON API, for people and in OpenAPI; both come from one file, which is generated."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from web.site import Site
from web.templating import render_page


async def serve_openapi(_: Request) -> Response:
    """Answer with the description in OpenAPI 3.1."""
    return Response(_text(), media_type="application/json")


async def serve_api(request: Request) -> Response:
    """Answer with the addresses and what each answers."""
    site: Site = request.app.state.site
    description: dict[str, Any] = json.loads(_text())
    rows = [
        (path if method == "get" else f"{method.upper()} {path}", described["summary"])
        for path, methods in description["paths"].items()
        for method, described in methods.items()
    ]
    return HTMLResponse(render_page("api.html", site=site, rows=rows))


@cache
def _text() -> str:
    return files(__package__.partition(".pages")[0]).joinpath("openapi.json").read_text(encoding="utf-8")
