"""Spanish sentences: the archive's folder, settings and lock, its catalogue and its index.

Areas: archive, disk, output, settings, lock, catalogue, index, engine.
See `corpus.messages` for how a sentence is written.
"""

from __future__ import annotations

REBUILD_INDEX = (
    "Ejecute 'muniment reindex': reconstruye el índice a partir del catálogo sin volver a leer ningún documento."
)
RESTORE_CATALOGUE = (
    "Restaure .muniment desde una copia de seguridad. Si no tiene ninguna, trasládelo a otro lugar, consérvelo y"
    " ejecute"
    " 'muniment index': entonces faltan las correcciones, las retiradas y el registro, así que los "
    "documentos retirados"
    " se vuelven a encontrar."
)
_RESTORE = f"Sus documentos están intactos. {RESTORE_CATALOGUE}"

_CATEGORY_HINT = 'Escriba una línea por categoría, como: statement = ["Statements", "Déclaration"]'
_WAIT = "Espere a que termine esa ejecución y luego inténtelo de nuevo."

SENTENCES: dict[str, str | tuple[str, str]] = {
    "archive.no-such-folder": (
        "{folder}: no existe esa carpeta",
        "Compruebe la ruta indicada con --archive o en MUNIMENT_ARCHIVE.",
    ),
    "archive.contains-archive": (
        "{archive}: el archivo {inner} está dentro, y sus documentos estarían en ambos",
        "Para crear de todos modos un archivo que lo abarque: muniment --archive {archive} index --new",
    ),
    "archive.nested": (
        "{archive}: está dentro del archivo {outer}",
        (
            "Para incorporarlo allí: muniment --archive {outer} index {archive}. Para crear de todos modos un archivo"
            " aparte: muniment --archive {archive} index --new"
        ),
    ),
    "archive.closed": ("{archive}: el archivo está cerrado", "Ábralo de nuevo con open_archive()."),
    "archive.planted": (
        "{path}: no es un fichero normal, y Muniment nunca crea otra cosa ahí",
        "Alguien lo puso ahí. Sáquelo de .muniment y ejecute el comando de nuevo.",
    ),
    "archive.user-table": (
        "{path}: no está como lo escribió Muniment, o pasa de {limit} MB",
        (
            "Contiene lo que usted confirmó en este equipo. Repare el fichero, o bórrelo y confirme de nuevo lo"
            " que se le pida."
        ),
    ),
    "archive.data-folder-link": (
        "{archive}: .muniment es un enlace a {target}",
        "Si usted creó el enlace, confírmelo una vez en este equipo: muniment index --confirm-link",
    ),
    "archive.readable-by-others": (
        "Otros usuarios de este equipo pueden leer {folder}, que contiene el texto de todos los documentos; 'muniment"
        " index --private' lo cambia."
    ),
    "archive.hidden": "oculto",
    "archive.settings-file": "ajustes",
    "archive.link": "un enlace",
    "archive.not-regular": "no es un fichero normal",
    "archive.endless": "no termina donde indica su tamaño",
    "archive.sparse": "es mucho más grande que el espacio que ocupa en el disco",
    "archive.excluded": "excluido por muniment.toml",
    "archive.unreadable": "no se puede leer",
    "archive.erasure-pending": (
        "se interrumpió un borrado definitivo, y puede haber aquí ficheros que todavía contengan lo "
        "borrado; 'muniment"
        " index' lo termina"
    ),
    "archive.readers-not-confined": (
        "Este sistema no puede aislar de otros ficheros ni de la red los procesos que leen ficheros; si no confía en"
        " unos ficheros, indexe solo copias de ellos en un equipo o con una cuenta aparte."
    ),
    # Limits of disks, accounts and processes.
    "disk.full": (
        "{path}: el disco está lleno",
        (
            "Libere espacio en el disco montado en {disk}: borre o traslade ficheros que no estén en .muniment y"
            " ejecute el comando de nuevo. No se pierde nada de lo registrado."
        ),
    ),
    "disk.quota": (
        "{path}: su cuenta no puede guardar más en este disco",
        (
            "Libere espacio en el disco montado en {disk}: borre o traslade ficheros suyos que no estén en "
            ".muniment y"
            " ejecute el comando de nuevo. No se pierde nada de lo registrado."
        ),
    ),
    "disk.read-only": (
        "{path}: el disco solo se puede leer",
        (
            "Aun así se puede buscar. Para modificar el archivo, permita escribir en el disco montado en "
            "{disk} o copie"
            " la carpeta entera con su .muniment a otro disco."
        ),
    ),
    "disk.permission": (
        "{path}: permiso denegado",
        "Pertenece a {owner}: ejecute el comando con ese usuario o pida permiso para leerlo y escribirlo.",
    ),
    "disk.own-permission": (
        "{path}: permiso denegado",
        "Es suyo: dese permiso para leerlo y escribirlo, y para entrar en su carpeta, con chmod u+rwX.",
    ),
    "disk.open-files": (
        "{path}: hay demasiados ficheros abiertos",
        (
            "Cierre otros programas o aumente el límite con 'ulimit -n 4096' y ejecute el comando de nuevo. No se"
            " pierde nada de lo registrado."
        ),
    ),
    "disk.no-locks": (
        "{path}: este disco no tiene bloqueos, y sin ellos dos ejecuciones podrían dañar el archivo",
        (
            "Traslade {data_folder} a un disco de este equipo, ponga en su lugar un enlace y ejecute una "
            "vez: muniment"
            " index --confirm-link"
        ),
    ),
    "disk.failed": (
        "{path}: el disco comunica un error",
        "Copie primero la carpeta del archivo con su .muniment a otro disco y luego revise el disco montado en {disk}.",
    ),
    "disk.gone": (
        "{path}: el disco no está conectado",
        "Conéctelo de nuevo y ejecute el comando otra vez. No se pierde nada de lo registrado.",
    ),
    "output.exists": ("{path}: ya existe y no se sobrescribe", "Indique un archivo que todavía no exista."),
    "output.inside-archive": (
        "{path}: está dentro del archivo, y el próximo 'muniment index' lo leería como un documento; es mejor moverlo"
    ),
    "output.not-empty": ("{folder}: no está vacía", "Indique una carpeta que todavía no exista o una vacía."),
    "output.not-a-folder": ("{folder}: no es una carpeta", "Indique una carpeta que todavía no exista o una vacía."),
    "lock.other-program": ("{directory}: otro programa está escribiendo en el índice", _WAIT),
    "lock.not-writable": ("{archive}: no se puede escribir: {reason}", "Compruebe la carpeta y sus permisos."),
    "lock.locked": ("{archive}: otra ejecución está escribiendo aquí", _WAIT),
    "lock.locked-by": ("{archive}: el proceso {process} de {host} está escribiendo aquí desde {since}", _WAIT),
    "settings.unreadable": ("{path}: no se puede leer: {reason}", "Compruebe los permisos del fichero."),
    "settings.link-outside": (
        "{path}: es un enlace a {target}, que está fuera del archivo",
        "Copie el fichero en el lugar del enlace.",
    ),
    "settings.not-toml": (
        "{path}: no es TOML válido: {reason}",
        "Corrija el fichero: docs/settings.md dice qué puede contener.",
    ),
    "settings.not-utf-8": "su texto no está en UTF-8",
    "settings.not-a-section": (
        "{path}: {section} debe ser una sección, no un valor",
        "Escriba [{section}] en una línea aparte y sus claves debajo.",
    ),
    "settings.unknown-section": ("{path}: sección desconocida [{section}]", "Secciones conocidas: {known}."),
    "settings.unknown-key": ("{path}: clave desconocida {key!r} en [{section}]", "Claves conocidas: {known}."),
    "settings.wrong-type": (
        "{path}: {key} en [{section}] debe ser {wanted}",
        "Escriba, por ejemplo: {key} = {example}",
    ),
    "settings.text": "un texto entre comillas",
    "settings.texts": "una lista de textos entre comillas",
    "settings.groups": "una lista de listas de dos o más textos entre comillas",
    "settings.boolean": "true o false",
    "settings.number": "un número entero",
    "settings.out-of-range": (
        "{path}: {key} en [{section}] debe estar entre {low:,} y {high:,}",
        "Escriba un número de este intervalo, sin separadores de miles.",
    ),
    "settings.too-long": (
        "{path}: {key} en [{section}] es demasiado largo",
        "Una lista puede tener {items:,} elementos, y un texto {characters:,} caracteres.",
    ),
    "settings.toml-too-large": "ocupa más de {limit} KB",
    "settings.toml-long-key": "una clave con puntos tiene más de {limit} partes",
    "settings.toml-too-deep": "demasiados niveles de anidamiento",
    "settings.skos-outside": (
        "{path}: skos en [thesaurus] indica un fichero fuera del archivo",
        "Copie el fichero en la carpeta del archivo.",
    ),
    "settings.unknown-share": (
        "{path}: share en [archive] no puede ser {value!r}",
        'Escriba share = "group" u omítalo.',
    ),
    "settings.unknown-language": (
        "{path}: idioma desconocido {language!r}",
        "Escriba los idiomas como códigos, por ejemplo en, fr, ar.",
    ),
    "settings.no-categories": ("[categories] debe contener al menos una categoría", _CATEGORY_HINT),
    "settings.too-many-categories": (
        "[categories] contiene {count:,} categorías; se permiten como máximo {limit}",
        _CATEGORY_HINT,
    ),
    "settings.shared-alias": ("[categories]: {word!r} pertenece tanto a {first} como a {second}", _CATEGORY_HINT),
    "settings.category-name": ("[categories]: {name!r} no puede ser el nombre de una categoría", _CATEGORY_HINT),
    "settings.category-aliases": ("[categories]: {name} debe tener una lista de palabras", _CATEGORY_HINT),
    "settings.too-many-aliases": (
        "[categories]: {name} tiene más de {limit} palabras, o una de más de {characters} letras",
        _CATEGORY_HINT,
    ),
    "settings.unknown-engine": (
        "{path}: motor desconocido {engine!r} en [index]",
        "Motores conocidos: {engines}. Sin este ajuste el motor es {default}.",
    ),
    "settings.engine-by-hand": (
        "{path}: no se puede escribir el motor en este fichero",
        "Escriba esta línea en su sección [index]: {line}",
    ),
    "settings.not-writable": (
        "{path}: no se puede escribir: {reason}",
        "Escriba esta línea en su sección [index]: {line}",
    ),
    "settings.engine-address": (
        "{path}: el motor en [index] no es una dirección: {reason}",
        'Escriba: engine = "opensearch://servidor:9200/nombre"',
    ),
    "index.not-in-use": "un índice que no está en uso",
    "index.unreferenced-file": "un fichero del índice al que nada se refiere",
    "index.damaged": ("{directory}: el índice está dañado ({reason})", REBUILD_INDEX),
    "index.damaged-part": ("el índice está dañado: {part} está incompleto o fue modificado", REBUILD_INDEX),
    "index.foreign": ("{directory}: no es un índice escrito por Muniment", REBUILD_INDEX),
    "index.discloses": (
        "{archive}: un documento fue retirado o borrado definitivamente, y el índice todavía contiene sus palabras",
        "Ejecute 'muniment index'. Si hay una ejecución en curso, inténtelo de nuevo en un momento.",
    ),
    "index.in-the-making": (
        "{archive}: hay una ejecución en curso, y todavía no se puede buscar nada",
        (
            "Inténtelo de nuevo en un momento: se puede buscar en los primeros documentos unos segundos después de"
            " leerlos."
        ),
    ),
    "index.lacks-fields": (
        "{directory}: el índice se creó antes de que se añadieran estos campos: {fields}",
        "Añádalos al índice con: muniment index",
    ),
    "index.missing": (
        "{directory}: aquí no hay ningún índice",
        (
            "Ejecute 'muniment index' para completar la última ejecución o 'muniment reindex' para reconstruirlo sin"
            " leer ningún fichero."
        ),
    ),
    "index.not-writable": ("{directory}: no se puede escribir el índice: {reason}", REBUILD_INDEX),
    "index.builder-died": (
        "{directory}: el índice no está completo: se detuvo un proceso que lo estaba construyendo",
        "No se pierde nada. Ejecute 'muniment index' de nuevo; si vuelve a ocurrir, use menos procesos con --jobs 1.",
    ),
    "index.other-version": (
        "{directory}: el índice es de la versión {found}; esta versión de Muniment usa {used}",
        REBUILD_INDEX,
    ),
    "index.file-bytes": "sus bytes no son los que se escribieron",
    "index.file-missing": "falta",
    "index.file-size": "tiene {size:,} bytes; se escribieron {recorded:,}",
    "index.file-unreadable": "no se puede leer: {reason}",
    "index.rebuild": REBUILD_INDEX,
    "index.unreadable-manifest": ("{path}: no se puede leer: {reason}", REBUILD_INDEX),
    "engine.fuzzy-limit": "{word} se parece a {total:,} palabras; solo se buscaron las {searched:,} más parecidas",
    "engine.too-much-text": (
        "la pregunta examina textos de más de {characters:,} caracteres",
        "Redúzcala por fecha, categoría o idioma.",
    ),
    "engine.wildcard-limit": (
        "{pattern} coincide con {total:,} palabras; solo se buscaron las {searched:,} más frecuentes"
    ),
    "engine.passage-limit": (
        "Una respuesta tiene como máximo {limit:,} fragmentos, aquí {count:,} de cada resultado. Pida "
        "menos resultados"
        " para ver más."
    ),
    "engine.uncatalogued-document": (
        "el índice contiene documentos que el catálogo no tiene, por ejemplo {document_id}",
        (
            "Si el catálogo se restauró desde una copia de seguridad anterior, ejecute 'muniment reindex'. "
            "Si no, copie"
            " primero .muniment y busque una copia de seguridad más reciente."
        ),
    ),
    "index.ahead": (
        "{archive}: el índice contiene los cambios hasta el {index_change:,}; el catálogo, solo hasta el {change:,}",
        (
            "El catálogo es más antiguo que el índice: busque una copia de seguridad más reciente de "
            ".muniment. Para seguir con este catálogo, cuyas correcciones y retiradas pueden estar "
            "anticuadas, copie primero .muniment y ejecute 'muniment reindex'."
        ),
    ),
    "index.other-catalogue": (
        ("{archive}: el índice no se hizo a partir de este catálogo: sus registros difieren en el cambio {change:,}"),
        (
            "Uno de los dos es de otro archivo, o de otra copia de este. Busque la pareja en una copia "
            "de seguridad de .muniment; para seguir con este catálogo, copie primero .muniment y "
            "ejecute 'muniment reindex'."
        ),
    ),
    "index.stale": "le faltan los cambios más recientes; ejecute 'muniment index'",
    "index.other-number": (
        "tiene {found:,} documentos en lugar de {expected:,}; ejecute 'muniment index', que lo escribe de nuevo"
    ),
    "index.other-settings": (
        "{names}: cambió en muniment.toml desde que se hizo el índice; 'muniment reindex' lo escribe de nuevo con ello"
    ),
    "catalogue.unknown-document": (
        "ningún documento tiene el identificador {id!r}",
        "'muniment search' muestra el identificador de cada resultado.",
    ),
    "catalogue.none": (
        "{archive}: todavía no es un archivo: aquí no se ha indexado nada",
        "Ejecute primero 'muniment --archive DIR index FOLDER' o indique otra carpeta con --archive.",
    ),
    "catalogue.lost": (
        "{archive}: el catálogo ha desaparecido, pero quedan otros datos del archivo en .muniment ({remains})",
        f"Es un archivo dañado, no uno nuevo. {_RESTORE}",
    ),
    "catalogue.foreign": ("{path}: no es un catálogo de Muniment", _RESTORE),
    "catalogue.version": (
        "{path}: versión {version} del catálogo; este programa lee la versión {ours}",
        (
            "Use la versión de Muniment que lo escribió: al indexar desde cero se perderían las correcciones, las"
            " retiradas y el registro."
        ),
    ),
    "catalogue.old-version": (
        "{path}: versión {version} del catálogo; este programa lee la versión {ours}",
        "Ejecute 'muniment index' una vez: convierte el catálogo a esta versión sin volver a leer ningún documento.",
    ),
    "catalogue.damaged": ("{path}: el catálogo está dañado: {reason}", _RESTORE),
    "catalogue.failed": ("{path}: {reason}", _RESTORE),
    "catalogue.locked": (
        "{path}: {reason}",
        "Otro programa está escribiendo en él; espere a que termine e inténtelo de nuevo.",
    ),
    "catalogue.not-accessible": (
        "{path}: {reason}",
        "Compruebe que la carpeta del archivo existe y que se puede escribir en ella.",
    ),
    "catalogue.not-a-file": ("{path}: no es un fichero normal", _RESTORE),
    "catalogue.not-text": (
        "{text}: no es texto válido",
        "Escríbalo de nuevo o cópielo de la salida de 'muniment search'.",
    ),
    "catalogue.unknown-value": ("el catálogo está dañado: {value!r} no es un valor de tipo {kind}", _RESTORE),
    "catalogue.permissions": ("{path}: {reason}", "Compruebe la carpeta y sus permisos."),
    "catalogue.other-thread": (
        "{archive}: un archivo abierto para escribir solo lo puede usar el hilo que lo abrió",
        "Escriba desde ese hilo o abra el archivo para leer.",
    ),
    "settings.thesaurus-equivalent": (
        "{path}: equivalent en [thesaurus] no es una lista de listas de dos términos o más",
        'Escriba equivalent = [["CSO", "civil society organisation"], ["LGBTI", "LGBT"]].',
    ),
    "settings.skos-too-large": ("{path}: ocupa más de {limit} MB", "Indique un fichero SKOS más pequeño."),
    "settings.skos-unreadable": (
        "{path}: no se puede leer: {error}",
        "Corrija el nombre de fichero de skos en [thesaurus].",
    ),
    "settings.skos-invalid": ("{path}: no es SKOS en RDF/XML: {error}", "Exporte el tesauro como RDF/XML."),
    "archive.lock-file": ("un fichero de bloqueo de un programa de Office"),
    "archive.mail-server-file": "una lista de un servidor de correo",
}
