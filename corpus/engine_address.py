"""The address of a search engine on other machines, as ``[index] engine`` names it. Reading one asks nobody."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass

from corpus.engines import OPENSEARCH
from corpus.messages import message

DEFAULT_PORT = 9200
MAX_HOSTS = 32
"""Hosts that one address may name; more are no cluster that anybody writes down."""

_ADDRESS = re.compile(r"opensearch://(?P<hosts>[^/?#@]+)/(?P<name>[^/?#]+)")
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,99}")
_HOST = re.compile(r"(?P<host>\[[0-9a-f:.]{2,45}\]|[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?)(?::(?P<port>[0-9]{1,5}))?")


@dataclass(frozen=True, slots=True)
class EngineAddress:
    """The nodes of a cluster that answer, and the name of an archive's index there.

    Attributes:
        hosts: (name or address, port) of each node; an IPv6 address is without brackets.
        name: the name that the archive's index is asked by.
    """

    hosts: tuple[tuple[str, int], ...]
    name: str

    @property
    def is_loopback(self) -> bool:
        """Return whether every node is on this machine, where what is sent can be read by nobody else."""
        return all(_is_loopback(host) for host, _ in self.hosts)

    @property
    def text(self) -> str:
        """Return the address as a setting, spelled in one way."""
        nodes = (f"[{host}]:{port}" if ":" in host else f"{host}:{port}" for host, port in self.hosts)
        return f"{OPENSEARCH}://{','.join(nodes)}/{self.name}"


def parse_engine_address(setting: str) -> EngineAddress:
    """Read ``opensearch://host[:port][,host[:port]…]/name``.

    Raises:
        ValueError: it is none; says why. It is never one that contains a user or a password.
    """
    if "@" in setting:
        raise ValueError(message("engine.address-secret"))
    found = _ADDRESS.fullmatch(setting)
    if not found:
        raise ValueError(message("engine.address-form"))
    if not _NAME.fullmatch(found["name"]):
        raise ValueError(message("engine.address-name", name=found["name"]))
    nodes = found["hosts"].lower().split(",")
    if len(nodes) > MAX_HOSTS:
        raise ValueError(message("engine.address-hosts", limit=MAX_HOSTS))
    return EngineAddress(tuple(dict.fromkeys(map(_read_host, nodes))), found["name"])


def _read_host(node: str) -> tuple[str, int]:
    found = _HOST.fullmatch(node)
    port = int(found["port"] or DEFAULT_PORT) if found else 0
    if not found or not 0 < port < 1 << 16 or not _is_host(found["host"]):
        raise ValueError(message("engine.address-host", host=node))
    return found["host"].strip("[]"), port


def _is_host(host: str) -> bool:
    if not host.startswith("["):
        return ".." not in host
    try:
        ipaddress.IPv6Address(host.strip("[]"))
    except ValueError:
        return False
    return True


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
