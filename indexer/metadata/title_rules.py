"""Recognise titles that are junk (file names, templates, garbled text), and clean and shorten titles."""

from __future__ import annotations

import re
import unicodedata

from corpus.dates.date_text import find_dates
from corpus.dates.weekdays import WEEKDAY
from indexer.metadata.title_patterns import LANGUAGE_NAME, ORGAN

MAX_TITLE_CHARACTERS = 300
"""Longest title; anything longer is running text."""

_STOCK = frozenset(
    [
        "untitled",
        "untitled document",
        "document",
        "document title",
        "title",
        "no title",
        "sans titre",
        "sin titulo",
        "unbenannt",
        "senza titolo",
        "sem titulo",
        "microsoft word",
        "microsoft word document",
        "microsoft powerpoint",
        "powerpoint presentation",
        "presentation",
        "presentation title",
        "presentation powerpoint",
        "presentacion de powerpoint",
        "new document",
        "word document",
        "scan",
        "scanned document",
        "scanned image",
        "pdf",
        "print",
        "subject",
        "re",
        "index",
        "home",
        "home page",
        "contents",
        "table of contents",
        "template",
        "draft",
        "final",
        "cover",
        "layout",
        "annex",
        "page",
        "click to edit master title style",
        "click here to enter text",
        "type your title",
        "front page",
        "welcome",
        "acrobat",
        "adobe acrobat",
        "report",
        "statement",
        "letter",
        "summary",
        "introduction",
        "none",
        "null",
        "unknown",
        "test",
        "body",
        "default",
    ]
)
_GENERIC = frozenset(
    [
        *("press release", "press releases", "news release", "media release", "press statement", "communique"),
        *("communique de presse", "comunicado", "comunicado de prensa", "nota de prensa", "comunicato stampa"),
        *("pressemitteilung", "presseerklarung", "medienmitteilung", "пресс релиз", "新闻稿", "بيان صحفي"),
        *("memorandum", "memo", "memorando", "note de service", "dienstnotiz", "служебная записка"),
        *(
            "specimen",
            "sample",
            "muster",
            "entwurf",
            "brouillon",
            "borrador",
            "projet",
            "проект",
            "копия",
            "copy",
            "copie",
        ),
        *(
            "kopie",
            "copia",
            "duplicate",
            "confidential",
            "confidentiel",
            "confidencial",
            "vertraulich",
            "secret",
            "void",
        ),
        *("top secret", "restricted", "declassified", "unclassified", "for immediate release", "cancelled", "approved"),
    ]
)
"""Kinds of documents and stamps, which are no titles where they are alone."""
# Every group is atomic, as hostile text could otherwise cause exponential backtracking.
_LETTERHEAD = re.compile(
    rf"(?>{ORGAN}|united|nations|distr\b|original\b|{LANGUAGE_NAME}(?!\w)"
    r"|(?:general|limited|restricted|only|générale|limitée|seulement|limitada|provisional)(?!\w)"
    r"|(?-i:[A-Z]{1,4})/[\w()/.-]*|(?-i:[A-Z]{1,3})(?!\w)|\(part \w{1,5}\)|[\d\s:：;,./*&∗-])*+",
    re.IGNORECASE,
)
_FILE_NAME = re.compile(
    r"(?:docx?|dotx?|wpf|wpd|pdf|indd|qxd|qxp|p65|pmd|rtf|odt|pptx?|xlsx?|html?|txt|tmp|eps|ai|cdr|tiff?|jpe?g|png"
    r"|ps|tex|dvi|pages)",
    re.IGNORECASE,
)
_UNSPACED_LETTER = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_MADE_BY = re.compile(
    r"(?:microsoft (?:office )?(?:word|powerpoint|excel|publisher)|slide|folie|diapositive|diapositiva|page|layout"
    r"|book|document|presentation|scan|img|image|dsc|tmp|temp)[\s_-]*(?:-.*|\d+)?",
    re.IGNORECASE,
)
_CUT_SHORT = re.compile(r"\b(?:Abs|Nr|Art|Ziff|Kap|No|Nos|para|paras|vol|pp|Sec|núm)$|[^\W\d_][-‐]$")
_INSTITUTION = re.compile(
    r"(?:the )?(?:(?:federal|national|state) )?(?:ministry|department|office|bureau|secretariat|ministère|ministerio"
    r"|министерство|وزارة|bundes(?:anstalt|amt|ministerium|agentur)|ministerium|landesamt)\b[^:.\d]{0,120}",
    re.IGNORECASE,
)
_KIND_OF_DOCUMENT = re.compile(
    r"\b(?:report|plan|strateg|polic|statement|guide|guideline|act|law|review|rule|handbook|manual|program|budget|survey"
    r"|letter|note|bericht|plan|gesetz|rapport|informe|guía|отч[её]т|تقرير|minutes|bulletin|journal|interview|speech"
    r"|protokoll|procès-verbal|discours|discurso|rede\b|résolution|resolu|decision|décision|доклад|протокол|речь)",
    re.IGNORECASE,
)
_PATH = re.compile(r"[A-Za-z]:\\|\\\\|/.*/.*/|file:|https?:|www\.", re.IGNORECASE)
_GARBLED = re.compile(
    r"[A-ZÀ-ÞŒ]{3}&[A-ZÀ-ÞŒ]|\S{45}|[A-Z]{2}[0-9][A-Z]|[A-Z]{3}[a-z][A-Z]{2}|[$|\\{}~=<>^][^\W\d_]{3}|\.{4}|_{3}|\ufffd"
)
# Letterheads in two languages side by side come as pieces of both: "SOCIAL COUNCIL ET SOCIAL".
_ORGAN_PIECES = re.compile(
    r"(?=.*(?:council|conseil|consejo|assembl|asamblea|nations|naciones))(?:(?:united|nations|unies|naciones|unidas|general"
    r"|assembly|assemblée|générale|asamblea|security|council|conseil|consejo|sécurité|seguridad|economic|social"
    r"|[ée]conomique|económico|trusteeship|tutelle|and|et|de|y)\s*)++",
    re.IGNORECASE,
)


