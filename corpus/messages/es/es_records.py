"""Spanish sentences of search records, saved searches, feeds and review sets."""

from __future__ import annotations

_STORE = (
    "Contiene búsquedas y notas de un investigador. Restáurelo de una copia de seguridad o indique otra"
    " carpeta con --in."
)

SENTENCES: dict[str, str | tuple[str, str]] = {
    "research.store-foreign": (
        "{path}: no es un archivo de registros y revisiones",
        "Indique otra carpeta con --in.",
    ),
    "research.store-version": (
        "{path}: versión {version} del archivo, este programa lee la versión {ours}",
        "Utilice la versión de Muniment que lo escribió.",
    ),
    "research.store-damaged": ("{path}: el archivo está dañado: {reason}", _STORE),
    "research.record-damaged": ("{path}: el registro {number} está dañado", _STORE),
    "research.store-too-large": (
        "{path}: el archivo supera {most:,} MiB",
        "Elimine los registros que no hagan falta o indique otra carpeta con --in.",
    ),
    "research.store-of-another": (
        "{path}: es de otro fondo",
        "Indique con --in una carpeta propia para cada fondo.",
    ),
    "research.store-in-archive": (
        "{folder}: los registros y las revisiones no se guardan en un fondo, con el que se entregarían",
        "Indique una carpeta fuera de él.",
    ),
    "research.stores-ambiguous": (
        "varios archivos pueden ser los de este fondo, que se movió o se copió: {folders}",
        "Diga cuál con --in.",
    ),
    "research.empty-archive": (
        "{archive}: aquí no hay nada indexado, así que no hay nada que registrar",
        "Indexe primero archivos: muniment index.",
    ),
    "research.not-a-request": ("una búsqueda guardada no se puede leer", _STORE),
    "research.no-name": ("el nombre está vacío", "Escriba un nombre."),
    "research.no-such-record": ("no hay ningún registro {number}", "«record list» muestra los que hay."),
    "research.no-such-search": ("no hay ninguna búsqueda guardada {name!r}", "«saved list» muestra las que hay."),
    "research.search-exists": (
        "ya hay una búsqueda guardada {name!r}",
        "Elija otro nombre o elimine esa con «saved remove».",
    ),
    "research.no-such-review": ("no hay ninguna revisión {name!r}", "«review list» muestra las que hay."),
    "research.review-exists": (
        "ya hay una revisión {name!r}",
        "Elija otro nombre o añada la búsqueda a ella con «review add».",
    ),
    "research.not-in-review": (
        "el documento {id} no está en la revisión {name!r}",
        "«review list NOMBRE» muestra los que están.",
    ),
    "research.no-such-decision": ("{text!r} no es una decisión", "Decisiones: {known}."),
    "research.no-such-reader": ("{text!r} no es un lector", "Lectores: {known}."),
    "research.not-a-review-table": (
        "{file}: no es una tabla ni un archivo RIS de una revisión",
        "Importe lo que escribió «review export», con las columnas «id» y «decision».",
    ),
    "research.import-too-large": ("{file}: supera {most:,} MiB", "Importe lo que escribió «review export»."),
    "erase.researcher-store": (
        "no se pueden quitar de sus registros y revisiones las palabras de documentos borrados: {reason}",
        "Ejecute «muniment index» cuando esté resuelto.",
    ),
}
"""The sentences by code; of an error with its hint."""
