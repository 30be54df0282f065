"""The text of a mail's parts: the alternative that says most, flowed lines joined, files encoded within it apart."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterable
from email.message import Message

from indexer.readers.encoding import decode
from indexer.readers.html.html_reader import body_text, parse, refuse_hostile
from indexer.readers.mail.mail_headers import parameter
from indexer.readers.reader_protocol import Unreadable
from indexer.text.cleaning import clean

TEXT_TYPES = frozenset(
    {"text/plain", "text/html", "text/enriched", "text/richtext", "text/calendar", "text/rfc822-headers",
     "message/delivery-status", "message/disposition-notification"}
)  # fmt: skip
"""Media types of parts that belong to the text of a mail."""
_ENOUGH_WORDS = 0.8
"""Share of the words of the richest alternative from which the plain text, which has no navigation, is taken."""
_NEW_WORDS = 0.5
"""Share of an alternative's words beyond which they are no other version of the text, and are read beside it."""
_MIN_NEW_WORDS = 5
"""Fewer new words are a line about the other alternative, such as "This mail is in HTML"."""
_WORD = re.compile(r"\w{2,}")
_MARKUP = re.compile(r"<[^<>]{0,200}>")
_CALENDAR_LINE = re.compile(r"^(?:SUMMARY|DESCRIPTION|LOCATION|COMMENT)[^:\n]{0,200}:(.*)$", re.MULTILINE)
_UUENCODED = re.compile(
    r"^begin [0-7]{3,4} ([^\r\n]{1,255})\r?\n((?:[!-`][ -`]{0,90}\r?\n)*?)[` ]?\r?\n?end[ \t]*\r?$", re.MULTILINE
)
_PGP_MESSAGE = re.compile(
    r"^-----BEGIN PGP MESSAGE-----$.*?(?:^-----END PGP MESSAGE-----$|\Z)", re.DOTALL | re.MULTILINE
)


def part_text(part: Message, data: bytes) -> str:
    """Return the text of a part, whose bytes are ``data``."""
    text = decode(data, parameter(part, "charset"))
    kind = part.get_content_type()
    if kind == "text/html" and text.strip():
        try:
            refuse_hostile(text)
            return body_text(parse(text))
        except Unreadable:
            return clean(text)
    text = text.replace("\r\n", "\n")
    if kind in {"text/enriched", "text/richtext"}:
        return clean(_MARKUP.sub("", text))
    if kind == "text/calendar":
        unfolded = re.sub(r"\n[ \t]", "", text)
        lines = (re.sub(r"\\([,;\\])", r"\1", line.replace("\\n", "\n")) for line in _CALENDAR_LINE.findall(unfolded))
        return clean("\n".join(lines))
    if parameter(part, "format").lower() == "flowed":
        text = join_flowed(text, delete_space=parameter(part, "delsp").lower() == "yes")
    return clean(text)


def join_flowed(text: str, *, delete_space: bool) -> str:
    """Join the lines of flowed text (RFC 3676): a line that ends with a space goes on in the next.

    Args:
        text: the text, with one space before lines that begin with a space, ``>`` or ``From``.
        delete_space: whether the space at the end of such a line was added, as between Chinese characters.
    """
    paragraphs: list[str] = []
    open_depth = -1
    for line in text.split("\n"):
        content = line.lstrip(">")
        depth = len(line) - len(content)
        content = content.removeprefix(" ")
        is_signature = content == "-- "
        if depth == open_depth and not is_signature:
            paragraphs[-1] += content
        else:
            paragraphs.append(">" * depth + (" " if depth else "") + content)
        is_open = content.endswith(" ") and not is_signature
        if is_open and delete_space:
            paragraphs[-1] = paragraphs[-1][:-1]
        open_depth = depth if is_open else -1
    return "\n".join(paragraphs)


def choose_alternatives(texts: Iterable[tuple[str, bool]]) -> list[int]:
    """Return the numbers of the alternatives to read: the one that says most, and those that say something else.

    Args:
        texts: the text of each alternative, and whether it is plain text.
    """
    alternatives = [(number, text, is_plain) for number, (text, is_plain) in enumerate(texts)]
    words = {number: set(_WORD.findall(text.lower())) for number, text, _ in alternatives}
    most = max(map(len, words.values()), default=0)
    if not most:
        return [number for number, text, _ in alternatives if text.strip()][:1]
    enough = [(not is_plain, -len(words[number]), number) for number, _, is_plain in alternatives
              if len(words[number]) >= _ENOUGH_WORDS * most]  # fmt: skip
    chosen = [min(enough)[2]]
    for number, _, is_plain in alternatives:
        new_words = words[number].difference(*(words[other] for other in chosen))
        # Of two plain texts none is a line about the other, and they may be in two languages.
        min_new_words = 0 if is_plain and any(alternatives[other][2] for other in chosen) else _MIN_NEW_WORDS
        if len(new_words) > max(_NEW_WORDS * len(words[number]), min_new_words):
            chosen.append(number)
    return sorted(chosen)


def lines_with_new_words(text: str, *known_texts: str) -> str:
    """Return the lines of a text that have a word which none of the other texts has."""
    known = set(_WORD.findall("\n".join(known_texts).lower()))
    return "\n".join(line for line in text.split("\n") if not known.issuperset(_WORD.findall(line.lower())))


def split_uuencoded(text: str) -> tuple[str, list[tuple[str, bytes]]]:
    """Return a text without the files that are uuencoded in it, and those files: their names and bytes."""
    files: list[tuple[str, bytes]] = []
    if "\nend" not in text:
        return text, files

    def take(match: re.Match[str]) -> str:
        try:
            data = b"".join(binascii.a2b_uu(line.encode("ascii")) for line in match.group(2).splitlines())
        except (binascii.Error, UnicodeError):
            return match.group()
        files.append((match.group(1).strip(), data))
        return ""

    return _UUENCODED.sub(take, text), files


def without_pgp_messages(text: str) -> str:
    """Return a text without the messages in it that are encrypted with PGP."""
    return _PGP_MESSAGE.sub("", text)
