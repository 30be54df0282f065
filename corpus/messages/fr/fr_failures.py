"""French sentences of the failures: reasons without their numbers, and advice what to do."""

from __future__ import annotations

SENTENCES: dict[str, str | tuple[str, str]] = {
    # Reasons, put together.
    "failures.part": "une partie",
    "failures.none": "aucune raison notée",
    "failures.kind-no-text-pages": "pas de texte, sur aucune page",
    "failures.kind-no-text-scanned": "pas de texte, sur aucune page ; paraît numérisé",
    "failures.kind-garbled": "le texte de certaines pages paraît brouillé ; l’OCR aiderait",
    "failures.kind-lost-pages": "des pages endommagées n’ont pas pu être lues",
    "failures.kind-beginning": "seul le début a été lu",
    "failures.kind-annotations": "les annotations et les champs de formulaire n’ont pas tous été lus",
    "failures.kind-too-large": "trop volumineux, ou trop volumineux une fois décompressé",
    "failures.kind-clock": "la lecture a duré trop longtemps à l’horloge ; l’ordinateur était peut-être occupé",
    "failures.kind-computing": "la lecture a demandé plus de temps de calcul qu’il n’en est accordé à un fichier",
    "failures.kind-ended": "le programme qui le lit s’est terminé sans résultat",
    "failures.kind-lost-part": "une partie endommagée n’a pas pu être lue",
    "failures.kind-left-out": "des enregistrements qui ne sont pas des documents ont été laissés de côté",
    # Advice.
    "failures.advice-password": (
        "Mettez à sa place une copie déverrouillée, avec le mot de passe"
        " ou en la demandant à l’expéditeur ; le prochain passage la lira."
    ),
    "failures.advice-empty": (
        "Il ne contient rien. Cherchez le fichier complet là d’où il vient, et mettez-le à sa place."
    ),
    "failures.advice-no-reader": (
        "Enregistrez-le en PDF, en texte ou dans un autre format lu, et intégrez ce fichier ; le relire ne change rien."
    ),
    "failures.advice-converter": "Installez ce que la raison nomme, puis relisez-le.",
    "failures.advice-again": "Relisez-le : ce qui l’empêchait est peut-être passé.",
    "failures.advice-ocr": "« Intégrer » avec l’OCR des pages numérisées reconnaît son texte.",
    "failures.advice-damaged": "Cherchez une copie intacte et mettez-la à sa place ; le prochain passage la lira.",
    "failures.advice-limit": (
        "Divisez-le ou enregistrez-le plus petit pour que tout soit lu ; le relire ne change rien."
    ),
}
