"""Spanish sentences: listings, corrections, withdrawals, bags, verification.

Areas: listing, import, edit, erase, related, bag, verify, log. See `corpus.messages` for how a sentence is written.
"""

from __future__ import annotations

from corpus.messages.es.es_archive import REBUILD_INDEX, RESTORE_CATALOGUE

_FETCH_BAG = "El paquete está dañado o fue modificado: obténgalo de nuevo o vuelva a exportarlo."
_INDEX_AGAIN = "Ejecute 'muniment index'; si la diferencia persiste, restaure el catálogo desde una copia de seguridad."
_RECORD_CHANGE = (
    "Si se modificó a propósito, ejecute 'muniment index': registra el fichero como está ahora y conserva el"
    " identificador y las correcciones del documento. Si no, restáurelo primero desde una copia de seguridad."
)
_FETCH_FILE = (
    "Restaure el fichero desde una copia de seguridad; si se eliminó a propósito, ejecute 'muniment index' para"
    " registrarlo."
)
_CHECK_DISK = "Revise el disco y los permisos del fichero."
_KEEP_INDEX = (
    "Si el catálogo se restauró desde una copia de seguridad anterior, ejecute 'muniment reindex'. "
    "Si no, copie primero"
    " .muniment: al catálogo le faltan cambios que puede tener una copia de seguridad más reciente."
)
_CATCH_UP = "Ejecute 'muniment index': pone el índice al día."

_LISTING_FORMS = "Un listado es una página web guardada, una tabla CSV o TSV, o texto sin formato."

