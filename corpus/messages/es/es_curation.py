"""Spanish sentences of the archivist's pages."""

from __future__ import annotations

SENTENCES: dict[str, str | tuple[str, str]] = {
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
    "web.verified-fully": "Se comparó cada byte el {day} (hace {days:,} {days:one=día|other=días}).",
    "web.verified-quickly": "Se comprobaron presencia y tamaños el {day} (hace {days:,} {days:one=día|other=días}).",
    "web.verified-well": "{files:,} {files:one=fichero concuerda|other=ficheros concuerdan} con lo registrado.",
    "web.orphans": (
        "{count:,} {count:one=fichero sin uso|other=ficheros sin uso} del índice ({size}); la próxima "
        "ejecución los elimina."
    ),
    "web.job.verify-quick": "Comprobar presencia y tamaños",
    "web.difference": "{problem}. {advice}",
    "web.sum": "{total:,} {label} = {parts}",
    "web.sum-part": "{count:,} {name}",
    "web.sum-parts": "{left} + {count:,} {name}",
    # Failures.
    "web.retry-group": "Leer de nuevo {count:,} {count:one=fichero|other=ficheros}",
    "web.retry-one": "Leer de nuevo",
    "web.nothing-to-retry": ("Ningún fichero así espera una nueva lectura.", "Vuelva a cargar la lista de fallos."),
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
    "web.listing-tried": "Aún no se ha cambiado nada.",
    "web.listing-choose": (
        "Estas filas cambiarían algo. Las que desmarque se omiten, como si el listado no las tuviera."
    ),
    "web.listing-import": "Importar",
    "web.listing-row": "Fila",
    "web.listing-item": "Documento",
    "web.listing-changes": "Qué cambiaría",
    "web.listing-new": "no está aquí; se anota como listado",
    "web.listing-disagrees": "Otro listado discrepa en",
    "web.listing-more-rows": (
        "{count:,} {count:one=fila más cambiaría algo y se importa|other=filas más cambiarían algo y se "
        "importan} con el resto."
    ),
    "web.listing-no-change": "No cambiaría ningún valor.",
    "web.listing-apply-chosen": "Importar las filas elegidas",
    "web.listing-gone": "{count:,} que figuraban antes y ya no",
    "web.listing-another": "Probar otro listado",
    "web.listing-done": "{count:one=Se importó|other=Se importaron} {count:,} {count:one=elemento|other=elementos}.",
    "web.listing-left": "{count:one=Se omitió|other=Se omitieron} {count:,} {count:one=fila|other=filas}, como eligió.",
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
    "web.harm-counts": "direcciones de correo {mails:,}, números de teléfono {phones:,}, nombres {names:,}",
    # Reasons of failures, put together.
    "failures.part": "una parte",
    "failures.none": "ningún motivo anotado",
}
