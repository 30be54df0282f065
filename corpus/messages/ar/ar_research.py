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
    "research.how-counted": "كيف يُحسب هذا",
    "research.read-docs": "تُحسب الكلمات في النص الرئيسي للوثائق؛ ويبيّن docs/research.md كيف، وما لا تثبته الأعداد.",
    "research.shared-documents": (
        "{count:,} {count:zero=وثيقة|one=وثيقة|two=وثيقتان|few=وثائق|many=وثيقة|other=وثيقة} في المجموعتين "
        "معًا، وتُعدّ في كلتيهما."
    ),
    "research.empty-set": "ليس في المجموعة {name} كلمات، فلا شيء للمقارنة.",
    "research.frequencies": "قائمة الكلمات",
    "research.collocates": "الكلمات المجاورة",
    "research.compare": "مقارنة مجموعتين",
    "research.first-use": "أول استعمال وآخره",
    "research.counted-set": (
        "{documents:,} {documents:zero=وثيقة|one=وثيقة|two=وثيقتان|few=وثائق|many=وثيقة|other=وثيقة}، "
        "{tokens:,} {tokens:zero=كلمة|one=كلمة|two=كلمتان|few=كلمات|many=كلمة|other=كلمة}"
    ),
    "research.words-listed": "{count:,} {count:zero=كلمة|one=كلمة|two=كلمتان|few=كلمات|many=كلمة|other=كلمة}",
    "research.no-words-listed": "لا كلمة تتكرر بما يكفي لإدراجها. خفّض الحد الأدنى للمواضع أو خذ وثائق أكثر.",
    "research.evenness": "انتظام التوزع",
    "research.min-hits": "أقل عدد من المواضع",
    "research.min-documents": "أقل عدد من الوثائق",
    "research.window": "كلمات على كل جانب",
    "research.keep-function-words": "مع الكلمات الوظيفية",
    "research.left": "قبل",
    "research.right": "بعد",
    "research.observed": "معًا",
    "research.expected": "بالمصادفة",
    "research.dp-norm": "DP المعيّر",
    "research.log-ratio": "لوغاريتم النسبة",
    "research.query": "الاستعلام",
    "research.both-sets": "المجموعتان من، استعلام",
    "research.set-a": "المجموعة الأولى (A)، استعلام",
    "research.set-b": "المجموعة الثانية (B)، استعلام",
    "research.type-sets": (
        "اكتب المجموعة الأولى استعلامًا مثل date:..2015 أو category:statement، ثم الثانية، أو اتركها فارغة "
        "لكل الوثائق الأخرى."
    ),
    "research.both-narrowed": "تقتصر المجموعتان على الوثائق التي يجدها بحثك: {query}.",
    "research.more-in": "أكثر في {name}",
    "research.more-words": "عرض كلمات أكثر",
    "research.first": "الأول",
    "research.last": "الأخير",
    "research.all-documents": "كل الوثائق",
    "research.no-category": "بلا فئة",
    "research.may-be-as-early": (
        "قد يكون بالقِدم نفسه {count:,} {count:zero=وثيقة|one=وثيقة|two=وثيقتان|few=وثائق|many=وثيقة|other=وثيقة}"
    ),
    "research.may-be-as-late": (
        "قد يكون بالحداثة نفسها {count:,} {count:zero=وثيقة|one=وثيقة|two=وثيقتان|few=وثائق|many=وثيقة|other=وثيقة}"
    ),
    "research.partly-dated": "{count:,} بتاريخ معروف جزئيًا",
    "research.undated-documents": "{count:,} بلا تاريخ",
    "research.explain-frequencies": (
        "نسبة الكلمة هي نسبة الوثائق التي تحويها. ويبيّن DP مدى تفاوت توزعها: قرب 0 في كل وثيقة منها بقدر ما "
        "يُتوقع من طولها، وقرب 1 تنفرد بها وثائق قليلة."
    ),
    "research.explain-collocates": (
        "«بالمصادفة» هو عدد المرات التي تجاور فيها الكلمة هذه المواضع لو بُعثرت الكلمات عشوائيًا؛ ولا تُدرج "
        "إلا كلمات تجاورها بهذا القدر أو أكثر. يقارن logDice الزوج بسائر الأزواج حتى 14؛ ويميل MI إلى الكلمات"
        " النادرة وt إلى الشائعة؛ ويبيّن G² مدى صعوبة تفسيره بالمصادفة."
    ),
    "research.explain-compare": (
        "قيمة +1 تعني ضعف التكرار في A، و+2 أربعة أضعاف، و−1 نصفه؛ والمجموعة التي بلا الكلمة تُحسب كأن فيها "
        "نصف موضع. وG² دليل على الفرق، وBIC هو نفسه بعد خصم حجم المجموعتين: ولا تُدرج إلا كلمات قيمتها 2 أو "
        "أكثر."
    ),
    "research.explain-first-use": (
        "تُرتب الوثائق بحسب أول يوم يمكن أن يعنيه تاريخها. وحيث تُعرف التواريخ جزئيًا فقد تكون وثائق أخرى "
        "بالقدم أو الحداثة نفسها. أما الوثائق بلا تاريخ فليست أولى ولا أخيرة."
    ),
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
    "research.tools": "أدوات لهذا البحث",
    "research.results": "الوثائق",
    "research.kwic": "الأسطر في سياقها",
    "research.trend": "عبر الزمن",
    "research.download": "خذها كلها",
    "research.type-words": "اكتب كلمة أو عبارة بين علامتي اقتباس أو نمطًا مثل tortur*.",
    "research.places": "المواضع: {count:,}",
    "research.in-documents": "في {count:,} من الوثائق البالغ عددها {all:,}",
    "research.per-million": "{rate:,} في كل مليون كلمة",
    "research.counted-written": (
        "{understood}: تُعدّ الكلمات كما كُتبت، دون اعتبار لحالة الأحرف والعلامات، من بين {tokens:,} من كلمات المتن."
    ),
    "research.counted-stemmed": (
        "{understood}: تُعدّ الكلمات بكل صيغها كما يجدها البحث، من بين {tokens:,} من كلمات المتن."
    ),
    "research.sorted-by": "مرتبة حسب",
    "research.by-date": "التاريخ",
    "research.by-title": "العنوان",
    "research.grouped-by": "معدودة حسب",
    "research.no-groups": "لا شيء",
    "research.by-node": "الكلمات التي وُجدت",
    "research.context": "السياق",
    "research.unit-tokens": "كلمات",
    "research.unit-characters": "أحرف",
    "research.unit-sentence": "الجملة",
    "research.within": "ضمن",
    "research.within-text": "النص",
    "research.within-page": "صفحة واحدة",
    "research.within-title": "العناوين",
    "research.sample": "عيّنة من",
    "research.seed": "رقم السحب",
    "research.stemmed": "كل صيغ الكلمات",
    "research.keys": "الرمز 1L هو الكلمة السابقة و2L التي قبلها؛ و1R هو الكلمة التالية.",
    "research.groups": "المجموعات: {count:,}",
    "research.word": "الكلمة",
    "research.lines": "الأسطر",
    "research.documents": "الوثائق",
    "research.edge": "(حافة النص)",
    "research.only": "الأسطر التي فيها {word} فقط: {count:,}",
    "research.drawn": "أسطر سُحبت عشوائيًا: {count:,}، رقم السحب {seed}. يسحب الجميع الأسطر نفسها.",
    "research.document": "السطر",
    "research.before": "قبل",
    "research.node": "الكلمات",
    "research.behind": "بعد",
    "research.undated": "بلا تاريخ",
    "research.paragraph": "الفقرة",
    "research.lines-of": "{first:,}–{last:,} من {count:,}",
    "research.no-lines": "لا يحتوي متن أي وثيقة على هذه الكلمات.",
    "research.compared-with": "مقارنة مع",
    "research.step": "حسب",
    "research.step-year": "السنة",
    "research.step-month": "الشهر",
    "research.step-decade": "العقد",
    "research.measure": "المرسوم",
    "research.measure-share": "نسبة الوثائق",
    "research.measure-rate": "المواضع في كل مليون كلمة",
    "research.measure-hits": "المواضع",
    "research.smooth": "متوسط الفترات",
    "research.average-of": "متوسط متحرك لعدد {count}",
    "research.chart-key": "العلامات المفرّغة فترات شحيحة. الخطوط القائمة هي المجالات. تنقطع الخطوط حيث لا وثائق.",
    "research.period": "الفترة",
    "research.series": "الكلمات",
    "research.share": "النسبة",
    "research.interval": "95 %",
    "research.hits": "المواضع",
    "research.rate": "لكل مليون",
    "research.tokens": "مجموع الكلمات",
    "research.unknown-month": "{year}، الشهر مجهول",
    "research.decade": "عقد {year}",
    "research.gap": "لا وثائق",
    "research.is-thin": "شحيحة",
    "research.intervals": (
        "المجالات بنسبة 95 %: لويلسون للنسب ولغاروود للمعدلات. تتجمع الكلمات في الوثائق، فالمعدلات أقل يقينًا مما "
        "تقوله مجالاتها."
    ),
    # Checked quotations: what else there is to know, and what is refused.
    "quote.too-many": ("أكثر من {most:,} اقتباس", "تحقق منها على أجزاء."),
    "quote.draft-too-long": ("النص أطول من {most:,} محرف", "تحقق منه على أجزاء."),
    "quote.bad-table": ("تعذرت قراءة الجدول: {reason}", "احفظه بصيغة CSV وترميز UTF-8، وفيه عمود اسمه quote."),
    "quote.none": ("لم يُعثر على أي اقتباس", "ضع الاقتباسات بين علامتي اقتباس، أو في جدول فيه عمود اسمه quote."),
    "quote.none-checked": (
        "لم يُتحقق من أي اقتباس: عدد ما هو أقصر من أربع كلمات ولا يسمي وثيقة: {count:,}",
        "سمِّ الوثيقة بعد الاقتباس: ”…“ (ID, p. 3)، أو في عمود اسمه id.",
    ),
    "quote.unreadable": ("{path}: تعذرت القراءة: {reason}", "احفظه بصيغة CSV أو Markdown أو نص عادي أو DOCX."),
    "quote.not-a-text": "ليس نصًا، أو أكبر من اللازم",
    "quote.too-long": "أطول من {most:,} محرف؛ تحقق منه على أجزاء",
    "quote.unknown-document": "لا وثيقة لها المعرّف {id}",
    "quote.withdrawn": "سُحبت الوثيقة {id}؛ لا يُعرض نصها",
    "quote.erased": "مُحيت الوثيقة {id}",
    "quote.other-digest": "ملف {id} غير الملف المقتبس منه، بحسب SHA-256",
    "quote.reissued": "استُبدل الملف في {day}",
    "quote.read-anew": "قُرئ النص من جديد في {day}، بواسطة OCR أو قارئ أفضل",
    "quote.missing-file": "الملف مفقود؛ نصه محفوظ",
    "quote.moved": "نُقل الملف في {day}",
    "quote.no-such-page": "ليس في الوثيقة صفحة {page}",
    "quote.no-pages": "ليس للمستند صفحات، فلا تُذكر صفحة في المصدر",
    "quote.look-alikes": "عدة مواضع متقاربة الشبه، ولا يُختار أي منها",
    # The page of checked quotations.
    "quote.title": "التحقق من الاقتباسات",
    "quote.about": (
        "ألصق مسودة، أو اختر جدولًا أو وثيقة. توضع الاقتباسات بين علامتي اقتباس أو في فقرات مستقلة، ويتبعها"
        " المصدر: «…» (المعرّف، صفحة 3). لا يُحفظ شيء مما ترسله."
    ),
    "quote.text": "مسودة أو جدول",
    "quote.file": "ملف: CSV أو Markdown أو نص أو DOCX أو ODT",
    "quote.check": "تحقق",
    "quote.take-table": "تنزيل جدول (CSV)",
    "quote.checked": "الاقتباسات: {count:,}",
    "quote.ignored": "اقتباسات قصيرة بلا وثيقة لم يُتحقق منها: {count:,}",
    "quote.legend": "المشطوب كلمات الاقتباس، والمسطَّر كلمات النص.",
    "quote.line": "السطر",
    "quote.paragraph": "الفقرة",
    "quote.quotation": "الاقتباس",
    "quote.outcome": "النتيجة",
    "quote.result.verbatim": "حرفي",
    "quote.result.spacing-or-quotation-marks": "يختلف في المسافات أو علامات الاقتباس فقط",
    "quote.result.altered": "معدّل",
    "quote.result.another-page": "في صفحة أخرى",
    "quote.result.another-document": "في وثيقة أخرى",
    "quote.result.text-changed": "تغيّر النص منذ ذلك",
    "quote.result.withdrawn": "مسحوب",
    "quote.result.not-found": "غير موجود",
}
