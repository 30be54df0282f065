"""Spanish sentences of the researcher's tools: what is counted, what is refused, and what is said of the counts."""

from __future__ import annotations

SENTENCES: dict[str, str | tuple[str, str]] = {
    "research.unit": (
        "Las palabras se cuentan en el texto principal de los documentos tal como están indexadas: sin "
        "mayúsculas ni acentos, cada forma por separado. No cuentan los encabezados, las anotaciones ni lo "
        "que rodea una página web. En las escrituras sin espacios, dos caracteres vecinos cuentan como una "
        "palabra."
    ),
    "research.function-words": (
        "Se {count:one=omite|other=omiten} {count:,} {count:one=palabra funcional|other=palabras "
        "funcionales}, según las listas de estos idiomas: {languages}."
    ),
    "research.function-words-unlisted": (
        "No hay lista de palabras funcionales para estos idiomas: {languages}. Sus palabras funcionales "
        "pueden estar entre las filas."
    ),
    "research.clustered": (
        "Las palabras se concentran en algunos documentos: ninguna medida prueba nada por sí sola. Mire el "
        "número de documentos y lea las líneas."
    ),
    "research.how-counted": "Cómo se cuenta esto",
    "research.read-docs": (
        "Las palabras se cuentan en el texto principal; docs/research.md dice cómo y qué no prueban los números."
    ),
    "research.shared-documents": (
        "{count:,} {count:one=documento está en los dos conjuntos y cuenta|other=documentos están en los dos "
        "conjuntos y cuentan} en ambos."
    ),
    "research.empty-set": "El conjunto {name} no tiene palabras: no hay nada que comparar.",
    "research.frequencies": "Lista de palabras",
    "research.collocates": "Palabras vecinas",
    "research.compare": "Dos conjuntos comparados",
    "research.first-use": "Primer y último uso",
    "research.counted-set": (
        "{documents:,} {documents:one=documento|other=documentos}, {tokens:,} {tokens:one=palabra|other=palabras}"
    ),
    "research.words-listed": "{count:,} {count:one=palabra|other=palabras}",
    "research.no-words-listed": (
        "Ninguna palabra es lo bastante frecuente para figurar en la lista. Baje el mínimo de apariciones o "
        "tome más documentos."
    ),
    "research.evenness": "distribución uniforme",
    "research.min-hits": "Apariciones mínimas",
    "research.min-documents": "Documentos mínimos",
    "research.window": "Palabras a cada lado",
    "research.keep-function-words": "también palabras funcionales",
    "research.left": "Antes",
    "research.right": "Después",
    "research.observed": "Juntas",
    "research.expected": "Por azar",
    "research.dp-norm": "DP norm.",
    "research.log-ratio": "log₂ de la razón",
    "research.query": "Consulta",
    "research.both-sets": "Ambos conjuntos de, una consulta",
    "research.set-a": "Primer conjunto (A), una consulta",
    "research.set-b": "Segundo conjunto (B), una consulta",
    "research.type-sets": (
        "Escriba el primer conjunto como consulta, por ejemplo date:..2015 o category:statement, y el "
        "segundo, o déjelo vacío para todos los demás documentos."
    ),
    "research.both-narrowed": "Ambos conjuntos se limitan a los documentos que encuentra su búsqueda: {query}.",
    "research.more-in": "Más frecuentes en {name}",
    "research.more-words": "Mostrar más palabras",
    "research.first": "Primero",
    "research.last": "Último",
    "research.all-documents": "todos los documentos",
    "research.no-category": "sin categoría",
    "research.may-be-as-early": (
        "{count:,} {count:one=documento más puede ser igual de antiguo|other=documentos más pueden ser igual "
        "de antiguos}"
    ),
    "research.may-be-as-late": (
        "{count:,} {count:one=documento más puede ser igual de reciente|other=documentos más pueden ser igual"
        " de recientes}"
    ),
    "research.partly-dated": "{count:,} con fecha conocida en parte",
    "research.undated-documents": "{count:,} sin fecha",
    "research.explain-frequencies": (
        "La proporción de una palabra es la de los documentos que la contienen. DP dice cuán desigual es su "
        "distribución: cerca de 0, cada documento tiene tantas como su longitud hace esperar; cerca de 1, "
        "unos pocos documentos las tienen todas."
    ),
    "research.explain-collocates": (
        "«Por azar» es cuántas veces estaría la palabra al lado si las palabras se dispersaran al azar; solo "
        "figuran las que están ahí al menos con esa frecuencia. logDice compara el par con todos los demás, "
        "hasta 14; MI favorece las palabras raras, t las frecuentes; G² dice cuán mal lo explica el azar."
    ),
    "research.explain-compare": (
        "Un log₂ de la razón de +1 es el doble de frecuente en A, +2 cuatro veces, −1 la mitad; un conjunto sin la "
        "palabra cuenta como si tuviera media aparición. G² es el indicio de una diferencia y BIC el mismo "
        "con un precio por el tamaño de los conjuntos: solo figuran palabras con 2 o más."
    ),
    "research.explain-first-use": (
        "Los documentos se ordenan por el primer día que puede significar su fecha. Donde las fechas se "
        "conocen en parte, otros pueden ser igual de antiguos o recientes. Los documentos sin fecha no son ni"
        " primeros ni últimos."
    ),
    "research.all-others": "todos los demás documentos",
    "research.no-words": (
        "La consulta no tiene ninguna palabra que contar.",
        (
            "Escriba una palabra, una frase entre comillas o un patrón como tortur*; los filtros solos no tienen"
            " apariciones."
        ),
    ),
    "research.sort-keys": (
        "Las líneas no se pueden ordenar así.",
        "Use como máximo {most} de estas claves, separadas por comas: {keys}.",
    ),
    "research.too-many-series": ("Una tendencia tiene de 1 a {most} series.", "Dé menos consultas."),
    "research.output-format": ("No se dice qué escribir en {path}.", "Añada --csv o --json."),
    "research.only-of-groups": ("--only elige uno de los grupos.", "Añada --group."),
    "research.written": "escrito: {path}, y al lado {record}",
    "research.line-limit": (
        "Una concordancia tiene como máximo {most:,} de las {total:,} líneas; acótela, o saque una muestra."
    ),
    "research.unread": (
        "{count:one=Falta|other=Faltan} {count:,} {count:one=línea|other=líneas}:"
        " {count:one=su documento ha|other=sus documentos han} cambiado y aún no se ha indexado de nuevo."
    ),
    "research.elsewhere": (
        "{count:,} {count:one=documento más coincide|other=documentos más coinciden} solo por un título, un encabezado"
        " o una nota, donde no se cuenta nada."
    ),
    "research.thin": (
        "Los períodos escasos tienen menos de 10 000 palabras o de 5 documentos: sus números dicen poco."
    ),
    "research.ranges": (
        "{count:,} {count:one=documento tiene una fecha que abarca|other=documentos tienen fechas que abarcan} varios"
        " períodos; {count:one=cuenta|other=cuentan} en el primero."
    ),
    # Citations: what their readers must be told, and what is refused.
    "cite.ocr": "texto reconocido por OCR",
    "cite.corrected": "corregido en el archivo: {fields}",
    "cite.date-guessed": "fecha deducida del nombre del archivo o de la carpeta",
    "cite.written": "se escribieron {path} y {record}",
    "cite.nothing": (
        "no se indicó ningún documento",
        "Indique los documentos por sus identificadores, o con --query QUERY.",
    ),
    "cite.page-of-one": ("--page corresponde a un solo documento", "Indique un identificador, u omita --page."),
    "research.tools": "Herramientas para esta búsqueda",
    "research.results": "Documentos",
    "research.kwic": "Líneas en contexto",
    "research.trend": "A lo largo del tiempo",
    "research.download": "Llevarse todo",
    "research.type-words": "Escriba una palabra, una frase entre comillas o un patrón como tortur*.",
    "research.places": "{count:,} {count:one=aparición|other=apariciones}",
    "research.in-documents": "en {count:,} de {all:,} {all:one=documento|other=documentos}",
    "research.per-million": "{rate:,} por millón de palabras",
    "research.counted-written": (
        "{understood}: palabras contadas tal como se escriben, sin distinguir mayúsculas ni acentos, entre "
        "{tokens:,} palabras de texto principal."
    ),
    "research.counted-stemmed": (
        "{understood}: palabras contadas en todas sus formas, como las encuentra la búsqueda, entre {tokens:,} "
        "palabras de texto principal."
    ),
    "research.sorted-by": "Ordenadas por",
    "research.by-date": "fecha",
    "research.by-title": "título",
    "research.grouped-by": "Contadas por",
    "research.no-groups": "nada",
    "research.by-node": "las palabras halladas",
    "research.context": "Contexto",
    "research.unit-tokens": "palabras",
    "research.unit-characters": "caracteres",
    "research.unit-sentence": "la frase",
    "research.within": "Dentro de",
    "research.within-text": "el texto",
    "research.within-page": "una página",
    "research.within-title": "los títulos",
    "research.sample": "Muestra de",
    "research.seed": "Número del sorteo",
    "research.stemmed": "todas las formas de las palabras",
    "research.keys": "1L es la palabra anterior, 2L la que la precede; 1R es la palabra siguiente.",
    "research.groups": "{count:,} {count:one=grupo|other=grupos}",
    "research.word": "Palabra",
    "research.lines": "Líneas",
    "research.documents": "Documentos",
    "research.edge": "(borde del texto)",
    "research.only": "Solo líneas con {word}: {count:,}",
    "research.drawn": "{count:,} líneas sacadas al azar, sorteo número {seed}. Cualquiera saca las mismas.",
    "research.document": "Línea",
    "research.before": "Antes",
    "research.node": "Palabras",
    "research.behind": "Después",
    "research.undated": "sin fecha",
    "research.paragraph": "Párrafo",
    "research.lines-of": "{first:,}–{last:,} de {count:,}",
    "research.no-lines": "El texto principal de ningún documento tiene estas palabras.",
    "research.compared-with": "Comparado con",
    "research.step": "Por",
    "research.step-year": "año",
    "research.step-month": "mes",
    "research.step-decade": "década",
    "research.measure": "Dibujado",
    "research.measure-share": "Proporción de documentos",
    "research.measure-rate": "Apariciones por millón de palabras",
    "research.measure-hits": "Apariciones",
    "research.smooth": "Media de períodos",
    "research.average-of": "Media móvil de {count}",
    "research.chart-key": (
        "Las marcas huecas son períodos escasos. Los trazos verticales son los intervalos. Las líneas se "
        "interrumpen donde no hay documentos."
    ),
    "research.period": "Período",
    "research.series": "Palabras",
    "research.share": "Proporción",
    "research.interval": "95 %",
    "research.hits": "Apariciones",
    "research.rate": "Por millón",
    "research.tokens": "Palabras en total",
    "research.unknown-month": "{year}, mes desconocido",
    "research.decade": "años {year}",
    "research.gap": "sin documentos",
    "research.is-thin": "escaso",
    "research.intervals": (
        "Los intervalos son del 95 %: de Wilson para las proporciones, de Garwood para las tasas. Las palabras se "
        "agrupan en los documentos, así que las tasas son menos seguras de lo que dicen sus intervalos."
    ),
    # Checked quotations: what else there is to know, and what is refused.
    "quote.too-many": ("más de {most:,} citas", "Compruébelas por partes."),
    "quote.draft-too-long": ("el texto tiene más de {most:,} caracteres", "Compruébelo por partes."),
    "quote.bad-table": (
        "no se puede leer la tabla: {reason}",
        "Guárdela como CSV en UTF-8, con una columna llamada quote.",
    ),
    "quote.none": (
        "no se encontró ninguna cita",
        "Póngalas entre comillas, o en una tabla con una columna llamada quote.",
    ),
    "quote.none-checked": (
        "no se comprobó ninguna cita: {count:,} {count:one=tiene|other=tienen} menos de cuatro palabras, sin documento",
        "Nombre el documento después de la cita: «…» (ID, p. 3), o en una columna llamada id.",
    ),
    "quote.unreadable": (
        "{path}: no se puede leer: {reason}",
        "Guárdelo como CSV, Markdown, texto sin formato o DOCX.",
    ),
    "quote.not-a-text": "no es un texto, o es demasiado grande",
    "quote.too-long": "más de {most:,} caracteres; compruébela por partes",
    "quote.unknown-document": "ningún documento tiene el identificador {id}",
    "quote.withdrawn": "{id} fue retirado; su texto no se muestra",
    "quote.erased": "{id} fue borrado",
    "quote.other-digest": "el archivo de {id} no es el que se citó, según su SHA-256",
    "quote.reissued": "el archivo fue sustituido el {day}",
    "quote.read-anew": "el texto se leyó de nuevo el {day}, con OCR o con un lector mejor",
    "quote.missing-file": "falta el archivo; su texto se conserva",
    "quote.moved": "el archivo se movió el {day}",
    "quote.no-such-page": "el documento no tiene página {page}",
    "quote.no-pages": "el documento no tiene páginas, así que una fuente no indica ninguna",
    "quote.look-alikes": "varios lugares son casi igual de parecidos, y no se elige ninguno",
    # The page of checked quotations.
    "quote.title": "Comprobar citas",
    "quote.about": (
        "Pegue un borrador, o elija una tabla o un documento. Las citas van entre comillas o forman"
        " bloques, y la fuente las sigue: «…» (identificador, p. 3). No se guarda nada de lo que envía."
    ),
    "quote.text": "Borrador o tabla",
    "quote.file": "Archivo: CSV, Markdown, texto, DOCX u ODT",
    "quote.check": "Comprobar",
    "quote.take-table": "Descargar como tabla (CSV)",
    "quote.checked": "{count:,} {count:one=cita|other=citas}",
    "quote.ignored": "{count:,} {count:one=cita breve|other=citas breves} sin documento, sin comprobar",
    "quote.legend": "Tachadas, las palabras de la cita; subrayadas, las del texto.",
    "quote.line": "Línea",
    "quote.paragraph": "Párrafo",
    "quote.quotation": "Cita",
    "quote.outcome": "Resultado",
    "quote.result.verbatim": "literal",
    "quote.result.spacing-or-quotation-marks": "difiere solo en espacios o comillas",
    "quote.result.altered": "alterada",
    "quote.result.another-page": "en otra página",
    "quote.result.another-document": "en otro documento",
    "quote.result.text-changed": "el texto cambió desde entonces",
    "quote.result.withdrawn": "retirada",
    "quote.result.not-found": "no encontrada",
}
