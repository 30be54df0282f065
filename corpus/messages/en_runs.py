"""English sentences: what a run reports while it works.

Areas: run, reread, ocr, engine. See `corpus.messages` for how a sentence is written.
"""

from __future__ import annotations

SENTENCES: dict[str, str | tuple[str, str]] = {
    "run.no-such-archive": ("{folder}: no such folder", "Create it first, or name another one with --archive."),
    "run.no-reader-starts": (
        "no program that reads files can be started",
        (
            "Files that were to be read are left as they were. Check that this user may "
            "execute {python}, that memory is free, and that Muniment is installed in full; then run it again."
        ),
    ),
    "run.gone-folder": (
        "{folder}: does not exist, and files in it are in the archive",
        "Connect its disk. If it was removed on purpose, record its files as missing: muniment index --yes-missing",
    ),
    "run.unreadable-folder": (
        "{folder}: cannot be read: {cause}",
        "Check the name, the folder's permissions or the disk.",
    ),
    "run.not-a-folder": (
        "{folder}: neither a folder nor a file with content",
        "Name a folder or a file; pipes and devices cannot be indexed.",
    ),
    "run.watch-waits": (
        "{problem}; the watch goes on when the disk is connected again. If the files were removed on purpose, end it"
        " with Ctrl-C and run 'muniment index --yes-missing'"
    ),
    "run.many-missing": (
        "{missing:,} of {known:,} known {known:file is|files are} missing, such as {example}; nothing was changed",
        "Check that the disk is connected. If the files were removed on purpose, add --yes-missing.",
    ),
    "run.empty-folder": (
        "{folder}: all {missing:,} known files of this folder are missing; nothing was changed",
        "Check that the disk is connected. If the files were removed on purpose, add --yes-missing.",
    ),
    "run.sidecar": "describes the file beside it",
    "run.lone-sidecar": "a sidecar without its file",
    "run.no-file-beside": "describes {file}, which is not beside it; it is not indexed",
    "run.interrupted": "interrupted; what was read is being indexed, and Ctrl-C again stops at once",
    "run.index-upgrade": (
        "the index is of version {found}; it is rebuilt as version {used} from the catalogue, and no file is read again"
    ),
    "run.bag-restored": "restored from the bag, with its ids, corrections and log",
    "reread.tombstone": "it was {reason}, and is not read",
    "reread.no-file": "only a listing names it; there is no file to read",
    "reread.missing": "its file is missing; what was read of it is kept",
    "reread.changed": "its file has changed since it was read; run 'muniment index', which reads it as it is now",
    "reread.unconfirmed": (
        "outside the archive, in a folder that nobody named on this machine; name it once with 'muniment index FOLDER'"
    ),
    "reread.ocr": "it has text from OCR, which reading it again would lose; add --ocr to recognise it anew",
    # Reasons that are stored with files and documents.
    "run.unfinished": (
        "{read:,} of the {total:,} documents inside it were read within the time for one file; the next run continues"
    ),
    "run.folder-left-out": (
        "left out, because it is outside the archive and nobody named it on this machine; if it is yours, name it once:"
        " muniment index {folder}"
    ),
    "run.content-erased": "{count:,} {count:file was|files were} left out, because the content was erased",
    "run.place-erased": (
        "left out, because the document at this path was erased; a version for the archive needs another name"
    ),
    "run.copy": "the same bytes as {path}",
    "run.copy-of-failed": "the same bytes as {path}: {reason}",
    "run.embedded-removed": "no longer in its file",
    "ocr.not-installed": (
        "OCR needs tesseract, which is not installed",
        "Debian and Ubuntu: apt install tesseract-ocr tesseract-ocr-fra (and other languages), then try again.",
    ),
    # Reasons that are stored with documents; those of a document begin with "OCR ".
    "ocr.no-text": "OCR found no text",
    "ocr.failed-page": "OCR failed on page {page:,}: {reason}",
    "ocr.failed-pages": "OCR failed on {count:,} pages, the first of them page {page:,}: {reason}",
    "ocr.missing-languages": ("tesseract cannot read {languages} here (on Debian and Ubuntu: apt install {packages})"),
    "ocr.unknown-languages": "tesseract cannot read {languages}",
    "ocr.no-tesseract": "tesseract is not installed",
    "ocr.no-language": "tesseract has none of the document's languages",
    "ocr.no-such-page": "the file has no such page",
    "ocr.image-too-large": "an image of {width:,} x {height:,} pixels is too large",
    "ocr.unreadable-file": "the file cannot be opened: {cause}",
    "ocr.not-rendered": "the page cannot be rendered: {cause}",
    "ocr.no-page-size": "the page has no size",
    "ocr.no-time": "there was no time left",
    "ocr.too-slow": "tesseract took longer than {seconds:g} s",
    "ocr.not-started": "tesseract cannot be started: {cause}",
    "ocr.tesseract-failed": "tesseract failed: {cause}",
    "ocr.crashed": "tesseract crashed with {signal}",
    "ocr.exit-code": "tesseract ended with code {code}",
    "engine.address-form": "it is not of the form opensearch://host:9200/name",
    "engine.address-secret": "it must not contain a user or a password; these are read from the environment",
    "engine.address-name": "{name!r} is not a name of small letters, digits, - and _",
    "engine.address-host": "{host!r} is not a host with a port",
    "engine.address-hosts": "it names more than {limit} hosts",
    "engine.unconfirmed": (
        "{archive}: its settings name the search engine {address}, which nobody has confirmed on this machine",
        "Nothing was sent. If you trust it with these documents: muniment reindex --engine {address}",
    ),
    "engine.unconfirmed-reader": (
        "{archive}: its settings name the search engine {address}, which nobody has confirmed on this machine",
        "Nothing was sent. If it is the one to ask: muniment search --read-from {address} QUERY",
    ),
    "engine.unreachable": (
        "{address}: the search engine does not answer: {reason}",
        "Nothing is lost. Try again once it answers.",
    ),
    "engine.no-tls": "what answers there does not speak TLS",
    "engine.document-newer": (
        "{address}: the index there has a newer state of document {document_id} than the catalogue",
        "Write the index anew: muniment reindex",
    ),
    "engine.no-index": (
        "{address}: there is no index of this name",
        "Check the name at the end of the address. Where the archive is, 'muniment reindex' writes its index.",
    ),
    "engine.waiting": "waiting for {address}, which has not answered yet",
    "engine.change-recorded": (
        "the change is recorded, but the index does not have it yet: {reason}",
        "It need not be repeated. Once that is mended: muniment index",
    ),
    "engine.change-unconfirmed": (
        "the change is recorded, but the index does not have it yet: {reason}",
        "It need not be repeated; nothing was sent. If you trust the address: muniment reindex --engine {address}",
    ),
    "engine.redirect": (
        "{address}: what answers there sends on to {target} (status {status}), which is not followed",
        "Set the address of the search engine itself: muniment reindex --engine opensearch://HOST:PORT/NAME",
    ),
    "engine.stranger": (
        "{address}: what answers there is not the search engine OpenSearch (status {status})",
        "Check host and port of the address. A proxy may have answered in its place.",
    ),
    "engine.tls": (
        "{address}: no secure connection to the search engine: {reason}",
        "Addresses not on this machine are asked over TLS. MUNIMENT_ENGINE_CA names certificates of your own.",
    ),
    "engine.tls-wanted": (
        "{address}: the search engine there wants TLS, and an address on this machine is asked without",
        "Set the name of this machine in its place: muniment reindex --engine opensearch://HOST:PORT/NAME",
    ),
    "engine.blocked": (
        "{address}: the search engine has blocked it: {reason}",
        "Lift the block there (index.blocks, cluster.blocks), or free its disks, and try again.",
    ),
    "engine.disk-full": (
        "{address}: the disks of the search engine are full: {reason}",
        "Nothing is lost. Free space on its nodes, which lift the block by themselves, and try again.",
    ),
    "engine.closed": (
        "{address}: the search engine has closed an index: {reason}",
        "Open it on the cluster (POST /NAME/_open), and try again.",
    ),
    "engine.refused": (
        "{address}: the search engine refuses the user or the token (status {status})",
        "Set MUNIMENT_ENGINE_USER and MUNIMENT_ENGINE_PASSWORD, or MUNIMENT_ENGINE_TOKEN.",
    ),
    "engine.credentials": (
        "a user and a token for the search engine are both set",
        "Set MUNIMENT_ENGINE_USER with MUNIMENT_ENGINE_PASSWORD, or MUNIMENT_ENGINE_TOKEN, not both.",
    ),
    "engine.half-credentials": (
        "only one of MUNIMENT_ENGINE_USER and MUNIMENT_ENGINE_PASSWORD is set",
        "Set both, or neither.",
    ),
    "engine.certificates": (
        "{path}: the certificates of MUNIMENT_ENGINE_CA cannot be read: {reason}",
        "Name a file with the certificates of the authority in PEM.",
    ),
    "engine.partial": (
        "{address}: the search engine answered only in part: {reason}",
        "No part of an answer is shown. Try again when all of the cluster answers.",
    ),
    "engine.answer": (
        "{address}: the search engine cannot do this (status {status}): {reason}",
        "See the cluster's log, and docs/cluster.md.",
    ),
    "engine.not-an-answer": "what it answered is not JSON of a search engine, or longer than {limit} MB",
    "engine.unexpected-answer": "its answer lacks {part}, or has something else there",
    "engine.document-too-long": (
        "{address}: the search engine does not take requests as long as document {document_id} ({size:,} bytes)",
        "Let its nodes take longer ones (docs/cluster.md), or: muniment withdraw {document_id}",
    ),
    "engine.document-refused": (
        "{address}: the search engine does not take document {document_id}: {reason}",
        "Nothing is lost. See the cluster's log, and docs/cluster.md.",
    ),
    "engine.timed-out": "the time was up",
    "engine.shards-failed": "parts of the index without an answer: {count}",
    "engine.parts-missing": "parts of it have no copy left that answers",
    "engine.other-archive": (
        "{address}: the index {index} there belongs to another archive or program",
        "Choose another name at the end of the address.",
    ),
    "engine.copy": (
        "{archive}: is a copy of {original}, whose index is at {address}",
        "Nothing was sent. Choose another name at the end of the address, such as {address}-copy.",
    ),
    "engine.wide-pattern": (
        "{pattern} stands for more than {limit:,} words",
        "Type more letters of the word.",
    ),
    "engine.phrase-limit": (
        "{phrase!r}: its words are printed in parts in too many ways to be looked up as one phrase",
        "Look for a shorter phrase.",
    ),
    "engine.index-left": (
        "the index that the archive had there is left, and withdrawals and erasures that it lacks do not reach it:"
        " {reason}"
    ),
    "engine.not-removed": (
        "{reason}; withdrawals and erasures that it lacks do not reach it; to remove it, send the cluster:"
        " DELETE /{names}"
    ),
    "engine.indexes-stay": (
        "the indexes that the archive had there are left, and withdrawals and erasures that they lack do not reach"
        " them; to remove them, send the cluster: DELETE /{names}"
    ),
    "engine.no-documents": (
        "{address}: the index there stores no documents that could be read without the catalogue",
        "Where the archive is: set [index] store_documents = true, then muniment reindex",
    ),
    "engine.no-cluster": (
        "{archive}: its settings name no cluster to read documents from, but {engine}",
        "Name one: --read-from opensearch://HOST:9200/NAME",
    ),
    "command.no-place": (
        "{engine!r} is no place to read documents from: {reason}",
        "Write --read-from catalogue, cluster, or opensearch://HOST:9200/NAME.",
    ),
    "command.engine-confirm-all": (
        "Texts and metadata of all documents of {archive} will be sent to {address} and stored there. Go on?"
    ),
    "command.no-engine": (
        "{engine!r} is no search engine: {reason}",
        "Write --engine opensearch://host:9200/name, or --engine whoosh.",
    ),
    "command.engine-yes": (
        "this sends the words and the metadata of all documents to a search engine, and nobody can be asked here",
        "If that is intended, add --yes.",
    ),
    "command.engine-confirm": "Words and metadata of all documents of {archive} will be sent to {address}. Go on?",
    "engine.token-form": (
        "the token in MUNIMENT_ENGINE_TOKEN has characters that a token cannot have",
        "Set it to the token alone, in letters, digits and signs of ASCII.",
    ),
}
