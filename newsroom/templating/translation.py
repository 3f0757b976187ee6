"""`{% translate %}` and `{% blocktranslate %}` in Jinja2's templates, as in Django's.

So `makemessages`, which knows Django's words only, finds what is to be translated, and messages are those that
Django's templates would have.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import Any, NoReturn

from django.utils.translation import get_language, gettext, ngettext, npgettext, pgettext
from jinja2 import Environment, nodes, pass_context
from jinja2.ext import Extension
from jinja2.parser import Parser
from jinja2.runtime import Context
from markupsafe import Markup

# What depends on the context is not worked out when a template is compiled: the language may be another one then.
SAY, FILL = "translation.say", "translation.fill"

_language: ContextVar[str | None] = ContextVar("the language of the page")


@contextmanager
def speaking() -> Iterator[None]:
    """Render in the language that is active now: a page has a hundred messages, and asks for it once."""
    before = _language.set(get_language())
    try:
        yield
    finally:
        _language.reset(before)


def page_language() -> str | None:
    """The language in which a template is being rendered, and outside of one the active one."""
    return _language.get(None) or get_language()


class Translation(Extension):
    """The two tags.

    `{% translate "…" [context "…"] %}` is escaped. `{% blocktranslate [trimmed] [count name=…] [name=…, …]
    [context "…"] %}…{% plural %}…{% endblocktranslate %}` is not, but the values that it names are: those given in the
    tag, and no others.
    """

    tags = {"translate", "blocktranslate"}  # noqa: RUF012 - as Jinja2 declares it

    def __init__(self, environment: Environment) -> None:
        """Both tags are filters in the end: as functions each call would cost twice as much."""
        super().__init__(environment)
        environment.filters |= {SAY: _say, FILL: _fill}

    def parse(self, parser: Parser) -> nodes.Node:
        """What a tag compiles to. Raises TemplateSyntaxError for what Django's tag would not take."""
        tag = next(parser.stream)
        if tag.value == "translate":
            message = parser.stream.expect("string").value
            # A percent sign is doubled where messages are gathered, as in those of blocktranslate.
            said = _filtered(nodes.Const(message.replace("%", "%%")), SAY, _context(parser))
            return nodes.Output([said]).set_lineno(tag.lineno)
        return self._block(parser, tag.lineno)

    def _block(self, parser: Parser, line: int) -> nodes.Node:
        trimmed = bool(parser.stream.skip_if("name:trimmed"))
        counts = parser.stream.skip_if("name:count")
        counted, given = "", []
        while parser.stream.current.type == "name" and parser.stream.look().type == "assign":
            name = parser.stream.expect("name").value
            parser.stream.expect("assign")
            counted = counted or (name if counts else "")
            given.append(nodes.Pair(nodes.Const(name), parser.parse_expression()))
            parser.stream.skip_if("comma")
        context = _context(parser)
        parser.stream.expect("block_end")
        names = {pair.key.value for pair in given}  # type: ignore[attr-defined]  # each is the constant of above
        singular, ending = _text(parser, names, ("plural", "endblocktranslate"), trimmed=trimmed)
        plural = ""
        if ending == "plural":
            parser.stream.expect("block_end")
            plural, _ = _text(parser, names, ("endblocktranslate",), trimmed=trimmed)
        if bool(plural) != bool(counted):
            parser.fail("A count and a plural go together.", line)
        filled = _filtered(nodes.Dict(given), FILL, singular, plural, counted, context)
        return nodes.Output([filled]).set_lineno(line)


def _filtered(what: nodes.Expr, name: str, *told: str) -> nodes.Filter:
    return nodes.Filter(what, name, [nodes.Const(each) for each in told], [], None, None)


@pass_context
def _say(_: Context, message: str, context: str) -> str:
    return _said(message, context, page_language()).replace("%%", "%")


@pass_context
def _fill(_: Context, values: dict[str, Any], singular: str, plural: str, counted: str, context: str) -> Markup:
    if not counted:
        text = _said(singular, context, page_language())
    elif context:
        text = npgettext(context, singular, plural, values[counted])
    else:
        text = ngettext(singular, plural, values[counted])
    return Markup(text) % values  # noqa: S704 - the text is a template's or a catalogue's, and escapes its values


@lru_cache(maxsize=1024)
def _said(message: str, context: str, language: str | None) -> str:
    return pgettext(context, message) if context else gettext(message)


def _context(parser: Parser) -> str:
    return str(parser.stream.expect("string").value) if parser.stream.skip_if("name:context") else ""


def _text(parser: Parser, names: set[str], endings: tuple[str, ...], *, trimmed: bool) -> tuple[str, str]:
    """The message until one of these tags, with `%(name)s` for each `{{ name }}`; and the tag, just read."""
    pieces: list[str] = []
    while True:
        token = next(parser.stream)
        match token.type:
            case "data":
                pieces.append(token.value.replace("%", "%%"))
            case "variable_begin":
                name = parser.stream.expect("name")
                if name.value not in names:
                    parser.fail(f"{name.value} is not given in the tag.", name.lineno)
                pieces.append(f"%({name.value})s")
                parser.stream.expect("variable_end")
            case "block_begin" if parser.stream.current.value in endings:
                ending = next(parser.stream).value
                text = "".join(pieces)
                return (_trimmed(text) if trimmed else text), ending
            case _:
                _refuse(parser, token.lineno)


def _trimmed(text: str) -> str:
    """As Django's `trim_whitespace`: each line without its margins, one space between them."""
    return re.sub(r"\s*\n\s*", " ", text.strip())


def _refuse(parser: Parser, line: int) -> NoReturn:
    parser.fail("Inside blocktranslate there are words and names, and nothing else.", line)