SENTENCES: dict[str, str | tuple[str, str]] = {
    # listings and sidecars
    "listing.page-unreadable": "la página está vacía o su marcado no se puede leer",
    "listing.page-without-items": "la página no tiene una lista de títulos con fechas o enlaces a documentos",
    "listing.text-without-items": "el texto no tiene ningún título con fecha en una línea propia",
    "listing.date-without-title": "no hay un título junto a la fecha {date!r}",
    "listing.table-empty": "la tabla está vacía",
    "listing.no-identifying-column": (
        "ninguna columna identifica el documento de una fila; las columnas conocidas son: {columns}"
    ),
    "listing.unknown-column": "la columna {column!r} no es un campo conocido y se ignoró",
    "listing.too-many-rows": "solo se leyeron las primeras {limit:,} filas",
    "listing.table-unreadable": "la tabla no se puede leer desde la línea {line}: {reason}",
    "listing.extra-cells": (
        "la fila tiene más celdas que el encabezado; ponga entre comillas la celda que contiene el separador"
    ),
    "listing.no-title": "la fila no tiene título",
    "listing.nothing-identifying": "no hay título, enlace, identificador ni suma de verificación; la entrada se omitió",
    "listing.repeated": "{item} ya está en el listado, en {row}",
    "listing.only-year": "de la fecha {date!r} solo es seguro el año",
    "listing.new-category": (
        "la categoría {category!r} no está en la lista del archivo; se conservó como está en el listado"
    ),
    "listing.too-many-values": "solo se leyeron los primeros {limit} valores del campo {field}",
    "listing.unknown-value": "el valor {value!r} del campo {field} no es conocido y se omitió",
    "listing.not-a-digest": "la suma de verificación {digest!r} no es un SHA-256 y se omitió",
    "listing.no-title-to-record": (
        "{item!r} no está en el archivo, y sin título no se puede registrar como entrada de un listado"
    ),
    "listing.same-content": ("tiene el contenido de {listing!r}, que se importó antes, y se importa como ese listado"),
    "listing.same-name": (
        "otro listado llamado {former!r} se importó de otra carpeta, así que este se llama {listing!r}; si es una"
        " versión más reciente de aquel listado, deshaga esta importación e impórtelo con --as {former!r}"
    ),
    "listing.newer-version": (
        "{count:,} de sus entradas {count:one=está|other=están} también en {listing!r}, y se conservan los valores de"
        " ambos; si es una versión más reciente de aquel listado, deshaga esta importación e impórtelo con --as"
        " {listing!r}"
    ),
    "import.nothing-to-undo": (
        "no hay ninguna importación que deshacer",
        "'muniment log --kind imported' muestra todas las importaciones.",
    ),
    "import.unknown-listing": ("no se importó nada de {listing!r}", "Listados importados: {known}."),
    "listing.unsuitable": ("{path}: {reason}", _LISTING_FORMS),
    "listing.not-a-file": ("{path}: no es un fichero", _LISTING_FORMS),
    "listing.unreadable": ("{path}: no se puede leer: {reason}", "Compruebe el nombre y los permisos del fichero."),
    "listing.too-large": ("{path}: ocupa más de {limit} MiB, demasiado para un listado", _LISTING_FORMS),
    "listing.sidecar-unreadable": "el fichero acompañante no se puede leer: {reason}",
    "listing.sidecar-invalid": "el fichero acompañante no es válido: {reason}",
    "listing.sidecar-too-deep": "sus valores tienen demasiados niveles de anidamiento",
    "listing.sidecar-too-large": "ocupa más de {limit} KiB",
    "listing.sidecar-too-many-fields": "tiene más de {limit} campos",
    "listing.sidecar-not-a-table": "debe ser una tabla de campos",
    "listing.sidecar-unknown-field": "{name!r} no es un campo conocido y se ignoró",
    "listing.sidecar-not-text": "{field} debe ser un texto o una lista de textos; se omitió",
    # corrections and withdrawals
    "edit.no-group": ("el registro no tiene correcciones con el nombre {group}", "Vea los nombres en el registro."),
    "edit.not-a-field": ("{field!r} no es un campo que se pueda corregir", "Indique uno de: {fields}."),
    "edit.set-and-reset": ("{field} se corrige y se restablece a la vez", "Haga una de las dos cosas."),
    "edit.not-a-date": (
        "{text!r} no es una fecha",
        "Escríbala como 2019, 2019-03, 2019-03-04, 2017..2019 o 4 de marzo de 2019.",
    ),
    "edit.ambiguous-date": (
        "{text!r} puede ser dos días, porque no se puede distinguir el día del mes",
        "Escriba {first} o {second}.",
    ),
    "edit.changed-meanwhile": (
        "No se guardó nada: valores que usted modifica cambiaron después de cargarse el formulario.",
        "Compárelos donde están marcados y guarde de nuevo para poner los suyos de todos modos.",
    ),
    "edit.state-meanwhile": (
        "No se guardó nada: el documento fue retirado o restablecido después de cargarse el formulario.",
        "Mírelo y guarde de nuevo para poner sus valores de todos modos.",
    ),
    "edit.new-category": "{text!r} no está en la lista de categorías del archivo; se conserva como lo escribió",
    "edit.not-a-language": ("{text!r} no es un idioma conocido", "Escriba su código o su nombre: en, fr, árabe."),
    "edit.not-a-country": ("{text!r} no es un país conocido", "Escriba su código ISO o su nombre: KE, Kenia."),
    "edit.not-utf-8": (
        "{what}: contiene bytes que no son texto UTF-8",
        "Escríbalo de nuevo o configure su terminal en UTF-8.",
    ),
    "edit.too-long": ("{what}: tiene {characters:,} caracteres; se permiten como máximo {limit:,}", "Acórtelo."),
    "edit.undisclosed": "(retirado)",
    "edit.no-reason": ("no se indica ningún motivo para la retirada", "Diga por qué con --reason."),
    "edit.withdrawn-already": ("{id} ya fue {reason}", "Para recuperarlo: muniment restore {id}"),
    "edit.not-withdrawn": (
        "{id} no está retirado",
        "'muniment log --kind withdrawn' muestra los documentos que se retiraron.",
    ),
    "edit.withdrawn": "retirado el {day}: {why}",
    "edit.withdrawn-by": "retirado el {day} por {person}: {why}",
    # erasure
    "erase.no-reason": (
        "no se indica ningún motivo para el borrado definitivo",
        "Diga por qué con --reason, sin nombrar a quien protege.",
    ),
    "erase.erased-already": ("{id} ya fue {reason}", "No queda nada de él en el archivo."),
    "erase.is-erased": ("{id} fue {reason}", "No queda nada de él en el archivo; no se puede recuperar."),
    "erase.erased": "borrado definitivamente el {day}: {why}",
    "erase.erased-by": "borrado definitivamente el {day} por {person}: {why}",
    "erase.unused-file": (
        "{path}: no es un fichero del índice, y puede contener lo que se borró definitivamente",
        "Elimínelo y ejecute 'muniment index': termina el borrado definitivo.",
    ),
    "erase.open-elsewhere": (
        "otro programa tiene abierto el archivo, así que lo borrado definitivamente todavía está en catalogue.db-wal",
        "Ciérrelo y ejecute 'muniment index': termina el borrado definitivo.",
    ),
    # related documents
    "related.same-name": "nombres que solo se diferencian en el idioma",
    "related.same-day": "el mismo día, la misma categoría y el mismo número de páginas en otro idioma",
    # bags
    "bag.not-writable": (
        "{target}: no se puede escribir el paquete: {reason}",
        "Indique una carpeta en la que pueda escribir. No quedó ningún resto.",
    ),
    "bag.inside-archive": (
        "{target}: está dentro de un archivo",
        (
            "Indique una carpeta en otro lugar: la próxima ejecución indexaría los ficheros del paquete "
            "como documentos"
            " nuevos."
        ),
    ),
    "bag.withdrawn": "retirado antes de crearse este paquete, que no dice el motivo",
    "bag.erased": "borrado antes de crearse este paquete, que no dice el motivo",
    "bag.left-out": "no se puede leer",
    "bag.draft-removed": "se eliminó {path}, que había dejado una exportación interrumpida",
    "bag.draft-left": (
        "Una exportación interrumpida ha dejado {path}; lo elimina la próxima ejecución o exportación de este usuario."
    ),
    "bag.file-changed": (
        "{path}: difiere del catálogo (modificado, ausente o ilegible)",
        (
            "'muniment verify' muestra la diferencia. Restaure el fichero, o ejecute 'muniment index' si ese es el"
            " fichero que quiere, y exporte de nuevo."
        ),
    ),
    "bag.files-changed": (
        "{path} y {more} más: difieren del catálogo (modificados, ausentes o ilegibles)",
        (
            "'muniment verify' muestra las diferencias. Restaure los ficheros, o ejecute 'muniment index' si esos son"
            " los ficheros que quiere, y exporte de nuevo."
        ),
    ),
    "bag.not-empty": (
        "{archive}: no es un archivo vacío; un paquete solo se puede restaurar en uno vacío",
        "Indique una carpeta vacía con --archive, o indexe solo los ficheros del paquete: 'muniment index {payload}'.",
    ),
    "bag.unreadable": ("{path}: no se puede leer: {reason}", _FETCH_BAG),
    "bag.not-utf8": "su texto no está codificado en UTF-8",
    "bag.outside": ("{path}: la línea {line} nombra un fichero fuera del paquete", "No confíe en este paquete."),
    "bag.bad-manifest-line": ("{path}: la línea {line} no es una línea de un manifiesto", _FETCH_BAG),
    "bag.not-in-manifest": ("{path}: no incluye {name}", _FETCH_BAG),
    "bag.missing-file": ("{path}: falta o no es un fichero", _FETCH_BAG),
    "bag.bytes": ("{path}: sus bytes no son aquellos con los que se hizo el paquete", _FETCH_BAG),
    "bag.no-catalogue": ("{path}: no es el catálogo de un archivo", _FETCH_BAG),
    "bag.version": (
        "{path}: formato {format} con tablas de la versión {schema}; este programa lee {our_format} con {our_schema}",
        "Use la versión de Muniment que hizo el paquete.",
    ),
    "bag.bad-row": ("{path}: la línea {line} no es una fila de un catálogo: {reason}", _FETCH_BAG),
    "bag.row-count": ("{path}: no contiene el número de filas que dice su primera línea", _FETCH_BAG),
    "bag.disagreement": ("{bag}: {name}: el catálogo y el manifiesto no concuerdan sobre este fichero", _FETCH_BAG),
    "bag.dangling": ("{bag}: su catálogo se refiere a filas que no están en él", _FETCH_BAG),
    "bag.unlogged-change": ("{bag}: su catálogo nombra un cambio de {id} que no está en su registro", _FETCH_BAG),
    "bag.bad-catalogue": ("{bag}: su catálogo no se puede restaurar: {reason}", _FETCH_BAG),
    # verification
    "verify.not-looked-at": (
        (
            "{count:one=quedó|other=quedaron} sin revisar {count:,} {count:one=fichero|other=ficheros}: fuera del"
            " archivo, en una carpeta que nadie ha indicado aquí"
        ),
        "Si es suya, indíquela una vez: muniment index {folder}",
    ),
    "bag.unconfirmed": (
        "{path}: fuera del archivo, en una carpeta que nadie ha indicado en este equipo",
        "Si la carpeta es suya, indíquela una vez: muniment index FOLDER",
    ),
    "verify.database": ("SQLite informa: {problem}", RESTORE_CATALOGUE),
    "verify.schema": ("las tablas del catálogo no están como se crearon: {name}", RESTORE_CATALOGUE),
    "verify.text": (
        "el texto leído del documento no está almacenado como se escribió",
        "Ejecute 'muniment reread {id}': vuelve a leer el texto del fichero. Después revise el disco.",
    ),
    "verify.file-row": ("lo registrado del fichero no está almacenado como se escribió", RESTORE_CATALOGUE),
    "verify.document-row": (
        "los datos del documento, con su título, fecha y otros metadatos, no están almacenados como se escribieron",
        RESTORE_CATALOGUE,
    ),
    "verify.event-row": ("el evento con este número no está en el registro como se escribió", RESTORE_CATALOGUE),
    "verify.dangling": ("la fila {row} de {table} se refiere a una fila de {parent} que no existe", RESTORE_CATALOGUE),
    "verify.pages": (
        (
            "registrado: {pages} {pages:one=página|other=páginas} con {characters}"
            " {characters:one=carácter|other=caracteres}; almacenado: {stored_pages} con {stored_characters}"
        ),
        _INDEX_AGAIN,
    ),
    "verify.unknown-state": ("{table}: {state!r} no es un estado conocido", RESTORE_CATALOGUE),
    "verify.state": ("el estado del documento es {state}, el de su fichero {file_state}", _INDEX_AGAIN),
    "verify.change": ("su último cambio tiene el número {change}, que no está en el registro", RESTORE_CATALOGUE),
    "verify.log": (
        (
            "el registro llega hasta el evento {last}, y {missing:one=falta|other=faltan} en él {missing:,}"
            " {missing:one=evento|other=eventos}"
        ),
        RESTORE_CATALOGUE,
    ),
    "verify.without-document": ("el fichero se leyó y no tiene documento", _INDEX_AGAIN),
    "verify.without-file": ("el documento se leyó y no tiene fichero", RESTORE_CATALOGUE),
    "verify.copy": (
        "el fichero está registrado como duplicado de un fichero con otros bytes",
        "Ejecute 'muniment index': lee el fichero como un documento propio.",
    ),
    "verify.absent": ("el fichero está ausente", _FETCH_FILE),
    "verify.link": ("en el lugar del fichero hay un enlace", _FETCH_FILE),
    "verify.not-a-file": ("en su lugar hay algo que no es un fichero", _FETCH_FILE),
    "verify.no-access": ("no se puede acceder al fichero: {reason}", _CHECK_DISK),
    "verify.unreadable": ("el fichero no se puede leer: {reason}", _CHECK_DISK),
    "verify.size": ("el fichero tiene {size:,} bytes; están registrados {recorded:,}", _RECORD_CHANGE),
    "verify.bytes": ("los bytes del fichero no son los registrados", _RECORD_CHANGE),
    "verify.decayed": (
        "los bytes del fichero no son los registrados, aunque no se ha guardado desde entonces",
        "Compárelo con una copia de seguridad antes de ejecutar 'muniment index'.",
    ),
    "verify.decayed-unnoticed": (
        "los bytes del fichero no son los registrados, aunque no se ha guardado desde entonces",
        "Compárelo primero con una copia de seguridad; 'muniment index' lo tomaría por no modificado.",
    ),
    "verify.unrecorded": ("el fichero nunca se ha registrado", "Ejecute 'muniment index' para añadirlo."),
    "verify.returned": (
        "el fichero está registrado como ausente y ha vuelto",
        "Ejecute 'muniment index' para registrarlo.",
    ),
    "verify.blocked": (
        "no se puede leer: {reason}; no se comprobaron los ficheros que hay debajo",
        "Compruebe que el disco está conectado y que usted puede leerlo.",
    ),
    "verify.stale": ("el índice tiene los cambios hasta {index_change}; el catálogo, hasta {change}", _CATCH_UP),
    "verify.index-ahead": (
        "el índice tiene los cambios hasta {index_change}; el catálogo, hasta {change}",
        _KEEP_INDEX,
    ),
    "verify.other-catalogue": (
        "el índice no se hizo a partir de este catálogo: sus registros difieren en el cambio {change:,}",
        _KEEP_INDEX,
    ),
    "verify.manifest": (
        "el manifiesto dice {recorded:,} {recorded:one=documento|other=documentos}; el índice contiene {count:,}",
        REBUILD_INDEX,
    ),
    "verify.outdated": (
        "el índice tiene el documento según el cambio {index_change}; el catálogo, según el cambio {change}",
        REBUILD_INDEX,
    ),
    "verify.not-indexed": ("el documento no está en el índice", REBUILD_INDEX),
    "verify.not-catalogued": ("el índice contiene un documento que no debería estar en él", _KEEP_INDEX),
    "verify.twice": ("el índice contiene el documento {count} {count:one=vez|other=veces}", REBUILD_INDEX),
    "verify.sum": ("{total:,} {label}, pero {parts}; los números deberían ser iguales", RESTORE_CATALOGUE),
    # the log
    "log.not-a-time": ("{since!r} no es un día ni una hora", "Escríbalo como 2026-03-04 o 2026-03-04T15:30."),
    "log.unknown-kind": ("no hay ningún evento del tipo {kind!r}", "Tipos: {known}."),
    "edit.duplicate": (
        "{id} es un duplicado de {original}, que tiene su texto y sus metadatos",
        "Indique {original}: lo que se le haga vale para todas sus copias.",
    ),
    "verify.copy-inside": (
        "está registrado como duplicado, y no se ha leído ningún documento con los mismos bytes",
        "Ejecute “muniment index”: vuelve a leer el fichero que lo contiene.",
    ),
}
