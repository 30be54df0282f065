"""French sentences: listings, corrections, withdrawals, bags, verification.

Areas: listing, import, edit, erase, related, bag, verify, log.
The spaces before ``; : ! ?`` and inside « » are U+202F. See `corpus.messages` for how a sentence is written.
"""

from __future__ import annotations

from corpus.messages.fr.fr_archive import REBUILD_INDEX, RESTORE_CATALOGUE

_FETCH_BAG = "Le paquet BagIt est endommagé ou a été modifié : récupérez-le à nouveau, ou exportez-le à nouveau."
_INDEX_AGAIN = "Lancez 'muniment index' ; si la différence persiste, restaurez le catalogue à partir d’une sauvegarde."
_RECORD_CHANGE = (
    "S’il a été modifié volontairement, lancez 'muniment index' : le fichier est enregistré dans son état actuel, et"
    " l’identifiant et les corrections du document sont conservés. Sinon, restaurez-le d’abord à partir d’une"
    " sauvegarde."
)
_FETCH_FILE = (
    "Restaurez le fichier à partir d’une sauvegarde ; s’il a été supprimé volontairement, lancez "
    "'muniment index' pour"
    " l’enregistrer."
)
_CHECK_DISK = "Vérifiez le disque et les droits d’accès au fichier."
_KEEP_INDEX = (
    "Si le catalogue a été restauré à partir d’une sauvegarde plus ancienne, lancez 'muniment reindex'. Sinon, copiez"
    " d’abord .muniment : il manque au catalogue des modifications qu’une sauvegarde plus récente peut avoir."
)
_CATCH_UP = "Lancez 'muniment index' : l’index est mis à jour."

_LISTING_FORMS = "Une liste est une page web enregistrée, un tableau CSV ou TSV, ou du texte brut."

