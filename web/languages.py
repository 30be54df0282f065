"""The languages of the interface: which there are, and which one a browser asks for."""

from __future__ import annotations

from contextvars import ContextVar

from corpus.messages import ENGLISH, add_table, ar, es, fr

NAMES = {"en": "English", "fr": "français", "es": "español", "ar": "العربية"}
"""The languages by their codes, with their own names."""
DEFAULT = "en"

_CURRENT: ContextVar[str] = ContextVar("language", default=DEFAULT)

ENGLISH.complete()
for _language, _table in (("fr", fr), ("es", es), ("ar", ar)):
    add_table(_language, _table.SENTENCES)


def asked_language(header: str) -> str:
    """Return the language that an Accept-Language header prefers among those there are (RFC 9110, 12.5.4)."""
    wanted: list[tuple[float, str]] = []
    for part in header.split(",")[:20]:
        name, _, weight = part.partition(";q=")
        try:
            quality = float(weight) if weight else 1.0
        except ValueError:
            continue
        code = name.strip().lower().partition("-")[0]
        if code in NAMES and quality > 0:
            wanted.append((-quality, code))
    return min(wanted, key=lambda pair: pair[0])[1] if wanted else DEFAULT


def use_language(language: str) -> None:
    """Have the answer to this request, and whatever it calls, speak a language."""
    _CURRENT.set(language)


def current_language() -> str:
    """Return the language of this request."""
    return _CURRENT.get()
