"""The archive's own list of categories, with the words that announce each.

A category is never forced on a document: what no word announces has none, and says so.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from corpus.errors import SettingsError


@dataclass(frozen=True, slots=True)
class Categories:
    """A list of categories.

    Attributes:
        rows: each category's name and its other spellings, in the archive's order.
        others: words that announce a document of no listed kind (``letter``).
        idioms: phrases in which a listed word announces nothing (``hate speech``).
    """

    rows: tuple[tuple[str, tuple[str, ...]], ...]
    others: tuple[str, ...] = ()
    idioms: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The names, in the archive's order."""
        return tuple(name for name, _ in self.rows)

    def match(self, text: str) -> str | None:
        """The category that ``text`` as a whole names, whatever its case and accents; None when none."""
        return _lookup(self).get(_folded(text)) or None

    def recognise(self, text: str) -> str | None:
        """The category that words in a title or folder name announce; None when none does.

        The first announcing word wins, and where several begin together the longest: ``conference report`` before
        ``report``. A word counts where it opens the text or heads its phrase ("Progress report on ...",
        "... Strategic Plan 2021-2026"), not where it only qualifies another ("report writing course").
        """
        folded = _folded(text, keep_breaks=True)
        for found in _pattern(self).finditer(folded):
            if found.group() in _idioms(self):
                continue
            if not folded[: found.start()].strip(" ,0123456789") or _HEADS.match(folded, found.end()):
                return _lookup(self)[found.group()] or None
        return None


# After the head of a noun phrase comes nothing, a break, a number, a bracketed word, or a word that links on.
_HEADS = re.compile(
    r" ?(?:$|,|[0-9]|(?:about|after|and|as|at|before|by|concerning|delivered|during|following|for|from|in|made|no|of|on"
    r"|prepared|presented|regarding|submitted|to|towards?|under|with|i|ii|iii|iv|v"
    r"|a|al|ante|au|aux|con|de|del|des|du|d|en|et|par|para|por|pour|sobre|sur|y|da|do|e|em|della|sul|von|uber|zu"
    r"|zur)\b)"
)


def _folded(text: str, *, keep_breaks: bool = False) -> str:
    """Lower-case letters and digits without accents, one space between words; a break of the sentence is a comma."""
    plain = (text if text.isascii() else _unmarked(text)).casefold()
    if keep_breaks:
        plain = re.sub(r"['’]s\b", "", plain)
        plain = re.sub(r"[.:;!?()\[\]/|\n–—]+| - ", " , ", plain)
    return re.sub(r"[^\w,]+|_+" if keep_breaks else r"[\W_]+", " ", plain).strip()


