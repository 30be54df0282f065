"""Citations in BibTeX: one entry a work, with signs of LaTeX escaped and whole names in double braces."""

from __future__ import annotations

from search.citation.citation_dates import bibtex_date
from search.citation.cited_work import CitedWork, Creator, WorkKind

_ESCAPES = str.maketrans({
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
})  # fmt: skip
_URL_ESCAPES = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C"})


def bibtex_entry(work: CitedWork) -> str:
    """Return the entry of a work, with a line end."""
    is_report = work.kind is WorkKind.REPORT
    kind = f"{work.category[:1].upper()}{work.category[1:]}"
    notes = [f"cited page: {work.locator}"] if work.locator else []
    fields = {
        "author": " and ".join(map(_name, work.creators)),
        "title": f"{{{{{_escaped(work.title)}}}}}",
        **(bibtex_date(work.date) if work.date else {}),
        "institution": _braced(", ".join(work.bodies), extra=True) if is_report else "",
        "type": _braced(kind) if is_report else "",
        "howpublished": "" if is_report else _braced(f"Speech, {work.archive}" if _is_speech(work) else kind),
        "number": _braced(work.symbol),
        "language": _braced(work.language),
        "url": f"{{{work.public_url.translate(_URL_ESCAPES)}}}" if work.public_url else "",
        "note": _braced("; ".join((*notes, *map(str, work.warnings)))),
        "archive": _braced(work.archive),
        "archivelocation": _braced(work.location),
    }
    fields["author"] = f"{{{fields['author']}}}" if work.creators else ""
    lines = [f"  {name} = {value}," for name, value in fields.items() if value]
    return "\n".join((f"@{'techreport' if is_report else 'misc'}{{{work.document_id},", *lines, "}", ""))


def _is_speech(work: CitedWork) -> bool:
    return work.kind is WorkKind.SPEECH


def _braced(text: str, *, extra: bool = False) -> str:
    """Return a value in braces, or ``""`` for none; in two pairs it is one name whatever words are in it."""
    if not text:
        return ""
    return f"{{{{{_escaped(text)}}}}}" if extra else f"{{{_escaped(text)}}}"


def _escaped(text: str) -> str:
    return text.translate(_ESCAPES)


def _name(creator: Creator) -> str:
    """Return an author: family name first, or a whole name in braces."""
    if creator.family:
        return f"{_escaped(creator.family)}, {_escaped(creator.given)}"
    return f"{{{_escaped(creator.name)}}}"
