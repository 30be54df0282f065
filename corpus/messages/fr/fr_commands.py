"""French sentences: messages of commands.

Areas: command, open. The spaces before ``; : ! ?`` and inside « » are U+202F.
See `corpus.messages` for how a sentence is written.
"""

from __future__ import annotations

SENTENCES: dict[str, str | tuple[str, str]] = {
    "command.unknown": "Il n’y a pas de commande {command!r}. Vouliez-vous dire {suggestion!r} ?",
    "command.interrupted": (
        "interrompu",
        "Ce qui a été enregistré avant est conservé ; relancez la commande pour faire le reste.",
    ),
    "command.system-error": (
        "{place} : {reason}",
        (
            "Vérifiez que le fichier ou le dossier existe, que vous pouvez l’utiliser et que le disque a de "
            "la place ;"
            " puis réessayez."
        ),
    ),
    "command.watch-and-dry-run": ("--watch et --dry-run s’excluent", "Omettez l’une des deux options."),
    "command.ids-and-query": (
        "des identifiants et --query ont été donnés à la fois",
        "Désignez les documents par leurs identifiants, ou par une requête.",
    ),
    "command.csv-of-a-list": ("--csv affiche une liste de documents", "Ajoutez --list STATE, et omettez --json."),
    "command.two-formats": ("{first} et {second} s’excluent", "Omettez l’une des deux options."),
    "command.table-needed": (
        "{option} concerne un tableau",
        "Ajoutez --csv, --tsv ou --jsonl, ou omettez {option}.",
    ),
    "command.table-ending": (
        "{path} : sa terminaison ne désigne aucune sorte de tableau",
        "Ajoutez --csv, --tsv ou --jsonl, ou choisissez un nom qui finit par .csv, .tsv ou .jsonl.",
    ),
    "command.rows-of-all": (
        "le tableau a {count:,} {count:one=ligne|other=lignes} sur {total:,} ; --all les écrit toutes"
    ),
    "command.written": "écrit : {path} avec {count:,} {count:one=ligne|other=lignes}, et {record}",
    "command.all-and-conflicts": ("--all et --conflicts s’excluent", "Omettez l’une des deux options."),
    "command.archive-taken": "archive utilisée : {archive}",
    "command.unknown-letter": (
        "Il n’y a pas d’option -{letter}. Pour écarter les documents qui ont le mot {letter}, écrivez NOT {letter} ;"
        " ou écrivez -- avant la requête."
    ),
    "command.read-as-words": (
        "lu comme {count} {count:one=mot séparé, obligatoire|other=mots séparés, tous obligatoires} ; pour"
        " l’expression : {command}"
    ),
    "command.read-as-any-words": (
        "lu comme {count} {count:one=mot séparé, obligatoire|other=mots séparés, dont un est obligatoire} ; pour"
        " l’expression : {command}"
    ),
    "command.read-as-field": "{field}: a été lu comme s’appliquant à « {word} » seul ; pour l’expression : {command}",
    "command.redirected": (
        "le shell a pris > pour le nom d’un fichier, et la réponse est dans {name} ; entre apostrophes simples, il"
        " fait partie de la requête : {command}"
    ),
    "command.ambiguous-id": (
        "{id!r} est le début de plusieurs identifiants : {candidates}",
        "Tapez une plus grande partie de l’identifiant.",
    ),
    "open.opened": "ouvert : {path}",
    "open.turn-to-page": "votre visionneuse ne peut pas recevoir le numéro de page ; allez à la page {page}",
    "open.changed": "le fichier a changé depuis qu’il a été lu ; 'muniment index' l’enregistre",
    "open.container": "le document est une partie de ce fichier : {part}",
    "open.discloses": (
        "ouvrir ce fichier peut charger des images et d’autres contenus depuis internet, ce qui apprend à leurs"
        " propriétaires qu’il a été ouvert, quand et où ; cela peut aussi exécuter des macros ; sans --original, son"
        " texte est affiché"
    ),
    "open.withdrawn": (
        "{id} est à l’état {state} ; son fichier n’est pas ouvert",
        "Pour voir qui a fait cela et pourquoi : muniment show {id}",
    ),
    "open.no-file": (
        "{id} n’a pas de fichier : seule une liste le nomme",
        "Pour voir ce que dit la liste : muniment show {id}",
    ),
    "open.missing": ("{path} : le fichier manque", "Son texte est conservé : muniment show {id}"),
    "open.not-a-file": (
        "{path} : n’est pas le fichier qui a été lu : un lien ou autre chose est à sa place",
        "Il n’est pas ouvert. Le texte qui a été lu est conservé : muniment show {id}",
    ),
    "open.unconfirmed": (
        "{path} : hors de l’archive, dans un dossier que personne n’a indiqué sur cette machine",
        "Si le dossier est à vous, indiquez-le une fois : muniment index FOLDER",
    ),
    "open.no-viewer": (
        "{path} : aucun programme n’ouvre de fichiers ici",
        "Ouvrez-le vous-même, ou installez xdg-utils.",
    ),
    "open.viewer-failed": (
        "{path} : la visionneuse du système n’a pas pu l’ouvrir",
        "Ouvrez-le vous-même, ou choisissez une visionneuse.",
    ),
    "command.watching": "en attente de fichiers ; appuyez sur Ctrl-C pour arrêter",
    "command.erase-confirm": "Effacer définitivement de l’archive les mots de ces documents ?",
    "command.erase-unconfirmed": (
        "rien n’a été effacé : personne n’a confirmé",
        "Ajoutez --yes là où personne ne peut répondre.",
    ),
    "command.no-correction": (
        "aucune correction n’a été donnée",
        "Donnez un champ et sa valeur correcte : {options} ; ou --reset.",
    ),
    "command.nothing-listed": (
        "{path} : aucun élément n’a pu être reconnu{reason}",
        "docs/listings.md décrit les formes de listes qui sont reconnues.",
    ),
    "command.listing-note": "{place} : {note}",
    "command.withdrawn-inside": (
        "{path} : la copie de ce fichier dans le paquet BagIt contient un document qui a été retiré"
    ),
    "command.left-out": "écarté : {path} : {reason}",
    "command.log-limited": (
        "{limit:one=seul l’événement le plus récent est affiché|other=seuls les {limit:,} événements les plus récents"
        " sont affichés} ; utilisez --limit pour en voir plus"
    ),
    "command.option-after-dashes": "Écrivez {option} avant '--'. Tout ce qui suit '--' fait partie de la requête.",
}
