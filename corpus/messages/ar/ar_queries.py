"""Arabic sentences: diagnostics, advice and the understood query; what a request may ask for.

Areas: query, advice, understood, request, state. See `corpus.messages` for how a sentence is written.
"""

from __future__ import annotations

SENTENCES: dict[str, str | tuple[str, str]] = {
    # Labels of fields, and of facet rows for documents without a value.
    "field.text": "النص",
    "field.title": "العنوان",
    "field.file": "الملف",
    "field.category": "التصنيف",
    "field.date": "التاريخ",
    "field.language": "اللغة",
    "field.author": "المؤلف",
    "field.country": "البلد",
    "field.format": "الصيغة",
    "field.id": "المعرّف",
    "field.state": "الحالة",
    "field.year": "السنة",
    "missing.category": "(بلا تصنيف)",
    "missing.date": "(بلا تاريخ)",
    "missing.language": "(بلا لغة)",
    "missing.author": "(بلا مؤلف)",
    "missing.country": "(بلا بلد)",
    # Labels of what to do about a query with few matches.
    "advice.each-part": "نتائج كل جزء وحده",
    "advice.emptied-by": "لا نتائج مع",
    "advice.did-you-mean": "هل تقصد",
    "advice.wider-search": "بحث أوسع",
    # Names of the states of files and documents, by their stored values.
    "request.undisclosed": ("الوثيقة {id} {reason}", "حدّد وثيقة أخرى."),
    "state.indexed": "مفهرسة",
    "state.indexed-without-text": "مفهرسة بلا نص",
    "state.partial": "مقروءة جزئيًا",
    "state.failed": "تعذّرت قراءتها",
    "state.duplicate": "مكررة",
    "state.replaced": "حلّ محلها ملف آخر",
    "state.missing": "مفقودة",
    "state.listed": "مذكورة في قائمة",
    "state.withdrawn": "مسحوبة",
    "state.erased": "ممحوة",
    "request.wrong-argument": ("المقبول في {parameter}: {accepted}؛ والقيمة المعطاة {value}.", "صحّح الاستدعاء."),
    "request.date-order": ("مرشّح التاريخ {value} ينتهي قبل أن يبدأ.", "اكتب الطرف الأقدم أولًا، مثل 2017..2019."),
    "request.slow": (
        "استغرقت الإجابة أكثر من {seconds:g} ث، فأُوقفت.",
        "اطلب كلمات أقل، أو بدايات كلمات أطول، أو ابحث ضمن تاريخ أو تصنيف.",
    ),
    "request.no-such-page": (
        "لا توجد صفحة {page} في الوثيقة {document_id}",
        "في الوثيقة {pages:,} {pages:zero=صفحة|one=صفحة|two=صفحتان|few=صفحات|many=صفحة|other=صفحة}.",
    ),
    "request.unknown-column": ("لا يوجد في الجدول عمود {name!r}.", "اذكر أيًا من هذه، وبينها فواصل: {known}"),
    "request.unknown-facet": ("تذكر facets القيمة {facet}، وهي ليست من {facets}.", "اذكر أيًا من هذه."),
    # What was wrong with a query, and how it was read instead.
    "query.too-long": "يُقرأ الاستعلام حتى المحرف {limit:,} فقط؛ وأُهمل الباقي.",
    "query.too-many-terms": "يُقرأ أول {limit} فقط من الكلمات والعبارات والقيم؛ وأُهمل الباقي.",
    "query.too-many-brackets": "الحد الأقصى للأقواس المفتوحة معًا {limit}؛ وأُهملت الأخرى.",
    "query.too-many-values": "يُقرأ أول {limit} فقط من قيم القائمة؛ وأُهمل الباقي.",
    "query.too-many-diagnostics": "عدد المشكلات في هذا الاستعلام أكثر من {limit}؛ ولا تُذكر الأخرى.",
    "query.operator-without-left": "لا شيء قبل {operator}، فأُهمل. للبحث عن الكلمة نفسها، ضعها بين علامتي تنصيص.",
    "query.operator-without-right": "لا شيء بعد {operator}، فأُهمل. للبحث عن الكلمة نفسها، ضعها بين علامتي تنصيص.",
    "query.sign-without-operand": "لا شيء بعد {sign}، فأُهملت هذه العلامة.",
    "query.lowercase-operator": "بُحث عن «{word}» ككلمة. اكتب العامل بأحرف كبيرة: {operator}.",
    "query.bracket-unclosed": "هذا القوس غير مغلق؛ فعُدّ مغلقًا في النهاية.",
    "query.brackets-unclosed": "هذا القوس و{count} داخله غير مغلقة؛ فعُدّت مغلقة في النهاية.",
    "query.bracket-unopened": "هذا القوس لا يغلق شيئًا، فأُهمل.",
    "query.brackets-empty": "هذان القوسان فارغان.",
    "query.quotation-unclosed": "علامة التنصيص هذه غير مغلقة؛ فقُرئ ما بعدها حتى النهاية.",
    "query.no-letters": "لا حرف في هذا ولا رقم، فأُهمل.",
    "query.suffix-without-word": "لا شيء قبل هذه العلامة. اكتبها مباشرة بعد كلمة أو عبارة أو قوس.",
    "query.near-operands": "يحتاج {operator} إلى كلمة أو عبارة من الحقل نفسه على كلا الجانبين؛ فقُرئ AND.",
    "query.near-phrase": "يقارن {operator} كلمات العبارة واحدة واحدة؛ وبُحث عن العبارة نفسها أيضًا.",
    "query.near-one-word": (
        "لا تكون كلمة واحدة قريبة من نفسها. للبحث عن تهجئات أخرى للكلمة، اكتب ~ بعدها دون علامتي تنصيص."
    ),
    "query.near-limit": "أقصى مسافة للعامل NEAR بالكلمات: {limit:,}.",
    "query.tilde-after-bracket": "تأتي ~ بعد كلمة أو عبارة، لا بعد قوس؛ فأُهملت.",
    "query.fuzzy-limit": "الحد الأقصى لاختلاف الأحرف في البحث التقريبي هو {limit}.",
    "query.fuzzy-zero": "يحتاج البحث التقريبي إلى اختلاف حرف واحد على الأقل؛ فأُهملت ~.",
    "query.fuzzy-pattern": "لا بحث تقريبي في كلمة فيها * أو ?؛ فأُهملت ~.",
    "query.wildcard-in-quotes": "العلامتان * و ? ليستا من محارف البدل داخل علامتي التنصيص.",
    "query.question-mark": "العلامة ? بعد «{word}» محرف بدل لحرف إضافي واحد. إن كنت تقصد سؤالًا، فاحذفها.",
    "query.filter-boosted": "لا يمكن ترجيح مرشّح؛ فأُهملت ^.",
    "query.boost-limit": "أقصى ترجيح هو {limit:g}.",
    "query.unknown-field": "لا يوجد حقل «{name}»؛ فأُهمل هذا الجزء. للبحث عنه كنص، ضعه بين علامتي تنصيص.",
    "query.no-page-filter": (
        "لا يمكن حصر النتائج في صفحة، فكل نتيجة تذكر الصفحات المطابقة؛ وأُهمل هذا الجزء. للبحث عنه كنص، ضعه بين "
        "علامتي تنصيص."
    ),
    "query.no-saved-queries": (
        "لا يمكن استدعاء الاستعلامات بالاسم؛ فأُهمل هذا الجزء. للبحث عنه كنص، ضعه بين علامتي تنصيص."
    ),
    "query.space-after-colon": "قُرئ {field}: مع الكلمة التالية. لا تكتب مسافة بعد النقطتين.",
    "query.minus-after-colon": "قُرئت علامة الطرح كأنها قبل {field}. اكتبها هناك.",
    "query.space-after-comma": "لا تكتب مسافة بعد الفواصل في قائمة القيم.",
    "query.scope-missing": "لا حقل بعد in:. اكتب in:title.",
    "query.scope-unknown": "لا يمكن البحث بـ in: في «{name}». الحقول التي فيها كلمات: {fields}.",
    "query.scope-negated": "لا يمكن نفي in:. اكتب -{field}:word.",
    "query.scope-without-words": "لا كلمات ينطبق عليها in:{field}.",
    "query.scope-as-filter": "ينطبق in: على كلمات الاستعلام، ولا يكون مرشّحًا.",
    "query.value-missing": "لا قيمة بعد {field}:. اكتب {field}:{value}.",
    "query.value-none": "لكل وثيقة قيمة في الحقل {field}.",
    "query.category-unknown": "«{value}» ليس من تصنيفات هذا الأرشيف. التصنيفات: {known}.",
    "query.part-of-names": "«{part}» جزء من اسم في الحقل {field}؛ بُحث عن: {names}.",
    "query.part-of-many-names": (
        "«{part}» جزء من أسماء كثيرة؛ يُبحث عن {searched} منها، وهي الأكثر وثائق: {names} و{others} غيرها."
    ),
    "query.name-unknown": "لا وثيقة في حقلها {field} اسم فيه «{name}».",
    "query.value-unknown": "«{value}» ليست قيمة معروفة للحقل {field}. اكتب الرمز أو الاسم، مثل {code} أو {name}.",
    "query.value-wildcard": "يقارن {field}: قيمًا كاملة؛ فالعلامتان * و ? ليستا من محارف البدل فيه.",
    "query.state-unknown": "لا توجد حالة «{state}». الحالات: {states}.",
    "query.state-not-in-index": (
        "ما حالته {state} ليس في الفهرس ولا يجده أي استعلام. لعرضه: muniment status --list {state}"
    ),
    "query.has-unknown": "لا يمكن البحث بـ has: عن «{name}». الحقول التي قد تخلو منها وثيقة: {fields}.",
    "query.date-invalid": (
        "«{text}» ليس تاريخًا في التقويم. اكتب 2019 أو 2019-03 أو 2019-03-04 أو 2017..2019 أو >=2017 أو last-year."
    ),
    "query.date-before-christ": (
        "«{text}» قبل السنة 1، وهذه التواريخ غير مدعومة. أقدم تاريخ هو 0001؛ ابحث عن الكلمات نفسها بدلًا من ذلك."
    ),
    "query.date-empty": "لا يوم في «{text}».",
    "query.date-reversed": "ينتهي هذا المدى قبل أن يبدأ؛ فبُدّل طرفاه.",
    # A query in words; rows are composed, the outermost is ``understood.list``.
    "understood.list": "{left}، {right}",
    "understood.and": "{left} AND {right}",
    "understood.or": "{left} OR {right}",
    "understood.group": "({part})",
    "understood.not": "دون {part}",
    "understood.boosted": "{part} (الوزن {factor:g})",
    "understood.everything": "كل الوثائق",
    "understood.nothing": "لا وثيقة",
    "understood.part-without-matches": "جزء لا تطابقه أي وثيقة",
    "understood.exact": "{word} كما كُتبت",
    "understood.phrase": "«{words}»",
    "understood.near": "{left} قرب {right}",
    "understood.within-distance": (
        "{words} (بينها {distance} "
        "{distance:zero=كلمة أخرى|one=كلمة أخرى|two=كلمتان أخريان|few=كلمات أخرى|many=كلمة أخرى|other=كلمة أخرى} على "
        "الأكثر)"
    ),
    "understood.adjacent": "{words} (لا كلمات أخرى بينها)",
    "understood.prefix": "كلمات تبدأ بـ {letters}",
    "understood.suffix": "كلمات تنتهي بـ {letters}",
    "understood.pattern": "كلمات على الشكل {pattern}",
    "understood.fuzzy": (
        "كلمات تشبه {word} (باختلاف {edits} {edits:zero=حرف|one=حرف|two=حرفين|few=أحرف|many=حرفًا|other=حرف} على الأكثر)"
    ),
    "understood.in-field": "{words} في الحقل {field}",
    "understood.in-file-name": "{words} في اسم الملف",
    "understood.is": "{field}: {value}",
    "understood.is-not": "{field}: ما عدا {value}",
    "understood.is-either": "{field}: {values} أو {last}",
    "understood.is-neither": "{field}: ما عدا {values} و{last}",
    "understood.has": "لها قيمة في الحقل {field}",
    "understood.without": "بلا قيمة في الحقل {field}",
    "understood.has-text": "فيها نص",
    "understood.without-text": "بلا نص",
    "understood.has-date": "لها تاريخ",
    "understood.undated": "بلا تاريخ",
    "understood.dated": "التاريخ: {dates}",
    "understood.not-dated": "التاريخ: ما عدا {dates}",
    "understood.wholly-within": "بالكامل ضمن {dates}",
    "understood.from-to": "من {first} إلى {last}",
    "understood.or-later": "{date} أو بعده",
    "understood.or-earlier": "{date} أو قبله",
    "understood.any-date": "أي تاريخ",
    "understood.similar": "وثائق تشبه {title}",
    "understood.duplicate": "الوثيقة {id} نسخة مكررة من {original}، والجواب عن {original}.",
    "query.date-ambiguous": ("لا يبيّن «{text}» أي الرقمين هو الشهر. اكتب السنة أولاً: 2019-03-04 هو 4 مارس 2019."),
}