SENTENCES: dict[str, str | tuple[str, str]] = {
    # listings and sidecars
    "listing.page-unreadable": "la page est vide, ou son balisage ne peut pas être lu",
    "listing.page-without-items": "la page n’a pas de liste de titres avec des dates ou des liens vers des documents",
    "listing.text-without-items": "le texte n’a pas de titre avec une date seule sur sa ligne",
    "listing.date-without-title": "il n’y a pas de titre à côté de la date {date!r}",
    "listing.table-empty": "le tableau est vide",
    "listing.no-identifying-column": (
        "aucune colonne n’identifie le document d’une ligne ; les colonnes connues sont : {columns}"
    ),
    "listing.unknown-column": "la colonne {column!r} n’est pas un champ connu et a été ignorée",
    "listing.too-many-rows": "seules les {limit:,} premières lignes ont été lues",
    "listing.table-unreadable": "le tableau ne peut pas être lu à partir de la ligne {line} : {reason}",
    "listing.extra-cells": (
        "la ligne a plus de cellules que l’en-tête ; mettez entre guillemets une cellule qui contient le séparateur"
    ),
    "listing.no-title": "la ligne n’a pas de titre",
    "listing.nothing-identifying": "il n’y a ni titre, ni lien, ni identifiant, ni empreinte ; l’élément a été écarté",
    "listing.repeated": "{item} est déjà listé, à {row}",
    "listing.only-year": "seule l’année de la date {date!r} est certaine",
    "listing.new-category": (
        "la catégorie {category!r} n’est pas dans la liste de l’archive ; elle a été gardée telle quelle"
    ),
    "listing.too-many-values": "seules les {limit} premières valeurs du champ {field} ont été lues",
    "listing.unknown-value": "la valeur {value!r} du champ {field} n’est pas connue et a été écartée",
    "listing.not-a-digest": "l’empreinte {digest!r} n’est pas un SHA-256 et a été écartée",
    "listing.no-title-to-record": (
        "{item!r} n’est pas dans l’archive, et ne peut pas être enregistré comme listé sans titre"
    ),
    "listing.same-content": "elle a le contenu de {listing!r}, déjà importée, et est importée comme cette liste",
    "listing.same-name": (
        "une autre liste appelée {former!r} a été importée d’un autre dossier, celle-ci s’appelle donc {listing!r} ;"
        " si elle est une version plus récente de cette liste, annulez cet import et importez-la avec --as {former!r}"
    ),
    "listing.newer-version": (
        "{count:,} de ses éléments {count:one=est aussi|other=sont aussi} dans {listing!r}, et les valeurs des deux"
        " sont gardées ; si elle est une version plus récente de cette liste, annulez cet import et importez-la avec"
        " --as {listing!r}"
    ),
    "import.nothing-to-undo": (
        "il n’y a pas d’import à annuler",
        "'muniment log --kind imported' affiche tous les imports.",
    ),
    "import.unknown-listing": ("rien n’a été importé de {listing!r}", "Listes importées : {known}."),
    "listing.unsuitable": ("{path} : {reason}", _LISTING_FORMS),
    "listing.not-a-file": ("{path} : n’est pas un fichier", _LISTING_FORMS),
    "listing.unreadable": (
        "{path} : ne peut pas être lu : {reason}",
        "Vérifiez le nom et les droits d’accès au fichier.",
    ),
    "listing.too-large": ("{path} : dépasse {limit} Mio, trop pour une liste", _LISTING_FORMS),
    "listing.sidecar-unreadable": "le fichier d’accompagnement ne peut pas être lu : {reason}",
    "listing.sidecar-invalid": "le fichier d’accompagnement n’est pas valide : {reason}",
    "listing.sidecar-too-deep": "ses valeurs sont imbriquées trop profondément",
    "listing.sidecar-too-large": "il dépasse {limit} Kio",
    "listing.sidecar-too-many-fields": "il a plus de {limit} champs",
    "listing.sidecar-not-a-table": "ce doit être une table de champs",
    "listing.sidecar-unknown-field": "{name!r} n’est pas un champ connu et a été ignoré",
    "listing.sidecar-not-text": "{field} doit être un texte ou une liste de textes ; il a été écarté",
    # corrections and withdrawals
    "edit.no-group": (
        "le journal n’a pas de corrections sous le nom {group}",
        "Voyez les noms dans le journal.",
    ),
    "edit.not-a-field": ("{field!r} n’est pas un champ que l’on peut corriger", "Indiquez l’un de ceux-ci : {fields}."),
    "edit.set-and-reset": ("{field} est à la fois corrigé et réinitialisé", "Faites l’un des deux."),
    "edit.not-a-date": (
        "{text!r} n’est pas une date",
        "Écrivez-la sous la forme 2019, 2019-03, 2019-03-04, 2017..2019 ou 4 mars 2019.",
    ),
    "edit.ambiguous-date": (
        "{text!r} peut être deux jours, car le jour et le mois ne peuvent pas être distingués",
        "Écrivez {first} ou {second}.",
    ),
    "edit.changed-meanwhile": (
        "Rien n’a été enregistré : des valeurs que vous modifiez ont changé après le chargement du formulaire.",
        "Comparez-les là où elles sont marquées, puis enregistrez à nouveau pour garder quand même les vôtres.",
    ),
    "edit.state-meanwhile": (
        "Rien n’a été enregistré : le document a été retiré ou rétabli après le chargement du formulaire.",
        "Regardez-le, puis enregistrez à nouveau pour garder quand même vos valeurs.",
    ),
    "edit.new-category": (
        "{text!r} n’est pas dans la liste des catégories de l’archive ; la valeur est gardée telle que vous l’avez"
        " écrite"
    ),
    "edit.not-a-language": ("{text!r} n’est pas une langue connue", "Écrivez son code ou son nom : en, fr, arabe."),
    "edit.not-a-country": ("{text!r} n’est pas un pays connu", "Écrivez son code ISO ou son nom : KE, Kenya."),
    "edit.not-utf-8": (
        "{what} : contient des octets qui ne sont pas du texte UTF-8",
        "Tapez le texte à nouveau, ou réglez votre terminal sur UTF-8.",
    ),
    "edit.too-long": (
        "{what} : {characters:,} {characters:one=caractère|other=caractères} ; {limit:,} au plus sont permis",
        "Raccourcissez le texte.",
    ),
    "edit.undisclosed": "(retiré)",
    "edit.no-reason": ("aucun motif n’est donné pour le retrait", "Donnez-en un avec --reason."),
    "edit.withdrawn-already": ("{id} a déjà été {reason}", "Pour le rétablir : muniment restore {id}"),
    "edit.not-withdrawn": (
        "{id} n’est pas retiré",
        "'muniment log --kind withdrawn' donne la liste des documents qui l’ont été.",
    ),
    "edit.withdrawn": "retiré le {day} : {why}",
    "edit.withdrawn-by": "retiré le {day} par {person} : {why}",
    # erasure
    "erase.no-reason": (
        "aucun motif n’est donné pour l’effacement",
        "Donnez-en un avec --reason, sans nommer la personne à protéger.",
    ),
    "erase.erased-already": ("{id} a déjà été {reason}", "Rien n’en reste dans l’archive."),
    "erase.is-erased": ("{id} a été {reason}", "Rien n’en reste dans l’archive ; il ne peut pas être rétabli."),
    "erase.erased": "effacé le {day} : {why}",
    "erase.erased-by": "effacé le {day} par {person} : {why}",
    "erase.unused-file": (
        "{path} : n’est pas un fichier de l’index, et peut contenir ce qui a été effacé",
        "Supprimez-le, puis lancez 'muniment index' : l’effacement est alors terminé.",
    ),
    "erase.open-elsewhere": (
        "un autre programme a ouvert l’archive, et ce qui a été effacé est donc encore dans catalogue.db-wal",
        "Fermez-le, puis lancez 'muniment index' : l’effacement est alors terminé.",
    ),
    # related documents
    "related.same-name": "des noms qui ne diffèrent que par la langue",
    "related.same-day": "le même jour, la même catégorie et le même nombre de pages dans une autre langue",
    # bags
    "bag.not-writable": (
        "{target} : le paquet BagIt ne peut pas être écrit : {reason}",
        "Indiquez un dossier où vous pouvez écrire. Rien n’a été laissé sur place.",
    ),
    "bag.inside-archive": (
        "{target} : se trouve dans une archive",
        (
            "Indiquez un dossier ailleurs : la prochaine indexation prendrait les fichiers du paquet BagIt pour de"
            " nouveaux documents."
        ),
    ),
    "bag.withdrawn": "retiré avant la création de ce paquet, qui n’en dit pas le motif",
    "bag.erased": "effacé avant la création de ce paquet, qui n’en dit pas le motif",
    "bag.left-out": "ne peut pas être lu",
    "bag.draft-removed": "{path} a été supprimé ; un export arrêté de force l’avait laissé",
    "bag.draft-left": (
        "Un export arrêté de force a laissé {path} ; la prochaine indexation ou le prochain export de cet utilisateur"
        " le supprime."
    ),
    "bag.file-changed": (
        "{path} : diffère du catalogue (modifié, manquant ou illisible)",
        (
            "'muniment verify' montre la différence. Restaurez le fichier, ou lancez 'muniment index' si "
            "c’est bien le"
            " fichier voulu, puis exportez à nouveau."
        ),
    ),
    "bag.files-changed": (
        "{path} et {more} {more:one=autre|other=autres} : diffèrent du catalogue (modifiés, manquants ou illisibles)",
        (
            "'muniment verify' montre les différences. Restaurez les fichiers, ou lancez 'muniment index' si ce sont"
            " bien les fichiers voulus, puis exportez à nouveau."
        ),
    ),
    "bag.not-empty": (
        "{archive} : n’est pas une archive vide ; un paquet BagIt ne peut être restauré que dans une archive vide",
        (
            "Indiquez un dossier vide avec --archive ; ou indexez seulement les fichiers du paquet BagIt : 'muniment"
            " index {payload}'."
        ),
    ),
    "bag.unreadable": ("{path} : ne peut pas être lu : {reason}", _FETCH_BAG),
    "bag.not-utf8": "son texte n’est pas encodé en UTF-8",
    "bag.outside": (
        "{path} : la ligne {line} nomme un fichier hors du paquet BagIt",
        "Ne faites pas confiance à ce paquet BagIt.",
    ),
    "bag.bad-manifest-line": ("{path} : la ligne {line} n’est pas une ligne de manifeste", _FETCH_BAG),
    "bag.not-in-manifest": ("{path} : ne liste pas {name}", _FETCH_BAG),
    "bag.missing-file": ("{path} : manque, ou n’est pas un fichier", _FETCH_BAG),
    "bag.bytes": ("{path} : ses octets ne sont pas ceux de la création du paquet BagIt", _FETCH_BAG),
    "bag.no-catalogue": ("{path} : n’est pas le catalogue d’une archive", _FETCH_BAG),
    "bag.version": (
        (
            "{path} : format {format} avec des tables de version {schema} ; ce programme lit {our_format} avec"
            " {our_schema}"
        ),
        "Utilisez la version de Muniment qui a créé le paquet BagIt.",
    ),
    "bag.bad-row": ("{path} : la ligne {line} n’est pas une ligne de catalogue : {reason}", _FETCH_BAG),
    "bag.row-count": ("{path} : ne contient pas le nombre de lignes qu’indique sa première ligne", _FETCH_BAG),
    "bag.disagreement": ("{bag} : {name} : le catalogue et le manifeste ne concordent pas sur ce fichier", _FETCH_BAG),
    "bag.dangling": ("{bag} : son catalogue renvoie à des lignes qui n’y sont pas", _FETCH_BAG),
    "bag.unlogged-change": (
        "{bag} : son catalogue nomme une modification de {id} qui n’est pas dans son journal",
        _FETCH_BAG,
    ),
    "bag.bad-catalogue": ("{bag} : son catalogue ne peut pas être restauré : {reason}", _FETCH_BAG),
    # verification
    "verify.not-looked-at": (
        (
            "{count:,} {count:one=fichier n’a pas été examiné|other=fichiers n’ont pas été examinés} : hors de"
            " l’archive, dans un dossier que personne n’a indiqué ici"
        ),
        "S’il est à vous, indiquez-le une fois : muniment index {folder}",
    ),
    "bag.unconfirmed": (
        "{path} : hors de l’archive, dans un dossier que personne n’a indiqué sur cette machine",
        "Si le dossier est à vous, indiquez-le une fois : muniment index FOLDER",
    ),
    "verify.database": ("SQLite signale : {problem}", RESTORE_CATALOGUE),
    "verify.schema": ("les tables du catalogue ne sont pas telles qu’elles ont été créées : {name}", RESTORE_CATALOGUE),
    "verify.text": (
        "le texte lu dans le document n’est pas stocké tel qu’il a été écrit",
        "Lancez 'muniment reread {id}' : le texte est relu dans le fichier. Vérifiez ensuite le disque.",
    ),
    "verify.file-row": ("ce qui est enregistré du fichier n’est pas stocké tel qu’il a été écrit", RESTORE_CATALOGUE),
    "verify.document-row": (
        (
            "la notice du document, avec son titre, sa date et ses autres métadonnées, n’est pas stockée "
            "telle qu’elle"
            " a été écrite"
        ),
        RESTORE_CATALOGUE,
    ),
    "verify.event-row": (
        "l’événement qui porte ce numéro n’est pas dans le journal tel qu’il a été écrit",
        RESTORE_CATALOGUE,
    ),
    "verify.dangling": (
        "la ligne {row} de {table} renvoie à une ligne de {parent} qui n’existe pas",
        RESTORE_CATALOGUE,
    ),
    "verify.pages": (
        (
            "enregistré : {pages} {pages:one=page|other=pages} avec {characters}"
            " {characters:one=caractère|other=caractères} ; stocké : {stored_pages}"
            " {stored_pages:one=page|other=pages} avec {stored_characters}"
            " {stored_characters:one=caractère|other=caractères}"
        ),
        _INDEX_AGAIN,
    ),
    "verify.unknown-state": ("{table} : {state!r} n’est pas un état connu", RESTORE_CATALOGUE),
    "verify.state": ("le document est à l’état {state}, son fichier à l’état {file_state}", _INDEX_AGAIN),
    "verify.change": (
        "sa dernière modification porte le numéro {change}, qui n’est pas dans le journal",
        RESTORE_CATALOGUE,
    ),
    "verify.log": (
        "le journal va jusqu’à l’événement {last}, et il y manque {missing:,} {missing:one=événement|other=événements}",
        RESTORE_CATALOGUE,
    ),
    "verify.without-document": ("le fichier a été lu et n’a pas de document", _INDEX_AGAIN),
    "verify.without-file": ("le document a été lu et n’a pas de fichier", RESTORE_CATALOGUE),
    "verify.copy": (
        "le fichier est enregistré comme doublon d’un fichier dont les octets sont différents",
        "Lancez 'muniment index' : le fichier est lu comme un document à part.",
    ),
    "verify.absent": ("le fichier manque", _FETCH_FILE),
    "verify.link": ("un lien est à la place du fichier", _FETCH_FILE),
    "verify.not-a-file": ("à sa place se trouve quelque chose qui n’est pas un fichier", _FETCH_FILE),
    "verify.no-access": ("le fichier n’est pas accessible : {reason}", _CHECK_DISK),
    "verify.unreadable": ("le fichier ne peut pas être lu : {reason}", _CHECK_DISK),
    "verify.size": (
        (
            "le fichier a {size:,} {size:one=octet|other=octets} ; {recorded:,}"
            " {recorded:one=est enregistré|other=sont enregistrés}"
        ),
        _RECORD_CHANGE,
    ),
    "verify.bytes": ("les octets du fichier ne sont pas ceux qui ont été enregistrés", _RECORD_CHANGE),
    "verify.decayed": (
        "les octets du fichier ne sont pas ceux qui ont été enregistrés, bien qu’il n’ait pas été réenregistré depuis",
        "Comparez-le à une sauvegarde avant de lancer 'muniment index'.",
    ),
    "verify.decayed-unnoticed": (
        "les octets du fichier ne sont pas ceux qui ont été enregistrés, bien qu’il n’ait pas été réenregistré depuis",
        "Comparez-le d’abord à une sauvegarde ; 'muniment index' le prendrait pour inchangé.",
    ),
    "verify.unrecorded": ("le fichier n’a jamais été enregistré", "Lancez 'muniment index' pour l’ajouter."),
    "verify.returned": (
        "le fichier est enregistré comme manquant et il est revenu",
        "Lancez 'muniment index' pour l’enregistrer.",
    ),
    "verify.blocked": (
        "ne peut pas être lu : {reason} ; les fichiers qu’il contient n’ont pas été vérifiés",
        "Vérifiez que le disque est connecté et que vous avez le droit de le lire.",
    ),
    "verify.stale": (
        "l’index a les modifications jusqu’à {index_change}, le catalogue jusqu’à {change}",
        _CATCH_UP,
    ),
    "verify.index-ahead": (
        "l’index a les modifications jusqu’à {index_change}, le catalogue jusqu’à {change}",
        _KEEP_INDEX,
    ),
    "verify.other-catalogue": (
        "l’index n’est pas celui de ce catalogue : leurs journaux diffèrent à la modification {change:,}",
        _KEEP_INDEX,
    ),
    "verify.manifest": (
        "le manifeste annonce {recorded:,} {recorded:one=document|other=documents}, l’index en contient {count:,}",
        REBUILD_INDEX,
    ),
    "verify.outdated": (
        (
            "l’index a le document dans l’état de la modification {index_change}, le catalogue dans celui de la"
            " modification {change}"
        ),
        REBUILD_INDEX,
    ),
    "verify.not-indexed": ("le document n’est pas dans l’index", REBUILD_INDEX),
    "verify.not-catalogued": ("l’index contient un document qui ne devrait pas y être", _KEEP_INDEX),
    "verify.twice": ("l’index contient {count} fois le document", REBUILD_INDEX),
    "verify.sum": ("{total:,} {label}, mais {parts} ; les nombres devraient être égaux", RESTORE_CATALOGUE),
    # the log
    "log.not-a-time": (
        "{since!r} n’est ni un jour ni une heure",
        "Écrivez-le sous la forme 2026-03-04 ou 2026-03-04T15:30.",
    ),
    "log.unknown-kind": ("il n’y a pas d’événement du type {kind!r}", "Types : {known}."),
    "edit.duplicate": (
        "{id} est un doublon de {original}, qui a son texte et ses métadonnées",
        "Nommez plutôt {original} : ce qui lui est fait vaut pour toutes ses copies.",
    ),
    "verify.copy-inside": (
        "il est enregistré comme doublon, et aucun document de mêmes octets n’a été lu",
        "Lancez « muniment index » : le fichier qui le contient sera relu.",
    ),
}
