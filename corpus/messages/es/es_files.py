"""Spanish sentences: why a file could not be read, or only in part; stored as a reason.

Areas: file. See `corpus.messages` for how a sentence is written.
"""

from __future__ import annotations

SENTENCES: dict[str, str | tuple[str, str]] = {
    # The limits of the process that reads a file.
    "file.wall-time": "la lectura tardó más de {seconds:g} s según el reloj; quizás el equipo estaba ocupado",
    "file.cpu-time": "la lectura necesitó más de {seconds} s de tiempo de cálculo, el límite para un fichero",
    "file.memory": "la lectura necesitó más memoria de la permitida para un fichero",
    "file.reader-ended": "el programa que lo lee terminó sin resultado (código de salida {code})",
    "file.reader-crashed": "el programa que lo lee se interrumpió por un error ({signal})",
    "file.reader-stopped": (
        "el programa que lo lee fue detenido desde fuera ({signal}); quizás el equipo se quedó sin memoria"
    ),
    "file.reader-hindered": (
        "el programa que lo lee no pudo trabajar: el disco está lleno o falla, o hay demasiados ficheros o programas"
        " abiertos"
    ),
    "file.reader-failed": "el programa que lo lee falló: {error}",
    "file.changing": (
        "el fichero se estaba escribiendo cada vez que se leyó; ejecute 'muniment index' cuando eso termine"
    ),
    "file.not-read-again": "no se pudo leer de nuevo, así que se conserva el texto leído antes: {reason}",
    "file.result-unsendable": "lo leído no se puede transmitir ({error})",
    "file.result-invalid": "su lector envió algo que no es un resultado",
    "file.result-too-large": "lo leído ocupa más de {mib:,} MiB",
    # Files that no reader can read.
    "file.empty": "el fichero está vacío",
    "file.unavailable": "no se puede leer: {cause}",
    "file.no-reader": "no hay lector para ficheros {extension} (datos binarios, no texto)",
    "file.kind-unpack": "{kind}, formato que no se lee; descomprímalo e indexe los ficheros que contiene",
    "file.kind-export": "{kind}, formato que no se lee; guárdelo como PDF, texto u otro formato que se lea",
    "file.kind-sound": "{kind}, formato que no se lee; indexe en su lugar una transcripción o los subtítulos",
    "file.kind-no-text": "{kind}, sin texto que leer",
    "file.kind-locked": "{kind}, formato que no se lee; descífrelo primero",
    "file.no-converter-doc": "no hay lector para ficheros .doc; instale antiword o LibreOffice",
    "file.password": "necesita una contraseña",
    "file.xfa-form": (
        "un formulario XFA, que solo muestran los programas de Adobe; para que se lea su texto, "
        "imprímalo desde ellos a"
        " un PDF corriente"
    ),
    "file.rights": "bloqueado (gestión de derechos digitales)",
    "file.encrypted-mail": "el correo está cifrado; solo se leyeron sus encabezados",
    "file.binary": "datos binarios, no texto",
    "file.renamed-office": "un fichero de Office de un formato antiguo, con el nombre de un formato más nuevo",
    "file.not-image": "no es una imagen PNG, JPEG o TIFF",
    "file.not-mail": "no es un correo (no tiene encabezado de correo)",
    "file.unsupported-encoding": "comprimido con {encoding}, que no se puede descomprimir; guarde la página misma",
    "file.converter-failed": "{program} no pudo leerlo",
    "file.converter-time": "{program} tardó más de {seconds:g} s",
    # Files without text.
    "file.no-text": "el fichero no contiene texto",
    "file.no-text-page": "la página web no contiene texto",
    "file.no-text-mail": "el correo no contiene texto",
    "file.no-text-sheets": "las hojas están vacías",
    "file.no-text-pages": "no hay texto {pages:one=en su única página|other=en ninguna de sus {pages:,} páginas}",
    "file.no-text-scanned": (
        "no hay texto {pages:one=en su única página|other=en ninguna de sus {pages:,} páginas}; parece escaneado"
    ),
    "file.no-text-image": "una imagen; solo se puede leer con OCR",
    "file.no-documents": "el fichero zip no contiene documentos",
    "file.no-documents-archive": "el fichero comprimido no contiene documentos",
    "file.no-captures": "el archivo web no contiene páginas",
    # What in a web archive is no document.
    "file.left-out": "se {count:one=omitió|other=omitieron} {count:,} {count:one=registro|other=registros}: {kinds}",
    "file.left-out-images": "{count:,} {count:one=imagen|other=imágenes}",
    "file.left-out-media": "{count:,} {count:one=grabación o película|other=grabaciones o películas}",
    "file.left-out-fonts": "{count:,} {count:one=fuente tipográfica|other=fuentes tipográficas}",
    "file.left-out-styles": "{count:,} {count:one=hoja de estilo|other=hojas de estilo}",
    "file.left-out-scripts": "{count:,} {count:one=script|other=scripts}",
    "file.left-out-data": "{count:,} de otros datos",
    "file.left-out-redirects": "{count:,} {count:one=redirección|other=redirecciones}",
    "file.left-out-errors": "{count:,} {count:one=página de error|other=páginas de error}",
    "file.left-out-repeated": "{count:,} {count:one=captura repetida|other=capturas repetidas}",
    # Caps: what was read until then is kept.
    "file.first-bytes": "solo se leyeron los primeros {count:,} bytes",
    "file.first-pages": "solo se leyeron las primeras {count:,} páginas",
    "file.first-characters": "solo se leyeron los primeros {count:,} caracteres",
    "file.first-page-characters": "solo se leyeron los primeros {count:,} caracteres de la página {page}",
    "file.first-documents": "solo se leyeron los primeros {count:,} documentos que contiene",
    "file.many-fields": "su formulario tiene más de {count:,} campos, así que no se leyeron sus valores",
    "file.first-annotations": "solo se leyeron las primeras {count:,} anotaciones",
    "file.giant-annotation": "una anotación de la página {page} es demasiado grande para leerla",
    "file.first-drawings": "solo se leyeron los primeros {count:,} sellos y firmas de la página {page}",
    "file.first-annotation-characters": (
        "solo se leyeron los primeros {count:,} caracteres de las anotaciones de la página {page}"
    ),
    "file.mail-text-cut": "falta el final del correo",
    "file.first-mail-parts": "solo se leyeron las primeras {count:,} partes del correo",
    "file.too-deep": "no se leen documentos contenidos a más de {depth} niveles de ficheros",
    "file.too-large": "ocupa más de {mib:,} MiB",
    "file.unpacks-too-far": "descomprimido ocupa más de {ratio} veces su tamaño comprimido",
    "file.part-too-large": "{part} ocupa más de {mib} MiB",
    "file.part-unpacks-too-far": "{part} descomprimido ocupa más de {ratio} veces su tamaño comprimido",
    "file.package-too-large": "descomprimido ocupa más de {mib} MiB",
    "file.too-many-members": "contiene más de {count:,} ficheros",
    "file.page-too-large": (
        "la página {page} descomprimida ocupa más de lo que es seguro; solo se leyeron las páginas anteriores"
    ),
    "file.sheet-too-large": "la hoja “{sheet}” se extiende por más de {cells:,} celdas",
    "file.too-many-attributes": "una etiqueta HTML tiene más de {count:,} atributos",
    "file.nested-markup": "los elementos HTML tienen demasiados niveles de anidamiento",
    "file.nested-json": "los valores JSON tienen demasiados niveles de anidamiento; se leyó como texto sin formato",
    "file.sheets-unformatted": "leído sin formatos de celda: las fechas aparecen como números de días",
    # The text was read, and something beside it took too long.
    "file.slow-properties": "sus propiedades no se pudieron leer a tiempo",
    "file.slow-attachments": "sus adjuntos no se pudieron enumerar a tiempo",
    "file.slow-annotations": "no se pudieron leer a tiempo todas sus anotaciones",
    "file.slow-title": "su título no se pudo buscar a tiempo",
    # Damage.
    "file.damaged": "fichero dañado",
    "file.damaged-workbook": "fichero dañado (su libro de cálculo no se puede leer)",
    "file.damaged-zip": "fichero dañado (no es un fichero zip completo)",
    "file.damaged-overlap": "fichero dañado (los ficheros que contiene se solapan)",
    "file.damaged-member": "fichero dañado (no se puede descomprimir)",
    "file.damaged-part": "fichero dañado ({part} no se puede descomprimir)",
    "file.broken-xml": "XML mal formado o con demasiados niveles de anidamiento; se leyó el texto entre sus etiquetas",
    "file.damaged-archive": "fichero dañado (no se puede descomprimir)",
    "file.rest-damaged": "fichero dañado (solo se leyeron los documentos anteriores al daño)",
    "file.rest-damaged-content": "fichero dañado (solo se leyó lo anterior al daño)",
    "file.damaged-xml": "fichero dañado ({part} no es XML bien formado)",
    "file.missing-part": "fichero dañado (falta {part})",
    "file.damaged-content": "fichero dañado (content.xml no tiene cuerpo)",
    "file.damaged-old-office": "fichero dañado (no es un fichero binario de Office)",
    "file.damaged-rtf": "fichero dañado (no es RTF)",
    "file.damaged-book": "fichero dañado (el libro no tiene documento de paquete)",
    "file.damaged-chapters": "fichero dañado (no se puede leer ningún capítulo)",
    "file.lost-chapters": (
        "{lost:,} de {chapters:,} {chapters:one=capítulo|other=capítulos} no se {lost:one=pudo|other=pudieron} leer"
    ),
    "file.damaged-sheets": "fichero dañado ({error})",
    "file.no-sheets": "fichero dañado (no tiene hojas)",
    "file.lost-sheet": "la hoja “{sheet}” no se puede leer",
    "file.no-markup": "no se encontró HTML",
    "file.no-markup-text": "no se encontró texto en el HTML",
    "file.damaged-mail": "correo dañado",
    "file.damaged-mail-parts": "correo dañado (sus partes no se pueden distinguir)",
    "file.damaged-message": "fichero dañado (no es un mensaje completo de Outlook)",
    "file.damaged-mailbox": "buzón dañado (no empieza con un mensaje)",
    "file.damaged-image": "imagen dañada (su cabecera termina demasiado pronto)",
    "file.damaged-pdf": "PDF dañado ({error})",
    "file.damaged-pdf-unopened": "PDF dañado (no se puede abrir)",
    "file.damaged-pdf-no-pages": "PDF dañado (sin páginas)",
    "file.damaged-pdf-loop": "PDF dañado (su lista de páginas se contiene a sí misma)",
    "file.damaged-pdf-attachment": "PDF dañado (no se puede extraer el adjunto)",
    "file.garbled": "el texto de {count:,} {count:one=página|other=páginas} parece ilegible; el OCR ayudaría",
    "file.lost-pages": (
        "no se {count:one=pudo|other=pudieron} leer {count:,} {count:one=página dañada|other=páginas dañadas}"
    ),
    "file.damaged-web-archive": "archivo web dañado ({detail})",
    "file.damaged-record": "archivo web dañado (el registro no se puede descomprimir)",
    "file.record-cut": "falta el final de un registro",
    "file.record-too-long": "un registro es más largo de lo que dice su cabecera",
    "file.no-record": "no hay un registro al principio",
    "file.lost-records": "lo que sigue al registro {records:,} no se puede leer",
    "file.records-broken-off": "interrumpido después de {records:,} {records:one=registro|other=registros}",
    "file.lost-archive": "{archive} no se puede descomprimir",
    "file.embedded-gone": "ya no está en el fichero que lo contenía",
    "file.lock-file": (
        "un fichero de bloqueo de un programa de Office, sin texto; desaparece cuando se cierra el documento"
    ),
    "file.unsupported-compression": (
        "comprimido con {method}, que no se lee; descomprímalo e indexe los ficheros que contiene"
    ),
    "file.left-out-feeds": ("{count:,} {count:one=canal o respuesta|other=canales y respuestas} en XML o JSON"),
}
