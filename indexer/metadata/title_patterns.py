"""Patterns of the lines of official first pages, in the six languages of the United Nations.

Letterhead, session, agenda item, sponsors, report, letter, and the words with which running text begins.
"""

from __future__ import annotations

import re

_I = re.IGNORECASE

ORGAN = (
    r"united nations|nations unies|naciones unidas|организация объединенных наций|联合国|الأمم المتحدة"
    r"|general assembly|assemblée générale|asamblea general|генеральная ассамблея|大会|الجمعية العامة"
    r"|security council|conseil de sécurité|consejo de seguridad|совет безопасности|安全理事会|مجلس الأمن"
    r"|economic and social council|conseil économique et social|consejo económico y social"
    r"|экономический и социальный совет|经济及社会理事会|المجلس الاقتصادي والاجتماعي"
    r"|human rights council|conseil des droits de l[’']homme|consejo de derechos humanos|совет по правам человека"
    r"|人权理事会|مجلس حقوق الإنسان|trusteeship council|conseil de tutelle|commission on human rights"
    r"|commission des droits de l[’']homme|comisión de derechos humanos|комиссия по правам человека|人权委员会"
    r"|لجنة حقوق الإنسان|conference of the parties|conférence des parties|conferencia de las partes|конференция сторон"
    r"|缔约方会议|مؤتمر الأطراف|commission on the status of women|commission de la condition de la femme"
    r"|comisión de la condición jurídica y social de la mujer|комиссия по положению женщин"
    r"|妇女地位委员会|لجنة وضع المرأة"
    r"|international court of justice|cour internationale de justice|world health organization|european commission"
    r"|commission européenne|european parliament|parlement européen|council of europe|conseil de l[’']europe"
    r"|council of the european union|harvard university|organization of american states|african union|union africaine"
)
"""Names of organs, which are letterheads where they fill a line."""

COMMITTEE = re.compile(
    r"(?:(?:special|standing|preparatory|executive|advisory|ad hoc|first|second|third|fourth|fifth|sixth|main"
    r"|sub-?)\s)*"
    r"(?:committee|commission|council|executive board|working group|subcommittee|board|conference|forum)"
    r"(?:\s(?:on|of|for|against|to)\s[^:.]{3,110})?|(?:comité|commission|conseil|comisión|consejo|junta ejecutiva"
    r"|conferencia)"
    r"(?:\s(?:des?|du|d[’']|pour|contre|sur|para|contra|del?)\s?[^:.]{3,110})?|(?:[А-Я][а-я]+\s)?(?:комитет|комиссия"
    r"|совет)"
    r"(?:\s(?:по|против)\s[^:.]{3,110})?|[\u4e00-\u9fff]{2,14}(?:委员会|理事会|执行局)|(?:اللجنة|لجنة|مجلس|المجلس)\s[^:.]{3,60}",
    _I,
)
"""A line or part that only names a committee, board or conference."""

