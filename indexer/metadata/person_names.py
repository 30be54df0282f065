"""Recognise names of persons, and the names in a byline, in several languages."""

from __future__ import annotations

import re

MAX_NAME_CHARACTERS = 70
"""Longest text that is taken for one person's name."""

_PARTICLES = re.compile(
    r"de[lrnm]?|della|d[iao]|d[oa]s|du|des|l[ae]s?|los|el|al|v[ao]n|vom|zu[rm]?|[yeiou]|ibn|b[ie]nt?|abu|a[fv]|ter|ten|te"
    r"|op|in|'t|d'|ou|und|st|saint"
)
_NO_NAME_WORD = re.compile(
    r"(?:the|and|of|for|with|from|about|all|news|newsroom|staff|editor(?:ial|s)?|team|desk|press|agency|agencies|admin\w*"
    r"|user|guest|contributors?|correspondents?|reporters?|writers?|senior|chief|director|professor|office|department|unit"
    r"|committee|commission|council|board|society|association|union|university|institute|centre|center|foundation|group"
    r"|network|coalition|ministry|government|service|services|limited|ltd|inc|llc|gmbh|company|corporation|magazine|times"
    r"|journal|post|posts|article|articles|stories|blog|view|show|read|more|share|updated?|published|posted|written|photo"
    r"|photos|photograph\w*|fotos?|fotograf\w*|foto[gğ]raf\w*|bilder|editing|image|images|translat\w*|source|comments?|reply|minutes?|min|subscribe|follow|contact|home"
    r"|rédaction|redaktion|redacción|redação|agence|агентство|редакция|журнал|новости|вестник|جريدة|صحيفة|وكالة|مجلة|هيئة"
    r"|law|act|decree|order|decision|resolution|section|no|nos|loi|décret|arrêté|ley|decreto|orden|gesetz|erlass|beschluss"
    r"|january|february|march|april|june|july|august|september|october|november|december|monday|tuesday|wednesday|thursday"
    r"|friday|saturday|sunday|today|yesterday|article|author|autor|auteur|by|par|por|on|at|to|is|was|has|im|in the)",
    re.IGNORECASE,
)
_HONORIFIC = re.compile(r"^(?:mr|ms|mrs|dr|prof|sir|dame|rev|m|mme|sra?|herr|frau|fr)\b\.?\s+(?=\S)", re.IGNORECASE)
_NO_NAME_SIGN = re.compile(r"[\d_@:：/\\<>{}=|?!…]|\.\.|\.(?:com|org|net)\b")
_HAN = re.compile(r"[\u3400-\u9fff\u3040-\u30ff\uac00-\ud7af]")
_BYLINE_LABEL = re.compile(
    r"^\W{0,3}(?:(?:(?:an? )?(?:article|story|essay|report|opinion|analysis|guest post|commentary|review|text|words) )?"
    r"(?:written |posted |published |submitted |reported |authored |created )?by\b(?!\s(?:the|a|an)\b)\W{0,3}"
    r"|reporting by\b|interview(?:ed)? by\b"
    r"|authors?\s?[:：]\s?|(?:écrit |publié |rédigé |posté |proposé |texte |propos recueillis"
    r" |entretien réalisé )?par\b\s?:?|auteure?s?\s?[:：]\s?"
    r"|(?:escrito |publicado |texto |entrevista )?por\b\s?:?|autora?(?:es)?\s?[:：]\s?"
    r"|(?:text |eine? (?:gastbeitrag|analyse|kommentar|essay|reportage) )?von\b\s?:?"
    r"|das (?:interview|gespräch) führten?\s|autor(?:in|en|innen|zy|ka|ři)?\s?[:：]\s?"
    r"|(?:texte?|texto|words|testo|tekst|teksti|szöveg)\s?[:：]\s?"
    r"|di\b\s|(?:scritto|testo) da\b|(?:tekst |text )?(?:door|af|av)\b(?=\s[A-ZÀ-Þ])"
    r"|(?:yazan|yazar|haber|muhabir|opracowała?|napisała?|zpracovala?|írta|szerzők?|penulis|oleh|scris de"
    r"|tác giả)\s?[:：]\s?"
    r"|γράφ(?:ει|ουν)\s(?:ο|η|οι)\s|(?:συντάκτης|συντάκτρια|κείμενο)\s?[:：]\s?"
    r"|автор(?:ы|и|ка)?(?:\s(?:текста|статьи|тексту|статті))?\s?[:：—-]?\s|текст\s?[:：]\s?|от\b\s"
    r"|беседовал[аи]?\s|розмовля(?:в|ла|ли)\s"
    r"|作者\s?[:：]?\s?|(?:撰文|撰稿|執筆|执笔)\s?[:：/]?\s?|(?:取材・)?文\s?[/／|＝=]\s?"
    r"|(?:本报|本报讯|本网|特约|本報|特約)?[记記]者\s?[:：]?\s?|著者\s?[:：]\s?|(?:글|글쓴이|작성자)\s?[:：]\s?"
    r"|מאת\s?[:：]?\s|כתבה?\s?[:：]\s?|(?:ผู้เขียน|โดย)\s?[:：]?\s|लेखक\s?[:：]\s?|(?:نویسنده|نوشته)\s?[:：]\s?"
    r"|(?:بقلم|كتبته|كتبها|كتبت|كتب|الكاتبة?|تأليف|المؤلفة?)\s?[:：]?\s?)",
    re.IGNORECASE,
)
# Text after the names: a date, an hour, what else the page says on the line.
_AFTER_NAMES = re.compile(
    r"\n|\s[|·•–—]|\s-\s|[|·•]|\s@\w|\s[<(]?[\w.+-]+@|[\s／/][^\s／/]{0,6}(?:报道|報導|報道|綜合|综合|摄影|攝影)|(?-i:\s(?:on|in|at|le|el|am|for|pour|para|für|в|from)\s)"
    r"|\s(?:updated|published|posted|view all)\s"
    r"|[,;]?\s?\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s\d"
    r"|\d{1,2}[ ./:]|\d{4})|[(（\[【]|\bpublié\b|\bpublicado\b|来源|编辑|责任|\bالمصدر\b",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"\s*(?:[,;，、；]|\s(?:and|et|y|e|und|и|en|og|och)\s|\s&\s|\s和\s|\sو(?=\S)|\s?/\s?)\s*")

