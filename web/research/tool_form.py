"""The form of a tool: what its address asks, as it was typed, with the field that was refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from web.research.tool_address import ToolAddress, ToolOptions

FIELD_LABELS: Mapping[str, str] = {
    "q": "research.query", "by": "research.sorted-by", "group": "research.grouped-by", "unit": "research.context",
    "within": "research.within", "sample": "research.sample", "seed": "research.seed", "stemmed": "research.stemmed",
    "with": "research.compared-with", "step": "research.step", "measure": "research.measure",
    "smooth": "research.smooth", "window": "research.window", "min": "research.min-hits",
    "min_documents": "research.min-documents", "function_words": "research.keep-function-words",
    "a": "research.set-a", "b": "research.set-b",
}  # fmt: skip
"""The options that have a field in a form, each with the code of its label."""

_OF_ONE_LIST = ("start", "only")
"""Options that say where in the lines a page begins, and of which group they are: another question has other lines."""


@dataclass(frozen=True, slots=True)
class ToolForm:
    """The form of a tool.

    Attributes:
        address: what it asks.
        defaults: the values of options that the address leaves out, as a field shows them.
        refused: the parameter whose value was refused; ``""`` for none.
        is_refused: whether the page says why the address was refused, in place of an answer.
    """

    address: ToolAddress
    defaults: Mapping[str, str]
    refused: str = ""
    is_refused: bool = False

    @property
    def shows_query(self) -> bool:
        """Return whether the query has a field of its own here, beside the box on top of the page."""
        return self.is_refused or not self.address.request.query.strip()

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """Return the options that the form keeps without a field of their own."""
        return [pair for pair in self.kept if pair[0] not in FIELD_LABELS]

    @property
    def kept(self) -> list[tuple[str, str]]:
        """Return the options that another question keeps: those that nothing is wrong with."""
        dropped = {*_OF_ONE_LIST, self.refused}
        return [pair for pair in self.address.options if pair[0] not in dropped]

    @property
    def label(self) -> str:
        """Return the code of the label of the field that was refused; ``""`` where it has none."""
        return FIELD_LABELS.get(self.refused, "")

    def value(self, name: str) -> str:
        """Return what the field of an option shows: what was typed, else its usual value."""
        if name == "q":
            return self.address.request.query
        return ToolOptions(self.address.options).text(name, self.defaults.get(name, ""))

    def values(self, name: str) -> list[str]:
        """Return the values of an option that can have several, each once."""
        return list(dict.fromkeys(value for given, value in self.address.options if given == name))

    def offered(self, name: str, choices: tuple[str, ...]) -> list[str]:
        """Return the choices of an option, with what was typed where it is none of them."""
        return list(dict.fromkeys((*choices, self.value(name))))
