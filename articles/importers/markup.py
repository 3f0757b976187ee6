"""Copy out of HTML of any origin: a document says itself what its headings and lists are."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from selectolax.lexbor import LexborHTMLParser, LexborNode

from articles.importers.copy import Copy, CopyError
from articles.importers.endmatter import ends_in_read_more, names_in
from articles.importers.plain import LONGEST_HEADLINE, assembled
from articles.importers.units import Unit
from newsroom import plaintext, richtext
from newsroom.richtext.limits import tame

_PARAGRAPH = re.compile(r"<(?P<tag>p|h2|h3)>(?P<inner>.*)</(?P=tag)>", re.DOTALL)
_PLACE = "\ue000"
_LINE = re.compile(r"<br>|</?(?:ul|ol|li|p|h2|h3|blockquote|a|td|th|tr|table|thead|tbody)(?:\s[^>]*)?>")


def read_markup(html: str, *, title: str = "", is_page: bool = False) -> Copy:
    """The parts of a document's HTML; `title` is what it says of itself. Raises CopyError or RichTextError.

    The headline of a web page (`is_page`) may stand below other things; that of a document is its first line.
    """
    body = LexborHTMLParser(f"<body>{tame(html)}").body
    pictures = 0
    headline = ""
    if body is not None:
        pictures = len(body.css("img"))
        headline = _headline(body, is_page=is_page)
        html = body.inner_html or ""
    units = _from_the_headline(_units(richtext.blocks(richtext.clean(html, is_document=True))))
    has_headings = any(unit.is_block and unit.html.startswith("<h") for unit in units)
    if not headline and units and not _may_be_headline(units[0]):
        headline = title
    if not (units or headline):
        raise CopyError(_("There is no text in this."))
    copy = assembled(units, headline=headline, with_subheads=not has_headings)
    if pictures:
        told = ngettext(
            "A picture was left out. Add pictures from the media library.",
            "%(number)s pictures were left out. Add pictures from the media library.",
            pictures,
        )
        copy.notes.append(told % {"number": pictures})
    return copy


def _headline(body: LexborNode, *, is_page: bool) -> str:
    """The title, or the first heading of the first rank; in the document its place is marked."""
    first = body.css_first("h1.title") or body.css_first("h1")
    if first is None:
        return ""
    text = plaintext.from_html(first.html or "")
    opening = _units(richtext.blocks(richtext.clean(body.inner_html or "")))[:1]
    starts_otherwise = opening and not opening[0].is_block and _may_be_headline(opening[0])
    if starts_otherwise and not is_page and "title" not in (first.attributes.get("class") or ""):
        return ""
    first.replace_with(_PLACE)
    return text


def _from_the_headline(units: list[Unit]) -> list[Unit]:
    """The units without the mark of the headline's place; what stood above it is marked as astray."""
    place = next((position for position, unit in enumerate(units) if _PLACE in unit.text), None)
    if place is None:
        return units
    for unit in units[:place]:
        unit.is_stray = True
    marked = units[place]
    marked.text, marked.html = marked.text.replace(_PLACE, "").strip(), marked.html.replace(_PLACE, "")
    return [unit for unit in units if unit.text or unit.is_block]


def _may_be_headline(unit: Unit) -> bool:
    return unit.html.startswith("<h") or (
        not unit.is_block and len(unit.text) <= LONGEST_HEADLINE and not unit.is_closed
    )


def _units(blocks: list[str]) -> list[Unit]:
    units: list[Unit] = []
    for block in blocks:
        text = plaintext.from_html(block)
        paragraph = _PARAGRAPH.fullmatch(block)
        parts = [part for part in (plaintext.from_html(line) for line in _LINE.split(block)) if part]
        if len(parts) > 1 and any(ends_in_read_more(part) or names_in(part, labelled_only=True) for part in parts):
            units += map(Unit.of_text, parts)
        elif paragraph and paragraph["tag"] == "p":
            units.append(Unit(text, paragraph["inner"]))
        else:
            units.append(Unit(text, block, is_block=True))
    return units
