"""Arabic sentences: messages of commands.

Areas: command, open. See `corpus.messages` for how a sentence is written.
"""

from __future__ import annotations

SENTENCES: dict[str, str | tuple[str, str]] = {
    "command.unknown": "لا يوجد أمر {command!r}. هل تقصد {suggestion!r}؟",
    "command.interrupted": ("أُوقف الأمر", "ما سُجّل قبل ذلك محفوظ؛ شغّل الأمر من جديد لإتمام الباقي."),
    "command.system-error": (
        "{place}: {reason}",
        "تحقق من أن الملف أو المجلد موجود، وأن لك أن تستخدمه، وأن في القرص مكانًا؛ ثم حاول من جديد.",
    ),
    "command.watch-and-dry-run": ("لا يجتمع --watch و --dry-run", "احذف أحدهما."),
    "command.ids-and-query": ("أُعطيت معرّفات مع --query", "حدّد الوثائق بمعرّفاتها، أو باستعلام."),
    "command.csv-of-a-list": ("يطبع --csv قائمة وثائق", "أضف --list STATE، واحذف --json."),
    "command.two-formats": ("لا يجتمع {first} و {second}", "احذف أحدهما."),
    "command.table-needed": ("{option} خاص بالجداول", "أضف --csv أو --tsv أو --jsonl، أو احذف {option}."),
    "command.table-ending": (
        "{path}: لا يدل آخر الاسم على نوع جدول",
        "أضف --csv أو --tsv أو --jsonl، أو اختر اسمًا ينتهي بـ .csv أو .tsv أو .jsonl.",
    ),
    "command.rows-of-all": "في الجدول {count:,} من الصفوف من أصل {total:,}؛ ومع --all تُكتب كلها",
    "command.written": "كُتب {path} وفيه من الصفوف {count:,}، و {record}",
    "command.all-and-conflicts": ("لا يجتمع --all و --conflicts", "احذف أحدهما."),
    "command.archive-taken": "الأرشيف المستخدم: {archive}",
    "command.unknown-letter": (
        "لا يوجد خيار -{letter}. لاستبعاد الوثائق التي فيها الكلمة {letter}، اكتب NOT {letter}؛ أو اكتب -- قبل "
        "الاستعلام."
    ),
    "command.read-as-words": "قُرئ ككلمات منفصلة عددها {count}، وكلها مطلوبة؛ للبحث عن العبارة: {command}",
    "command.read-as-any-words": "قُرئ ككلمات منفصلة عددها {count}، وتكفي واحدة منها؛ للبحث عن العبارة: {command}",
    "command.read-as-field": "قُرئ {field}: على أنه يخص «{word}» وحدها؛ للبحث عن العبارة: {command}",
    "command.redirected": (
        "عدّت الصدفة > إشارة إلى اسم ملف، والإجابة في {name}؛ وبين علامتي اقتباس مفردتين تكون جزءًا من الاستعلام: "
        "{command}"
    ),
    "command.ambiguous-id": ("تبدأ بـ {id!r} عدة معرّفات: {candidates}", "اكتب جزءًا أطول من المعرّف."),
    "open.opened": "فُتح {path}",
    "open.turn-to-page": "لا يمكن إبلاغ برنامج العرض بالصفحة؛ انتقل إلى الصفحة {page}",
    "open.changed": "تغيّر الملف منذ قُرئ؛ الأمر 'muniment index' يسجّل ذلك",
    "open.container": "الوثيقة جزء من هذا الملف: {part}",
    "open.discloses": (
        "قد يُحمّل فتح هذا الملف صورًا ومحتوى آخر من الإنترنت، فيعرف أصحابها أنه فُتح ومتى وأين، وقد يشغّل وحدات "
        "ماكرو؛ دون --original يُعرض نصه"
    ),
    "open.withdrawn": ("حالة الوثيقة {id}: {state}؛ لا يُفتح ملفها", "لمعرفة من فعل ذلك ولماذا: muniment show {id}"),
    "open.no-file": ("ليس للوثيقة {id} ملف: لا تذكرها إلا قائمة", "لمعرفة ما تقوله القائمة: muniment show {id}"),
    "open.missing": ("الملف {path} مفقود", "نصه محفوظ: muniment show {id}"),
    "open.not-a-file": (
        "{path} ليس الملف الذي قُرئ: في مكانه رابط أو شيء آخر",
        "لا يُفتح. النص الذي قُرئ محفوظ: muniment show {id}",
    ),
    "open.unconfirmed": (
        "{path} خارج الأرشيف، في مجلد لم يحدّده أحد على هذا الجهاز",
        "إن كان المجلد لك، فحدّده مرة واحدة: muniment index FOLDER",
    ),
    "open.no-viewer": ("{path}: لا يوجد هنا برنامج يفتح الملفات", "افتحه بنفسك، أو ثبّت xdg-utils."),
    "open.viewer-failed": ("{path}: لم يستطع برنامج العرض في النظام فتحه", "افتحه بنفسك، أو اختر برنامج عرض."),
    "command.watching": "في انتظار الملفات؛ اضغط Ctrl-C للإيقاف",
    "command.erase-confirm": "هل تُمحى كلمات هذه الوثائق من الأرشيف نهائيًا؟",
    "command.erase-unconfirmed": ("لم يُمحَ شيء: لم يؤكّد أحد ذلك", "أضف --yes حيث لا يمكن سؤال أحد."),
    "command.no-correction": ("لم يُعطَ أي تصحيح", "أعطِ حقلًا وقيمته الصحيحة: {options}؛ أو --reset."),
    "command.nothing-listed": (
        "{path}: لم يُتعرّف على أي عنصر{reason}",
        "يصف docs/listings.md أشكال القوائم التي يُتعرّف عليها.",
    ),
    "command.listing-note": "{place}: {note}",
    "command.withdrawn-inside": "{path}: في نسخة هذا الملف داخل الحزمة وثيقة مسحوبة",
    "command.left-out": "تُرك: {path}: {reason}",
    "command.log-limited": (
        "لا يُعرض إلا أحدث {limit:,} {limit:zero=حدث|one=حدث|two=حدثين|few=أحداث|many=حدثًا|other=حدث}؛ استخدم "
        "--limit لعرض المزيد"
    ),
    "command.option-after-dashes": "اكتب {option} قبل '--'. كل ما بعد '--' من الاستعلام.",
}
