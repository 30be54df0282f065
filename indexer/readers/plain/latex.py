"""LaTeX: the text without its commands; title, authors, date and language from the preamble."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from corpus.document import Extraction
from indexer.readers.head_values import head_candidates
from indexer.readers.plain.text import finish_text, load_text
from indexer.readers.reader_protocol import Limits

MEDIA_TYPE = "application/x-latex"
MAX_FOOTNOTES = 100_000
"""Footnotes that are moved behind the text; later ones stay where they are."""
MAX_ARGUMENT_CHARACTERS, MAX_GROUP_DEPTH = 100_000, 20
"""Longest argument of a command, and most groups within one another; groups beyond are not followed to their end."""

_EMPTY_LINES = re.compile(r"\n{3,}")
_COMMENT = re.compile(r"(?<!\\)((?:\\\\)*)%.*(?:\n[ \t]*)?")
# Environments and conditions that no page shows.
_UNSHOWN = re.compile(
    r"\\begin\s*\{comment\}.*?(?:\\end\s*\{comment\}|\Z)|\\iffalse(?![a-zA-Z]).*?(?:\\fi(?![a-zA-Z])|\Z)", re.DOTALL
)
_SUPERSCRIPT = re.compile(r"\$[ \t]*\^[^$\n]{0,100}\$|\\textsuperscript[ \t]*\{[^{}]{0,100}\}")
_NEXT_AUTHOR = re.compile(r"\\(?:and|And|AND)(?![a-zA-Z])")
_ADDRESS = re.compile(r"\\\\|\\IEEEauthorblockA(?![a-zA-Z])")
MAX_AUTHOR_COMMANDS = 100
"""Commands of one document that name authors; some classes have one for each."""
_BEGIN, _END = re.compile(r"\\begin\s*\{document\}"), re.compile(r"\\end\s*\{document\}")
_FOOTNOTE = re.compile(r"\\(?:footnote|footnotetext|endnote)[ \t]*(?:\[[^\[\]\n]{0,100}\])?[ \t\n]*(?=\{)")
_TOKEN = re.compile(r"\\([a-zA-Z@]+)\*?|\\(\n|.)|([{}$])|(~|&|``|''|,,|---|--)")
_OPTION = re.compile(r"[ \t]*\[[^\[\]]{0,1000}\]")
_BEFORE_GROUP = re.compile(r"[ \t]*(?:\[[^\[\]]{0,1000}\][ \t]*)*(?=\{)")
_GROUP_EDGE = re.compile(r"\\.|[{}]", re.DOTALL)
_LANGUAGE = re.compile(
    r"\\(?:usepackage[ \t]*\[([^\[\]]{1,200})\][ \t]*\{babel\}|usepackage\{(n?german)\}"
    r"|setdefaultlanguage[^{\n]{0,100}\{(\w+)\})"
)
_GERMAN_SHORTHAND = re.compile(r"\"([aouAOUs])")
_GERMAN_LETTERS = dict(zip("aouAOUs", "äöüÄÖÜß", strict=True))
_BABEL_NAMES = {"ngerman": "german", "naustrian": "german", "usenglish": "english", "ukenglish": "english",
                "british": "english", "american": "english", "frenchb": "french", "francais": "french"}  # fmt: skip

# Commands whose arguments are no text, by the number of arguments.
_UNREAD = {
    **dict.fromkeys(
        ("begin", "end", "label", "ref", "eqref", "pageref", "autoref", "cref", "Cref", "nameref", "vref", "cite",
         "citep", "citet", "citeauthor", "citeyear", "parencite", "textcite", "autocite", "footcite", "nocite",
         "includegraphics", "input", "include", "bibliography", "bibliographystyle", "addbibresource", "usepackage",
         "RequirePackage", "documentclass", "pagestyle", "thispagestyle", "pagenumbering", "vspace", "hspace", "index",
         "hypersetup", "graphicspath", "geometry", "color", "selectlanguage", "stepcounter", "thanks", "inst",
         "hyphenation", "newcounter", "newlength", "phantom", "vphantom", "hphantom", "lstset", "captionsetup",
         "tnoteref", "tnotetext",
         "corref", "cortext", "fnref",
         "bibitem", "href", "textcolor", "colorbox"), 1),
    **dict.fromkeys(
        ("setlength", "addtolength", "newtheorem", "newcommand", "renewcommand", "providecommand", "addtocounter",
         "DeclareMathOperator", "setcounter", "markboth", "fontsize", "rule"), 2),
    **dict.fromkeys(("newenvironment", "renewenvironment", "definecolor"), 3),
}  # fmt: skip
_WITH_COLUMNS = frozenset({"tabular", "array", "longtable", "tabularx", "minipage", "multicols", "thebibliography"})
_LINES = frozenset(
    {"part", "chapter", "section", "subsection", "subsubsection", "paragraph", "subparagraph", "item", "par", "caption",
     "newline", "linebreak", "newpage", "clearpage", "maketitle", "begin", "end", "hline", "title", "author", "date",
     "bibitem", "frametitle"}
)  # fmt: skip
_HEADINGS = frozenset(
    {"part", "chapter", "section", "subsection", "subsubsection", "frametitle", "framesubtitle", "caption"}
)
_GREEK = dict(zip(
    ("alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu", "nu", "xi",
     "pi", "rho", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega", "Gamma", "Delta", "Theta", "Lambda", "Xi",
     "Pi", "Sigma", "Upsilon", "Phi", "Psi", "Omega", "varepsilon", "vartheta", "varphi"),
    "αβγδεζηθικλμνξπρστυφχψωΓΔΘΛΞΠΣΥΦΨΩεθφ", strict=True,
))  # fmt: skip
_SYMBOLS = {
    **_GREEK,
    "ss": "ß", "o": "ø", "O": "Ø", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å", "AA": "Å", "l": "ł", "L": "Ł",
    "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ", "ng": "ŋ", "NG": "Ŋ",
    "ldots": "…", "dots": "…", "textellipsis": "…", "textendash": "–", "textemdash": "—", "S": "§", "P": "¶",
    "copyright": "©", "textcopyright": "©", "pounds": "£", "euro": "€", "texteuro": "€", "textregistered": "®",
    "textbackslash": "\\", "textasciitilde": "~", "textquoteright": "’", "textquoteleft": "‘", "textquotedblleft": "“",
    "textquotedblright": "”", "guillemotleft": "«", "guillemotright": "»", "og": "« ", "fg": " »", "glqq": "„",
    "grqq": "“", "LaTeX": "LaTeX", "TeX": "TeX", "quad": " ", "qquad": " ", "space": " ", "and": "; ",
    "textdegree": "°", "times": "×", "dag": "†", "ddag": "‡",
}  # fmt: skip
_ACCENTS = {
    "'": "\u0301", "`": "\u0300", "^": "\u0302", '"': "\u0308", "~": "\u0303", "=": "\u0304", ".": "\u0307",
    "u": "\u0306", "v": "\u030c", "H": "\u030b", "c": "\u0327", "k": "\u0328", "r": "\u030a", "d": "\u0323",
    "b": "\u0331",
}  # fmt: skip
_BASE = re.compile(r"[ \t]*(?:\{[ \t]*(\\[ij]|[^\W\d_])?[ \t]*\}|(\\[ij](?![a-zA-Z])|[^\W\d_]))")
_TYPOGRAPHY = {"~": "\u00a0", "&": "\t", "``": "“", "''": "”", ",,": "„", "---": "—", "--": "–"}
_ESCAPED = {"\\": "\n", "\n": " ", " ": " ", ",": " ", ";": " ", ":": " ", "-": "", "/": "", "@": "", "!": "",
            "(": " ", ")": " ", "[": "\n", "]": "\n"}  # fmt: skip


def read_latex(path: Path, limits: Limits) -> Extraction:
    """Read a LaTeX file. Footnotes follow the text.

    Raises:
        Unreadable: the content is binary.
    """
    source, partial_reason = load_text(path, limits)
    source = _UNSHOWN.sub(" ", _COMMENT.sub(r"\1", source))
    if _language(source) == "german":
        source = _GERMAN_SHORTHAND.sub(lambda letter: _GERMAN_LETTERS[letter.group(1)], source)
    candidates = head_candidates(_entries(source), "LaTeX")
    begin = _BEGIN.search(source)
    head = "\n".join(value for field, value in _entries(source) if field in {"title", "author"}) if begin else ""
    end = _END.search(source, begin.end()) if begin else None
    body = source[begin.end() : end.start() if end else len(source)] if begin else source
    text = f"{head.strip()}\n\n{plain_text(_with_footnotes_last(body))}"
    return finish_text(MEDIA_TYPE, text, candidates, partial_reason, limits, "latex")


def _entries(source: str) -> Iterator[tuple[str, str]]:
    if title := _argument(source, "title"):
        yield "title", plain_text(title.replace("\\\\", " "))
    for argument in _arguments(source, "author"):
        for author in _NEXT_AUTHOR.split(argument):
            # What follows the first line break is an address.
            names = _ADDRESS.split(author.strip())[0]
            marked = _SUPERSCRIPT.sub("", names)
            # Names in one line have the numbers of their addresses behind them.
            single_names = marked.split(",") if marked != names else [names]
            yield from (("author", plain_text(name).strip()) for name in single_names)
    if date := _argument(source, "date"):
        yield "date", plain_text(date)
    if language := _language(source):
        yield "language", language


def _language(source: str) -> str:
    """Return the English name of the last language that the preamble states, which is the main one."""
    match = _LANGUAGE.search(source)
    names = next(filter(None, match.groups()), "") if match else ""
    name = names.rpartition(",")[2].rpartition("=")[2].strip().lower()
    return _BABEL_NAMES.get(name, name)


def _argument(source: str, command: str) -> str:
    r"""Return the argument of the first ``\command{…}``; ``""`` where there is none."""
    return next(_arguments(source, command), "")


def _arguments(source: str, command: str) -> Iterator[str]:
    r"""Yield the argument of each ``\command{…}``."""
    pattern = rf"\\{command}(?![a-zA-Z])[ \t\n]*(?:\[[^\[\]]{{0,500}}\])?[ \t\n]*(?=\{{)"
    for start in islice(re.finditer(pattern, source), MAX_AUTHOR_COMMANDS):
        end = _group_end(source, start.end())
        if end > 0:
            yield source[start.end() + 1 : end - 1]


def _group_end(source: str, start: int) -> int:
    """Return the offset after the group in braces that begins at ``start``; -1 where it is not closed."""
    depth = 0
    for edge in _GROUP_EDGE.finditer(source, start, start + MAX_ARGUMENT_CHARACTERS):
        depth += {"{": 1, "}": -1}.get(edge.group(), 0)
        if depth == 0:
            return edge.end()
        if depth > MAX_GROUP_DEPTH:
            break
    return -1


def _with_footnotes_last(body: str) -> str:
    pieces: list[str] = []
    notes: list[str] = []
    start = 0
    while len(notes) < MAX_FOOTNOTES and (footnote := _FOOTNOTE.search(body, start)):
        end = _group_end(body, footnote.end())
        if end < 0:
            break
        pieces.append(body[start : footnote.start()])
        notes.append(body[footnote.end() : end])
        start = end
    return "\n\n".join(("".join((*pieces, body[start:])), *notes))


def plain_text(source: str) -> str:
    """Return LaTeX source without its commands, with accents and symbols as characters."""
    pieces: list[str] = []
    position = 0
    while token := _TOKEN.search(source, position):
        pieces.append(source[position : token.start()])
        command, escaped, _, typography = token.groups()
        position = token.end()
        if typography:
            pieces.append(_TYPOGRAPHY[typography])
        elif (accent := _ACCENTS.get(command or escaped or "")) and (base := _BASE.match(source, position)):
            letter = (base.group(1) or base.group(2) or "").replace("\\i", "i").replace("\\j", "j")
            pieces.append(unicodedata.normalize("NFC", letter + accent) if letter else "")
            position = base.end()
        elif command:
            position = _command(source, position, command, pieces)
        elif escaped:
            pieces.append(_ESCAPED.get(escaped, escaped))
    pieces.append(source[position:])
    lines = (" ".join(line.split(" ")).strip() for line in "".join(pieces).split("\n"))
    return _EMPTY_LINES.sub("\n\n", "\n".join(lines))


def _command(source: str, position: int, command: str, pieces: list[str]) -> int:
    """Append what a command prints, and return the offset at which reading goes on."""
    if command in _SYMBOLS:
        pieces.append(_SYMBOLS[command])
        # A blank behind a command only ends its name.
        return position + (source[position : position + 1] == " ")
    if command in _LINES:
        pieces.append("\n")
    if command in _HEADINGS and (start := _BEFORE_GROUP.match(source, position)):
        end = _group_end(source, start.end())
        if end > 0:
            pieces.append(f"{plain_text(source[start.end() + 1 : end - 1])}\n")
            return end
    arguments = _UNREAD.get(command, 0)
    if option := _OPTION.match(source, position):
        position = option.end()
    environment = source[position : position + 20].strip("{ ").partition("}")[0] if command == "begin" else ""
    if environment.rstrip("*") in _WITH_COLUMNS:
        arguments += 1
    for _ in range(arguments):
        start = _BEFORE_GROUP.match(source, position)
        end = _group_end(source, start.end()) if start else -1
        if end < 0:
            break
        position = end
    return position
