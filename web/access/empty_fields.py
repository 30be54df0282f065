"""Addresses of forms without their empty fields, which a browser sends too: an address is the record of a question."""

from __future__ import annotations

from urllib.parse import unquote_plus

from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from web.access.guard import own_path
from web.error_answers import wants_json

_LEFT_ALONE = frozenset({"/", "/search", "/curate/bulk"})
"""Paths whose pages lead to an address without empty fields themselves, or say that a value must not be empty."""


class WithoutEmptyFields:
    """The layer that leads from the address of a page to the same address without empty fields.

    Without JavaScript, no form can leave a field out. Programs, which ask for JSON or a file, are answered at once.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        app = self.app
        if scope["type"] == "http" and scope["method"] in {"GET", "HEAD"} and scope["path"] not in _LEFT_ALONE:
            fields = scope["query_string"].decode("latin-1").split("&")
            filled = [field for field in fields if not _is_empty(field)]
            if len(filled) < len(fields) and not wants_json(scope):
                query_string = "&".join(filled)
                path = own_path(scope)
                app = RedirectResponse(f"{path}?{query_string}" if query_string else path, 303)
        await app(scope, receive, send)


def _is_empty(field: str) -> bool:
    """Return whether a parameter has a name and no value. A name alone, as in ``?compare``, is no field of a form."""
    name, sign, value = field.partition("=")
    return bool(name and sign) and not unquote_plus(value).strip()
