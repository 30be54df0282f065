import pytest

from corpus.countries import country_code, country_name
from corpus.languages import LANGUAGE_NAMES, language_code, language_name
from indexer.metadata.language_detection import detect_language
from tests.support import DATA

UDHR = DATA / "languages" / "udhr"


@pytest.mark.parametrize(
    ("text", "code"),
    [("en", "en"), ("eng", "en"), ("en-GB", "en"), ("English", "en"), ("français", "fr"), ("zh-Hant-TW", "zh"),
    ("ger", "de"),
     ("العربية", "ar"), ("pt_BR", "pt"), ("xx", None), ("", None), ("no language", None)],
)  # fmt: skip
def test_a_language_is_known_by_its_codes_and_names(text: str, code: str | None) -> None:
    assert language_code(text) == code


def test_every_code_normalises_to_itself_and_so_does_its_label() -> None:
    assert all(language_code(code) == code == language_code(name) for code, name in LANGUAGE_NAMES.items())
    assert (language_name("fr"), language_name("x-unknown")) == ("French", "x-unknown")


@pytest.mark.parametrize(
    ("text", "code"),
    [("AFG", "AF"), ("ch", "CH"), ("bosniaandherzegovina", "BA"), ("Côte d’Ivoire", "CI"), ("cotedivoire", "CI"),
    ("États-Unis", "US"),
     ("Islamic Republic of Iran", "IR"), ("Iran (Islamic Republic of)", "IR"), ("Atlantis", None), ("", None)],
)  # fmt: skip
def test_a_country_is_known_by_its_codes_and_names(text: str, code: str | None) -> None:
    assert country_code(text) == code


def test_countries_have_labels_for_people() -> None:
    assert (country_name("TR"), country_name("zz")) == ("Türkiye", "zz")


def test_languages_are_detected_in_enough_text_among_those_expected() -> None:
    text = "Alle Menschen sind frei und gleich an Würde und Rechten geboren."
    assert (detect_language(text) or ("",))[0] == "de"
    assert (detect_language(text, ("en", "fr")) or ("",))[0] in ("en", "fr")
    assert detect_language("Würde 2019 - 123") is None


@pytest.mark.parametrize("code", ["eng", "fra", "spa", "deu", "ita", "arb"])
def test_the_universal_declaration_is_known_in_its_languages(code: str) -> None:
    file = UDHR / f"{code}.txt"
    if not file.is_file():
        pytest.skip(f"needs {file.name} of the shared language samples")
    detected = detect_language(file.read_text(encoding="utf-8"), ("ar", "de", "en", "es", "fr", "it", "pt", "ru"))
    assert detected
    assert detected[0] == language_code(code.partition("_")[0])
