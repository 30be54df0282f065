"""Names of the months and words around dates, in the languages in which dates are written out."""

from __future__ import annotations

from dataclasses import dataclass

_FULL: dict[str, str] = {
    "en": "January February March April May June July August September October November December",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "ar": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
    "ru": "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
    "zh": "1月 2月 3月 4月 5月 6月 7月 8月 9月 10月 11月 12月",
}

# number=name: short forms, old and regional names, and names typed without accents or hamzas.
_OTHER: dict[str, str] = {
    "en": "1=Jan 2=Feb 3=Mar 4=Apr 6=Jun 7=Jul 8=Aug 9=Sep 9=Sept 10=Oct 11=Nov 12=Dec",
    "fr": "1=janv 2=févr 2=fév 2=fevrier 4=avr 7=juil 8=aout 9=sept 10=oct 11=nov 12=déc 12=decembre",
    "es": "1=ene 2=feb 3=mar 4=abr 5=may 6=jun 7=jul 8=ago 9=sep 9=sept 9=set 9=setiembre 10=oct 11=nov 12=dic",
    "pt": "1=jan 2=fev 3=mar 3=marco 4=abr 5=mai 6=jun 7=jul 8=ago 9=set 10=out 11=nov 12=dez",
    "de": "1=Jan 1=Jänner 2=Feb 2=Feber 3=Mrz 3=Maerz 3=Marz 4=Apr 6=Jun 7=Jul 8=Aug 9=Sep 9=Sept 10=Okt 11=Nov 12=Dez",
    "it": "1=gen 2=feb 2=febbr 3=mar 4=apr 5=mag 6=giu 7=lug 8=ago 9=set 9=sett 10=ott 11=nov 12=dic",
    "ar": "1=كانون_الثاني 2=شباط 3=آذار 3=اذار 3=أذار 4=نيسان 5=أيار 5=ايار 6=حزيران 7=تموز 8=آب 8=اب 9=أيلول 9=ايلول "
    "10=تشرين_الأول 10=تشرين_الاول 11=تشرين_الثاني 12=كانون_الأول 12=كانون_الاول "
    "1=جانفي 2=فيفري 4=أفريل 4=ابريل 4=إبريل 5=ماي 6=جوان 6=يونيه 7=جويلية 7=يوليه 8=أوت 8=اغسطس 10=اكتوبر",
    "ru": "1=января 2=февраля 3=марта 4=апреля 5=мая 6=июня 7=июля 8=августа 9=сентября 10=октября 11=ноября "
    "12=декабря 1=январе 2=феврале 3=марте 4=апреле 5=мае 6=июне 7=июле 8=августе 9=сентябре 10=октябре 11=ноябре "
    "12=декабре 1=янв 2=фев 2=февр 3=мар 4=апр 6=июн 7=июл 8=авг 9=сен 9=сент 10=окт 11=ноя 11=нояб 12=дек",
    "zh": "",
}  # fmt: skip

LANGUAGES = tuple(_FULL)
"""The languages whose dates are recognised and written out."""


def month_names(language: str) -> tuple[str, ...]:
    """Return the twelve names of the months in a language."""
    return tuple(_FULL[language].split())


def months_without_day(language: str) -> dict[str, int]:
    """Return month numbers by the lower-case spellings that mean a month even without a day."""
    written = {name.lower() for name in month_names(language)}
    return {
        name: number
        for name, number in months_by_spelling(language).items()
        if name in written or language in ("ar", "en") or (len(name) > 3 and name not in _ALSO_WORDS)
    }


_ALSO_WORDS = frozenset({"marco", "marz", "sett"})
"""Spellings that are a name or another word unless a day precedes them."""


def months_by_spelling(language: str) -> dict[str, int]:
    """Return month numbers by every lower-case spelling, short forms included."""
    months = {name.lower(): number for number, name in enumerate(month_names(language), 1)}
    for item in _OTHER[language].split():
        number, _, name = item.partition("=")
        months[name.replace("_", " ").lower()] = int(number)
    return months


@dataclass(frozen=True, slots=True)
class DateWording:
    """The patterns of dates in one language, with ``{d}``, ``{m}``, ``{y}``, and ``{x}`` for a whole date."""

    day: str
    month: str
    since: str
    until: str
    about: str
    perhaps: str
    decade: str
    seasons: tuple[str, str, str, str]
    first_day: str = "1"
    months_of_days: tuple[str, ...] = ()  # names of the months after a day, where they differ


_RUSSIAN_MONTHS_OF_DAYS = (
    "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября",
    "декабря",
)  # fmt: skip

DATE_WORDINGS: dict[str, DateWording] = {
    "en": DateWording("{d} {m}", "{m} {y}", "since {x}", "until {x}", "about {x}", "perhaps {x}", "{x}s",
                  ("spring", "summer", "autumn", "winter")),
    "fr": DateWording("{d} {m}", "{m} {y}", "depuis {x}", "jusqu’à {x}", "vers {x}", "peut-être {x}", "années {x}",
                  ("printemps", "été", "automne", "hiver"), first_day="1er"),
    "es": DateWording("{d} de {m}", "{m} de {y}", "desde {x}", "hasta {x}", "hacia {x}", "quizá {x}", "años {x}",
                  ("primavera", "verano", "otoño", "invierno")),
    "pt": DateWording("{d} de {m}", "{m} de {y}", "desde {x}", "até {x}", "cerca de {x}", "talvez {x}", "anos {x}",
                  ("primavera", "verão", "outono", "inverno")),
    "de": DateWording("{d}. {m}", "{m} {y}", "seit {x}", "bis {x}", "um {x}", "vielleicht {x}", "{x}er Jahre",
                  ("Frühling", "Sommer", "Herbst", "Winter")),
    "it": DateWording("{d} {m}", "{m} {y}", "da {x}", "fino a {x}", "circa {x}", "forse {x}", "anni {x}",
                  ("primavera", "estate", "autunno", "inverno")),
    "ar": DateWording("{d} {m}", "{m} {y}", "منذ {x}", "حتى {x}", "حوالي {x}", "ربما {x}", "عقد {x}",
                  ("ربيع", "صيف", "خريف", "شتاء")),
    "ru": DateWording("{d} {m}", "{m} {y} года", "с {x}", "до {x}", "около {x}", "возможно {x}", "{x}-е годы",
                  ("весна", "лето", "осень", "зима"), months_of_days=_RUSSIAN_MONTHS_OF_DAYS),
    "zh": DateWording("{m}{d}日", "{y}年{m}", "自{x}起", "至{x}", "约{x}", "可能{x}", "{x}年代",
                  ("春", "夏", "秋", "冬")),
}  # fmt: skip
"""Wording of dates by language; dates in other languages are written in English."""
