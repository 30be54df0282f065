"""Which of tesseract's languages an archive and a document want, and which of those are missing."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.languages import label

MOST = 4
"""Languages tried on one page: four take twice the time of one."""

_TABLE = """
en:eng fr:fra es:spa de:deu it:ita pt:por nl:nld ru:rus uk:ukr ar:ara fa:fas he:heb el:ell tr:tur pl:pol cs:ces sk:slk
sl:slv hr:hrv bs:bos sr:srp+srp_latn mk:mkd sq:sqi ro:ron hu:hun bg:bul be:bel sv:swe da:dan nb:nor nn:nor no:nor
fi:fin et:est lv:lav lt:lit is:isl ga:gle cy:cym mt:mlt ca:cat eu:eus gl:glg zh:chi_sim+chi_tra ja:jpn ko:kor vi:vie
th:tha lo:lao km:khm my:mya id:ind ms:msa tl:fil hi:hin bn:ben ur:urd ta:tam te:tel ml:mal kn:kan mr:mar gu:guj pa:pan
ne:nep si:sin ka:kat hy:hye az:aze kk:kaz uz:uzb ky:kir tg:tgk mn:mon ps:pus ku:kmr sw:swa am:amh ti:tir yo:yor af:afr
la:lat
"""

NAMES = {code: tuple(names.split("+")) for code, names in (pair.split(":") for pair in _TABLE.split())}
"""What tesseract calls each language, by its BCP 47 code: its names of traineddata files."""

CODES = {name: code for code, names in reversed(NAMES.items()) for name in names}
"""The same the other way."""


def languages_for(
    archive_languages: Sequence[str], document_language: str = "", installed: Sequence[str] = ()
) -> tuple[str, ...]:
    """What to tell tesseract: its names for the document's language, then for the archive's, as far as installed.

    Args:
        archive_languages: BCP 47 codes the archive expects; where it names none, all that are installed are, English
            first.
        document_language: BCP 47 code where the document's language is known, else ``""``.
        installed: tesseract's names of the languages it has.

    Returns:
        At most `MOST` names. None at all where the languages are known and tesseract has not one of them, or not the
        document's: text read as another script is worse than no text.
    """
    have = set(installed)
    if document_language and not _have(document_language, have):
        return ()
    codes = (document_language, *(archive_languages or NAMES))
    names = (name for code in codes for name in _have(code, have))
    return tuple(dict.fromkeys(names))[:MOST]


def missing_languages(languages: Sequence[str], installed: Sequence[str]) -> tuple[str, ...]:
    """Of the BCP 47 codes those that tesseract cannot read as it is installed."""
    return tuple(code for code in languages if not _have(code, set(installed)))


def say_missing(languages: Sequence[str], installed: Sequence[str]) -> str:
    """One line for a person on the languages that are missing, or ``""``."""
    missing = missing_languages(languages, installed)
    if not missing:
        return ""
    packages = [f"tesseract-ocr-{NAMES[code][0].replace('_', '-')}" for code in missing if code in NAMES]
    hint = f" (Debian: apt install {' '.join(packages)})" if packages else ""
    return f"tesseract cannot read {', '.join(map(label, missing))} here{hint}"


def _have(code: str, installed: set[str]) -> list[str]:
    return [name for name in NAMES.get(code, ()) if name in installed]
