"""What is refused before a parser builds a tree of it: parsers are superlinear in nesting and attributes.

The scan is linear, and stops at the first excess. It never counts less than what a parser would build: an end
tag closes an element only where every parser would agree, so that broken markup counts as deeper than it is.
"""

from __future__ import annotations

import re
from itertools import islice

from django.utils.translation import gettext_lazy

MAX_DEPTH = 100
MAX_BYTES = 2_000_000
MAX_ATTRIBUTES = 100
MAX_TAGS = 400_000  # six megabytes from Word have 160,000


def names(text: str) -> frozenset[str]:
    """The words of `text`, as a set of names of elements."""
    return frozenset(text.split())


class RichTextError(ValueError):
    """A body is refused. Its text is a sentence for the person who sent it."""


TOO_LARGE = gettext_lazy(
    "This text is longer than {megabytes} MB with its formatting. Paste it without pictures, or in parts."
)
TOO_DEEP = gettext_lazy(
    "This text’s formatting is nested over 100 levels deep or never closed. Paste it as plain text and format it again."
)

TOO_MANY = gettext_lazy(
    "This text has too many pieces of formatting to be read at once. Paste it as plain text, or in parts."
)

# Elements whose content depends on what surrounds them become ones whose content does not.
_RAW = "script|style|textarea|title|xmp|iframe|noembed|noframes|noscript"
_ODD = "svg|math|select|template|frameset|plaintext"
_FOLDED = re.compile(rf"<(/?)(?:({_RAW})|({_ODD}))(?=[\t\n\f\r />])", re.IGNORECASE)

_SPACE = r"\t\n\f\r "
_VALUE = rf"\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z)|[^{_SPACE}>\"'][^{_SPACE}>]*+"
_ATTRIBUTE = rf"[^{_SPACE}/>][^{_SPACE}/>=]*+(?:[{_SPACE}]*+=[{_SPACE}]*+(?:{_VALUE})?+)?+"
_ATTRIBUTES = re.compile(_ATTRIBUTE)
_TOKEN = re.compile(
    r"<!--(?:-?>|.*?(?:--!?>|\Z))"
    r"|<[!?][^>]*+>?"
    r"|</[^a-zA-Z>][^>]*+>?"
    rf"|<(/?)([a-zA-Z][^{_SPACE}/>]*+)((?:[{_SPACE}/]++|{_ATTRIBUTE})*+)>?",
    re.DOTALL,
)
_STYLE_ENDS = re.compile(rf"</style(?=[{_SPACE}/>])", re.IGNORECASE)
_UNKEEPABLE = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")

_VOID = names(
    "area base basefont bgsound br col embed frame hr image img input keygen link meta param source track wbr"
)
_PARTS_OF_A_ROW = {"tr", "td", "th", "p"}
_CLOSED_BY = {
    "p": {"p"},
    "li": {"li", "p"},
    "dt": {"dt", "dd", "p"},
    "dd": {"dt", "dd", "p"},
    "option": {"option"},
    "td": {"td", "th", "p"},
    "th": {"td", "th", "p"},
    "tr": _PARTS_OF_A_ROW,
    "thead": {"thead", "tbody", "tfoot", *_PARTS_OF_A_ROW},
    "tbody": {"thead", "tbody", "tfoot", *_PARTS_OF_A_ROW},
    "tfoot": {"thead", "tbody", "tfoot", *_PARTS_OF_A_ROW},
}
# Formatting that is not closed properly is opened again by the parser in every later paragraph.
_FORMATTING = names("a b big code em font i nobr s small strike strong tt u")


def tame(html: str, *, max_bytes: int = MAX_BYTES) -> str:
    """`html` made fit for a parser, with characters that no database keeps dropped.

    Raises RichTextError where it is larger than `max_bytes`, nested deeper than MAX_DEPTH, has more than MAX_TAGS
    tags or a tag with more than MAX_ATTRIBUTES attributes.
    """
    refuse_bytes(len(html), max_bytes=max_bytes)
    tamed = _UNKEEPABLE.sub("", html)
    refuse_large(tamed, max_bytes=max_bytes)
    if tamed.count("<") > MAX_TAGS:
        raise RichTextError(TOO_MANY)
    tamed = _FOLDED.sub(lambda found: f"<{found[1]}{'style' if found[2] else f'x-{found[3].lower()}'}", tamed)
    _refuse_deep(tamed)
    return tamed


def refuse_large(html: str, *, max_bytes: int = MAX_BYTES) -> None:
    """Raise RichTextError for more than `max_bytes`."""
    refuse_bytes(len(html.encode()), max_bytes=max_bytes)


def refuse_bytes(size: int, *, max_bytes: int) -> None:
    """Raise RichTextError for a size of more than `max_bytes`."""
    if size > max_bytes:
        raise RichTextError(TOO_LARGE.format(megabytes=max_bytes // 1_000_000))


def words(html: str) -> str:
    """The text between the tags of a body that was refused, so that it can be shown again. Linear, not
    cleaned.
    """
    return _TOKEN.sub(" ", html)


def _refuse_deep(html: str) -> None:
    open_tags: list[str] = []
    position = 0
    while token := _TOKEN.search(html, position):
        position = token.end()
        closes, name, attributes = token.groups()
        if name is None:
            continue
        name = name.lower()
        if len(attributes) > 4 * MAX_ATTRIBUTES and _has_too_many(attributes):
            raise RichTextError(TOO_DEEP)
        if closes:
            _close(open_tags, name)
        elif name == "style":
            ends = _STYLE_ENDS.search(html, position)
            if ends is None:
                return
            position = ends.start()
        elif name not in _VOID:
            while open_tags and open_tags[-1] in _CLOSED_BY.get(name, ()):
                open_tags.pop()
            open_tags.append(name)
            if len(open_tags) > MAX_DEPTH:
                raise RichTextError(TOO_DEEP)


def _has_too_many(attributes: str) -> bool:
    return next(islice(_ATTRIBUTES.finditer(attributes), MAX_ATTRIBUTES, None), None) is not None


def _close(open_tags: list[str], name: str) -> None:
    last = len(open_tags) - 1
    if name not in _FORMATTING:
        while last >= 0 and open_tags[last] != name and open_tags[last] in _CLOSED_BY:
            last -= 1
    if last >= 0 and open_tags[last] == name:
        del open_tags[last:]
