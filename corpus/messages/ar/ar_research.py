"""Arabic sentences of the researcher's tools: what is counted, what is refused, and what is said of the counts."""

from __future__ import annotations

SENTENCES: dict[str, str | tuple[str, str]] = {
    "research.unit": (
        "تُعدّ الكلمات في النص الرئيسي للوثائق كما هي مفهرسة: دون أحرف كبيرة أو علامات، وكل صيغة على حدة. ولا"
        " تُعدّ رؤوس الصفحات ولا الحواشي ولا ما يحيط بصفحة الويب. وفي الكتابات التي بلا مسافات يُعدّ كل حرفين"
        " متجاورين كلمة."
    ),
    "research.function-words": "عدد الكلمات الوظيفية المحذوفة: {count:,}، بحسب قوائم هذه اللغات: {languages}.",
    "research.function-words-unlisted": (
        "لا توجد قائمة كلمات وظيفية لهذه اللغات: {languages}. وقد تظهر كلماتها الوظيفية بين الصفوف."
    ),
    "research.clustered": (
        "تتجمع الكلمات في وثائق بعينها، فلا يُثبت أي مقياس شيئًا وحده. انظر إلى عدد الوثائق واقرأ الأسطر."
    ),
    "research.shared-documents": (
        "{count:,} {count:zero=وثيقة|one=وثيقة|two=وثيقتان|few=وثائق|many=وثيقة|other=وثيقة} في المجموعتين "
        "معًا، وتُعدّ في كلتيهما."
    ),
    "research.empty-set": "ليس في المجموعة {name} كلمات، فلا شيء للمقارنة.",
    "research.all-others": "كل الوثائق الأخرى",
    "research.no-words": (
        "لا توجد في الاستعلام كلمة يمكن عدّها.",
        "اكتب كلمة أو عبارة بين علامتي اقتباس أو نمطًا مثل tortur*؛ فالمرشحات وحدها ليست لها مواضع.",
    ),
    "research.sort-keys": (
        "لا يمكن ترتيب الأسطر هكذا.",
        "استخدم {most} على الأكثر من هذه المفاتيح، مفصولة بفواصل: {keys}.",
    ),
    "research.too-many-series": ("للاتجاه من سلسلة واحدة إلى {most} سلاسل.", "أعطِ استعلامات أقل."),
    "research.output-format": ("لم يُذكر ما يُكتب في {path}.", "أضف ‎--csv أو ‎--json."),
    "research.only-of-groups": ("يختار ‎--only إحدى المجموعات.", "أضف ‎--group."),
    "research.written": "كُتب: {path}، وبجانبه {record}",
    "research.line-limit": "في الفهرس السياقي {most:,} سطر على الأكثر من {total:,}؛ ضيّقه أو اسحب عيّنة.",
    "research.unread": "أسطر ناقصة: {count:,}؛ فقد تغيّرت وثائقها ولم تُفهرس من جديد بعد.",
    "research.elsewhere": "وثائق أخرى تطابق بعنوان أو رأس صفحة أو ملاحظة فقط، حيث لا يُعدّ شيء: {count:,}",
    "research.thin": "الفترات الشحيحة فيها أقل من 10000 كلمة أو من 5 وثائق: لا تدل أعدادها على الكثير.",
    "research.ranges": "وثائق تمتد تواريخها على عدة فترات وتُعدّ في أولها: {count:,}",
    # Citations: what their readers must be told, and what is refused.
    "cite.ocr": "نص تعرّف عليه OCR",
    "cite.corrected": "صُحّح في الأرشيف: {fields}",
    "cite.date-guessed": "تاريخ مستنتج من اسم الملف أو المجلد",
    "cite.written": "كُتب {path} و {record}",
    "cite.nothing": ("لم تُذكر أي وثيقة", "حدّد الوثائق بمعرّفاتها، أو بالخيار --query QUERY."),
    "cite.page-of-one": ("--page لوثيقة واحدة", "حدّد معرّفًا واحدًا، أو احذف --page."),
}