def clean_title(text: str) -> str:
    """Return a title as it is shown: one line, without footnote marks or a final colon."""
    line = " ".join(unicodedata.normalize("NFC", text).split())
    line = re.sub(r"^[-–—]\s?\w+\s?[-–—]\s?(?=\w)", "", line).strip(" -–—_|")  # "- 2 -", "-Verso-" of a page
    line = re.sub(r"\s*[*∗†‡]+(?=\s|$|[,:;)])", "", line)
    line = re.sub(r"\b((?:19|20)\d\d)\d$", r"\1", line)  # a year with a footnote's number glued to it
    return line.rstrip(" :;,")


def is_junk_title(text: str) -> bool:
    """Return whether ``text`` cannot be the title of a document."""
    line = " ".join(text.split())
    letters = sum(map(str.isalpha, line)) + len(_UNSPACED_LETTER.findall(line))
    if (
        letters < 4
        or len(line) > MAX_TITLE_CHARACTERS
        or letters < _min_letter_share(line) * len(line.replace(" ", ""))
    ):
        return True
    return is_generic_title(line) or _is_name(line) or _is_noise(line)


def is_generic_title(line: str) -> bool:
    """Return whether a line is only a kind of document, a stamp, or a title that programs write by themselves."""
    plain = re.sub(r"[\W_]+", " ", _bare(line)).strip()
    word = plain.rstrip(" 0123456789")
    if word in _STOCK and word != plain and _YEAR.search(plain) and _KIND_OF_DOCUMENT.search(word):
        return False  # "Report 2010-11" is a title, "Report 2" and "Scan 2010" are not
    return plain in _GENERIC or word in _STOCK


_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_TWO_WORDS = re.compile(r"[^\W\d_]{2,} [^\W\d_]{2,}\b")


def _min_letter_share(line: str) -> float:
    """Return the lowest share of letters in a title: less where numbers are beside words, as UN Res 1325-2000."""
    return 0.33 if _TWO_WORDS.match(line) else 0.45


