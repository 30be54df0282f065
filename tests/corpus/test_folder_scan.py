"""A scan of folders yields their files, and the paths that were skipped or blocked."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from corpus.folder_scan import MAX_NANOSECONDS, BlockedPath, ScannedFile, SkippedPath, file_digest, scan_folders
from corpus.paths import to_text


def scanned_files(*folders: Path, exclude: tuple[str, ...] = ()) -> list[str]:
    """Return the names of the scanned files below the first folder, in the order of the scan."""
    return [
        to_text(entry.path.relative_to(folders[0]))
        for entry in scan_folders(folders, exclude)
        if isinstance(entry, ScannedFile)
    ]


def skipped_paths(folder: Path, exclude: tuple[str, ...] = ()) -> dict[str, str]:
    skipped = [entry for entry in scan_folders([folder], exclude) if isinstance(entry, SkippedPath)]
    return {to_text(entry.path.relative_to(folder)): entry.reason for entry in skipped}


def blocked_paths(folder: Path) -> list[BlockedPath]:
    return [entry for entry in scan_folders([folder]) if isinstance(entry, BlockedPath)]


def fill(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name)


def test_files_come_in_order_of_name_with_a_folder_before_what_follows_it(tmp_path: Path) -> None:
    fill(tmp_path, "b.txt", "a/z.txt", "a/y/x.txt", "c/1.txt", "Ä.txt", "a.txt")
    assert scanned_files(tmp_path) == ["a.txt", "b.txt", "Ä.txt", "a/z.txt", "a/y/x.txt", "c/1.txt"]


def test_hidden_files_settings_and_the_data_folder_are_skipped(tmp_path: Path) -> None:
    fill(tmp_path, "a.txt", ".secret", ".git/config", ".muniment/catalogue.db", "muniment.toml")
    assert scanned_files(tmp_path) == ["a.txt"]
    assert skipped_paths(tmp_path) == {".secret": "hidden", ".git": "hidden", "muniment.toml": "settings"}


def test_lists_of_mail_servers_are_skipped(tmp_path: Path) -> None:
    lists = ["dovecot-uidlist", "dovecot.index.log", "maildirfolder"]
    fill(tmp_path, *lists, "dovecot", "dovecot.conf", "1552381200.M5P6.host:2,S")
    assert skipped_paths(tmp_path) == dict.fromkeys(lists, "a list that a mail server keeps")


def test_lock_files_of_office_are_skipped(tmp_path: Path) -> None:
    fill(tmp_path, "letter.docx", "~$minutes.docx")  # the second is a document, in spite of its name
    (tmp_path / "~$letter.docx").write_bytes(b"\x04Anna".ljust(162, b"\0"))
    assert skipped_paths(tmp_path) == {"~$letter.docx": "a lock file of an Office program"}


def test_links_are_named_and_not_followed(tmp_path: Path) -> None:
    fill(tmp_path, "in/a.txt", "out/b.txt")
    (tmp_path / "in" / "to-file").symlink_to(tmp_path / "out" / "b.txt")
    (tmp_path / "in" / "to-folder").symlink_to(tmp_path / "out")
    (tmp_path / "in" / "round").symlink_to(tmp_path / "in")
    (tmp_path / "in" / "nowhere").symlink_to(tmp_path / "gone")
    assert scanned_files(tmp_path / "in") == ["a.txt"]
    assert skipped_paths(tmp_path / "in") == dict.fromkeys(("to-file", "to-folder", "round", "nowhere"), "a link")


def test_a_link_that_is_named_itself_stands_for_what_it_points_to(tmp_path: Path) -> None:
    fill(tmp_path, "out/b.txt")
    (tmp_path / "folder").symlink_to(tmp_path / "out")
    (tmp_path / "file").symlink_to(tmp_path / "out" / "b.txt")
    assert scanned_files(tmp_path / "folder") == ["b.txt"]
    (entry,) = scan_folders([tmp_path / "file"])
    assert isinstance(entry, ScannedFile)
    assert (entry.path, entry.size) == (tmp_path / "file", len("out/b.txt"))


def test_a_pipe_and_a_socket_are_no_files(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert scanned_files(tmp_path) == []
    assert skipped_paths(tmp_path) == {"pipe": "not a regular file"}
    assert list(scan_folders([tmp_path / "pipe"])) == [SkippedPath(tmp_path / "pipe", "not a regular file")]


ODD = [b"caf\xe9.txt", b"two\nlines.txt", b"back\\slash.txt", b"\x1b[31mred.txt", b"a" * 251 + b".txt", b" ", b"-rf"]


@pytest.mark.parametrize("name", ODD, ids=repr)
def test_every_name_a_file_system_allows_is_found(tmp_path: Path, name: bytes) -> None:
    path = tmp_path / os.fsdecode(name)
    path.write_text("found")
    (entry,) = scan_folders([tmp_path])
    assert isinstance(entry, ScannedFile)
    assert entry.path == path
    assert file_digest(entry.path).startswith("sha256:")


def test_folders_may_be_nested_a_thousand_deep(tmp_path: Path) -> None:
    fill(tmp_path, "beside.txt")
    deepest = tmp_path / "top"
    deepest.mkdir()
    for _ in range(1000):
        deepest = deepest / "d"
        deepest.mkdir()
    fill(deepest, "deep.txt")
    (entry,) = scan_folders([tmp_path / "top"])
    assert isinstance(entry, ScannedFile)
    assert entry.path == deepest / "deep.txt"
    entry.path.unlink()
    os.removedirs(deepest)  # from below: what clears temporary folders comes down from above, and not so deep


def test_a_folder_beyond_the_longest_path_is_reported_as_blocked(tmp_path: Path) -> None:
    fill(tmp_path, "a.txt")
    before = Path.cwd()
    os.chdir(tmp_path)
    try:
        for _ in range(20):  # 20 x 250 characters: more than a path may have, made step by step
            Path("n" * 250).mkdir()
            os.chdir("n" * 250)
    finally:
        os.chdir(before)
    assert scanned_files(tmp_path) == ["a.txt"]
    (entry,) = blocked_paths(tmp_path)
    assert "too long" in entry.reason


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every folder")
def test_a_folder_that_may_not_be_read_is_reported(tmp_path: Path) -> None:
    fill(tmp_path, "a.txt", "closed/b.txt")
    (tmp_path / "closed").chmod(0)
    try:
        assert scanned_files(tmp_path) == ["a.txt"]
        assert blocked_paths(tmp_path) == [BlockedPath(tmp_path / "closed", "Permission denied")]
    finally:
        (tmp_path / "closed").chmod(0o700)


def test_a_file_or_folder_that_is_not_there_is_reported(tmp_path: Path) -> None:
    assert list(scan_folders([tmp_path / "gone"])) == [BlockedPath(tmp_path / "gone", "No such file or directory")]


def test_patterns_leave_out_files_and_whole_folders_by_name_and_by_place(tmp_path: Path) -> None:
    fill(tmp_path, "a.txt", "a.bak", "drafts/b.txt", "2019/drafts/c.txt", "2019/old/d.txt", "2020/old/e.txt")
    assert scanned_files(tmp_path, exclude=("*.bak", "drafts", "2019/old/*")) == ["a.txt", "2020/old/e.txt"]
    reasons = skipped_paths(tmp_path, exclude=("*.bak", "drafts", "2019/old/*"))
    assert reasons == dict.fromkeys(
        ("a.bak", "drafts", "2019/drafts", "2019/old/d.txt"), "excluded by muniment.toml"
    )  # fmt: skip


def test_a_folder_named_twice_or_within_another_is_walked_once(tmp_path: Path) -> None:
    fill(tmp_path, "a.txt", "sub/b.txt", "subway/c.txt")
    everything = scanned_files(tmp_path)
    assert scanned_files(tmp_path, tmp_path / "sub", tmp_path, tmp_path / "sub" / "b.txt") == everything
    assert everything == ["a.txt", "sub/b.txt", "subway/c.txt"]


def test_a_digest_names_its_algorithm_and_depends_on_the_bytes_alone(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"abc")
    (tmp_path / "b").write_bytes(b"abc")
    assert file_digest(tmp_path / "a") == file_digest(tmp_path / "b")
    assert file_digest(tmp_path / "a") == "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


@pytest.mark.parametrize("seconds", [-(10**10), 10**10, 2**34])
def test_times_far_away_are_stored_as_the_nearest_possible(tmp_path: Path, seconds: int) -> None:
    path = tmp_path / "a.txt"
    path.write_text("x")
    os.utime(path, (seconds, seconds))
    (entry,) = scan_folders([tmp_path])
    assert isinstance(entry, ScannedFile)
    assert abs(entry.mtime_ns) <= MAX_NANOSECONDS


def test_a_file_that_never_ends_or_is_a_pipe_is_not_digested(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.folder_scan.MAX_GROWTH_BYTES", 10)
    empty, growing, pipe = (tmp_path / name for name in ("empty", "growing", "pipe"))
    empty.touch()
    monkeypatch.setattr("corpus.folder_scan.os.fstat", lambda _: empty.stat())
    growing.write_text("x" * 100)
    with pytest.raises(OSError, match="does not end"):
        file_digest(growing)
    monkeypatch.undo()
    os.mkfifo(pipe)
    for path in (pipe, Path("/dev/zero")):
        with pytest.raises(OSError, match="not a regular file"):
            file_digest(path)


def test_a_file_that_is_almost_all_holes_is_not_digested(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(1 << 40)
    with pytest.raises(OSError, match="far larger than the disk space"):
        file_digest(path)
