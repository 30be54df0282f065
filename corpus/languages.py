"""Languages: BCP 47 codes, English names, and other spellings in documents."""

from __future__ import annotations

import re
import unicodedata

from corpus.deferred import deferred_pattern

# code | ISO 639-2/3 codes | English name | the language's own name and other spellings
_TABLE = """
af|afr|Afrikaans
am|amh|Amharic|አማርኛ
an|arg|Aragonese|aragonés
ar|ara arb|Arabic|العربية,عربي,arabe,árabe
as|asm|Assamese|অসমীয়া
az|aze|Azerbaijani|azərbaycan
be|bel|Belarusian|беларуская
bg|bul|Bulgarian|български
bn|ben|Bengali|বাংলা,bangla
br|bre|Breton|brezhoneg
bs|bos|Bosnian|bosanski
ca|cat|Catalan|català
cs|ces cze|Czech|čeština,česky
cy|cym wel|Welsh|cymraeg
da|dan|Danish|dansk
de|deu ger|German|Deutsch,allemand,alemán,tedesco
dz|dzo|Dzongkha|རྫོང་ཁ
el|ell gre|Greek|Ελληνικά
en|eng|English|anglais,inglés,inglês,Englisch,inglese
eo|epo|Esperanto
es|spa|Spanish|español,castellano,espagnol,espanhol,Spanisch,spagnolo
et|est|Estonian|eesti
eu|eus baq|Basque|euskara
fa|fas per pes prs|Persian|فارسی,Farsi,Dari
fi|fin|Finnish|suomi
fo|fao|Faroese|føroyskt
fr|fra fre|French|français,francés,francês,Französisch,francese
ga|gle|Irish|Gaeilge
gl|glg|Galician|galego
gu|guj|Gujarati|ગુજરાતી
ha|hau|Hausa
he|heb|Hebrew|עברית
hi|hin|Hindi|हिन्दी
hr|hrv|Croatian|hrvatski
ht|hat|Haitian Creole|kreyòl ayisyen
hu|hun|Hungarian|magyar
hy|hye arm|Armenian|Հայերեն
id|ind|Indonesian|bahasa Indonesia
ig|ibo|Igbo
is|isl ice|Icelandic|íslenska
it|ita|Italian|italiano,italien
ja|jpn|Japanese|日本語
jv|jav|Javanese|basa Jawa
ka|kat geo|Georgian|ქართული
kk|kaz|Kazakh|қазақша
km|khm|Khmer|ខ្មែរ
kn|kan|Kannada|ಕನ್ನಡ
ko|kor|Korean|한국어
ku|kur kmr|Kurdish|kurdî
ky|kir|Kyrgyz|кыргызча
la|lat|Latin|latina
lb|ltz|Luxembourgish|Lëtzebuergesch
lo|lao|Lao|ລາວ
lt|lit|Lithuanian|lietuvių
lv|lav lvs|Latvian|latviešu
mg|mlg plt|Malagasy
mi|mri mao|Maori|te reo Māori
mk|mkd mac|Macedonian|македонски
ml|mal|Malayalam|മലയാളം
mn|mon khk|Mongolian|монгол
mr|mar|Marathi|मराठी
ms|msa may zsm|Malay|bahasa Melayu
mt|mlt|Maltese|Malti
my|mya bur|Burmese|မြန်မာ
nb|nob|Norwegian Bokmål|bokmål
ne|nep|Nepali|नेपाली
nl|nld dut|Dutch|Nederlands,Flemish
nn|nno|Norwegian Nynorsk|nynorsk
no|nor|Norwegian|norsk
oc|oci|Occitan
om|orm|Oromo|Afaan Oromoo
or|ori ory|Odia|ଓଡ଼ିଆ
pa|pan|Punjabi|ਪੰਜਾਬੀ
pl|pol|Polish|polski
ps|pus pst|Pashto|پښتو
pt|por|Portuguese|português,portugais,portugués
qu|que|Quechua|runa simi
rm|roh|Romansh|rumantsch
ro|ron rum|Romanian|română,Moldovan
ru|rus|Russian|русский,russe,ruso
rw|kin|Kinyarwanda|ikinyarwanda
se|sme|Northern Sami|davvisámegiella
si|sin|Sinhala|සිංහල
sk|slk slo|Slovak|slovenčina
sl|slv|Slovenian|slovenščina,Slovene
so|som|Somali|Soomaali
sq|sqi alb|Albanian|shqip
sr|srp|Serbian|српски,srpski
sv|swe|Swedish|svenska
sw|swa swh|Swahili|Kiswahili
ta|tam|Tamil|தமிழ்
te|tel|Telugu|తెలుగు
tg|tgk|Tajik|тоҷикӣ
th|tha|Thai|ไทย
ti|tir|Tigrinya|ትግርኛ
tk|tuk|Turkmen|türkmen
tl|tgl fil|Tagalog|Filipino
tr|tur|Turkish|Türkçe
ug|uig|Uyghur|ئۇيغۇرچە
uk|ukr|Ukrainian|українська
ur|urd|Urdu|اردو
uz|uzb|Uzbek|oʻzbek
vi|vie|Vietnamese|Tiếng Việt
vo|vol|Volapük
wa|wln|Walloon|walon
wo|wol|Wolof
xh|xho|Xhosa|isiXhosa
yi|yid|Yiddish|ייִדיש
yo|yor|Yoruba|Yorùbá
zh|zho chi cmn|Chinese|中文,汉语,漢語,chinois,chino,Mandarin
zu|zul|Zulu|isiZulu
"""

_TAG = deferred_pattern(r"([a-z]{2,3})(?:[-_][a-z0-9]{1,8}){0,6}", re.IGNORECASE)


def _key(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().strip()


def _rows() -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """Return the English names by code, the codes by other code, and the codes by folded name."""
    labels: dict[str, str] = {}
    codes: dict[str, str] = {}
    codes_by_name: dict[str, str] = {}
    for row in _TABLE.split("\n"):
        if row:
            code, others, name, *also = row.split("|")
            labels[code] = name
            codes |= dict.fromkeys((code, *others.split()), code)
            codes_by_name |= {_key(word): code for word in (name, *(also[0].split(",") if also else ()))}
    return labels, codes, codes_by_name


LANGUAGE_NAMES, _CODES, _NAMES = _rows()
"""English name of every known language, by its code."""


def language_code(text: str) -> str | None:
    """Return the two-letter code that ``eng``, ``en-GB``, ``English`` or ``français`` means, or None.

    Regions and scripts are dropped, because an archive is searched by language.
    """
    name = _key(text[:100])
    tag = _TAG.fullmatch(name)
    return _NAMES.get(name) or (_CODES.get(tag[1]) if tag else None)


def language_name(code: str) -> str:
    """Return the English name of a language; for an unknown code the code."""
    return LANGUAGE_NAMES.get(code, code)
