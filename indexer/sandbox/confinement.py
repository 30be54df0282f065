"""Confine the own process on Linux: no network, and no files but those it was given (Landlock and seccomp).

Both work without privileges and cannot be undone by the process. The system calls are made through ctypes, since
Python has no functions for them. A process that is confined can read programs and libraries and the files in hand,
and can write to its scratch folder alone.
"""

from __future__ import annotations

import ctypes
import os
import platform
import struct
import sys
import sysconfig
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path

from corpus.folder_scan import file_times

_PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP, _SECCOMP_MODE_FILTER = 38, 22, 2  # of <sys/prctl.h> and <linux/seccomp.h>
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446  # system calls of Landlock, the same on every architecture
_RULESET_VERSION, _RULE_PATH_BENEATH = 1, 1

_CAPABILITY_VERSION, _CAP_DAC_READ_SEARCH = 0x20080522, 2  # of <linux/capability.h>

# Rights of <linux/landlock.h>.
_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_TRUNCATE = 1 << 14
_READ = _EXECUTE | _READ_FILE | _READ_DIR
_FILE_RIGHTS = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE
_RIGHTS_BY_VERSION = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 5: (1 << 16) - 1}
"""Every right to files that Landlock knows, by the version that brought the last of them."""
_TCP_RIGHTS, _TCP_VERSION = 0b11, 4
_SCOPES, _SCOPE_VERSION = 0b11, 6  # no abstract sockets of others, no signals to others

_SYSTEM_PATHS = (
    "/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/opt", "/nix/store", "/etc/ld.so.cache", "/etc/localtime",
    "/etc/fonts", "/etc/libreoffice", "/etc/mime.types", "/etc/papersize", "/dev/urandom", "/dev/random", "/dev/zero",
    "/proc", "/sys/devices/system/cpu",
)  # fmt: skip
"""Programs, libraries and their data: what Python, tesseract, antiword and LibreOffice read."""
_DISCARD = "/dev/null"
_OWN_PACKAGES = ("corpus", "indexer", "muniment", "search", "commands")


class ConfinementError(OSError):
    """This system cannot confine a process."""


def confine(files: Iterable[str], scratch: Path, times: tuple[int, int] | None = None) -> None:
    """Confine the calling process, and every process it starts, for good.

    Args:
        files: locations of the files that it may read beside programs and libraries.
        scratch: folder that it may write to.
        times: modification and inode change time of the files; one with others cannot be read.

    Raises:
        ConfinementError: the system cannot do this; what was done until then stays.
    """
    _libc().prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    _restrict_files(files, scratch, times)
    _drop_capabilities()
    _filter_calls()


def _drop_capabilities() -> None:
    """Give up what an administrator may do beyond others, except to read files that belong to somebody else."""
    kept = 1 << _CAP_DAC_READ_SEARCH
    header = struct.pack("=Ii", _CAPABILITY_VERSION, 0)
    held = ctypes.create_string_buffer(24)
    if _libc().capget(header, held) != 0:
        raise ConfinementError(ctypes.get_errno(), "capget")
    effective, permitted, *_ = struct.unpack("=6I", held.raw)
    if _libc().capset(header, struct.pack("=6I", effective & kept, permitted & kept, 0, 0, 0, 0)) != 0:
        raise ConfinementError(ctypes.get_errno(), "capset")


@cache
def can_confine() -> bool:
    """Return whether this system can confine a process. A process that is started for it tries."""
    if sys.platform != "linux" or platform.machine() not in _SECCOMP or _landlock_version() < 1:
        return False
    _libc(), _system_paths()  # for every process that is forked from now on
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            confine((), Path(os.devnull))
            code = 0
        finally:
            os._exit(code)
    return os.waitpid(pid, 0)[1] == 0


@cache
def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _landlock_version() -> int:
    """Return the version of Landlock, which is 0 or less where there is none."""
    return int(_libc().syscall(_CREATE_RULESET, None, 0, _RULESET_VERSION))