_SEPARATOR_IN_CAPITALS = re.compile(r"\s*(?:[,;]|\s(?:AND|ET|UND|EN|OG|OCH|И)\s|\s&\s|\s?/\s?)\s*")
_NAMES_BEFORE_LABEL = re.compile(
    r"^\W{0,3}(?:[^\s=]{1,8}=[^\s\]]{1,10}\]\s?)?"
    r"([\uac00-\ud7af]{2,4}(?:[·,]\s?[\uac00-\ud7af]{2,4})*)\s?(?:선임|수석|인턴|전문|특파원)?\s?기자(?=$|[\s=(\[/|·])"
    r"|^([\u3400-\u9fff]{2,3}\s?[\u3400-\u9fff\u3040-\u30ff]{1,3})記者$"
)


def is_person_name(text: str, *, min_words: int = 2) -> bool:
    """Return whether ``text`` is written as a person's name.

    Args:
        text: one line.
        min_words: words that a name has at least in scripts with spaces.
    """
    name = _HONORIFIC.sub("", text.strip())
    if not 2 <= len(name) <= MAX_NAME_CHARACTERS or _NO_NAME_SIGN.search(name):
        return False
    if _HAN.search(name):
        return len(re.findall(r"[^\W_]", name)) <= 12 and (len(name) <= 4 or "·" in name or len(name.split()) > 1)
    words = name.replace("’", "'").split()
    if not min_words <= len(words) <= 6 or any(_NO_NAME_WORD.fullmatch(word.strip(".,")) for word in words):
        return False
    capital = [word for word in words if not _PARTICLES.fullmatch(word)]
    return bool(capital) and all(_begins_as_name(word) for word in capital)


def _begins_as_name(word: str) -> bool:
    first = next((character for character in word if character.isalpha()), "")
    return bool(first) and (first == first.upper() or word[:2] in ("d'", "l'", "o'"))


def split_names(text: str) -> list[str]:
    """Return the names in a list of persons; a text that is no list of whole names is one name.

    ``Doe, Jane`` is one name, ``Jane Doe, Rex Roe and Ann Poe`` are three.
    """
    names = [name for name in _SEPARATOR.split(text.strip()) if name]
    if len(names) > 1 and all(is_person_name(name) for name in names):
        return names
    by_semicolon = [name.strip() for name in text.split(";") if name.strip()]
    return by_semicolon if len(by_semicolon) > 1 else [text.strip()] if text.strip() else []


def byline_names(text: str) -> list[str]:
    """Return the persons that a line such as ``By Jane Doe and Rex Roe, 4 March 2019`` names.

    A name on the line after its label counts too; a line without a label names nobody.
    """
    for line in text.split("\n"):
        if before := _NAMES_BEFORE_LABEL.match(line):
            return re.split(r"[·,]\s?", before[1] or before[2])
        label = _BYLINE_LABEL.match(line)
        rest = line[label.end() :].strip() if label else ""
        if not rest and label:  # the name is on the next line
            rest = text[text.index(line) + len(line) :].strip().split("\n")[0]
        if rest and (names := _leading_names(rest)):
            return names
    return []


def only_byline_names(line: str) -> list[str]:
    """Return the persons in a byline that says nothing else: ``by Jane Doe and Rex Roe``; else none."""
    label = _BYLINE_LABEL.match(line)
    rest = line[label.end() :].strip(" .,") if label else ""
    names = [name.strip(" .,") for name in _separator(rest).split(rest) if name.strip(" .,")]
    return names if all(map(is_person_name, names)) else []


def _separator(text: str) -> re.Pattern[str]:
    """Return the pattern between names; in capitals E and Y are initials and not words for "and"."""
    return _SEPARATOR_IN_CAPITALS if text.isupper() else _SEPARATOR


_INNER_LABEL = re.compile(r"(?<=[\d\s])(?:by|par|por|von|от|di)\s+(?=[A-ZÀ-ÞЀ-Я])")
# Whom these words name made something else than the text.
_OTHER_WORK = re.compile(
    r"(?:photo|foto|image|illustr|translat|tradu|übersetz|перев|edit|review|sponsor|power|curat|present|compil|film|audio)\w*"
    r"(?:\s\w+)?\s*$",
    re.IGNORECASE,
)


def names_after_date(text: str) -> list[str]:
    """Return the persons that a line such as ``Posted on 4 March 2019 by Jane Doe`` names."""
    for line in text.split("\n"):
        label = _INNER_LABEL.search(line)
        if label and not _OTHER_WORK.search(line[: label.start()]) and (names := _leading_names(line[label.end() :])):
            return names
    return []


def _leading_names(text: str) -> list[str]:
    end = _AFTER_NAMES.search(text)
    names: list[str] = []
    names_only = text[: end.start()] if end else text
    for part in _separator(names_only).split(names_only):
        name = part.strip(" .,:")
        if not is_person_name(name):
            break
        names.append(name)
    return names
