"""English sentences of the failures: reasons without their numbers, and advice what to do.

Areas: failures. See `corpus.messages` for how a sentence is written.
"""

from __future__ import annotations

SENTENCES: dict[str, str | tuple[str, str]] = {
    # Reasons, put together.
    "failures.part": "a part",
    "failures.none": "no reason recorded",
    "failures.kind-no-text-pages": "no text on any page",
    "failures.kind-no-text-scanned": "no text on any page; looks scanned",
    "failures.kind-garbled": "the text of some pages looks garbled; OCR would help",
    "failures.kind-lost-pages": "some damaged pages could not be read",
    "failures.kind-beginning": "only the beginning was read",
    "failures.kind-annotations": "not all annotations and form fields were read",
    "failures.kind-too-large": "too large, or too large when unpacked",
    "failures.kind-clock": "reading took too long by the clock; the computer may have been busy",
    "failures.kind-computing": "reading took more computing time than one file is allowed",
    "failures.kind-ended": "the program that reads it ended without a result",
    "failures.kind-lost-part": "a damaged part could not be read",
    "failures.kind-left-out": "records that are no documents were left out",
    # Advice.
    "failures.advice-password": (
        "Save an unlocked copy in its place, with the password or by asking whoever sent it; the next run reads it."
    ),
    "failures.advice-empty": (
        "There is nothing in it. Look for the whole file where it came from, and put it in its place."
    ),
    "failures.advice-no-reader": (
        "Save it as PDF, text or another format that is read, and bring that in; reading it again changes nothing."
    ),
    "failures.advice-converter": "Install what the reason names, then read it again.",
    "failures.advice-again": "Read it again: what hindered it may be over.",
    "failures.advice-ocr": "Bring in with “Read scanned pages with OCR” recognises its text.",
    "failures.advice-damaged": "Look for an undamaged copy and put it in its place; the next run reads it.",
    "failures.advice-limit": (
        "Divide it, or save it smaller, to have all of it read; reading it again changes nothing."
    ),
}
