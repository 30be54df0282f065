"""English sentences of the researcher's tools: what is counted, what is refused, and what is said of the counts."""

from __future__ import annotations

SENTENCES: dict[str, str | tuple[str, str]] = {
    "research.unit": (
        "Words are counted in the main text of documents as they are indexed: without capitals and accents, "
        "each form by itself. Running heads, annotations and what surrounds a web page do not count. In "
        "scripts without spaces, two neighbouring characters count as a word."
    ),
    "research.function-words": (
        "{count:,} function {count:word is|words are} left out, by the lists for these languages: {languages}."
    ),
    "research.function-words-unlisted": (
        "There is no list of function words for these languages: {languages}. Their function words may be "
        "among the rows."
    ),
    "research.clustered": (
        "Words cluster in documents, so no measure proves anything by itself. Look at the numbers of "
        "documents, and read the lines."
    ),
    "research.how-counted": "How this is counted",
    "research.read-docs": (
        "Words are counted in the main text of documents; docs/research.md says how, and what the numbers cannot prove."
    ),
    "research.shared-documents": (
        "{count:,} {count:document is|documents are} in both sets, and {count:counts|count} in both."
    ),
    "research.empty-set": "Set {name} has no words, so there is nothing to compare.",
    "research.frequencies": "Word list",
    "research.collocates": "Words beside",
    "research.compare": "Two sets compared",
    "research.first-use": "First and last use",
    "research.counted-set": "{documents:,} {documents:document|documents}, {tokens:,} {tokens:word|words}",
    "research.words-listed": "{count:,} {count:word|words}",
    "research.no-words-listed": (
        "No word occurs often enough to be listed. Lower the fewest places, or take more documents."
    ),
    "research.evenness": "even spread",
    "research.min-hits": "Fewest places",
    "research.min-documents": "Fewest documents",
    "research.window": "Words on each side",
    "research.keep-function-words": "function words too",
    "research.left": "Before",
    "research.right": "Behind",
    "research.observed": "Together",
    "research.expected": "By chance",
    "research.dp-norm": "DP norm",
    "research.log-ratio": "Log ratio",
    "research.query": "Query",
    "research.both-sets": "Both sets from, a query",
    "research.set-a": "First set (A), a query",
    "research.set-b": "Second set (B), a query",
    "research.type-sets": (
        "Type the first set as a query, such as date:..2015 or category:statement, and the second one, or "
        "leave it empty for all other documents."
    ),
    "research.both-narrowed": "Both sets are narrowed to the documents that your search finds: {query}.",
    "research.more-in": "More in {name}",
    "research.more-words": "Show more words",
    "research.first": "First",
    "research.last": "Last",
    "research.all-documents": "all documents",
    "research.no-category": "no category",
    "research.may-be-as-early": "{count:,} other {count:document|documents} may be as early",
    "research.may-be-as-late": "{count:,} other {count:document|documents} may be as late",
    "research.partly-dated": "{count:,} with a date known in part",
    "research.undated-documents": "{count:,} undated",
    "research.explain-frequencies": (
        "A word’s share is that of the documents with it. DP says how unevenly it is spread: near 0, every "
        "document has as much of it as its length lets expect; near 1, a few documents have it all."
    ),
    "research.explain-collocates": (
        "“By chance” is how often the word would be beside these places if words were scattered at random; "
        "only words that are there as often or more are listed. logDice compares the pair with all other "
        "pairs, up to 14; MI favours rare words, t frequent ones; G² says how hard it is to explain by "
        "chance."
    ),
    "research.explain-compare": (
        "A log ratio of +1 is twice as frequent in A, +2 four times, −1 half as frequent; a set without the "
        "word counts as if it had half a place. G² is the evidence for a difference, and BIC the same with a "
        "price for the size of the sets: only words with 2 or more are listed."
    ),
    "research.explain-first-use": (
        "Documents are ordered by the first day that their date can mean. Where dates are known in part, "
        "others may be as early or as late. Undated documents are neither."
    ),
    "research.all-others": "all other documents",
    "research.no-words": (
        "The query has no word that could be counted.",
        "Type a word, a phrase in quotation marks, or a pattern such as tortur*; filters alone have no places.",
    ),
    "research.sort-keys": (
        "Lines cannot be sorted so.",
        "Use at most {most} of these keys, separated by commas: {keys}.",
    ),
    "research.too-many-series": ("A trend has 1 to {most} series.", "Give fewer queries."),
    "research.output-format": ("What to write to {path} is not said.", "Add --csv or --json."),
    "research.only-of-groups": ("--only chooses one of the groups.", "Add --group."),
    "research.written": "written: {path}, and beside it {record}",
    "research.line-limit": "A concordance has at most {most:,} of the {total:,} lines; narrow it, or draw a sample.",
    "research.unread": (
        "{count:,} {count:line is|lines are} missing: {count:its document has|their documents have} changed and not"
        " been indexed again yet."
    ),
    "research.elsewhere": (
        "{count:,} more {count:document matches|documents match} by a title, a running head or a note alone, where"
        " nothing is counted."
    ),
    "research.thin": "Thin periods have fewer than 10,000 words or 5 documents: their numbers say little.",
    "research.ranges": (
        "{count:,} {count:document has a date that spans|documents have dates that span} several periods;"
        " {count:it counts|they count} in the first of them."
    ),
    # Citations: what their readers must be told, and what is refused.
    "cite.ocr": "text recognised by OCR",
    "cite.corrected": "corrected in the archive: {fields}",
    "cite.date-guessed": "date guessed from the name of the file or folder",
    "cite.written": "wrote {path} and {record}",
    "cite.nothing": ("no document was named", "Name documents by their ids, or by --query QUERY."),
    "cite.page-of-one": ("--page goes with one document", "Name one id, or leave --page out."),
    "research.tools": "Tools for this search",
    "research.results": "Documents",
    "research.kwic": "Lines in context",
    "research.trend": "Over time",
    "research.download": "Take all of it",
    "research.type-words": "Type a word, a phrase in quotation marks, or a pattern such as tortur*.",
    "research.places": "{count:,} {count:place|places}",
    "research.in-documents": "in {count:,} of {all:,} {all:document|documents}",
    "research.per-million": "{rate:,} in a million words",
    "research.counted-written": (
        "{understood}: words counted as written, in any case and with or without accents, among {tokens:,} words "
        "of main text."
    ),
    "research.counted-stemmed": (
        "{understood}: words counted in all their forms, as the search finds them, among {tokens:,} words of main text."
    ),
    "research.sorted-by": "Sorted by",
    "research.by-date": "date",
    "research.by-title": "title",
    "research.grouped-by": "Counted by",
    "research.no-groups": "nothing",
    "research.by-node": "the words found",
    "research.context": "Context",
    "research.unit-tokens": "words",
    "research.unit-characters": "characters",
    "research.unit-sentence": "the sentence",
    "research.within": "Within",
    "research.within-text": "the text",
    "research.within-page": "one page",
    "research.within-title": "titles",
    "research.sample": "Sample of",
    "research.seed": "Number of the draw",
    "research.stemmed": "all forms of the words",
    "research.keys": "1L is the word before, 2L the one before that; 1R is the word behind.",
    "research.groups": "{count:,} {count:group|groups}",
    "research.word": "Word",
    "research.lines": "Lines",
    "research.documents": "Documents",
    "research.edge": "(edge of the text)",
    "research.only": "Only lines with {word}: {count:,}",
    "research.drawn": "{count:,} lines drawn at random, draw number {seed}. Anybody draws the same.",
    "research.document": "Line",
    "research.before": "Before",
    "research.node": "Words",
    "research.behind": "Behind",
    "research.undated": "undated",
    "research.paragraph": "Paragraph",
    "research.lines-of": "{first:,}–{last:,} of {count:,}",
    "research.no-lines": "The main text of no document has these words.",
    "research.compared-with": "Compared with",
    "research.step": "By",
    "research.step-year": "year",
    "research.step-month": "month",
    "research.step-decade": "decade",
    "research.measure": "Drawn",
    "research.measure-share": "Share of documents",
    "research.measure-rate": "Places in a million words",
    "research.measure-hits": "Places",
    "research.smooth": "Average over periods",
    "research.average-of": "Moving average of {count}",
    "research.chart-key": (
        "Hollow marks are thin periods. Upright lines are the intervals. Lines are broken where there are no documents."
    ),
    "research.period": "Period",
    "research.series": "Words",
    "research.share": "Share",
    "research.interval": "95 %",
    "research.hits": "Places",
    "research.rate": "Per million",
    "research.tokens": "Words in all",
    "research.unknown-month": "{year}, month unknown",
    "research.decade": "{year}s",
    "research.gap": "no documents",
    "research.is-thin": "thin",
    "research.intervals": (
        "The intervals are of 95 %: Wilson’s for shares, Garwood’s for rates. Words cluster in documents, so rates"
        " are less certain than their intervals say."
    ),
    # Checked quotations: what else there is to know, and what is refused.
    "quote.too-many": ("more than {most:,} quotations", "Check them in parts."),
    "quote.draft-too-long": ("the text is longer than {most:,} characters", "Check it in parts."),
    "quote.bad-table": ("the table cannot be read: {reason}", "Save it as CSV in UTF-8, with a column named quote."),
    "quote.none": (
        "no quotation was found",
        "Put them in quotation marks, or in a table with a column named quote.",
    ),
    "quote.none-checked": (
        "no quotation was checked: {count:,} {count:is|are} shorter than four words and {count:names|name} no document",
        "Name the document behind the quotation: “…” (ID, p. 3), or in a column named id.",
    ),
    "quote.unreadable": ("{path}: cannot be read: {reason}", "Save it as CSV, Markdown, plain text or DOCX."),
    "quote.not-a-text": "it is not a text, or too large",
    "quote.too-long": "longer than {most:,} characters; check it in parts",
    "quote.unknown-document": "no document has the id {id}",
    "quote.withdrawn": "{id} was withdrawn; its text is not shown",
    "quote.erased": "{id} was erased",
    "quote.other-digest": "the file of {id} is another than the one quoted, by its SHA-256",
    "quote.reissued": "the file was replaced on {day}",
    "quote.read-anew": "the text was read anew on {day}, by OCR or a better reader",
    "quote.missing-file": "the file is missing; its text is kept",
    "quote.moved": "the file was moved on {day}",
    "quote.no-such-page": "the document has no page {page}",
    "quote.no-pages": "the document has no pages, so none is named in a source",
    "quote.look-alikes": "several places are about as near, and none is chosen",
    # The page of checked quotations.
    "quote.title": "Check quotations",
    "quote.about": (
        "Paste a draft, or choose a table or a document. Quotations are in quotation marks or are blocks of"
        " their own, and the source follows: “…” (id, p. 3). Nothing that you send is kept."
    ),
    "quote.text": "Draft or table",
    "quote.file": "File: CSV, Markdown, text, DOCX or ODT",
    "quote.check": "Check",
    "quote.take-table": "Take as a table (CSV)",
    "quote.checked": "{count:,} {count:quotation|quotations}",
    "quote.ignored": "{count:,} short {count:quotation|quotations} without a document not checked",
    "quote.legend": "Struck out are words of the quotation, underlined those of the text.",
    "quote.line": "Line",
    "quote.paragraph": "Paragraph",
    "quote.quotation": "Quotation",
    "quote.outcome": "Result",
    "quote.result.verbatim": "verbatim",
    "quote.result.spacing-or-quotation-marks": "differs only in spacing or quotation marks",
    "quote.result.altered": "altered",
    "quote.result.another-page": "on another page",
    "quote.result.another-document": "in another document",
    "quote.result.text-changed": "text changed since",
    "quote.result.withdrawn": "withdrawn",
    "quote.result.not-found": "not found",
}
