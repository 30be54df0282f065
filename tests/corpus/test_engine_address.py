"""Addresses of search engines: what is read, refused, confirmed by a user, and written into an archive's settings."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.engine_address import EngineAddress, parse_engine_address
from corpus.engines import ENGINES
from corpus.errors import SettingsError
from corpus.settings import load_settings
from corpus.settings.write_engine import require_writable, write_engine
from corpus.trust.confirmed_engines import confirm_engine, is_confirmed


@pytest.fixture(autouse=True)
def _own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


@pytest.mark.parametrize(("setting", "hosts"), [
    ("opensearch://search.example.org/un-archive", (("search.example.org", 9200),)),
    ("opensearch://Search.example.org:9300/un-archive", (("search.example.org", 9300),)),
    ("opensearch://a:1,b:2,a:1/un-archive", (("a", 1), ("b", 2))),
    ("opensearch://[2001:db8::1]:443/un-archive", (("2001:db8::1", 443),)),
])  # fmt: skip
def test_an_address_names_hosts_and_an_index(setting: str, hosts: tuple[tuple[str, int], ...]) -> None:
    address = parse_engine_address(setting)
    assert address == EngineAddress(hosts, "un-archive")
    assert parse_engine_address(address.text) == address


@pytest.mark.parametrize("setting", [
    "opensearch", "opensearch://", "opensearch://host", "opensearch:///name", "opensearch://host/", "http://host/name",
    "opensearch://host/Name", "opensearch://host/_all", "opensearch://host/a/b", "opensearch://host/a?x=1",
    "opensearch://host/*", "opensearch://user:secret@host/name", "opensearch://host:0/name",
    "opensearch://host:70000/name", "opensearch://ho st/name", "opensearch://host,/name", "opensearch://a..b/name",
    "opensearch://[::g]/name", "opensearch://" + ",".join(f"h{n}" for n in range(33)) + "/name",
])  # fmt: skip
def test_what_is_no_address_is_refused_and_says_why(setting: str) -> None:
    with pytest.raises(ValueError, match=r"\w") as refused:
        parse_engine_address(setting)
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(("host", "is_loopback"), [
    ("localhost", True), ("127.0.0.1", True), ("127.8.8.8", True), ("[::1]", True), ("10.0.0.1", False),
    ("localhost.example.org", False), ("127.0.0.1.example.org", False), ("127.0.0.1,example.org", False),
])  # fmt: skip
def test_only_an_address_of_this_machine_alone_is_loopback(host: str, is_loopback: bool) -> None:
    assert parse_engine_address(f"opensearch://{host}/name").is_loopback is is_loopback


def test_an_address_is_confirmed_for_one_archive_and_exactly_as_it_is(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    address = parse_engine_address("opensearch://host/name")
    assert not is_confirmed(one, address)
    confirm_engine(one, address)
    assert is_confirmed(one, parse_engine_address("opensearch://HOST:9200/name"))
    assert not is_confirmed(other, address)
    assert not is_confirmed(one, parse_engine_address("opensearch://host/name2"))
    assert not is_confirmed(one, parse_engine_address("opensearch://host:9201/name"))


@pytest.mark.parametrize("before", [
    None, "", "# ours\n", '[archive]\nname = "Ours"', '[index]\nexclude = ["a"] # no\n\n[dates]\nday_first = true\n',
    '[index] # engine\n# engine = "x"\nengine = "whoosh"  # as always\njobs = 2\n', "[index]",
    "\ufeff[index]\r\njobs = 2\r\n", "index = {jobs = 2} # ours\n", "index = { }\n",
    "index.jobs = 4\n[archive]\nname = '1'\n", "[archive]\nname = \"\"\"\n[index]\nengine = 'no'\n\"\"\"\n",
    "[index]\nexclude = [\"\"\"\nengine = 'no'\n\"\"\"]\n",
])  # fmt: skip
def test_an_engine_is_written_into_settings_and_all_else_stays(
    tmp_path: Path, before: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(ENGINES, "opensearch", ENGINES["whoosh"])
    path, address = tmp_path / "muniment.toml", "opensearch://search.example.org:9200/ours"
    if before is not None:
        path.write_text(before, encoding="utf-8", newline="")
    kept = load_settings(tmp_path)
    write_engine(tmp_path, address)
    assert load_settings(tmp_path) == replace(kept, engine=address)
    after = path.read_bytes().decode("utf-8-sig")
    assert all(comment in after for comment in re.findall("#.*", before or ""))
    write_engine(tmp_path, "whoosh")
    assert load_settings(tmp_path) == kept
    assert list(tmp_path.iterdir()) == [path]


def test_settings_written_in_an_unusual_way_are_left_to_their_author(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(ENGINES, "opensearch", ENGINES["whoosh"])
    path = tmp_path / "muniment.toml"
    before = "[index]\nengine = '''whoosh'''\n"
    path.write_text(before, encoding="utf-8")
    for write in (require_writable, write_engine):
        with pytest.raises(SettingsError, match="cannot be written into this file"):
            write(tmp_path, "opensearch://host:9200/ours")
    assert path.read_text("utf-8") == before


@pytest.mark.parametrize(("before", "after"), [
    ("[index]\nengine = 'whoosh'\t# 1\njobs = 2", '[index]\nengine = "ADDRESS"\t# 1\njobs = 2'),
    ('"index".jobs = 1\nindex."engine" = "whoosh" # 1\n', '"index".jobs = 1\nindex."engine" = "ADDRESS" # 1\n'),
    ("index = {jobs = 1, engine = 'whoosh'} # 1\n", 'index = {jobs = 1, engine = "ADDRESS"} # 1\n'),
    ("index = {jobs = 1} # 1\n", 'index = {engine = "ADDRESS", jobs = 1} # 1\n'),
    ("index.jobs = 1 # 1\n", 'index.engine = "ADDRESS"\nindex.jobs = 1 # 1\n'),
])  # fmt: skip
def test_the_engine_is_written_where_its_section_is(
    tmp_path: Path, before: str, after: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(ENGINES, "opensearch", ENGINES["whoosh"])
    path, address = tmp_path / "muniment.toml", "opensearch://host:9200/ours"
    path.write_text(before, encoding="utf-8")
    require_writable(tmp_path, address)
    assert path.read_text("utf-8") == before
    write_engine(tmp_path, address)
    assert path.read_text("utf-8") == after.replace("ADDRESS", address)
    assert list(tmp_path.iterdir()) == [path]


def test_a_place_that_cannot_be_written_is_found_at_once(tmp_path: Path) -> None:
    (tmp_path / f"muniment.toml.{os.getpid()}.new").mkdir()
    with pytest.raises(SettingsError, match=r"muniment.toml: cannot be written: Is a directory"):
        require_writable(tmp_path, "whoosh")


def test_settings_name_no_engine_by_half_an_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ENGINES, "opensearch", ENGINES["whoosh"])
    (tmp_path / "muniment.toml").write_text('[index]\nengine = "opensearch://me:secret@host/ours"\n', "utf-8")
    with pytest.raises(SettingsError, match="user or a password") as refused:
        load_settings(tmp_path)
    assert "secret" not in refused.value.message
