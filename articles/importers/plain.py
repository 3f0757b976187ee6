"""Plain text, as it comes out of a saved web page, a wire or a mail."""

from __future__ import annotations

import re
from itertools import pairwise

from django.utils.translation import gettext as _

from articles.importers import endmatter
from articles.importers.copy import Copy, CopyError
from articles.importers.units import Unit, furniture, structured
from newsroom import plaintext, richtext

LONGEST_HEADLINE = 200
LONGEST_STANDFIRST = 500

_INVISIBLE = re.compile(r"[\u200b\u2060\ufeff\u00ad\x00-\x08\x0e-\x1f\x7f]")
_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_LABEL = re.compile(r"(?P<name>headline|title|standfirst|summary)\s*:\s*(?P<text>\S.*)", re.IGNORECASE)

# Mail and wires break lines at a width; web pages do not.
_WIDEST_WRAP = 90
_NARROWEST_WRAP = 50


def read_plain(text: str) -> Copy:
    """The parts of a piece of plain text. Raises CopyError where there is none."""
    lines = _unwrapped(_lines(text))
    if not lines:
        raise CopyError(_("There is no text in this."))
    return assembled([Unit.of_text(line) for line in lines])


def assembled(units: list[Unit], *, headline: str = "", with_subheads: bool = True) -> Copy:
    """Copy out of units: headline (the first of them, unless given), standfirst, byline, related stories, body."""
    copy = Copy(headline=headline)
    _take_top(copy, units)
    found = endmatter.find([unit.text for unit in units])
    copy.bylines, copy.related = found.bylines, found.related
    kept = [units[position] for position in found.body]
    copy.unplaced = furniture(kept) + [units[position].text for position in found.unplaced]
    body, notes = structured(kept, with_subheads=with_subheads)
    copy.body = richtext.clean(body)
    copy.notes += notes
    return copy


def _take_top(copy: Copy, units: list[Unit]) -> None:
    """Move the headline and a labelled standfirst from the units into the copy."""
    labelled = {"headline": "headline", "title": "headline", "standfirst": "standfirst", "summary": "standfirst"}
    for unit in list(units[:3]):
        label = _LABEL.fullmatch(unit.text)
        if label and not getattr(copy, labelled[label["name"].lower()]):
            setattr(copy, labelled[label["name"].lower()], label["text"])
            units.remove(unit)
    if not copy.headline and units:
        copy.headline = units.pop(0).text
    while units and units[0].text.casefold() == copy.headline.casefold():
        del units[0]
    cut = {
        "headline": _("The headline was longer than %(limit)s characters. It was cut, and stands whole in the body."),
        "standfirst": _(
            "The standfirst was longer than %(limit)s characters. It was cut, and stands whole in the body."
        ),
    }
    for name, limit in (("headline", LONGEST_HEADLINE), ("standfirst", LONGEST_STANDFIRST)):
        whole = getattr(copy, name)
        if len(whole) > limit:
            setattr(copy, name, plaintext.shorten(whole, limit))
            units.insert(0, Unit.of_text(whole))
            copy.notes.append(cut[name] % {"limit": limit})


def _lines(text: str) -> list[str]:
    """The lines without white space around them; an empty one stands between those that were apart."""
    plain = _INVISIBLE.sub("", _LINE_ENDS.sub("\n", text))
    return [" ".join(line.split()) for line in plain.split("\n")]


def _unwrapped(lines: list[str]) -> list[str]:
    """Paragraphs one a line, and no empty lines: what was broken at a width is joined again."""
    width = max(map(len, lines), default=0)
    followed = [line for line, following in pairwise(lines) if len(line) >= _NARROWEST_WRAP and following]
    unfinished = [line for line in followed if not Unit.of_text(line).is_closed]
    if width > _WIDEST_WRAP or len(followed) >= 2 * len(unfinished):
        return [line for line in lines if line]
    joined: list[str] = []
    previous = ""
    for line in lines:
        first_word = line.split(" ", 1)[0]
        # A break at a width comes only where the next word would not have fitted.
        if previous and line and len(previous) + 1 + len(first_word) > width and not Unit.of_text(line).is_bullet:
            joined[-1] += f" {line}"
        elif line:
            joined.append(line)
        previous = line
    return joined