def _restrict_files(files: Iterable[str], scratch: Path, times: tuple[int, int] | None) -> None:
    version = _landlock_version()
    rights = max(known for since, known in _RIGHTS_BY_VERSION.items() if since <= max(version, 1))
    attributes = struct.pack("=Q", rights)
    if version >= _TCP_VERSION:
        attributes += struct.pack("=Q", _TCP_RIGHTS)
    if version >= _SCOPE_VERSION:
        attributes += struct.pack("=Q", _SCOPES)
    ruleset = _call(_CREATE_RULESET, attributes, len(attributes), 0)
    for path in _system_paths():
        _allow(ruleset, path, _READ & rights)
    for path in files:
        _allow(ruleset, path, _READ_FILE, times)
    _allow(ruleset, _DISCARD, (_READ_FILE | _WRITE_FILE | _TRUNCATE) & rights)
    _allow(ruleset, str(scratch), rights)
    _call(_RESTRICT_SELF, ruleset, 0)
    os.close(ruleset)


@cache
def _system_paths() -> tuple[str, ...]:
    """Return the folders of programs and libraries, those of Python and of this program included.

    The import path is not taken whole: its first entry may be the user's current folder.
    """
    here = Path(__file__).resolve().parents[2]
    packages = [str(here / name) for name in _OWN_PACKAGES] if (here / "indexer").is_dir() else []
    python = [sys.prefix, sys.base_prefix, *sysconfig.get_paths().values()]
    libraries = [path for path in sys.path if Path(path).name in {"site-packages", "dist-packages"}]
    return tuple(dict.fromkeys((*_SYSTEM_PATHS, *packages, *python, *libraries)))


def _allow(ruleset: int, path: str, rights: int, times: tuple[int, int] | None = None) -> None:
    """Grant rights to a file, or to a folder and all below it; they are bound to the file itself, not to its path.

    A path that does not exist, or leads to a file of other times than those given, is left out.
    """
    with suppress(FileNotFoundError, NotADirectoryError, PermissionError):
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
        try:
            if times is not None and file_times(os.fstat(descriptor)) != times:
                return
            allowed = rights if os.path.isdir(path) else rights & _FILE_RIGHTS  # noqa: PTH112 - called for each document
            _call(_ADD_RULE, ruleset, _RULE_PATH_BENEATH, struct.pack("=Qi", allowed, descriptor), 0)
        finally:
            os.close(descriptor)


def _call(number: int, *arguments: int | bytes) -> int:
    values = (ctypes.c_long(value) if isinstance(value, int) else value for value in arguments)
    result = int(_libc().syscall(ctypes.c_long(number), *values))
    if result < 0:
        code = ctypes.get_errno()
        raise ConfinementError(code, os.strerror(code))
    return result


# The filter of system calls, a program for the machine of <linux/filter.h>.

_LOAD, _AND, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x54, 0x15, 0x35, 0x06
_ALLOWED, _REFUSED = 0x7FFF0000, 0x00050000 | 1  # SECCOMP_RET_ALLOW; SECCOMP_RET_ERRNO with EPERM
_SKIPPED = 0x00050000  # SECCOMP_RET_ERRNO without an error
_NUMBER, _ARCHITECTURE, _ARGUMENTS = 0, 4, 16  # offsets in struct seccomp_data
_X32_NUMBERS = 0x40000000
_IO_URING_SETUP = 425  # its operations, sockets among them, pass by the filter
_AF_UNIX, _SOCK_STREAM, _SOCK_DGRAM, _SOCK_TYPE_MASK = 1, 1, 2, 0xF

_SECCOMP = {
    "x86_64": (0xC000003E, {"socket": 41, "connect": 42, "sendto": 44, "socketpair": 53}),
    "aarch64": (0xC00000B7, {"socket": 198, "socketpair": 199, "connect": 203, "sendto": 206}),
}
"""The architecture as seccomp has it and the numbers of its system calls, by name of the machine."""

