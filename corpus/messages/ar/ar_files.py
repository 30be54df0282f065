"""Arabic sentences: why a file could not be read, or only in part; stored as a reason.

Areas: file. See `corpus.messages` for how a sentence is written.
"""

from __future__ import annotations

SENTENCES: dict[str, str | tuple[str, str]] = {
    # The limits of the process that reads a file.
    "file.wall-time": "استغرقت القراءة أكثر من {seconds:g} ث بالساعة؛ ربما كان الحاسوب مشغولًا",
    "file.cpu-time": "استغرقت القراءة أكثر من {seconds} ث من زمن المعالجة، وهو الحد لملف واحد",
    "file.memory": "احتاجت القراءة إلى ذاكرة أكبر من المسموح بها لملف واحد",
    "file.reader-ended": "انتهى البرنامج الذي يقرؤه بلا نتيجة (رمز الخروج {code})",
    "file.reader-crashed": "انهار البرنامج الذي يقرؤه ({signal})",
    "file.reader-stopped": "أُوقف البرنامج الذي يقرؤه من الخارج ({signal})؛ ربما نفدت ذاكرة الحاسوب",
    "file.reader-hindered": (
        "لم يستطع البرنامج الذي يقرؤه أن يعمل: القرص ممتلئ أو معطوب، أو الملفات أو البرامج المفتوحة كثيرة جدًا"
    ),
    "file.reader-failed": "أخفق البرنامج الذي يقرؤه: {error}",
    "file.changing": "كان الملف يُكتب في كل مرة قُرئ فيها؛ شغّل 'muniment index' بعد انتهاء ذلك",
    "file.not-read-again": "تعذّرت قراءته من جديد، فأُبقي النص المقروء من قبل: {reason}",
    "file.result-unsendable": "لا يمكن تمرير ما قُرئ ({error})",
    "file.result-invalid": "أرسل قارئه ما ليس نتيجة",
    "file.result-too-large": "ما قُرئ أكبر من {mib:,} MiB",
    # Files that no reader can read.
    "file.empty": "الملف فارغ",
    "file.unavailable": "تتعذّر قراءته: {cause}",
    "file.no-reader": "لا قارئ لملفات {extension} (بيانات ثنائية لا نص)",
    "file.kind-unpack": "نوع لا يُقرأ: {kind}؛ فكّ ضغطه وفهرس الملفات التي فيه",
    "file.kind-export": "نوع لا يُقرأ: {kind}؛ احفظه بصيغة PDF أو كنص أو بصيغة أخرى تُقرأ",
    "file.kind-sound": "نوع لا يُقرأ: {kind}؛ فهرس بدلًا منه نصًا مفرّغًا أو ترجمة نصية مصاحبة",
    "file.kind-no-text": "نوع لا نص فيه ليُقرأ: {kind}",
    "file.kind-locked": "نوع لا يُقرأ: {kind}؛ فكّ تشفيره أولًا",
    "file.no-converter-doc": "لا قارئ لملفات .doc؛ ثبّت antiword أو LibreOffice",
    "file.password": "يحتاج إلى كلمة مرور",
    "file.xfa-form": "نموذج XFA لا تعرضه إلا برامج Adobe؛ ليُقرأ نصه، اطبعه منها إلى ملف PDF عادي",
    "file.rights": "مقفل (إدارة الحقوق الرقمية)",
    "file.encrypted-mail": "الرسالة مشفّرة؛ لم تُقرأ إلا ترويساتها",
    "file.binary": "بيانات ثنائية لا نص",
    "file.renamed-office": "ملف Office بصيغة قديمة، واسمه كاسم ملف بصيغة أحدث",
    "file.not-image": "ليس صورة PNG أو JPEG أو TIFF",
    "file.not-mail": "ليس رسالة بريد (لا ترويسة بريد فيه)",
    "file.unsupported-encoding": "مضغوط بـ {encoding}، ولا يمكن فك ضغطه؛ احفظ الصفحة نفسها",
    "file.converter-failed": "لم يستطع {program} قراءته",
    "file.converter-time": "استغرق {program} أكثر من {seconds:g} ث",
    # Files without text.
    "file.no-text": "لا نص في الملف",
    "file.no-text-page": "لا نص في صفحة الويب",
    "file.no-text-mail": "لا نص في الرسالة",
    "file.no-text-sheets": "أوراق الجدول فارغة",
    "file.no-text-pages": (
        "لا نص في أي من الصفحات ({pages:,} {pages:zero=صفحة|one=صفحة|two=صفحتان|few=صفحات|many=صفحة|other=صفحة})"
    ),
    "file.no-text-scanned": (
        "لا نص في أي من الصفحات ({pages:,} {pages:zero=صفحة|one=صفحة|two=صفحتان|few=صفحات|many=صفحة|other=صفحة})؛ "
        "يبدو أنه ممسوح ضوئيًا"
    ),
    "file.no-text-image": "صورة؛ لا تُقرأ إلا بتقنية OCR",
    "file.no-documents": "لا وثائق في ملف zip",
    "file.no-documents-archive": "لا وثائق في الملف المضغوط",
    "file.no-captures": "لا صفحات في أرشيف الويب",
    # What in a web archive is no document.
    "file.left-out": "تُرك {count:,} {count:zero=سجل|one=سجل|two=سجلان|few=سجلات|many=سجلًا|other=سجل}: {kinds}",
    "file.left-out-images": "{count:,} {count:zero=صورة|one=صورة|two=صورتان|few=صور|many=صورة|other=صورة}",
    "file.left-out-media": (
        "{count:,} {count:zero=تسجيل أو فيلم|one=تسجيل أو فيلم|two=من التسجيلات أو الأفلام|few=تسجيلات أو أفلام|"
        "many=تسجيلًا أو فيلمًا|other=تسجيل أو فيلم}"
    ),
    "file.left-out-fonts": "{count:,} {count:zero=خط|one=خط|two=خطان|few=خطوط|many=خطًا|other=خط}",
    "file.left-out-styles": (
        "{count:,} "
        "{count:zero=ورقة أنماط|one=ورقة أنماط|two=ورقتا أنماط|few=أوراق أنماط|many=ورقة أنماط|other=ورقة أنماط}"
    ),
    "file.left-out-scripts": (
        "{count:,} {count:zero=نص برمجي|one=نص برمجي|two=نصان برمجيان|few=نصوص برمجية|many=نصًا برمجيًا|other=نص برمجي}"
    ),
    "file.left-out-data": "{count:,} من البيانات الأخرى",
    "file.left-out-redirects": "{count:,} {count:zero=تحويل|one=تحويل|two=تحويلان|few=تحويلات|many=تحويلًا|other=تحويل}",
    "file.left-out-errors": (
        "{count:,} {count:zero=صفحة خطأ|one=صفحة خطأ|two=صفحتا خطأ|few=صفحات خطأ|many=صفحة خطأ|other=صفحة خطأ}"
    ),
    "file.left-out-repeated": (
        "{count:,} "
        "{count:zero=لقطة مكررة|one=لقطة مكررة|two=لقطتان مكررتان|few=لقطات مكررة|many=لقطة مكررة|other=لقطة مكررة}"
    ),
    # Caps: what was read until then is kept.
    "file.first-bytes": "لم يُقرأ إلا أول {count:,} بايت",
    "file.first-pages": (
        "لم يُقرأ إلا أول {count:,} {count:zero=صفحة|one=صفحة|two=صفحتين|few=صفحات|many=صفحة|other=صفحة}"
    ),
    "file.first-characters": (
        "لم يُقرأ إلا أول {count:,} {count:zero=محرف|one=محرف|two=محرفين|few=محارف|many=محرفًا|other=محرف}"
    ),
    "file.first-page-characters": (
        "لم يُقرأ إلا أول {count:,} {count:zero=محرف|one=محرف|two=محرفين|few=محارف|many=محرفًا|other=محرف} من الصفحة "
        "{page}"
    ),
    "file.first-documents": (
        "لم يُقرأ إلا أول {count:,} {count:zero=وثيقة|one=وثيقة|two=وثيقتين|few=وثائق|many=وثيقة|other=وثيقة} داخله"
    ),
    "file.many-fields": "عدد حقول نموذجه أكثر من {count:,}، فلم تُقرأ قيمها",
    "file.first-annotations": (
        "لم يُقرأ إلا أول {count:,} {count:zero=حاشية|one=حاشية|two=حاشيتين|few=حواشٍ|many=حاشية|other=حاشية}"
    ),
    "file.giant-annotation": "في الصفحة {page} حاشية أكبر من أن تُقرأ",
    "file.first-drawings": "لم يُقرأ من أختام الصفحة {page} وتوقيعاتها إلا أول {count:,}",
    "file.first-annotation-characters": (
        "لم يُقرأ إلا أول {count:,} {count:zero=محرف|one=محرف|two=محرفين|few=محارف|many=محرفًا|other=محرف} من حواشي "
        "الصفحة {page}"
    ),
    "file.mail-text-cut": "آخر الرسالة مفقود",
    "file.first-mail-parts": (
        "لم يُقرأ إلا أول {count:,} {count:zero=جزء|one=جزء|two=جزأين|few=أجزاء|many=جزءًا|other=جزء} من الرسالة"
    ),
    "file.too-deep": "لا تُقرأ الوثائق المتداخلة على عمق يتجاوز {depth} من الملفات",
    "file.too-large": "أكبر من {mib:,} MiB",
    "file.unpacks-too-far": "يتجاوز حجمه بعد فك الضغط {ratio} ضعف حجمه المضغوط",
    "file.part-too-large": "الجزء {part} أكبر من {mib} MiB",
    "file.part-unpacks-too-far": "يتجاوز حجم الجزء {part} بعد فك الضغط {ratio} ضعف حجمه المضغوط",
    "file.package-too-large": "يتجاوز حجمه بعد فك الضغط {mib} MiB",
    "file.too-many-members": "عدد الملفات فيه أكثر من {count:,}",
    "file.page-too-large": "بيانات الصفحة {page} بعد فك الضغط أكبر من الحد الآمن؛ لم تُقرأ إلا الصفحات التي قبلها",
    "file.sheet-too-large": 'الورقة "{sheet}" تمتد على أكثر من {cells:,} {cells:few=خلايا|many=خلية|other=خلية}',
    "file.too-many-attributes": "لوسم HTML سمات عددها أكثر من {count:,}",
    "file.nested-markup": "عناصر HTML متداخلة بعمق زائد",
    "file.nested-json": "قيم JSON متداخلة بعمق زائد؛ قُرئ كنص عادي",
    "file.sheets-unformatted": "قُرئ بلا تنسيق الخلايا: تظهر التواريخ كأعداد من الأيام",
    # The text was read, and something beside it took too long.
    "file.slow-properties": "لم تُقرأ خصائصه في الوقت المتاح",
    "file.slow-attachments": "لم تُسرد مرفقاته في الوقت المتاح",
    "file.slow-annotations": "لم تُقرأ كل حواشيه في الوقت المتاح",
    "file.slow-title": "لم يُبحث عن عنوانه في الوقت المتاح",
    # Damage.
    "file.damaged": "ملف تالف",
    "file.damaged-workbook": "ملف تالف (لا يمكن قراءة المصنّف فيه)",
    "file.damaged-zip": "ملف تالف (ليس ملف zip كاملًا)",
    "file.damaged-overlap": "ملف تالف (الملفات فيه متراكبة)",
    "file.damaged-member": "ملف تالف (لا يمكن فك ضغطه)",
    "file.damaged-part": "ملف تالف (لا يمكن فك ضغط {part})",
    "file.broken-xml": "ليس XML سليم الصياغة، أو متداخل بعمق زائد؛ قُرئ النص الذي بين وسومه",
    "file.damaged-archive": "ملف تالف (لا يمكن فك ضغطه)",
    "file.rest-damaged": "ملف تالف (لم تُقرأ إلا الوثائق التي قبل التلف)",
    "file.rest-damaged-content": "ملف تالف (لم يُقرأ إلا ما قبل التلف)",
    "file.damaged-xml": "ملف تالف (الجزء {part} ليس XML سليم الصياغة)",
    "file.missing-part": "ملف تالف (الجزء {part} مفقود)",
    "file.damaged-content": "ملف تالف (لا متن في content.xml)",
    "file.damaged-old-office": "ملف تالف (ليس ملف Office ثنائيًا)",
    "file.damaged-rtf": "ملف تالف (ليس RTF)",
    "file.damaged-book": "ملف تالف (ليس في الكتاب ملف تعريف الحزمة)",
    "file.damaged-chapters": "ملف تالف (لا يمكن قراءة أي فصل)",
    "file.lost-chapters": "تعذّرت قراءة {lost:,} من فصول عددها {chapters:,}",
    "file.damaged-sheets": "ملف تالف ({error})",
    "file.no-sheets": "ملف تالف (لا أوراق فيه)",
    "file.lost-sheet": 'لا يمكن قراءة الورقة "{sheet}"',
    "file.no-markup": "لم يُعثر على HTML",
    "file.no-markup-text": "لم يُعثر على نص في HTML",
    "file.damaged-mail": "رسالة تالفة",
    "file.damaged-mail-parts": "رسالة تالفة (لا يمكن التمييز بين أجزائها)",
    "file.damaged-message": "ملف تالف (ليس رسالة Outlook كاملة)",
    "file.damaged-mailbox": "صندوق بريد تالف (لا يبدأ برسالة)",
    "file.damaged-image": "صورة تالفة (تنتهي ترويستها قبل تمامها)",
    "file.damaged-pdf": "ملف PDF تالف ({error})",
    "file.damaged-pdf-unopened": "ملف PDF تالف (لا يمكن فتحه)",
    "file.damaged-pdf-no-pages": "ملف PDF تالف (لا صفحات فيه)",
    "file.damaged-pdf-loop": "ملف PDF تالف (قائمة صفحاته تتضمّن نفسها)",
    "file.damaged-pdf-attachment": "ملف PDF تالف (لا يمكن استخراج المرفق)",
    "file.garbled": (
        "يبدو النص مشوّهًا في {count:,} {count:zero=صفحة|one=صفحة|two=صفحتين|few=صفحات|many=صفحة|other=صفحة}؛ تفيد "
        "تقنية OCR هنا"
    ),
    "file.lost-pages": (
        "تعذّرت قراءة {count:,} "
        "{count:zero=صفحة تالفة|one=صفحة تالفة|two=صفحتين تالفتين|few=صفحات تالفة|many=صفحة تالفة|other=صفحة تالفة}"
    ),
    "file.damaged-web-archive": "أرشيف ويب تالف ({detail})",
    "file.damaged-record": "أرشيف ويب تالف (لا يمكن فك ضغط السجل)",
    "file.record-cut": "آخر أحد السجلات مفقود",
    "file.record-too-long": "أحد السجلات أطول مما تقول ترويسته",
    "file.no-record": "لا سجل في أوله",
    "file.lost-records": "لا يمكن قراءة ما بعد السجل {records:,}",
    "file.records-broken-off": "انقطع بعد السجل {records:,}",
    "file.lost-archive": "لا يمكن فك ضغط {archive}",
    "file.embedded-gone": "لم يعد في الملف الذي كان يحويه",
    "file.lock-file": ("ملف قفل لأحد برامج Office بلا نص؛ يختفي عند إغلاق الوثيقة"),
    "file.unsupported-compression": ("مضغوط بطريقة {method} التي لا تُقرأ؛ فك ضغطه وفهرس الملفات التي فيه"),
    "file.left-out-feeds": (
        "{count:,} {count:one=تغذية أو استجابة|two=تغذيتان أو استجابتان|few=تغذيات واستجابات|many=تغذية "
        "واستجابة|other=تغذية واستجابة} بصيغة XML أو JSON"
    ),
}
