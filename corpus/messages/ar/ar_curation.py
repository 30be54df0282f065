"""Arabic sentences of the archivist's pages."""

from __future__ import annotations

SENTENCES: dict[str, str | tuple[str, str]] = {
    "web.pages-of-site": "الصفحات",
    "web.curate": "إدارة الأرشيف",
    "web.edit": "تصحيح هذه القيم",
    "web.form-kind": ("أُرسل النموذج بطريقة لا تستخدمها هذه الصفحات.", "أرسله من الصفحة نفسها."),
    "web.form-too-long": ("النموذج أطول من {most:,} بايت.", "أرسل أقل في المرة الواحدة."),
    "web.no-such-job": ("لا توجد مهمة برقم {number}.", "انظر أحدث المهام في صفحة النظرة العامة."),
    "web.server-gone": ("لم يعد الخادم يجيب. شغّله من جديد؛ وما سجلته المهمة محفوظ."),
    "web.job-running": ("لم يبدأ شيء لأن مهمة قيد التنفيذ: {title}.", "ابدأ هذا عند انتهائها."),
    "web.absolute-folder": ("يجب تحديد المجلد بمساره الكامل.", "اكتبه هكذا: /home/ada/copies/bag."),
    "web.job.waiting": "في الانتظار",
    "web.job.checking": "فحص الملفات",
    "web.job.reading": "قراءة الملفات",
    "web.job.recognising": "التعرف على نص الصفحات",
    "web.job.indexing": "فهرسة الوثائق",
    "web.job.verifying": "مقارنة الملفات",
    "web.job.packing": "نسخ الملفات",
    "web.job.stopped": "أُوقفت المهمة. ما أُنجز قبل ذلك محفوظ.",
    "web.job.failed": ("انتهت المهمة قبل أوانها: {reason}.", "افحص القرص، وابدأها من جديد."),
    "web.job-state.running": "جارية",
    "web.job-state.done": "انتهت",
    "web.job-state.failed": "فشلت",
    "web.job-state.stopped": "أُوقفت",
    "web.job-state.interrupted": "انقطعت",
    "web.job-interrupted": "انتهى الخادم قبل أن تنتهي هذه المهمة. ما سُجّل محفوظ. ابدأها من جديد لإنجاز الباقي.",
    "web.job-seconds": "المدة بالثواني: {seconds:,}",
    "web.job-minutes": "المدة بالدقائق: {minutes:,}",
    "web.run.no-files": "لا ملفات في {folder}. ضع فيه وثائق ثم أدخلها، أو حدّد مجلدًا آخر.",
    "web.job.verify": "التحقق من الأرشيف",
    "web.job.index": "إدخال الملفات",
    "web.job.index-retry": "إدخال الملفات، وإعادة قراءة ما تعذّرت قراءته",
    "web.job.reindex": "بناء الفهرس من جديد",
    "web.job.export": "تصدير الأرشيف",
    "web.jobs": "المهام",
    "web.job-running-now": "جارية",
    "web.job-progress": "{stage}: {done:,} من {total:,}",
    "web.stop": "إيقاف",
    "web.verified-whole": (
        "لم يُفقد شيء: {files:,} {files:zero=ملف|one=ملف|two=ملفان|few=ملفات|many=ملفًا|other=ملف} و{texts:,} "
        "{texts:zero=نص محفوظ|one=نص محفوظ|two=نصان محفوظان|few=نصوص محفوظة|many=نصًا محفوظًا|other=نص محفوظ} كما "
        "سُجّلت."
    ),
    "web.verified-differences": (
        "وُجد {count:,} {count:zero=اختلاف|one=اختلاف|two=اختلافان|few=اختلافات|many=اختلافًا|other=اختلاف}."
    ),
    "web.run.added": "المضاف: {count:,}",
    "web.run.changed": "المتغيّر: {count:,}",
    "web.run.moved": "المنقول: {count:,}",
    "web.run.duplicate": (
        "{count:,} "
        "{count:zero=نسخة مكررة|one=نسخة مكررة|two=نسختان مكررتان|few=نسخ مكررة|many=نسخة مكررة|other=نسخة مكررة}"
    ),
    "web.run.removed": "لم يعد موجودًا: {count:,}",
    "web.run.replaced": "حلّت محلها ملفات أخرى: {count:,}",
    "web.run.failed": "تعذّرت قراءته: {count:,}",
    "web.run.partial": "من الملفات المقروءة، قُرئ جزئيًا: {count:,}",
    "web.run.without-text": "من الملفات المقروءة، بلا نص: {count:,}",
    "web.run.unchanged": "كما كان: {count:,}",
    "web.run.contains": (
        "في الأرشيف الآن {documents:,} {documents:zero=وثيقة|one=وثيقة|two=وثيقتان|few=وثائق|many=وثيقة|other=وثيقة} "
        "في {pages:,} {pages:zero=صفحة|one=صفحة|two=صفحتين|few=صفحات|many=صفحة|other=صفحة}."
    ),
    "web.exported": (
        "في {folder} الآن {files:,} {files:zero=ملف|one=ملف|two=ملفان|few=ملفات|many=ملفًا|other=ملف}، وجدول "
        "{documents:,} {documents:zero=وثيقة|one=وثيقة|two=وثيقتين|few=وثائق|many=وثيقة|other=وثيقة}."
    ),
    "web.overview": "نظرة عامة",
    "web.bring-in": "إدخال",
    "web.failures": "الإخفاقات",
    "web.queue": "قائمة الانتظار",
    "web.log": "السجل",
    "web.export": "تصدير",
    "web.ledger": "محتويات الأرشيف",
    "web.files-in-state": "الملفات",
    "web.to-do": "ما ينتظر العمل",
    "web.undated-documents": "بلا تاريخ: {count:,}",
    "web.uncategorised-documents": "بلا تصنيف: {count:,}",
    "web.listed-documents": "في القوائم وليست هنا: {count:,}",
    "web.index-current": "الفهرس محدّث حتى التغيير {change:,}.",
    "web.index-bytes-unread": "الأرقام والأحجام وحدها تقول ذلك؛ و«التحقق من كل بايت» يقرأ ملفاته.",
    "web.last-check-differs": (
        "وجد آخر تحقق من الأرشيف {count:,} {count:zero=فرق|one=فرق|two=فرقين|few=فروق|many=فرقًا|other=فرق}."
    ),
    "web.log-older": "أحداث أقدم",
    "web.compare-folders": "مقارنة المجلدات بالملفات المعروفة، وعددها {count:,}",
    "web.verify-now": "التحقق من كل بايت",
    "web.verify-quick": "التحقق من الوجود والأحجام",
    "web.folders": "المجلدات",
    "web.planned": "ما سيفعله التشغيل الآن",
    "web.nothing-new": "لا جديد ولا متغيّر ولا منقول ولا مفقود.",
    "web.more-files": "و{count:,} غيرها",
    "web.step": "الخطوة",
    "web.was": "سابقًا",
    "web.index-now": "إدخال هذه الملفات",
    "web.index-this-folder": "فهرسة هذا المجلد الآن: {folder}",
    "web.add-folders": "مجلدات أخرى، مجلد في كل سطر",
    "web.retry-failed": "إعادة قراءة ما أخفق من قبل أو قُرئ جزئيًا",
    "web.use-ocr": "قراءة الصفحات الممسوحة بتقنية OCR",
    "web.allow-missing": "المتابعة ولو فُقد أكثر من نصف الملفات المعروفة",
    "web.reindex-now": "بناء الفهرس من جديد",
    "web.none-failed": "قُرئ كل شيء كاملًا.",
    "web.retry-all": "إعادة قراءة هذه الملفات",
    "web.attempts": "{count:,} {count:zero=محاولة|one=محاولة|two=محاولتان|few=محاولات|many=محاولة|other=محاولة}",
    "web.queue.undated": "بلا تاريخ",
    "web.queue.uncategorised": "بلا تصنيف",
    "web.queue.untitled": "بلا عنوان",
    "web.queue.conflicts": "مصادر متعارضة",
    "web.queue.without-text": "بلا نص",
    "web.queue.partial": "مقروءة جزئيًا أو نصها مشوّه",
    "web.queue.versions": "نسخ بلغات متعددة",
    "web.queue-empty": "لم يبقَ شيء في هذه القائمة.",
    "web.correct": "تصحيح وثيقة",
    "web.keep": "إبقاء",
    "web.nothing": "لا شيء",
    "web.own-value": "قيمة أخرى",
    "web.there-is-none": "لا توجد قيمة",
    "web.remove-correction": "إزالة التصحيح",
    "web.who": "اسمك، للسجل",
    "web.save": "حفظ",
    "web.save-and-back": "حفظ ومتابعة قائمة الانتظار",
    "web.show-document": "عرض الوثيقة",
    "web.reason": "السبب",
    "web.restore-now": "إعادة الوثيقة",
    "web.is-withdrawn": "هذه الوثيقة مسحوبة: {reason}",
    "web.is-erased": "هذه الوثيقة ممحوة: {reason}",
    "web.what-erasing-does": "ما يزيله المحو وما يبقيه",
    "web.log-kind": "النوع",
    "web.log-document": "الوثيقة",
    "web.log-since": "منذ",
    "web.log-what": "ماذا",
    "web.log-when": "متى",
    "web.before-after": "{field}: من {old} إلى {new}",
    "web.export-about": (
        "في الحزمة (BagIt) كل أصل، وجدول البيانات الوصفية، والكتالوج مع كل تصحيح. وفهرستها في مكان آخر تستعيد الأرشيف."
    ),
    "web.export-folder": "المجلد الذي يُكتب فيه، بمساره الكامل؛ يجب ألا يكون موجودًا بعد",
    "web.with-withdrawn": "مع الوثائق المسحوبة",
    "web.export-now": "تصدير",
    "web.number": "{number:,}",
    "web.arrow": "←",
    "web.bytes": "{size:,} بايت",
    "web.kib": "{size:,} ك.ب",
    "web.mib": "{size:,} م.ب",
    "web.gib": "{size:,} غ.ب",
    # Steps of a run for one file, by their values.
    "step.added": "جديد",
    "step.changed": "معدَّل",
    "step.moved": "منقول",
    "step.duplicate": "مكرر",
    "step.retried": "يُقرأ من جديد",
    "step.removed": "لم يعد موجودًا",
    "step.replaced": "زال المحتوى وحلّ ملف آخر محله",
    # Kinds of events in the log, by their stored values.
    "event.added": "إضافة",
    "event.changed": "تعديل",
    "event.begun": "بدء القراءة",
    "event.retried": "إعادة المحاولة",
    "event.reread": "إعادة القراءة",
    "event.moved": "نقل",
    "event.returned": "عودة الملف",
    "event.removed": "اختفاء الملف",
    "event.duplicate": "نسخة مكررة",
    "event.copies": "نسخ",
    "event.failed": "تعذّر القراءة",
    "event.unreadable": "غير مقروء",
    "event.recognising": "تعرّف جارٍ على النص",
    "event.recognised": "تم التعرف على النص",
    "event.ocr-interrupted": "انقطاع التعرف الضوئي",
    "event.listed": "ذكر في قائمة",
    "event.arrived": "وصول الملف",
    "event.imported": "استيراد قائمة",
    "event.unlisted": "لم يعد في أي قائمة",
    "event.import-undone": "إلغاء استيراد",
    "event.corrected": "تصحيح",
    "event.withdrawn": "سحب",
    "event.restored": "إعادة",
    "event.erased": "محو",
    "event.unpacked": "استعادة حزمة",
    # Details of events, by their keys.
    "log-detail.state": "الحالة",
    "log-detail.reason": "السبب",
    "log-detail.who": "بواسطة",
    "log-detail.group": "المجموعة",
    "log-detail.reader": "القارئ",
    "log-detail.listing": "القائمة",
    "log-detail.items": "العناصر",
    "log-detail.copies": "النسخ",
    "log-detail.now": "الآن",
    "log-detail.files": "الملفات",
    # The overview.
    "web.sizes": "الأحجام",
    "web.originals": "الملفات الأصلية",
    "web.index": "الفهرس",
    "web.verification": "التحقق",
    "web.never-verified": "لم يجرِ التحقق من هذه الصفحات بعد.",
    "web.today": "اليوم",
    "web.days-ago": "قبل {days:,} {days:zero=يوم|one=يوم|two=يومين|few=أيام|many=يومًا|other=يوم}",
    "web.verified-fully": "قورن كل بايت في {day}، {ago}.",
    "web.verified-quickly": "فُحص وجود الملفات وأحجامها في {day}، {ago}.",
    "web.verified-well": (
        "{files:,} {files:zero=ملف|one=ملف|two=ملفان|few=ملفات|many=ملفًا|other=ملف}: كلها تطابق المسجَّل."
    ),
    "web.orphans": (
        "ملفات غير مستعملة في الفهرس: {count:,} "
        "{count:zero=ملف|one=ملف|two=ملفان|few=ملفات|many=ملفًا|other=ملف} ({size})؛ يزيلها التشغيل التالي."
    ),
    "web.job.verify-quick": "فحص الوجود والأحجام",
    "web.sum": "{total:,} {label} = {parts}",
    "web.sum-unequal": "{total:,} {label} ≠ {parts}",
    "web.sum-part": "{count:,} {name}",
    "web.sum-parts": "{left} + {count:,} {name}",
    # Failures.
    "web.retry-group": (
        "أعد قراءة {count:zero=أي ملف|one=ملف واحد|two=ملفين|few=الملفات|many=الملفات|other=الملفات} ({count:,})"
    ),
    "web.retry-one": "أعد القراءة",
    "web.job.retry": (
        "إعادة قراءة {count:zero=لا ملفات|one=ملف واحد|two=ملفين|few=ملفات|many=ملفات|other=ملفات} ({count:,})"
    ),
    "web.reader": "القارئ",
    # The queue.
    "web.queue.uncertain": "ثقة ضعيفة",
    "web.queue.day-month": "اليوم أم الشهر أولًا؟",
    "web.queue-about.conflicts": "تعطي مصادر موثوقة قيمًا مختلفة لهذه الحقول.",
    "web.queue-about.uncertain": "هذه القيم تخمينات، إذ لم يوجد أفضل منها.",
    "web.queue-about.day-month": "التاريخ المطبوع 03/04/2018 هو 3 أبريل عند بعضهم و4 مارس عند غيرهم.",
    "web.queue-about.versions": "أزواج قد تكون نصًا واحدًا بعدة لغات. قارن بينها؛ ولا يُدمج شيء.",
    "web.off-list": "لم تعد في هذه القائمة",
    "web.first-page-image": "الصفحة الأولى",
    "web.first-page-text": "بداية النص",
    "web.log-show": "اعرض",
    # A listing.
    # Export and the check before it.
    "web.export-bag": "حزمة بالأرشيف كله",
    "web.export-files": (
        "{count:,} {count:zero=ملف أصلي|one=ملف أصلي|two=ملفان أصليان|few=ملفات أصلية|many=ملفًا "
        "أصليًا|other=ملف أصلي}، {size}"
    ),
    "web.export-documents": (
        "جدول وكتالوج بـ{count:,} {count:zero=وثيقة|one=وثيقة|two=وثيقتين|few=وثائق|many=وثيقة|other=وثيقة}"
    ),
    "web.export-missing": (
        "{count:,} {count:zero=ملف مفقود|one=ملف مفقود|two=ملفان مفقودان|few=ملفات مفقودة|many=ملفًا "
        "مفقودًا|other=ملف مفقود} لا يمكن تصديرها"
    ),
    "web.export-withdrawn": (
        "{count:,} {count:zero=وثيقة مسحوبة|one=وثيقة مسحوبة|two=وثيقتان مسحوبتان|few=وثائق "
        "مسحوبة|many=وثيقة مسحوبة|other=وثيقة مسحوبة} تُترك، ما لم تضع علامة أدناه"
    ),
    "web.export-table": "الجدول وحده",
    "web.export-table-about": "العنوان والتاريخ والفئة وسائر القيم لكل وثيقة قابلة للبحث، دون نصوص وملفات:",
    "web.harm-heading": "قبل أن تسلّمه",
    "web.harm-about": (
        "يعدّ عناوين البريد وأرقام الهاتف والأسماء التي تعطيها في كل ما سيُصدَّر، ويسمّي الوثائق. لا تُحفظ "
        "قائمة الأسماء. والعدد صفر لا يثبت شيئًا: اقرأ ما تسلّمه."
    ),
    "web.harm-names": "أسماء للبحث عنها، اسم في كل سطر",
    "web.harm-file": "أو ملف نصي، اسم في كل سطر",
    "web.harm-check": "ابحث عنها",
    "web.job.harm": "البحث عن عناوين وأرقام وأسماء",
    "web.job.looking": "قراءة النصوص",
    "web.harm-total": (
        "فُحصت {documents:zero=لا وثائق|one=وثيقة واحدة|two=وثيقتان|few=وثائق|many=وثائق|other=وثائق} "
        "({documents:,})؛ ووُجد شيء في {found:,}."
    ),
    "web.harm-total-mails": "عناوين بريد إلكتروني: {count:,}",
    "web.harm-total-phones": "أرقام هاتف: {count:,}",
    "web.harm-total-names": "مرات ورود الأسماء: {count:,}",
    "log-detail.undoes": "يلغي",
}
