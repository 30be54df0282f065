"""Arabic sentences of the researcher's tools: what is counted, what is refused, and what is said of the counts."""

from __future__ import annotations

SENTENCES: dict[str, str | tuple[str, str]] = {
    "research.no-words": (
        "لا توجد في الاستعلام كلمة يمكن عدّها.",
        "اكتب كلمة أو عبارة بين علامتي اقتباس أو نمطًا مثل tortur*؛ فالمرشحات وحدها ليست لها مواضع.",
    ),
}
