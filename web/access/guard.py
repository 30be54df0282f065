"""The guard before every route: who may ask, which changes are meant by the user, and the headers of every answer.

It is the outermost layer of the application, so that nothing is looked up for a request that it refuses.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from corpus.errors import UsageError
from web.error_answers import error_answer
from web.languages import asked_language, use_language

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; frame-src 'self'; frame-ancestors 'none'; base-uri 'none'"
)
"""What a page may load: its own style, script and images, and nothing written into it."""

HEADERS = {
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), browsing-topics=()",
    "x-frame-options": "DENY",
    "cache-control": "private, no-cache",
}
"""Headers of every answer that does not set them itself."""

MAX_ADDRESS_BYTES = 16 * 1024
"""Bytes of path and query string together."""

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
TOKEN_PARAMETER = "token"  # noqa: S105 (the name of the parameter)
COOKIE_SECONDS = 400 * 24 * 3600
"""Life of the cookie, the longest that browsers keep one."""

FEED_PATH = re.compile(r"/feeds/[A-Za-z0-9_-]{43}\.atom")
"""Address of a feed: its key, of 32 random bytes, lets a program that follows searches in where it has no token."""
_PORT = re.compile(r":\d{1,5}\Z")


@dataclass(frozen=True, slots=True)
class Access:
    """Who may ask.

    Attributes:
        token: the secret that a browser shows once and a script with each request; ``""`` asks nobody for one.
        port: that the server listens on.
        public_url: scheme, host and port by which a proxy is reached; ``""`` without one.
        proxy: address of the proxy, which may say who asks; ``""`` without one.
        leave_no_trace: have browsers store nothing of what they are shown.
        language: of the interface; ``""`` takes the one that a browser asks for.
        is_socket: whether the server listens on a Unix socket, over which nobody but the proxy asks.
    """

    token: str
    port: int
    public_url: str = ""
    proxy: str = ""
    leave_no_trace: bool = False
    language: str = ""
    is_socket: bool = False

    @property
    def cookie(self) -> str:
        """Return the name of the cookie. Browsers share cookies between ports, so it has the port in it."""
        return f"muniment-{self.port}"

    @property
    def hosts(self) -> frozenset[str]:
        """Return what the Host header may be."""
        local = {f"{name}:{self.port}" for name in ("127.0.0.1", "localhost", "[::1]")}
        if self.port == 80:  # browsers leave this one out
            local |= {_PORT.sub("", host) for host in local}
        return frozenset(local | ({urlsplit(self.public_url).netloc.lower()} if self.public_url else set()))

    @property
    def origins(self) -> frozenset[str]:
        """Return what the Origin header of a change may be."""
        own = {f"http://{host}" for host in self.hosts}
        return frozenset(own | ({self.public_url.rstrip("/")} if self.public_url else set()))


class Guard:
    """The layer that refuses requests before anything is looked up for them, and adds headers to every answer."""

    def __init__(self, app: ASGIApp, access: Access, *, has_feeds: bool = False) -> None:
        self.app, self.access, self.has_feeds = app, access, has_feeds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._add_headers(MutableHeaders(scope=message))
            await send(message)

        use_language(self.access.language or asked_language(Headers(scope=scope).get("accept-language", "")))
        answer = self._refusal_or_welcome(scope)
        await (answer or self.app)(scope, receive, send_with_headers)

    def _add_headers(self, headers: MutableHeaders) -> None:
        for name, value in HEADERS.items():
            headers.setdefault(name, value)
        if self.access.leave_no_trace:
            headers["cache-control"] = "no-store"

    def _refusal_or_welcome(self, scope: Scope) -> Response | None:
        """Return the answer to a request that no route may see; None for one that may pass."""
        headers = Headers(scope=scope)
        hosts = headers.getlist("host")
        if len(hosts) != 1 or hosts[0].lower() not in self.access.hosts:
            return error_answer(scope, UsageError("web.wrong-host"), 400)
        if len(scope.get("raw_path") or b"") + len(scope["query_string"]) > MAX_ADDRESS_BYTES:
            return error_answer(scope, UsageError("web.address-too-long", most=MAX_ADDRESS_BYTES), 414)
        if welcome := self._welcome(scope):
            return welcome
        if not (self._is_known(headers) or self._is_feed(scope)):
            return error_answer(scope, UsageError("web.no-token"), 401)
        if scope["method"] not in SAFE_METHODS and not self._is_meant(headers):
            return error_answer(scope, UsageError("web.foreign-change"), 403)
        return None

    def _welcome(self, scope: Scope) -> Response | None:
        """Return the answer to an address with the token: a cookie, and the same address without it."""
        query_string = scope["query_string"].decode("latin-1")
        if not self.access.token or TOKEN_PARAMETER not in query_string or scope["method"] not in SAFE_METHODS:
            return None
        pairs = parse_qsl(query_string, keep_blank_values=True, errors="replace")
        tokens = [value for name, value in pairs if name == TOKEN_PARAMETER]
        if not any(map(self._is_token, tokens)):
            return None
        rest = urlencode([pair for pair in pairs if pair[0] != TOKEN_PARAMETER])
        path = own_path(scope)
        answer = RedirectResponse(f"{path}?{rest}" if rest else path, status_code=303)
        answer.set_cookie(
            self.access.cookie, self.access.token, max_age=COOKIE_SECONDS, path="/", httponly=True, samesite="lax",
            secure=self.access.public_url.startswith("https:"),
        )  # fmt: skip
        answer.headers["cache-control"] = "no-store"
        return answer

    def _is_known(self, headers: Headers) -> bool:
        """Return whether a request comes from somebody who was given the token."""
        if not self.access.token:
            return True
        scheme, _, credentials = headers.get("authorization", "").partition(" ")
        return (scheme.lower() == "bearer" and self._is_token(credentials.strip())) or any(
            map(self._is_token, _cookies(headers.getlist("cookie"), self.access.cookie))
        )

    def _is_feed(self, scope: Scope) -> bool:
        """Return whether a request is for a feed with a key in its address, which the feed's own route looks up."""
        is_plain = scope["method"] in {"GET", "HEAD"} and not scope["query_string"]
        path = (scope.get("raw_path") or b"").decode("latin-1")
        return self.has_feeds and is_plain and path == scope["path"] and bool(FEED_PATH.fullmatch(path))

    def _is_token(self, text: str) -> bool:
        return hmac.compare_digest(text.encode(errors="replace"), self.access.token.encode())

    def _is_meant(self, headers: Headers) -> bool:
        """Return whether the user of our own pages, or a script with the token, asks for a change.

        Browsers say from where a request comes, and no page can forge it; see https://web.dev/articles/fetch-metadata.
        """
        site = headers.get("sec-fetch-site")
        if site is not None:
            return site in {"same-origin", "none"}
        origin = headers.get("origin")
        if origin is not None:
            return origin.lower() in self.access.origins
        return headers.get("authorization", "").lower().startswith("bearer ")


def own_path(scope: Scope) -> str:
    """Return the path of a request, which never leads to another host.

    A browser takes an address that begins with two slashes, or one and a backslash, for another host's.
    """
    path = (scope.get("raw_path") or b"/").decode("latin-1").partition("?")[0]
    return "/" + path.lstrip("/\\")


def _cookies(headers: Iterable[str], name: str) -> Iterable[str]:
    """Yield the values of the cookies with a name."""
    for header in headers:
        for part in header.split(";"):
            key, _, value = part.strip().partition("=")
            if key == name:
                yield value.strip('"')
