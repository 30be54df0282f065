"""Arabic sentences: what a run reports while it works.

Areas: run, reread, ocr, engine. See `corpus.messages` for how a sentence is written.
"""

from __future__ import annotations

SENTENCES: dict[str, str | tuple[str, str]] = {
    "run.no-such-archive": ("المجلد {folder} غير موجود", "أنشئه أولًا، أو حدّد مجلدًا آخر بالخيار --archive."),
    "run.no-reader-starts": (
        "لا يمكن تشغيل أي برنامج يقرأ الملفات",
        (
            "بقيت الملفات المطلوب قراءتها كما كانت. تحقق من أن هذا المستخدم يستطيع "
            "تنفيذ {python} وأن الذاكرة كافية وأن Muniment مثبَّت كاملًا، ثم أعد التشغيل."
        ),
    ),
    "run.gone-folder": (
        "المجلد {folder} غير موجود، وفي الأرشيف ملفات منه",
        "صِل القرص الذي هو فيه. وإن أُزيل عمدًا، فسجّل ملفاته كمفقودة: muniment index --yes-missing",
    ),
    "run.unreadable-folder": ("تتعذّر قراءة المجلد {folder}: {cause}", "تحقق من الاسم أو أذونات المجلد أو القرص."),
    "run.not-a-folder": ("{folder} ليس مجلدًا ولا ملفًا ذا محتوى", "حدّد مجلدًا أو ملفًا؛ لا يمكن فهرسة الأنابيب والأجهزة."),
    "run.watch-waits": (
        "{problem}؛ تستمر المراقبة حين يُوصل القرص من جديد. وإن أُزيلت الملفات عمدًا، فأنهِ المراقبة بـ Ctrl-C وشغّل "
        "'muniment index --yes-missing'"
    ),
    "run.many-missing": (
        (
            "فُقد {missing:,} من {known:,} {known:zero=ملف معروف|one=ملف معروف|two=ملفين معروفين|few=ملفات معروفة|"
            "many=ملفًا معروفًا|other=ملف معروف}، مثل {example}؛ لم يتغيّر شيء"
        ),
        "تحقق من أن القرص موصول. وإن أُزيلت الملفات عمدًا، فأضف --yes-missing.",
    ),
    "run.empty-folder": (
        "المجلد {folder}: كل ملفاته المعروفة مفقودة، وعددها {missing:,}؛ لم يتغيّر شيء",
        "تحقق من أن القرص موصول. وإن أُزيلت الملفات عمدًا، فأضف --yes-missing.",
    ),
    "run.sidecar": "يصف الملف المجاور له",
    "run.interrupted": "أُوقف التشغيل؛ تجري فهرسة ما قُرئ، والضغط على Ctrl-C مرة أخرى يوقفه فورًا",
    "run.index-upgrade": "الفهرس من الإصدار {found}؛ يُعاد بناؤه بالإصدار {used} من الكتالوج، ولا يُقرأ أي ملف من جديد",
    "run.bag-restored": "استُعيد من الحزمة بمعرّفاته وتصحيحاته وسجله",
    "reread.tombstone": "الوثيقة {reason}، ولا تُقرأ",
    "reread.no-file": "لا تذكرها إلا قائمة؛ وليس لها ملف يُقرأ",
    "reread.missing": "ملفها مفقود؛ وما قُرئ منه محفوظ",
    "reread.changed": "تغيّر ملفها منذ قُرئ؛ شغّل 'muniment index' ليُقرأ كما هو الآن",
    "reread.unconfirmed": (
        "خارج الأرشيف، في مجلد لم يحدّده أحد على هذا الجهاز؛ حدّده مرة واحدة بالأمر 'muniment index FOLDER'"
    ),
    "reread.ocr": "نصها من OCR، وقراءتها من جديد تُفقده؛ أضف --ocr للتعرف عليه من جديد",
    # Reasons that are stored with files and documents.
    "run.unfinished": (
        "قُرئت {read:,} من الوثائق التي داخله، وعددها {total:,}، في الوقت المتاح لملف واحد؛ ويتابع التشغيل التالي"
    ),
    "run.folder-left-out": (
        "تُرك لأنه خارج الأرشيف ولم يحدّده أحد على هذا الجهاز؛ إن كان لك، فحدّده مرة واحدة: muniment index {folder}"
    ),
    "run.content-erased": (
        "تُرك {count:,} {count:zero=ملف|one=ملف|two=ملفان|few=ملفات|many=ملفًا|other=ملف} لأن المحتوى مُحي"
    ),
    "run.place-erased": "تُرك لأن الوثيقة التي في هذا المسار مُحيت؛ والنسخة المراد إدخالها في الأرشيف تحتاج إلى اسم آخر",
    "run.copy": "البايتات نفسها التي في {path}",
    "run.copy-of-failed": "البايتات نفسها التي في {path}: {reason}",
    "run.embedded-removed": "لم تعد في ملفها",
    "ocr.not-installed": (
        "تحتاج تقنية OCR إلى tesseract، وهو غير مثبّت",
        "في Debian و Ubuntu: apt install tesseract-ocr tesseract-ocr-fra (ولغات أخرى)، ثم حاول من جديد.",
    ),
    # Reasons that are stored with documents; those of a document begin with "OCR ".
    "ocr.no-text": "OCR لم يجد نصًا",
    "ocr.failed-page": "OCR أخفق في الصفحة {page:,}: {reason}",
    "ocr.failed-pages": (
        "OCR أخفق في {count:,} {count:zero=صفحة|one=صفحة|two=صفحتين|few=صفحات|many=صفحة|other=صفحة}، أولاها الصفحة "
        "{page:,}: {reason}"
    ),
    "ocr.missing-languages": "لا يستطيع tesseract قراءة {languages} هنا (في Debian و Ubuntu: apt install {packages})",
    "ocr.unknown-languages": "لا يستطيع tesseract قراءة {languages}",
    "ocr.no-tesseract": "البرنامج tesseract غير مثبّت",
    "ocr.no-language": "ليس في tesseract أي من لغات الوثيقة",
    "ocr.no-such-page": "لا توجد هذه الصفحة في الملف",
    "ocr.image-too-large": "صورة قياسها {width:,} x {height:,} بكسل كبيرة جدًا",
    "ocr.unreadable-file": "لا يمكن فتح الملف: {cause}",
    "ocr.not-rendered": "لا يمكن رسم الصفحة: {cause}",
    "ocr.no-page-size": "ليس للصفحة حجم",
    "ocr.no-time": "لم يبقَ وقت",
    "ocr.too-slow": "استغرق tesseract أكثر من {seconds:g} ث",
    "ocr.not-started": "لا يمكن تشغيل tesseract: {cause}",
    "ocr.tesseract-failed": "أخفق tesseract: {cause}",
    "ocr.crashed": "انهار tesseract بالإشارة {signal}",
    "ocr.exit-code": "انتهى tesseract بالرمز {code}",
    "run.lone-sidecar": ("ملف مرافق بلا ملفه"),
    "run.no-file-beside": ("يصف {file}، وهو ليس بجانبه؛ لا يُفهرس"),
    "engine.address-form": "ليس على صيغة opensearch://خادم:9200/اسم",
    "engine.address-secret": "يجب ألا يحتوي اسم مستخدم ولا كلمة مرور؛ فهما يُقرآن من بيئة التشغيل",
    "engine.address-name": "{name!r} ليس اسمًا من حروف صغيرة وأرقام و- و_",
    "engine.address-host": "{host!r} ليس خادمًا مع منفذ",
    "engine.address-hosts": "يسمّي أكثر من {limit} من الخوادم",
    "engine.unconfirmed": (
        "الأرشيف {archive}: تسمّي إعداداته محرك البحث {address}، ولم يؤكده أحد على هذا الجهاز",
        "لم يُرسَل شيء. إن كنت تأتمنه على هذه الوثائق: muniment reindex --engine {address}",
    ),
    "engine.unconfirmed-reader": (
        "{archive}: إعداداته تسمي محرك البحث {address} الذي لم يؤكده أحد على هذا الجهاز",
        "لم يُرسل شيء. إن كان هو المقصود بالسؤال: muniment search --read-from {address} QUERY",
    ),
    "engine.unreachable": (
        "محرك البحث {address} لا يجيب: {reason}",
        "لم يضع شيء. حاول من جديد حين يجيب.",
    ),
    "engine.no-tls": "ما يجيب هناك لا يتكلم TLS",
    "engine.document-newer": (
        "في فهرس {address} حالة أحدث للوثيقة {document_id} مما في الكتالوج",
        "اكتب الفهرس من جديد: muniment reindex",
    ),
    "engine.no-index": (
        "لا فهرس بهذا الاسم في {address}",
        "تحقق من الاسم في نهاية العنوان. حيث الأرشيف، يكتب 'muniment reindex' فهرسه.",
    ),
    "engine.waiting": "في انتظار {address} الذي لم يجب بعد",
    "engine.change-recorded": (
        "سُجّل التغيير، لكنه ليس في الفهرس بعد: {reason}",
        "لا حاجة إلى تكراره. حين يُحل ذلك: muniment index",
    ),
    "engine.change-unconfirmed": (
        "سُجّل التغيير، لكنه ليس في الفهرس بعد: {reason}",
        "لا حاجة إلى تكراره، ولم يُرسَل شيء. إن كنت تأتمنه على هذه الوثائق: muniment reindex --engine {address}",
    ),
    "engine.redirect": (
        "ما يجيب في {address} يحيل إلى {target} (الحالة {status})، ولا تُتبع الإحالة",
        "عيّن عنوان المحرك نفسه: muniment reindex --engine opensearch://HOST:PORT/NAME",
    ),
    "engine.stranger": (
        "ما يجيب في {address} ليس محرك البحث OpenSearch (الحالة {status})",
        "تحقق من المضيف والمنفذ في العنوان. ربما أجاب وكيل مكانه.",
    ),
    "engine.tls": (
        "لا اتصال آمن بمحرك البحث {address}: {reason}",
        "كل عنوان خارج هذا الجهاز يُسأل عبر TLS. يسمي MUNIMENT_ENGINE_CA شهاداتك الخاصة.",
    ),
    "engine.tls-wanted": (
        "محرك البحث {address} يطلب TLS، وعنوان على هذا الجهاز يُسأل من دونه",
        "ضع اسم هذا الجهاز مكانه: muniment reindex --engine opensearch://HOST:PORT/NAME",
    ),
    "engine.blocked": (
        "منع محرك البحث {address} هذا: {reason}",
        "ارفع المنع هناك (index.blocks أو cluster.blocks) أو أفرغ أقراصه، ثم حاول من جديد.",
    ),
    "engine.disk-full": (
        "أقراص محرك البحث {address} ممتلئة: {reason}",
        "لم يضع شيء. أفرغ مكانًا على عقده، وهي ترفع المنع بنفسها، ثم حاول من جديد.",
    ),
    "engine.closed": (
        "أغلق محرك البحث {address} فهرسًا: {reason}",
        "افتحه على العنقود (POST /NAME/_open) ثم حاول من جديد.",
    ),
    "engine.refused": (
        "محرك البحث {address} يرفض المستخدم أو الرمز (الحالة {status})",
        "عيّن MUNIMENT_ENGINE_USER وMUNIMENT_ENGINE_PASSWORD، أو MUNIMENT_ENGINE_TOKEN.",
    ),
    "engine.credentials": (
        "عُيّن لمحرك البحث مستخدم ورمز معًا",
        "عيّن MUNIMENT_ENGINE_USER مع MUNIMENT_ENGINE_PASSWORD، أو MUNIMENT_ENGINE_TOKEN، لا كليهما.",
    ),
    "engine.half-credentials": (
        "عُيّن واحد فقط من MUNIMENT_ENGINE_USER و MUNIMENT_ENGINE_PASSWORD",
        "عيّن كليهما، أو لا تعيّن أيًّا منهما.",
    ),
    "engine.certificates": (
        "لا يمكن قراءة الشهادات {path} المسماة في MUNIMENT_ENGINE_CA: {reason}",
        "سمِّ ملفًا فيه شهادات الجهة المصدقة بصيغة PEM.",
    ),
    "engine.partial": (
        "أجاب محرك البحث {address} عن جزء فقط: {reason}",
        "لا يُعرض جزء من جواب. حاول من جديد حين يجيب العنقود كله.",
    ),
    "engine.answer": (
        "محرك البحث {address} لا يستطيع هذا (الحالة {status}): {reason}",
        "انظر سجل العنقود وdocs/cluster.md.",
    ),
    "engine.not-an-answer": "ما أجاب به ليس JSON من محرك بحث، أو هو أطول من {limit} ميغابايت",
    "engine.unexpected-answer": "ينقص إجابته {part} أو فيها شيء آخر في موضعه",
    "engine.document-too-long": (
        "العنوان {address}: محرك البحث لا يقبل طلبات بطول الوثيقة {document_id} ({size:,} بايت)",
        "اجعل عقده تقبل طلبات أطول (docs/cluster.md)، أو: muniment withdraw {document_id}",
    ),
    "engine.document-refused": (
        "العنوان {address}: محرك البحث لا يقبل الوثيقة {document_id}: {reason}",
        "لم يضع شيء. انظر سجل العنقود وdocs/cluster.md.",
    ),
    "engine.timed-out": "انتهى الوقت",
    "engine.shards-failed": "أجزاء الفهرس التي لم تجب: {count}",
    "engine.parts-missing": "لم تبق لأجزاء منه نسخة تجيب",
    "engine.other-archive": (
        "الفهرس {index} في {address} لأرشيف آخر أو برنامج آخر",
        "اختر اسمًا آخر في نهاية العنوان.",
    ),
    "engine.copy": (
        "الأرشيف {archive} نسخة من {original}، وفهرسه في {address}",
        "لم يُرسل شيء. اختر اسمًا آخر في آخر العنوان، مثل {address}-copy.",
    ),
    "engine.wide-pattern": (
        "يمثل النمط {pattern} أكثر من {limit:,} كلمة",
        "اكتب حروفًا أكثر من الكلمة.",
    ),
    "engine.phrase-limit": (
        "العبارة {phrase!r}: كلماتها مطبوعة مجزأة بطرق أكثر من أن يُبحث عنها عبارةً واحدة",
        "ابحث عن عبارة أقصر.",
    ),
    "engine.index-left": "بقي الفهرس الذي كان للأرشيف هناك، ولا يصل إليه سحب أو محو ينقصه: {reason}",
    "engine.not-removed": "{reason}؛ لا يصل إليه سحب أو محو ينقصه؛ لحذفه أرسل إلى العنقود: DELETE /{names}",
    "engine.indexes-stay": (
        "الفهارس التي كانت للأرشيف هناك باقية، ولا يصل إليها سحب أو محو ينقصها؛ لحذفها أرسل إلى العنقود:"
        " DELETE /{names}"
    ),
    "engine.no-documents": (
        "{address}: الفهرس هناك لا يحفظ وثائق يمكن قراءتها من دون السجل",
        "في مكان الأرشيف: اكتب [index] store_documents = true ثم muniment reindex",
    ),
    "engine.no-cluster": (
        "{archive}: إعداداته لا تسمي عنقودا تقرأ منه الوثائق، بل {engine}",
        "سمّ واحدا: --read-from opensearch://HOST:9200/NAME",
    ),
    "command.no-place": (
        "{engine!r} ليس مكانا تقرأ منه الوثائق: {reason}",
        "اكتب --read-from catalogue أو cluster أو opensearch://HOST:9200/NAME.",
    ),
    "command.engine-confirm-all": (
        "ستُرسل نصوص جميع وثائق {archive} وبياناتها الوصفية إلى {address} وتُحفظ هناك. هل تتابع؟"
    ),
    "command.no-engine": (
        "القيمة {engine!r} ليست محرك بحث: {reason}",
        "اكتب --engine opensearch://خادم:9200/اسم، أو --engine whoosh.",
    ),
    "command.engine-yes": (
        "هذا يرسل كلمات كل الوثائق وبياناتها الوصفية إلى محرك بحث، ولا يمكن سؤال أحد هنا",
        "إن كان هذا مقصودًا، فأضف --yes.",
    ),
    "command.engine-confirm": "ستُرسل كلمات كل وثائق {archive} وبياناتها الوصفية إلى {address}. هل نتابع؟",
    "engine.token-form": (
        "في رمز MUNIMENT_ENGINE_TOKEN حروف لا يجوز أن تكون في رمز",
        "ضع الرمز وحده، بحروف ASCII وأرقامها وعلاماتها.",
    ),
}
