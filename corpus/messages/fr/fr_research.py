"""French sentences of the researcher's tools: what is counted, what is refused, and what is said of the counts."""

from __future__ import annotations

SENTENCES: dict[str, str | tuple[str, str]] = {
    "research.all-others": "tous les autres documents",
    "research.no-words": (
        "La requête n’a aucun mot à compter.",
        (
            "Tapez un mot, une expression entre guillemets ou un motif comme tortur* ; les filtres seuls n’ont pas"
            " d’occurrences."
        ),
    ),
    "research.sort-keys": (
        "Les lignes ne peuvent pas être triées ainsi.",
        "Utilisez au plus {most} de ces clés, séparées par des virgules : {keys}.",
    ),
    "research.too-many-series": ("Une tendance a de 1 à {most} séries.", "Donnez moins de requêtes."),
}
