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
    "research.store-no-folder": (
        "{folder} no es una carpeta, o es solo un enlace a una",
        "Indique la carpeta misma con --in.",
    ),
    "research.store-not-there": (
        "{folder}: esa carpeta no existe",
        "Compruebe lo que indica --in; 'record make', 'saved add' y 'review new' crean la carpeta.",
    ),
    "research.store-unnamed": (
        "el nombre de la carpeta está vacío",
        "Indique una carpeta con --in o no utilice --in.",
    ),
    "research.store-of-another-user": (
        "{path}: el archivo es de otro usuario de este equipo",
        "Indique con --in una carpeta suya.",
    ),
    "research.no-feed": (
        "ningún canal tiene esta dirección, que quizá se revocó",
        "Pida una nueva a quien se la dio.",
    ),
    "research.no-search": (
        "el formulario no tiene ninguna búsqueda",
        "Vuelva a los resultados y siga el enlace que hay debajo.",
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
        "«review show NOMBRE» muestra los que están.",
    ),
    "research.nothing-to-settle": (
        "documento {id}: los dos lectores no han decidido de forma distinta, así que no hay nada que resolver",
        "Registre lo que decidió cada uno, con --reader 1 y --reader 2.",
    ),
    "research.settled": (
        "documento {id}: esto pondría fin al desacuerdo de los dos lectores, que ya han resuelto",
        "Retire primero lo que acordaron: 'unseen' con --reader agreed.",
    ),
    "research.no-such-decision": ("{text!r} no es una decisión", "Decisiones: {known}."),
    "research.no-such-reader": ("{text!r} no es un lector", "Lectores: {known}."),
    "research.not-a-review-table": (
        "{file}: no es una tabla ni un archivo RIS de una revisión",
        "Importe lo que escribió «review export», con las columnas «id» y «decision».",
    ),
    "research.import-too-large": ("{file}: supera {most:,} MiB", "Importe lo que escribió «review export»."),
    "research.file-exists": ("{file}: ya hay un archivo con este nombre", "Elija otro nombre; no se sobrescribe nada."),
    "erase.researcher-store": (
        "no se pueden quitar de sus registros y revisiones las palabras de documentos borrados: {reason}",
        "Ejecute «muniment index» cuando esté resuelto.",
    ),
    "methods.searched": (
        "El {day} se buscó en el fondo {archive}, con {documents:,} {documents:one=documento"
        " consultable|other=documentos"
        " consultables}, con Muniment {version}."
    ),
    "methods.years": (
        "Sus documentos fechados van de {first} a {last}; {undated:,} {undated:one=carece|other=carecen} de fecha."
    ),
    "methods.query": "La consulta fue: {query}. Se entendió así: {understood}.",
    "methods.any-words": "La consulta, de la que bastaba una palabra, fue: {query}. Se entendió así: {understood}.",
    "methods.everything": "Se pidieron todos los documentos.",
    "methods.limits": "La búsqueda se limitó a {limits}.",
    "methods.no-limits": "No se aplicó ningún límite.",
    "methods.limit": "{field}: {value}",
    "methods.limit-without": "sin {field}: {value}",
    "methods.reason": "El motivo fue: {reason}.",
    "methods.total": "Encontró {total:,} {total:one=documento|other=documentos}.",
    "methods.copies": (
        "Las copias con los mismos bytes ({copies:,} en el fondo) se contaron una vez; las versiones de un documento"
        " no se"
        " unieron."
    ),
    "methods.not-searched": (
        "No se pudo buscar en {failed:,} {failed:one=archivo ilegible|other=archivos ilegibles}, {listed:,}"
        " {listed:one=documento listado|other=documentos listados} sin archivo, {missing:,} cuyo archivo ya no está y"
        " {withdrawn:,} {withdrawn:one=retirado o borrado|other=retirados o borrados}."
    ),
    "methods.in-part": (
        "De los documentos consultables, {partial:,} {partial:one=se leyó|other=se leyeron} solo en parte, y"
        " {textless:,}"
        " no {textless:one=tiene|other=tienen} texto y solo se {textless:one=encuentra|other=encuentran} por sus"
        " metadatos."
    ),
    "methods.analysis": (
        "Las palabras se compararon sin atender a mayúsculas ni acentos y por su raíz (versión {analyser} del"
        " análisis),"
        " con {groups:,} {groups:one=grupo|other=grupos} de términos equivalentes."
    ),
    "methods.record": (
        "La lista de documentos con sus resúmenes criptográficos es el registro de búsqueda {number} (estado"
        " {change} del"
        " fondo)."
    ),
    "prisma-s.database": "{archive}, consultado con Muniment {version}",
    "prisma-s.strategy": "Escrito: {query} - entendido: {understood}.",
    "prisma-s.strategy-any": "Escrito: {query} (basta una palabra) - entendido: {understood}.",
    "prisma-s.no-limits": "ningún límite",
    "prisma-s.filters": (
        "Ningún filtro de búsqueda publicado. Se aplicaron {groups:,} {groups:one=grupo|other=grupos} de términos"
        " equivalentes del fondo."
    ),
    "prisma-s.no-update": "aún sin actualizar; «muniment record diff {number}» dice lo que ha cambiado",
    "prisma-s.update": (
        "desde entonces: nuevos: {new:,}; retirados: {withdrawn:,}; ya no se encuentran: {gone:,}; con otro texto:"
        " {text:,}; con otros metadatos: {metadata:,}"
    ),
    "prisma-s.total": "{total:,} {total:one=documento|other=documentos}",
    "prisma-s.copies": (
        "Las copias con los mismos bytes ({copies:,} en el fondo) se encuentran una vez. Las versiones y"
        " traducciones se"
        " sugieren y nunca se unen."
    ),
    "records.yours": "Guardado y registrado",
    "records.saved": "Búsquedas guardadas",
    "records.records": "Registros",
    "records.reviews": "Revisiones",
    "records.kept-where": "Todo esto es suyo: se guarda en una carpeta propia, nunca en el fondo.",
    "records.keep": "Guardar, registrar o revisar esta búsqueda",
    "records.save": "Guardar la búsqueda",
    "records.put": "Registrarla",
    "records.screen-these": "Cribar sus documentos",
    "records.name": "Nombre",
    "records.note": "Nota",
    "records.reason-for-limits": "Por qué está limitada así",
    "records.add-to": "Añadir a la revisión",
    "records.new-review": "Nombre de una nueva revisión",
    "records.reasons": "Motivos de exclusión, uno por línea",
    "records.new-since": "{count:one={count:,} nuevo|other={count:,} nuevos} desde: {date}.",
    "records.seen": "Ya los he visto",
    "records.feed": "Canal Atom",
    "records.feed-key": (
        "Su dirección solo abre este canal. Quien la tenga puede leerlo mientras funcione este servidor."
    ),
    "records.make-feed": "Crear un canal",
    "records.revoke-feed": "Revocar el canal",
    "records.remove": "Eliminar definitivamente",
    "records.cannot-undo": "Esto no se puede deshacer.",
    "records.none-saved": "No hay ninguna búsqueda guardada. Busque y elija «{link}» en la página de resultados.",
    "records.none-on-record": "No hay ninguna búsqueda registrada. Busque y elija «{link}» en la página de resultados.",
    "records.none-in-review": "No hay ninguna revisión. Busque y elija «{link}» en la página de resultados.",
    "records.record": "Registro {number}",
    "records.forged": "Este registro se modificó después de hacerse.",
    "records.changes": "Lo que ha cambiado desde entonces",
    "records.then-and-now": "{then:,} entonces, {now:,} ahora.",
    "records.nothing-changed": "Nada ha cambiado desde entonces.",
    "records.understood-otherwise": "La consulta se entiende ahora de otro modo: {understood}.",
    "records.change.new": "Nuevos",
    "records.change.withdrawn": "Retirados o borrados",
    "records.change.gone": "Ya no se encuentran",
    "records.change.text_changed": "Texto cambiado",
    "records.change.metadata_changed": "Metadatos cambiados",
    "records.unexplained": (
        "Nada en el registro: la consulta se entiende, o el fondo está ajustado, de otro modo que entonces."
    ),
    "records.files": "Para su artículo",
    "records.file.methods": "Párrafo de método",
    "records.file.prisma-s": "Lista PRISMA-S",
    "records.file.csv": "Tabla de documentos (CSV)",
    "records.file.changes": "Tabla de cambios (CSV)",
    "records.file.json": "JSON",
    "records.file.ro-crate": "Objeto de investigación (RO-Crate)",
    "records.file-of-review.csv": "Tabla (CSV)",
    "records.file-of-review.ris": "RIS",
    "records.file-of-review.flow": "Flujo en tabla (CSV)",
    "records.file-of-review.svg": "Flujo en dibujo (SVG)",
    "records.progress": "{done:,} de {count:,} hechos.",
    "records.settled": "Desacuerdos resueltos: {done:,} de {count:,}.",
    "records.not-searched": (
        "Fuera de la búsqueda: ficheros ilegibles: {failed:,}; inventariados: {listed:,}; desaparecidos:"
        " {missing:,}; sin texto: {without:,}."
    ),
    "records.kappa-jumps": (
        "Con pocos documentos, o si casi todos se deciden igual, kappa salta: indique también el número de acuerdos."
    ),
    "records.screen-as.1": "Cribar como primer lector",
    "records.screen-as.2": "Cribar como segundo lector",
    "records.screen-as.agreed": "Resolver desacuerdos",
    "records.reader.1": "Primer lector",
    "records.reader.2": "Segundo lector",
    "records.reader.agreed": "Ambos lectores",
    "records.decision.relevant": "Pertinente",
    "records.decision.not": "No pertinente",
    "records.decision.maybe": "Quizá",
    "records.decision.unseen": "Aún sin cribar",
    "records.reason": "Motivo",
    "records.own-reason": "Otro motivo",
    "records.later": "Más tarde",
    "records.space": "espacio",
    "records.take-back": "Deshacer",
    "records.whole": "Abrir el documento",
    "records.nothing-left": "No queda nada por decidir.",
    "records.flow": "Números de la revisión",
    "records.agreement": "Ambos lectores coinciden en {agreed:,} de {count:,}; kappa de Cohen: {kappa}.",
    "records.agreement-only": (
        "Ambos lectores coinciden en {agreed:,} de {count:,}; la kappa de Cohen no está definida."
    ),
    "records.read-back": "Leer las decisiones",
    "records.file-to-read-back": "La tabla o el archivo RIS, con sus decisiones",
    "records.decisions-read": (
        "Decisiones leídas: {count:,}. Identificadores del archivo que no están en esta revisión: {unknown:,}."
    ),
    "records.documents": "Sus documentos",
    "flow.identified": "Identificados por las búsquedas",
    "flow.duplicates-removed": "Duplicados eliminados",
    "flow.records": "Por cribar",
    "flow.not-retrievable": "No accesibles",
    "flow.not-yet-screened": "Aún sin cribar",
    "flow.screened": "Cribados",
    "flow.excluded": "Excluidos",
    "flow.undecided": "Por decidir",
    "flow.included": "Incluidos",
    "flow.maybe": "Quizá",
    "flow.readers-disagree": "Lectores en desacuerdo",
    "flow.no-reason-given": "Sin motivo",
}
"""The sentences by code; of an error with its hint."""
