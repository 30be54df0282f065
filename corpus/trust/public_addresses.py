"""Public addresses: those of documents on the web that may be cited, and none that only this machine can open."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import urlsplit

_LOCAL_HOSTS = ("localhost", "local", "internal", "lan", "home.arpa", "invalid", "test")
"""Last parts of the names of machines that nobody else can reach (RFC 2606, 6761, 6762, 8375)."""
_UNSAFE = re.compile(r"[\s\x00-\x1f\x7f<>\"{}|\\^`]")


def public_address(link: str) -> str:
    """Return a link where it is the public address of a web page or file, else ``""``.

    A file's name, an address inside a network, and one with a password in it are none.
    """
    try:
        parts = urlsplit(link.strip())
        host = (parts.hostname or "").rstrip(".").casefold()
        _ = parts.port  # one that is no number raises
    except ValueError:
        return ""
    if parts.scheme.casefold() not in {"http", "https"} or "@" in parts.netloc or _UNSAFE.search(link.strip()):
        return ""
    return link.strip() if _is_public(host) else ""


def _is_public(host: str) -> bool:
    """Return whether anybody can reach a host, by its address or its name."""
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        is_local = any(host == name or host.endswith(f".{name}") for name in _LOCAL_HOSTS)
        return "." in host and not is_local
