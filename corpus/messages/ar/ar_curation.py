"""Arabic sentences of the archivist's pages."""

from __future__ import annotations

SENTENCES: dict[str, str | tuple[str, str]] = {
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
    "web.verified-fully": (
        "قورن كل بايت في {day} ({days:zero=اليوم|one=قبل يوم|two=قبل يومين|few=قبل {days} أيام|many=قبل "
        "{days} يومًا|other=قبل {days} يوم})."
    ),
    "web.verified-quickly": (
        "فُحص وجود الملفات وأحجامها في {day} (قبل {days:,} "
        "{days:zero=يوم|one=يوم|two=يومين|few=أيام|many=يومًا|other=يوم})."
    ),
    "web.verified-well": (
        "{files:,} {files:zero=ملف|one=ملف|two=ملفان|few=ملفات|many=ملفًا|other=ملف}: كلها تطابق المسجَّل."
    ),
    "web.orphans": (
        "ملفات غير مستعملة في الفهرس: {count:,} "
        "{count:zero=ملف|one=ملف|two=ملفان|few=ملفات|many=ملفًا|other=ملف} ({size})؛ يزيلها التشغيل التالي."
    ),
    "web.job.verify-quick": "فحص الوجود والأحجام",
    "web.difference": "{problem}. {advice}",
    "web.sum": "{total:,} {label} = {parts}",
    "web.sum-part": "{count:,} {name}",
    "web.sum-parts": "{left} + {count:,} {name}",
    # Failures.
    "web.retry-group": (
        "أعد قراءة {count:zero=أي ملف|one=ملف واحد|two=ملفين|few=الملفات|many=الملفات|other=الملفات} ({count:,})"
    ),
    "web.retry-one": "أعد القراءة",
    "web.nothing-to-retry": ("لا ملف كهذا ينتظر إعادة القراءة.", "حمّل قائمة الإخفاقات من جديد."),
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
    "web.listing-tried": "لم يتغير شيء بعد.",
    "web.listing-choose": "هذه الصفوف تغيّر شيئًا. وما تزيل علامته يُترك، كأن القائمة لا تذكره.",
    "web.listing-import": "استورد",
    "web.listing-row": "الصف",
    "web.listing-item": "الوثيقة",
    "web.listing-changes": "ما سيتغير",
    "web.listing-new": "ليست هنا؛ تُسجَّل كمذكورة في قائمة",
    "web.listing-disagrees": "قائمة أخرى تخالفها في",
    "web.listing-more-rows": (
        "{count:,} {count:zero=صف|one=صف|two=صفان|few=صفوف|many=صفًا|other=صف} غيرها تغيّر شيئًا أيضًا، وتُستورد مع الباقي."
    ),
    "web.listing-no-change": "لن تتغير أي قيمة.",
    "web.listing-apply-chosen": "استورد الصفوف المختارة",
    "web.listing-gone": "{count:,} كانت مذكورة ولم تعد",
    "web.listing-another": "جرّب قائمة أخرى",
    "web.listing-done": (
        "استُورد {count:zero=لا شيء|one=عنصر واحد|two=عنصران|few=عناصر|many=عناصر|other=عناصر} ({count:,})."
    ),
    "web.listing-left": (
        "تُرك {count:zero=لا شيء|one=صف واحد|two=صفان|few=صفوف|many=صفوف|other=صفوف} كما اخترت ({count:,})."
    ),
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
    "web.harm-counts": "عناوين بريد {mails:,}، أرقام هاتف {phones:,}، أسماء {names:,}",
    # Reasons of failures, put together.
    "failures.part": "جزء",
    "failures.none": "لا سبب مسجَّل",
}
