"""Names of the days of the week beside a date."""

from __future__ import annotations

import re

from corpus.deferred import deferred_pattern

WEEKDAY = deferred_pattern(
    r"\b(?:(?:le|el|am|в|о) )?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|lundi|mardi|mercredi|jeudi|vendredi|samedi"
    r"|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch"
    r"|понедельник|вторник|сред[ау]|четверг|пятниц[ау]|суббот[ау]|воскресенье"
    r"|(?:segunda|terça|quarta|quinta|sexta)-feira"
    r"|(?:يوم )?(?:الاثنين|الإثنين|الثلاثاء|الأربعاء|الخميس|الجمعة|السبت|الأحد))\b|星期[一二三四五六日天]"
    r"|[月火水木金土日]曜日|[월화수목금토일]요일"
    r"|\b(?:poniedziałek|wtorek|środa|czwartek|piątek|sobota|niedziela|(?:maan|dins|woens|donder|vrij|zater|zon)dag"
    r"|(?:mån|tis|ons|tors|fre|lör|sön|man|tirs|lør|søn)dag|pazartesi|salı|çarşamba|perşembe|cuma|cumartesi|pazar)\b",
    re.IGNORECASE,
)
