"""Arabic sentences: the archive's folder, settings and lock, its catalogue and its index.

Areas: archive, disk, output, settings, lock, catalogue, index, engine.
See `corpus.messages` for how a sentence is written.
"""

from __future__ import annotations

REBUILD_INDEX = "شغّل 'muniment reindex': يعيد بناء الفهرس من الكتالوج دون قراءة أي وثيقة من جديد."
RESTORE_CATALOGUE = (
    "استعد .muniment من نسخة احتياطية. وإن لم توجد، فانقله إلى مكان آخر، واحتفظ به، وشغّل 'muniment index': عندئذ "
    "تغيب التصحيحات وعمليات السحب والسجل، فيعثر البحث من جديد على الوثائق المسحوبة."
)
_RESTORE = f"وثائقك لم تُمسّ. {RESTORE_CATALOGUE}"
_CATEGORY_HINT = 'اكتب سطرًا لكل تصنيف، مثل: statement = ["Statements", "Déclaration"]'
_WAIT = "انتظر انتهاء ذلك التشغيل، ثم حاول من جديد."

SENTENCES: dict[str, str | tuple[str, str]] = {
    "archive.no-such-folder": (
        "المجلد {folder} غير موجود",
        "تحقق من المسار المحدد بالخيار --archive أو في MUNIMENT_ARCHIVE.",
    ),
    "archive.contains-archive": (
        "الأرشيف {archive} يحوي داخله الأرشيف {inner}، فتكون وثائقه في كليهما",
        "لإنشاء أرشيف حوله مع ذلك: muniment --archive {archive} index --new",
    ),
    "archive.nested": (
        "المجلد {archive} داخل الأرشيف {outer}",
        (
            "لإدخاله فيه: muniment --archive {outer} index {archive}. ولإنشاء أرشيف مستقل مع ذلك: muniment --archive "
            "{archive} index --new"
        ),
    ),
    "archive.closed": ("الأرشيف {archive} مغلق", "افتحه من جديد بـ open_archive()."),
    "archive.planted": (
        "{path} ليس ملفًا عاديًا، و Muniment لا ينشئ مثله هناك أبدًا",
        "وضعه أحد هناك. انقله خارج .muniment، ثم شغّل الأمر من جديد.",
    ),
    "archive.user-table": (
        "الملف {path} ليس كما كتبه Muniment، أو يزيد على {limit} ميغابايت",
        "فيه ما أكّدته على هذا الجهاز. أصلح الملف، أو احذفه وأكّد من جديد ما يُطلب.",
    ),
    "archive.data-folder-link": (
        "في الأرشيف {archive}: .muniment رابط إلى {target}",
        "إن كنت أنت من أنشأ الرابط، فأكّده مرة واحدة على هذا الجهاز: muniment index --confirm-link",
    ),
    "archive.readable-by-others": (
        "يستطيع مستخدمون آخرون لهذا الجهاز قراءة {folder}، وفيه نص كل وثيقة؛ الأمر 'muniment index --private' يغيّر ذلك."
    ),
    "archive.hidden": "مخفي",
    "archive.settings-file": "إعدادات",
    "archive.link": "رابط",
    "archive.not-regular": "ليس ملفًا عاديًا",
    "archive.endless": "لا ينتهي حيث يقول حجمه",
    "archive.sparse": "أكبر بكثير من المساحة التي يشغلها على القرص",
    "archive.excluded": "مستبعد في muniment.toml",
    "archive.unreadable": "تتعذّر قراءته",
    "archive.erasure-pending": (
        "انقطعت عملية محو، وقد تكون هنا ملفات ما زال فيها ما مُحي؛ الأمر 'muniment index' يُتم المحو"
    ),
    "archive.readers-not-confined": (
        "لا يستطيع هذا النظام عزل العمليات التي تقرأ الملفات عن الملفات الأخرى وعن الشبكة؛ فالملفات التي لا تثق بها، "
        "لا تفهرس إلا نسخًا منها على جهاز مستقل أو بحساب مستقل."
    ),
    # Limits of disks, accounts and processes.
    "disk.full": (
        "{path}: القرص ممتلئ",
        "أفسح مكانًا على القرص {disk}: احذف أو انقل ملفات ليست في .muniment، ثم شغّل الأمر من جديد. لم يُفقد شيء مما سُجّل.",
    ),
    "disk.quota": (
        "{path}: لا يُسمح لحسابك بتخزين المزيد على هذا القرص",
        (
            "أفسح مكانًا على القرص {disk}: احذف أو انقل ملفات لك ليست في .muniment، ثم شغّل الأمر من جديد. لم يُفقد "
            "شيء مما سُجّل."
        ),
    ),
    "disk.read-only": (
        "{path}: القرص للقراءة فقط",
        (
            "يعمل البحث مع ذلك. لتغيير الأرشيف، اجعل القرص {disk} قابلًا للكتابة، أو انسخ المجلد كله مع .muniment "
            "الذي فيه إلى قرص آخر."
        ),
    ),
    "disk.permission": (
        "{path}: لا إذن بالوصول",
        "مالكه {owner}: شغّل الأمر بحساب ذلك المستخدم، أو اطلب إذنًا بقراءته وكتابته.",
    ),
    "disk.own-permission": (
        "{path}: لا إذن بالوصول",
        "أنت مالكه: امنح نفسك إذنًا بقراءته وكتابته وبدخول مجلده، بالأمر chmod u+rwX.",
    ),
    "disk.open-files": (
        "{path}: الملفات المفتوحة كثيرة جدًا",
        "أغلق برامج أخرى، أو ارفع الحد بالأمر 'ulimit -n 4096'، ثم شغّل الأمر من جديد. لم يُفقد شيء مما سُجّل.",
    ),
    "disk.no-locks": (
        "{path}: لا أقفال على هذا القرص، ودونها قد يُتلف تشغيلان متزامنان الأرشيف",
        "انقل {data_folder} إلى قرص في هذا الجهاز، وضع مكانه رابطًا إليه، وشغّل مرة واحدة: muniment index --confirm-link",
    ),
    "disk.failed": (
        "{path}: يبلّغ القرص عن خطأ",
        "انسخ أولًا مجلد الأرشيف مع .muniment الذي فيه إلى قرص آخر، ثم افحص القرص {disk}.",
    ),
    "disk.gone": ("{path}: القرص غير موصول", "صِله من جديد، ثم شغّل الأمر من جديد. لم يُفقد شيء مما سُجّل."),
    "output.exists": ("{path} موجود من قبل ولا يُستبدل", "حدّد ملفًا غير موجود بعد."),
    "output.inside-archive": ("{path} داخل الأرشيف، وسيقرؤه 'muniment index' التالي كوثيقة؛ الأفضل نقله إلى مكان آخر"),
    "output.not-empty": ("المجلد {folder} ليس فارغًا", "حدّد مجلدًا غير موجود بعد، أو مجلدًا فارغًا."),
    "output.not-a-folder": ("{folder} ليس مجلدًا", "حدّد مجلدًا غير موجود بعد، أو مجلدًا فارغًا."),
    "lock.other-program": ("{directory}: برنامج آخر يكتب في الفهرس", _WAIT),
    "lock.not-writable": ("لا يمكن الكتابة في الأرشيف {archive}: {reason}", "تحقق من المجلد وأذوناته."),
    "lock.locked": ("الأرشيف {archive}: يكتب هنا تشغيل آخر", _WAIT),
    "lock.locked-by": ("الأرشيف {archive}: تكتب هنا العملية {process} على {host} منذ {since}", _WAIT),
    "settings.unreadable": ("تتعذّر قراءة {path}: {reason}", "تحقق من أذونات الملف."),
    "settings.link-outside": ("{path} رابط إلى {target}، وهو خارج الأرشيف", "ضع نسخة من الملف مكان الرابط."),
    "settings.not-toml": ("{path} ليس TOML صحيحًا: {reason}", "صحّح الملف: يذكر docs/settings.md ما يمكن أن يحويه."),
    "settings.not-utf-8": "نصه ليس بترميز UTF-8",
    "settings.not-a-section": (
        "{path}: ينبغي أن يكون {section} قسمًا لا قيمة",
        "اكتب [{section}] في سطر مستقل، ومفاتيحه تحته.",
    ),
    "settings.unknown-section": ("{path}: قسم غير معروف [{section}]", "الأقسام المعروفة: {known}."),
    "settings.unknown-key": ("{path}: مفتاح غير معروف {key!r} في [{section}]", "المفاتيح المعروفة: {known}."),
    "settings.wrong-type": ("{path}: المطلوب في {key} من [{section}]: {wanted}", "اكتب مثلًا: {key} = {example}"),
    "settings.text": "نص بين علامتي تنصيص",
    "settings.texts": "قائمة نصوص بين علامات تنصيص",
    "settings.groups": "قائمة من قوائم، في كل منها نصان أو أكثر بين علامات تنصيص",
    "settings.boolean": "true أو false",
    "settings.number": "عدد صحيح",
    "settings.out-of-range": (
        "{path}: يجب أن يكون {key} في [{section}] من {low:,} إلى {high:,}",
        "اكتب عددًا ضمن هذا المدى، دون فواصل.",
    ),
    "settings.too-long": (
        "{path}: {key} في [{section}] أطول من المسموح",
        "أقصى عدد لعناصر القائمة {items:,}، ولمحارف النص {characters:,}.",
    ),
    "settings.toml-too-large": "أكبر من {limit} KB",
    "settings.toml-long-key": "عدد أجزاء أحد المفاتيح المنقوطة أكثر من {limit}",
    "settings.toml-too-deep": "متداخل بعمق زائد",
    "settings.skos-outside": ("{path}: يحدّد skos في [thesaurus] ملفًا خارج الأرشيف", "انسخ الملف إلى مجلد الأرشيف."),
    "settings.unknown-share": (
        "{path}: لا يمكن أن تكون قيمة share في [archive] هي {value!r}",
        'اكتب share = "group"، أو احذفه.',
    ),
    "settings.unknown-language": ("{path}: لغة غير معروفة {language!r}", "اكتب اللغات برموزها، مثل en و fr و ar."),
    "settings.no-categories": ("ينبغي أن يذكر [categories] تصنيفًا واحدًا على الأقل", _CATEGORY_HINT),
    "settings.too-many-categories": (
        (
            "في [categories] {count:,} "
            "{count:zero=تصنيف|one=تصنيف|two=تصنيفان|few=تصنيفات|many=تصنيفًا|other=تصنيف}؛ والحد الأقصى {limit}"
        ),
        _CATEGORY_HINT,
    ),
    "settings.shared-alias": ("[categories]: تنتمي {word!r} إلى {first} وإلى {second} معًا", _CATEGORY_HINT),
    "settings.category-name": ("[categories]: لا يصلح {name!r} اسمًا لتصنيف", _CATEGORY_HINT),
    "settings.category-aliases": ("[categories]: ينبغي أن تكون لـ {name} قائمة كلمات", _CATEGORY_HINT),
    "settings.too-many-aliases": (
        "[categories]: كلمات {name} أكثر من {limit}، أو فيها كلمة تتجاوز أحرفها {characters}",
        _CATEGORY_HINT,
    ),
    "settings.unknown-engine": (
        "{path}: محرك غير معروف {engine!r} في [index]",
        "المحركات المعروفة: {engines}. دون هذا الإعداد يكون المحرك {default}.",
    ),
    "settings.engine-by-hand": (
        "لا يمكن كتابة المحرك في الملف {path}",
        "اكتب هذا السطر في قسمه [index]: {line}",
    ),
    "settings.not-writable": ("لا يمكن كتابة {path}: {reason}", "اكتب هذا السطر في قسمه [index]: {line}"),
    "settings.engine-address": (
        "{path}: المحرك في [index] ليس عنوانًا: {reason}",
        'اكتبه هكذا: engine = "opensearch://خادم:9200/اسم"',
    ),
    "index.not-in-use": "فهرس غير مستخدم",
    "index.unreferenced-file": "ملف من الفهرس لا يشير إليه شيء",
    "index.damaged": ("الفهرس {directory} تالف ({reason})", REBUILD_INDEX),
    "index.damaged-part": ("الفهرس تالف: {part} ناقص أو جرى تغييره", REBUILD_INDEX),
    "index.foreign": ("{directory} ليس فهرسًا كتبه Muniment", REBUILD_INDEX),
    "index.discloses": (
        "الأرشيف {archive}: سُحبت وثيقة أو مُحيت، وما زالت كلماتها في الفهرس",
        "شغّل 'muniment index'. وإن كان تشغيل جاريًا، فحاول من جديد بعد لحظة.",
    ),
    "index.in-the-making": (
        "الأرشيف {archive}: التشغيل جارٍ، ولا يمكن البحث في شيء بعد",
        "حاول من جديد بعد لحظة: يمكن البحث في الوثائق الأولى بعد ثوانٍ قليلة من قراءتها.",
    ),
    "index.lacks-fields": (
        "أُنشئ الفهرس {directory} قبل إضافة هذه الحقول: {fields}",
        "أضفها إلى الفهرس بالأمر: muniment index",
    ),
    "index.missing": (
        "لا فهرس في {directory}",
        "شغّل 'muniment index' لإتمام التشغيل الأخير، أو 'muniment reindex' لإعادة البناء دون قراءة أي ملف.",
    ),
    "index.not-writable": ("لا يمكن كتابة الفهرس {directory}: {reason}", REBUILD_INDEX),
    "index.builder-died": (
        "الفهرس {directory} غير مكتمل: أُوقفت عملية كانت تبنيه",
        "لم يُفقد شيء. شغّل 'muniment index' من جديد؛ وإن تكرر ذلك، فحدّد عمليات أقل بـ --jobs 1.",
    ),
    "index.other-version": (
        "الفهرس {directory} من الإصدار {found}؛ وهذا الإصدار من Muniment يستخدم {used}",
        REBUILD_INDEX,
    ),
    "index.file-bytes": "بايتاته ليست التي كُتبت",
    "index.file-missing": "مفقود",
    "index.file-size": "حجمه {size:,} بايت؛ وقد كُتب {recorded:,}",
    "index.file-unreadable": "تتعذّر قراءته: {reason}",
    "index.rebuild": REBUILD_INDEX,
    "index.unreadable-manifest": ("تتعذّر قراءة {path}: {reason}", REBUILD_INDEX),
    "engine.fuzzy-limit": "الكلمات القريبة من {word} عددها {total:,}؛ ولم يُبحث إلا عن أقربها، وعددها {searched:,}",
    "engine.too-much-text": (
        "يبحث السؤال في نصوص يزيد طولها على {characters:,} حرف",
        "ضيّق السؤال بالتاريخ أو الفئة أو اللغة.",
    ),
    "engine.wildcard-limit": (
        "الكلمات التي تطابق {pattern} عددها {total:,}؛ ولم يُبحث إلا عن أكثرها ورودًا، وعددها {searched:,}"
    ),
    "engine.passage-limit": (
        "الحد الأقصى لمقاطع الإجابة {limit:,}، وهنا {count:,} من كل نتيجة. اطلب نتائج أقل لترى المزيد."
    ),
    "engine.uncatalogued-document": (
        "في الفهرس وثائق ليست في الكتالوج، مثل {document_id}",
        (
            "إن كان الكتالوج قد استُعيد من نسخة احتياطية أقدم، فشغّل 'muniment reindex'. وإلا فانسخ .muniment أولًا، "
            "وابحث عن نسخة احتياطية أحدث منه."
        ),
    ),
    "index.ahead": (
        "{archive}: في الفهرس التغييرات حتى {index_change:,}، وفي الكتالوج حتى {change:,} فقط",
        (
            "الكتالوج أقدم من الفهرس: ابحث عن نسخة احتياطية أحدث من .muniment. وللمتابعة بهذا الكتالوج، الذي"
            " قد تكون تصحيحاته وعمليات السحب فيه قديمة، انسخ .muniment أولًا ثم شغّل 'muniment reindex'."
        ),
    ),
    "index.other-catalogue": (
        ("{archive}: لم يُبنَ الفهرس من هذا الكتالوج: يختلف سجلّاهما عند التغيير {change:,}"),
        (
            "أحدهما من أرشيف آخر أو من نسخة أخرى من هذا الأرشيف. ابحث عن الاثنين معًا في نسخة احتياطية "
            "من .muniment؛ وللمتابعة بهذا الكتالوج انسخ .muniment أولًا ثم شغّل 'muniment reindex'."
        ),
    ),
    "index.stale": "تنقصه أحدث التغييرات؛ شغّل 'muniment index'",
    "index.other-number": "فيه {found:,} من الوثائق بدل {expected:,}؛ شغّل 'muniment index' الذي يكتبه من جديد",
    "index.other-settings": (
        "{names}: تغيّر في muniment.toml بعد إنشاء الفهرس؛ الأمر 'muniment reindex' يكتبه من جديد على ذلك"
    ),
    "catalogue.unknown-document": ("لا وثيقة معرّفها {id!r}", "يطبع 'muniment search' معرّف كل نتيجة."),
    "catalogue.none": (
        "{archive} ليس أرشيفًا بعد: لم يُفهرس شيء هنا",
        "شغّل أولًا 'muniment --archive DIR index FOLDER'، أو حدّد مجلدًا آخر بالخيار --archive.",
    ),
    "catalogue.lost": (
        "{archive}: اختفى الكتالوج، لكن بيانات أخرى من الأرشيف باقية في .muniment ({remains})",
        f"هذا أرشيف تالف، لا أرشيف جديد. {_RESTORE}",
    ),
    "catalogue.foreign": ("{path} ليس كتالوجًا من Muniment", _RESTORE),
    "catalogue.version": (
        "الكتالوج {path} من الإصدار {version}، وهذا البرنامج يقرأ الإصدار {ours}",
        "استخدم إصدار Muniment الذي كتبه: فالفهرسة من جديد تُفقد التصحيحات وعمليات السحب والسجل.",
    ),
    "catalogue.old-version": (
        "الكتالوج {path} من الإصدار {version}، وهذا البرنامج يقرأ الإصدار {ours}",
        "شغّل 'muniment index' مرة واحدة: يحوّل الكتالوج إلى هذا الإصدار دون قراءة أي وثيقة من جديد.",
    ),
    "catalogue.damaged": ("الكتالوج {path} تالف: {reason}", _RESTORE),
    "catalogue.failed": ("{path}: {reason}", _RESTORE),
    "catalogue.locked": ("{path}: {reason}", "برنامج آخر يكتب فيه؛ انتظر انتهاء ذلك وحاول من جديد."),
    "catalogue.not-accessible": ("{path}: {reason}", "تحقق من أن مجلد الأرشيف موجود وأن الكتابة فيه مسموح بها."),
    "catalogue.not-a-file": ("{path} ليس ملفًا عاديًا", _RESTORE),
    "catalogue.not-text": ("{text}: نص غير صالح", "اكتبه من جديد، أو انسخه من مخرجات 'muniment search'."),
    "catalogue.unknown-value": ("الكتالوج تالف: القيمة {value!r} ليست من نوع {kind}", _RESTORE),
    "catalogue.permissions": ("{path}: {reason}", "تحقق من المجلد وأذوناته."),
    "catalogue.other-thread": (
        "الأرشيف {archive}: لا يستخدم الأرشيف المفتوح للكتابة إلا الخيط الذي فتحه",
        "اكتب من ذلك الخيط، أو افتح الأرشيف للقراءة.",
    ),
    "settings.thesaurus-equivalent": (
        "{path}: ليست equivalent في [thesaurus] قائمة من قوائم، في كل منها مصطلحان أو أكثر",
        'اكتب equivalent = [["CSO", "civil society organisation"], ["LGBTI", "LGBT"]].',
    ),
    "settings.skos-too-large": ("{path}: أكبر من {limit} MB", "حدّد ملف SKOS أصغر."),
    "settings.skos-unreadable": ("تتعذّر قراءة {path}: {error}", "صحّح اسم الملف في skos ضمن [thesaurus]."),
    "settings.skos-invalid": ("{path} ليس SKOS بصيغة RDF/XML: {error}", "صدّر المكنز بصيغة RDF/XML."),
    "archive.lock-file": ("ملف قفل لأحد برامج Office"),
    "archive.mail-server-file": "قائمة يحتفظ بها خادم بريد",
}
