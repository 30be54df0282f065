"""French sentences of the archivist's pages."""

from __future__ import annotations

SENTENCES: dict[str, str | tuple[str, str]] = {
    "web.pages-of-site": "Pages",
    "web.curate": "Gestion",
    "web.edit": "Corriger ces valeurs",
    "web.form-kind": (
        "Le formulaire a été envoyé d’une façon que ces pages n’utilisent pas.",
        "Envoyez-le depuis la page elle-même.",
    ),
    "web.form-too-long": ("Le formulaire dépasse {most:,} octets.", "Envoyez-en moins à la fois."),
    "web.no-such-job": (
        "Il n’y a pas de tâche {number}.",
        "Voyez les tâches les plus récentes dans la vue d’ensemble.",
    ),
    "web.server-gone": (
        "Le serveur ne répond plus. Démarrez-le de nouveau ; ce que la tâche avait enregistré est conservé."
    ),
    "web.job-running": (
        "Rien n’a été lancé, car une tâche est en cours : {title}.",
        "Lancez ceci quand elle sera terminée.",
    ),
    "web.absolute-folder": (
        "Le dossier doit être indiqué avec son chemin complet.",
        "Écrivez-le comme dans /home/ada/copies/bag.",
    ),
    "web.job.waiting": "en attente",
    "web.job.checking": "examen des fichiers",
    "web.job.reading": "lecture des fichiers",
    "web.job.recognising": "reconnaissance des pages",
    "web.job.indexing": "indexation des documents",
    "web.job.verifying": "comparaison des fichiers",
    "web.job.packing": "copie des fichiers",
    "web.job.stopped": "Arrêtée. Ce qui a été fait avant est conservé.",
    "web.job.failed": (
        "La tâche s’est terminée avant la fin : {reason}.",
        "Vérifiez le disque, puis relancez-la.",
    ),
    "web.job-state.running": "en cours",
    "web.job-state.done": "Terminée",
    "web.job-state.failed": "Échouée",
    "web.job-state.stopped": "Arrêtée",
    "web.job-state.interrupted": "Interrompue",
    "web.job-interrupted": "Le serveur s’est arrêté avant la fin de cette tâche. Ce qui avait "
    "été enregistré est conservé. Relancez-la pour faire le reste.",
    "web.job-seconds": "durée : {seconds:,} {seconds:one=seconde|other=secondes}",
    "web.job-minutes": "durée : {minutes:,} {minutes:one=minute|other=minutes}",
    "web.run.no-files": "Il n’y a aucun fichier dans {folder}. Mettez-y des documents "
    "et intégrez-les, ou indiquez un autre dossier.",
    "web.job.verify": "Vérifier l’archive",
    "web.job.index": "Intégrer des fichiers",
    "web.job.index-retry": "Intégrer des fichiers et relire ceux qui ont échoué",
    "web.job.reindex": "Reconstruire l’index",
    "web.job.export": "Exporter l’archive",
    "web.jobs": "Tâches",
    "web.job-running-now": "en cours",
    "web.job-progress": "{stage} : {done:,} sur {total:,}",
    "web.stop": "Arrêter",
    "web.verified-whole": (
        "Rien n’est perdu : {files:,} {files:one=fichier|other=fichiers} et {texts:,}"
        " {texts:one=texte conservé|other=textes conservés} concordent avec ce qui a été enregistré."
    ),
    "web.verified-differences": "{count:,} {count:one=différence trouvée|other=différences trouvées}.",
    "web.run.added": "{count:,} {count:one=ajouté|other=ajoutés}",
    "web.run.changed": "{count:,} {count:one=modifié|other=modifiés}",
    "web.run.moved": "{count:,} {count:one=déplacé|other=déplacés}",
    "web.run.duplicate": "{count:,} {count:one=doublon|other=doublons}",
    "web.run.removed": "{count:,} {count:one=disparu|other=disparus}",
    "web.run.replaced": "{count:,} {count:one=remplacé|other=remplacés} par d’autres fichiers",
    "web.run.failed": "{count:,} {count:one=illisible|other=illisibles}",
    "web.run.partial": "parmi les fichiers lus, {count:,} seulement en partie",
    "web.run.without-text": "parmi les fichiers lus, {count:,} sans texte",
    "web.run.unchanged": "{count:,} {count:one=inchangé|other=inchangés}",
    "web.run.contains": (
        "L’archive a maintenant {documents:,} {documents:one=document|other=documents} et {pages:,}"
        " {pages:one=page|other=pages}."
    ),
    "web.exported": (
        "{files:,} {files:one=fichier|other=fichiers} et le tableau de {documents:,}"
        " {documents:one=document|other=documents} sont dans {folder}."
    ),
    "web.overview": "Vue d’ensemble",
    "web.bring-in": "Intégrer",
    "web.failures": "Échecs",
    "web.queue": "File d’attente",
    "web.log": "Journal",
    "web.export": "Exporter",
    "web.ledger": "Ce que contient l’archive",
    "web.files-in-state": "Fichiers",
    "web.to-do": "Ce qui attend",
    "web.undated-documents": "{count:,} sans date",
    "web.uncategorised-documents": "{count:,} sans catégorie",
    "web.listed-documents": "{count:,} {count:one=listé, mais absent|other=listés, mais absents}",
    "web.index-current": "L’index est à jour jusqu’à la modification {change:,}.",
    "web.index-bytes-unread": (
        "Seuls les numéros et les tailles le disent ; « Vérifier chaque octet » lit ses fichiers."
    ),
    "web.last-check-differs": (
        "Le dernier contrôle de l’archive a trouvé {count:,} {count:one=différence|other=différences}."
    ),
    "web.log-older": "Événements plus anciens",
    "web.compare-folders": "Comparer les dossiers avec les {count:,} fichiers connus",
    "web.verify-now": "Vérifier chaque octet",
    "web.verify-quick": "Vérifier présence et tailles",
    "web.folders": "Dossiers",
    "web.planned": "Ce que ferait l’indexation maintenant",
    "web.nothing-new": "Rien n’est nouveau, modifié, déplacé ou manquant.",
    "web.more-files": "et {count:,} {count:one=autre|other=autres}",
    "web.step": "Étape",
    "web.was": "auparavant",
    "web.index-now": "Intégrer ces fichiers",
    "web.index-this-folder": "Indexer ce dossier maintenant : {folder}",
    "web.add-folders": "Autres dossiers, un par ligne",
    "web.retry-failed": "Relire ce qui a échoué ou n’a été lu qu’en partie",
    "web.use-ocr": "Lire les pages numérisées par OCR",
    "web.allow-missing": "Continuer même si plus de la moitié des fichiers connus manquent",
    "web.reindex-now": "Reconstruire l’index",
    "web.none-failed": "Tout a été lu en entier.",
    "web.retry-all": "Relire ceux-ci",
    "web.attempts": "{count:,} {count:one=tentative|other=tentatives}",
    "web.queue.undated": "Sans date",
    "web.queue.uncategorised": "Sans catégorie",
    "web.queue.untitled": "Sans titre",
    "web.queue.conflicts": "Sources en désaccord",
    "web.queue.without-text": "Sans texte",
    "web.queue.partial": "Lus en partie ou texte brouillé",
    "web.queue.versions": "Versions en plusieurs langues",
    "web.queue-empty": "Il ne reste rien dans cette liste.",
    "web.correct": "Corriger un document",
    "web.keep": "Garder",
    "web.nothing": "rien",
    "web.own-value": "Autre valeur",
    "web.there-is-none": "Il n’y en a pas",
    "web.remove-correction": "Supprimer la correction",
    "web.who": "Votre nom, pour le journal",
    "web.save": "Enregistrer",
    "web.save-and-back": "Enregistrer et continuer la file d’attente",
    "web.show-document": "Afficher le document",
    "web.reason": "Motif",
    "web.restore-now": "Le rétablir",
    "web.is-withdrawn": "Ce document est retiré : {reason}",
    "web.is-erased": "Ce document est effacé : {reason}",
    "web.what-erasing-does": "Ce que l’effacement supprime et laisse",
    "web.log-kind": "Type",
    "web.log-document": "Document",
    "web.log-since": "Depuis",
    "web.log-what": "Quoi",
    "web.log-when": "Quand",
    "web.before-after": "{field} : {old} → {new}",
    "web.export-about": (
        "Un paquet BagIt contient chaque original, un tableau des métadonnées et le catalogue avec chaque correction."
        " L’indexer ailleurs restaure l’archive."
    ),
    "web.export-folder": "Dossier de destination, avec son chemin complet ; il ne doit pas encore exister",
    "web.with-withdrawn": "Avec les documents retirés",
    "web.export-now": "Exporter",
    "web.number": "{number:,}",
    "web.arrow": "→",
    "web.bytes": "{size:,} {size:one=octet|other=octets}",
    "web.kib": "{size:,} Ko",
    "web.mib": "{size:,} Mo",
    "web.gib": "{size:,} Go",
    # Steps of a run for one file, by their values.
    "step.added": "nouveau",
    "step.changed": "modifié",
    "step.moved": "déplacé",
    "step.duplicate": "doublon",
    "step.retried": "relu",
    "step.removed": "disparu",
    "step.replaced": "contenu disparu, un autre fichier à sa place",
    # Kinds of events in the log, by their stored values.
    "event.added": "ajouté",
    "event.changed": "modifié",
    "event.begun": "commencé",
    "event.retried": "réessayé",
    "event.reread": "relu",
    "event.moved": "déplacé",
    "event.returned": "revenu",
    "event.removed": "disparu",
    "event.duplicate": "doublon",
    "event.copies": "copies",
    "event.failed": "échec",
    "event.unreadable": "illisible",
    "event.recognising": "reconnaissance en cours",
    "event.recognised": "texte reconnu",
    "event.ocr-interrupted": "OCR interrompue",
    "event.listed": "listé",
    "event.arrived": "arrivé",
    "event.imported": "liste importée",
    "event.unlisted": "plus listé",
    "event.import-undone": "import annulé",
    "event.corrected": "corrigé",
    "event.withdrawn": "retiré",
    "event.restored": "rétabli",
    "event.erased": "effacé",
    "event.unpacked": "paquet restauré",
    # Details of events, by their keys.
    "log-detail.state": "État",
    "log-detail.reason": "Raison",
    "log-detail.who": "Par",
    "log-detail.group": "Groupe",
    "log-detail.reader": "Lecteur",
    "log-detail.listing": "Liste",
    "log-detail.items": "Éléments",
    "log-detail.copies": "Copies",
    "log-detail.now": "Désormais",
    "log-detail.files": "Fichiers",
    # The overview.
    "web.sizes": "Tailles",
    "web.originals": "Originaux",
    "web.index": "Index",
    "web.verification": "Vérification",
    "web.never-verified": "Pas encore vérifié depuis ces pages.",
    "web.today": "aujourd’hui",
    "web.days-ago": "il y a {days:,} {days:one=jour|other=jours}",
    "web.verified-fully": "Chaque octet a été comparé le {day}, {ago}.",
    "web.verified-quickly": "Présence et tailles ont été contrôlées le {day}, {ago}.",
    "web.verified-well": "{files:,} {files:one=fichier concorde|other=fichiers concordent} avec ce qui est consigné.",
    "web.orphans": (
        "{count:,} {count:one=fichier inutilisé|other=fichiers inutilisés} de l’index ({size}) ; le prochain "
        "passage les supprime."
    ),
    "web.job.verify-quick": "Contrôler présence et tailles",
    "web.sum": "{total:,} {label} = {parts}",
    "web.sum-unequal": "{total:,} {label} ≠ {parts}",
    "web.sum-part": "{count:,} {name}",
    "web.sum-parts": "{left} + {count:,} {name}",
    # Failures.
    "web.retry-group": "Relire {count:,} {count:one=fichier|other=fichiers}",
    "web.retry-one": "Relire",
    "web.job.retry": "Relire {count:,} {count:one=fichier|other=fichiers}",
    "web.reader": "Lecteur",
    # The queue.
    "web.queue.uncertain": "Peu sûr",
    "web.queue.day-month": "Jour ou mois d’abord ?",
    "web.queue-about.conflicts": "Des sources fiables donnent des valeurs différentes à ces champs.",
    "web.queue-about.uncertain": "Ces valeurs sont des suppositions, faute de mieux.",
    "web.queue-about.day-month": (
        "Imprimée 03/04/2018, une date est le 3 avril pour les uns, le 4 mars pour les autres."
    ),
    "web.queue-about.versions": (
        "Paires qui sont peut-être un même texte en plusieurs langues. Comparez-les ; rien n’est fusionné."
    ),
    "web.off-list": "N’est plus dans cette liste",
    "web.first-page-image": "La première page",
    "web.first-page-text": "Le début du texte",
    "web.log-show": "Afficher",
    # A listing.
    # Export and the check before it.
    "web.export-bag": "Un paquet de toute l’archive",
    "web.export-files": "{count:,} {count:one=original|other=originaux}, {size}",
    "web.export-documents": "Le tableau et le catalogue de {count:,} {count:one=document|other=documents}",
    "web.export-missing": (
        "{count:,} {count:one=fichier manque et ne peut|other=fichiers manquent et ne peuvent} pas être "
        "{count:one=exporté|other=exportés}"
    ),
    "web.export-withdrawn": (
        "{count:,} {count:one=document retiré est laissé|other=documents retirés sont laissés} de côté, sauf "
        "si vous cochez la case"
    ),
    "web.export-table": "Le tableau seul",
    "web.export-table-about": (
        "Titre, date, catégorie et autres valeurs de chaque document trouvable, sans textes ni fichiers :"
    ),
    "web.harm-heading": "Avant de transmettre",
    "web.harm-about": (
        "Compte les adresses électroniques, les numéros de téléphone et les noms que vous donnez dans tout "
        "ce qui serait exporté, et nomme les documents. La liste de noms n’est pas conservée. Un compte de "
        "zéro ne prouve rien : lisez ce que vous transmettez."
    ),
    "web.harm-names": "Noms à chercher, un par ligne",
    "web.harm-file": "Ou un fichier texte, un nom par ligne",
    "web.harm-check": "Chercher",
    "web.job.harm": "Chercher adresses, numéros et noms",
    "web.job.looking": "lecture des textes",
    "web.harm-total": (
        "{documents:,} {documents:one=document parcouru|other=documents parcourus} ; trouvailles dans {found:,}."
    ),
    "web.harm-total-mails": "{count:,} {count:one=adresse électronique|other=adresses électroniques}",
    "web.harm-total-phones": "{count:,} {count:one=numéro|other=numéros} de téléphone",
    "web.harm-total-names": "{count:,} {count:one=occurrence|other=occurrences} des noms",
    "log-detail.undoes": "Annule",
}
