"""The task of a worker process: read one file, describe it and choose its metadata."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from corpus.document import EmbeddedDocument, Extraction, State
from corpus.sample import ARCHIVE as SAMPLE
from indexer.ingest.record import DescribedFile
from indexer.metadata.candidates import collect_candidates
from indexer.metadata.language_detection import detect_page_languages
from indexer.metadata.selection import Context, choose_metadata
from indexer.readers import FORMATS, failed, load_reader, read, retry
from indexer.readers.embedded.embedded_reader import OpenContainers, read_embedded, retry_embedded
from indexer.readers.formats import READER_VERSIONS
from indexer.readers.reader_protocol import reason
from indexer.sandbox.tasks import FileToRead

_FORMAT_NAMES = {row.media_type: row.name for row in FORMATS}
"""Short names of the formats, for people and facets."""


def extract(context: Context, source: FileToRead, use_fallback: bool) -> DescribedFile | None:  # noqa: FBT001 (a worker calls it so)
    """Read a file, or a document inside it, and describe what it contains.

    Args:
        context: the archive's lists and settings.
        source: the file.
        use_fallback: read it with the fallback reader, since the first one failed.

    Returns:
        What was read; None where there is no fallback reader.
    """
    try:
        return _extract(context, source, use_fallback=use_fallback)
    except OSError as error:  # of the machine, since the readers raise no other
        extraction = failed(reason("file.unavailable", cause=error.strerror or error))
        return DescribedFile(extraction, "", machine_failure=True)


def _extract(context: Context, source: FileToRead, *, use_fallback: bool) -> DescribedFile | None:
    if source.embedded is not None:
        return _extract_embedded(context, source, source.embedded, use_fallback=use_fallback)
    file = Path(source.file)
    extraction = retry(file) if use_fallback else read(file)
    return None if extraction is None else describe_extraction(context, extraction, source.path)


_CONTAINERS = OpenContainers()
"""The containers that this process, which reads the documents of one file, has open."""


def prepare(context: Context, source: FileToRead) -> None:
    """Load the readers that a file and the document inside it call for by their names, and read a sample with each.

    Nothing of the file is read. What the libraries compile and keep while they read a sample, 25 ms' work, is there
    for every process that is forked afterwards.
    """
    for name in (source.path, source.embedded.name if source.embedded else source.path):
        extension = load_reader(name)
        if extension not in _PREPARED:
            _PREPARED.add(extension)
            samples = sorted(SAMPLE.rglob(f"*{extension}"), key=lambda sample: sample.stat().st_size)
            for sample in samples[:1] or [*SAMPLE.glob("*.txt")][:1]:
                extract(context, FileToRead(str(sample), sample.name), use_fallback=False)


_PREPARED: set[str] = set()
"""Endings of the formats that this process has prepared for."""


def _extract_embedded(
    context: Context, source: FileToRead, embedded: EmbeddedDocument, *, use_fallback: bool
) -> DescribedFile | None:
    file = Path(source.file)
    read_one = retry_embedded if use_fallback else read_embedded
    extracted = read_one(file, embedded.address, _CONTAINERS)
    if extracted is None:
        return None
    extraction, digest = extracted
    extraction = replace(extraction, candidates=(*embedded.candidates, *extraction.candidates))
    # Rules for file and folder names treat the file that contains the document as its folder.
    return replace(describe_extraction(context, extraction, f"{source.path}/{embedded.name}"), digest=digest)


def describe_extraction(context: Context, extraction: Extraction, path: str) -> DescribedFile:
    """Return an extraction with its metadata candidates, the chosen ones, and the languages of its pages."""
    format_name = _FORMAT_NAMES.get(extraction.media_type, "")
    reader_version = READER_VERSIONS.get(format_name, 0)
    if extraction.state is State.FAILED:
        return DescribedFile(extraction, format_name, reader_version=reader_version)
    candidates = collect_candidates(extraction, path, context)
    chosen = choose_metadata(candidates)
    language = chosen.language.value if chosen.language else ""
    text = detect_page_languages(extraction.text, language, context.languages)
    return DescribedFile(replace(extraction, text=text), format_name, candidates, chosen, reader_version=reader_version)
