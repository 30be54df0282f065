"""Names of the months in further languages, whose dates are recognised and are written out in English.

The names are those of the Unicode CLDR (https://cldr.unicode.org), in the form behind a day, then the form that is used
alone and the case behind "in" where they differ; a test compares them with CLDR as Babel has it. Forms that CLDR lacks,
as the Serbian genitives, are from grammars. Babel itself is no dependency of this table: it loads for longer than most
searches take, and mixes up the forms of some languages.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import lru_cache

# Twelve names a line, from January to December; short forms are beside their number, as they count only behind a day.
_NAMES: dict[str, tuple[str, ...]] = {
    "pl": (
        "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października - grudnia",
        "styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik - grudzień",
        "styczniu lutym marcu kwietniu maju czerwcu lipcu sierpniu wrześniu październiku listopadzie grudniu",
    ),
    "cs": (
        "ledna února března dubna května června července srpna září října listopadu prosince",
        "leden únor březen duben květen červen červenec srpen září říjen - prosinec",
        "lednu únoru březnu dubnu květnu červnu červenci srpnu září říjnu listopadu prosinci",
    ),
    "sk": (
        "januára februára marca apríla mája júna júla augusta septembra októbra novembra decembra",
        "január február marec apríl máj jún júl august september október november december",
    ),
    "sl": (
        "januarja februarja marca aprila maja junija julija avgusta septembra oktobra novembra decembra",
        "januar februar marec april maj junij julij avgust september oktober november december",
    ),
    "hr": (
        "siječnja veljače ožujka travnja svibnja lipnja srpnja kolovoza rujna - studenoga prosinca",
        "siječanj veljača ožujak travanj svibanj lipanj srpanj kolovoz rujan - studeni prosinac",
    ),
    "sr": (
        "јануара фебруара марта априла маја јуна јула августа септембра октобра новембра децембра",
        "јануар фебруар март април мај јун јул август септембар октобар новембар децембар",
        "januara februara marta aprila maja juna jula avgusta septembra oktobra novembra decembra",
        "januar februar mart april maj jun jul avgust septembar oktobar novembar decembar",
    ),
    "mk": ("јануари февруари март април мај јуни јули август септември октомври ноември декември",),
    "bg": ("януари февруари март април май юни юли август септември октомври ноември декември",),
    "uk": (
        "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
        "січень лютий березень квітень травень червень липень серпень вересень жовтень листопад грудень",
        "січні лютому березні квітні травні червні липні серпні вересні жовтні листопаді грудні",
    ),
    "be": (
        "студзеня лютага сакавіка красавіка мая чэрвеня ліпеня жніўня верасня кастрычніка лістапада снежня",
        "студзень люты сакавік красавік май чэрвень ліпень жнівень верасень кастрычнік лістапад снежань",
    ),
    "ru": ("января февраля марта апреля мая июня июля августа сентября октября ноября декабря",),
    "nl": ("januari februari maart april mei juni juli augustus september oktober november december",),
    "af": ("Januarie Februarie Maart April Mei Junie Julie Augustus September Oktober November Desember",),
    "sv": ("januari februari mars april maj juni juli augusti september oktober november december",),
    "da": ("januar februar marts april maj juni juli august september oktober november december",),
    "nb": ("januar februar mars april mai juni juli august september oktober november desember",),
    "is": ("janúar febrúar mars apríl maí júní júlí ágúst september október nóvember desember",),
    "fi": (
        ("tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta lokakuuta"
        " marraskuuta joulukuuta"),
        "tammikuu helmikuu maaliskuu huhtikuu toukokuu kesäkuu heinäkuu elokuu syyskuu lokakuu marraskuu joulukuu",
        ("tammikuussa helmikuussa maaliskuussa huhtikuussa toukokuussa kesäkuussa heinäkuussa elokuussa syyskuussa"
        " lokakuussa marraskuussa joulukuussa"),
    ),
    "et": ("jaanuar veebruar märts aprill mai juuni juuli august september oktoober november detsember",),
    "hu": ("január február március április május június július augusztus szeptember október november december",),
    "lv": (
        "janvāris februāris marts aprīlis maijs jūnijs jūlijs augusts septembris oktobris novembris decembris",
        "janvārī februārī martā aprīlī maijā jūnijā jūlijā augustā septembrī oktobrī novembrī decembrī",
    ),
    "lt": (
        "sausio vasario kovo balandžio gegužės birželio liepos rugpjūčio rugsėjo spalio lapkričio gruodžio",
        "sausis vasaris kovas balandis gegužė birželis liepa rugpjūtis rugsėjis spalis lapkritis gruodis",
    ),
    "ro": ("ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie",),
    "ca": ("gener febrer març abril maig juny juliol agost setembre octubre novembre desembre",),
    "gl": ("xaneiro febreiro marzo abril maio xuño xullo agosto setembro outubro novembro decembro",),
    "el": (
        ("Ιανουαρίου Φεβρουαρίου Μαρτίου Απριλίου Μαΐου Ιουνίου Ιουλίου Αυγούστου Σεπτεμβρίου Οκτωβρίου Νοεμβρίου"
        " Δεκεμβρίου"),
        ("Ιανουάριος Φεβρουάριος Μάρτιος Απρίλιος Μάιος Ιούνιος Ιούλιος Αύγουστος Σεπτέμβριος Οκτώβριος Νοέμβριος"
        " Δεκέμβριος"),
        "Ιανουάριο Φεβρουάριο Μάρτιο Απρίλιο Μάιο Ιούνιο Ιούλιο Αύγουστο Σεπτέμβριο Οκτώβριο Νοέμβριο Δεκέμβριο",
    ),
    "sq": ("janar shkurt mars prill maj qershor korrik gusht shtator tetor nëntor dhjetor",),
    "tr": ("Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık",),
    "az": ("yanvar fevral mart aprel may iyun iyul avqust sentyabr oktyabr noyabr dekabr",),
    "ka": ("იანვარი თებერვალი მარტი აპრილი მაისი ივნისი ივლისი აგვისტო სექტემბერი ოქტომბერი ნოემბერი დეკემბერი",),
    "hy": (
        "հունվարի փետրվարի մարտի ապրիլի մայիսի հունիսի հուլիսի օգոստոսի սեպտեմբերի հոկտեմբերի նոյեմբերի դեկտեմբերի",
        "հունվար փետրվար մարտ ապրիլ մայիս հունիս հուլիս օգոստոս սեպտեմբեր հոկտեմբեր նոյեմբեր դեկտեմբեր",
    ),
    "he": (
        "ינואר פברואר מרץ אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר",
        "בינואר בפברואר במרץ באפריל במאי ביוני ביולי באוגוסט בספטמבר באוקטובר בנובמבר בדצמבר",
    ),
    "fa": ("ژانویهٔ فوریهٔ مارس آوریل مهٔ ژوئن ژوئیهٔ اوت سپتامبر اکتبر نوامبر دسامبر",
           "ژانویه فوریه مارس آوریل مه ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر",),
    "ur": ("جنوری فروری مارچ اپریل مئی جون جولائی اگست ستمبر اکتوبر نومبر دسمبر",),
    "hi": (
        "जनवरी फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर",
        "जनवरी फरवरी मार्च अप्रैल मई जून जुलाई अगस्त सितम्बर अक्तूबर नवम्बर दिसम्बर",
    ),
    "bn": ("জানুয়ারী ফেব্রুয়ারী মার্চ এপ্রিল মে জুন জুলাই আগস্ট সেপ্টেম্বর অক্টোবর নভেম্বর ডিসেম্বর",
           "জানুয়ারি ফেব্রুয়ারি মার্চ এপ্রিল মে জুন জুলাই আগস্ট সেপ্টেম্বর অক্টোবর নভেম্বর ডিসেম্বর"),
    "id": ("Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember",),
    "ms": ("Januari Februari Mac April Mei Jun Julai Ogos September Oktober November Disember",),
    "sw": ("Januari Februari Machi Aprili Mei Juni Julai Agosti Septemba Oktoba Novemba Desemba",),
    "th": ("มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม",),
}  # fmt: skip

FURTHER_LANGUAGES = tuple(_NAMES)
_SHORT_NAMES = (
    "sty lut mar kwi maj cze lip sie wrz paź - gru",
    "jan feb mrt apr mei jun jul aug sep okt nov dec",
    "jan feb mar apr maj jun jul aug sept okt nov des",
    "ian febr mart apr mai iun iul aug sept oct noi dec",
    "jan febr márc ápr máj jún júl aug szept okt nov dec",
    "Ιαν Φεβ Μαρ Απρ Μαΐ Ιουν Ιουλ Αυγ Σεπ Οκτ Νοε Δεκ",
    "січ лют бер квіт трав черв лип серп вер жовт лист груд",
    "Oca Şub Mar Nis May Haz Tem Ağu Eyl Eki Kas Ara",
)
_ONLY_BEHIND_DAY = frozenset({"mac", "may"})
"""Names that are other words, or persons' names, unless a day precedes them."""
YEAR_FIRST_LANGUAGES = ("hu", "lt", "lv")
"""Languages that write the year before the month."""

