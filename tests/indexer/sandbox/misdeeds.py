"""A job that goes wrong as it is told, in a module of its own, since worker processes import it without pytest."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path

from indexer.sandbox.confinement import can_confine


def misbehave(payload: str, use_fallback: bool) -> str | None:  # noqa: C901, PLR0911, PLR0912 - one line for each way
    """Do what the payload says; most payloads are a way to go wrong."""
    if use_fallback and payload.startswith("heal "):
        return "healed"
    match payload.removeprefix("heal "):
        case "abort":
            os.abort()
        case "sleep":
            time.sleep(3600)
        case "spin":
            while True:
                pass
        case "gorge":
            return "x" * (10 << 30)
        case "raise":
            raise TypeError("of no use")
        case "exit":
            os._exit(3)
        case "spawn":
            subprocess.run(["sleep", "34567"], check=False)
        case "print":
            os.write(1, b"noise")
        case "none":
            return None if use_fallback else os.abort()
        case "worker":
            return str(os.getppid() if can_confine() else os.getpid())
        case "parent":
            return str(os.getppid())
        case "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        case kill if kill.startswith("kill once "):
            first = Path(kill.removeprefix("kill once "))
            if not first.exists():
                first.touch()
                os.kill(os.getpid(), signal.SIGKILL)
        case "lambda":
            return lambda: None  # type: ignore[return-value]
    return payload
