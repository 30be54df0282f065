"""Choose the tesseract languages for an archive and a document, and list those not installed."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.languages import language_name
from corpus.messages import message

MAX_LANGUAGES = 4
"""Languages tried on one page; four take twice the time of one."""

_TABLE = """
en:eng fr:fra es:spa de:deu it:ita pt:por nl:nld ru:rus uk:ukr ar:ara fa:fas he:heb el:ell tr:tur pl:pol cs:ces sk:slk
sl:slv hr:hrv bs:bos sr:srp+srp_latn mk:mkd sq:sqi ro:ron hu:hun bg:bul be:bel sv:swe da:dan nb:nor nn:nor no:nor
fi:fin et:est lv:lav lt:lit is:isl ga:gle cy:cym mt:mlt ca:cat eu:eus gl:glg zh:chi_sim+chi_tra ja:jpn ko:kor vi:vie
th:tha lo:lao km:khm my:mya id:ind ms:msa tl:fil hi:hin bn:ben ur:urd ta:tam te:tel ml:mal kn:kan mr:mar gu:guj pa:pan
ne:nep si:sin ka:kat hy:hye az:aze kk:kaz uz:uzb ky:kir tg:tgk mn:mon ps:pus ku:kmr sw:swa am:amh ti:tir yo:yor af:afr
la:lat
"""

TESSERACT_NAMES = {code: tuple(names.split("+")) for code, names in (pair.split(":") for pair in _TABLE.split())}
"""Tesseract's names (of traineddata files) for each language, by its BCP 47 code."""

LANGUAGE_CODES = {name: code for code, names in reversed(TESSERACT_NAMES.items()) for name in names}
"""The BCP 47 code for each of tesseract's names."""


def languages_for(
    archive_languages: Sequence[str], document_language: str = "", installed: Sequence[str] = ()
) -> tuple[str, ...]:
    """Return tesseract's names for the document's language, then for the archive's, as far as installed.

    Args:
        archive_languages: BCP 47 codes the archive expects; where it names none, all that are installed are, English
            first.
        document_language: BCP 47 code where the document's language is known, else ``""``.
        installed: tesseract's names of the languages it has.

    Returns:
        At most `MAX_LANGUAGES` names. None where no wanted language is installed, or the document's is not: text read
        as another script is worse than no text.
    """
    available = set(installed)
    if document_language and not _available_names(document_language, available):
        return ()
    codes = (document_language, *(archive_languages or TESSERACT_NAMES))
    names = (name for code in codes for name in _available_names(code, available))
    return tuple(dict.fromkeys(names))[:MAX_LANGUAGES]


def missing_languages(languages: Sequence[str], installed: Sequence[str]) -> tuple[str, ...]:
    """Return the BCP 47 codes of the languages that the installed tesseract cannot read."""
    return tuple(code for code in languages if not _available_names(code, set(installed)))


def describe_missing(languages: Sequence[str], installed: Sequence[str]) -> str:
    """Return a sentence on the languages that are missing and what to install, or ``""`` where none is."""
    missing = missing_languages(languages, installed)
    if not missing:
        return ""
    names = ", ".join(map(language_name, missing))
    files = [TESSERACT_NAMES[code][0] for code in missing if code in TESSERACT_NAMES]
    if not files:
        return str(message("ocr.unknown-languages", languages=names))
    packages = " ".join(f"tesseract-ocr-{file.replace('_', '-')}" for file in files)
    return str(message("ocr.missing-languages", languages=names, packages=packages))


def _available_names(code: str, installed: set[str]) -> list[str]:
    return [name for name in TESSERACT_NAMES.get(code, ()) if name in installed]
