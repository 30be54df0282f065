"""French sentences: the archive's folder, settings and lock, its catalogue and its index.

Areas: archive, disk, output, settings, lock, catalogue, index, engine.
The spaces before ``; : ! ?`` and inside « » are U+202F. See `corpus.messages` for how a sentence is written.
"""

from __future__ import annotations

REBUILD_INDEX = "Lancez 'muniment reindex' : l’index est reconstruit à partir du catalogue, sans relire de document."
RESTORE_CATALOGUE = (
    "Restaurez .muniment à partir d’une sauvegarde. Sans sauvegarde, déplacez-le, gardez-le, et lancez"
    " 'muniment index' : les corrections, les retraits et le journal manquent alors, et les documents retirés sont de"
    " nouveau trouvés."
)
_RESTORE = f"Vos documents sont intacts. {RESTORE_CATALOGUE}"

_CATEGORY_HINT = 'Écrivez une ligne par catégorie, par exemple : statement = ["Statements", "Déclaration"]'
_WAIT = "Attendez que l’opération en cours se termine, puis réessayez."

SENTENCES: dict[str, str | tuple[str, str]] = {
    "archive.no-such-folder": (
        "{folder} : dossier introuvable",
        "Vérifiez le chemin donné avec --archive ou dans MUNIMENT_ARCHIVE.",
    ),
    "archive.contains-archive": (
        "{archive} : l’archive {inner} s’y trouve, et ses documents seraient dans les deux",
        "Pour créer malgré tout une archive qui l’englobe : muniment --archive {archive} index --new",
    ),
    "archive.nested": (
        "{archive} : se trouve dans l’archive {outer}",
        (
            "Pour l’intégrer à celle-ci : muniment --archive {outer} index {archive}. Pour en faire malgré tout une"
            " archive à part : muniment --archive {archive} index --new"
        ),
    ),
    "archive.closed": ("{archive} : l’archive est fermée", "Rouvrez-la avec open_archive()."),
    "archive.planted": (
        "{path} : pas un fichier ordinaire, ce que Muniment ne crée jamais à cet endroit",
        "Quelqu’un l’y a mis. Sortez-le de .muniment, puis relancez la commande.",
    ),
    "archive.user-table": (
        "{path} : n’est pas tel que Muniment l’a écrit, ou dépasse {limit} Mo",
        (
            "Ce que vous avez confirmé sur cette machine s’y trouve. Réparez le fichier, ou supprimez-le et"
            " confirmez à nouveau ce qui est demandé."
        ),
    ),
    "archive.data-folder-link": (
        "{archive} : .muniment est un lien vers {target}",
        "Si vous avez créé ce lien, confirmez-le une fois sur cette machine : muniment index --confirm-link",
    ),
    "archive.readable-by-others": (
        "D’autres utilisateurs de cette machine peuvent lire {folder}, qui contient le texte de chaque document ;"
        " 'muniment index --private' y remédie."
    ),
    "archive.hidden": "caché",
    "archive.settings-file": "réglages",
    "archive.link": "un lien",
    "archive.not-regular": "pas un fichier ordinaire",
    "archive.endless": "ne finit pas là où sa taille l’indique",
    "archive.sparse": "est bien plus grand que l’espace qu’il occupe sur le disque",
    "archive.excluded": "exclu par muniment.toml",
    "archive.unreadable": "ne peut pas être lu",
    "archive.erasure-pending": (
        "un effacement a été interrompu, et des fichiers ici peuvent encore contenir ce qui a été effacé ; 'muniment"
        " index' le termine"
    ),
    "archive.readers-not-confined": (
        "Ce système ne peut pas tenir les processus qui lisent les fichiers à l’écart des autres fichiers et du"
        " réseau ; si vous n’avez pas confiance en des fichiers, n’en indexez que des copies, sur une machine ou sous"
        " un compte à part."
    ),
    # Limits of disks, accounts and processes.
    "disk.full": (
        "{path} : le disque est plein",
        (
            "Libérez de la place sur le disque {disk} : supprimez ou déplacez des fichiers qui ne sont pas dans"
            " .muniment, puis relancez la commande. Rien de ce qui a été enregistré n’est perdu."
        ),
    ),
    "disk.quota": (
        "{path} : votre compte ne peut plus rien stocker sur ce disque",
        (
            "Libérez de la place sur le disque {disk} : supprimez ou déplacez des fichiers à vous qui ne "
            "sont pas dans"
            " .muniment, puis relancez la commande. Rien de ce qui a été enregistré n’est perdu."
        ),
    ),
    "disk.read-only": (
        "{path} : le disque est en lecture seule",
        (
            "Les recherches fonctionnent malgré tout. Pour modifier l’archive, rendez le disque {disk} accessible en"
            " écriture, ou copiez tout le dossier avec son .muniment sur un autre disque."
        ),
    ),
    "disk.permission": (
        "{path} : permission refusée",
        (
            "Il appartient à {owner} : lancez la commande sous ce compte, ou faites-vous donner le droit de "
            "le lire et"
            " d’y écrire."
        ),
    ),
    "disk.own-permission": (
        "{path} : permission refusée",
        "Il est à vous : donnez-vous le droit de le lire, d’y écrire et d’entrer dans son dossier, avec chmod u+rwX.",
    ),
    "disk.open-files": (
        "{path} : trop de fichiers sont ouverts",
        (
            "Fermez d’autres programmes, ou relevez la limite avec 'ulimit -n 4096', puis relancez la commande. Rien"
            " de ce qui a été enregistré n’est perdu."
        ),
    ),
    "disk.no-locks": (
        (
            "{path} : ce disque n’a pas de verrous, et sans eux deux opérations simultanées pourraient endommager"
            " l’archive"
        ),
        (
            "Déplacez {data_folder} sur un disque de cette machine, mettez un lien à sa place, et lancez une fois :"
            " muniment index --confirm-link"
        ),
    ),
    "disk.failed": (
        "{path} : le disque signale une erreur",
        (
            "Copiez d’abord le dossier de l’archive avec son .muniment sur un autre disque, puis vérifiez le disque"
            " {disk}."
        ),
    ),
    "disk.gone": (
        "{path} : le disque n’est pas connecté",
        "Reconnectez-le, puis relancez la commande. Rien de ce qui a été enregistré n’est perdu.",
    ),
    "output.exists": (
        "{path} : existe déjà et n’est pas remplacé",
        "Indiquez un fichier qui n’existe pas encore.",
    ),
    "output.inside-archive": (
        "{path} : se trouve dans l’archive, et le prochain 'muniment index' le lirait comme un document ; mieux vaut le"
        " déplacer"
    ),
    "output.not-empty": (
        "{folder} : n’est pas vide",
        "Indiquez un dossier qui n’existe pas encore, ou un dossier vide.",
    ),
    "output.not-a-folder": (
        "{folder} : n’est pas un dossier",
        "Indiquez un dossier qui n’existe pas encore, ou un dossier vide.",
    ),
    "lock.other-program": ("{directory} : un autre programme écrit dans l’index", _WAIT),
    "lock.not-writable": (
        "{archive} : écriture impossible : {reason}",
        "Vérifiez le dossier et ses droits d’accès.",
    ),
    "lock.locked": ("{archive} : une autre opération y écrit", _WAIT),
    "lock.locked-by": ("{archive} : le processus {process} sur {host} y écrit depuis {since}", _WAIT),
    "settings.unreadable": ("{path} : ne peut pas être lu : {reason}", "Vérifiez les droits d’accès au fichier."),
    "settings.link-outside": (
        "{path} : un lien vers {target}, qui est hors de l’archive",
        "Copiez le fichier à la place du lien.",
    ),
    "settings.not-toml": (
        "{path} : TOML non valide : {reason}",
        "Corrigez le fichier : docs/settings.md dit ce qu’il peut contenir.",
    ),
    "settings.not-utf-8": "son texte n’est pas en UTF-8",
    "settings.not-a-section": (
        "{path} : {section} devrait être une section, pas une valeur",
        "Écrivez [{section}] seul sur une ligne, et ses clés en dessous.",
    ),
    "settings.unknown-section": ("{path} : section inconnue [{section}]", "Sections connues : {known}."),
    "settings.unknown-key": ("{path} : clé inconnue {key!r} dans [{section}]", "Clés connues : {known}."),
    "settings.wrong-type": (
        "{path} : {key} dans [{section}] devrait être {wanted}",
        "Écrivez, par exemple : {key} = {example}",
    ),
    "settings.text": "un texte entre guillemets",
    "settings.texts": "une liste de textes entre guillemets",
    "settings.groups": "une liste de listes de deux textes ou plus, entre guillemets",
    "settings.boolean": "true ou false",
    "settings.number": "un nombre entier",
    "settings.out-of-range": (
        "{path} : {key} dans [{section}] doit être compris entre {low:,} et {high:,}",
        "Écrivez un nombre de cet intervalle, sans séparateur de milliers.",
    ),
    "settings.too-long": (
        "{path} : {key} dans [{section}] est trop long",
        (
            "Une liste peut avoir {items:,} {items:one=élément|other=éléments}, et un texte {characters:,}"
            " {characters:one=caractère|other=caractères}."
        ),
    ),
    "settings.toml-too-large": "dépasse {limit} Ko",
    "settings.toml-long-key": "une clé à points a plus de {limit} {limit:one=partie|other=parties}",
    "settings.toml-too-deep": "imbriqué trop profondément",
    "settings.skos-outside": (
        "{path} : skos dans [thesaurus] nomme un fichier hors de l’archive",
        "Copiez le fichier dans le dossier de l’archive.",
    ),
    "settings.unknown-share": (
        "{path} : share dans [archive] ne peut pas être {value!r}",
        'Écrivez share = "group", ou omettez-le.',
    ),
    "settings.unknown-language": (
        "{path} : langue inconnue {language!r}",
        "Écrivez les langues sous forme de codes, comme en, fr, ar.",
    ),
    "settings.no-categories": ("[categories] devrait lister au moins une catégorie", _CATEGORY_HINT),
    "settings.too-many-categories": (
        "[categories] liste {count:,} {count:one=catégorie|other=catégories} ; {limit} au plus sont permises",
        _CATEGORY_HINT,
    ),
    "settings.shared-alias": ("[categories] : {word!r} appartient à la fois à {first} et à {second}", _CATEGORY_HINT),
    "settings.category-name": ("[categories] : {name!r} ne peut pas être le nom d’une catégorie", _CATEGORY_HINT),
    "settings.category-aliases": ("[categories] : {name} devrait avoir une liste de mots", _CATEGORY_HINT),
    "settings.too-many-aliases": (
        "[categories] : {name} a plus de {limit} mots, ou un mot de plus de {characters} lettres",
        _CATEGORY_HINT,
    ),
    "settings.unknown-engine": (
        "{path} : moteur inconnu {engine!r} dans [index]",
        "Moteurs connus : {engines}. Sans ce réglage, le moteur est {default}.",
    ),
    "settings.engine-by-hand": (
        "{path} : le moteur ne peut pas être écrit dans ce fichier",
        "Écrivez cette ligne dans sa section [index] : {line}",
    ),
    "settings.not-writable": (
        "{path} : ne peut pas être écrit : {reason}",
        "Écrivez cette ligne dans sa section [index] : {line}",
    ),
    "settings.engine-address": (
        "{path} : le moteur dans [index] n’est pas une adresse : {reason}",
        'Écrivez : engine = "opensearch://hôte:9200/nom"',
    ),
    "index.not-in-use": "un index qui n’est pas utilisé",
    "index.unreferenced-file": "un fichier de l’index auquel rien ne renvoie",
    "index.damaged": ("{directory} : l’index est endommagé ({reason})", REBUILD_INDEX),
    "index.damaged-part": ("l’index est endommagé : {part} est incomplet ou a été modifié", REBUILD_INDEX),
    "index.foreign": ("{directory} : n’est pas un index écrit par Muniment", REBUILD_INDEX),
    "index.discloses": (
        "{archive} : un document a été retiré ou effacé, et l’index contient encore ses mots",
        "Lancez 'muniment index'. Si une indexation est en cours, réessayez dans un moment.",
    ),
    "index.in-the-making": (
        "{archive} : une indexation est en cours, et rien ne peut encore être cherché",
        "Réessayez dans un moment : les premiers documents peuvent être cherchés quelques secondes après leur lecture.",
    ),
    "index.lacks-fields": (
        "{directory} : l’index a été créé avant l’ajout de ces champs : {fields}",
        "Ajoutez-les à l’index avec : muniment index",
    ),
    "index.missing": (
        "{directory} : il n’y a pas d’index ici",
        (
            "Lancez 'muniment index' pour achever la dernière indexation, ou 'muniment reindex' pour reconstruire"
            " l’index sans lire de fichier."
        ),
    ),
    "index.not-writable": ("{directory} : l’index ne peut pas être écrit : {reason}", REBUILD_INDEX),
    "index.builder-died": (
        "{directory} : l’index n’est pas complet : un processus qui le construisait a été arrêté",
        (
            "Rien n’est perdu. Relancez 'muniment index' ; si cela se reproduit, réduisez le nombre de processus avec"
            " --jobs 1."
        ),
    ),
    "index.other-version": (
        "{directory} : l’index est de la version {found} ; cette version de Muniment utilise la version {used}",
        REBUILD_INDEX,
    ),
    "index.file-bytes": "ses octets ne sont pas ceux qui ont été écrits",
    "index.file-missing": "il manque",
    "index.file-size": (
        "il a {size:,} {size:one=octet|other=octets} ; {recorded:,} {recorded:one=a été écrit|other=ont été écrits}"
    ),
    "index.file-unreadable": "il ne peut pas être lu : {reason}",
    "index.rebuild": REBUILD_INDEX,
    "index.unreadable-manifest": ("{path} : ne peut pas être lu : {reason}", REBUILD_INDEX),
    "engine.fuzzy-limit": "{word} est proche de {total:,} mots ; seuls les {searched:,} plus proches ont été cherchés",
    "engine.too-much-text": (
        "la question porte sur des textes de plus de {characters:,} caractères",
        "Restreignez-la par date, catégorie ou langue.",
    ),
    "engine.wildcard-limit": (
        "{pattern} correspond à {total:,} mots ; seuls les {searched:,} plus fréquents ont été cherchés"
    ),
    "engine.passage-limit": (
        "Une réponse a au plus {limit:,} extraits, ici {count:,} par résultat. Demandez moins de résultats pour en"
        " voir plus."
    ),
    "engine.uncatalogued-document": (
        "l’index contient des documents que le catalogue n’a pas, comme {document_id}",
        (
            "Si le catalogue a été restauré à partir d’une sauvegarde plus ancienne, lancez 'muniment "
            "reindex'. Sinon,"
            " copiez d’abord .muniment, et cherchez-en une sauvegarde plus récente."
        ),
    ),
    "index.ahead": (
        (
            "{archive} : l’index contient les modifications jusqu’à {index_change:,}, le catalogue "
            "seulement jusqu’à {change:,}"
        ),
        (
            "Le catalogue est plus ancien que l’index : cherchez une sauvegarde plus récente de .muniment. "
            "Pour continuer avec ce catalogue, dont les corrections et les retraits sont peut-être dépassés,"
            " copiez d’abord .muniment et lancez 'muniment reindex'."
        ),
    ),
    "index.other-catalogue": (
        (
            "{archive} : l’index n’a pas été construit à partir de ce catalogue : leurs journaux "
            "diffèrent à la modification {change:,}"
        ),
        (
            "L’un des deux vient d’une autre archive, ou d’une autre copie de celle-ci. Cherchez la "
            "paire dans une sauvegarde de .muniment ; pour continuer avec ce catalogue, copiez d’abord "
            ".muniment et lancez 'muniment reindex'."
        ),
    ),
    "index.stale": "il lui manque les dernières modifications ; lancez 'muniment index'",
    "index.other-number": "il a {found:,} documents au lieu de {expected:,} ; lancez 'muniment index', qui le réécrit",
    "index.other-settings": (
        "{names} : changé dans muniment.toml depuis que l’index a été fait ; 'muniment reindex' le réécrit en"
        " conséquence"
    ),
    "catalogue.unknown-document": (
        "aucun document n’a l’identifiant {id!r}",
        "'muniment search' affiche l’identifiant de chaque résultat.",
    ),
    "catalogue.none": (
        "{archive} : pas encore une archive : rien n’a été indexé ici",
        "Lancez d’abord 'muniment --archive DIR index FOLDER', ou indiquez un autre dossier avec --archive.",
    ),
    "catalogue.lost": (
        "{archive} : le catalogue a disparu, mais d’autres données de l’archive restent dans .muniment ({remains})",
        f"C’est une archive endommagée, pas une nouvelle. {_RESTORE}",
    ),
    "catalogue.foreign": ("{path} : pas un catalogue de Muniment", _RESTORE),
    "catalogue.version": (
        "{path} : catalogue de version {version}, ce programme lit la version {ours}",
        (
            "Utilisez la version de Muniment qui l’a écrit : une nouvelle indexation perdrait les corrections, les"
            " retraits et le journal."
        ),
    ),
    "catalogue.old-version": (
        "{path} : catalogue de version {version}, ce programme lit la version {ours}",
        "Lancez une fois 'muniment index' : le catalogue est converti à cette version, sans relire de document.",
    ),
    "catalogue.damaged": ("{path} : le catalogue est endommagé : {reason}", _RESTORE),
    "catalogue.failed": ("{path} : {reason}", _RESTORE),
    "catalogue.locked": (
        "{path} : {reason}",
        "Un autre programme y écrit ; attendez qu’il ait fini et réessayez.",
    ),
    "catalogue.not-accessible": (
        "{path} : {reason}",
        "Vérifiez que le dossier de l’archive existe et que l’on peut y écrire.",
    ),
    "catalogue.not-a-file": ("{path} : pas un fichier ordinaire", _RESTORE),
    "catalogue.not-text": (
        "{text} : pas un texte valide",
        "Tapez-le à nouveau, ou copiez-le depuis ce qu’affiche 'muniment search'.",
    ),
    "catalogue.unknown-value": (
        "le catalogue est endommagé : {value!r} n’est pas une valeur valide ({kind})",
        _RESTORE,
    ),
    "catalogue.permissions": ("{path} : {reason}", "Vérifiez le dossier et ses droits d’accès."),
    "catalogue.other-thread": (
        "{archive} : une archive ouverte en écriture ne peut être utilisée que par le fil d’exécution qui l’a ouverte",
        "Écrivez depuis ce fil, ou ouvrez l’archive en lecture.",
    ),
    "settings.thesaurus-equivalent": (
        "{path} : equivalent dans [thesaurus] n’est pas une liste de listes de deux termes ou plus",
        'Écrivez equivalent = [["CSO", "civil society organisation"], ["LGBTI", "LGBT"]].',
    ),
    "settings.skos-too-large": ("{path} : dépasse {limit} Mo", "Indiquez un fichier SKOS plus petit."),
    "settings.skos-unreadable": (
        "{path} : ne peut pas être lu : {error}",
        "Corrigez le nom du fichier de skos dans [thesaurus].",
    ),
    "settings.skos-invalid": (
        "{path} : pas du SKOS en RDF/XML : {error}",
        "Exportez le thésaurus en RDF/XML.",
    ),
    "archive.lock-file": ("un fichier de verrouillage d’un programme Office"),
    "archive.mail-server-file": "une liste d’un serveur de courrier",
}
