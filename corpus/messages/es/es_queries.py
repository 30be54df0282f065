"""Spanish sentences: diagnostics, advice and the understood query; what a request may ask for.

Areas: query, advice, understood, request, state. See `corpus.messages` for how a sentence is written.
"""

from __future__ import annotations

SENTENCES: dict[str, str | tuple[str, str]] = {
    # Labels of fields, and of facet rows for documents without a value.
    "field.text": "Texto",
    "field.title": "Título",
    "field.file": "Fichero",
    "field.category": "Categoría",
    "field.date": "Fecha",
    "field.language": "Idioma",
    "field.author": "Autor",
    "field.country": "País",
    "field.format": "Formato",
    "field.id": "Identificador",
    "field.state": "Estado",
    "field.year": "Año",
    "missing.category": "(sin categoría)",
    "missing.date": "(sin fecha)",
    "missing.language": "(sin idioma)",
    "missing.author": "(sin autor)",
    "missing.country": "(sin país)",
    # Labels of what to do about a query with few matches.
    "advice.each-part": "cada parte por sí sola encuentra",
    "advice.emptied-by": "sin coincidencias con",
    "advice.did-you-mean": "quizás quiso decir",
    "advice.wider-search": "búsqueda más amplia",
    # Names of the states of files and documents, by their stored values.
    "request.undisclosed": ("{id} fue {reason}", "Indique otro documento."),
    "state.indexed": "indexado",
    "state.indexed-without-text": "indexado sin texto",
    "state.partial": "parcial",
    "state.failed": "fallido",
    "state.duplicate": "duplicado",
    "state.replaced": "sustituido por otro fichero",
    "state.missing": "ausente",
    "state.listed": "solo en un listado",
    "state.withdrawn": "retirado",
    "state.erased": "borrado definitivamente",
    "request.wrong-argument": ("{parameter} debe ser {accepted}; es {value}.", "Corrija la llamada."),
    "request.date-order": (
        "El filtro de fecha {value} termina antes de empezar.",
        "Escriba primero la fecha anterior, como en 2017..2019.",
    ),
    "request.slow": (
        "La respuesta tardó más de {seconds:g} segundos, así que se abandonó.",
        "Busque menos palabras, comienzos de palabra más largos, o dentro de una fecha o una categoría.",
    ),
    "request.no-such-page": (
        "{document_id} no tiene página {page}",
        "El documento tiene {pages:,} {pages:one=página|other=páginas}.",
    ),
    "request.unknown-column": (
        "Una tabla no tiene la columna {name!r}.",
        "Indique cualquiera de estas, separadas por comas: {known}",
    ),
    "request.unknown-facet": (
        "facets nombra {facet}, que no es ninguna de {facets}.",
        "Indique cualquiera de estas.",
    ),
    # What was wrong with a query, and how it was read instead.
    "query.too-long": "Solo se leen los primeros {limit:,} caracteres de una consulta; el resto se ignoró.",
    "query.too-many-terms": (
        "Solo se leen los primeros {limit} elementos (palabras, frases y valores); el resto se ignoró."
    ),
    "query.too-many-brackets": "Puede haber como máximo {limit} paréntesis abiertos a la vez; los demás se ignoraron.",
    "query.too-many-values": "Solo se leen los primeros {limit} valores de una lista; el resto se ignoró.",
    "query.too-many-diagnostics": "Esta consulta tiene más de {limit} problemas; los demás no se muestran.",
    "query.operator-without-left": (
        "{operator} no tiene nada delante y se ignoró. Para buscar la palabra, póngala entre comillas."
    ),
    "query.operator-without-right": (
        "{operator} no tiene nada detrás y se ignoró. Para buscar la palabra, póngala entre comillas."
    ),
    "query.sign-without-operand": "{sign} no tiene nada detrás y se ignoró.",
    "query.lowercase-operator": "“{word}” se buscó como palabra. Escriba el operador en mayúsculas: {operator}.",
    "query.bracket-unclosed": "Este paréntesis no está cerrado; se leyó como cerrado al final.",
    "query.brackets-unclosed": (
        "Este paréntesis y {count} dentro de él no están cerrados; se leyeron como cerrados al final."
    ),
    "query.bracket-unopened": "Este paréntesis no cierra nada y se ignoró.",
    "query.brackets-empty": "Estos paréntesis están vacíos.",
    "query.quotation-unclosed": "Estas comillas no están cerradas; se leyó hasta el final.",
    "query.no-letters": "Esto no tiene letras ni cifras y se ignoró.",
    "query.suffix-without-word": (
        "Este signo no tiene nada delante. Escríbalo justo después de una palabra, una frase o un paréntesis."
    ),
    "query.near-operands": "{operator} necesita a ambos lados una palabra o frase del mismo campo; se leyó como AND.",
    "query.near-phrase": "{operator} compara las palabras de una frase una por una; también se buscó la frase misma.",
    "query.near-one-word": (
        "Una palabra no puede estar cerca de sí misma. Para otras grafías de una palabra, escriba ~ después de ella,"
        " sin comillas."
    ),
    "query.near-limit": "La distancia de NEAR está limitada a {limit:,} palabras.",
    "query.tilde-after-bracket": "~ va después de una palabra o una frase, no de un paréntesis; se ignoró.",
    "query.fuzzy-limit": "La búsqueda aproximada está limitada a {limit} {limit:one=letra|other=letras} de diferencia.",
    "query.fuzzy-zero": "La búsqueda aproximada necesita al menos 1 letra de diferencia; ~ se ignoró.",
    "query.fuzzy-pattern": "Una palabra con * o ? no admite búsqueda aproximada; ~ se ignoró.",
    "query.wildcard-in-quotes": "* y ? no son comodines entre comillas.",
    "query.question-mark": (
        "? es un comodín de una letra más después de “{word}”. Si quería hacer una pregunta, omítalo."
    ),
    "query.filter-boosted": "A un filtro no se le puede dar peso; ^ se ignoró.",
    "query.boost-limit": "El peso está limitado a {limit:g}.",
    "query.unknown-field": (
        "No hay ningún campo “{name}”; esta parte se ignoró. Para buscarla como texto, póngala entre comillas."
    ),
    "query.no-page-filter": (
        "Los resultados no se pueden limitar a una página, porque cada uno indica las páginas con coincidencias; esta"
        " parte se ignoró. Para buscarla como texto, póngala entre comillas."
    ),
    "query.no-saved-queries": (
        "No se puede llamar a una consulta por un nombre; esta parte se ignoró. Para buscarla como "
        "texto, póngala entre"
        " comillas."
    ),
    "query.space-after-colon": (
        "Se leyó como {field}: con la palabra siguiente. No escriba un espacio después de los dos puntos."
    ),
    "query.minus-after-colon": "El signo menos se leyó como si estuviera delante de {field}. Escríbalo ahí.",
    "query.space-after-comma": "No escriba espacios después de las comas de una lista de valores.",
    "query.scope-missing": "in: no tiene un campo detrás. Escriba in:title.",
    "query.scope-unknown": "in: no puede buscar en “{name}”. Campos con palabras: {fields}.",
    "query.scope-negated": "in: no se puede negar. Escriba -{field}:palabra.",
    "query.scope-without-words": "in:{field} no tiene palabras a las que aplicarse.",
    "query.scope-as-filter": "in: se aplica a las palabras de una consulta y no puede ser un filtro.",
    "query.value-missing": "{field}: no tiene un valor detrás. Escriba {field}:{value}.",
    "query.value-none": "Todos los documentos tienen {field}.",
    "query.category-unknown": "“{value}” no es una categoría de este archivo. Categorías: {known}.",
    "query.part-of-names": "“{part}” es parte de un nombre del campo {field}; se buscó: {names}.",
    "query.part-of-many-names": (
        "“{part}” es parte de muchos nombres; se buscan los {searched} con más documentos: {names} y {others} más."
    ),
    "query.name-unknown": "Ningún documento tiene en el campo {field} un nombre con “{name}”.",
    "query.value-unknown": (
        "“{value}” no es un valor conocido del campo {field}. Escriba su código o su nombre, como {code} o {name}."
    ),
    "query.value-wildcard": "{field}: compara valores completos; * y ? no son comodines en él.",
    "query.state-unknown": "No hay ningún estado “{state}”. Estados: {states}.",
    "query.state-not-in-index": (
        "Lo que está en el estado {state} no está en el índice y ninguna consulta lo encuentra. Para ver la lista:"
        " muniment status --list {state}"
    ),
    "query.has-unknown": "has: no puede buscar “{name}”. Campos que pueden faltar en un documento: {fields}.",
    "query.date-invalid": (
        "“{text}” no es una fecha del calendario. Escriba 2019, 2019-03, 2019-03-04, 2017..2019, >=2017 o last-year."
    ),
    "query.date-before-christ": (
        "“{text}” es anterior al año 1, y esas fechas no se admiten. La primera fecha es 0001; busque en su lugar las"
        " palabras mismas."
    ),
    "query.date-empty": "“{text}” no contiene ningún día.",
    "query.date-reversed": "Este intervalo termina antes de empezar; se intercambiaron sus extremos.",
    # A query in words; rows are composed, the outermost is ``understood.list``.
    "understood.list": "{left}, {right}",
    "understood.and": "{left} AND {right}",
    "understood.or": "{left} OR {right}",
    "understood.group": "({part})",
    "understood.not": "no {part}",
    "understood.boosted": "{part} (peso {factor:g})",
    "understood.everything": "todos los documentos",
    "understood.nothing": "ningún documento",
    "understood.part-without-matches": "una parte que no coincide con ningún documento",
    "understood.exact": "exactamente {word}",
    "understood.phrase": "“{words}”",
    "understood.near": "{left} cerca de {right}",
    "understood.within-distance": "{words} (como máximo {distance} {distance:one=palabra|other=palabras} en medio)",
    "understood.adjacent": "{words} (sin otras palabras en medio)",
    "understood.prefix": "palabras que empiezan por {letters}",
    "understood.suffix": "palabras que terminan en {letters}",
    "understood.pattern": "palabras de la forma {pattern}",
    "understood.fuzzy": "palabras parecidas a {word} (hasta {edits} {edits:one=letra distinta|other=letras distintas})",
    "understood.in-field": "{words} en el campo {field}",
    "understood.in-file-name": "{words} en el nombre del fichero",
    "understood.is": "{field} es {value}",
    "understood.is-not": "{field} no es {value}",
    "understood.is-either": "{field} es {values} o bien {last}",
    "understood.is-neither": "{field} no es ni {values} ni {last}",
    "understood.has": "con {field}",
    "understood.without": "sin {field}",
    "understood.has-text": "con texto",
    "understood.without-text": "sin texto",
    "understood.has-date": "con fecha",
    "understood.undated": "sin fecha",
    "understood.dated": "con fecha {dates}",
    "understood.not-dated": "no con fecha {dates}",
    "understood.wholly-within": "{dates} (sin salir de ese periodo)",
    "understood.from-to": "de {first} a {last}",
    "understood.or-later": "{date} o posterior",
    "understood.or-earlier": "{date} o anterior",
    "understood.any-date": "cualquiera",
    "understood.similar": "documentos similares a {title}",
    "understood.duplicate": "{id} es un duplicado de {original}, que responde por él.",
    "query.date-ambiguous": (
        "“{text}” no dice qué número es el mes. Escriba primero el año: 2019-03-04 es el 4 de marzo de 2019."
    ),
}