_CHANGES_BY_PATH = {
    # chmod, chown, lchown, utime, setxattr, lsetxattr, removexattr, lremovexattr, utimes, fchownat, futimesat, fchmodat
    "x86_64": (90, 92, 94, 132, 188, 189, 197, 198, 235, 260, 261, 268),
    # setxattr, lsetxattr, removexattr, lremovexattr, fchmodat, fchownat
    "aarch64": (5, 6, 14, 15, 53, 54),
}
_CHANGES_BY_DESCRIPTOR = {"x86_64": (91, 93, 190, 199, 280), "aarch64": (7, 16, 52, 55, 88)}
"""fchmod, fchown, fsetxattr, fremovexattr and utimensat. The file in hand is open for reading, which is enough."""
_NEW_CHANGES = (452, 463, 466, 469)
"""fchmodat2, setxattrat, removexattrat and file_setattr, on every architecture."""
_ON_PROCESSES = {"x86_64": (203, 302), "aarch64": (122, 261)}
"""sched_setaffinity and prlimit64, which a process may use for itself: their first argument is then 0."""
_ON_OTHERS = {
    # shmget, semget, msgget, ptrace, setpriority, process_vm_readv and process_vm_writev, keyctl, add_key
    "x86_64": (29, 64, 68, 101, 141, 310, 311, 250, 248),
    "aarch64": (194, 190, 186, 117, 140, 270, 271, 219, 217),
}
"""System calls that reach other processes, or leave something behind for them."""


def _filter_calls() -> None:
    """Refuse sockets but for local streams, which LibreOffice listens on, every connection, and reaching processes."""
    program = _filter_program(platform.machine())
    instructions = b"".join(struct.pack("=HBBI", *instruction) for instruction in program)
    buffer = ctypes.create_string_buffer(instructions)
    pointer = struct.pack("@HP", len(program), ctypes.addressof(buffer))
    if _libc().prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, pointer, 0, 0) != 0:
        code = ctypes.get_errno()
        raise ConfinementError(code, os.strerror(code))


def _filter_program(machine: str) -> list[tuple[int, int, int, int]]:
    """Return the filter's instructions: code, jump if true, jump if false, operand."""
    architecture, numbers = _SECCOMP[machine]
    changes = (*_CHANGES_BY_PATH[machine], *_CHANGES_BY_DESCRIPTOR[machine], *_NEW_CHANGES)
    refuse, allow, skip = -1, -2, -3
    low, high = _ARGUMENTS, _ARGUMENTS + 4
    steps_for_own_process = [
        step
        for number in _ON_PROCESSES[machine]
        for step in ((_EQUAL, number, 0, 2), (_LOAD, low, 0, 0), (_EQUAL, 0, allow, refuse))
    ]
    # Code, operand, and how many instructions are skipped, or the outcome, where it is true and where not.
    steps: list[tuple[int, int, int, int]] = [
        (_LOAD, _ARCHITECTURE, 0, 0), (_EQUAL, architecture, 0, refuse),
        (_LOAD, _NUMBER, 0, 0), (_AT_LEAST, _X32_NUMBERS, refuse, 0),
        # Landlock lets permissions, owners, times and attributes of any file be changed. Such a call does nothing and
        # reports success, as LibreOffice may make it in its scratch folder.
        *((_EQUAL, number, skip, 0) for number in changes),
        *((_EQUAL, number, refuse, 0) for number in _ON_OTHERS[machine]),
        *steps_for_own_process,
        (_EQUAL, _IO_URING_SETUP, refuse, 0), (_EQUAL, numbers["connect"], refuse, 0),
        (_EQUAL, numbers["socket"], 0, 5),
        (_LOAD, low, 0, 0), (_EQUAL, _AF_UNIX, 0, refuse),
        (_LOAD, low + 8, 0, 0), (_AND, _SOCK_TYPE_MASK, 0, 0), (_EQUAL, _SOCK_STREAM, allow, refuse),
        (_EQUAL, numbers["socketpair"], 0, 3),
        (_LOAD, low + 8, 0, 0), (_AND, _SOCK_TYPE_MASK, 0, 0), (_EQUAL, _SOCK_DGRAM, refuse, allow),
        (_EQUAL, numbers["sendto"], 0, allow),
        (_LOAD, low + 32, 0, 0), (_EQUAL, 0, 0, refuse), (_LOAD, high + 32, 0, 0), (_EQUAL, 0, allow, refuse),
    ]  # fmt: skip
    targets = {refuse: len(steps), allow: len(steps) + 1, skip: len(steps) + 2}

    def distance(jump: int, place: int) -> int:
        return targets[jump] - place - 1 if jump < 0 else jump

    instructions = [
        (code, distance(if_true, place), distance(if_false, place), operand)
        for place, (code, operand, if_true, if_false) in enumerate(steps)
    ]
    return [*instructions, (_RETURN, 0, 0, _REFUSED), (_RETURN, 0, 0, _ALLOWED), (_RETURN, 0, 0, _SKIPPED)]
