"""Forms that archivists send: bounded, urlencoded, with the name of whoever makes the change."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, unquote

from starlette.requests import Request
from starlette.responses import RedirectResponse

from corpus.errors import UsageError

MAX_FORM_BYTES = 1 << 20
MAX_LISTING_BYTES = 10 << 20
"""Bytes of a form with a listing pasted into it."""
MAX_FIELDS = 5000
WHO_COOKIE = "muniment-who"
PROXY_USER_HEADER = "x-remote-user"
"""Header in which a proxy names the user; from anybody else it means nothing."""
WHO_SECONDS = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Form:
    """The fields of a form, as they were sent."""

    fields: tuple[tuple[str, str], ...]

    def value(self, name: str) -> str:
        """Return the last value of a field, ``""`` without one."""
        return next((value for key, value in reversed(self.fields) if key == name), "")

    def values(self, name: str) -> tuple[str, ...]:
        """Return all values of a field."""
        return tuple(value for key, value in self.fields if key == name)

    def has(self, name: str) -> bool:
        """Return whether a field was sent, empty or not."""
        return any(key == name for key, _ in self.fields)


async def read_form(request: Request, limit: int = MAX_FORM_BYTES) -> Form:
    """Return the form of a request.

    Raises:
        UsageError: it is of another kind than the pages send, or longer than it may be.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        raise UsageError("web.form-kind")
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > limit:
            raise UsageError("web.form-too-long", most=limit)
    try:
        fields = parse_qsl(body.decode("ascii", "replace"), keep_blank_values=True, max_num_fields=MAX_FIELDS)
    except ValueError as error:
        raise UsageError("web.too-many-parameters", most=MAX_FIELDS) from error
    return Form(tuple((name, value.replace("\r\n", "\n")) for name, value in fields))


def who_asks(request: Request) -> str:
    """Return the name of whoever asks: as the proxy says, else as the archivist gave it with the last change."""
    access = request.app.state.site.access
    if access.proxy and request.client and request.client.host == access.proxy:
        return request.headers.get(PROXY_USER_HEADER, "")[:100]
    return unquote(request.cookies.get(WHO_COOKIE, ""))[:100]


def redirect_after(form: Form, address: str) -> RedirectResponse:
    """Return the answer to a change: another page, and the name remembered."""
    answer = RedirectResponse(address, 303)
    if who := form.value("who").strip():
        answer.set_cookie(
            WHO_COOKIE, quote(who[:100]), max_age=WHO_SECONDS, path="/curate", httponly=True, samesite="strict"
        )
    return answer
