"""Arabic sentences: listings, corrections, withdrawals, bags, verification.

Areas: listing, import, edit, erase, related, bag, verify, log. See `corpus.messages` for how a sentence is written.
"""

from __future__ import annotations

from corpus.messages.ar.ar_archive import REBUILD_INDEX, RESTORE_CATALOGUE

_FETCH_BAG = "الحزمة تالفة أو تغيّرت: اجلبها من جديد، أو صدّرها مرة أخرى."
_INDEX_AGAIN = "شغّل 'muniment index'؛ وإن بقي الاختلاف، فاستعد الكتالوج من نسخة احتياطية."
_RECORD_CHANGE = (
    "إن غُيّر عمدًا، فشغّل 'muniment index': يسجّل الملف كما هو الآن، ويُبقي معرّف الوثيقة وتصحيحاتها. وإلا فاستعده "
    "أولًا من نسخة احتياطية."
)
_FETCH_FILE = "استعد الملف من نسخة احتياطية؛ وإن أُزيل عمدًا، فشغّل 'muniment index' لتسجيل ذلك."
_CHECK_DISK = "افحص القرص وأذونات الملف."
_KEEP_INDEX = (
    "إن كان الكتالوج قد استُعيد من نسخة احتياطية أقدم، فشغّل 'muniment reindex'. وإلا فانسخ .muniment أولًا: تنقص "
    "الكتالوج تغييرات قد تكون في نسخة احتياطية أحدث."
)
_CATCH_UP = "شغّل 'muniment index': يحدّث الفهرس."
_LISTING_FORMS = "القائمة صفحة ويب محفوظة، أو جدول CSV أو TSV، أو نص عادي."

