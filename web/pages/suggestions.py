"""Suggestions while a query is typed, as JSON for the script of the search box and for programs."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from search.presentation.json_format import suggestions_json
from web.error_answers import JsonAnswer
from web.site import Site

MAX_SUGGESTIONS = 8
MAX_TYPED_CHARACTERS = 500
"""Characters of a typed text that is completed; a longer one gets no suggestion."""


async def serve_suggestions(request: Request) -> Response:
    """Answer with ways to complete what is typed."""
    site: Site = request.app.state.site
    text = request.query_params.get("q", "")
    if not text.strip() or len(text) > MAX_TYPED_CHARACTERS:
        return JsonAnswer([])
    suggestions = await site.ask(lambda archive: archive.suggest(text, MAX_SUGGESTIONS))
    return JsonAnswer(suggestions_json(suggestions), headers={"cache-control": "private, no-cache"})
