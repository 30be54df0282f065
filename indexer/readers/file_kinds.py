"""Names of the kinds of files that no reader reads, and what to do about each."""

from __future__ import annotations

import zipfile
from collections.abc import Collection
from pathlib import Path

from corpus.folder_scan import is_lock_file
from indexer.readers.reader_protocol import reason

HEAD_BYTES = 4096
"""Bytes from the beginning of a file that its kind is recognised by."""
_ISO_OFFSET, _ISO_MAGIC = 0x8001, b"CD001"

# The messages that say what can be done about a file.
UNPACK, EXPORT, SOUND = "file.kind-unpack", "file.kind-export", "file.kind-sound"
NO_TEXT, LOCKED = "file.kind-no-text", "file.kind-locked"

_MAGIC: tuple[tuple[int, bytes, str, str], ...] = (
    (0, b"Rar!\x1a\x07", "RAR archive", UNPACK), (0, b"7z\xbc\xaf\x27\x1c", "7-Zip archive", UNPACK),
    (0, b"\x28\xb5\x2f\xfd", "Zstandard file", UNPACK), (0, b"\x04\x22\x4d\x18", "LZ4 file", UNPACK),
    (0, b"\x1f\x9d", "compress (.Z) file", UNPACK), (0, b"LZIP\x01", "lzip file", UNPACK),
    (0, b"MSCF\0\0\0\0", "Windows cabinet", UNPACK), (0, b"!<arch>\n", "ar archive", UNPACK),
    (0, b"xar!\0", "XAR archive", UNPACK), (2, b"-lh5-", "LHA archive", UNPACK),
    (0, b"\x60\xea", "ARJ archive", UNPACK), (0, b"\xed\xab\xee\xdb", "RPM package", UNPACK),
    (0, b"070701", "cpio archive", UNPACK), (0, b"SIT!", "StuffIt archive", UNPACK),
    (0, b"StuffIt", "StuffIt archive", UNPACK), (0, b"QFI\xfb", "disk image", UNPACK),
    (0, b"KDMV", "disk image", UNPACK), (0, b"conectix", "disk image", UNPACK),
    (0, b"vhdxfile", "disk image", UNPACK), (0, b"hsqs", "SquashFS image", UNPACK),
    (0, b"SQLite format 3\0", "SQLite database", EXPORT), (4, b"Standard Jet DB", "Access database", EXPORT),
    (4, b"Standard ACE DB", "Access database", EXPORT), (0, b"!BDN", "Outlook data file (PST)", EXPORT),
    (0, b"\x89HDF\r\n\x1a\n", "HDF5 data file", EXPORT), (0, b"PAR1", "Parquet table", EXPORT),
    (0, b"Obj\x01", "Avro data file", EXPORT), (0, b"CDF\x01", "NetCDF data file", EXPORT),
    (0, b"\xffWPC", "WordPerfect document", EXPORT), (0, b"AT&TFORM", "DjVu document", EXPORT),
    (60, b"BOOKMOBI", "Kindle book", EXPORT), (60, b"TEXtREAd", "Palm book", EXPORT),
    (0, b"ITOLITLS", "LIT book", EXPORT), (0, b"ITSF", "Windows help file (CHM)", EXPORT),
    (0, b"\x3f\x5f\x03\0", "Windows help file", EXPORT), (0, b"\0\0\x02\0\x06\x04", "Lotus spreadsheet", EXPORT),
    (0, b"\0\0\x1a\0", "Lotus spreadsheet", EXPORT), (0, b"\0\0\x02\0\x20\x51", "Quattro Pro spreadsheet", EXPORT),
    (0, b"\0\0\x02\0\x01\x10", "Quattro Pro spreadsheet", EXPORT),
    (0, b"\x31\xbe\0\0", "Microsoft Write document", EXPORT), (0, b"\x9b\xa5", "old Word document", EXPORT),
    (0, b"\xdb\xa5", "old Word document", EXPORT), (0, b"\x09\x08\x08\0", "old Excel sheet", EXPORT),
    (0, b"\xfe\x37\0", "old Word for Macintosh document", EXPORT), (0, b"AC10", "AutoCAD drawing", EXPORT),
    (0, b"8BPS", "Photoshop image", EXPORT), (0, b"\x06\x06\xed\xf5\xd8\x1d\x46\xe5", "InDesign document", EXPORT),
    (0, b"\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d", "OneNote section", EXPORT),
    (0, b"bplist00", "Apple property list", EXPORT),
    (0, b"\xc5\xd0\xd3\xc6", "PostScript file with a preview", EXPORT),
    (0, b"%!PS-AdobeFont", "PostScript font", NO_TEXT), (0, b"%!PS", "PostScript document", EXPORT),
    (0, b"\x04%!PS", "PostScript document", EXPORT), (0, b"\x1b%-12345X", "printer file", EXPORT),
    (0, b"GIF87a", "GIF image", NO_TEXT),
    (0, b"GIF89a", "GIF image", NO_TEXT), (8, b"WEBP", "WebP image", NO_TEXT),
    (4, b"ftypheic", "HEIC image", NO_TEXT), (4, b"ftypmif1", "HEIC image", NO_TEXT),
    (4, b"ftypavif", "AVIF image", NO_TEXT), (0, b"\0\0\x01\0", "icon", NO_TEXT),
    (0, b"\0\0\0\x0cjP ", "JPEG 2000 image", NO_TEXT), (0, b"\xff\x4f\xff\x51", "JPEG 2000 image", NO_TEXT),
    (0, b"\xd7\xcd\xc6\x9a", "Windows metafile", NO_TEXT), (40, b" EMF", "Windows metafile", NO_TEXT),
    (0, b"gimp xcf", "GIMP image", NO_TEXT), (0, b"\x97JB2\r\n\x1a\n", "JBIG2 image", NO_TEXT),
    (0, b"FUJIFILMCCD-RAW", "raw photograph", NO_TEXT), (0, b"ID3", "MPEG audio recording", SOUND),
    (0, b"\xff\xfb", "MPEG audio recording", SOUND), (0, b"\xff\xf3", "MPEG audio recording", SOUND),
    (0, b"\xff\xf1", "AAC recording", SOUND), (0, b"OggS", "Ogg recording", SOUND),
    (0, b"fLaC", "FLAC recording", SOUND), (8, b"WAVE", "WAV recording", SOUND), (8, b"AVI ", "AVI video", SOUND),
    (8, b"AIFF", "AIFF recording", SOUND), (0, b"#!AMR", "AMR recording", SOUND), (0, b"MThd", "MIDI file", NO_TEXT),
    (4, b"ftyp", "MPEG-4 recording", SOUND), (4, b"moov", "QuickTime video", SOUND),
    (4, b"mdat", "QuickTime video", SOUND), (0, b"\x1a\x45\xdf\xa3", "Matroska or WebM video", SOUND),
    (0, b"FLV\x01", "Flash video", SOUND), (0, b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "Windows Media recording", SOUND),
    (0, b".RMF", "RealMedia recording", SOUND), (0, b"\0\0\x01\xba", "MPEG video", SOUND),
    (0, b"\0\0\x01\xb3", "MPEG video", SOUND), (0, b"OTTO", "OpenType font", NO_TEXT), (0, b"ttcf", "font", NO_TEXT),
    (0, b"wOFF", "web font", NO_TEXT), (0, b"wOF2", "web font", NO_TEXT),
    (0, b"\x80\x01", "PostScript font", NO_TEXT), (0, b"\x7fELF", "program", NO_TEXT),
    (0, b"MZ", "Windows program", NO_TEXT), (0, b"\xcf\xfa\xed\xfe", "program", NO_TEXT),
    (0, b"\xca\xfe\xba\xbe", "program", NO_TEXT), (0, b"\0asm", "WebAssembly program", NO_TEXT),
    (0, b"FWS", "Flash film", NO_TEXT), (0, b"CWS", "Flash film", NO_TEXT),
    (0, b"Cr24", "browser extension", NO_TEXT), (0, b"L\0\0\0\x01\x14\x02\0", "Windows shortcut", NO_TEXT),
    (0, b"BM", "bitmap image", NO_TEXT), (0, b"\xd4\xc3\xb2\xa1", "network capture", NO_TEXT),
    (0, b"\x0a\x0d\x0d\x0a", "network capture", NO_TEXT), (0, b"regf", "Windows registry", NO_TEXT),
    (0, b"\0\0\0\x01Bud1", "Finder settings", NO_TEXT), (0, b"\x80\x02", "Python pickle", NO_TEXT),
    (0, b"\x80\x04\x95", "Python pickle", NO_TEXT), (0, b"Salted__", "encrypted file", LOCKED),
    (0, b"age-encryption.org/", "encrypted file", LOCKED), (0, b"\x85\x01", "encrypted file (PGP)", LOCKED),
    (0, b"\x85\x02", "encrypted file (PGP)", LOCKED), (0, b"LUKS\xba\xbe", "encrypted disk image", LOCKED),
)  # fmt: skip
"""Offset, bytes, the kind's name, and what can be done. Short magic numbers count in binary files alone."""

