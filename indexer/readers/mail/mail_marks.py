"""Recognise mails and mailboxes by their first lines."""

from __future__ import annotations

import re

MIN_HEADERS = 3
"""Headers of mails, From or Received among them, that a file begins with where it is a mail, whatever its name."""
_HEADERS = re.compile(
    rb"^(from|to|cc|subject|date|message-id|received|return-path|reply-to|mime-version|delivered-to|x-[a-z-]+):[ \t]",
    re.IGNORECASE | re.MULTILINE,
)
_HEADER_LINES = re.compile(  # the number in the first line is the length that Apple Mail writes
    rb"\A(?:\xef\xbb\xbf)?(?:\s{0,10}\d{1,12}[ \t]*\r?\n)?"
    rb"(?:[!-9;-~]{1,80}:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){3,}"
)
_NEXT_MAIL = re.compile(rb"\n\r?\nFrom [^\r\n]{1,500}\d\d:\d\d[^\r\n]{0,100}\r?\n[!-9;-~]{1,80}:[ \t]")
_MAILBOX = re.compile(rb"\AFrom [^\r\n]{1,500}\d\d:\d\d[^\r\n]{0,100}\r?\n[!-9;-~]{1,80}:")


def is_mail(head: bytes) -> bool:
    """Return whether a file begins with the headers of a mail, as those of a Maildir do, which have no extension."""
    lines = _HEADER_LINES.match(head)
    names = {name.lower() for name in _HEADERS.findall(lines.group())} if lines else set()
    return len(names) >= MIN_HEADERS and not names.isdisjoint({b"from", b"received", b"return-path"})


def is_mailbox(head: bytes) -> bool:
    """Return whether a file begins with the "From " line of a mailbox and a header."""
    return _MAILBOX.match(head) is not None


def has_next_mail(data: bytes) -> bool:
    """Return whether another mail of a mailbox begins within these bytes."""
    return _NEXT_MAIL.search(data) is not None
