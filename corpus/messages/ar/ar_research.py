"""Arabic sentences of the researcher's tools: what is counted, what is refused, and what is said of the counts."""

from __future__ import annotations

SENTENCES: dict[str, str | tuple[str, str]] = {
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
}