# Kinds of zip packages by members that all must be there.
_PACKAGES: tuple[tuple[frozenset[str], str, str], ...] = (
    *((frozenset({name}), "Apple iWork package", EXPORT) for name in ("Index/Document.iwa", "Index.zip", "index.apxl")),
    (frozenset({"AndroidManifest.xml"}), "Android app", NO_TEXT),
    (frozenset({"designmap.xml"}), "InDesign document", EXPORT),
    (frozenset({"META-INF/MANIFEST.MF"}), "Java archive", NO_TEXT),
    (frozenset({"AppxManifest.xml"}), "Windows app", NO_TEXT),
    (frozenset({"document.json", "meta.json", "user.json"}), "Sketch drawing", EXPORT),
    (frozenset({"content.json", "metadata.json"}), "XMind map", EXPORT),
    (frozenset({"3D/3dmodel.model"}), "3D model", NO_TEXT),
)  # fmt: skip

# Names of packages by ending, where their members do not say more.
_ENDINGS = {
    ".pages": ("Apple Pages package", EXPORT), ".numbers": ("Apple Numbers package", EXPORT),
    ".key": ("Apple Keynote package", EXPORT), ".jar": ("Java archive", NO_TEXT), ".war": ("Java archive", NO_TEXT),
    ".ear": ("Java archive", NO_TEXT), ".apk": ("Android app", NO_TEXT), ".ipa": ("iPhone app", NO_TEXT),
    ".sketch": ("Sketch drawing", EXPORT), ".xpi": ("browser extension", NO_TEXT),
    ".crx": ("browser extension", NO_TEXT), ".idml": ("InDesign document", EXPORT), ".xmind": ("XMind map", EXPORT),
    ".mmap": ("MindManager map", EXPORT), ".whl": ("Python package", NO_TEXT), ".nupkg": ("NuGet package", NO_TEXT),
    ".vsix": ("Visual Studio extension", NO_TEXT), ".msix": ("Windows app", NO_TEXT),
    ".appx": ("Windows app", NO_TEXT), ".3mf": ("3D model", NO_TEXT), ".odb": ("OpenDocument database", EXPORT),
    ".kra": ("Krita drawing", NO_TEXT), ".ora": ("OpenRaster image", NO_TEXT), ".fig": ("Figma drawing", EXPORT),
    ".pub": ("Microsoft Publisher document", EXPORT), ".vsd": ("old Visio drawing", EXPORT),
    ".mpp": ("Microsoft Project plan", EXPORT), ".wps": ("Microsoft Works document", EXPORT),
    ".msi": ("Windows installer", NO_TEXT), ".one": ("OneNote section", EXPORT), ".mdb": ("Access database", EXPORT),
    ".accdb": ("Access database", EXPORT), ".pst": ("Outlook data file (PST)", EXPORT),
    ".dmg": ("disk image", UNPACK), ".iso": ("disk image", UNPACK), ".img": ("disk image", UNPACK),
    ".mp3": ("MPEG audio recording", SOUND), ".mpg": ("MPEG video", SOUND), ".dbf": ("dBase table", EXPORT),
    ".sdw": ("StarOffice document", EXPORT), ".sdc": ("StarOffice sheet", EXPORT),
    ".wpd": ("WordPerfect document", EXPORT), ".wk1": ("Lotus spreadsheet", EXPORT),
    ".wk3": ("Lotus spreadsheet", EXPORT), ".wk4": ("Lotus spreadsheet", EXPORT),
    ".123": ("Lotus spreadsheet", EXPORT), ".wq1": ("Quattro Pro spreadsheet", EXPORT),
    ".wq2": ("Quattro Pro spreadsheet", EXPORT), ".gpg": ("encrypted file (PGP)", LOCKED),
    ".pgp": ("encrypted file (PGP)", LOCKED), ".p7m": ("encrypted or signed mail", LOCKED),
    ".exe": ("Windows program", NO_TEXT), ".dll": ("Windows program", NO_TEXT), ".pyc": ("program", NO_TEXT),
    ".class": ("program", NO_TEXT), ".o": ("program", NO_TEXT), ".ttf": ("font", NO_TEXT),
}  # fmt: skip

