"""French sentences: what a run reports while it works.

Areas: run, reread, ocr, engine. The spaces before ``; : ! ?`` and inside « » are U+202F.
See `corpus.messages` for how a sentence is written.
"""

from __future__ import annotations

SENTENCES: dict[str, str | tuple[str, str]] = {
    "run.no-such-archive": (
        "{folder} : dossier introuvable",
        "Créez-le d’abord, ou indiquez-en un autre avec --archive.",
    ),
    "run.no-reader-starts": (
        "aucun programme de lecture des fichiers ne peut démarrer",
        (
            "Les fichiers à lire restent comme ils étaient. Vérifiez que cet utilisateur peut exécuter {python}, "
            "qu’il reste de la mémoire et que Muniment est installé en entier ; puis recommencez."
        ),
    ),
    "run.gone-folder": (
        "{folder} : n’existe pas, et des fichiers qu’il contenait sont dans l’archive",
        (
            "Connectez son disque. S’il a été supprimé volontairement, enregistrez ses fichiers comme manquants :"
            " muniment index --yes-missing"
        ),
    ),
    "run.unreadable-folder": (
        "{folder} : ne peut pas être lu : {cause}",
        "Vérifiez le nom, les droits d’accès au dossier ou le disque.",
    ),
    "run.not-a-folder": (
        "{folder} : ni un dossier ni un fichier ayant un contenu",
        "Indiquez un dossier ou un fichier ; les tubes et les périphériques ne peuvent pas être indexés.",
    ),
    "run.watch-waits": (
        "{problem} ; la surveillance reprendra quand le disque sera de nouveau connecté. Si les fichiers ont été"
        " supprimés volontairement, arrêtez-la avec Ctrl-C et lancez 'muniment index --yes-missing'"
    ),
    "run.many-missing": (
        (
            "{missing:,} {missing:one=fichier|other=fichiers} sur {known:,} {known:one=connu|other=connus}"
            " {missing:one=manque|other=manquent}, par exemple {example} ; rien n’a été modifié"
        ),
        "Vérifiez que le disque est connecté. Si les fichiers ont été supprimés volontairement, ajoutez --yes-missing.",
    ),
    "run.empty-folder": (
        "{folder} : tous les fichiers connus de ce dossier ({missing:,}) manquent ; rien n’a été modifié",
        "Vérifiez que le disque est connecté. Si les fichiers ont été supprimés volontairement, ajoutez --yes-missing.",
    ),
    "run.sidecar": "décrit le fichier qu’il accompagne",
    "run.interrupted": "interrompu ; ce qui a été lu est en cours d’indexation, et un second Ctrl-C arrête aussitôt",
    "run.index-upgrade": (
        "l’index est de la version {found} ; il est reconstruit en version {used} à partir du catalogue, et aucun"
        " fichier n’est relu"
    ),
    "run.bag-restored": "restaurée à partir du paquet BagIt, avec ses identifiants, ses corrections et son journal",
    "reread.tombstone": "a été {reason}, et n’est pas lu",
    "reread.no-file": "seule une liste le nomme ; il n’y a pas de fichier à lire",
    "reread.missing": "son fichier manque ; ce qui en a été lu est conservé",
    "reread.changed": (
        "son fichier a changé depuis qu’il a été lu ; lancez 'muniment index', qui le lit dans son état actuel"
    ),
    "reread.unconfirmed": (
        "hors de l’archive, dans un dossier que personne n’a indiqué sur cette machine ; indiquez-le une fois avec"
        " 'muniment index FOLDER'"
    ),
    "reread.ocr": (
        "il a du texte issu de l’OCR, qu’une relecture ferait perdre ; ajoutez --ocr pour le reconnaître à nouveau"
    ),
    # Reasons that are stored with files and documents.
    "run.unfinished": (
        "{read:,} {read:one=document|other=documents} sur les {total:,} qu’il contient"
        " {read:one=a été lu|other=ont été lus} dans le temps accordé à un fichier ; la prochaine indexation continue"
    ),
    "run.folder-left-out": (
        "écarté, car il est hors de l’archive et personne ne l’a indiqué sur cette machine ; s’il est à vous,"
        " indiquez-le une fois : muniment index {folder}"
    ),
    "run.content-erased": (
        "{count:,} {count:one=fichier a été écarté|other=fichiers ont été écartés}, car le contenu a été effacé"
    ),
    "run.place-erased": (
        "écarté, car le document à ce chemin a été effacé ; une version pour l’archive doit porter un autre nom"
    ),
    "run.copy": "les mêmes octets que {path}",
    "run.copy-of-failed": "les mêmes octets que {path} : {reason}",
    "run.embedded-removed": "n’est plus dans son fichier",
    "ocr.not-installed": (
        "l’OCR demande tesseract, qui n’est pas installé",
        "Debian et Ubuntu : apt install tesseract-ocr tesseract-ocr-fra (et d’autres langues), puis réessayez.",
    ),
    # Reasons that are stored with documents; those of a document begin with "OCR ".
    "ocr.no-text": "OCR sans texte trouvé",
    "ocr.failed-page": "OCR en échec à la page {page:,} : {reason}",
    "ocr.failed-pages": (
        "OCR en échec sur {count:,} {count:one=page|other=pages}, la première étant la page {page:,} : {reason}"
    ),
    "ocr.missing-languages": (
        "tesseract ne peut pas lire {languages} ici (sur Debian et Ubuntu : apt install {packages})"
    ),
    "ocr.unknown-languages": "tesseract ne peut pas lire {languages}",
    "ocr.no-tesseract": "tesseract n’est pas installé",
    "ocr.no-language": "tesseract n’a aucune des langues du document",
    "ocr.no-such-page": "le fichier n’a pas cette page",
    "ocr.image-too-large": "une image de {width:,} x {height:,} pixels est trop grande",
    "ocr.unreadable-file": "le fichier ne peut pas être ouvert : {cause}",
    "ocr.not-rendered": "l’image de la page ne peut pas être produite : {cause}",
    "ocr.no-page-size": "la page n’a pas de dimensions",
    "ocr.no-time": "il ne restait plus de temps",
    "ocr.too-slow": "tesseract a pris plus de {seconds:g} s",
    "ocr.not-started": "tesseract ne peut pas être lancé : {cause}",
    "ocr.tesseract-failed": "tesseract a échoué : {cause}",
    "ocr.crashed": "tesseract a planté avec {signal}",
    "ocr.exit-code": "tesseract s’est terminé avec le code {code}",
    "run.lone-sidecar": ("un fichier d’accompagnement sans son fichier"),
    "run.no-file-beside": ("décrit {file}, qui n’est pas à côté de lui ; il n’est pas indexé"),
    "engine.address-form": "elle n’a pas la forme opensearch://hôte:9200/nom",
    "engine.address-secret": "elle ne doit contenir ni utilisateur ni mot de passe ; ils sont lus dans l’environnement",
    "engine.address-name": "{name!r} n’est pas un nom de minuscules, de chiffres, de - et de _",
    "engine.address-host": "{host!r} n’est pas un hôte avec un port",
    "engine.address-hosts": "elle nomme plus de {limit} hôtes",
    "engine.unconfirmed": (
        "{archive} : ses réglages nomment le moteur {address}, que personne n’a confirmé sur cette machine",
        "Rien n’a été envoyé. Si vous lui confiez ces documents : muniment reindex --engine {address}",
    ),
    "engine.unconfirmed-reader": (
        "{archive} : ses réglages nomment le moteur {address}, que personne n’a confirmé sur cette machine",
        "Rien n’a été envoyé. Si c’est lui qu’il faut interroger : muniment search --read-from {address} REQUÊTE",
    ),
    "engine.unreachable": (
        "{address} : le moteur de recherche ne répond pas : {reason}",
        "Rien n’est perdu. Réessayez dès qu’il répond.",
    ),
    "engine.no-tls": "ce qui y répond ne parle pas TLS",
    "engine.document-newer": (
        "{address} : l’index y a un état plus récent du document {document_id} que le catalogue",
        "Réécrivez l’index : muniment reindex",
    ),
    "engine.no-index": (
        "{address} : il n’y a pas d’index de ce nom",
        "Vérifiez le nom à la fin de l’adresse. Là où est le fonds, 'muniment reindex' écrit son index.",
    ),
    "engine.waiting": "attente de {address}, qui n’a pas encore répondu",
    "engine.change-recorded": (
        "la modification est enregistrée, mais l’index ne l’a pas encore : {reason}",
        "Inutile de la refaire. Une fois le problème résolu : muniment index",
    ),
    "engine.change-unconfirmed": (
        "la modification est enregistrée, mais l’index ne l’a pas encore : {reason}",
        "Inutile de la refaire ; rien n’a été envoyé. Si l’adresse est sûre : muniment reindex --engine {address}",
    ),
    "engine.redirect": (
        "{address} : ce qui y répond renvoie à {target} (état {status}), ce qui n’est pas suivi",
        "Donnez l’adresse du moteur lui-même : muniment reindex --engine opensearch://HÔTE:PORT/NOM",
    ),
    "engine.stranger": (
        "{address} : ce qui y répond n’est pas le moteur de recherche OpenSearch (état {status})",
        "Vérifiez l’hôte et le port de l’adresse. Un mandataire a pu répondre à sa place.",
    ),
    "engine.tls": (
        "{address} : pas de connexion sûre au moteur de recherche : {reason}",
        "Toute adresse hors de cette machine est interrogée par TLS. MUNIMENT_ENGINE_CA nomme vos propres certificats.",
    ),
    "engine.tls-wanted": (
        "{address} : le moteur de recherche veut TLS, et une adresse de cette machine est interrogée sans",
        "Mettez le nom de cette machine à la place : muniment reindex --engine opensearch://HÔTE:PORT/NOM",
    ),
    "engine.blocked": (
        "{address} : le moteur de recherche a bloqué cela : {reason}",
        "Levez-y le blocage (index.blocks, cluster.blocks), ou libérez ses disques, et réessayez.",
    ),
    "engine.disk-full": (
        "{address} : les disques du moteur de recherche sont pleins : {reason}",
        "Rien n’est perdu. Libérez de la place sur ses nœuds, qui lèvent eux-mêmes le blocage, et réessayez.",
    ),
    "engine.closed": (
        "{address} : le moteur de recherche a fermé un index : {reason}",
        "Ouvrez-le sur la grappe (POST /NOM/_open), et réessayez.",
    ),
    "engine.refused": (
        "{address} : le moteur de recherche refuse l’utilisateur ou le jeton (état {status})",
        "Définissez MUNIMENT_ENGINE_USER et MUNIMENT_ENGINE_PASSWORD, ou MUNIMENT_ENGINE_TOKEN.",
    ),
    "engine.credentials": (
        "un utilisateur et un jeton pour le moteur de recherche sont tous deux définis",
        "Définissez MUNIMENT_ENGINE_USER avec MUNIMENT_ENGINE_PASSWORD, ou MUNIMENT_ENGINE_TOKEN, pas les deux.",
    ),
    "engine.half-credentials": (
        "une seule des variables MUNIMENT_ENGINE_USER et MUNIMENT_ENGINE_PASSWORD est définie",
        "Définissez les deux, ou aucune.",
    ),
    "engine.certificates": (
        "{path} : les certificats de MUNIMENT_ENGINE_CA ne peuvent pas être lus : {reason}",
        "Nommez un fichier qui contient les certificats de l’autorité en PEM.",
    ),
    "engine.partial": (
        "{address} : le moteur de recherche n’a répondu qu’en partie : {reason}",
        "Aucune réponse partielle n’est montrée. Réessayez quand toute la grappe répond.",
    ),
    "engine.answer": (
        "{address} : le moteur de recherche ne peut pas le faire (état {status}) : {reason}",
        "Voyez le journal de la grappe et docs/cluster.md.",
    ),
    "engine.not-an-answer": "sa réponse n’est pas du JSON d’un moteur de recherche, ou dépasse {limit} Mo",
    "engine.unexpected-answer": "sa réponse n’a pas {part}, ou y a autre chose",
    "engine.document-too-long": (
        "{address} : le moteur n’accepte pas de requête longue comme le document {document_id} ({size:,} octets)",
        "Laissez ses nœuds en accepter de plus longues (docs/cluster.md), ou : muniment withdraw {document_id}",
    ),
    "engine.document-refused": (
        "{address} : le moteur de recherche n’accepte pas le document {document_id} : {reason}",
        "Rien n’est perdu. Voyez le journal du cluster et docs/cluster.md.",
    ),
    "engine.timed-out": "le temps est écoulé",
    "engine.shards-failed": "parties de l’index sans réponse : {count}",
    "engine.parts-missing": "certaines de ses parties n’ont plus de copie qui répond",
    "engine.other-archive": (
        "{address} : l’index {index} y appartient à un autre fonds ou programme",
        "Choisissez un autre nom à la fin de l’adresse.",
    ),
    "engine.copy": (
        "{archive} : est une copie de {original}, dont l’index est à {address}",
        "Rien n’a été envoyé. Choisissez un autre nom à la fin de l’adresse, comme {address}-copy.",
    ),
    "engine.wide-pattern": (
        "{pattern} représente plus de {limit:,} mots",
        "Tapez davantage de lettres du mot.",
    ),
    "engine.phrase-limit": (
        "{phrase!r} : ses mots sont coupés de trop de façons pour être cherchés comme une seule expression",
        "Cherchez une expression plus courte.",
    ),
    "engine.index-left": (
        "l’index que le fonds y avait reste en place, et les retraits et effacements qui lui manquent ne l’atteignent"
        " pas : {reason}"
    ),
    "engine.not-removed": (
        "{reason} ; les retraits et effacements qui lui manquent ne l’atteignent pas ; pour le supprimer, envoyez au"
        " cluster : DELETE /{names}"
    ),
    "engine.indexes-stay": (
        "les index que le fonds y avait restent en place, et les retraits et effacements qui leur manquent ne les"
        " atteignent pas ; pour les supprimer, envoyez au cluster : DELETE /{names}"
    ),
    "engine.no-documents": (
        "{address} : l’index qui s’y trouve ne garde pas de documents lisibles sans le catalogue",
        "Là où se trouve le fonds : écrivez [index] store_documents = true, puis muniment reindex",
    ),
    "engine.no-cluster": (
        "{archive} : ses réglages ne nomment pas de grappe où lire les documents, mais {engine}",
        "Nommez-en une : --read-from opensearch://HÔTE:9200/NOM",
    ),
    "command.no-place": (
        "{engine!r} n’est pas un endroit où lire les documents : {reason}",
        "Écrivez --read-from catalogue, cluster ou opensearch://HÔTE:9200/NOM.",
    ),
    "command.engine-confirm-all": (
        "Les textes et les métadonnées de tous les documents de {archive} seront envoyés à {address} et gardés là."
        " Continuer ?"
    ),
    "command.no-engine": (
        "{engine!r} n’est pas un moteur de recherche : {reason}",
        "Écrivez --engine opensearch://hôte:9200/nom, ou --engine whoosh.",
    ),
    "command.engine-yes": (
        "cela envoie les mots et les métadonnées de tous les documents à un moteur, et personne ne peut répondre ici",
        "Si c’est voulu, ajoutez --yes.",
    ),
    "command.engine-confirm": (
        "Les mots et les métadonnées de tous les documents de {archive} seront envoyés à {address}. Continuer ?"
    ),
    "engine.token-form": (
        "le jeton dans MUNIMENT_ENGINE_TOKEN a des caractères qu’un jeton ne peut pas avoir",
        "N’y mettez que le jeton, en lettres, chiffres et signes ASCII.",
    ),
}
