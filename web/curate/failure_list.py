"""Failures: what could not be read, or not in full, by reason."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from corpus.document import State
from indexer.archivist.curation_json import failures_json
from indexer.archivist.failures import failures
from web.curate.curation import curation_of
from web.error_answers import wants_json
from web.templating import render_page

STATES = (State.FAILED, State.PARTIAL, State.WITHOUT_TEXT)
SHOWN_FILES = 50
"""Files of one reason that are named; JSON has them all."""


async def serve_failures(request: Request) -> Response:
    """Answer with the failures by reason, the largest group first."""
    site, curation = curation_of(request)
    groups = await curation.run(lambda: failures(site.folder, STATES))
    if wants_json(request.scope):
        return JSONResponse(failures_json(groups))
    return HTMLResponse(render_page("curate_failures.html", site=site, groups=groups, shown=SHOWN_FILES))