# Streams of old Office files, by which their program is known.
_OLE_STREAMS = (
    ("VisioDocument", "old Visio drawing", EXPORT), ("Quill", "Microsoft Publisher document", EXPORT),
    ("MatOST", "Microsoft Works document", EXPORT), ("StarWriterDocument", "StarOffice document", EXPORT),
    ("StarCalcDocument", "StarOffice sheet", EXPORT), ("Props12", "Microsoft Project plan", EXPORT),
    ("PerfectOffice_MAIN", "WordPerfect document", EXPORT),
    ("SummaryInformation", "Office file of an unknown program", EXPORT),
)  # fmt: skip


def binary_reason(path: Path) -> str:
    """Return why a binary file that no reader knows is not read: its kind, and what can be done about it.

    Raises:
        OSError: the file cannot be read.
    """
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
        file.seek(_ISO_OFFSET)
        is_disk = file.read(len(_ISO_MAGIC)) == _ISO_MAGIC
    ending = path.suffix.lower().strip()
    if is_lock_file(path):
        return reason("file.lock-file")
    if is_disk:
        return _reason("disk image", UNPACK)
    if head.startswith(b"PK"):
        return _package_reason(path, ending)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return _old_office_reason(path, ending)
    known = next(((kind, advice) for offset, magic, kind, advice in _MAGIC if head.startswith(magic, offset)), None)
    if known := known or _ENDINGS.get(ending):
        return _reason(*known)
    return reason("file.no-reader", extension=ending) if ending else reason("file.binary")


