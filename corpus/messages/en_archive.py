"""English sentences: the archive's folder, settings and lock, its catalogue and its index.

Areas: archive, settings, lock, catalogue, index, engine. See `corpus.messages` for how a sentence is written.
"""

from __future__ import annotations

SENTENCES: dict[str, str | tuple[str, str]] = {
    "archive.no-such-folder": ("{folder}: no such folder", "Name the archive's folder with --archive."),
    "settings.unknown-engine": (
        "{path}: unknown engine {engine!r} in [index]",
        "Known engines: {engines}. Without this setting the archive uses the first.",
    ),
    "engine.uncatalogued-document": (
        "the index contains documents that the catalogue does not have, such as {document_id}",
        "Run 'muniment reindex'; should that fail too, restore the catalogue from a backup.",
    ),
}
