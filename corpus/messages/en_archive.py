"""English sentences: the archive's folder, settings and lock, its catalogue and its index.

Areas: archive, disk, output, settings, lock, catalogue, index, engine.
See `corpus.messages` for how a sentence is written.
"""

from __future__ import annotations

REBUILD_INDEX = "Run 'muniment reindex': it rebuilds the index from the catalogue without reading a document again."
RESTORE_CATALOGUE = (
    "Restore .muniment from a backup. Without one, move it away, keep it, and run 'muniment index': corrections,"
    " withdrawals and the log are then missing, so withdrawn documents are found again."
)
_RESTORE = f"Your documents are untouched. {RESTORE_CATALOGUE}"

_CATEGORY_HINT = 'Write one line a category, such as: statement = ["Statements", "Déclaration"]'
_WAIT = "Wait for that run to end, then try again."

SENTENCES: dict[str, str | tuple[str, str]] = {
    "archive.no-such-folder": (
        "{folder}: no such folder",
        "Check the path given with --archive or in MUNIMENT_ARCHIVE.",
    ),
    "archive.contains-archive": (
        "{archive}: the archive {inner} is inside it, and its documents would be in both",
        "To make an archive around it all the same: muniment --archive {archive} index --new",
    ),
    "archive.nested": (
        "{archive}: lies inside the archive {outer}",
        (
            "To bring it in there: muniment --archive {outer} index {archive}. To make an archive of its own all the"
            " same: muniment --archive {archive} index --new"
        ),
    ),
    "archive.closed": ("{archive}: the archive is closed", "Open it again with open_archive()."),
    "archive.planted": (
        "{path}: not a regular file, which Muniment never makes there",
        "Somebody put it there. Move it out of .muniment, then run the command again.",
    ),
    "archive.user-table": (
        "{path}: is not as Muniment wrote it, or has more than {limit} MB",
        (
            "What you confirmed on this machine is in it. Repair the file, or remove it and confirm again what"
            " is asked for."
        ),
    ),
    "archive.data-folder-link": (
        "{archive}: .muniment is a link to {target}",
        "If you made the link, confirm it once on this machine: muniment index --confirm-link",
    ),
    "archive.readable-by-others": (
        "Other users of this machine can read {folder}, which contains the text of every document; 'muniment index"
        " --private' changes that."
    ),
    "archive.hidden": "hidden",
    "archive.lock-file": "a lock file of an Office program",
    "archive.mail-server-file": "a list that a mail server keeps",
    "archive.settings-file": "settings",
    "archive.link": "a link",
    "archive.not-regular": "not a regular file",
    "archive.endless": "does not end where its size says",
    "archive.sparse": "is far larger than the disk space that it takes",
    "archive.excluded": "excluded by muniment.toml",
    "archive.unreadable": "cannot be read",
    "archive.erasure-pending": (
        "an erasure was broken off, and files here may still contain what was erased; 'muniment index' finishes it"
    ),
    "archive.readers-not-confined": (
        "This system cannot keep the processes that read files from other files and the network; of files that you do"
        " not trust, index only copies on a machine or under an account of their own."
    ),
    # Limits of disks, accounts and processes.
    "disk.full": (
        "{path}: the disk is full",
        (
            "Make room on the disk at {disk}: delete or move away files that are not in .muniment, then run the command"
            " again. Nothing that was recorded is lost."
        ),
    ),
    "disk.quota": (
        "{path}: your account may not store more on this disk",
        (
            "Make room on the disk at {disk}: delete or move away files of yours that are not in .muniment, then run"
            " the command again. Nothing that was recorded is lost."
        ),
    ),
    "disk.read-only": (
        "{path}: the disk can only be read",
        (
            "Searches work all the same. To change the archive, make the disk at {disk} writable, or copy the whole"
            " folder with its .muniment to another disk."
        ),
    ),
    "disk.permission": (
        "{path}: permission denied",
        "It belongs to {owner}: run the command as that user, or have yourself given permission to read and write it.",
    ),
    "disk.own-permission": (
        "{path}: permission denied",
        "It is your own: give yourself permission to read and write it, and to enter its folder, with chmod u+rwX.",
    ),
    "disk.open-files": (
        "{path}: too many files are open",
        (
            "Close other programs, or raise the limit with 'ulimit -n 4096', then run the command again. Nothing that"
            " was recorded is lost."
        ),
    ),
    "disk.no-locks": (
        "{path}: this disk has no locks, and without them two runs could damage the archive",
        (
            "Move {data_folder} to a disk of this machine, put a link to it in its place, and run once: muniment index"
            " --confirm-link"
        ),
    ),
    "disk.failed": (
        "{path}: the disk reports an error",
        "Copy the archive's folder with its .muniment to another disk first, then check the disk at {disk}.",
    ),
    "disk.gone": (
        "{path}: the disk is not connected",
        "Connect it again, then run the command again. Nothing that was recorded is lost.",
    ),
    "output.exists": ("{path}: exists already, and is not overwritten", "Name a file that does not exist yet."),
    "output.inside-archive": (
        "{path}: is inside the archive, and the next 'muniment index' would read it as a document; better move it"
    ),
    "output.not-empty": ("{folder}: is not empty", "Name a folder that does not exist yet, or an empty one."),
    "output.not-a-folder": ("{folder}: is not a folder", "Name a folder that does not exist yet, or an empty one."),
    "lock.other-program": ("{directory}: another program is writing to the index", _WAIT),
    "lock.not-writable": ("{archive}: cannot be written to: {reason}", "Check the folder and its permissions."),
    "lock.locked": ("{archive}: another run is writing here", _WAIT),
    "lock.locked-by": ("{archive}: process {process} on {host} has been writing here since {since}", _WAIT),
    "settings.unreadable": ("{path}: cannot be read: {reason}", "Check the file's permissions."),
    "settings.link-outside": (
        "{path}: a link to {target}, which is outside the archive",
        "Copy the file in place of the link.",
    ),
    "settings.not-toml": (
        "{path}: not valid TOML: {reason}",
        "Correct the file: docs/settings.md says what it may contain.",
    ),
    "settings.not-utf-8": "its text is not in UTF-8",
    "settings.not-a-section": (
        "{path}: {section} should be a section, not a value",
        "Write [{section}] on a line of its own, and its keys below.",
    ),
    "settings.unknown-section": ("{path}: unknown section [{section}]", "Known sections: {known}."),
    "settings.unknown-key": ("{path}: unknown key {key!r} in [{section}]", "Known keys: {known}."),
    "settings.wrong-type": ("{path}: {key} in [{section}] should be {wanted}", "Write, for example: {key} = {example}"),
    "settings.text": "text in quotation marks",
    "settings.texts": "a list of texts in quotation marks",
    "settings.groups": "a list of lists of two or more texts in quotation marks",
    "settings.boolean": "true or false",
    "settings.number": "a whole number",
    "settings.out-of-range": (
        "{path}: {key} in [{section}] must be from {low:,} to {high:,}",
        "Write a number within this range, without the commas.",
    ),
    "settings.too-long": (
        "{path}: {key} in [{section}] is too long",
        "A list may have {items:,} items, and a text {characters:,} characters.",
    ),
    "settings.toml-too-large": "larger than {limit} KB",
    "settings.toml-long-key": "a dotted key has more than {limit} parts",
    "settings.toml-too-deep": "nested too deep",
    "settings.skos-outside": (
        "{path}: skos in [thesaurus] names a file outside the archive",
        "Copy the file into the archive's folder.",
    ),
    "settings.unknown-share": (
        "{path}: share in [archive] cannot be {value!r}",
        'Write share = "group", or leave it out.',
    ),
    "settings.unknown-language": (
        "{path}: unknown language {language!r}",
        "Write languages as codes, such as en, fr, ar.",
    ),
    "settings.no-categories": ("[categories] should list at least one category", _CATEGORY_HINT),
    "settings.too-many-categories": (
        "[categories] lists {count:,} categories; at most {limit} are allowed",
        _CATEGORY_HINT,
    ),
    "settings.shared-alias": ("[categories]: {word!r} belongs to both {first} and {second}", _CATEGORY_HINT),
    "settings.category-name": ("[categories]: {name!r} cannot be a category's name", _CATEGORY_HINT),
    "settings.category-aliases": ("[categories]: {name} should have a list of words", _CATEGORY_HINT),
    "settings.too-many-aliases": (
        "[categories]: {name} has more than {limit} words, or one of more than {characters} letters",
        _CATEGORY_HINT,
    ),
    "settings.unknown-engine": (
        "{path}: unknown engine {engine!r} in [index]",
        "Known engines: {engines}. Without this setting the engine is {default}.",
    ),
    "settings.engine-by-hand": (
        "{path}: the engine cannot be written into this file",
        "Write this line into its section [index]: {line}",
    ),
    "settings.not-writable": (
        "{path}: cannot be written: {reason}",
        "Write this line into its section [index]: {line}",
    ),
    "settings.engine-address": (
        "{path}: the engine in [index] is no address: {reason}",
        'Write it as: engine = "opensearch://host:9200/name"',
    ),
    "index.not-in-use": "an index that is not in use",
    "index.unreferenced-file": "a file of the index that nothing refers to",
    "index.damaged": ("{directory}: the index is damaged ({reason})", REBUILD_INDEX),
    "index.damaged-part": ("the index is damaged: {part} is incomplete or was changed", REBUILD_INDEX),
    "index.foreign": ("{directory}: is not an index Muniment wrote", REBUILD_INDEX),
    "index.discloses": (
        "{archive}: a document was withdrawn or erased, and the index still contains its words",
        "Run 'muniment index'. Where a run is under way, try again in a moment.",
    ),
    "index.in-the-making": (
        "{archive}: a run is under way, and nothing can be searched yet",
        "Try again in a moment: the first documents can be searched a few seconds after they were read.",
    ),
    "index.lacks-fields": (
        "{directory}: the index was made before these fields were added: {fields}",
        "Add them to the index with: muniment index",
    ),
    "index.missing": (
        "{directory}: there is no index here",
        "Run 'muniment index' to complete the last run, or 'muniment reindex' to rebuild without reading a file.",
    ),
    "index.not-writable": ("{directory}: the index cannot be written: {reason}", REBUILD_INDEX),
    "index.builder-died": (
        "{directory}: the index is not complete: a process that was building it was stopped",
        "Nothing is lost. Run 'muniment index' again; if it happens again, set fewer processes with --jobs 1.",
    ),
    "index.other-version": (
        "{directory}: the index is of version {found}; this version of Muniment uses {used}",
        REBUILD_INDEX,
    ),
    "index.file-bytes": "its bytes are not those that were written",
    "index.file-missing": "it is missing",
    "index.file-size": "it has {size:,} bytes; {recorded:,} were written",
    "index.file-unreadable": "it cannot be read: {reason}",
    "index.rebuild": REBUILD_INDEX,
    "index.unreadable-manifest": ("{path}: cannot be read: {reason}", REBUILD_INDEX),
    "engine.fuzzy-limit": "{word} is close to {total:,} words; only the closest {searched:,} were searched",
    "engine.too-much-text": (
        "the question looks into texts of more than {characters:,} characters",
        "Narrow it by date, category or language.",
    ),
    "engine.wildcard-limit": "{pattern} matches {total:,} words; only the {searched:,} most frequent were searched",
    "engine.passage-limit": (
        "An answer has at most {limit:,} passages, here {count:,} of each hit. Ask for fewer hits to see more."
    ),
    "engine.uncatalogued-document": (
        "the index contains documents that the catalogue does not have, such as {document_id}",
        (
            "If the catalogue was restored from an older backup, run 'muniment reindex'. If not, copy .muniment first,"
            " and look for a newer backup of it."
        ),
    ),
    "index.ahead": (
        "{archive}: the index has the changes up to {index_change:,}, the catalogue only those up to {change:,}",
        (
            "The catalogue is older than the index: look for a newer backup of .muniment. To go on with this"
            " catalogue, whose corrections and withdrawals may be out of date, copy .muniment first and run "
            "'muniment reindex'."
        ),
    ),
    "index.other-catalogue": (
        ("{archive}: the index was not made from this catalogue: their logs differ at change {change:,}"),
        (
            "One of them is of another archive, or of another copy of this one. Look for the pair in a "
            "backup of .muniment; to go on with this catalogue, copy .muniment first and run 'muniment "
            "reindex'."
        ),
    ),
    "index.stale": "it lacks the newest changes; run 'muniment index'",
    "index.other-number": (
        "it has {found:,} documents in place of {expected:,}; run 'muniment index', which writes it anew"
    ),
    "index.other-settings": (
        "{names}: changed in muniment.toml since the index was made; 'muniment reindex' writes it anew with that"
    ),
    "catalogue.unknown-document": ("no document has the id {id!r}", "'muniment search' prints the id of each hit."),
    "catalogue.none": (
        "{archive}: not an archive yet: nothing has been indexed here",
        "Run 'muniment --archive DIR index FOLDER' first, or name another folder with --archive.",
    ),
    "catalogue.lost": (
        "{archive}: the catalogue is gone, but other data of the archive remains in .muniment ({remains})",
        f"This is a damaged archive, not a new one. {_RESTORE}",
    ),
    "catalogue.foreign": ("{path}: not a Muniment catalogue", _RESTORE),
    "catalogue.version": (
        "{path}: catalogue version {version}, this program reads version {ours}",
        "Use the version of Muniment that wrote it: indexing anew would lose corrections, withdrawals and the log.",
    ),
    "catalogue.old-version": (
        "{path}: catalogue version {version}, this program reads version {ours}",
        "Run 'muniment index' once: it converts the catalogue to this version without reading a document again.",
    ),
    "catalogue.damaged": ("{path}: the catalogue is damaged: {reason}", _RESTORE),
    "catalogue.failed": ("{path}: {reason}", _RESTORE),
    "catalogue.locked": (
        "{path}: {reason}",
        "Another program is writing to it; wait for that to end and try again.",
    ),
    "catalogue.not-accessible": ("{path}: {reason}", "Check that the archive folder exists and may be written to."),
    "catalogue.not-a-file": ("{path}: not a regular file", _RESTORE),
    "catalogue.not-text": ("{text}: not valid text", "Type it again, or copy it from the output of 'muniment search'."),
    "catalogue.unknown-value": ("the catalogue is damaged: {value!r} is not a {kind}", _RESTORE),
    "catalogue.permissions": ("{path}: {reason}", "Check the folder and its permissions."),
    "catalogue.other-thread": (
        "{archive}: an archive opened for writing can only be used by the thread that opened it",
        "Write from that thread, or open the archive for reading.",
    ),
    "settings.thesaurus-equivalent": (
        "{path}: equivalent in [thesaurus] is not a list of lists of two terms or more",
        'Write equivalent = [["CSO", "civil society organisation"], ["LGBTI", "LGBT"]].',
    ),
    "settings.skos-too-large": ("{path}: larger than {limit} MB", "Name a smaller SKOS file."),
    "settings.skos-unreadable": ("{path}: cannot be read: {error}", "Correct the file name of skos in [thesaurus]."),
    "settings.skos-invalid": ("{path}: not SKOS in RDF/XML: {error}", "Export the thesaurus as RDF/XML."),
}
