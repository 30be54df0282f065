"""Spanish sentences of the failures: reasons without their numbers, and advice what to do."""

from __future__ import annotations

SENTENCES: dict[str, str | tuple[str, str]] = {
    # Reasons, put together.
    "failures.part": "una parte",
    "failures.none": "ningún motivo anotado",
    "failures.kind-no-text-pages": "no hay texto en ninguna página",
    "failures.kind-no-text-scanned": "no hay texto en ninguna página; parece escaneado",
    "failures.kind-garbled": "el texto de algunas páginas parece ilegible; el OCR ayudaría",
    "failures.kind-lost-pages": "algunas páginas dañadas no se pudieron leer",
    "failures.kind-beginning": "solo se leyó el principio",
    "failures.kind-annotations": "no se leyeron todas las anotaciones y los campos del formulario",
    "failures.kind-too-large": "demasiado grande, o demasiado grande al descomprimirse",
    "failures.kind-clock": "la lectura tardó demasiado según el reloj; puede que el equipo estuviera ocupado",
    "failures.kind-computing": "la lectura necesitó más tiempo de cálculo del que se concede a un fichero",
    "failures.kind-ended": "el programa que lo lee terminó sin resultado",
    "failures.kind-lost-part": "una parte dañada no se pudo leer",
    "failures.kind-left-out": "se omitieron registros que no son documentos",
    # Advice.
    "failures.advice-password": (
        "Ponga en su lugar una copia sin bloquear, con la contraseña"
        " o pidiéndola a quien lo envió; la próxima pasada la leerá."
    ),
    "failures.advice-empty": "No contiene nada. Busque el fichero completo en su procedencia y póngalo en su lugar.",
    "failures.advice-no-reader": (
        "Guárdelo como PDF, texto u otro formato que se lea, e incorpore ese fichero; leerlo de nuevo no cambia nada."
    ),
    "failures.advice-converter": "Instale lo que dice el motivo y léalo de nuevo.",
    "failures.advice-again": "Léalo de nuevo: puede que lo que lo impedía haya pasado.",
    "failures.advice-ocr": "Al incorporar con OCR de páginas escaneadas se reconoce su texto.",
    "failures.advice-damaged": "Busque una copia sin daños y póngala en su lugar; la próxima pasada la leerá.",
    "failures.advice-limit": "Divídalo o guárdelo más pequeño para que se lea entero; leerlo de nuevo no cambia nada.",
}
