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
        "« review show NOM » montre ceux qui y sont.",
    ),
    "research.no-such-decision": ("{text!r} n’est pas une décision", "Décisions : {known}."),
    "research.no-such-reader": ("{text!r} n’est pas un lecteur", "Lecteurs : {known}."),
    "research.not-a-review-table": (
        "{file} : ni tableau ni fichier RIS d’une sélection",
        "Importez ce que « review export » a écrit, avec les colonnes « id » et « decision ».",
    ),
    "research.import-too-large": ("{file} : dépasse {most:,} Mio", "Importez ce que « review export » a écrit."),
    "research.file-exists": (
        "{file} : il y a déjà un fichier de ce nom",
        "Choisissez un autre nom ; rien n’est écrasé.",
    ),
    "erase.researcher-store": (
        "les mots de documents effacés n’ont pas pu être retirés de vos relevés et sélections : {reason}",
        "Lancez « muniment index » une fois cela réparé.",
    ),
    "methods.searched": (
        "Le {day}, le fonds {archive}, qui compte {documents:,} {documents:one=document interrogeable|other=documents"
        " interrogeables}, a été interrogé avec Muniment {version}."
    ),
    "methods.years": (
        "Ses documents datés vont de {first} à {last} ; {undated:,} {undated:one=document est|other=documents sont}"
        " sans"
        " date."
    ),
    "methods.query": "La requête était : {query}. Elle a été comprise ainsi : {understood}.",
    "methods.any-words": (
        "La requête, dont un seul mot suffisait, était : {query}. Elle a été comprise ainsi : {understood}."
    ),
    "methods.everything": "Tous les documents ont été demandés.",
    "methods.limits": "La recherche a été limitée à {limits}.",
    "methods.no-limits": "Aucune limite n’a été appliquée.",
    "methods.limit": "{field} : {value}",
    "methods.limit-without": "sans {field} : {value}",
    "methods.reason": "La raison en était : {reason}.",
    "methods.total": "Elle a trouvé {total:,} {total:one=document|other=documents}.",
    "methods.copies": (
        "Les copies aux mêmes octets ({copies:,} dans le fonds) ont été comptées une fois ; les versions d’un document"
        " n’ont pas été réunies."
    ),
    "methods.not-searched": (
        "N’ont pas pu être interrogés : {failed:,} {failed:one=fichier illisible|other=fichiers illisibles}, {listed:,}"
        " {listed:one=document listé|other=documents listés} sans fichier, {missing:,} dont le fichier a disparu, et"
        " {withdrawn:,} {withdrawn:one=retiré ou effacé|other=retirés ou effacés}."
    ),
    "methods.in-part": (
        "Parmi les documents interrogeables, {partial:,} {partial:one=n’a été lu|other=n’ont été lus} qu’en partie, et"
        " {textless:,} {textless:one=n’a|other=n’ont} pas de texte et ne se {textless:one=trouve|other=trouvent} que"
        " par"
        " les métadonnées."
    ),
    "methods.analysis": (
        "Les mots ont été comparés sans tenir compte de la casse ni des accents, et par leur racine (version"
        " {analyser} de"
        " l’analyse), avec {groups:,} {groups:one=groupe|other=groupes} de termes équivalents."
    ),
    "methods.record": (
        "La liste des documents avec leurs empreintes est le relevé de recherche {number} (état {change} du fonds)."
    ),
    "prisma-s.database": "{archive}, interrogé avec Muniment {version}",
    "prisma-s.strategy": "Saisi : {query} - compris : {understood}.",
    "prisma-s.strategy-any": "Saisi : {query} (un mot suffit) - compris : {understood}.",
    "prisma-s.no-limits": "aucune limite",
    "prisma-s.filters": (
        "Aucun filtre de recherche publié. {groups:,} {groups:one=groupe|other=groupes} de termes équivalents du fonds."
    ),
    "prisma-s.no-update": "pas encore de mise à jour ; « muniment record diff {number} » dit ce qui a changé",
    "prisma-s.update": (
        "depuis lors : nouveaux : {new:,} ; retirés : {withdrawn:,} ; non retrouvés : {gone:,} ; texte modifié :"
        " {text:,} ;"
        " métadonnées modifiées : {metadata:,}"
    ),
    "prisma-s.total": "{total:,} {total:one=document|other=documents}",
    "prisma-s.copies": (
        "Les copies aux mêmes octets ({copies:,} dans le fonds) sont trouvées une fois. Versions et traductions sont"
        " proposées et jamais réunies."
    ),
}
"""The sentences by code; of an error with its hint."""
