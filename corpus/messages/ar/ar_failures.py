"""Arabic sentences of the failures: reasons without their numbers, and advice what to do."""

from __future__ import annotations

SENTENCES: dict[str, str | tuple[str, str]] = {
    # Reasons, put together.
    "failures.part": "جزء",
    "failures.none": "لا سبب مسجَّل",
    "failures.kind-no-text-pages": "لا نص في أي صفحة",
    "failures.kind-no-text-scanned": "لا نص في أي صفحة؛ يبدو ممسوحًا ضوئيًا",
    "failures.kind-garbled": "نص بعض الصفحات يبدو مشوَّهًا؛ قد تفيد تقنية OCR",
    "failures.kind-lost-pages": "تعذّرت قراءة صفحات تالفة",
    "failures.kind-beginning": "لم تُقرأ إلا البداية",
    "failures.kind-annotations": "لم تُقرأ كل التعليقات وحقول النموذج",
    "failures.kind-too-large": "أكبر من الحد، أو أكبر منه بعد فك الضغط",
    "failures.kind-clock": "طالت القراءة أكثر من المسموح بحسب الساعة؛ ربما كان الحاسوب مشغولًا",
    "failures.kind-computing": "احتاجت القراءة إلى وقت حساب أكثر من المسموح لملف واحد",
    "failures.kind-ended": "انتهى البرنامج الذي يقرؤه بلا نتيجة",
    "failures.kind-lost-part": "تعذّرت قراءة جزء تالف",
    "failures.kind-left-out": "تُركت سجلات ليست وثائق",
    # Advice.
    "failures.advice-password": "ضع مكانه نسخة غير مقفلة، بكلمة المرور أو بطلبها ممن أرسله؛ وسيقرؤها التشغيل التالي.",
    "failures.advice-empty": "لا شيء فيه. ابحث عن الملف الكامل في مصدره وضعه مكانه.",
    "failures.advice-no-reader": (
        "احفظه بصيغة PDF أو نصًا أو بصيغة أخرى تُقرأ وأدخل ذلك الملف؛ فإعادة قراءته لا تغيّر شيئًا."
    ),
    "failures.advice-converter": "ثبّت ما يذكره السبب ثم أعد قراءته.",
    "failures.advice-again": "أعد قراءته: فقد يكون ما أعاقه قد زال.",
    "failures.advice-ocr": "الإدخال مع قراءة الصفحات الممسوحة بتقنية OCR يتعرّف نصه.",
    "failures.advice-damaged": "ابحث عن نسخة سليمة وضعها مكانه؛ وسيقرؤها التشغيل التالي.",
    "failures.advice-limit": "قسّمه أو احفظه أصغر ليُقرأ كله؛ فإعادة قراءته لا تغيّر شيئًا.",
}
