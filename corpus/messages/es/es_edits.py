"""Spanish sentences of changes on the archivist's pages: forms that are refused, bulk edits, listings, removals."""

from __future__ import annotations

SENTENCES: dict[str, str | tuple[str, str]] = {
    "web.no-such-choice": (
        "La opción elegida para {field} no es ninguna de las del formulario.",
        "Cargue la página de nuevo.",
    ),
    "web.erase-unconfirmed": ("No se borró nada.", "Escriba el identificador {id} para confirmar."),
    "web.withdrawn-documents": "{count:,} {count:one=retirado|other=retirados}",
    "web.withdraw-heading": "Retirar",
    "web.withdraw-about": (
        "Ninguna búsqueda ni página pública lo mostrará. El fichero se queda donde está; el catálogo "
        "conserva su texto,"
        " y el registro, quién lo retiró, cuándo y por qué."
    ),
    "web.withdraw-now": "Retirar el documento",
    "web.erase-heading": "Borrar definitivamente",
    "web.erase-about": (
        "Se eliminan para siempre su texto, sus metadatos y los detalles de sus entradas en el registro. No se puede"
        " deshacer."
    ),
    "web.erase-now": "Borrar definitivamente",
    "web.erase-files": "Estos ficheros no se tocan y siguen teniendo el contenido",
    "web.erase-containers": "Estos ficheros lo contienen junto a otros documentos",
    "web.erase-documents": "Se borran juntos",
    "web.erase-confirm": "Escriba {id} para confirmar",
    "web.bulk": "Fijar un valor en todos estos",
    "web.bulk-about": (
        "Esto modifica {count:,} {count:one=documento, el|other=documentos, los} de la búsqueda: {understood}"
    ),
    "web.bulk-preview": "Mostrar qué cambiaría",
    "web.bulk-before": "Ahora",
    "web.bulk-after": "Después",
    "web.bulk-type": "Escriba el número de documentos, {count}, para confirmar",
    "web.bulk-apply": "Modificar {count:,} {count:one=documento|other=documentos}",
    "web.bulk-done": "{count:,} {count:one=documento modificado|other=documentos modificados}",
    "web.bulk-logged": "Los cambios están en el registro con el nombre {group}.",
    "web.bulk-undo": "Deshacerlo todo",
    "web.bulk-too-many": ("La búsqueda encuentra más de {most:,} documentos.", "Acótela."),
    "web.bulk-changed": (
        (
            "La búsqueda encuentra ahora {count:,} {count:one=documento|other=documentos}, un número distinto del que"
            " se mostró."
        ),
        "Revise qué cambiaría y confirme de nuevo.",
    ),
    "web.bulk-unconfirmed": (
        "No se modificó nada.",
        "Escriba el número de documentos, {count}, para confirmar.",
    ),
    "web.listing": "Listado",
    "web.listing-about": (
        "Un listado da títulos, fechas y categorías de documentos: una página web guardada, una tabla o un texto"
        " copiado de una de ellas. Primero se prueba, y no cambia nada hasta que usted lo importe."
    ),
    "web.listing-file": "Fichero (CSV, HTML o texto)",
    "web.listing-text": "O péguelo aquí",
    "web.listing-name": "Nombre del listado; si ya hay uno con el mismo nombre, se sustituye",
    "web.listing-try": "Probar",
    "web.listing-apply": "Importar",
    "web.listing-undo": "Deshacer una importación",
    "web.listing-undo-name": "Listado; sin nombre, la importación más reciente",
    "web.listing-items": (
        "{items:,} {items:one=entrada reconocida|other=entradas reconocidas}, {here:,} de ellas aquí;"
        " {changes:one=cambiaría|other=cambiarían} {changes:,} {changes:one=valor|other=valores}."
    ),
    "web.listing-missing": "{count:,} en el listado y no aquí",
    "web.listing-unlisted": "{count:,} aquí y no en el listado",
    "web.listing-conflicts": "{count:,} {count:one=valor|other=valores} en que otro listado no concuerda",
    "web.no-listing": ("No se envió ningún listado.", "Elija un fichero o pegue el texto de uno."),
    "web.no-listing-name": ("El listado no tiene nombre.", "Dele uno, para que se pueda sustituir y deshacer."),
    "web.nothing-listed": (
        "El listado no nombra ningún documento: {reason}",
        "Vea en docs/listings.md qué se puede leer.",
    ),
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
    "web.job-has-archive": (
        "No se guardó nada, porque hay una tarea en curso: {title}.",
        "Guarde de nuevo cuando termine.",
    ),
    "web.see-job": "Ver por dónde va",
    "web.no-own-value": (
        "No se escribió ningún valor.",
        "Escriba uno, o elija «No tiene» si el documento no lo tiene.",
    ),
    "web.new-category": (
        "{category!r} no es una categoría de este archivo.",
        "Corríjala, o diga que la quiere como nueva.",
    ),
    "web.add-category": "Sí, crear la categoría {category!r}",
    "web.changed-meanwhile": "Cambió después de cargarse este formulario; ahora es",
    "web.bulk-undone": "Se deshizo el cambio de {count:,} {count:one=documento|other=documentos}",
    "web.bulk-undone-on": "Deshecho el {day} en {count:,} {count:one=documento|other=documentos}.",
    "web.bulk-undone-by": "Deshecho el {day} por {person} en {count:,} {count:one=documento|other=documentos}.",
    "web.bulk-newer-kept": "Se conservaron los valores más nuevos.",
    "web.bulk-no-change": ("No cambió nada: todos los documentos tienen ya ese valor.", "Elija otro."),
    "web.bulk-all-newer": (
        "No se deshizo nada: cada documento recibió después un valor más nuevo.",
        "Vea el registro.",
    ),
    "web.no-such-bulk": (
        "El registro no tiene ningún cambio de varios documentos llamado {group}.",
        "Vea en el registro los que tiene.",
    ),
    "web.category-is-new": "{category!r} todavía no es una categoría de este archivo.",
    "web.saved": "Guardado",
    "web.saved-nothing": "No cambió nada: se conservaron todos los valores.",
    "web.listing-forgotten": (
        "El listado se importó, o se deshizo su importación, antes de reiniciar el servidor. "
        "El registro tiene sus documentos."
    ),
    "web.listing-undone": "Se deshizo la importación de {listing}.",
    "web.listing-changed": "{count:,} {count:one=valor cambiado|other=valores cambiados}.",
}
