"""French sentences of the researcher's tools: what is counted, what is refused, and what is said of the counts."""

from __future__ import annotations

SENTENCES: dict[str, str | tuple[str, str]] = {
    "research.unit": (
        "Les mots sont comptés dans le texte principal des documents tels qu’ils sont indexés : sans "
        "majuscules ni accents, chaque forme pour elle-même. Les titres courants, les annotations et "
        "l’entourage d’une page web ne comptent pas. Dans les écritures sans espaces, deux caractères voisins"
        " comptent pour un mot."
    ),
    "research.function-words": (
        "{count:,} {count:one=mot grammatical est omis|other=mots grammaticaux sont omis}, d’après les listes"
        " de ces langues : {languages}."
    ),
    "research.function-words-unlisted": (
        "Il n’y a pas de liste de mots grammaticaux pour ces langues : {languages}. Leurs mots grammaticaux "
        "peuvent figurer parmi les lignes."
    ),
    "research.clustered": (
        "Les mots se concentrent dans certains documents : aucune mesure ne prouve rien à elle seule. "
        "Regardez le nombre de documents et lisez les lignes."
    ),
    "research.how-counted": "Comment ceci est compté",
    "research.read-docs": (
        "Les mots sont comptés dans le texte principal ; "
        "docs/research.md dit comment, et ce que les nombres ne prouvent pas."
    ),
    "research.shared-documents": (
        "{count:,} {count:one=document est dans les deux ensembles et compte|other=documents sont dans les "
        "deux ensembles et comptent} dans chacun."
    ),
    "research.empty-set": "L’ensemble {name} n’a pas de mots : il n’y a rien à comparer.",
    "research.frequencies": "Liste de mots",
    "research.collocates": "Mots voisins",
    "research.compare": "Deux ensembles comparés",
    "research.first-use": "Premier et dernier emploi",
    "research.counted-set": (
        "{documents:,} {documents:one=document|other=documents}, {tokens:,} {tokens:one=mot|other=mots}"
    ),
    "research.words-listed": "{count:,} {count:one=mot|other=mots}",
    "research.no-words-listed": (
        "Aucun mot n’est assez fréquent pour figurer dans la liste. Baissez le nombre minimal d’occurrences "
        "ou prenez plus de documents."
    ),
    "research.evenness": "répartition régulière",
    "research.min-hits": "Occurrences au moins",
    "research.min-documents": "Documents au moins",
    "research.window": "Mots de chaque côté",
    "research.keep-function-words": "aussi les mots grammaticaux",
    "research.left": "Avant",
    "research.right": "Après",
    "research.observed": "Ensemble",
    "research.expected": "Par hasard",
    "research.dp-norm": "DP norm.",
    "research.log-ratio": "log₂ du rapport",
    "research.query": "Requête",
    "research.both-sets": "Les deux ensembles parmi, une requête",
    "research.set-a": "Premier ensemble (A), une requête",
    "research.set-b": "Second ensemble (B), une requête",
    "research.type-sets": (
        "Tapez le premier ensemble comme requête, par exemple date:..2015 ou category:statement, et le "
        "second, ou laissez-le vide pour tous les autres documents."
    ),
    "research.both-narrowed": "Les deux ensembles se limitent aux documents que trouve votre recherche : {query}.",
    "research.more-in": "Plus fréquents dans {name}",
    "research.more-words": "Afficher plus de mots",
    "research.first": "Premier",
    "research.last": "Dernier",
    "research.all-documents": "tous les documents",
    "research.no-category": "sans catégorie",
    "research.may-be-as-early": (
        "{count:,} {count:one=autre document peut être aussi ancien|other=autres documents peuvent être aussi anciens}"
    ),
    "research.may-be-as-late": (
        "{count:,} {count:one=autre document peut être aussi récent|other=autres documents peuvent être aussi récents}"
    ),
    "research.partly-dated": "{count:,} à la date connue en partie",
    "research.undated-documents": "{count:,} sans date",
    "research.explain-frequencies": (
        "La part d’un mot est celle des documents qui le contiennent. DP dit si sa répartition est inégale : "
        "près de 0, chaque document en a autant que sa longueur le laisse attendre ; près de 1, quelques "
        "documents l’ont presque seuls."
    ),
    "research.explain-collocates": (
        "« Par hasard » est le nombre de fois où le mot serait à côté si les mots étaient dispersés au hasard"
        " ; seuls figurent ceux qui y sont au moins aussi souvent. logDice compare la paire à toutes les "
        "autres, jusqu’à 14 ; MI favorise les mots rares, t les mots fréquents ; G² dit combien le hasard "
        "l’explique mal."
    ),
    "research.explain-compare": (
        "Un log₂ du rapport de +1 : deux fois plus fréquent dans A, de +2 quatre fois, de −1 deux fois moins ; un "
        "ensemble sans le mot compte comme s’il en avait une demi-occurrence. G² est l’indice d’une "
        "différence, BIC le même avec un prix pour la taille des ensembles : seuls figurent les mots à 2 ou "
        "plus."
    ),
    "research.explain-first-use": (
        "Les documents sont rangés selon le premier jour que leur date peut désigner. Quand les dates sont "
        "connues en partie, d’autres peuvent être aussi anciens ou aussi récents. Les documents sans date ne "
        "sont ni premiers ni derniers."
    ),
    "research.all-others": "tous les autres documents",
    "research.no-words": (
        "La requête n’a aucun mot à compter.",
        (
            "Tapez un mot, une expression entre guillemets ou un motif comme tortur* ; les filtres seuls n’ont pas"
            " d’occurrences."
        ),
    ),
    "research.sort-keys": (
        "Les lignes ne peuvent pas être triées ainsi.",
        "Utilisez au plus {most} de ces clés, séparées par des virgules : {keys}.",
    ),
    "research.too-many-series": ("Une tendance a de 1 à {most} séries.", "Donnez moins de requêtes."),
    "research.output-format": ("Il n’est pas dit quoi écrire dans {path}.", "Ajoutez --csv ou --json."),
    "research.only-of-groups": ("--only choisit un des groupes.", "Ajoutez --group."),
    "research.written": "écrit : {path}, et à côté {record}",
    "research.line-limit": (
        "Une concordance a au plus {most:,} des {total:,} lignes ; restreignez-la, ou tirez un échantillon."
    ),
    "research.unread": (
        "{count:,} {count:one=ligne manque|other=lignes manquent} : {count:one=son document a|other=leurs documents"
        " ont} changé sans avoir encore été indexé de nouveau."
    ),
    "research.elsewhere": (
        "{count:,} {count:one=autre document correspond|other=autres documents correspondent} par un titre, un en-tête"
        " ou une note seulement, où rien n’est compté."
    ),
    "research.thin": ("Les périodes maigres ont moins de 10 000 mots ou de 5 documents : leurs nombres disent peu."),
    "research.ranges": (
        "{count:,} {count:one=document a une date qui couvre|other=documents ont des dates qui couvrent} plusieurs"
        " périodes ; {count:one=il compte|other=ils comptent} dans la première."
    ),
    # Citations: what their readers must be told, and what is refused.
    "cite.ocr": "texte reconnu par OCR",
    "cite.corrected": "corrigé dans l’archive : {fields}",
    "cite.date-guessed": "date devinée d’après le nom du fichier ou du dossier",
    "cite.written": "écrit : {path} et {record}",
    "cite.nothing": (
        "aucun document n’a été indiqué",
        "Désignez les documents par leurs identifiants, ou par --query QUERY.",
    ),
    "cite.page-of-one": ("--page concerne un seul document", "Indiquez un identifiant, ou omettez --page."),
    "research.tools": "Outils pour cette recherche",
    "research.results": "Documents trouvés",
    "research.kwic": "Lignes en contexte",
    "research.trend": "Au fil du temps",
    "research.download": "Tout emporter",
    "research.type-words": "Tapez un mot, une expression entre guillemets ou un motif comme tortur*.",
    "research.places": "{count:,} {count:one=occurrence|other=occurrences}",
    "research.in-documents": "dans {count:,} de {all:,} {all:one=document|other=documents}",
    "research.per-million": "{rate:,} par million de mots",
    "research.counted-written": (
        "{understood} : mots comptés tels qu’écrits, majuscules et accents sans importance, parmi {tokens:,} mots "
        "de texte principal."
    ),
    "research.counted-stemmed": (
        "{understood} : mots comptés sous toutes leurs formes, comme la recherche les trouve, parmi {tokens:,} "
        "mots de texte principal."
    ),
    "research.sorted-by": "Triées par",
    "research.by-date": "la date",
    "research.by-title": "titre",
    "research.grouped-by": "Comptées par",
    "research.no-groups": "rien",
    "research.by-node": "les mots trouvés",
    "research.context": "Contexte",
    "research.unit-tokens": "mots",
    "research.unit-characters": "caractères",
    "research.unit-sentence": "la phrase",
    "research.within": "Dans",
    "research.within-text": "le texte",
    "research.within-page": "une page",
    "research.within-title": "les titres",
    "research.sample": "Échantillon de",
    "research.seed": "Numéro du tirage",
    "research.stemmed": "toutes les formes des mots",
    "research.keys": "1L est le mot d’avant, 2L celui d’encore avant ; 1R est le mot d’après.",
    "research.groups": "{count:,} {count:one=groupe|other=groupes}",
    "research.word": "Mot",
    "research.lines": "Lignes",
    "research.documents": "Nombre de documents",
    "research.edge": "(bord du texte)",
    "research.only": "Seulement les lignes avec {word} : {count:,}",
    "research.drawn": "{count:,} lignes tirées au hasard, tirage numéro {seed}. Chacun tire les mêmes.",
    "research.document": "Ligne",
    "research.before": "Avant",
    "research.node": "Mots",
    "research.behind": "Après",
    "research.undated": "sans date",
    "research.paragraph": "Paragraphe",
    "research.lines-of": "{first:,}–{last:,} sur {count:,}",
    "research.no-lines": "Le texte principal d’aucun document n’a ces mots.",
    "research.compared-with": "Comparé à",
    "research.step": "Par",
    "research.step-year": "année",
    "research.step-month": "mois",
    "research.step-decade": "décennie",
    "research.measure": "Tracé",
    "research.measure-share": "Part des documents",
    "research.measure-rate": "Occurrences par million de mots",
    "research.measure-hits": "Occurrences",
    "research.smooth": "Moyenne sur périodes",
    "research.average-of": "Moyenne mobile de {count}",
    "research.chart-key": (
        "Les marques creuses sont des périodes maigres. Les traits verticaux sont les intervalles. Les lignes sont"
        " interrompues là où il n’y a pas de documents."
    ),
    "research.period": "Période",
    "research.series": "Mots",
    "research.share": "Part",
    "research.interval": "95 %",
    "research.hits": "Occurrences",
    "research.rate": "Par million",
    "research.tokens": "Mots en tout",
    "research.unknown-month": "{year}, mois inconnu",
    "research.decade": "années {year}",
    "research.gap": "pas de documents",
    "research.is-thin": "maigre",
    "research.intervals": (
        "Les intervalles sont à 95 % : de Wilson pour les parts, de Garwood pour les taux. Les mots se groupent "
        "dans les documents, donc les taux sont moins sûrs que leurs intervalles ne le disent."
    ),
    # Checked quotations: what else there is to know, and what is refused.
    "quote.too-many": ("plus de {most:,} citations", "Vérifiez-les par parties."),
    "quote.draft-too-long": ("le texte dépasse {most:,} caractères", "Vérifiez-le par parties."),
    "quote.bad-table": (
        "le tableau ne peut pas être lu : {reason}",
        "Enregistrez-le en CSV et en UTF-8, avec une colonne nommée quote.",
    ),
    "quote.none": (
        "aucune citation n’a été trouvée",
        "Mettez-les entre guillemets, ou dans un tableau qui a une colonne nommée quote.",
    ),
    "quote.none-checked": (
        "aucune citation n’a été vérifiée : {count:,} {count:one=a|other=ont} moins de quatre mots, sans document",
        "Nommez le document après la citation : « … » (ID, p. 3), ou dans une colonne nommée id.",
    ),
    "quote.unreadable": (
        "{path} : lecture impossible : {reason}",
        "Enregistrez-le en CSV, en Markdown, en texte brut ou en DOCX.",
    ),
    "quote.not-a-text": "ce n’est pas un texte, ou il est trop grand",
    "quote.too-long": "plus de {most:,} caractères ; vérifiez-la par parties",
    "quote.unknown-document": "aucun document n’a l’identifiant {id}",
    "quote.withdrawn": "{id} a été retiré ; son texte n’est pas montré",
    "quote.erased": "{id} a été effacé",
    "quote.other-digest": "le fichier de {id} n’est pas celui qui a été cité, d’après son SHA-256",
    "quote.reissued": "le fichier a été remplacé le {day}",
    "quote.read-anew": "le texte a été relu le {day}, par OCR ou par un meilleur lecteur",
    "quote.missing-file": "le fichier manque ; son texte est conservé",
    "quote.moved": "le fichier a été déplacé le {day}",
    "quote.no-such-page": "le document n’a pas de page {page}",
    "quote.no-pages": "le document n’a pas de pages, une source n’en indique donc aucune",
    "quote.look-alikes": "plusieurs endroits sont presque aussi proches, et aucun n’est choisi",
    # The page of checked quotations.
    "quote.title": "Vérifier des citations",
    "quote.about": (
        "Collez un brouillon, ou choisissez un tableau ou un document. Les citations sont entre guillemets"
        " ou forment des blocs, et la source suit : « … » (identifiant, p. 3). Rien de ce que vous envoyez"
        " n’est conservé."
    ),
    "quote.text": "Brouillon ou tableau",
    "quote.file": "Fichier : CSV, Markdown, texte, DOCX ou ODT",
    "quote.check": "Vérifier",
    "quote.take-table": "Télécharger en tableau (CSV)",
    "quote.checked": "{count:,} {count:one=citation|other=citations}",
    "quote.ignored": (
        "{count:,} {count:one=citation courte|other=citations courtes} sans document, non"
        " {count:one=vérifiée|other=vérifiées}"
    ),
    "quote.legend": "Barrés : les mots de la citation ; soulignés : ceux du texte.",
    "quote.line": "Ligne",
    "quote.paragraph": "Paragraphe",
    "quote.quotation": "Citation",
    "quote.outcome": "Résultat",
    "quote.result.verbatim": "mot pour mot",
    "quote.result.spacing-or-quotation-marks": "ne diffère que par les espaces ou les guillemets",
    "quote.result.altered": "modifiée",
    "quote.result.another-page": "à une autre page",
    "quote.result.another-document": "dans un autre document",
    "quote.result.text-changed": "texte changé depuis",
    "quote.result.withdrawn": "retirée",
    "quote.result.not-found": "introuvable",
}