def _bare(line: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", line) if not unicodedata.combining(c)).casefold()


def _is_name(line: str) -> bool:
    """Return whether the line is a file's name, a path, a program's default or an identifier."""
    ending = line.rpartition(".")[2]
    if _FILE_NAME.fullmatch(ending) and "." in line:
        return True
    one_word = " " not in line and bool(re.search(r"[\d_.@]", line)) and not _UNSPACED_LETTER.search(line)
    return one_word or bool(_MADE_BY.fullmatch(line) or _PATH.match(line) or re.search(r"\d\.\.\d", line))


def _is_noise(line: str) -> bool:
    """Return whether the line is a letterhead, a date, spaced letters, or glyphs without their alphabet."""
    words = line.split()
    single = sum(len(word) == 1 and word.isalpha() for word in words)
    return bool(
        is_letterhead(line)
        or (_INSTITUTION.fullmatch(line) and not _KIND_OF_DOCUMENT.search(line))
        or _CUT_SHORT.search(line)
        or _GARBLED.search(line)
        or _is_unspeakable(words)
        or single > len(words) / 2
        or is_date_line(line, words=0)
    )


def names_kind_of_document(line: str) -> bool:
    """Return whether a line contains a word for a kind of document, as "report" or "Bericht"."""
    return bool(_KIND_OF_DOCUMENT.search(line))


def names_state(line: str) -> bool:
    """Return whether a line is only the name of a state or of its government, as above a law or letter."""
    return bool(_STATE.fullmatch(line)) and not _KIND_OF_DOCUMENT.search(line)


_NAME_WORDS = r"(?-i:(?: (?:[A-ZÀ-ÞА-Я][\w’'-]*|of|the|de|del|la|le|les|du|des|di|della|der|OF|DE))+)"
_STATE = re.compile(
    r"(?:the )?(?:"
    rf"(?:[^\W\d_]+ ){{0,3}}?(?:republic|kingdom|commonwealth|federation|government) of{_NAME_WORDS}"
    r"|(?:république|royaume|confédération|república|reino|repubblica|gouvernement|gobierno)(?: [^\W\d_]+){0,2}?"
    rf" (?:de|du|des|del|della|di){_NAME_WORDS}"
    rf"|(?:bundesrepublik|republik|königreich|республика|правительство){_NAME_WORDS})",
    re.IGNORECASE,
)


def is_address(line: str) -> bool:
    """Return whether a line is or contains an address of a person, office or page."""
    return bool(_ADDRESS.search(line))


_ADDRESS = re.compile(
    r"\w@\w|https?://|\bwww\.|\b(?:tel|phone|telephone|téléphone|fax|тел|факс)(?:[.:]|\s?\+?\(?\d)|\bp\.?\s?o\.? box\b"
    r"|\b(?:postfach|boîte postale|casilla|apartado) \d",
    re.IGNORECASE,
)


def _is_unspeakable(words: list[str]) -> bool:
    """Return whether most long Latin words have almost no vowels, as glyph numbers read as letters do."""
    long = [_bare(word) for word in words if len(word) >= 4 and re.search(r"[a-zA-Z]{3}", word)]
    without = sum(len(re.findall(r"[aeiouyœæøı]", word)) < 0.2 * len(re.findall(r"[^\W\d_]", word)) for word in long)
    return without > len(long) / 2


def is_letterhead(line: str) -> bool:
    """Return whether ``line`` is only an institution's name, symbol, distribution and languages."""
    return bool(_LETTERHEAD.fullmatch(line) or _ORGAN_PIECES.fullmatch(line))


def shorten_title(title: str) -> str:
    """Return ``title`` cut between words to `MAX_TITLE_CHARACTERS`, with an ellipsis where it was cut."""
    return (
        title
        if len(title) <= MAX_TITLE_CHARACTERS
        else title[: MAX_TITLE_CHARACTERS - 2].rpartition(" ")[0].rstrip(" ,;:") + " …"
    )


def is_date_line(line: str, words: int) -> bool:
    """Return whether ``line`` is a date with at most ``words`` other words, such as the place.

    Weekdays and hours are part of the date.
    """
    mentions = find_dates(line) if len(line) <= 120 else []
    if not mentions:
        return False
    other_text = line
    for mention in reversed(mentions):
        other_text = other_text[: mention.start] + " " + other_text[mention.end :]
    rest = _HOUR.sub(" ", WEEKDAY.sub(" ", other_text))
    rest = _OTHER_DAYS.sub(" ", rest) if mentions else rest
    return len(re.findall(r"\w+", rest)) + len(_UNSPACED_LETTER.findall(rest)) // 2 <= words


# The days before the last ones: "20-24 and 29-31 January and 11 February 2025".
_OTHER_DAYS = re.compile(
    r"\b\d{1,2}(?:\s?[-–]\s?\d{1,2})?(?: (?:and|et|y|и))?(?=[\s,]|$)|\b(?:and|et|y|и) ", re.IGNORECASE
)
_TIME_OF_DAY = (
    r"(?:\d{1,2}(?:[:.h]\d{2})?(?: ?(?:a\.? ?m\b\.?|p\.? ?m\b\.?|h(?:eures|oras|ours|rs)?\b\.?|uhr\b|час(?:ов|а)?\b"
    r"|ч\b\.?|noon\b|GMT\b|UTC\b)|(?<=\d[:.h]\d\d))|noon\b|midi\b|mediodía\b|полдень\b|(?:上午|下午)?\d{1,2}[时時点點](?:\d{1,2}分)?"
    r"|الساعة \d{1,2}(?:[:/]\d{2})?)"
)
_HOUR = re.compile(
    rf"(?:\b(?:at|from|à|de|a las|a la|um|von|в|с)\b )?{_TIME_OF_DAY}"
    rf"(?: ?(?:[-–—]|to|à|a|bis|до|hasta|until) ?{_TIME_OF_DAY})?",
    re.IGNORECASE,
)
