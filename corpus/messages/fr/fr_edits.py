"""French sentences of changes on the archivist's pages: forms that are refused, bulk edits, listings, removals."""

from __future__ import annotations

SENTENCES: dict[str, str | tuple[str, str]] = {
    "web.no-such-choice": (
        "Le choix pour {field} n’est pas un de ceux du formulaire.",
        "Chargez la page à nouveau.",
    ),
    "web.erase-unconfirmed": ("Rien n’a été effacé.", "Tapez l’identifiant {id} pour confirmer."),
    "web.withdrawn-documents": "{count:,} {count:one=retiré|other=retirés}",
    "web.withdraw-heading": "Retirer",
    "web.withdraw-about": (
        "Aucune recherche ni page publique ne le montre plus. Le fichier reste où il est ; le catalogue garde son"
        " texte, et le journal dit qui l’a retiré, quand et pourquoi."
    ),
    "web.withdraw-now": "Le retirer",
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
    "web.job-has-archive": (
        "Rien n’a été enregistré, car une tâche est en cours : {title}.",
        "Enregistrez à nouveau quand elle sera terminée.",
    ),
    "web.see-job": "Voir où elle en est",
    "web.no-own-value": (
        "Aucune valeur n’est saisie.",
        "Saisissez-en une, ou choisissez « Il n’y en a pas » si le document n’en a pas.",
    ),
    "web.new-category": (
        "{category!r} n’est pas une catégorie de cette archive.",
        "Corrigez-la, ou dites que vous la voulez comme nouvelle.",
    ),
    "web.add-category": "Oui, créer la catégorie {category!r}",
    "web.changed-meanwhile": "Changé après le chargement de ce formulaire ; valeur actuelle",
    "web.bulk-undone": ("La modification de {count:,} {count:one=document|other=documents} a été annulée"),
    "web.bulk-undone-on": "Annulée dans {count:,} {count:one=document|other=documents}, le {day}.",
    "web.bulk-undone-by": "Annulée par {person} dans {count:,} {count:one=document|other=documents}, le {day}.",
    "web.bulk-newer-kept": "Les valeurs plus récentes ont été gardées.",
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
    "web.saved": "Enregistré",
    "web.saved-nothing": "Rien n’a changé : toutes les valeurs ont été gardées.",
    "web.listing-forgotten": (
        "Le listage a été importé, ou son importation annulée, avant le redémarrage du serveur. "
        "Le journal a ses documents."
    ),
    "web.listing-undone": "L’import de {listing} a été annulé.",
    "web.listing-changed": "{count:,} {count:one=valeur modifiée|other=valeurs modifiées}.",
}
