"""Find the title of a text without a letterhead: its first lines, up to an empty line.

Lines that say who wrote the text, to whom, when, where or under which number are no part of the title, with or without
a label. A full stop after an abbreviation ends no sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.metadata.person_names import only_byline_names
from indexer.metadata.title_patterns import ADJECTIVE, CLUTTER, END, LINKING
from indexer.metadata.title_rules import clean_title, is_address, is_date_line, is_junk_title, names_kind_of_document

MAX_BLOCKS = 3
"""Groups of lines in which the title is sought."""
MAX_TITLE_LINES = 4
MAX_TITLE_CHARACTERS = 200
MIN_SENTENCE_WORDS = 5
"""Words from which a line with a full stop is a sentence."""
SPACED_BLOCKS = 4
"""Groups of a single line from which a text is one that has an empty line after every line."""

_LABEL_WORDS = (
    r"authors?|auteure?s?|autor(?:a|in|es)?|verfasser(?:in)?|автор|date|datum|fecha|data|дата|version|from|to|cc|von|an|de|à"
    r"|от|кому|subject|re|objet|betreff|betr|asunto|тема|oggetto|assunto|place|ort|lieu|lugar|место|location|e-?mail"
    r"|courriel|correo|tel|telephone|téléphone|phone|fax|(?:our |your )?ref(?:erence)?|référence|no|number|status"
    r"|classification|language|source|contact|pages?|file|isbn|issn|doi|distribution|present|apologies|address|adresse|url"
    r"|keywords|(?:interview|prepar|approv|transcrib|translat|edit)(?:er|ee|or|ed by)"
)
_LABEL = re.compile(rf"(?:{_LABEL_WORDS})\.?\s?[:：]|(?:transcribed|translated|edited|approved) by\s", re.IGNORECASE)
_LABEL_SHAPE = re.compile(r"[^\W\d][\w./-]*(?: [\w./-]+)?\s?[:：]\s+\S")
# What is stamped or printed above a text: how far it may be spread, and how final it is.
_STAMP = re.compile(
    r"\W*(?:(?:(?:first|second|final|revised|working) )?draft(?: (?:no\.? ?)?\d+)?\W*)?"
    r"(?:not for (?:circulation|distribution|publication|citation|quotation|release)"
    r"|(?:strictly |private and )?confidential|(?:top )?secret|restricted"
    r"|for (?:immediate release|official use only|internal use only)|embargo\w*\b.*"
    r"|check against delivery|seul le prononcé fait foi|es gilt das gesprochene wort|nur für den dienstgebrauch"
    r"|(?:strictement )?confidentiel|vertraulich|(?:estrictamente )?confidencial|(?:совершенно )?секретно"
    r"|для служебного пользования)\W*",
    re.IGNORECASE,
)
# To whom a text is addressed.
_ADDRESSEE = re.compile(
    r"(?:to (?:the |his |her |all )|an (?:den|die|das) |à (?:l[’'] ?|la |son |sa )|au |aux |al |a la |в |председателю "
    r"|министру |прокурору )(?:[\w.-]+ ){0,3}?(?:council|committee|commission|court|secretary|president|minister"
    r"|ministry|ambassador|director|editor|excellency|members|rat|ausschuss|kommission|gericht|präsident|minister|conseil|comité"
    r"|cour|secrétaire|président|ministre|directeur|consejo|corte|presidente|ministro|director|совет|комитет|комиссию"
    r"|министерство|прокуратуру|суд|администрацию)\b",
    re.IGNORECASE,
)
_ABBREVIATION = re.compile(
    r"\b((?:m(?:r|rs|s|me|lle|gr)|messrs|dr|prof|hon|rev|gen|col|maj|capt|lt|sgt|amb|gov|sen|rep|st|sra?|srta|dra|lic|ing|exc|excmo"
    r"|no|nos|nr|núm|art|vs?|vol|pp?|para|ch|cf|eds?|abs|sec|inc|ltd|co|corp|jr|approx|г|гг|ул|им|ст|проф)|(?-i:[A-ZÀ-ÞА-Я]))\."
    r"(?=\s|[A-Z]\.)",
    re.IGNORECASE,
)
_NO_HEADING = re.compile(
    r"[.,;:!…]$|[.!?] {1,3}[A-ZÀ-Þ(]|[.!]\)$|^[a-zà-ÿ]|^\w+(?: \w+)?: (?!(?:An?|Une?|Eine?|Una) (?:\w+ ?){1,6}$)"
    r"|^(?i:good (?:morning|afternoon|evening)|thank|hello|welcome|my |fellow|dear|allow me|permit me|let me|I )"
)
_SMALL = re.compile(r"\W*[^\W\d_A-ZÀ-Þ]")


def find_plain_heading(lines: Sequence[str]) -> str:
    """Return the first lines before an empty line, where they look like a heading and not like text; else ``""``."""
    blocks = _blocks(lines)
    is_double_spaced = len(blocks) >= SPACED_BLOCKS and all(len(block) == 1 for block in blocks[:SPACED_BLOCKS])
    for block, following in zip(blocks[:MAX_BLOCKS], [*blocks[1:], [""]], strict=False):
        titled = _title_lines(block)
        part = " ".join(titled)
        if len(part) > MAX_TITLE_CHARACTERS or len(titled) > MAX_TITLE_LINES or _is_unfinished(part):
            return ""
        if len(titled) == len(block) and _goes_on(part, following, is_double_spaced=is_double_spaced):
            return ""
        for candidate in _parts_of_one_case(titled):
            if _may_be_title(candidate):
                return clean_title(candidate)
    return ""


def _blocks(lines: Sequence[str]) -> list[list[str]]:
    """Return the groups of lines that are ended by an empty line, without clutter and stamps."""
    blocks: list[list[str]] = [[]]
    for line in lines:
        if line and not CLUTTER.fullmatch(line) and not _STAMP.fullmatch(line):
            blocks[-1].append(line)
        elif not line and blocks[-1]:
            blocks.append([])
    return blocks[:-1]


def _title_lines(block: Sequence[str]) -> list[str]:
    """Return the lines of a block from the first that may begin a title to the first that cannot be in one."""
    start = next((i for i, line in enumerate(block) if not _is_above_title(line)), len(block))
    body = block[start:]
    end = next((i for i in range(1, len(body)) if _is_below_title(body, i)), len(body))
    return list(body[:end])


def _is_above_title(line: str) -> bool:
    """Return whether a line says when, whence, by whom or to whom; a title may follow."""
    if is_date_line(line, words=3):
        return not names_kind_of_document(line)
    return bool(is_address(line) or _LABEL.match(line) or _ADDRESSEE.match(line) or only_byline_names(line))


def _is_below_title(lines: Sequence[str], index: int) -> bool:
    line = lines[index]
    following = lines[index + 1] if index + 1 < len(lines) else ""
    return bool(
        is_date_line(line, words=3)
        or END.match(line)
        or _LABEL.match(line)
        or (_LABEL_SHAPE.match(line) and _LABEL_SHAPE.match(following))
        or is_address(line)
        or is_address(following)
        or (only_byline_names(line) and not LINKING.search(lines[index - 1]))
    )


def _is_unfinished(part: str) -> bool:
    return bool(LINKING.search(part) or ADJECTIVE.search(part)) or part.count("(") > part.count(")")


def _goes_on(part: str, following: Sequence[str], *, is_double_spaced: bool) -> bool:
    """Return whether the sentence of a part goes on behind the empty line."""
    line = following[0]
    if part.isupper() and line.isupper() and len(part) >= 40:
        return True
    if not _SMALL.match(line) or line.startswith("(") or not line[:1].islower():
        return False
    if _is_above_title(line) or _is_below_title([part, *following], 1) or re.search(r"\d{4}", line):
        return False
    is_text = len(following) > 1 or (line.endswith((".", "?", "!")) and len(line.split()) >= MIN_SENTENCE_WORDS)
    return is_double_spaced or not is_text or not names_kind_of_document(part)


def _parts_of_one_case(lines: Sequence[str]) -> list[str]:
    """Join the lines up to the first that changes between capitals and small letters: another part begins there."""
    parts: list[list[str]] = []
    for line in lines:
        goes_on = bool(parts) and (
            line.isupper() == parts[-1][-1].isupper() or line[:1].islower() or LINKING.search(parts[-1][-1])
        )
        if goes_on:
            parts[-1].append(line)
        else:
            parts.append([line])
    return [" ".join(part) for part in parts]


def _may_be_title(part: str) -> bool:
    plain = _ABBREVIATION.sub(r"\1", part)
    return (
        len(part.split()) >= 2
        and not is_junk_title(part)
        and not _NO_HEADING.search(plain)
        and not END.match(part)
        and not (is_date_line(part, words=3) and not names_kind_of_document(part))
    )