def _unmarked(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


@lru_cache(maxsize=16)
def _lookup(categories: Categories) -> Mapping[str, str]:
    table = dict.fromkeys((_folded(word) for word in categories.others), "")
    for name, aliases in categories.rows:
        table |= dict.fromkeys((_folded(word) for word in (name, *aliases)), name)
    return table


@lru_cache(maxsize=16)
def _idioms(categories: Categories) -> frozenset[str]:
    return frozenset(_folded(phrase) for phrase in categories.idioms)


@lru_cache(maxsize=16)
def _pattern(categories: Categories) -> re.Pattern[str]:
    words = sorted({*_lookup(categories), *_idioms(categories)}, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b")


_OTHERS = (
    "letter",
    "letters",
    "identical letters",
    "note verbale",
    "notes verbales",
    "resolution",
    "draft resolution",
    "decision",
    "agenda",
    "provisional agenda",
    "comments",
    "comment",
    "response",
    "reply",
    "summary",
    "lettre",
    "lettres",
    "carta",
    "cartas",
    "résolution",
    "resolución",
    "ordre du jour",
    "programa",
)
_IDIOMS = (
    "universal declaration", "the declaration", "declaration on", "declaration of", "political declaration",
    "hate speech", "free speech", "freedom of speech", "speech therapy", "to address", "e mail address",
    "email address",
    "ip address", "postal address", "mailing address", "web address", "address book", "financial statement",
    "financial statements", "mission statement", "report card", "to report", "to speak", "discours de haine",
    "discurso de odio", "call for proposals", "request for proposal", "call for applications",
)  # fmt: skip

DEFAULT_CATEGORIES = Categories(
    (
        ("report", (
            "reports", "annual report", "progress report", "study", "report back", "rapport", "rapports",
            "rapport annuel", "informe", "informes", "informe anual", "memoria anual",
            "relatório", "relatórios", "Bericht", "Berichte", "rapporto",
        )),
        ("statement", (
            "statements", "joint statement", "written statement", "oral statement", "press statement", "communiqué",
            "communiqués", "déclaration", "déclarations", "declaración", "declaraciones",
            "comunicado", "comunicados", "declaração", "Erklärung", "Stellungnahme", "dichiarazione",
        )),
        ("research briefing", (
            "research briefings", "briefing paper", "briefing papers", "research brief", "policy brief",
            "policy briefs",
            "policy briefing", "note de recherche", "notes de recherche", "note d'information", "nota de investigación",
            "documento informativo", "nota informativa",
        )),
        ("strategic document", (
            "strategic documents", "strategic plan", "strategic plans", "strategy", "strategies", "strategic framework",
            "implementation plan", "action plan", "plan of action", "road map", "roadmap", "theory of change",
            "document stratégique", "documents stratégiques", "plan stratégique", "stratégie", "plan d'action",
            "documento estratégico", "documentos estratégicos", "plan estratégico", "estrategia", "plan de acción",
        )),
        ("speech", (
            "speeches", "address", "addresses", "inaugural address", "remarks", "opening remarks", "closing remarks",
            "keynote", "keynote address", "keynote speech", "lecture", "discours", "allocution", "allocutions",
            "discurso", "discursos", "alocución", "palabras de apertura", "Rede", "Reden", "discorso",
        )),
        ("toolkit", (
            "toolkits", "tool kit", "handbook", "manual", "boîte à outils", "guide pratique", "manuel",
            "caja de herramientas", "guía práctica", "kit de herramientas",
        )),
        ("conference report", (
            "conference reports", "conference proceedings", "report of the conference", "report on the conference",
            "rapport de conférence", "rapport de la conférence", "actes de la conférence",
            "informe de conferencia", "informe de la conferencia", "actas de la conferencia",
        )),
        ("proposal", ("proposals", "proposition", "propositions", "propuesta", "propuestas", "proposta", "Vorschlag")),
        ("call for action", (
            "calls for action", "call to action", "calls to action", "appeal", "urgent appeal", "appel à l'action",
            "appel à agir", "llamado a la acción", "llamamiento a la acción", "llamamiento",
        )),
    ),
    _OTHERS,
    _IDIOMS,
)  # fmt: skip
"""What an archive has when its settings list nothing: the kinds of document a coalition publishes."""

MAX_CATEGORIES = 200
MAX_ALIASES = 200


def read_categories(table: object) -> Categories:
    """The list of an archive's ``[categories]``, e.g. ``statement = ["Statements", "Déclaration"]``.

    Raises:
        SettingsError: it is not a table of lists of words, is too long, or gives two categories one word.
    """
    if not isinstance(table, Mapping) or not table:
        raise SettingsError("[categories] should list at least one category", _HINT)
    if len(table) > MAX_CATEGORIES:
        raise SettingsError(f"[categories] lists {len(table)} categories; at most {MAX_CATEGORIES} make a list", _HINT)
    rows = tuple((_name(name), _aliases(name, value)) for name, value in table.items())
    owners: dict[str, str] = {}
    for name, aliases in rows:
        for word in dict.fromkeys(_folded(word) for word in (name, *aliases)):
            if word in owners:
                raise SettingsError(f"[categories]: {word!r} belongs to both {owners[word]} and {name}", _HINT)
            owners[word] = name
    return Categories(rows, _not_in(owners, _OTHERS), _not_in(owners, _IDIOMS))


def _not_in(owners: Mapping[str, str], words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in words if _folded(word) not in owners)


_HINT = 'Write one line a category, such as: statement = ["Statements", "Déclaration"]'


def _name(name: str) -> str:
    clean = " ".join(name.split())
    if not _folded(clean) or len(clean) > 80 or _folded(clean) == "none":
        raise SettingsError(f"[categories]: {name!r} cannot be a category's name", _HINT)
    return clean


def _aliases(name: str, value: object) -> tuple[str, ...]:
    words = [value] if isinstance(value, str) else value
    if not isinstance(words, list) or not all(isinstance(word, str) and _folded(word) for word in words):
        raise SettingsError(f"[categories]: {name} should have a list of words", _HINT)
    if len(words) > MAX_ALIASES or any(len(word) > 80 for word in words):
        raise SettingsError(f"[categories]: {name} has too many words, or one over 80 letters", _HINT)
    return tuple(dict.fromkeys(words))
