"""A process that is forked from the server at its start, loads what pages are made with, and forks reading processes.

The server itself has threads as soon as it answers, and a process with threads cannot safely fork. What crosses the
socket is an operation with the number of a process, never a pickle. Nobody waits for an answer: a process that could
not be forked is one whose socket is closed.

A process that forks may be ended by the system, with all that it has forked. The next request has it started anew, in a
fresh interpreter.

No process here begins a session (``setsid``). Linux shares the processor out between sessions before it looks at
priorities (``sched_autogroup``), so that an export in a session of its own would get as much as the searches in
another. A process group of its own keeps Ctrl-C away just as well, and its priority is that of all its threads.
"""

from __future__ import annotations

import gc
import os
import signal
import socket
import struct
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from enum import IntEnum
from pathlib import Path
from select import select
from typing import NoReturn

from corpus.messages import message
from indexer.sandbox.child_process import die_with_parent

_ORDER = struct.Struct("<BQ")
_STANDARD_STREAMS = 3
LOW_PRIORITY = 10
"""The nice value of slow work, which has a tenth of the processor time of quick questions where both want it."""

MAX_RESTARTS = 5
RESTART_WINDOW_SECONDS = 600.0
"""Time in which the process may be started anew so many times. One that ends at once again answers nobody."""

Serve = Callable[[socket.socket], None]
"""A function that answers what comes over a socket until its other end is closed."""
StartAnew = Callable[[socket.socket, socket.socket], int]
"""A function that starts a process with the second of two sockets that are connected, and returns its id."""


class ForkError(Exception):
    """The process that forks has ended and cannot be started anew, so that there are no reading processes any more."""


class _Operation(IntEnum):
    FORK = 1
    END = 2
    LOWER_PRIORITY = 3


class ReadingZygote:
    """The server's side of the process that forks."""

    def __init__(self, serve: Serve, preload: Callable[[], Iterable[object]], start_anew: StartAnew) -> None:
        """Fork the process. No event loop may run and nobody may ask the archive yet.

        Args:
            serve: what a reading process does.
            preload: loads what reading processes need, a step at a time; requests to fork come between the steps.
            start_anew: starts it in a fresh interpreter once it has ended.
        """
        self._start_anew = start_anew
        self._restarts: deque[float] = deque(maxlen=MAX_RESTARTS)
        self._control, control_end = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._forked = 0
        server = os.getpid()
        gc.freeze()  # a collection would copy every page that the processes share
        self._pid = os.fork()
        if self._pid == 0:
            become_zygote(control_end, server, serve, iter(preload()))
        control_end.close()

    def fork(self) -> tuple[int, socket.socket]:
        """Fork a process, and return its number and the socket to it.

        Raises:
            ForkError: the process that forks has ended and cannot be started anew.
        """
        own_end, process_end = socket.socketpair()
        with process_end:
            self._forked += 1
            try:
                self._order_fork(process_end)
            except OSError as error:
                own_end.close()
                raise ForkError from error
        return self._forked, own_end

    def _order_fork(self, process_end: socket.socket) -> None:
        order, descriptors = [_ORDER.pack(_Operation.FORK, self._forked)], [process_end.fileno()]
        try:
            socket.send_fds(self._control, order, descriptors)
        except ConnectionError:
            self._restart()
            socket.send_fds(self._control, order, descriptors)

    def _restart(self) -> None:
        """Start the process that forks anew; where that fails or was done too often, say so once and do without.

        Raises:
            OSError: there is none any more.
        """
        self.close()
        now = time.monotonic()
        try:
            if len(self._restarts) == self._restarts.maxlen and now - self._restarts[0] < RESTART_WINDOW_SECONDS:
                raise ChildProcessError
            self._restarts.append(now)
            self._control, process_end = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            with process_end:
                self._pid = self._start_anew(self._control, process_end)
        except OSError:
            self.close()
            print(message("serve.no-reading-processes"), file=sys.stderr, flush=True)  # noqa: T201 (nobody asked for it)
            raise

    def end(self, number: int) -> None:
        """End a process, whether it still runs or not."""
        self._order(_Operation.END, number)

    def lower_priority(self, number: int) -> None:
        """Lower the priority of a process for the rest of its life."""
        self._order(_Operation.LOWER_PRIORITY, number)

    def _order(self, operation: _Operation, number: int) -> None:
        with suppress(OSError):  # where the zygote has ended, so have those that it forked
            self._control.send(_ORDER.pack(operation, number))

    def close(self) -> None:
        """End the process and all that it has forked."""
        self._control.close()
        pid, self._pid = self._pid, 0
        if pid:
            with suppress(OSError):
                os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, 0)


def become_zygote(control: socket.socket, server: int, serve: Serve, preload: Iterator[object]) -> NoReturn:
    """Fork processes as the server asks, until the server is gone."""
    try:
        _leave(server, control)
        gc.disable()
        processes: dict[int, int] = {}
        while True:
            if not select([control], [], [], 0)[0] and next(preload, processes) is not processes:
                continue
            order, descriptors, _, _ = socket.recv_fds(control, _ORDER.size, 1)
            if not order:
                break
            operation, number = _ORDER.unpack(order)
            if operation == _Operation.FORK:
                with suppress(OSError), socket.socket(fileno=descriptors[0]) as connection:
                    processes[number] = _fork(connection, serve)
            elif operation == _Operation.LOWER_PRIORITY:
                with suppress(OSError, KeyError):  # it may have been forked by an earlier process in place of this
                    os.setpriority(os.PRIO_PGRP, processes[number], LOW_PRIORITY)
            elif process := processes.pop(number, 0):
                with suppress(OSError):
                    os.kill(process, signal.SIGKILL)
                    os.waitpid(process, 0)
    finally:
        os._exit(0)


def _fork(connection: socket.socket, serve: Serve) -> int:
    """Fork a process that serves a connection, and return its id."""
    gc.freeze()
    zygote = os.getpid()
    process = os.fork()
    if process == 0:
        try:
            _leave(zygote, connection)
            gc.enable()
            serve(connection)
        finally:
            os._exit(0)
    return process


def _leave(parent: int, own: socket.socket) -> None:
    """Make this process, just forked, independent of all that its parent has open, and have it end with its parent."""
    die_with_parent(parent)
    os.setpgid(0, 0)
    for handled in (signal.SIGINT, signal.SIGTERM):
        signal.signal(handled, signal.SIG_DFL)
    for descriptor in [int(entry.name) for entry in Path("/proc/self/fd").iterdir()]:
        if descriptor >= _STANDARD_STREAMS and descriptor != own.fileno():
            with suppress(OSError):  # the one that the list was read from is closed already
                os.close(descriptor)
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.close(null)
