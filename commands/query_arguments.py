"""The arguments of a search as a shell hands them over: words with a minus, and phrases without their quotation marks.

A shell takes quotation marks away: ``muniment search "annual report"`` hands over two words in one argument, which are
searched for as two words. That cannot be told from a query typed in single quotes, so it is searched and reported.
"""

from __future__ import annotations

import os
import re
import shlex
import stat
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import click

from corpus.messages import Message, message
from search.grammar.diagnostics import DiagnosticCollector
from search.grammar.field_names import QUERY_FIELDS, FieldUse
from search.grammar.lexer import lex
from search.grammar.query_tokens import QueryToken, TokenKind

_QUERY_MARK = "\0"
"""Put before an argument that begins with a minus and belongs to the query. No shell can hand over this character."""
_ONE_LETTER = re.compile(r"-[A-Za-z]")
_ATTACHED_NUMBER = re.compile(r"-n\d+")
_DATE = re.compile(r"=?\d[\d-]*")
_MIN_PHRASE_WORDS = 2


class QueryCommand(click.Command):
    """A command whose arguments are a query: ``-draft`` is a part of it, and ``-n 3`` is an option."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the command line."""
        return super().parse_args(ctx, list(self._marked(ctx, args)))

    def _marked(self, ctx: click.Context, args: list[str]) -> Iterator[str]:
        """Yield the arguments, those of the query that begin with a single minus with a mark before it."""
        options = {name: option for option in self.get_params(ctx) for name in option.opts}
        arguments = iter(args)
        for argument in arguments:
            option = options.get(argument)
            if argument == "--":
                yield argument
                yield from arguments
            elif (
                option or not argument.startswith("-") or argument.startswith("--") or _ATTACHED_NUMBER.match(argument)
            ):
                yield argument
                if isinstance(option, click.Option) and not option.is_flag:
                    yield from (value for value in [next(arguments, None)] if value is not None)
            elif _ONE_LETTER.fullmatch(argument):
                raise click.UsageError(str(message("command.unknown-letter", letter=argument[1])), ctx)
            else:
                yield _QUERY_MARK + argument


def query_words(_: click.Context, __: click.Parameter, words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words of a query without their marks."""
    return tuple(word.removeprefix(_QUERY_MARK) for word in words)


def query_word(_: click.Context, __: click.Parameter, word: str) -> str:
    """Return the one argument of a query without its mark."""
    return word.removeprefix(_QUERY_MARK)


def quoting_note(words: Sequence[str], *, any_word: bool) -> Message | None:
    """Return how an argument with blanks was read, and the search for the phrase; None where no phrase can be meant.

    Args:
        words: the arguments of the query.
        any_word: whether one of the words is enough.
    """
    for number, argument in enumerate(words):
        if phrase := _as_phrase(argument):
            query = " ".join([*words[:number], phrase, *words[number + 1 :]])
            field, _, rest = argument.partition(":") if ":" in argument else ("", "", argument)
            code = "command.read-as-any-words" if any_word else "command.read-as-words"
            command = f"muniment search {shlex.quote(query)}"
            if field:
                first = rest.split()[0]
                return message("command.read-as-field", field=field, word=first, command=command)
            return message(code, count=len(argument.split()), command=command)
    return _redirection_note(words)


def _as_phrase(argument: str) -> str:
    """Return an argument of words without any operator as a phrase; ``""`` where it is something else."""
    tokens = list(lex(argument, DiagnosticCollector()))
    if len(tokens) < _MIN_PHRASE_WORDS or not _is_plain(tokens[1:]) or not _is_plain([_without_field(tokens[0])]):
        return ""
    if tokens[0].prefix is None:
        return f'"{" ".join(argument.split())}"'
    field, _, value = argument.partition(":")
    return f'{field.strip()}:"{" ".join(value.split())}"'


def _is_plain(tokens: Sequence[QueryToken]) -> bool:
    """Return whether all tokens are words with nothing but their letters."""
    return all(
        token.kind in {TokenKind.WORD, TokenKind.VALUE}
        and token.prefix is None
        and token.distance is None
        and not (token.boost or token.exact or re.search(r"[*?\\,]", token.text))
        for token in tokens
    )


def _without_field(token: QueryToken) -> QueryToken:
    """Return the first token of an argument as one without its field, where that can have a phrase."""
    if token.prefix and token.prefix.field.use in {FieldUse.TEXT, FieldUse.KEYWORD} and token.text:
        return QueryToken(token.kind, 0, 0, token.text, 0, None, token.distance, token.boost, token.exact)
    return token


def _redirection_note(words: Sequence[str]) -> Message | None:
    """Return that the shell took ``>2017`` as the name of a file, where standard output goes to such a file."""
    *_, last = words or ("",)
    use = QUERY_FIELDS.get(last.removesuffix(":").lower())
    if not last.endswith(":") or not use or use.use is not FieldUse.DATE:
        return None
    with suppress(OSError):
        name = Path("/proc/self/fd/1").readlink().name
        if stat.S_ISREG(os.fstat(1).st_mode) and _DATE.fullmatch(name):
            query = " ".join([*words[:-1], f"{last}>{name}"])
            return message("command.redirected", name=name, command=f"muniment search {shlex.quote(query)}")
    return None
