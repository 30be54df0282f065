"""English sentences: the archive's folder, settings and lock, its catalogue and its index.

Areas: archive, settings, lock, catalogue, index, engine. See `corpus.messages` for how a sentence is written.
"""

from __future__ import annotations

_REINDEX = "Run 'muniment reindex': it rebuilds the index from the catalogue without reading a document again."

SENTENCES: dict[str, str | tuple[str, str]] = {
    "archive.no-such-folder": ("{folder}: no such folder", "Name the archive's folder with --archive."),
    "settings.unknown-engine": (
        "{path}: unknown engine {engine!r} in [index]",
        "Known engines: {engines}. Without this setting the archive uses the first.",
    ),
    "index.damaged": ("{directory}: the index is damaged ({reason})", _REINDEX),
    "index.damaged-part": ("the index is damaged: {part} cannot be read ({reason})", _REINDEX),
    "index.foreign": ("{directory}: is not an index Muniment wrote", _REINDEX),
    "index.lacks-fields": ("{directory}: the index was made by another program: it lacks fields", _REINDEX),
    "index.missing": ("{directory}: there is no index here", _REINDEX),
    "index.not-writable": ("{directory}: the index cannot be written: {reason}", _REINDEX),
    "index.other-version": (
        "{directory}: the index is of version {found}; this version of Muniment uses {used}",
        _REINDEX,
    ),
    "index.rebuild": _REINDEX,
    "index.unopenable": ("{directory}: the index cannot be opened: {reason}", _REINDEX),
    "index.unreadable-manifest": ("{path}: cannot be read: {reason}", _REINDEX),
    "engine.fuzzy-limit": "{word} is close to {total:,} words; only the closest {searched:,} were searched",
    "engine.wildcard-limit": "{pattern} matches {total:,} words; only the {searched:,} most frequent were searched",
    "engine.uncatalogued-document": (
        "the index contains documents that the catalogue does not have, such as {document_id}",
        "Run 'muniment reindex'; should that fail too, restore the catalogue from a backup.",
    ),
}
