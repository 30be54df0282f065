"""Read a listing in a process with the limits of a reader: a web page or a table may be as hostile as any document."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from corpus.errors import ArchiveError
from corpus.listing import Listing
from corpus.messages import Message, message
from corpus.settings import Settings
from indexer.listings.read_listing import read_listing
from indexer.metadata.selection import Context
from indexer.sandbox.pool import Job, run_jobs
from indexer.sandbox.tasks import NamedTask
from indexer.sandbox.worker import WorkerSettings


@dataclass(frozen=True, slots=True)
class ListingOutcome:
    """A listing that was read, or the message of the error that it was refused with."""

    listing: Listing | None
    error: Message | None = None


def read_confined(path: Path, context: Context, settings: Settings) -> Listing:
    """Read a listing in a confined process; see `indexer.listings.read_listing.read_listing`.

    Raises:
        ArchiveError: the file cannot be read, is not text, is too large, or exceeds a limit.
    """
    limits = WorkerSettings(
        memory=settings.memory_mb << 20, cpu_seconds=settings.cpu_seconds, wall_seconds=settings.seconds
    )
    job = Job(0, str(path.absolute()), (str(path.absolute()),))
    (outcome,) = run_jobs([(job,)], NamedTask("listing", context), ListingOutcome, limits)
    read = outcome.result
    if read and read.error and _renders(read.error):
        raise ArchiveError.of(read.error)
    if read is None or read.listing is None or not all(_renders(item.message) for item in read.listing.diagnostics):
        raise ArchiveError("listing.unsuitable", path=path, reason=outcome.failure or message("file.result-invalid"))
    return read.listing


def read_task(context: Context, path: str, use_fallback: bool) -> ListingOutcome | None:  # noqa: FBT001 (a worker calls it so)
    """Read a listing in a worker. There is no fallback."""
    if use_fallback:
        return None
    try:
        listing = read_listing(Path(path), context)
    except ArchiveError as error:
        return ListingOutcome(None, _with_plain_parameters(message(error.code, **error.parameters)))
    diagnostics = (replace(item, message=_with_plain_parameters(item.message)) for item in listing.diagnostics)
    return ListingOutcome(replace(listing, diagnostics=tuple(diagnostics)))


def _with_plain_parameters(what: Message) -> Message:
    """Return a message whose parameters are texts and numbers, which can be sent."""
    plain = {name: value if isinstance(value, int | float) else str(value) for name, value in what.parameters.items()}
    return Message(what.code, plain)


def _renders(what: Message) -> bool:
    """Return whether a message is one of ours, with all of its parameters."""
    try:
        return bool(str(what))
    except (KeyError, ValueError, TypeError, IndexError, AttributeError):
        return False
