"""Spanish sentences of the archivist's pages."""

from __future__ import annotations

SENTENCES: dict[str, str | tuple[str, str]] = {
    "web.pages-of-site": "Páginas",
    "web.curate": "Gestionar",
    "web.edit": "Corregir estos valores",
    "web.form-kind": (
        "El formulario se envió de un modo que estas páginas no usan.",
        "Envíelo desde la propia página.",
    ),
    "web.form-too-long": ("El formulario tiene más de {most:,} bytes.", "Envíe menos de una vez."),
    "web.no-such-job": ("No hay ninguna tarea {number}.", "Vea las tareas más recientes en el resumen."),
    "web.server-gone": ("El servidor ya no responde. Inícielo de nuevo; lo que la tarea había registrado se conserva."),
    "web.job-running": (
        "No se inició nada, porque hay una tarea en curso: {title}.",
        "Inicie esto cuando termine.",
    ),
    "web.absolute-folder": (
        "La carpeta debe indicarse con su ruta completa.",
        "Escríbala como en /home/ada/copies/bag.",
    ),
    "web.job.waiting": "en espera",
    "web.job.checking": "revisando ficheros",
    "web.job.reading": "leyendo ficheros",
    "web.job.recognising": "reconociendo páginas",
    "web.job.indexing": "indexando documentos",
    "web.job.verifying": "comparando ficheros",
    "web.job.packing": "copiando ficheros",
    "web.job.stopped": "Detenida. Se conserva lo que ya se había hecho.",
    "web.job.failed": ("La tarea terminó antes de tiempo: {reason}.", "Revise el disco y vuelva a iniciarla."),
    "web.job-state.running": "en curso",
    "web.job-state.done": "Terminada",
    "web.job-state.failed": "Fallida",
    "web.job-state.stopped": "Detenida",
    "web.job-state.interrupted": "Interrumpida",
    "web.job-interrupted": "El servidor se cerró antes de que terminara esta tarea. Se conserva lo que "
    "ya estaba registrado. Iníciela de nuevo para hacer el resto.",
    "web.job-seconds": "duró {seconds:,} {seconds:one=segundo|other=segundos}",
    "web.job-minutes": "duró {minutes:,} {minutes:one=minuto|other=minutos}",
    "web.run.no-files": "No hay ficheros en {folder}. Ponga documentos en ella e incorpórelos, o indique otra carpeta.",
    "web.job.verify": "Verificar el archivo",
    "web.job.index": "Incorporar ficheros",
    "web.job.index-retry": "Incorporar ficheros y leer de nuevo lo que falló",
    "web.job.reindex": "Reconstruir el índice",
    "web.job.export": "Exportar el archivo",
    "web.jobs": "Tareas",
    "web.job-running-now": "en curso",
    "web.job-progress": "{stage}: {done:,} de {total:,}",
    "web.stop": "Detener",
    "web.verified-whole": (
        "No se ha perdido nada: {files:,} {files:one=fichero|other=ficheros} y {texts:,} {texts:one=texto"
        " almacenado|other=textos almacenados} coinciden con lo registrado."
    ),
    "web.verified-differences": (
        "Se {count:one=encontró|other=encontraron} {count:,} {count:one=diferencia|other=diferencias}."
    ),
    "web.run.added": "{count:,} {count:one=añadido|other=añadidos}",
    "web.run.changed": "{count:,} {count:one=modificado|other=modificados}",
    "web.run.moved": "{count:,} {count:one=trasladado|other=trasladados}",
    "web.run.duplicate": "{count:,} {count:one=duplicado|other=duplicados}",
    "web.run.removed": "{count:,} ya no {count:one=está|other=están}",
    "web.run.replaced": "{count:,} {count:one=sustituido|other=sustituidos} por otros archivos",
    "web.run.failed": "{count:,} no se {count:one=pudo|other=pudieron} leer",
    "web.run.partial": "de los ficheros leídos, {count:,} solo en parte",
    "web.run.without-text": "de los ficheros leídos, {count:,} sin texto",
    "web.run.unchanged": "{count:,} sin cambios",
    "web.run.contains": (
        "El archivo tiene ahora {documents:,} {documents:one=documento|other=documentos} con {pages:,}"
        " {pages:one=página|other=páginas}."
    ),
    "web.exported": (
        "{folder} contiene {files:,} {files:one=fichero|other=ficheros} y la tabla de {documents:,}"
        " {documents:one=documento|other=documentos}."
    ),
    "web.overview": "Resumen",
    "web.bring-in": "Incorporar",
    "web.failures": "Fallos",
    "web.queue": "Cola",
    "web.log": "Registro",
    "web.export": "Exportar",
    "web.ledger": "Qué contiene el archivo",
    "web.files-in-state": "Ficheros",
    "web.to-do": "Pendiente",
    "web.undated-documents": "{count:,} sin fecha",
    "web.uncategorised-documents": "{count:,} sin categoría",
    "web.listed-documents": "{count:,} en un listado, pero no aquí",
    "web.index-current": "El índice está al día, hasta el cambio {change:,}.",
    "web.index-bytes-unread": ("Solo lo dicen los números y los tamaños; «Verificar cada byte» lee sus ficheros."),
    "web.last-check-differs": (
        "La última comprobación del archivo encontró {count:,} {count:one=diferencia|other=diferencias}."
    ),
    "web.verify-now": "Verificar cada byte",
    "web.verify-quick": "Comprobar presencia y tamaños",
    "web.folders": "Carpetas",
    "web.planned": "Qué haría ahora una ejecución",
    "web.nothing-new": "No hay nada nuevo, modificado, trasladado ni ausente.",
    "web.more-files": "y {count:,} más",
    "web.step": "Acción",
    "web.was": "antes",
    "web.index-now": "Incorporar estos ficheros",
    "web.index-this-folder": "Indexar esta carpeta ahora: {folder}",
    "web.add-folders": "Otras carpetas, una por línea",
    "web.retry-failed": "Leer de nuevo lo que antes falló o se leyó en parte",
    "web.use-ocr": "Leer con OCR las páginas escaneadas",
    "web.allow-missing": "Continuar aunque falte más de la mitad de los ficheros conocidos",
    "web.reindex-now": "Reconstruir el índice",
    "web.none-failed": "Todo se leyó por completo.",
    "web.retry-all": "Leer estos de nuevo",
    "web.attempts": "{count:,} {count:one=intento|other=intentos}",
    "web.queue.undated": "Sin fecha",
    "web.queue.uncategorised": "Sin categoría",
    "web.queue.untitled": "Sin título",
    "web.queue.conflicts": "Fuentes que no concuerdan",
    "web.queue.without-text": "Sin texto",
    "web.queue.partial": "Leídos en parte o ilegibles",
    "web.queue.versions": "Versiones en varios idiomas",
    "web.queue-empty": "No queda nada en esta lista.",
    "web.correct": "Corregir un documento",
    "web.keep": "Conservar",
    "web.nothing": "nada",
    "web.own-value": "Valor propio",
    "web.there-is-none": "No tiene",
    "web.remove-correction": "Quitar la corrección",
    "web.who": "Su nombre, para el registro",
    "web.save": "Guardar",
    "web.save-and-back": "Guardar y seguir con la cola",
    "web.show-document": "Mostrar el documento",
    "web.reason": "Motivo",
    "web.restore-now": "Recuperar el documento",
    "web.is-withdrawn": "Este documento está retirado: {reason}",
    "web.is-erased": "Este documento está borrado definitivamente: {reason}",
    "web.what-erasing-does": "Qué elimina y qué deja el borrado definitivo",
    "web.log-kind": "Tipo",
    "web.log-document": "Documento",
    "web.log-since": "Desde",
    "web.log-what": "Qué",
    "web.log-when": "Cuándo",
    "web.before-after": "{field}: {old} → {new}",
    "web.export-about": (
        "Un paquete BagIt tiene todos los originales, una tabla de los metadatos y el catálogo con todas las"
        " correcciones. Al indexarlo en otro lugar se restaura el archivo."
    ),
    "web.export-folder": "Carpeta de destino, con su ruta completa; todavía no debe existir",
    "web.with-withdrawn": "Con los documentos retirados",
    "web.export-now": "Exportar",
    "web.number": "{number:,}",
    "web.arrow": "→",
    "web.bytes": "{size:,} bytes",
    "web.kib": "{size:,} KB",
    "web.mib": "{size:,} MB",
    "web.gib": "{size:,} GB",
    # Steps of a run for one file, by their values.
    "step.added": "nuevo",
    "step.changed": "modificado",
    "step.moved": "movido",
    "step.duplicate": "duplicado",
    "step.retried": "leído de nuevo",
    "step.removed": "ya no está",
    "step.replaced": "contenido desaparecido, otro archivo en su lugar",
    # Kinds of events in the log, by their stored values.
    "event.added": "añadido",
    "event.changed": "modificado",
    "event.begun": "empezado",
    "event.retried": "reintentado",
    "event.reread": "leído de nuevo",
    "event.moved": "movido",
    "event.returned": "recuperado",
    "event.removed": "ya no está",
    "event.duplicate": "duplicado",
    "event.copies": "copias",
    "event.failed": "fallido",
    "event.unreadable": "ilegible",
    "event.recognising": "reconociéndose",
    "event.recognised": "texto reconocido",
    "event.ocr-interrupted": "OCR interrumpido",
    "event.listed": "incluido en un listado",
    "event.arrived": "recibido",
    "event.imported": "listado importado",
    "event.unlisted": "ya no figura en un listado",
    "event.import-undone": "importación deshecha",
    "event.corrected": "corregido",
    "event.withdrawn": "retirado",
    "event.restored": "restablecido",
    "event.erased": "borrado",
    "event.unpacked": "paquete restaurado",
    # Details of events, by their keys.
    "log-detail.state": "Estado",
    "log-detail.reason": "Motivo",
    "log-detail.who": "Por",
    "log-detail.group": "Grupo",
    "log-detail.reader": "Lector",
    "log-detail.listing": "Listado",
    "log-detail.items": "Elementos",
    "log-detail.copies": "Copias",
    "log-detail.now": "Ahora",
    "log-detail.files": "Ficheros",
    # The overview.
    "web.sizes": "Tamaños",
    "web.originals": "Originales",
    "web.index": "Índice",
    "web.verification": "Verificación",
    "web.never-verified": "Aún no se ha verificado desde estas páginas.",
    "web.today": "hoy",
    "web.days-ago": "hace {days:,} {days:one=día|other=días}",
    "web.verified-fully": "Se comparó cada byte el {day}, {ago}.",
    "web.verified-quickly": "Se comprobaron presencia y tamaños el {day}, {ago}.",
    "web.verified-well": "{files:,} {files:one=fichero concuerda|other=ficheros concuerdan} con lo registrado.",
    "web.orphans": (
        "{count:,} {count:one=fichero sin uso|other=ficheros sin uso} del índice ({size}); la próxima "
        "ejecución los elimina."
    ),
    "web.job.verify-quick": "Comprobar presencia y tamaños",
    "web.sum": "{total:,} {label} = {parts}",
    "web.sum-unequal": "{total:,} {label} ≠ {parts}",
    "web.sum-part": "{count:,} {name}",
    "web.sum-parts": "{left} + {count:,} {name}",
    # Failures.
    "web.retry-group": "Leer de nuevo {count:,} {count:one=fichero|other=ficheros}",
    "web.retry-one": "Leer de nuevo",
    "web.job.retry": "Leer de nuevo {count:,} {count:one=fichero|other=ficheros}",
    "web.reader": "Lector",
    # The queue.
    "web.queue.uncertain": "Poca certeza",
    "web.queue.day-month": "¿Día o mes primero?",
    "web.queue-about.conflicts": "Fuentes fiables dan valores distintos a estos campos.",
    "web.queue-about.uncertain": "Estos valores son conjeturas, a falta de algo mejor.",
    "web.queue-about.day-month": (
        "Impresa como 03/04/2018, una fecha es el 3 de abril para unos y el 4 de marzo para otros."
    ),
    "web.queue-about.versions": "Pares que quizá sean un mismo texto en varias lenguas. Compárelos; nada se fusiona.",
    "web.off-list": "Ya no está en esta lista",
    "web.first-page-image": "La primera página",
    "web.first-page-text": "El principio del texto",
    "web.log-show": "Mostrar",
    # A listing.
    # Export and the check before it.
    "web.export-bag": "Un paquete de todo el archivo",
    "web.export-files": "{count:,} {count:one=original|other=originales}, {size}",
    "web.export-documents": "La tabla y el catálogo de {count:,} {count:one=documento|other=documentos}",
    "web.export-missing": (
        "{count:one=Falta|other=Faltan} {count:,} {count:one=fichero, que no se puede|other=ficheros, que no "
        "se pueden} exportar"
    ),
    "web.export-withdrawn": (
        "{count:one=Se omite|other=Se omiten} {count:,} {count:one=documento retirado|other=documentos "
        "retirados}, salvo que marque la casilla"
    ),
    "web.export-table": "Solo la tabla",
    "web.export-table-about": (
        "Título, fecha, categoría y demás valores de cada documento que se puede buscar, sin textos ni ficheros:"
    ),
    "web.harm-heading": "Antes de entregarlo",
    "web.harm-about": (
        "Cuenta direcciones de correo, números de teléfono y los nombres que usted dé en todo lo que se "
        "exportaría, y nombra los documentos. La lista de nombres no se guarda. Una cuenta de cero no prueba "
        "nada: lea lo que entrega."
    ),
    "web.harm-names": "Nombres que buscar, uno por línea",
    "web.harm-file": "O un fichero de texto con un nombre por línea",
    "web.harm-check": "Buscar",
    "web.job.harm": "Buscar direcciones, números y nombres",
    "web.job.looking": "leyendo textos",
    "web.harm-total": (
        "{documents:one=Se revisó|other=Se revisaron} {documents:,} "
        "{documents:one=documento|other=documentos}; se encontró algo en {found:,}."
    ),
    "web.harm-total-mails": "{count:,} {count:one=dirección|other=direcciones} de correo",
    "web.harm-total-phones": "{count:,} {count:one=número|other=números} de teléfono",
    "web.harm-total-names": "{count:,} {count:one=aparición|other=apariciones} de los nombres",
    "log-detail.undoes": "Deshace",
}
