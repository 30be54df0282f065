"""The archive's list of categories, with the words that announce each.

A document without an announcing word has no category.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from corpus.deferred import deferred_pattern
from corpus.errors import SettingsError
from corpus.fields import MISSING


@dataclass(frozen=True, slots=True)
class Categories:
    """A list of categories.

    Attributes:
        rows: each category's name and its aliases, in the archive's order.
        others: words that announce a document of no listed category (``letter``).
        idioms: phrases in which an alias announces nothing (``hate speech``).
    """

    rows: tuple[tuple[str, tuple[str, ...]], ...]
    others: tuple[str, ...] = ()
    idioms: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names, in the archive's order."""
        return tuple(name for name, _ in self.rows)

    def match(self, text: str) -> str | None:
        """Return the category whose name or alias is ``text``, ignoring case and accents, or None."""
        return _lookup(self).get(_folded(text)) or None

    def recognise(self, text: str) -> str | None:
        """Return the category that words in a title or folder name announce, or None.

        The first announcing word wins, and of several that begin together the longest: ``conference report`` before
        ``report``. A word counts if it begins the text or is the head of its phrase ("Progress report on ...",
        "... Strategic Plan 2021-2026"), not if it qualifies another ("report writing course").
        """
        folded = _folded(text, keep_breaks=True)
        for match in _pattern(self).finditer(folded):
            if match.group() in _idioms(self):
                continue
            if not folded[: match.start()].strip(" ,0123456789") or _AFTER_HEAD.match(folded, match.end()):
                return _lookup(self)[match.group()] or None
        return None


# The head of a noun phrase is followed by nothing, a break, a number, or a preposition or conjunction.
_AFTER_HEAD = deferred_pattern(
    r" ?(?:$|,|[0-9]|(?:about|after|and|as|at|before|by|concerning|delivered|during|following|for|from|in|made|no|of|on"
    r"|prepared|presented|regarding|submitted|to|towards?|under|with|i|ii|iii|iv|v"
    r"|a|al|ante|au|aux|con|de|del|des|du|d|en|et|par|para|por|pour|sobre|sur|y|da|do|e|em|della|sul|von|uber|zu"
    r"|zur)\b)"
)


def _folded(text: str, *, keep_breaks: bool = False) -> str:
    """Return ``text`` in lower case without accents and punctuation.

    With ``keep_breaks``, punctuation that ends a phrase becomes a comma.
    """
    plain = (text if text.isascii() else _without_accents(text)).casefold()
    if keep_breaks:
        plain = re.sub(r"['’]s\b", "", plain)
        plain = re.sub(r"[.:;!?()\[\]/|\n–—]+| - ", " , ", plain)
    return re.sub(r"[^\w,]+|_+" if keep_breaks else r"[\W_]+", " ", plain).strip()


def _without_accents(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


@lru_cache(maxsize=16)
def _lookup(categories: Categories) -> Mapping[str, str]:
    """Return the category of each folded word, ``""`` for words of no listed category."""
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
"""Categories of an archive whose settings list none: those of the documents a coalition publishes."""

MAX_CATEGORIES = 200
MAX_ALIASES = 200
MAX_NAME_CHARACTERS = 80


def read_categories(table: object) -> Categories:
    """Return the list in an archive's ``[categories]``, e.g. ``statement = ["Statements", "Déclaration"]``.

    Raises:
        SettingsError: it is not a table of lists of words, is too long, or one word belongs to two categories.
    """
    if not isinstance(table, Mapping) or not table:
        raise SettingsError("settings.no-categories")
    if len(table) > MAX_CATEGORIES:
        raise SettingsError("settings.too-many-categories", count=len(table), limit=MAX_CATEGORIES)
    rows = tuple((_name(name), _aliases(name, value)) for name, value in table.items())
    owners: dict[str, str] = {}
    for name, aliases in rows:
        for word in dict.fromkeys(_folded(word) for word in (name, *aliases)):
            if word in owners:
                raise SettingsError("settings.shared-alias", word=word, first=owners[word], second=name)
            owners[word] = name
    return Categories(rows, _not_in(owners, _OTHERS), _not_in(owners, _IDIOMS))


def _not_in(owners: Mapping[str, str], words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in words if _folded(word) not in owners)


def _name(name: str) -> str:
    single_spaced = " ".join(name.split())
    # A query selects the documents without a category by this value.
    if not _folded(name) or len(single_spaced) > MAX_NAME_CHARACTERS or _folded(name) == MISSING:
        raise SettingsError("settings.category-name", name=name)
    return single_spaced


def _aliases(name: str, value: object) -> tuple[str, ...]:
    words = [value] if isinstance(value, str) else value
    if not isinstance(words, list) or not all(isinstance(word, str) and _folded(word) for word in words):
        raise SettingsError("settings.category-aliases", name=name)
    if len(words) > MAX_ALIASES or any(len(word) > MAX_NAME_CHARACTERS for word in words):
        raise SettingsError("settings.too-many-aliases", name=name, limit=MAX_ALIASES, characters=MAX_NAME_CHARACTERS)
    return tuple(dict.fromkeys(words))
