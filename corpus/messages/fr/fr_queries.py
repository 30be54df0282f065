"""French sentences: diagnostics, advice and the understood query; what a request may ask for.

Areas: query, advice, understood, request, state. The spaces before ``; : ! ?`` and inside « » are U+202F.
See `corpus.messages` for how a sentence is written.
"""

from __future__ import annotations

SENTENCES: dict[str, str | tuple[str, str]] = {
    # Labels of fields, and of facet rows for documents without a value.
    "field.text": "Texte",
    "field.title": "Titre",
    "field.file": "Fichier",
    "field.category": "Catégorie",
    "field.date": "Date",
    "field.language": "Langue",
    "field.author": "Auteur",
    "field.country": "Pays",
    "field.format": "Format",
    "field.id": "Identifiant",
    "field.state": "État",
    "field.year": "Année",
    "missing.category": "(sans catégorie)",
    "missing.date": "(sans date)",
    "missing.language": "(sans langue)",
    "missing.author": "(sans auteur)",
    "missing.country": "(sans pays)",
    # Labels of what to do about a query with few matches.
    "advice.each-part": "chaque partie, seule, trouve",
    "advice.emptied-by": "aucun résultat avec",
    "advice.did-you-mean": "vouliez-vous dire",
    "advice.wider-search": "recherche élargie",
    # Names of the states of files and documents, by their stored values.
    "request.undisclosed": ("{id} a été {reason}", "Indiquez un autre document."),
    "state.indexed": "indexé",
    "state.indexed-without-text": "indexé sans texte",
    "state.partial": "partiel",
    "state.failed": "en échec",
    "state.duplicate": "doublon",
    "state.replaced": "remplacé par un autre fichier",
    "state.missing": "manquant",
    "state.listed": "listé",
    "state.withdrawn": "retiré",
    "state.erased": "effacé",
    "request.wrong-argument": (
        "{parameter} doit être {accepted} ; sa valeur est {value}.",
        "Corrigez l’appel.",
    ),
    "request.date-order": (
        "Le filtre de date {value} finit avant de commencer.",
        "Écrivez d’abord la date la plus ancienne, comme dans 2017..2019.",
    ),
    "request.slow": (
        "La réponse a pris plus de {seconds:g} {seconds:one=seconde|other=secondes} et a été abandonnée.",
        "Demandez moins de mots, de plus longs débuts de mots, ou limitez à une date ou à une catégorie.",
    ),
    "request.no-such-page": (
        "{document_id} n’a pas de page {page}",
        "Le document a {pages:,} {pages:one=page|other=pages}.",
    ),
    "request.unknown-column": (
        "Un tableau n’a pas de colonne {name!r}.",
        "Indiquez une ou plusieurs de celles-ci, séparées par des virgules : {known}",
    ),
    "request.unknown-facet": (
        "facets nomme {facet}, qui n’est pas une des facettes {facets}.",
        "Indiquez une ou plusieurs d’entre elles.",
    ),
    # What was wrong with a query, and how it was read instead.
    "query.too-long": "Seuls les {limit:,} premiers caractères d’une requête sont lus ; le reste a été ignoré.",
    "query.too-many-terms": "Seuls les {limit} premiers mots, expressions et valeurs sont lus ; le reste a été ignoré.",
    "query.too-many-brackets": (
        "Au plus {limit} parenthèses peuvent être ouvertes à la fois ; les autres ont été ignorées."
    ),
    "query.too-many-values": "Seules les {limit} premières valeurs d’une liste sont lues ; le reste a été ignoré.",
    "query.too-many-diagnostics": "Cette requête a plus de {limit} problèmes ; les autres ne sont pas indiqués.",
    "query.operator-without-left": (
        "{operator} n’est précédé de rien et a été ignoré. Pour chercher le mot, mettez-le entre guillemets."
    ),
    "query.operator-without-right": (
        "{operator} n’est suivi de rien et a été ignoré. Pour chercher le mot, mettez-le entre guillemets."
    ),
    "query.sign-without-operand": "{sign} n’est suivi de rien et a été ignoré.",
    "query.lowercase-operator": (
        "« {word} » a été cherché comme un mot. Écrivez l’opérateur en majuscules : {operator}."
    ),
    "query.bracket-unclosed": "Cette parenthèse n’est pas fermée ; elle a été lue comme fermée à la fin.",
    "query.brackets-unclosed": (
        "Cette parenthèse et {count} {count:one=autre|other=autres} à l’intérieur ne sont pas fermées ; elles ont été"
        " lues comme fermées à la fin."
    ),
    "query.bracket-unopened": "Cette parenthèse ne ferme rien et a été ignorée.",
    "query.brackets-empty": "Ces parenthèses sont vides.",
    "query.quotation-unclosed": "Ces guillemets ne sont pas fermés ; le texte a été lu jusqu’à la fin.",
    "query.no-letters": "Ceci n’a ni lettre ni chiffre et a été ignoré.",
    "query.suffix-without-word": (
        "Ce signe n’est précédé de rien. Écrivez-le juste après un mot, une expression ou une parenthèse."
    ),
    "query.near-operands": (
        "{operator} demande un mot ou une expression du même champ de chaque côté ; il a été lu comme AND."
    ),
    "query.near-phrase": (
        "{operator} compare les mots d’une expression un à un ; l’expression elle-même a aussi été cherchée."
    ),
    "query.near-one-word": (
        "Un mot ne peut pas être proche de lui-même. Pour d’autres graphies d’un mot, écrivez ~ juste après, sans"
        " guillemets."
    ),
    "query.near-limit": "La distance de NEAR est limitée à {limit:,} mots.",
    "query.tilde-after-bracket": "~ suit un mot ou une expression, pas une parenthèse ; il a été ignoré.",
    "query.fuzzy-limit": (
        "La recherche approximative est limitée à {limit} {limit:one=lettre|other=lettres} de différence."
    ),
    "query.fuzzy-zero": "La recherche approximative demande au moins 1 lettre de différence ; ~ a été ignoré.",
    "query.fuzzy-pattern": "Un mot avec * ou ? ne peut pas être approximatif ; ~ a été ignoré.",
    "query.wildcard-in-quotes": "* et ? ne sont pas des jokers entre guillemets.",
    "query.question-mark": (
        "? est un joker pour une lettre de plus après « {word} ». Si vous posiez une question, omettez-le."
    ),
    "query.filter-boosted": "Un filtre ne peut pas être pondéré ; ^ a été ignoré.",
    "query.boost-limit": "Une pondération est limitée à {limit:g}.",
    "query.unknown-field": (
        "Il n’y a pas de champ « {name} » ; cette partie a été ignorée. Pour la chercher comme texte, mettez-la entre"
        " guillemets."
    ),
    "query.no-page-filter": (
        "Les résultats ne peuvent pas être limités à une page, car chaque résultat indique les pages où il y a des"
        " occurrences ; cette partie a été ignorée. Pour la chercher comme texte, mettez-la entre guillemets."
    ),
    "query.no-saved-queries": (
        "Les requêtes ne peuvent pas être appelées par un nom ; cette partie a été ignorée. Pour la chercher comme"
        " texte, mettez-la entre guillemets."
    ),
    "query.space-after-colon": "Lu comme {field}: avec le mot suivant. N’écrivez pas d’espace après le deux-points.",
    "query.minus-after-colon": "Le signe moins a été lu comme s’il précédait {field}. Écrivez-le là.",
    "query.space-after-comma": "N’écrivez pas d’espace après les virgules d’une liste de valeurs.",
    "query.scope-missing": "in: n’est suivi d’aucun champ. Écrivez in:title.",
    "query.scope-unknown": "in: ne peut pas chercher dans « {name} ». Champs contenant des mots : {fields}.",
    "query.scope-negated": "in: ne peut pas être nié. Écrivez -{field}:mot.",
    "query.scope-without-words": "in:{field} n’a pas de mots auxquels s’appliquer.",
    "query.scope-as-filter": "in: s’applique aux mots d’une requête et ne peut pas être un filtre.",
    "query.value-missing": "{field}: n’est suivi d’aucune valeur. Écrivez {field}:{value}.",
    "query.value-none": "Tout document a une valeur dans le champ {field}.",
    "query.category-unknown": "« {value} » n’est pas une catégorie de cette archive. Catégories : {known}.",
    "query.part-of-names": "« {part} » est une partie du nom dans le champ {field} ; cherché : {names}.",
    "query.part-of-many-names": (
        "« {part} » est une partie de nombreux noms ; les {searched} qui ont le plus de documents sont cherchés :"
        " {names} et {others} {others:one=autre|other=autres}."
    ),
    "query.name-unknown": "Aucun document n’a, dans le champ {field}, de nom contenant « {name} ».",
    "query.value-unknown": (
        "« {value} » n’est pas une valeur connue du champ {field}. Écrivez son code ou son nom, comme {code} ou {name}."
    ),
    "query.value-wildcard": "{field}: compare des valeurs entières ; * et ? n’y sont pas des jokers.",
    "query.state-unknown": "Il n’y a pas d’état « {state} ». États : {states}.",
    "query.state-not-in-index": (
        "Ce qui est à l’état {state} n’est pas dans l’index et aucune requête ne le trouve. Pour en voir la liste :"
        " muniment status --list {state}"
    ),
    "query.has-unknown": "has: ne peut pas chercher « {name} ». Champs qui peuvent manquer à un document : {fields}.",
    "query.date-invalid": (
        "« {text} » n’est pas une date du calendrier. Écrivez 2019, 2019-03, 2019-03-04, 2017..2019, >=2017 ou"
        " last-year."
    ),
    "query.date-before-christ": (
        "« {text} » est avant l’an 1, et ces dates ne sont pas prises en charge. La date la plus ancienne est 0001 ;"
        " cherchez plutôt les mots eux-mêmes."
    ),
    "query.date-empty": "« {text} » ne contient aucun jour.",
    "query.date-reversed": "Cet intervalle finit avant de commencer ; ses bornes ont été échangées.",
    # A query in words; rows are composed, the outermost is ``understood.list``.
    "understood.list": "{left}, {right}",
    "understood.and": "{left} AND {right}",
    "understood.or": "{left} OR {right}",
    "understood.group": "({part})",
    "understood.not": "sauf {part}",
    "understood.boosted": "{part} (poids {factor:g})",
    "understood.everything": "tous les documents",
    "understood.nothing": "aucun document",
    "understood.part-without-matches": "une partie à laquelle aucun document ne correspond",
    "understood.exact": "exactement {word}",
    "understood.phrase": "« {words} »",
    "understood.near": "{left} près de {right}",
    "understood.within-distance": "{words} (au plus {distance} {distance:one=autre mot|other=autres mots} entre eux)",
    "understood.adjacent": "{words} (sans autre mot entre eux)",
    "understood.prefix": "mots commençant par {letters}",
    "understood.suffix": "mots finissant par {letters}",
    "understood.pattern": "mots de la forme {pattern}",
    "understood.fuzzy": (
        "mots proches de {word} (jusqu’à {edits} {edits:one=lettre différente|other=lettres différentes})"
    ),
    "understood.in-field": "{words} dans le champ {field}",
    "understood.in-file-name": "{words} dans le nom du fichier",
    "understood.is": "{field} est {value}",
    "understood.is-not": "{field} n’est pas {value}",
    "understood.is-either": "{field} est {values} ou {last}",
    "understood.is-neither": "{field} n’est ni {values} ni {last}",
    "understood.has": "avec {field}",
    "understood.without": "sans {field}",
    "understood.has-text": "avec texte",
    "understood.without-text": "sans texte",
    "understood.has-date": "avec date",
    "understood.undated": "sans date",
    "understood.dated": "date : {dates}",
    "understood.not-dated": "date autre que {dates}",
    "understood.wholly-within": "entièrement dans {dates}",
    "understood.from-to": "{first} à {last}",
    "understood.or-later": "{date} ou après",
    "understood.or-earlier": "{date} ou avant",
    "understood.any-date": "à toute date",
    "understood.similar": "documents semblables à {title}",
    "understood.duplicate": "{id} est un double de {original}, qui répond à sa place.",
    "query.date-ambiguous": (
        "« {text} » ne dit pas quel nombre est le mois. Écrivez l’année d’abord : 2019-03-04 est le 4 mars 2019."
    ),
}
