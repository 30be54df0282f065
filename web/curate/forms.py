"""Forms that archivists send: bounded, urlencoded, with the name of whoever makes the change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, unquote

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.types import Message, Receive

from corpus.errors import UsageError
from web.access.guard import Access

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


EMPTY_FORM = Form(())


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
    return _form(request, fields)


@dataclass(frozen=True, slots=True)
class UploadForm:
    """A form with a file: its fields, and the name and the bytes of the file; both empty without one."""

    form: Form
    file_name: str = ""
    content: bytes = b""


async def read_upload(request: Request, max_fields: int = 20) -> UploadForm:
    """Return a form that may have a file, which is kept in memory.

    Raises:
        UsageError: it is of another kind than the pages send, or longer than it may be.
    """
    if not request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        return UploadForm(await read_form(request, MAX_LISTING_BYTES))
    try:
        parts = await Request(request.scope, _bounded(request)).form(
            max_files=1, max_fields=max_fields, max_part_size=MAX_LISTING_BYTES
        )
    except HTTPException as error:
        raise UsageError("web.form-kind") from error
    try:
        values = parts.multi_items()
        fields = [(name, value) for name, value in values if isinstance(value, str)]
        file = next((value for _, value in values if isinstance(value, UploadFile)), None)
        content = await file.read() if file else b""
        return UploadForm(_form(request, fields), (file.filename or "") if file else "", content)
    finally:
        await parts.close()


def _bounded(request: Request) -> Receive:
    """Return the function that receives the body of a request, and refuses one that is too long."""
    received = 0

    async def receive() -> Message:
        nonlocal received
        part = await request.receive()
        received += len(part.get("body", b""))
        if received > MAX_LISTING_BYTES:
            raise UsageError("web.form-too-long", most=MAX_LISTING_BYTES)
        return part

    return receive


def who_asks(request: Request) -> str:
    """Return the name of whoever asks: as the proxy says, else as the archivist gave it with the last change."""
    named = _named_by_proxy(request)
    return unquote(request.cookies.get(WHO_COOKIE, ""))[:100] if named is None else named


def _named_by_proxy(request: Request) -> str | None:
    """Return the name that the proxy gives to whoever asks; None where it is not the proxy that asks."""
    access: Access = request.app.state.site.access
    host = request.client.host if request.client else ""
    if not access.proxy or not (access.is_socket or host == access.proxy):
        return None
    return request.headers.get(PROXY_USER_HEADER, "")[:100]


def _form(request: Request, fields: Iterable[tuple[str, str]]) -> Form:
    """Return a form with its fields; behind a proxy the name for the log is the proxy's, whatever was typed."""
    named = _named_by_proxy(request)
    plain = [(name, value.replace("\r\n", "\n")) for name, value in fields]
    return Form(tuple(plain if named is None else [*plain, ("who", named)]))  # the last value of a field counts


def redirect_after(form: Form, address: str) -> RedirectResponse:
    """Return the answer to a change: another page, and the name remembered."""
    answer = RedirectResponse(address, 303)
    if who := form.value("who").strip():
        answer.set_cookie(
            WHO_COOKIE, quote(who[:100]), max_age=WHO_SECONDS, path="/curate", httponly=True, samesite="strict"
        )
    return answer
