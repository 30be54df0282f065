"""Arabic sentences of search records, saved searches, feeds and review sets."""

from __future__ import annotations

_STORE = "فيه عمليات بحث وملاحظات لباحث. استعده من نسخة احتياطية، أو حدد مجلدًا آخر باستخدام --in."

SENTENCES: dict[str, str | tuple[str, str]] = {
    "research.store-foreign": ("{path}: ليس ملفًا للسجلات والمراجعات", "حدد مجلدًا آخر باستخدام --in."),
    "research.store-version": (
        "{path}: إصدار الملف {version}، وهذا البرنامج يقرأ الإصدار {ours}",
        "استخدم إصدار Muniment الذي كتبه.",
    ),
    "research.store-damaged": ("{path}: الملف تالف: {reason}", _STORE),
    "research.record-damaged": ("{path}: السجل {number} تالف", _STORE),
    "research.store-too-large": (
        "{path}: حجم الملف أكبر من {most:,} ميبيبايت",
        "احذف السجلات التي لا حاجة إليها، أو حدد مجلدًا آخر باستخدام --in.",
    ),
    "research.store-of-another": (
        "{path}: الملف يخص أرشيفًا آخر",
        "حدد باستخدام --in مجلدًا خاصًا بكل أرشيف.",
    ),
    "research.store-no-folder": (
        "{folder} ليس مجلدًا، أو هو رابط إلى مجلد",
        "حدد المجلد نفسه باستخدام --in.",
    ),
    "research.store-not-there": (
        "{folder}: لا يوجد مجلد بهذا الاسم",
        "تحقق مما يحدده --in؛ الأوامر 'record make' و'saved add' و'review new' تنشئ المجلد.",
    ),
    "research.store-unnamed": (
        "اسم المجلد فارغ",
        "حدد مجلدًا باستخدام --in، أو لا تستخدم --in.",
    ),
    "research.store-of-another-user": (
        "{path}: الملف يخص مستخدمًا آخر لهذا الحاسوب",
        "حدد باستخدام --in مجلدًا يخصك.",
    ),
    "research.no-feed": (
        "لا توجد خلاصة بهذا العنوان، وربما أُلغي",
        "اطلب عنوانًا جديدًا ممن أعطاك إياه.",
    ),
    "research.no-search": (
        "النموذج خالٍ من أي بحث",
        "عد إلى النتائج واتبع الرابط الموجود أسفلها.",
    ),
    "research.store-in-archive": (
        "{folder}: لا تُحفظ السجلات والمراجعات داخل أرشيف، إذ ستُسلَّم معه",
        "حدد مجلدًا خارجه.",
    ),
    "research.stores-ambiguous": (
        "قد تخص عدة ملفات هذا الأرشيف الذي نُقل أو نُسخ: {folders}",
        "حدد أيها باستخدام --in.",
    ),
    "research.empty-archive": (
        "{archive}: لا شيء مفهرس هنا، فلا شيء يُسجَّل",
        "افهرس ملفات أولًا: muniment index.",
    ),
    "research.not-a-request": ("تتعذر قراءة بحث محفوظ", _STORE),
    "research.no-name": ("الاسم فارغ", "اكتب اسمًا."),
    "research.no-such-record": ("لا يوجد سجل رقمه {number}", "يعرض 'record list' السجلات الموجودة."),
    "research.no-such-search": ("لا يوجد بحث محفوظ باسم {name!r}", "يعرض 'saved list' عمليات البحث الموجودة."),
    "research.search-exists": (
        "يوجد بحث محفوظ باسم {name!r}",
        "اختر اسمًا آخر، أو احذف ذلك البحث باستخدام 'saved remove'.",
    ),
    "research.no-such-review": ("لا توجد مراجعة باسم {name!r}", "يعرض 'review list' المراجعات الموجودة."),
    "research.review-exists": (
        "توجد مراجعة باسم {name!r}",
        "اختر اسمًا آخر، أو أضف البحث إليها باستخدام 'review add'.",
    ),
    "research.not-in-review": (
        "الوثيقة {id} ليست في المراجعة {name!r}",
        "يعرض 'review show NAME' الوثائق التي فيها.",
    ),
    "research.nothing-to-settle": (
        "المستند {id}: لم يتخذ القارئان قرارين مختلفين بشأنه، فلا خلاف يُحسم",
        "سجّل قرار كل منهما باستخدام --reader 1 و--reader 2.",
    ),
    "research.settled": (
        "المستند {id}: هذا ينهي خلاف القارئين الذي حسماه",
        "اسحب أولًا ما اتفقا عليه: 'unseen' مع --reader agreed.",
    ),
    "research.no-such-decision": ("{text!r} ليس قرارًا", "القرارات: {known}."),
    "research.no-such-reader": ("{text!r} ليس قارئًا", "القراء: {known}."),
    "research.not-a-review-table": (
        "{file}: ليس جدولًا ولا ملف RIS لمراجعة",
        "استورد ما كتبه 'review export'، مع العمودين 'id' و'decision'.",
    ),
    "research.import-too-large": ("{file}: أكبر من {most:,} ميبيبايت", "استورد ما كتبه 'review export'."),
    "research.file-exists": ("{file}: يوجد ملف بهذا الاسم", "اختر اسمًا آخر؛ لا يُستبدل شيء."),
    "erase.researcher-store": (
        "تعذرت إزالة كلمات وثائق ممحوة من سجلاتك ومراجعاتك: {reason}",
        "شغّل 'muniment index' بعد إصلاح ذلك.",
    ),
    "methods.searched": (
        "في {day} جرى البحث في الأرشيف {archive} بواسطة Muniment {version}، وعدد الوثائق القابلة للبحث فيه:"
        " {documents:,}."
    ),
    "methods.years": "وثائقه المؤرخة من {first} إلى {last}، وعدد غير المؤرخة: {undated:,}.",
    "methods.query": "كان الاستعلام: {query}. وفُهم على أنه: {understood}.",
    "methods.any-words": "كان الاستعلام، وتكفي أي كلمة منه: {query}. وفُهم على أنه: {understood}.",
    "methods.everything": "طُلبت كل الوثائق.",
    "methods.limits": "قُصر البحث على: {limits}.",
    "methods.no-limits": "لم تُطبَّق أي قيود.",
    "methods.limit": "{field}: {value}",
    "methods.limit-without": "من دون {field}: {value}",
    "methods.reason": "وكان سبب ذلك: {reason}.",
    "methods.total": "عدد الوثائق التي وُجدت: {total:,}.",
    "methods.copies": "عُدّت النسخ المتطابقة البايتات ({copies:,} في الأرشيف) مرة واحدة، ولم تُدمج إصدارات الوثيقة.",
    "methods.not-searched": (
        "ما تعذر البحث فيه: ملفات لم تمكن قراءتها: {failed:,}؛ وثائق مدرجة بلا ملف: {listed:,}؛ وثائق اختفى ملفها:"
        " {missing:,}؛ وثائق مسحوبة أو ممحوة: {withdrawn:,}."
    ),
    "methods.in-part": (
        "ومن الوثائق القابلة للبحث، عدد ما قُرئ جزئيًا فقط: {partial:,}، وعدد ما لا نص له ولا يوجد إلا ببياناته"
        " الوصفية:"
        " {textless:,}."
    ),
    "methods.analysis": (
        "قورنت الكلمات بلا اعتبار لحالة الأحرف والتشكيل وبحسب جذوعها (إصدار التحليل {analyser})، مع مجموعات من"
        " المصطلحات"
        " المتكافئة عددها: {groups:,}."
    ),
    "methods.record": "قائمة الوثائق مع بصماتها الرقمية هي سجل البحث {number} (حالة الأرشيف {change}).",
    "prisma-s.database": "{archive}، بُحث فيه بواسطة Muniment {version}",
    "prisma-s.strategy": "المكتوب: {query} - المفهوم: {understood}.",
    "prisma-s.strategy-any": "المكتوب: {query} (أي كلمة) - المفهوم: {understood}.",
    "prisma-s.no-limits": "بلا قيود",
    "prisma-s.filters": "بلا مرشح بحث منشور. مجموعات المصطلحات المتكافئة في الأرشيف: {groups:,}.",
    "prisma-s.no-update": "لم يُحدَّث بعد؛ يبين 'muniment record diff {number}' ما تغير",
    "prisma-s.update": (
        "منذ ذلك الحين: جديدة: {new:,}؛ مسحوبة: {withdrawn:,}؛ لم تعد توجد: {gone:,}؛ تغير نصها: {text:,}؛ تغيرت"
        " بياناتها"
        " الوصفية: {metadata:,}"
    ),
    "prisma-s.total": "عدد الوثائق: {total:,}",
    "prisma-s.copies": (
        "توجد النسخ المتطابقة البايتات ({copies:,} في الأرشيف) مرة واحدة. وتُقترح الإصدارات والترجمات ولا تُدمج أبدًا."
    ),
    "records.yours": "المحفوظ والمسجَّل",
    "records.saved": "عمليات البحث المحفوظة",
    "records.records": "السجلات",
    "records.reviews": "المراجعات",
    "records.kept-where": "هذه لك: تُحفظ في مجلد خاص بك، لا في الأرشيف أبدًا.",
    "records.keep": "حفظ هذا البحث أو تسجيله أو مراجعة نتائجه",
    "records.save": "حفظ البحث",
    "records.put": "تسجيله",
    "records.screen-these": "فرز وثائقه",
    "records.name": "الاسم",
    "records.note": "ملاحظة",
    "records.reason-for-limits": "سبب قصره على ذلك",
    "records.add-to": "إضافة إلى المراجعة",
    "records.new-review": "اسم مراجعة جديدة",
    "records.reasons": "أسباب الاستبعاد، سبب في كل سطر",
    "records.new-since": "الجديد منذ {date}: {count:,}.",
    "records.seen": "اطلعت عليها",
    "records.feed": "خلاصة Atom",
    "records.feed-key": "عنوانها يفتح هذه الخلاصة وحدها. من لديه العنوان يستطيع قراءتها ما دام هذا الخادم يعمل.",
    "records.make-feed": "إنشاء خلاصة",
    "records.revoke-feed": "إلغاء الخلاصة",
    "records.remove": "حذف نهائي",
    "records.cannot-undo": "لا يمكن التراجع عن هذا.",
    "records.none-saved": "لا بحث محفوظًا. ابحث، ثم اختر «{link}» في صفحة النتائج.",
    "records.none-on-record": "لا بحث مسجَّلًا. ابحث، ثم اختر «{link}» في صفحة النتائج.",
    "records.none-in-review": "لا توجد مراجعة. ابحث، ثم اختر «{link}» في صفحة النتائج.",
    "records.record": "السجل {number}",
    "records.forged": "عُدّل هذا السجل بعد إنشائه.",
    "records.changes": "ما تغير منذ ذلك الحين",
    "records.then-and-now": "العدد حينها: {then:,}، والآن: {now:,}.",
    "records.nothing-changed": "لم يتغير شيء منذ ذلك الحين.",
    "records.understood-otherwise": "يُفهم الاستعلام الآن على نحو آخر: {understood}.",
    "records.change.new": "جديدة",
    "records.change.withdrawn": "مسحوبة أو ممحوة",
    "records.change.gone": "لم تعد توجد",
    "records.change.text_changed": "تغير النص",
    "records.change.metadata_changed": "تغيرت البيانات الوصفية",
    "records.unexplained": "لا شيء في السجل: يُفهم الاستعلام أو يُضبط الأرشيف على غير ما كان.",
    "records.files": "لورقتك البحثية",
    "records.file.methods": "فقرة المنهج",
    "records.file.prisma-s": "قائمة PRISMA-S",
    "records.file.csv": "جدول الوثائق (CSV)",
    "records.file.changes": "جدول التغييرات (CSV)",
    "records.file.json": "JSON",
    "records.file.ro-crate": "كائن بحثي (RO-Crate)",
    "records.file-of-review.csv": "جدول (CSV)",
    "records.file-of-review.ris": "RIS",
    "records.file-of-review.flow": "المسار في جدول (CSV)",
    "records.file-of-review.svg": "المسار في رسم (SVG)",
    "records.progress": "أُنجز {done:,} من {count:,}.",
    "records.settled": "حُسم من الخلافات {done:,} من {count:,}.",
    "records.not-searched": (
        "خارج البحث: ملفات لم تُقرأ: {failed:,}، ومدرجة: {listed:,}، ومفقودة: {missing:,}، وبلا نص: {without:,}."
    ),
    "records.kappa-jumps": "حين تقل الوثائق، أو يتفق القرار في معظمها، يتقلب معامل كابا: اذكر معه عدد الاتفاقات.",
    "records.screen-as.1": "الفرز بصفة القارئ الأول",
    "records.screen-as.2": "الفرز بصفة القارئ الثاني",
    "records.screen-as.agreed": "حسم الخلافات",
    "records.reader.1": "القارئ الأول",
    "records.reader.2": "القارئ الثاني",
    "records.reader.agreed": "القارئان معًا",
    "records.decision.relevant": "ذو صلة",
    "records.decision.not": "غير ذي صلة",
    "records.decision.maybe": "ربما",
    "records.decision.unseen": "لم يُفرز بعد",
    "records.reason": "السبب",
    "records.own-reason": "سبب آخر",
    "records.later": "لاحقًا",
    "records.space": "مسافة",
    "records.take-back": "تراجع",
    "records.whole": "فتح الوثيقة",
    "records.nothing-left": "لم يبق ما يُقرَّر.",
    "records.flow": "أرقام المراجعة",
    "records.agreement": "اتفق القارئان في {agreed:,} من {count:,}؛ كابا كوهين: {kappa}.",
    "records.agreement-only": "اتفق القارئان في {agreed:,} من {count:,}؛ كابا كوهين غير معرَّف.",
    "records.read-back": "قراءة القرارات",
    "records.file-to-read-back": "الجدول أو ملف RIS مع قراراتك",
    "records.decisions-read": (
        "القرارات المقروءة: {count:,}. المعرّفات الواردة في الملف وغير الموجودة في هذه المراجعة: {unknown:,}."
    ),
    "records.documents": "وثائقها",
    "flow.identified": "حُددت بعمليات البحث",
    "flow.duplicates-removed": "مكررات أُزيلت",
    "flow.records": "المطلوب فرزها",
    "flow.not-retrievable": "يتعذر الوصول إليها",
    "flow.not-yet-screened": "لم تُفرز بعد",
    "flow.screened": "فُرزت",
    "flow.excluded": "استُبعدت",
    "flow.undecided": "لم يُبت فيها",
    "flow.included": "أُدرجت",
    "flow.maybe": "ربما",
    "flow.readers-disagree": "القارئان مختلفان",
    "flow.no-reason-given": "بلا سبب",
}
"""The sentences by code; of an error with its hint."""