_NUMBER_WORD = r"(?:[^\W\d_]+(?:-[^\W\d_]+){0,3}|\d+(?:st|nd|rd|th|e|ème|º|ª)?)"
SESSION = re.compile(
    rf"(?:(?:resumed |annual |regular |organizational )?(?:{_NUMBER_WORD} )?(?:emergency special |special |regular "
    rf"|annual |resumed )?(?:session|year)(?: \d{{4}})?\s?){{1,2}}|\d{{4}} (?:substantive |regular |annual "
    rf"|resumed )?session"
    rf"|(?:{_NUMBER_WORD} ){{1,4}}(?:session|année|período (?:extraordinario )?de sesiones|año|сессия"
    rf"|специальная сессия|год)"
    r"(?: (?:extraordinaire|d[’']urgence|de fond|ordinaire|annuelle|de \d{4}|\d{4}(?: года)?))*"
    r"|(?:session (?:de fond |ordinaire |annuelle )?de|período de sesiones (?:sustantivo )?de|сессия) \d{4}(?: года)?"
    r"|第[〇零一二三四五六七八九十百\d]+(?:届|次)?(?:紧急特别|特别)?(?:会议|年)|\d{4}年(?:届会|会议|实质性会议)"
    r"|(?:الدورة|السنة)(?: [\u0621-\u064a]+){1,6}|دورة عام \d{4}",
    _I,
)
AGENDA = re.compile(
    r"(?:(?:provisional )?agenda items?|items?) [\w(), ]{1,60}(?: of the (?:provisional agenda|preliminary list"
    r"|agenda)\W*)?"
    r"|points? [\w(), ]{1,40}(?: de (?:l[’']ordre du jour|la liste préliminaire)(?: provisoire)?\W*)?"
    r"|temas? [\w(), ]{1,40}(?: del programa| de la lista preliminar)(?: provisional)?\W*"
    r"|пункты? [\w(), ]{1,40}(?:(?:предварительной )?повестки дня|первоначального перечня)?\W*"
    r"|(?:临时)?议程\W?项目[\w()、，（）和 ]{1,30}|暂定项目表\W?项目[\w()、，（）和 ]{1,20}"
    r"|(?:البند|البنود|البندان) [\w()، ]{1,40}(?:من (?:جدول الأعمال|القائمة الأولية)(?: المؤقت)?)?\W*",
    _I,
)
ORIGINAL_LANGUAGE = re.compile(r"(?:original(?:e)?\s?|оригинал\s?|原文|الأصل\s?)[:：].*", _I)
LANGUAGE_NAME = (
    r"(?:english|french|spanish|arabic|russian|chinese|anglais|français|espagnol|arabe|russe|chinois|inglés|francés"
    r"|español"
    r"|árabe|ruso|chino|английский|французский|испанский|русский|арабский|китайский|英文|法文|西班牙文|中文|阿拉伯文|俄文"
    r"|بالإنكليزية|بالفرنسية|العربية|عربي|الإنكليزية|الفرنسية)(?: only| seulement| solamente)?"
)
CLUTTER = re.compile(
    r"(?:GE\.)?\d\d-\d{4,6}X?(?:\s*\([A-Z]\))?(?:\s*\d{6})*|\*?\d{6,8}\*?|\*\S{5,12}\*|[\W\d]+|page \d+|\[.*\]"
    rf"|{LANGUAGE_NAME}|(?:general|limited|restricted|provisional|générale|limitée|limitada|reservada)"
    r"|(?:official records|documents officiels|documentos oficiales|официальные отчеты|正式记录|الوثائق الرسمية).*"
    r"|(?:supplement|supplément|suplemento|дополнение|补编|الملحق) (?:no|n[o°º]|núm|№|رقم).*|please recycle\W*",
    _I,
)
END = re.compile(
    r"(?:summary|contents|introduction|abstract|executive summary|addendum|corrigendum|table of contents|preface"
    r"|foreword"
    r"|annex(?:e|es)?|résumé(?: analytique)?|sommaire|table des matières|additif|rectificatif|resumen|índice"
    r"|introducción"
    r"|adición|corrección|anexo|резюме|содержание|оглавление|введение|добавление|исправление|приложение|摘要|提要|目录|导言"
    r"|增编|更正|附件|موجز|ملخص|المحتويات|مقدمة|إضافة|تصويب|المرفق)\W*$"
    r"|(?:[IVX]+|[A-Z0-9]{1,2})[.)]\s|[一二三四五六七八九十]+、|[*∗†]+\s?\S|أولا\W|"
    r"\d{1,2} note\b|_{3,}|(?:rapporteur|rapporteuse|relatora?|докладчик|报告员|المقرر)\W"
    r"|(?:I|We) (?:have|write|am|are|would|should|enclose|refer|wish)\b"
    r"|(?:up)?on (?:the )?(?:instructions?|behalf)\b"
    r"|with reference to|in (?:a letter|connection|accordance|adopting)|pursuant to|adopted (?:by|at|on)\b"
    r"|(?-i:The(?: (?:[A-Z][\w-]+|and|of|on|the)){1,7},$)"
    r"|the (?:secretary-general|present) |the (?:permanent mission|undersigned) |the following|having |recalling"
    r"|whereas|noting"
    r"|\(signed\)|\(signé\)|\(firmado\)|\(подпись\)|（签名）|\(توقيع\)|submitted by\b|prepared by\b"
    r"|held (?:at|on)\b|tenue? (?:au|à)\b|celebrada en\b|состоявшееся\b"
    r"|(?:president|chair(?:man|woman|person)?|présidente?|presidenta?|председатель|主席|الرئيسa?)\s?[:：]|chair(?:\b|man)"
    r"|dear |excellenc|mr\.|madam|ladies"
    r"|j[’']ai l[’']honneur|d[’']ordre de mon|me référant|par (?:sa|une) lettre|tengo el honor|siguiendo instrucciones"
    r"|en relación con|me dirijo|имею честь|по поручению|ссылаясь на"
    r"|谨|我谨|我荣幸|奉我国|兹|يشرفني|أتشرف|بناء على تعليمات"
    r"|أود أن|l[’']assemblée générale,$|le conseil [\w ’']{3,40},$|la asamblea general,$|el consejo de [\w ]{3,40},$"
    r"|генеральная ассамблея,$|совет [\w ]{3,40},$"
    r"|(?:大会|安全理事会|人权理事会|经济及社会理事会)[，,]$|إن (?:الجمعية العامة|مجلس).*،$"
    r"|adoptée? (?:par|à|le)\b|aprobada (?:por|en|el)\b|принята\b|[\u4e00-\u9fff]{0,8}.{0,30}通过$|اتخذ(?:ه|ته|ها)\b"
    r"|le secrétaire général (?:a|fait)\b|el secretario general (?:tiene|ha)\b|秘书长(?:谨|收到)|يتشرف الأمين العام",
    _I,
)
LINKING = re.compile(
    r"(?:[,;:&(–،、，-]|\b(?:a|an|and|as|at|by|for|from|in|into|its|of|on|or|the|their|through|to|with|under|upon"
    r"|between|against|concerning|regarding|including|entitled|addressed|dated|united|permanent|deputy"
    r"|de|del|des|du|la|le|les|et|aux?|à|en|y|e|da|do|dos|el|los|las|sur|pour|para|par|por|con|avec|sobre|entre|dans|chez"
    r"|vers|sous|ou|où|desde|hasta|o|naciones"
    r"|der|die|das|dem|den|und|von|zum|zur|für|im|bei|mit|über|unter|an|auf|aus|nach|vor|durch|gegen|oder|sowie|als"
    r"|в|во|на|по|о|об|от|к|с|со|из|за|для|при|и|или|под|до|у|между|против|имя|организации|объединенных|постоянного"
    r"|في|من|إلى|على|عن|مع|بشأن|المعني|المعنية|بين|أو|و|لدى)|[的和与及在对关为])$",
    _I,
)
"""The end of a line whose sentence goes on in the next line, whatever that begins with."""
ADJECTIVE = re.compile(r"[a-z]{2}(?:etary|ional|ental|ative|ural|ical|cial)$")
"""The end of a line that a noun follows, most often."""
CONJUNCTION = re.compile(r"(?:and|et|und|y|e|or|oder|ou|и|или)\s", _I)
"""The beginning of a line that goes on from the line above it."""
SELF_TITLED = re.compile(
    r"(?:(?:identical )?letters? dated|notes? verbales? dated|(?:joint |written )?statement (?:submitted )?by"
    r"|statement submitted|information submitted|resolution \d+"
    r"|lettres? (?:identiques )?(?:datées?|en date)|notes? verbales? (?:datées?|en date)|résolution \d+|exposé présenté"
    r"|cartas? (?:idénticas )?de fecha|notas? verbal(?:es)? de fecha|resolución \d+|exposición presentada"
    r"|(?:идентичные )?письм[оа] |вербальн(?:ая|ые) нот[аы] |резолюция \d+|第\s?\d+\s?[(（]\d{4}[)）]\s?号决议"
    r"|رسال(?:ة|تان|تين) (?:متطابقتان |متطابقتين )?مؤرخ|مذكرة شفوية|القرار \d+)\b"
    r"|.{0,40}\d+日.{2,60}(?:的信|的普通照会|信函)$",
    _I,
)
_ACT = (
    r"(?:revised )?draft (?:resolution|decision)s?|(?:revised )?amendments?|projet de (?:résolution"
    r"|décision)(?: révisé)?"
    r"|proyecto de (?:resolución|decisión)(?: revisado)?|(?:пересмотренный )?проект (?:резолюции|решения)"
    r"|(?:订正)?(?:决议|决定)草案|مشروع (?:قرار|مقرر)(?: منقح)?"
)
DRAFT = re.compile(rf"(?:{_ACT})(?:\b|(?=[^\w]))", _I)
SPONSORED = re.compile(rf".+[:：]\s?(?:{_ACT})[\s*∗†\d]*$", _I)
"""The end of a list of sponsors, ``Albania, Andorra and Peru: draft resolution``."""
RESOLUTION_ADOPTED = re.compile(
    r"(?:resolution|decision) adopted by|(?:résolution|décision) adoptée|(?:resolución|decisión) aprobada"
    r"|(?:резолюция|решение), принят|.{2,12}决议$|(?:قرار|مقرر) اتخذ",
    _I,
)
REPORTED = re.compile(
    r"(?:[\w-]+ ){0,4}?(?:report|note|comments|communication|provisional agenda|study|progress report)s?\b"
    r"(?: (?:of|by|on|from|submitted)\b|$)"
    r"|(?:[\w-]+ ){0,3}?(?:rapport|note|étude|observations|communication)s?\b(?: (?:du|de|des|présentée?|établie?"
    r"|sur)\b|$)"
    r"|(?:[\w-]+ ){0,3}?(?:informe|nota|estudio|comunicación)s?\b(?: (?:del?|de la|presentad[oa]|sobre)\b|$)"
    r"|(?:[\w-]+ ){0,3}?(?:доклад|записка|сообщение|исследование)\b|[\u4e00-\u9fff]{2,20}的?(?:报告|说明|来文)\W*$"
    r"|(?:تقرير|مذكرة|دراسة)\b",
    _I,
)
MEETING = re.compile(
    r"(?:(?:provisional )?(?:summary|verbatim) records? .*|(?:compte rendu|procès-verbal) .*|acta (?:resumida"
    r"|literal) .*"
    r"|(?:краткий|стенографический) отчет .*|第\s?\d+\s?次.{0,6}会议.*|محضر .*"
    r"|\d+(?:st|nd|rd|th) (?:\([\w ]+\) )?(?:plenary |closed |resumed )?meeting|\d+e séance(?: plénière)?"
    r"|\d+ª sesión(?: plenaria)?|\d+-е (?:пленарное )?заседание|الجلسة (?:العامة )?\d+)\W*",
    _I,
)
"""The title of minutes."""
NUMBERED = re.compile(r"\d+/\d+\.\s+\S")
"""The title of a resolution with its number, ``78/323. International Day …``."""
