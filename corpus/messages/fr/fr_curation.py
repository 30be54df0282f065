"""French sentences of the archivist's pages."""

from __future__ import annotations

SENTENCES: dict[str, str | tuple[str, str]] = {
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
    "web.verified-fully": "Chaque octet a été comparé le {day} (il y a {days:,} {days:one=jour|other=jours}).",
    "web.verified-quickly": (
        "Présence et tailles ont été contrôlées le {day} (il y a {days:,} {days:one=jour|other=jours})."
    ),
    "web.verified-well": "{files:,} {files:one=fichier concorde|other=fichiers concordent} avec ce qui est consigné.",
    "web.orphans": (
        "{count:,} {count:one=fichier inutilisé|other=fichiers inutilisés} de l’index ({size}) ; le prochain "
        "passage les supprime."
    ),
    "web.job.verify-quick": "Contrôler présence et tailles",
    "web.difference": "{problem}. {advice}",
    "web.sum": "{total:,} {label} = {parts}",
    "web.sum-part": "{count:,} {name}",
    "web.sum-parts": "{left} + {count:,} {name}",
    # Failures.
    "web.retry-group": "Relire {count:,} {count:one=fichier|other=fichiers}",
    "web.retry-one": "Relire",
    "web.nothing-to-retry": ("Aucun fichier de ce genre n’attend d’être relu.", "Rechargez la liste des échecs."),
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
    "web.harm-counts": "adresses électroniques {mails:,}, numéros de téléphone {phones:,}, noms {names:,}",
    # Reasons of failures, put together.
    "failures.part": "une partie",
    "failures.none": "aucune raison notée",
}
