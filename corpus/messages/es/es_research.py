"""Spanish sentences of the researcher's tools: what is counted, what is refused, and what is said of the counts."""

from __future__ import annotations

SENTENCES: dict[str, str | tuple[str, str]] = {
    "research.no-words": (
        "La consulta no tiene ninguna palabra que contar.",
        (
            "Escriba una palabra, una frase entre comillas o un patrón como tortur*; los filtros solos no tienen"
            " apariciones."
        ),
    ),
}
