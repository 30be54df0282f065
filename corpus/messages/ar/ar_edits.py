"""Arabic sentences of changes on the archivist's pages: forms that are refused, bulk edits, listings, removals."""

from __future__ import annotations

SENTENCES: dict[str, str | tuple[str, str]] = {
    "web.no-such-choice": ("الاختيار المرسل للحقل {field} ليس من خيارات النموذج.", "حمّل الصفحة من جديد."),
    "web.erase-unconfirmed": ("لم يُمحَ شيء.", "اكتب المعرّف {id} للتأكيد."),
    "web.withdrawn-documents": "مسحوبة: {count:,}",
    "web.withdraw-heading": "سحب",
    "web.withdraw-about": (
        "لا يعرضها بعد ذلك أي بحث ولا أي صفحة عامة. يبقى الملف في مكانه؛ ويحتفظ الكتالوج بنصها، ويحتفظ السجل باسم من "
        "سحبها وتاريخ السحب وسببه."
    ),
    "web.withdraw-now": "سحب الوثيقة",
    "web.erase-heading": "محو",
    "web.erase-about": "يُزال نهائيًا نصها وبياناتها الوصفية وتفاصيل قيودها في السجل. لا يمكن التراجع عن ذلك.",
    "web.erase-now": "محو نهائي",
    "web.erase-files": "هذه الملفات لا تُمسّ، وما زال المحتوى فيها",
    "web.erase-containers": "هذه الملفات تحويها إلى جانب وثائق أخرى",
    "web.erase-documents": "تُمحى معًا",
    "web.erase-confirm": "اكتب {id} للتأكيد",
    "web.bulk": "تعيين قيمة في كل هذه الوثائق",
    "web.bulk-about": (
        "يغيّر هذا {count:,} {count:zero=وثيقة|one=وثيقة|two=وثيقتين|few=وثائق|many=وثيقة|other=وثيقة}، وهي وثائق "
        "البحث: {understood}"
    ),
    "web.bulk-preview": "عرض ما سيتغيّر",
    "web.bulk-before": "الآن",
    "web.bulk-after": "بعد ذلك",
    "web.bulk-type": "اكتب عدد الوثائق، {count}، للتأكيد",
    "web.bulk-apply": "تغيير {count:,} {count:zero=وثيقة|one=وثيقة|two=وثيقتين|few=وثائق|many=وثيقة|other=وثيقة}",
    "web.bulk-done": ("عُدّلت {count:,} {count:zero=وثيقة|one=وثيقة|two=وثيقتان|few=وثائق|many=وثيقة|other=وثيقة}"),
    "web.bulk-logged": "التغييرات في السجل تحت الاسم {group}.",
    "web.bulk-undo": "التراجع عن كل ذلك",
    "web.bulk-too-many": ("عدد الوثائق التي يجدها البحث أكثر من {most:,}.", "ضيّق البحث."),
    "web.bulk-changed": (
        (
            "يجد البحث الآن {count:,} {count:zero=وثيقة|one=وثيقة|two=وثيقتين|few=وثائق|many=وثيقة|other=وثيقة}، وهو "
            "عدد غير الذي عُرض."
        ),
        "انظر ما سيتغيّر، وأكّد من جديد.",
    ),
    "web.bulk-unconfirmed": ("لم يتغيّر شيء.", "اكتب عدد الوثائق، {count}، للتأكيد."),
    "web.listing": "قائمة",
    "web.listing-about": (
        "تذكر القائمة عناوين الوثائق وتواريخها وتصنيفاتها: صفحة ويب محفوظة، أو جدول، أو نص منسوخ من أحدهما. تُجرَّب "
        "أولًا، ولا تغيّر شيئًا حتى تستوردها."
    ),
    "web.listing-file": "ملف (CSV أو HTML أو نص)",
    "web.listing-text": "أو ألصق نصها",
    "web.listing-name": "اسم القائمة؛ وتحل محل قائمة سابقة بالاسم نفسه",
    "web.listing-try": "تجربة",
    "web.listing-apply": "استيراد",
    "web.listing-undo": "التراجع عن استيراد",
    "web.listing-undo-name": "القائمة؛ وبلا اسم: أحدث استيراد",
    "web.listing-items": (
        "فُهم {items:,} {items:zero=عنصر|one=عنصر|two=عنصران|few=عناصر|many=عنصرًا|other=عنصر}، منها {here:,} هنا؛ "
        "وستتغيّر {changes:,} {changes:zero=قيمة|one=قيمة|two=قيمتان|few=قيم|many=قيمة|other=قيمة}."
    ),
    "web.listing-missing": "في القائمة وليست هنا: {count:,}",
    "web.listing-unlisted": "هنا وليست في القائمة: {count:,}",
    "web.listing-conflicts": (
        "{count:,} {count:zero=قيمة تخالفها|one=قيمة تخالفها|two=قيمتان تخالفهما|few=قيم تخالفها|many=قيمة تخالفها|"
        "other=قيمة تخالفها} قائمة أخرى"
    ),
    "web.no-listing": ("لم تُرسل أي قائمة.", "اختر ملفًا، أو ألصق نص قائمة."),
    "web.no-listing-name": ("ليس للقائمة اسم.", "سمّها، ليمكن استبدالها والتراجع عنها."),
    "web.nothing-listed": ("لا تذكر القائمة أي وثيقة: {reason}", "انظر docs/listings.md لمعرفة ما يمكن قراءته."),
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
    "web.job-has-archive": ("لم يُحفظ شيء لأن مهمة قيد التنفيذ: {title}.", "احفظ من جديد عند انتهائها."),
    "web.see-job": "انظر إلى أين وصلت",
    "web.no-own-value": ("لم تُكتب قيمة.", "اكتب قيمة، أو اختر «لا توجد قيمة» إن لم تكن للوثيقة قيمة."),
    "web.new-category": ("{category!r} ليس من تصنيفات هذا الأرشيف.", "صحّحه، أو قل إنك تريده تصنيفًا جديدًا."),
    "web.add-category": "نعم، أنشئ التصنيف {category!r}",
    "web.changed-meanwhile": "تغيّر بعد تحميل هذه الاستمارة؛ القيمة الآن",
    "web.bulk-undone": (
        "أُلغي تعديل {count:,} {count:zero=وثيقة|one=وثيقة|two=وثيقتين|few=وثائق|many=وثيقة|other=وثيقة}"
    ),
    "web.bulk-undone-on": (
        "أُلغي في {day}، في {count:,} {count:zero=وثيقة|one=وثيقة|two=وثيقتين|few=وثائق|many=وثيقة|other=وثيقة}."
    ),
    "web.bulk-undone-by": (
        "ألغاه {person} في {day}، في {count:,} "
        "{count:zero=وثيقة|one=وثيقة|two=وثيقتين|few=وثائق|many=وثيقة|other=وثيقة}."
    ),
    "web.bulk-newer-kept": "أُبقيت القيم الأحدث.",
    "web.bulk-no-change": ("لم يتغيّر شيء: لكل الوثائق هذه القيمة من قبل.", "اختر قيمة أخرى."),
    "web.bulk-all-newer": ("لم يُلغَ شيء: نالت كل وثيقة قيمة أحدث منذ ذلك الحين.", "انظر في السجل."),
    "web.no-such-bulk": ("ليس في السجل تعديل لعدة وثائق اسمه {group}.", "انظر في السجل ما فيه منها."),
    "web.category-is-new": "{category!r} ليس من تصنيفات هذا الأرشيف بعد.",
    "web.saved": "حُفظ",
    "web.saved-nothing": "لم يتغيّر شيء: أُبقيت كل القيم.",
    "web.listing-forgotten": ("استُوردت القائمة، أو أُلغي استيرادها، قبل إعادة تشغيل الخادم. وفي السجل وثائقها."),
    "web.listing-undone": "أُلغي استيراد {listing}.",
    "web.listing-changed": (
        "تغيّر ما عدده {count:,} {count:zero=قيمة|one=قيمة|two=قيمتان|few=قيم|many=قيمة|other=قيمة}."
    ),
}
