"""The command line as a module: ``python -m muniment``."""

from __future__ import annotations

from cli import run as main

if __name__ == "__main__":
    main(prog_name="muniment")
