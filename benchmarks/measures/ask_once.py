"""Ask one engine one question: ``python -m benchmarks.measures.ask_once ENGINE FOLDER QUESTION``."""

from __future__ import annotations

import pickle
import sys
from pathlib import Path

from benchmarks.engines import create_engine

if __name__ == "__main__":
    engine = create_engine(sys.argv[1], Path(sys.argv[2]))
    engine.open()
    engine.ask(pickle.loads(bytes.fromhex(sys.argv[3])))  # noqa: S301 - written by the process that started this one