CROATIAN_OCTOBER = "listopada"
"""The Croatian October is spelt as the Polish November, but behind a day with a full stop."""


def fold_month(name: str) -> str:
    """Return a name in lower case, without accents and without the difference of the Turkish i and ı."""
    if name.isascii():
        return name.lower()
    plain = unicodedata.normalize("NFKD", name.casefold()).replace("ı", "i")
    return "".join(character for character in plain if not "\u0300" <= character <= "\u036f")


def further_month_names(language: str) -> tuple[tuple[str, ...], ...]:
    """Return the names of the months in a language, twelve a form; ``-`` for one that is another month elsewhere."""
    return tuple(tuple(line.split()) for line in _NAMES[language])


@lru_cache(maxsize=1)
def further_months() -> Mapping[str, int]:
    """Return month numbers by folded names that mean a month also without a day."""
    return {name: number for name, number in _numbers(_NAMES).items() if name not in _ONLY_BEHIND_DAY}


@lru_cache(maxsize=1)
def further_months_of_days() -> Mapping[str, int]:
    """Return month numbers by folded names, short ones included, that mean a month behind a day."""
    return _numbers(_NAMES) | _numbers({"": _SHORT_NAMES}) | {fold_month(CROATIAN_OCTOBER): 11}


@lru_cache(maxsize=1)
def months_behind_year() -> Mapping[str, int]:
    """Return month numbers by folded names in the languages that write the year first."""
    return _numbers({language: _NAMES[language] for language in YEAR_FIRST_LANGUAGES})


def _numbers(names: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
    lines = [line.split() for lines in names.values() for line in lines]
    return {fold_month(name): number for line in lines for number, name in enumerate(line, 1) if name != "-"}
