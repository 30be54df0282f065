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
        "يعرض 'review list NAME' الوثائق التي فيها.",
    ),
    "research.no-such-decision": ("{text!r} ليس قرارًا", "القرارات: {known}."),
    "research.no-such-reader": ("{text!r} ليس قارئًا", "القراء: {known}."),
    "research.not-a-review-table": (
        "{file}: ليس جدولًا ولا ملف RIS لمراجعة",
        "استورد ما كتبه 'review export'، مع العمودين 'id' و'decision'.",
    ),
    "research.import-too-large": ("{file}: أكبر من {most:,} ميبيبايت", "استورد ما كتبه 'review export'."),
    "erase.researcher-store": (
        "تعذرت إزالة كلمات وثائق ممحوة من سجلاتك ومراجعاتك: {reason}",
        "شغّل 'muniment index' بعد إصلاح ذلك.",
    ),
}
"""The sentences by code; of an error with its hint."""
