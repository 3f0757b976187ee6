"""Copy as units, one for each line of a text or block of a document, and what kind of thing each of them is.

The rules are those of a person who reads a page without seeing its type sizes: a short line without a full stop
before a longer paragraph is a subhead, "1. Autos and quotas" alone on its line is one level below it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from django.utils.translation import gettext as _

SHORT = 80
LONG = 80

_BULLET = re.compile(r"(?P<mark>[-–•*·▪◦‣●■])(?:\s+|$)")
_NUMBER = re.compile(r"(?P<number>[0-9]{1,2})[.)]\s+(?=\S)")
_MARKER = re.compile(r"^((?:<[^>]*>)*)(?:[-–•*·▪◦‣●■]|[0-9]{1,2}[.)])\s+")
_CLOSED = re.compile(r"[.,;:!?…](?:[\"'”’»)\]]|\[[0-9]+\])*$")
_QUESTION = re.compile(r"\?[\"'”’»)\]]*$")
_ALL_BOLD = re.compile(r"<strong>(?:(?!</strong>).)*</strong>", re.DOTALL)
# Lines that pages carry under their headline and that are no subheads.
_PAGE_FURNITURE = re.compile(
    r"(?:(?:first )?published|(?:last )?updated|posted|(?:mon|tues|wednes|thurs|fri|satur|sun)day\b.*[0-9]"
    r"|[0-9]{1,2}(?:st|nd|rd|th)? \w+ [0-9]{4}|\w+ [0-9]{1,2}, [0-9]{4}|[0-9]{4}-[0-9]{2}-[0-9]{2}"
    r"|[0-9]+ min(?:ute)?s?\b|share\b|save$|print$|advertisement$)",
    re.IGNORECASE,
)


@dataclass
class Unit:
    """A paragraph with its inner HTML, or (`is_block`) anything else with its whole HTML.

    `is_stray` is what stood above the headline: it is kept as a paragraph, whatever it looks like.
    """

    text: str
    html: str
    is_block: bool = False
    is_stray: bool = False

    @classmethod
    def of_text(cls, text: str) -> Unit:
        """A paragraph of plain text."""
        return cls(text, escape(text, quote=False))

    @property
    def is_bullet(self) -> bool:
        """Whether it is a point of a list, or the mark alone before its text."""
        return not self.is_block and bool(_BULLET.match(self.text))

    @property
    def number(self) -> int | None:
        """The number that it begins with, as of a list or a numbered subhead."""
        found = None if self.is_block else _NUMBER.match(self.text)
        return int(found["number"]) if found else None

    @property
    def is_closed(self) -> bool:
        """Whether it ends as sentences do."""
        return bool(_CLOSED.search(self.text))

    @property
    def is_line(self) -> bool:
        """Whether it is short and open, as subheads are."""
        return not self.is_block and len(self.text) <= SHORT and not self.is_closed

    @property
    def is_bold_line(self) -> bool:
        """Whether it is short, and bold from end to end."""
        return not self.is_block and len(self.text) <= SHORT and bool(_ALL_BOLD.fullmatch(self.html))

    def is_longer_paragraph(self, than: Unit) -> bool:
        """Whether it is a paragraph that a subhead could stand before."""
        plain = not self.is_block and not self.is_bullet
        return plain and len(self.text) > len(than.text) and (len(self.text) > LONG or self.is_closed)

    def without_marker(self) -> str:
        """Its inner HTML without the bullet or number."""
        return _MARKER.sub(r"\1", self.html, count=1)


def structured(units: Sequence[Unit], *, with_subheads: bool = True) -> tuple[str, list[str]]:
    """The units as HTML, and notes on what may not be what it seems.

    Without `with_subheads` only lists are found: the document says itself what its subheads are.
    """
    return _Structure(units, with_subheads=with_subheads).html()


class _Structure:
    """One reading of a sequence of units."""

    def __init__(self, units: Sequence[Unit], *, with_subheads: bool) -> None:
        self.units = units
        self.with_subheads = with_subheads
        self.notes: list[str] = []
        self.last_number = 0

    def html(self) -> tuple[str, list[str]]:
        """The HTML and the notes."""
        written: list[str] = []
        position = 0
        while position < len(self.units):
            html, taken = self._next(position)
            written.append(html)
            position += taken
        return "".join(written), self.notes

    def _next(self, position: int) -> tuple[str, int]:
        """The HTML of what begins at `position`, and how many units it takes."""
        unit = self.units[position]
        if unit.is_block:
            return unit.html, 1
        if unit.is_stray:
            return f"<p>{unit.html}</p>", 1
        if unit.is_bullet:
            return self._bullets(position)
        if unit.number is not None:
            return self._numbered(position)
        if self.with_subheads and self._is_subhead(position):
            self.last_number = 0
            return f"<h2>{unit.html}</h2>", 1
        return f"<p>{unit.html}</p>", 1

    def _bullets(self, position: int) -> tuple[str, int]:
        items: list[str] = []
        end = position
        while end < len(self.units) and self.units[end].is_bullet:
            if len(self.units[end].text) > 1:
                items.append(self.units[end].without_marker())
            elif end + 1 < len(self.units) and not self.units[end + 1].is_block:
                end += 1
                items.append(self.units[end].html)
            end += 1
        return f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>" if items else "", end - position

    def _numbered(self, position: int) -> tuple[str, int]:
        first = self.units[position].number or 0
        end = position + 1
        while end < len(self.units) and self.units[end].number == first + end - position:
            end += 1
        run = self.units[position:end]
        goes_on = self.last_number and first == self.last_number + 1
        if len(run) > 1 and not (goes_on and all(unit.is_line for unit in run)):
            items = "".join(f"<li>{unit.without_marker()}</li>" for unit in run)
            return f'<ol start="{first}">{items}</ol>', len(run)
        unit = run[0]
        if self.with_subheads and unit.is_line and position + 1 < len(self.units):
            self.last_number = first
            return f"<h3>{unit.html}</h3>", 1
        return f"<p>{unit.html}</p>", 1

    def _is_subhead(self, position: int) -> bool:
        unit = self.units[position]
        following = self.units[position + 1] if position + 1 < len(self.units) else None
        if following is None or _PAGE_FURNITURE.match(unit.text):
            return False
        if unit.is_bold_line and not unit.is_closed:
            return True
        introduces = (
            following.is_block
            or following.is_bullet
            or (following.number is not None and following.is_line)
            or following.is_longer_paragraph(unit)
        )
        if unit.is_line:
            return introduces
        if len(unit.text) <= SHORT and _QUESTION.search(unit.text) and following.is_longer_paragraph(unit):
            self.notes.append(_("“%(text)s” may be a subhead; it was kept as a paragraph.") % {"text": unit.text})
        return False


def furniture(units: Sequence[Unit]) -> list[str]:
    """What a page had around its story: all that stood above the headline, dates and reading times below it."""
    strays = [unit.text for unit in units if unit.is_stray]
    below = [unit for unit in units if not unit.is_stray][:4]
    return strays + [unit.text for unit in below if unit.is_line and _PAGE_FURNITURE.match(unit.text)]