def is_known_binary(head: bytes) -> bool:
    """Return whether these first bytes are those of a kind that no reader reads."""
    return any(len(magic) > 3 and head.startswith(magic, offset) for offset, magic, _, _ in _MAGIC)


def package_kind(names: Collection[str], ending: str) -> tuple[str, str] | None:
    """Return the kind of a zip package, by its ending or its members, and what can be done, or None."""
    if ending in _ENDINGS:
        return _ENDINGS[ending]
    return next(((kind, advice) for marks, kind, advice in _PACKAGES if all(mark in names for mark in marks)), None)


def _package_reason(path: Path, ending: str) -> str:
    try:
        with zipfile.ZipFile(path) as package:
            known = package_kind(package.NameToInfo, ending)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return reason("file.damaged-zip")
    return _reason(*known) if known else _reason(f"{ending} package" if ending else "zip package", UNPACK)


def _old_office_reason(path: Path, ending: str) -> str:
    with path.open("rb") as file:
        head = file.read(1 << 20)
    stream = next((row for row in _OLE_STREAMS if row[0].encode("utf-16-le") in head), None)
    if ending in _ENDINGS:
        return _reason(*_ENDINGS[ending])
    return _reason(*stream[1:]) if stream else _reason("Office file of an unknown program", EXPORT)


def _reason(kind: str, advice: str) -> str:
    return reason(advice, kind=kind)
