"""An archive on a cluster behind TLS and a password: the whole way works, and nothing but the right way does."""

from __future__ import annotations

import base64
import os
import shutil
import ssl
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import Result

from corpus.engine_address import EngineAddress, parse_engine_address
from corpus.errors import ExitCode
from corpus.settings import load_settings
from indexer.index.opensearch.client import ClusterClient
from indexer.index.opensearch.generations import Generations
from tests.cluster.commands.tls_proxy import Authority, Proxy, name_of_this_machine, running_proxy
from tests.commands.calling import call, call_json

USER, PASSWORD, TOKEN = "ana", "hunter2-secret", "token-of-ana"
BASIC = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
SECRETS = (PASSWORD, TOKEN, BASIC)
BY_PASSWORD = {"MUNIMENT_ENGINE_USER": USER, "MUNIMENT_ENGINE_PASSWORD": PASSWORD}
BY_TOKEN = {"MUNIMENT_ENGINE_TOKEN": TOKEN}


@dataclass(frozen=True, slots=True)
class SecuredCluster:
    """A cluster behind proxies.

    Attributes:
        behind: the address of the cluster itself, with the name of the index.
        proxies: by what is wrong or asked of them.
        own, other: the authority that certifies the cluster, and another one.
    """

    behind: EngineAddress
    proxies: Mapping[str, Proxy]
    own: Authority
    other: Authority

    def names(self) -> list[str]:
        """Return the indexes of this test on the cluster."""
        return [generation.name for generation in Generations(ClusterClient(self.behind)).all()]


@pytest.fixture(scope="module")
def secured(cluster: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SecuredCluster]:
    """Yield the cluster behind proxies under a name of this machine: loopback addresses are not asked over TLS."""
    host = name_of_this_machine()
    if not host or not shutil.which("openssl"):
        pytest.skip("certificates need openssl, and this machine a name that leads to it")
    behind = parse_engine_address(f"{cluster}test-tls-{os.getpid()}")
    own, other = (Authority(tmp_path_factory.mktemp("authority")) for _ in range(2))
    right = own.certify(host)
    served: dict[str, tuple[ssl.SSLContext, str]] = {
        "password": (right, f"Basic {BASIC}"), "token": (right, f"Bearer {TOKEN}"),
        "other name": (own.certify("other.example.org"), f"Basic {BASIC}"),
        "expired": (own.certify(host, is_expired=True), f"Basic {BASIC}"),
    }  # fmt: skip
    with ExitStack() as running:
        proxies = {
            name: running.enter_context(running_proxy(host, tls, authorization, behind))
            for name, (tls, authorization) in served.items()
        }
        yield SecuredCluster(behind, proxies, own, other)


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep what the program remembers on this machine in a folder that is looked through."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


def set_environment(monkeypatch: pytest.MonkeyPatch, authority: Authority, credentials: Mapping[str, str]) -> None:
    monkeypatch.setenv("MUNIMENT_ENGINE_CA", str(authority.certificate))
    for name, value in credentials.items():
        monkeypatch.setenv(name, value)


NOBODY = {"MUNIMENT_ENGINE_USER": "", "MUNIMENT_ENGINE_PASSWORD": ""}


def assert_no_secret(folder: Path, *results: Result) -> None:
    """Require that no output and no file contains what lets a user in."""
    for secret in SECRETS:
        assert not [result.output for result in results if secret in result.output]
        assert not [path for path in folder.rglob("*") if path.is_file() and secret.encode() in path.read_bytes()]


@pytest.mark.parametrize(("kind", "credentials"), [("password", BY_PASSWORD), ("token", BY_TOKEN)])
def test_the_whole_way_goes_over_tls(
    kind: str, credentials: Mapping[str, str], papers: Path, secured: SecuredCluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_environment(monkeypatch, secured.own, credentials)
    before, proxy = call_json(papers, "search", "rights"), secured.proxies[kind]
    address = f"{proxy.address}{secured.behind.name}"
    results = [call(papers, "reindex", "--engine", address, "--yes")]
    assert load_settings(papers).engine == address
    assert secured.names() == [f"{secured.behind.name}.1"]
    (papers / "new.txt").write_text("A xylophone arrived.")
    results += [call(papers, *words) for words in (("index",), ("search", "xylophone"), ("status",), ("verify",))]
    assert "1 document for: xylophone" in results[2].stdout
    assert call_json(papers, "search", "rights")["total"] == before["total"]
    results.append(call(papers, "reindex", "--engine", "whoosh", "--yes"))
    assert [result.exit_code for result in results] == [0] * 6, [result.output for result in results]
    assert secured.names() == []
    assert call_json(papers, "search", "xylophone")["total"] == 1
    assert {*proxy.statuses} == {200, 404}
    assert_no_secret(papers.parent, *results)


@pytest.mark.parametrize(
    ("kind", "change", "said"),
    [
        ("password", {"MUNIMENT_ENGINE_PASSWORD": f"{PASSWORD}-wrong"}, "refuses the user"),
        ("password", {**NOBODY, "MUNIMENT_ENGINE_TOKEN": TOKEN}, "refuses the user"),
        ("password", NOBODY, "refuses the user"),
        ("password", {"MUNIMENT_ENGINE_USER": ""}, "only one of"),
        ("password", {"MUNIMENT_ENGINE_CA": "other"}, "certificate verify failed"),
        ("password", {"MUNIMENT_ENGINE_CA": ""}, "certificate verify failed"),
        ("other name", {}, "certificate verify failed"),
        ("expired", {}, "certificate has expired"),
    ],
)  # fmt: skip
def test_whoever_is_not_trusted_gets_one_line_and_code_5(
    kind: str, change: Mapping[str, str], said: str, papers: Path, secured: SecuredCluster,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    defaults = ClusterClient.__init__.__kwdefaults__ or {}
    monkeypatch.setattr(ClusterClient.__init__, "__kwdefaults__", defaults | {"patience": 0.2})
    set_environment(monkeypatch, secured.own, BY_PASSWORD)
    for name, value in change.items():
        monkeypatch.setenv(name, str(secured.other.certificate) if value == "other" else value)
    proxy = secured.proxies[kind]
    let_in = sum(status != 401 for status in proxy.statuses)
    address = f"{proxy.address}{secured.behind.name}"
    results = [call(papers, "reindex", "--engine", address, "--yes")]
    assert load_settings(papers).engine == "whoosh"
    (papers / "muniment.toml").write_text(f'[index]\nengine = "{address}"\n')
    results += [call(papers, *words) for words in (("search", "rights"), ("verify",), ("reindex",))]
    for result in results:
        assert result.exit_code == ExitCode.UNAVAILABLE, result.output
        assert [said in line for line in result.stderr.splitlines() if line.startswith("muniment: ")] == [True]
        assert result.stdout == ""
    assert sum(status != 401 for status in proxy.statuses) == let_in
    assert secured.names() == []
    assert_no_secret(papers.parent, *results)
