"""Dates as archives need them: as printed, as EDTF, and as first and last day with a precision."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class Precision(StrEnum):
    """How precisely a date is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    DECADE = "decade"
    RANGE = "range"


@dataclass(frozen=True, slots=True)
class Date:
    """A date with honest bounds.

    Attributes:
        edtf: canonical EDTF string (`2019`, `2019-03`, `2019-03-04`, `2017/2019`, `2017/..`, `../2019`, `2019~`).
        first: first day it may be, or None when the start is open.
        last: last day it may be, or None when the end is open.
        precision: of the value as a whole.
    """

    edtf: str
    first: dt.date | None
    last: dt.date | None
    precision: Precision


def parse_edtf(text: str) -> Date | None:
    """Read an EDTF string; None when it is not one of the subset we keep."""
    raise NotImplementedError
