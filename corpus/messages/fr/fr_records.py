"""French sentences of search records, saved searches, feeds and review sets."""

from __future__ import annotations

_STORE = (
    "Il contient les recherches et les notes d’un chercheur. Restaurez-le depuis une sauvegarde, ou indiquez un autre"
    " dossier avec --in."
)

SENTENCES: dict[str, str | tuple[str, str]] = {
    "research.store-foreign": (
        "{path} : ce n’est pas un fichier de relevés et de sélections",
        "Indiquez un autre dossier avec --in.",
    ),
    "research.store-version": (
        "{path} : version {version} du fichier, ce programme lit la version {ours}",
        "Utilisez la version de Muniment qui l’a écrit.",
    ),
    "research.store-damaged": ("{path} : le fichier est endommagé : {reason}", _STORE),
    "research.record-damaged": ("{path} : le relevé {number} est endommagé", _STORE),
    "research.store-too-large": (
        "{path} : le fichier dépasse {most:,} Mio",
        "Supprimez les relevés inutiles, ou indiquez un autre dossier avec --in.",
    ),
    "research.store-of-another": (
        "{path} : le fichier est celui d’un autre fonds",
        "Indiquez avec --in un dossier propre à chaque fonds.",
    ),
    "research.store-in-archive": (
        "{folder} : les relevés et les sélections ne sont pas gardés dans un fonds, avec lequel ils seraient transmis",
        "Indiquez un dossier hors du fonds.",
    ),
    "research.stores-ambiguous": (
        "plusieurs fichiers peuvent être ceux de ce fonds, qui a été déplacé ou copié : {folders}",
        "Dites lequel avec --in.",
    ),
    "research.empty-archive": (
        "{archive} : rien n’est indexé ici, il n’y a donc rien à relever",
        "Indexez d’abord des fichiers : muniment index.",
    ),
    "research.not-a-request": ("une recherche enregistrée est illisible", _STORE),
    "research.no-name": ("le nom est vide", "Saisissez un nom."),
    "research.no-such-record": ("il n’y a pas de relevé {number}", "« record list » montre ceux qui existent."),
    "research.no-such-search": (
        "il n’y a pas de recherche enregistrée {name!r}",
        "« saved list » montre celles qui existent.",
    ),
    "research.search-exists": (
        "il y a déjà une recherche enregistrée {name!r}",
        "Choisissez un autre nom, ou supprimez celle-là avec « saved remove ».",
    ),
    "research.no-such-review": ("il n’y a pas de sélection {name!r}", "« review list » montre celles qui existent."),
    "research.review-exists": (
        "il y a déjà une sélection {name!r}",
        "Choisissez un autre nom, ou ajoutez-y la recherche avec « review add ».",
    ),
    "research.not-in-review": (
        "le document {id} n’est pas dans la sélection {name!r}",
        "« review list NOM » montre ceux qui y sont.",
    ),
    "research.no-such-decision": ("{text!r} n’est pas une décision", "Décisions : {known}."),
    "research.no-such-reader": ("{text!r} n’est pas un lecteur", "Lecteurs : {known}."),
    "research.not-a-review-table": (
        "{file} : ni tableau ni fichier RIS d’une sélection",
        "Importez ce que « review export » a écrit, avec les colonnes « id » et « decision ».",
    ),
    "research.import-too-large": ("{file} : dépasse {most:,} Mio", "Importez ce que « review export » a écrit."),
    "erase.researcher-store": (
        "les mots de documents effacés n’ont pas pu être retirés de vos relevés et sélections : {reason}",
        "Lancez « muniment index » une fois cela réparé.",
    ),
}
"""The sentences by code; of an error with its hint."""
