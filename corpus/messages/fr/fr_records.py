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
    "research.store-no-folder": (
        "{folder} n’est pas un dossier, ou n’en est qu’un lien",
        "Indiquez le dossier lui-même avec --in.",
    ),
    "research.store-not-there": (
        "{folder} : ce dossier n’existe pas",
        "Vérifiez ce que --in indique ; 'record make', 'saved add' et 'review new' créent le dossier.",
    ),
    "research.store-unnamed": (
        "le nom du dossier est vide",
        "Indiquez un dossier avec --in, ou n’utilisez pas --in.",
    ),
    "research.store-of-another-user": (
        "{path} : le fichier est celui d’un autre utilisateur de cet ordinateur",
        "Indiquez avec --in un dossier à vous.",
    ),
    "research.no-feed": (
        "aucun flux n’a cette adresse, qui a peut-être été révoquée",
        "Demandez-en une nouvelle à qui vous l’a donnée.",
    ),
    "research.no-search": (
        "le formulaire n’a pas de recherche",
        "Revenez aux résultats, et suivez le lien au-dessous.",
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
    "research.nothing-to-settle": (
        "document {id} : les deux lecteurs n’ont pas décidé différemment, il n’y a donc rien à régler",
        "Enregistrez ce que chacun a décidé, avec --reader 1 et --reader 2.",
    ),
    "research.settled": (
        "document {id} : cela mettrait fin au désaccord des deux lecteurs, qu’ils ont réglé",
        "Retirez d’abord ce dont ils sont convenus : 'unseen' avec --reader agreed.",
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
    "records.yours": "Enregistré et relevé",
    "records.saved": "Recherches enregistrées",
    "records.records": "Relevés",
    "records.reviews": "Sélections",
    "records.kept-where": "Tout cela est à vous : gardé dans un dossier à vous, jamais dans le fonds.",
    "records.keep": "Garder, relever ou dépouiller cette recherche",
    "records.save": "Enregistrer la recherche",
    "records.put": "En faire un relevé",
    "records.screen-these": "Examiner ses documents",
    "records.name": "Nom",
    "records.note": "Remarque",
    "records.reason-for-limits": "Pourquoi elle est limitée ainsi",
    "records.add-to": "Ajouter à la sélection",
    "records.new-review": "Nom d’une nouvelle sélection",
    "records.reasons": "Motifs d’exclusion, un par ligne",
    "records.new-since": "{count:one={count:,} nouveau|other={count:,} nouveaux} depuis : {date}.",
    "records.seen": "Je les ai vus",
    "records.feed": "Flux Atom",
    "records.feed-key": "Son adresse n’ouvre que ce flux. Qui la connaît peut le lire tant que ce serveur fonctionne.",
    "records.make-feed": "Créer un flux",
    "records.revoke-feed": "Révoquer le flux",
    "records.remove": "Supprimer définitivement",
    "records.cannot-undo": "C’est irréversible.",
    "records.none-saved": (
        "Aucune recherche n’est enregistrée. Cherchez, puis choisissez « {link} » sur la page de résultats."
    ),
    "records.none-on-record": (
        "Aucune recherche n’est relevée. Cherchez, puis choisissez « {link} » sur la page de résultats."
    ),
    "records.none-in-review": (
        "Il n’y a pas de sélection. Cherchez, puis choisissez « {link} » sur la page de résultats."
    ),
    "records.record": "Relevé {number}",
    "records.forged": "Ce relevé a été modifié après coup.",
    "records.changes": "Ce qui a changé depuis",
    "records.then-and-now": "{then:,} alors, {now:,} maintenant.",
    "records.nothing-changed": "Rien n’a changé depuis.",
    "records.understood-otherwise": "La requête est comprise autrement maintenant : {understood}.",
    "records.change.new": "Nouveaux",
    "records.change.withdrawn": "Retirés ou effacés",
    "records.change.gone": "Plus trouvés",
    "records.change.text_changed": "Texte modifié",
    "records.change.metadata_changed": "Métadonnées modifiées",
    "records.unexplained": "Rien dans le journal : la requête est comprise, ou le fonds réglé, autrement qu’alors.",
    "records.files": "Pour votre article",
    "records.file.methods": "Paragraphe de méthode",
    "records.file.prisma-s": "Liste PRISMA-S",
    "records.file.csv": "Tableau des documents (CSV)",
    "records.file.changes": "Tableau des changements (CSV)",
    "records.file.json": "JSON",
    "records.file.ro-crate": "Objet de recherche (RO-Crate)",
    "records.file-of-review.csv": "Tableau (CSV)",
    "records.file-of-review.ris": "RIS",
    "records.file-of-review.flow": "Flux en tableau (CSV)",
    "records.file-of-review.svg": "Flux en dessin (SVG)",
    "records.progress": "{done:,} sur {count:,} faits.",
    "records.settled": "Désaccords tranchés : {done:,} sur {count:,}.",
    "records.not-searched": (
        "Hors recherche : fichiers illisibles : {failed:,} ; inventoriés : {listed:,} ; disparus : {missing:,} ;"
        " sans texte : {without:,}."
    ),
    "records.kappa-jumps": (
        "Avec peu de documents, ou quand presque tous sont jugés pareils, le kappa saute : donnez aussi le nombre"
        " d’accords."
    ),
    "records.screen-as.1": "Examiner en premier lecteur",
    "records.screen-as.2": "Examiner en second lecteur",
    "records.screen-as.agreed": "Régler les désaccords",
    "records.reader.1": "Premier lecteur",
    "records.reader.2": "Second lecteur",
    "records.reader.agreed": "Les deux lecteurs",
    "records.decision.relevant": "Pertinent",
    "records.decision.not": "Non pertinent",
    "records.decision.maybe": "Peut-être",
    "records.decision.unseen": "Pas encore examiné",
    "records.reason": "Motif",
    "records.own-reason": "Autre motif",
    "records.later": "Plus tard",
    "records.space": "espace",
    "records.take-back": "Annuler",
    "records.whole": "Ouvrir le document",
    "records.nothing-left": "Il ne reste rien à décider.",
    "records.flow": "Chiffres de la sélection",
    "records.agreement": "Les deux lecteurs sont d’accord sur {agreed:,} de {count:,} ; kappa de Cohen : {kappa}.",
    "records.agreement-only": (
        "Les deux lecteurs sont d’accord sur {agreed:,} de {count:,} ; le kappa de Cohen n’est pas défini."
    ),
    "records.read-back": "Relire les décisions",
    "records.file-to-read-back": "Le tableau ou le fichier RIS, avec vos décisions",
    "records.decisions-read": (
        "Décisions lues : {count:,}. Identifiants du fichier absents de cette sélection : {unknown:,}."
    ),
    "records.documents": "Ses documents",
    "flow.identified": "Identifiés par les recherches",
    "flow.duplicates-removed": "Doublons retirés",
    "flow.records": "À examiner",
    "flow.not-retrievable": "Non accessibles",
    "flow.not-yet-screened": "Pas encore examinés",
    "flow.screened": "Examinés",
    "flow.excluded": "Exclus",
    "flow.undecided": "Indécis",
    "flow.included": "Inclus",
    "flow.maybe": "Peut-être",
    "flow.readers-disagree": "Lecteurs en désaccord",
    "flow.no-reason-given": "Sans motif",
}
"""The sentences by code; of an error with its hint."""
