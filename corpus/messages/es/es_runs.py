"""Spanish sentences: what a run reports while it works.

Areas: run, reread, ocr, engine. See `corpus.messages` for how a sentence is written.
"""

from __future__ import annotations

SENTENCES: dict[str, str | tuple[str, str]] = {
    "run.no-such-archive": ("{folder}: no existe esa carpeta", "Créela primero o indique otra con --archive."),
    "run.no-reader-starts": (
        "no se puede iniciar ningún programa que lea los ficheros",
        (
            "Los ficheros por leer quedan como estaban. Compruebe que este usuario puede ejecutar "
            "{python}, que queda memoria y que Muniment está instalado por completo; luego repita."
        ),
    ),
    "run.gone-folder": (
        "{folder}: no existe, y el archivo tiene ficheros de ella",
        (
            "Conecte su disco. Si se eliminó a propósito, registre sus ficheros como ausentes: muniment index"
            " --yes-missing"
        ),
    ),
    "run.unreadable-folder": (
        "{folder}: no se puede leer: {cause}",
        "Compruebe el nombre, los permisos de la carpeta o el disco.",
    ),
    "run.not-a-folder": (
        "{folder}: no es una carpeta ni un fichero con contenido",
        "Indique una carpeta o un fichero; las tuberías y los dispositivos no se pueden indexar.",
    ),
    "run.watch-waits": (
        "{problem}; la vigilancia continúa cuando el disco se conecte de nuevo. Si los ficheros se eliminaron a"
        " propósito, termínela con Ctrl-C y ejecute 'muniment index --yes-missing'"
    ),
    "run.many-missing": (
        (
            "{missing:one=falta|other=faltan} {missing:,} de {known:,} {known:one=fichero conocido|other=ficheros"
            " conocidos}, por ejemplo {example}; no se modificó nada"
        ),
        "Compruebe que el disco está conectado. Si los ficheros se eliminaron a propósito, añada --yes-missing.",
    ),
    "run.empty-folder": (
        (
            "{folder}: {missing:one=falta el único fichero conocido|other=faltan los {missing:,} ficheros "
            "conocidos} de"
            " esta carpeta; no se modificó nada"
        ),
        "Compruebe que el disco está conectado. Si los ficheros se eliminaron a propósito, añada --yes-missing.",
    ),
    "run.sidecar": "describe el fichero que está a su lado",
    "run.interrupted": "interrumpido; se está indexando lo que se leyó, y Ctrl-C otra vez lo detiene de inmediato",
    "run.index-upgrade": (
        "el índice es de la versión {found}; se reconstruye como versión {used} a partir del catálogo, "
        "y no se vuelve a"
        " leer ningún fichero"
    ),
    "run.bag-restored": "restaurado a partir del paquete BagIt, con sus identificadores, correcciones y registro",
    "reread.tombstone": "fue {reason}, y no se lee",
    "reread.no-file": "solo lo nombra un listado; no hay ningún fichero que leer",
    "reread.missing": "su fichero está ausente; se conserva lo que se leyó de él",
    "reread.changed": "su fichero ha cambiado desde que se leyó; ejecute 'muniment index', que lo lee como está ahora",
    "reread.unconfirmed": (
        "fuera del archivo, en una carpeta que nadie ha indicado en este equipo; indíquela una vez con "
        "'muniment index"
        " FOLDER'"
    ),
    "reread.ocr": "tiene texto de OCR, que se perdería al leerlo de nuevo; añada --ocr para reconocerlo otra vez",
    # Reasons that are stored with files and documents.
    "run.unfinished": (
        "en el tiempo para un fichero se {read:one=leyó|other=leyeron} {read:,} de los {total:,} documentos que"
        " contiene; la próxima ejecución continúa"
    ),
    "run.folder-left-out": (
        "omitida, porque está fuera del archivo y nadie la ha indicado en este equipo; si es suya, indíquela una vez:"
        " muniment index {folder}"
    ),
    "run.content-erased": (
        "se {count:one=omitió|other=omitieron} {count:,} {count:one=fichero|other=ficheros}, porque el contenido fue"
        " borrado definitivamente"
    ),
    "run.place-erased": (
        "omitido, porque el documento de esta ruta fue borrado definitivamente; una versión para el archivo necesita"
        " otro nombre"
    ),
    "run.copy": "los mismos bytes que {path}",
    "run.copy-of-failed": "los mismos bytes que {path}: {reason}",
    "run.embedded-removed": "ya no está en su fichero",
    "ocr.not-installed": (
        "el OCR necesita tesseract, que no está instalado",
        "Debian y Ubuntu: apt install tesseract-ocr tesseract-ocr-fra (y otros idiomas); después inténtelo de nuevo.",
    ),
    # Reasons that are stored with documents; those of a document begin with "OCR ".
    "ocr.no-text": "OCR sin resultado: no se encontró texto",
    "ocr.failed-page": "OCR fallido en la página {page:,}: {reason}",
    "ocr.failed-pages": (
        "OCR fallido en {count:,} {count:one=página|other=páginas}, la primera de ellas la página {page:,}: {reason}"
    ),
    "ocr.missing-languages": ("tesseract no puede leer aquí {languages} (en Debian y Ubuntu: apt install {packages})"),
    "ocr.unknown-languages": "tesseract no puede leer {languages}",
    "ocr.no-tesseract": "tesseract no está instalado",
    "ocr.no-language": "tesseract no tiene ninguno de los idiomas del documento",
    "ocr.no-such-page": "el fichero no tiene esa página",
    "ocr.image-too-large": "una imagen de {width:,} x {height:,} píxeles es demasiado grande",
    "ocr.unreadable-file": "el fichero no se puede abrir: {cause}",
    "ocr.not-rendered": "no se puede generar la imagen de la página: {cause}",
    "ocr.no-page-size": "la página no tiene tamaño",
    "ocr.no-time": "no quedaba tiempo",
    "ocr.too-slow": "tesseract tardó más de {seconds:g} s",
    "ocr.not-started": "no se puede iniciar tesseract: {cause}",
    "ocr.tesseract-failed": "tesseract falló: {cause}",
    "ocr.crashed": "tesseract se interrumpió con {signal}",
    "ocr.exit-code": "tesseract terminó con el código {code}",
    "run.lone-sidecar": ("un fichero acompañante sin su fichero"),
    "run.no-file-beside": ("describe {file}, que no está a su lado; no se indexa"),
    "engine.address-form": "no tiene la forma opensearch://servidor:9200/nombre",
    "engine.address-secret": "no debe contener usuario ni contraseña; se leen del entorno",
    "engine.address-name": "{name!r} no es un nombre de minúsculas, cifras, - y _",
    "engine.address-host": "{host!r} no es un servidor con un puerto",
    "engine.address-hosts": "nombra más de {limit} servidores",
    "engine.unconfirmed": (
        "{archive}: sus ajustes nombran el motor de búsqueda {address}, que nadie confirmó en esta máquina",
        "No se envió nada. Si le confía estos documentos: muniment reindex --engine {address}",
    ),
    "engine.unconfirmed-reader": (
        "{archive}: su configuración nombra el motor de búsqueda {address}, que nadie ha confirmado en esta máquina",
        "No se envió nada. Si es el que hay que consultar: muniment search --read-from {address} CONSULTA",
    ),
    "engine.unreachable": (
        "{address}: el motor de búsqueda no responde: {reason}",
        "No se pierde nada. Inténtelo de nuevo en cuanto responda.",
    ),
    "engine.no-tls": "lo que responde allí no habla TLS",
    "engine.document-newer": (
        "{address}: el índice de allí tiene un estado más reciente del documento {document_id} que el catálogo",
        "Escriba el índice de nuevo: muniment reindex",
    ),
    "engine.no-index": (
        "{address}: no hay ningún índice con este nombre",
        "Compruebe el nombre al final de la dirección. Donde está el archivo, 'muniment reindex' escribe su índice.",
    ),
    "engine.waiting": "esperando a {address}, que aún no ha respondido",
    "engine.change-recorded": (
        "el cambio está registrado, pero el índice aún no lo tiene: {reason}",
        "No hace falta repetirlo. Cuando eso esté resuelto: muniment index",
    ),
    "engine.change-unconfirmed": (
        "el cambio está registrado, pero el índice aún no lo tiene: {reason}",
        "No hace falta repetirlo; no se envió nada. Si confía en la dirección: muniment reindex --engine {address}",
    ),
    "engine.redirect": (
        "{address}: lo que responde allí remite a {target} (estado {status}), lo que no se sigue",
        "Indique la dirección del propio motor: muniment reindex --engine opensearch://HOST:PUERTO/NOMBRE",
    ),
    "engine.stranger": (
        "{address}: lo que responde allí no es el motor de búsqueda OpenSearch (estado {status})",
        "Compruebe el host y el puerto de la dirección. Puede haber respondido un proxy en su lugar.",
    ),
    "engine.tls": (
        "{address}: no hay conexión segura con el motor de búsqueda: {reason}",
        "Toda dirección fuera de esta máquina se consulta por TLS. MUNIMENT_ENGINE_CA nombra sus propios certificados.",
    ),
    "engine.tls-wanted": (
        "{address}: el motor de búsqueda exige TLS, y una dirección de esta máquina se consulta sin él",
        "Ponga en su lugar el nombre de esta máquina: muniment reindex --engine opensearch://HOST:PUERTO/NOMBRE",
    ),
    "engine.blocked": (
        "{address}: el motor de búsqueda lo ha bloqueado: {reason}",
        "Quite allí el bloqueo (index.blocks, cluster.blocks) o libere sus discos, e inténtelo de nuevo.",
    ),
    "engine.disk-full": (
        "{address}: los discos del motor de búsqueda están llenos: {reason}",
        "No se pierde nada. Libere espacio en sus nodos, que quitan solos el bloqueo, e inténtelo de nuevo.",
    ),
    "engine.closed": (
        "{address}: el motor de búsqueda ha cerrado un índice: {reason}",
        "Ábralo en el clúster (POST /NOMBRE/_open) e inténtelo de nuevo.",
    ),
    "engine.refused": (
        "{address}: el motor de búsqueda rechaza el usuario o el testigo (estado {status})",
        "Defina MUNIMENT_ENGINE_USER y MUNIMENT_ENGINE_PASSWORD, o MUNIMENT_ENGINE_TOKEN.",
    ),
    "engine.credentials": (
        "están definidos a la vez un usuario y un testigo para el motor de búsqueda",
        "Defina MUNIMENT_ENGINE_USER con MUNIMENT_ENGINE_PASSWORD, o MUNIMENT_ENGINE_TOKEN, no ambos.",
    ),
    "engine.half-credentials": (
        "solo está definida una de MUNIMENT_ENGINE_USER y MUNIMENT_ENGINE_PASSWORD",
        "Defina las dos, o ninguna.",
    ),
    "engine.certificates": (
        "{path}: no se pueden leer los certificados de MUNIMENT_ENGINE_CA: {reason}",
        "Indique un fichero con los certificados de la autoridad en PEM.",
    ),
    "engine.partial": (
        "{address}: el motor de búsqueda respondió solo en parte: {reason}",
        "No se muestra ninguna respuesta parcial. Inténtelo de nuevo cuando responda todo el clúster.",
    ),
    "engine.answer": (
        "{address}: el motor de búsqueda no puede hacerlo (estado {status}): {reason}",
        "Vea el registro del clúster y docs/cluster.md.",
    ),
    "engine.not-an-answer": "lo que respondió no es JSON de un motor de búsqueda, o pasa de {limit} MB",
    "engine.unexpected-answer": "a su respuesta le falta {part}, o tiene ahí otra cosa",
    "engine.document-too-long": (
        "{address}: el motor no acepta peticiones tan largas como el documento {document_id} ({size:,} bytes)",
        "Deje que sus nodos acepten otras más largas (docs/cluster.md), o: muniment withdraw {document_id}",
    ),
    "engine.document-refused": (
        "{address}: el motor de búsqueda no acepta el documento {document_id}: {reason}",
        "No se ha perdido nada. Vea el registro del clúster y docs/cluster.md.",
    ),
    "engine.timed-out": "se agotó el tiempo",
    "engine.shards-failed": "partes del índice sin respuesta: {count}",
    "engine.parts-missing": "partes de él ya no tienen ninguna copia que responda",
    "engine.other-archive": (
        "{address}: el índice {index} de allí pertenece a otro archivo o programa",
        "Elija otro nombre al final de la dirección.",
    ),
    "engine.copy": (
        "{archive}: es una copia de {original}, cuyo índice está en {address}",
        "No se envió nada. Elija otro nombre al final de la dirección, como {address}-copy.",
    ),
    "engine.wide-pattern": (
        "{pattern} representa más de {limit:,} palabras",
        "Escriba más letras de la palabra.",
    ),
    "engine.phrase-limit": (
        "{phrase!r}: sus palabras están partidas de demasiadas maneras para buscarlas como una sola frase",
        "Busque una frase más corta.",
    ),
    "engine.index-left": (
        "el índice que el archivo tenía allí se queda, y las retiradas y los borrados que le faltan no llegan a él:"
        " {reason}"
    ),
    "engine.not-removed": (
        "{reason}; las retiradas y los borrados que le faltan no llegan a él; para eliminarlo, envíe al clúster:"
        " DELETE /{names}"
    ),
    "engine.indexes-stay": (
        "los índices que el archivo tenía ahí se quedan, y las retiradas y los borrados que les faltan no llegan a"
        " ellos; para eliminarlos, envíe al clúster: DELETE /{names}"
    ),
    "engine.no-documents": (
        "{address}: el índice que hay allí no guarda documentos que se puedan leer sin el catálogo",
        "Donde está el archivo: escriba [index] store_documents = true y después muniment reindex",
    ),
    "engine.no-cluster": (
        "{archive}: su configuración no nombra ningún clúster del que leer documentos, sino {engine}",
        "Nombre uno: --read-from opensearch://HOST:9200/NOMBRE",
    ),
    "command.no-place": (
        "{engine!r} no es un lugar del que leer documentos: {reason}",
        "Escriba --read-from catalogue, cluster u opensearch://HOST:9200/NOMBRE.",
    ),
    "command.engine-confirm-all": (
        "Los textos y los metadatos de todos los documentos de {archive} se enviarán a {address} y quedarán allí."
        " ¿Continuar?"
    ),
    "command.no-engine": (
        "{engine!r} no es un motor de búsqueda: {reason}",
        "Escriba --engine opensearch://servidor:9200/nombre, o --engine whoosh.",
    ),
    "command.engine-yes": (
        "esto envía palabras y metadatos de todos los documentos a un motor, y aquí no se puede preguntar a nadie",
        "Si es lo que quiere, añada --yes.",
    ),
    "command.engine-confirm": (
        "Las palabras y los metadatos de todos los documentos de {archive} se enviarán a {address}. ¿Continuar?"
    ),
    "engine.token-form": (
        "el testigo de MUNIMENT_ENGINE_TOKEN tiene caracteres que un testigo no puede tener",
        "Ponga solo el testigo, con letras, cifras y signos ASCII.",
    ),
}
