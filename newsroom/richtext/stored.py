"""What is done with bodies as they are stored: cleaning, anchors, what they refer to, their blocks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import unescape

from selectolax.lexbor import LexborHTMLParser

from newsroom.richtext.allowed import number, sanitiser
from newsroom.richtext.document import Block, write
from newsroom.richtext.limits import refuse_large, tame
from newsroom.richtext.reading import read
from newsroom.slugs import slugify_headline

_SANITISER = sanitiser()
_HEADING = re.compile(r'<(h[23])(?: id="[^"]*")?>(.*?)</\1>', re.DOTALL)
_ANCHORED = re.compile(r'<h2 id="([^"]+)">(.*?)</h2>', re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_ANCHOR_LIMIT = 60


@dataclass(frozen=True)
class Subhead:
    """A subhead as a table of contents has it: the id that leads to it, and its words."""

    anchor: str
    words: str


@dataclass(frozen=True)
class References:
    """What a body refers to, in order, each once."""

    photos: list[int] = field(default_factory=list)
    articles: list[int] = field(default_factory=list)


def clean(html: str, *, is_document: bool = False) -> str:
    """Any HTML as a body that may be stored and shown; cleaning twice changes nothing.

    A whole document's headings are ranked by its own outline. Raises RichTextError where it is too large, as it comes
    or as it would be stored, or nested too deeply.
    """
    return written(read(tame(html), is_document=is_document))


def written(blocks: Iterable[Block]) -> str:
    """Blocks as a body that may be stored and shown. Raises RichTextError where it would be too large."""
    html = write(blocks)
    refuse_large(html)
    return _SANITISER.clean(html)


def anchor(html: str) -> str:
    """A cleaned body whose subheads have ids made from their text, as a revision stores it."""
    given: set[str] = set()

    def identified(heading: re.Match[str]) -> str:
        name, inner = heading.groups()
        stem = "h-" + slugify_headline(unescape(_TAG.sub(" ", inner)), _ANCHOR_LIMIT)
        unique, count = stem, 1
        while unique in given:
            count += 1
            unique = f"{stem}-{count}"
        given.add(unique)
        return f'<{name} id="{unique}">{inner}</{name}>'

    return _HEADING.sub(identified, html)


def subheads(html: str) -> list[Subhead]:
    """The subheads of the first rank of an anchored body, in order; of a body without anchors, none."""
    return [
        Subhead(anchor, " ".join(unescape(_TAG.sub("", inner)).split())) for anchor, inner in _ANCHORED.findall(html)
    ]


def references(html: str) -> References:
    """The photos and stories that a cleaned body refers to by id."""
    if "data-photo" not in html and "data-article" not in html:
        return References(photos=[], articles=[])  # most bodies, and not worth reading
    tree = LexborHTMLParser(f"<body>{html}")
    found: dict[str, dict[int, None]] = {"data-photo": {}, "data-article": {}}
    for node in tree.css("figure[data-photo], a[data-article]"):
        for name, ids in found.items():
            if value := number(node.attributes.get(name) or ""):
                ids[int(value)] = None
    return References(photos=list(found["data-photo"]), articles=list(found["data-article"]))


def blocks(html: str) -> list[str]:
    """The top-level blocks of a cleaned body, in order; joined they are the body again."""
    body = LexborHTMLParser(f"<body>{html}").body
    return [] if body is None else [node.html or "" for node in body.iter(include_text=True)]