SENTENCES: dict[str, str | tuple[str, str]] = {
    # listings and sidecars
    "listing.page-unreadable": "الصفحة فارغة، أو تتعذّر قراءة شيفرتها",
    "listing.page-without-items": "ليس في الصفحة قائمة عناوين معها تواريخ أو روابط إلى وثائق",
    "listing.text-without-items": "ليس في النص عنوان معه تاريخ في سطر مستقل",
    "listing.date-without-title": "لا عنوان بجانب التاريخ {date!r}",
    "listing.table-empty": "الجدول فارغ",
    "listing.no-identifying-column": "لا عمود يحدّد وثيقة الصف؛ الأعمدة المعروفة: {columns}",
    "listing.unknown-column": "العمود {column!r} ليس حقلًا معروفًا، فأُهمل",
    "listing.too-many-rows": "لم يُقرأ إلا أول {limit:,} {limit:few=صفوف|many=صفًا|other=صف}",
    "listing.table-unreadable": "تتعذّر قراءة الجدول ابتداءً من السطر {line}: {reason}",
    "listing.extra-cells": "خلايا الصف أكثر من خلايا الرأس؛ ضع الخلية التي فيها الفاصل بين علامتي تنصيص",
    "listing.no-title": "لا عنوان في الصف",
    "listing.nothing-identifying": "لا عنوان ولا رابط ولا معرّف ولا بصمة؛ تُرك العنصر",
    "listing.repeated": "{item} مذكور من قبل في {row}",
    "listing.only-year": "المؤكد من التاريخ {date!r} سنته فقط",
    "listing.new-category": "التصنيف {category!r} ليس في قائمة الأرشيف؛ أُبقي كما ذُكر",
    "listing.too-many-values": "لم يُقرأ إلا أول {limit} من قيم الحقل {field}",
    "listing.unknown-value": "القيمة {value!r} للحقل {field} غير معروفة، فتُركت",
    "listing.not-a-digest": "البصمة {digest!r} ليست SHA-256، فتُركت",
    "listing.no-title-to-record": "{item!r} ليس في الأرشيف، ولا يمكن تسجيله كمذكور في قائمة دون عنوان",
    "listing.same-content": "محتواها محتوى {listing!r} التي استُوردت من قبل، فتُستورد على أنها تلك القائمة",
    "listing.same-name": (
        "استُوردت من مجلد آخر قائمة أخرى اسمها {former!r}، فسُمّيت هذه {listing!r}؛ إن كانت نسخة أحدث من تلك "
        "القائمة، فتراجع عن هذا الاستيراد واستوردها بالخيار --as {former!r}"
    ),
    "listing.newer-version": (
        "من عناصرها {count:,} في {listing!r} أيضًا، وتُحفظ قيم كلتيهما؛ إن كانت نسخة أحدث من تلك القائمة، فتراجع عن "
        "هذا الاستيراد واستوردها بالخيار --as {listing!r}"
    ),
    "import.nothing-to-undo": (
        "لا استيراد يمكن التراجع عنه",
        "يعرض 'muniment log --kind imported' كل عمليات الاستيراد.",
    ),
    "import.unknown-listing": ("لم يُستورد شيء من {listing!r}", "القوائم المستوردة: {known}."),
    "listing.unsuitable": ("{path}: {reason}", _LISTING_FORMS),
    "listing.not-a-file": ("{path} ليس ملفًا", _LISTING_FORMS),
    "listing.unreadable": ("تتعذّر قراءة {path}: {reason}", "تحقق من الاسم ومن أذونات الملف."),
    "listing.too-large": ("{path}: أكبر من {limit} MiB، وهذا كثير على قائمة", _LISTING_FORMS),
    "listing.sidecar-unreadable": "تتعذّر قراءة الملف المرافق: {reason}",
    "listing.sidecar-invalid": "الملف المرافق غير صالح: {reason}",
    "listing.sidecar-too-deep": "قيمه متداخلة بعمق زائد",
    "listing.sidecar-too-large": "أكبر من {limit} KiB",
    "listing.sidecar-too-many-fields": "عدد حقوله أكثر من {limit}",
    "listing.sidecar-not-a-table": "يجب أن يكون جدول حقول",
    "listing.sidecar-unknown-field": "{name!r} ليس حقلًا معروفًا، فأُهمل",
    "listing.sidecar-not-text": "يجب أن يكون {field} نصًا أو قائمة نصوص؛ فتُرك",
    # corrections and withdrawals
    "edit.no-group": ("ليس في السجل تصحيحات تحت الاسم {group}", "انظر الأسماء في السجل."),
    "edit.not-a-field": ("{field!r} ليس حقلًا يمكن تصحيحه", "اذكر واحدًا من: {fields}."),
    "edit.set-and-reset": ("طُلب للحقل {field} تصحيح وإلغاء تصحيح معًا", "اطلب أحدهما فقط."),
    "edit.not-a-date": (
        "{text!r} ليس تاريخًا",
        "اكتبه هكذا: 2019 أو 2019-03 أو 2019-03-04 أو 2017..2019 أو 4 March 2019.",
    ),
    "edit.ambiguous-date": (
        "قد يكون {text!r} أحد يومين، إذ لا يمكن تمييز اليوم من الشهر",
        "اكتب {first} أو {second}.",
    ),
    "edit.changed-meanwhile": (
        "لم يُحفظ شيء: تغيّرت قيم تعدّلها أنت بعد تحميل الاستمارة.",
        "قارنها حيث وُضعت علامة، ثم احفظ من جديد لتثبيت قيمك مع ذلك.",
    ),
    "edit.state-meanwhile": (
        "لم يُحفظ شيء: سُحبت الوثيقة أو أُعيدت بعد تحميل الاستمارة.",
        "انظر إليها، ثم احفظ من جديد لتثبيت قيمك مع ذلك.",
    ),
    "edit.new-category": "{text!r} ليس في قائمة تصنيفات الأرشيف؛ أُبقي كما كتبته",
    "edit.not-a-language": ("{text!r} ليست لغة معروفة", "اكتب رمزها أو اسمها: en أو fr أو Arabic."),
    "edit.not-a-country": ("{text!r} ليس بلدًا معروفًا", "اكتب رمز ISO أو الاسم: KE أو Kenya."),
    "edit.not-utf-8": ("في {what} بايتات ليست نص UTF-8", "اكتبه من جديد، أو اضبط الطرفية على UTF-8."),
    "edit.too-long": ("عدد محارف {what} هو {characters:,}؛ والحد الأقصى {limit:,}", "اجعله أقصر."),
    "edit.undisclosed": "(مسحوبة)",
    "edit.no-reason": ("لم يُذكر سبب للسحب", "اذكر السبب بالخيار --reason."),
    "edit.withdrawn-already": ("الوثيقة {id} سبق أن {reason}", "لإعادتها: muniment restore {id}"),
    "edit.not-withdrawn": ("الوثيقة {id} ليست مسحوبة", "يعرض 'muniment log --kind withdrawn' الوثائق التي سُحبت."),
    "edit.withdrawn": "سُحبت في {day}: {why}",
    "edit.withdrawn-by": "سُحبت في {day}، سحبها {person}: {why}",
    # erasure
    "erase.no-reason": ("لم يُذكر سبب للمحو", "اذكر السبب بالخيار --reason، دون تسمية من يحميه المحو."),
    "erase.erased-already": ("الوثيقة {id} سبق أن {reason}", "لم يبقَ منها شيء في الأرشيف."),
    "erase.is-erased": ("الوثيقة {id} {reason}", "لم يبقَ منها شيء في الأرشيف؛ ولا يمكن إعادتها."),
    "erase.erased": "مُحيت في {day}: {why}",
    "erase.erased-by": "مُحيت في {day}، محاها {person}: {why}",
    "erase.unused-file": (
        "{path} ليس ملفًا من الفهرس، وقد يكون فيه ما مُحي",
        "احذفه، ثم شغّل 'muniment index': يُتم المحو.",
    ),
    "erase.open-elsewhere": (
        "الأرشيف مفتوح في برنامج آخر، فما مُحي ما زال في catalogue.db-wal",
        "أغلقه، ثم شغّل 'muniment index': يُتم المحو.",
    ),
    # related documents
    "related.same-name": "أسماء لا تختلف إلا في اللغة",
    "related.same-day": "اليوم والتصنيف وعدد الصفحات نفسها بلغة أخرى",
    # bags
    "bag.not-writable": ("لا يمكن كتابة الحزمة {target}: {reason}", "حدّد مجلدًا لك أن تكتب فيه. لم يُترك شيء."),
    "bag.inside-archive": (
        "{target} داخل أرشيف",
        "حدّد مجلدًا في مكان آخر: وإلا فهرس التشغيل التالي ملفات الحزمة كوثائق جديدة.",
    ),
    "bag.withdrawn": "سُحبت قبل إنشاء هذه الحزمة، ولا تذكر الحزمة السبب",
    "bag.erased": "مُحيت قبل إنشاء هذه الحزمة، ولا تذكر الحزمة السبب",
    "bag.left-out": "تتعذّر قراءته",
    "bag.draft-removed": "أُزيل {path}، وقد تركه تصدير أُوقف قسرًا",
    "bag.draft-left": "ترك تصديرٌ أُوقف قسرًا {path}؛ ويزيله التشغيل أو التصدير التالي لهذا المستخدم.",
    "bag.file-changed": (
        "{path}: يختلف عن الكتالوج (متغيّر أو مفقود أو تتعذّر قراءته)",
        (
            "يعرض 'muniment verify' الاختلاف. استعد الملف، أو شغّل 'muniment index' إن كان هذا هو الملف الذي تريده، "
            "ثم صدّر من جديد."
        ),
    ),
    "bag.files-changed": (
        "{path} و{more} غيره: تختلف عن الكتالوج (متغيّرة أو مفقودة أو تتعذّر قراءتها)",
        (
            "يعرض 'muniment verify' الاختلافات. استعد الملفات، أو شغّل 'muniment index' إن كانت هذه هي الملفات التي "
            "تريدها، ثم صدّر من جديد."
        ),
    ),
    "bag.not-empty": (
        "الأرشيف {archive} ليس فارغًا؛ ولا تُستعاد الحزمة إلا في أرشيف فارغ",
        "حدّد مجلدًا فارغًا بالخيار --archive؛ أو فهرس ملفات الحزمة وحدها: 'muniment index {payload}'.",
    ),
    "bag.unreadable": ("تتعذّر قراءة {path}: {reason}", _FETCH_BAG),
    "bag.not-utf8": "نصه ليس بترميز UTF-8",
    "bag.outside": ("{path}: السطر {line} يذكر ملفًا خارج الحزمة", "لا تثق بهذه الحزمة."),
    "bag.bad-manifest-line": ("{path}: السطر {line} ليس سطرًا من بيان المحتويات", _FETCH_BAG),
    "bag.not-in-manifest": ("{path}: لا يذكر {name}", _FETCH_BAG),
    "bag.missing-file": ("{path}: مفقود، أو ليس ملفًا", _FETCH_BAG),
    "bag.bytes": ("{path}: بايتاته ليست التي أُنشئت بها الحزمة", _FETCH_BAG),
    "bag.no-catalogue": ("{path}: ليس كتالوج أرشيف", _FETCH_BAG),
    "bag.version": (
        "{path}: الصيغة {format} بجداول من الإصدار {schema}؛ وهذا البرنامج يقرأ {our_format} مع {our_schema}",
        "استخدم إصدار Muniment الذي أنشأ الحزمة.",
    ),
    "bag.bad-row": ("{path}: السطر {line} ليس صفًا من كتالوج: {reason}", _FETCH_BAG),
    "bag.row-count": ("{path}: ليس فيه عدد الصفوف الذي يذكره سطره الأول", _FETCH_BAG),
    "bag.disagreement": ("{bag}: {name}: يختلف الكتالوج وبيان المحتويات في هذا الملف", _FETCH_BAG),
    "bag.dangling": ("{bag}: يشير كتالوجها إلى صفوف ليست فيه", _FETCH_BAG),
    "bag.unlogged-change": ("{bag}: يذكر كتالوجها تغييرًا للوثيقة {id} ليس في سجله", _FETCH_BAG),
    "bag.bad-catalogue": ("{bag}: لا يمكن استعادة كتالوجها: {reason}", _FETCH_BAG),
    # verification
    "verify.not-looked-at": (
        (
            "لم يُفحص {count:,} {count:zero=ملف|one=ملف|two=ملفان|few=ملفات|many=ملفًا|other=ملف}: خارج الأرشيف، في "
            "مجلد لم يحدّده أحد هنا"
        ),
        "إن كان لك، فحدّده مرة واحدة: muniment index {folder}",
    ),
    "bag.unconfirmed": (
        "{path} خارج الأرشيف، في مجلد لم يحدّده أحد على هذا الجهاز",
        "إن كان المجلد لك، فحدّده مرة واحدة: muniment index FOLDER",
    ),
    "verify.database": ("يبلّغ SQLite: {problem}", RESTORE_CATALOGUE),
    "verify.schema": ("ليست جداول الكتالوج كما أُنشئت: {name}", RESTORE_CATALOGUE),
    "verify.text": (
        "ليس النص الذي قُرئ من الوثيقة محفوظًا كما كُتب",
        "شغّل 'muniment reread {id}': يقرأ النص من الملف من جديد. ثم افحص القرص.",
    ),
    "verify.file-row": ("ليس ما سُجّل عن الملف محفوظًا كما كُتب", RESTORE_CATALOGUE),
    "verify.document-row": (
        "ليست بيانات الوثيقة، من عنوان وتاريخ وبيانات وصفية أخرى، محفوظة كما كُتبت",
        RESTORE_CATALOGUE,
    ),
    "verify.event-row": ("ليس الحدث ذو هذا الرقم في السجل كما كُتب", RESTORE_CATALOGUE),
    "verify.dangling": ("الصف {row} من {table} يشير إلى صف من {parent} غير موجود", RESTORE_CATALOGUE),
    "verify.pages": (
        "المسجّل: الصفحات {pages} والمحارف {characters}؛ والمحفوظ: الصفحات {stored_pages} والمحارف {stored_characters}",
        _INDEX_AGAIN,
    ),
    "verify.unknown-state": ("{table}: الحالة {state!r} غير معروفة", RESTORE_CATALOGUE),
    "verify.state": ("حالة الوثيقة: {state}، وحالة ملفها: {file_state}", _INDEX_AGAIN),
    "verify.change": ("رقم آخر تغيير لها {change}، وهو ليس في السجل", RESTORE_CATALOGUE),
    "verify.log": (
        (
            "يمتد السجل إلى الحدث {last}، وفُقد منه {missing:,} "
            "{missing:zero=حدث|one=حدث|two=حدثان|few=أحداث|many=حدثًا|other=حدث}"
        ),
        RESTORE_CATALOGUE,
    ),
    "verify.without-document": ("قُرئ الملف وليست له وثيقة", _INDEX_AGAIN),
    "verify.without-file": ("قُرئت الوثيقة وليس لها ملف", RESTORE_CATALOGUE),
    "verify.copy": ("سُجّل الملف نسخةً مكررة من ملف بايتاته مختلفة", "شغّل 'muniment index': يقرأ الملف كوثيقة مستقلة."),
    "verify.absent": ("الملف مفقود", _FETCH_FILE),
    "verify.link": ("في مكان الملف رابط", _FETCH_FILE),
    "verify.not-a-file": ("في مكانه شيء ليس ملفًا", _FETCH_FILE),
    "verify.no-access": ("لا يمكن الوصول إلى الملف: {reason}", _CHECK_DISK),
    "verify.unreadable": ("تتعذّر قراءة الملف: {reason}", _CHECK_DISK),
    "verify.size": ("حجم الملف {size:,} بايت؛ والمسجّل {recorded:,}", _RECORD_CHANGE),
    "verify.bytes": ("ليست بايتات الملف هي المسجّلة", _RECORD_CHANGE),
    "verify.decayed": (
        "ليست بايتات الملف هي المسجّلة، مع أنه لم يُحفظ منذ ذلك الحين",
        "قارنه بنسخة احتياطية قبل أن تشغّل 'muniment index'.",
    ),
    "verify.decayed-unnoticed": (
        "ليست بايتات الملف هي المسجّلة، مع أنه لم يُحفظ منذ ذلك الحين",
        "قارنه أولًا بنسخة احتياطية؛ فالأمر 'muniment index' يعدّه غير متغيّر.",
    ),
    "verify.unrecorded": ("لم يُسجّل الملف قط", "شغّل 'muniment index' لإضافته."),
    "verify.returned": ("الملف مسجّل كمفقود وقد عاد", "شغّل 'muniment index' لتسجيل ذلك."),
    "verify.blocked": ("تتعذّر قراءته: {reason}؛ ولم تُفحص الملفات التي تحته", "تحقق من أن القرص موصول وأن لك أن تقرأه."),
    "verify.stale": ("في الفهرس التغييرات حتى {index_change}، وفي الكتالوج حتى {change}", _CATCH_UP),
    "verify.index-ahead": ("في الفهرس التغييرات حتى {index_change}، وفي الكتالوج حتى {change}", _KEEP_INDEX),
    "verify.other-catalogue": ("لم يُبنَ الفهرس من هذا الكتالوج: يختلف سجلّاهما عند التغيير {change:,}", _KEEP_INDEX),
    "verify.manifest": (
        (
            "يذكر بيان الفهرس {recorded:,} "
            "{recorded:zero=وثيقة|one=وثيقة|two=وثيقتين|few=وثائق|many=وثيقة|other=وثيقة}، وفي الفهرس {count:,}"
        ),
        REBUILD_INDEX,
    ),
    "verify.outdated": (
        "الوثيقة في الفهرس عند التغيير {index_change}، وفي الكتالوج عند التغيير {change}",
        REBUILD_INDEX,
    ),
    "verify.not-indexed": ("الوثيقة ليست في الفهرس", REBUILD_INDEX),
    "verify.not-catalogued": ("في الفهرس وثيقة لا ينبغي أن تكون فيه", _KEEP_INDEX),
    "verify.twice": ("عدد مرات ورود الوثيقة في الفهرس: {count}", REBUILD_INDEX),
    "verify.sum": ("{label}: {total:,}، لكن {parts}؛ ينبغي أن تتساوى الأعداد", RESTORE_CATALOGUE),
    # the log
    "log.not-a-time": ("{since!r} ليس يومًا ولا وقتًا", "اكتبه هكذا: 2026-03-04 أو 2026-03-04T15:30."),
    "log.unknown-kind": ("لا حدث من النوع {kind!r}", "الأنواع: {known}."),
    "edit.duplicate": (
        "الوثيقة {id} نسخة مكررة من {original}، التي تحمل نصها وبياناتها",
        "سمِّ {original} بدلاً منها: ما يُجرى عليها يسري على جميع نسخها.",
    ),
    "verify.copy-inside": (
        "سُجّلت كنسخة مكررة، ولم تُقرأ أي وثيقة بالبايتات نفسها",
        "شغّل 'muniment index': يقرأ الملف الذي يحتويها من جديد.",
    ),
}
