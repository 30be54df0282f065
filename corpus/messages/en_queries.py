"""English sentences: diagnostics, advice and the understood query; what a request may ask for.

Areas: query, advice, understood, request, state. See `corpus.messages` for how a sentence is written.
"""

from __future__ import annotations

SENTENCES: dict[str, str | tuple[str, str]] = {
    # Labels of what to do about a query with few matches.
    "advice.each-part": "each part alone finds",
    "advice.emptied-by": "no match with",
    "advice.did-you-mean": "did you mean",
    "advice.wider-search": "wider search",
    # Names of the states of files and documents, by their stored values.
    "request.undisclosed": ("{id} was {reason}", "Name another document."),
    "state.indexed": "indexed",
    "state.indexed-without-text": "indexed without text",
    "state.partial": "partial",
    "state.failed": "failed",
    "state.duplicate": "duplicate",
    "state.replaced": "replaced by another file",
    "state.missing": "missing",
    "state.listed": "listed",
    "state.withdrawn": "withdrawn",
    "state.erased": "erased",
    "request.wrong-argument": ("{parameter} has to be {accepted}; it is {value}.", "Correct the call."),
    "request.date-order": (
        "The date filter {value} ends before it begins.",
        "Write the earlier end first, as in 2017..2019.",
    ),
    "request.slow": (
        "The answer took longer than {seconds:g} seconds, so it was given up.",
        "Ask for fewer words, for longer beginnings of words, or within a date or a category.",
    ),
    "request.no-such-page": (
        "{document_id} has no page {page}",
        "The document has {pages:,} {pages:page|pages}.",
    ),
    "request.unknown-column": ("A table has no column {name!r}.", "Name any of these, with commas between: {known}"),
    "request.unknown-facet": ("facets names {facet}, which is none of {facets}.", "Name any of these."),
    # What was wrong with a query, and how it was read instead.
    "query.too-long": "Only the first {limit:,} characters of a query are read; the rest was ignored.",
    "query.too-many-terms": "Only the first {limit} words, phrases and values are read; the rest was ignored.",
    "query.too-many-brackets": "At most {limit} brackets can be open at once; the others were ignored.",
    "query.too-many-values": "Only the first {limit} values of a list are read; the rest was ignored.",
    "query.too-many-diagnostics": "This query has more than {limit} problems; the others are not listed.",
    "query.operator-without-left": "{operator} has nothing before it and was ignored. "
    "To search for the word, put it in quotation marks.",
    "query.operator-without-right": "{operator} has nothing after it and was ignored. "
    "To search for the word, put it in quotation marks.",
    "query.sign-without-operand": "{sign} has nothing after it and was ignored.",
    "query.lowercase-operator": "“{word}” was searched for as a word. Write the operator in capitals: {operator}.",
    "query.bracket-unclosed": "This bracket is not closed; it was read as closed at the end.",
    "query.brackets-unclosed": "This bracket and {count} inside it are not closed; "
    "they were read as closed at the end.",
    "query.bracket-unopened": "This bracket closes nothing and was ignored.",
    "query.brackets-empty": "These brackets are empty.",
    "query.quotation-unclosed": "This quotation is not closed; it was read to the end.",
    "query.no-letters": "This has no letter or digit and was ignored.",
    "query.suffix-without-word": "This sign has nothing before it. "
    "Write it directly after a word, a phrase or a bracket.",
    "query.near-operands": "{operator} needs a word or phrase of the same field on both sides; it was read as AND.",
    "query.near-phrase": "{operator} compares the words of a phrase one by one; "
    "the phrase itself was searched for as well.",
    "query.near-one-word": "One word cannot be near itself. "
    "For other spellings of a word, write ~ after it without quotation marks.",
    "query.near-limit": "NEAR distance is limited to {limit:,} words.",
    "query.tilde-after-bracket": "~ follows a word or a phrase, not a bracket; it was ignored.",
    "query.fuzzy-limit": "Fuzzy search is limited to {limit} letters of difference.",
    "query.fuzzy-zero": "Fuzzy search needs at least 1 letter of difference; ~ was ignored.",
    "query.fuzzy-pattern": "A word with * or ? cannot be fuzzy; ~ was ignored.",
    "query.wildcard-in-quotes": "* and ? are not wildcards inside quotation marks.",
    "query.question-mark": "? is a wildcard for one more letter after “{word}”. If you meant a question, leave it out.",
    "query.filter-boosted": "A filter cannot be boosted; ^ was ignored.",
    "query.boost-limit": "A boost is limited to {limit:g}.",
    "query.unknown-field": "There is no field “{name}”; this part was ignored. "
    "To search for it as text, put it in quotation marks.",
    "query.no-page-filter": "Hits cannot be limited to a page, as each hit names the pages with matches; "
    "this part was ignored. To search for it as text, put it in quotation marks.",
    "query.no-saved-queries": "Queries cannot be called by a name; this part was ignored. "
    "To search for it as text, put it in quotation marks.",
    "query.space-after-colon": "Read as {field}: with the next word. Write no space after the colon.",
    "query.minus-after-colon": "The minus was read as if it were before {field}. Write it there.",
    "query.space-after-comma": "Write no space after the commas of a list of values.",
    "query.scope-missing": "in: has no field after it. Write in:title.",
    "query.scope-unknown": "in: cannot search in “{name}”. Fields with words: {fields}.",
    "query.scope-negated": "in: cannot be negated. Write -{field}:word.",
    "query.scope-without-words": "in:{field} has no words to apply to.",
    "query.scope-as-filter": "in: applies to the words of a query and cannot be a filter.",
    "query.value-missing": "{field}: has no value after it. Write {field}:{value}.",
    "query.value-none": "Every document has {field:a}.",
    "query.category-unknown": "“{value}” is not a category of this archive. Categories: {known}.",
    "query.part-of-names": "“{part}” is part of the name of {field:a}; searched: {names}.",
    "query.part-of-many-names": "“{part}” is part of many names; the {searched} with most documents are searched: "
    "{names} and {others} more.",
    "query.name-unknown": "No document has {field:a} with “{name}” in the name.",
    "query.value-unknown": "“{value}” is not a known {field}. Write its code or name, such as {code} or {name}.",
    "query.value-wildcard": "{field}: compares whole values; * and ? are not wildcards in it.",
    "query.state-unknown": "There is no state “{state}”. States: {states}.",
    "query.state-not-in-index": "What is {state} is not in the index and no query finds it. "
    "To list it: muniment status --list {state}",
    "query.has-unknown": "has: cannot look for “{name}”. Fields that a document may lack: {fields}.",
    "query.date-invalid": "“{text}” is not a date of the calendar. "
    "Write 2019, 2019-03, 2019-03-04, 2017..2019, >=2017 or last-year.",
    "query.date-ambiguous": "“{text}” does not say which number is the month. "
    "Write the year first: 2019-03-04 is 4 March 2019.",
    "query.date-before-christ": "“{text}” is before the year 1, and such dates are not supported. "
    "The earliest date is 0001; search for the words themselves instead.",
    "query.date-empty": "“{text}” contains no day.",
    "query.date-reversed": "This range ends before it begins; its ends were exchanged.",
    # A query in words; rows are composed, the outermost is ``understood.list``.
    "understood.list": "{left}, {right}",
    "understood.and": "{left} AND {right}",
    "understood.or": "{left} OR {right}",
    "understood.group": "({part})",
    "understood.not": "not {part}",
    "understood.boosted": "{part} (weight {factor:g})",
    "understood.everything": "every document",
    "understood.nothing": "no document",
    "understood.part-without-matches": "a part that matches no document",
    "understood.exact": "exactly {word}",
    "understood.phrase": "“{words}”",
    "understood.near": "{left} near {right}",
    "understood.within-distance": "{words} (at most {distance} other {distance:word|words} between)",
    "understood.adjacent": "{words} (no other words between)",
    "understood.prefix": "words beginning with {letters}",
    "understood.suffix": "words ending in {letters}",
    "understood.pattern": "words of the form {pattern}",
    "understood.fuzzy": "words like {word} (up to {edits} {edits:letter|letters} different)",
    "understood.in-field": "{words} in the {field}",
    "understood.in-file-name": "{words} in the file’s name",
    "understood.is": "{field} is {value}",
    "understood.is-not": "{field} is not {value}",
    "understood.is-either": "{field} is {values} or {last}",
    "understood.is-neither": "{field} is neither {values} nor {last}",
    "understood.has": "with {field:a}",
    "understood.without": "without {field:a}",
    "understood.has-text": "with text",
    "understood.without-text": "without text",
    "understood.has-date": "dated",
    "understood.undated": "undated",
    "understood.dated": "dated {dates}",
    "understood.not-dated": "not dated {dates}",
    "understood.wholly-within": "wholly within {dates}",
    "understood.from-to": "{first} to {last}",
    "understood.or-later": "{date} or later",
    "understood.or-earlier": "{date} or earlier",
    "understood.any-date": "at any time",
    "understood.similar": "documents similar to {title}",
    "understood.duplicate": "{id} is a duplicate of {original}, which answers for it.",
}
