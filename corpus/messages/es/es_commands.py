"""Spanish sentences: messages of commands.

Areas: command, open. See `corpus.messages` for how a sentence is written.
"""

from __future__ import annotations

SENTENCES: dict[str, str | tuple[str, str]] = {
    "command.unknown": "No existe el comando {command!r}. ¿Quiso decir {suggestion!r}?",
    "command.interrupted": (
        "interrumpido",
        "Se conserva lo registrado antes; ejecute el comando de nuevo para hacer el resto.",
    ),
    "command.system-error": (
        "{place}: {reason}",
        (
            "Compruebe que el fichero o la carpeta existe, que usted puede usarlo y que hay espacio en el disco;"
            " después inténtelo de nuevo."
        ),
    ),
    "command.watch-and-dry-run": ("--watch y --dry-run se excluyen entre sí", "Omita una de las dos."),
    "command.ids-and-query": (
        "se indicaron identificadores y además --query",
        "Indique los documentos por sus identificadores o por una consulta.",
    ),
    "command.csv-of-a-list": ("--csv muestra una lista de documentos", "Añada --list STATE y omita --json."),
    "command.two-formats": ("{first} y {second} se excluyen entre sí", "Omita una de las dos."),
    "command.table-needed": ("{option} corresponde a una tabla", "Añada --csv, --tsv o --jsonl, u omita {option}."),
    "command.table-ending": (
        "{path}: su terminación no indica ninguna clase de tabla",
        "Añada --csv, --tsv o --jsonl, o elija un nombre que termine en .csv, .tsv o .jsonl.",
    ),
    "command.rows-of-all": "la tabla tiene {count:,} {count:one=fila|other=filas} de {total:,}; --all la completa",
    "command.written": "se escribió {path} con {count:,} {count:one=fila|other=filas}, y {record}",
    "command.all-and-conflicts": ("--all y --conflicts se excluyen entre sí", "Omita una de las dos."),
    "command.archive-taken": "se usa el archivo {archive}",
    "command.unknown-letter": (
        "No existe la opción -{letter}. Para excluir los documentos con la palabra {letter}, escriba NOT {letter}, o"
        " escriba -- antes de la consulta."
    ),
    "command.read-as-words": ("se leyó como {count} palabras separadas, todas obligatorias; para la frase: {command}"),
    "command.read-as-any-words": (
        "se leyó como {count} palabras separadas, de las que basta una; para la frase: {command}"
    ),
    "command.read-as-field": "{field}: se aplicó solo a “{word}”; para la frase: {command}",
    "command.redirected": (
        "el shell tomó > como el nombre de un fichero, y la respuesta está en {name}; entre comillas simples es parte"
        " de la consulta: {command}"
    ),
    "command.ambiguous-id": (
        "varios identificadores empiezan por {id!r}: {candidates}",
        "Escriba más caracteres del identificador.",
    ),
    "open.opened": "se abrió {path}",
    "open.turn-to-page": "no se le puede indicar la página a su visor; vaya a la página {page}",
    "open.changed": "el fichero ha cambiado desde que se leyó; 'muniment index' lo registra",
    "open.container": "el documento es una parte de este fichero: {part}",
    "open.discloses": (
        "al abrir este fichero pueden cargarse imágenes y otros contenidos de internet, lo que revela a "
        "sus dueños que"
        " se abrió, cuándo y dónde, y pueden ejecutarse macros; sin --original se muestra su texto"
    ),
    "open.withdrawn": (
        "{id} tiene el estado {state}; su fichero no se abre",
        "Para ver quién lo hizo y por qué: muniment show {id}",
    ),
    "open.no-file": (
        "{id} no tiene fichero: solo lo nombra un listado",
        "Para ver qué dice el listado: muniment show {id}",
    ),
    "open.missing": ("{path}: el fichero está ausente", "Se conserva su texto: muniment show {id}"),
    "open.not-a-file": (
        "{path}: no es el fichero que se leyó: en su lugar hay un enlace u otra cosa",
        "No se abre. Se conserva el texto que se leyó: muniment show {id}",
    ),
    "open.unconfirmed": (
        "{path}: fuera del archivo, en una carpeta que nadie ha indicado en este equipo",
        "Si la carpeta es suya, indíquela una vez: muniment index FOLDER",
    ),
    "open.no-viewer": (
        "{path}: ningún programa de este equipo abre ficheros",
        "Ábralo usted o instale xdg-utils.",
    ),
    "open.viewer-failed": (
        "{path}: el visor del sistema no pudo abrirlo",
        "Ábralo usted o elija un visor.",
    ),
    "command.watching": "esperando ficheros; pulse Ctrl-C para terminar",
    "command.erase-confirm": "¿Borrar definitivamente del archivo las palabras de estos documentos?",
    "command.erase-unconfirmed": (
        "no se borró nada: nadie lo confirmó",
        "Añada --yes donde no se pueda preguntar a nadie.",
    ),
    "command.no-correction": (
        "no se indicó ninguna corrección",
        "Indique un campo y su valor correcto: {options}; o --reset.",
    ),
    "command.nothing-listed": (
        "{path}: no se pudo reconocer ninguna entrada{reason}",
        "docs/listings.md describe las formas de listado que se reconocen.",
    ),
    "command.listing-note": "{place}: {note}",
    "command.withdrawn-inside": "{path}: la copia de este fichero en el paquete contiene un documento que fue retirado",
    "command.left-out": "omitido: {path}: {reason}",
    "command.log-limited": (
        "{limit:one=solo se muestra el evento más reciente|other=solo se muestran los {limit:,} eventos "
        "más recientes};"
        " use --limit para ver más"
    ),
    "command.option-after-dashes": (
        "Escriba {option} antes de '--'. Todo lo que va después de '--' pertenece a la consulta."
    ),
}
