"""Spanish sentences of the researcher's tools: what is counted, what is refused, and what is said of the counts."""

from __future__ import annotations

SENTENCES: dict[str, str | tuple[str, str]] = {
    "research.all-others": "todos los demás documentos",
    "research.no-words": (
        "La consulta no tiene ninguna palabra que contar.",
        (
            "Escriba una palabra, una frase entre comillas o un patrón como tortur*; los filtros solos no tienen"
            " apariciones."
        ),
    ),
    "research.sort-keys": (
        "Las líneas no se pueden ordenar así.",
        "Use como máximo {most} de estas claves, separadas por comas: {keys}.",
    ),
    "research.too-many-series": ("Una tendencia tiene de 1 a {most} series.", "Dé menos consultas."),
}
