"""Plain text from rich text, and cutting it to a length without hurting a word."""

from __future__ import annotations

import regex
from selectolax.lexbor import LexborHTMLParser, LexborNode

ELLIPSIS = "…"

# Text inside these runs on into what stands beside it; every other element begins and ends a piece of text.
_INLINE = frozenset(
    {
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "cite",
        "code",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "mark",
        "q",
        "s",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "u",
        "var",
    }
)
_DROPPED = frozenset({"head", "script", "style", "template", "noscript"})
_GRAPHEME = regex.compile(r"\X")
_DANGLING = ".,;:–—-/ “‘„‚«‹\"'([{"
# White space but for the narrow one that French marks stand off their words with.
_SPACES = regex.compile(r"[^\S\u202f]+")


def from_html(html: str) -> str:
    """A body's text: entities decoded, white space collapsed, one space between blocks, lines and cells."""
    body = LexborHTMLParser(f"<body>{html}").body
    if body is None:
        return ""
    pieces: list[str] = []
    last_container = None
    for node in body.traverse(include_text=True):
        if node.tag == "br":
            pieces.append(" ")
        elif node.tag == "-text":
            container = _container(node)
            if container is None:
                continue
            if container != last_container:
                pieces.append(" ")
            last_container = container
            pieces.append(node.text_content or "")
    return " ".join("".join(pieces).split())


def _container(node: LexborNode) -> int | None:
    """What identifies the block that a text stands in; None where it is no text for readers."""
    parent = node.parent
    while parent is not None and parent.tag in _INLINE:
        parent = parent.parent
    return None if parent is None or parent.tag in _DROPPED else parent.mem_id


def one_line(text: str) -> str:
    """`text` on one line: each stretch of white space is one space, none stands at the ends, and marks keep theirs."""
    return _SPACES.sub(" ", text).strip()


def shorten(text: str, limit: int = 120) -> str:
    """`text` with its white space collapsed and, where longer than `limit` characters, cut with an ellipsis.

    The result has at most `limit` code points, ellipsis counted, and so at most as many graphemes. It is cut
    after a word; a first word longer than that is cut after a grapheme.
    """
    text = " ".join(text.split())
    if len(text) <= limit:
        return text
    ends = {0}
    end = word_end = 0
    for grapheme in _GRAPHEME.finditer(text):
        if grapheme.group()[0].isspace():  # a mark that combines with the space is of the next word
            word_end = grapheme.start()
        if grapheme.end() >= limit:
            break
        end = grapheme.end()
        ends.add(end)
    cut = word_end or end
    tidy = len(text[:cut].rstrip(_DANGLING))
    if tidy and tidy in ends:
        cut = tidy
    return text[:cut] + ELLIPSIS if limit > 0 else ""
