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
    "web.no-such-choice": (
        "Le choix pour {field} n’est pas un de ceux du formulaire.",
        "Chargez la page à nouveau.",
    ),
    "web.no-such-job": (
        "Il n’y a pas de tâche {number}.",
        "Voyez les tâches les plus récentes dans la vue d’ensemble.",
    ),
    "web.job-running": (
        "La tâche {number} est encore en cours : {title}.",
        "Attendez sa fin, ou arrêtez-la sur sa page.",
    ),
    "web.erase-unconfirmed": ("Rien n’a été effacé.", "Tapez l’identifiant {id} pour confirmer."),
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
    "web.withdrawn-documents": "{count:,} {count:one=retiré|other=retirés}",
    "web.index-current": "L’index est à jour jusqu’à la modification {change:,}.",
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
    "web.withdraw-heading": "Retirer",
    "web.withdraw-about": (
        "Aucune recherche ni page publique ne le montre plus. Le fichier reste où il est ; le catalogue garde son"
        " texte, et le journal dit qui l’a retiré, quand et pourquoi."
    ),
    "web.reason": "Motif",
    "web.withdraw-now": "Le retirer",
    "web.restore-now": "Le rétablir",
    "web.is-withdrawn": "Ce document est retiré : {reason}",
    "web.is-erased": "Ce document est effacé : {reason}",
    "web.erase-heading": "Effacer",
    "web.erase-about": (
        "Son texte, ses métadonnées et les détails de ses entrées du journal sont supprimés définitivement. Cela ne"
        " peut pas être annulé."
    ),
    "web.erase-now": "Effacer définitivement",
    "web.erase-files": "Ces fichiers ne sont pas touchés, et ont toujours le contenu",
    "web.erase-containers": "Ces fichiers le contiennent à côté d’autres documents",
    "web.erase-documents": "Effacés ensemble",
    "web.erase-confirm": "Tapez {id} pour confirmer",
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
    "web.bulk": "Donner une valeur à tous ces documents",
    "web.bulk-about": (
        "Cela modifie {count:,} {count:one=document, celui|other=documents, ceux} de la recherche : {understood}"
    ),
    "web.bulk-preview": "Montrer ce qui changerait",
    "web.bulk-before": "Maintenant",
    "web.bulk-after": "Ensuite",
    "web.bulk-type": "Tapez le nombre de documents, {count}, pour confirmer",
    "web.bulk-apply": "Modifier {count:,} {count:one=document|other=documents}",
    "web.bulk-done": "{count:,} {count:one=document modifié|other=documents modifiés}",
    "web.bulk-logged": "Le journal contient les modifications sous le nom {group}.",
    "web.bulk-undo": "Tout annuler",
    "web.bulk-too-many": ("La recherche trouve plus de {most:,} documents.", "Affinez-la."),
    "web.bulk-changed": (
        (
            "La recherche trouve maintenant {count:,} {count:one=document|other=documents}, un autre nombre que celui"
            " affiché."
        ),
        "Regardez ce qui changerait, et confirmez à nouveau.",
    ),
    "web.bulk-unconfirmed": (
        "Rien n’a été modifié.",
        "Tapez le nombre de documents, {count}, pour confirmer.",
    ),
    "web.listing": "Liste",
    "web.listing-about": (
        "Une liste donne les titres, dates et catégories de documents : une page web enregistrée, un tableau, ou un"
        " texte copié d’une telle page. Elle est d’abord essayée, et ne modifie rien tant que vous ne l’importez pas."
    ),
    "web.listing-file": "Fichier (CSV, HTML ou texte)",
    "web.listing-text": "Ou collez-la",
    "web.listing-name": "Nom de la liste ; une liste du même nom est remplacée",
    "web.listing-try": "L’essayer",
    "web.listing-apply": "L’importer",
    "web.listing-undo": "Annuler un import",
    "web.listing-undo-name": "Liste ; sans nom, le dernier import",
    "web.listing-items": (
        "{items:,} {items:one=élément compris|other=éléments compris}, dont {here:,} ici ; {changes:,}"
        " {changes:one=valeur changerait|other=valeurs changeraient}."
    ),
    "web.listing-missing": "{count:,} {count:one=listé, mais absent|other=listés, mais absents}",
    "web.listing-unlisted": "{count:,} {count:one=présent, mais non listé|other=présents, mais non listés}",
    "web.listing-conflicts": "{count:,} {count:one=valeur|other=valeurs} en désaccord avec une autre liste",
    "web.no-listing": ("Aucune liste n’a été envoyée.", "Choisissez un fichier, ou collez le texte d’une liste."),
    "web.no-listing-name": (
        "La liste n’a pas de nom.",
        "Donnez-lui un nom, pour pouvoir la remplacer et l’annuler.",
    ),
    "web.nothing-listed": (
        "La liste ne nomme aucun document : {reason}",
        "Voyez docs/listings.md pour ce qui peut être lu.",
    ),
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
    "web.listing-tried": "Rien n’est encore modifié.",
    "web.listing-choose": (
        "Ces lignes changeraient quelque chose. Celles que vous décochez sont écartées, comme si la liste ne "
        "les contenait pas."
    ),
    "web.listing-import": "Importer",
    "web.listing-row": "Ligne",
    "web.listing-item": "Document",
    "web.listing-changes": "Ce qui changerait",
    "web.listing-new": "absent ; noté comme listé",
    "web.listing-disagrees": "Une autre liste est en désaccord sur",
    "web.listing-more-rows": (
        "{count:,} {count:one=autre ligne changerait aussi quelque chose et sera importée|other=autres "
        "lignes changeraient aussi quelque chose et seront importées} avec le reste."
    ),
    "web.listing-no-change": "Aucune valeur ne changerait.",
    "web.listing-apply-chosen": "Importer les lignes choisies",
    "web.listing-gone": "{count:,} {count:one=listé|other=listés} auparavant et plus maintenant",
    "web.listing-another": "Essayer une autre liste",
    "web.listing-done": "{count:,} {count:one=élément a été importé|other=éléments ont été importés}.",
    "web.listing-left": "{count:,} {count:one=ligne a été écartée|other=lignes ont été écartées}, selon votre choix.",
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
    # Reasons of failures, put together.
    "failures.part": "une partie",
    "failures.none": "aucune raison notée",
    "web.job-has-archive": (
        "Rien n’a été enregistré, car une tâche est en cours : {title}.",
        "Enregistrez à nouveau quand elle sera terminée.",
    ),
    "web.see-job": "Voir où elle en est",
    "web.no-own-value": (
        "Aucune valeur n’est saisie pour {field}.",
        "Saisissez-en une, ou choisissez « Il n’y en a pas » si le document n’en a pas.",
    ),
    "web.new-category": (
        "{category!r} n’est pas une catégorie de cette archive.",
        "Corrigez-la, ou dites que vous la voulez comme nouvelle.",
    ),
    "web.add-category": "Oui, créer la catégorie {category!r}",
    "web.changed-meanwhile": "Changé après le chargement de ce formulaire ; valeur actuelle",
    "web.bulk-undone": ("La modification de {count:,} {count:one=document|other=documents} a été annulée"),
    "web.bulk-undone-on": (
        "Annulée : {day}, dans {count:,} {count:one=document|other=documents} ; les valeurs plus récentes sont gardées."
    ),
    "web.bulk-no-change": ("Rien n’a changé : tous les documents ont déjà cette valeur.", "Choisissez-en une autre."),
    "web.bulk-all-newer": (
        "Rien n’a été annulé : chaque document a reçu depuis une valeur plus récente.",
        "Voyez le journal.",
    ),
    "web.no-such-bulk": (
        "Le journal n’a aucune modification de plusieurs documents nommée {group}.",
        "Voyez dans le journal celles qu’il a.",
    ),
    "web.category-is-new": "{category!r} n’est pas encore une catégorie de cette archive.",
    "log-detail.undoes": "Annule",
}
