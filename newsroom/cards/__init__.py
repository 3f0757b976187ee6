"""The picture beside a shared link, where a page has none of its own: the newspaper's name, and what it is about.

A card is drawn from what it says and nothing else, so that its digest names it for good. Knows no story.
"""

from __future__ import annotations

import hashlib
import io
import json
from dataclasses import astuple, dataclass
from functools import lru_cache
from threading import Lock

from PIL import Image, ImageDraw

from newsroom.cards.setting import SANS, SERIF, Lines, fitted, is_writable, plain

__all__ = ["HEIGHT", "WIDTH", "Card", "draw"]

WIDTH, HEIGHT = 1200, 630
# Another drawing of the same words is another picture: counted up whenever what follows draws otherwise.
DRAWING = 1

MARGIN = 76
PAPER, INK, INK_SOFT, RULE = "#fffefb", "#1b1a18", "#5d5952", "#ddd8cd"

# Drawing takes a core for a while; a worker gives it one at most, and keeps what it drew (25 KB each).
_ONE_AT_A_TIME = Lock()
_KEPT = 100


@dataclass(frozen=True)
class Card:
    """What a card says. Without a headline it shows the newspaper's name and, under it, `label`.

    `label` stands above the headline in `colour` ("#rrggbb"), `people` at the foot.
    """

    newspaper: str
    label: str = ""
    colour: str = INK
    headline: str = ""
    people: str = ""

    @property
    def digest(self) -> str:
        """A name for the picture, the same as long as it shows the same."""
        said = json.dumps([DRAWING, *astuple(self)], ensure_ascii=False)
        return hashlib.sha256(said.encode()).hexdigest()[:20]

    @property
    def is_writable(self) -> bool:
        """Whether it can be drawn: without the letters of the name there is no card."""
        return bool(self.newspaper) and is_writable(self.newspaper)


def draw(card: Card) -> bytes:
    """The card as a PNG. Words that the fonts have no letters for are left out: a card shows no empty boxes."""
    with _ONE_AT_A_TIME:
        return _drawn(card)


@lru_cache(maxsize=_KEPT)
def _drawn(card: Card) -> bytes:
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, WIDTH, 15), fill=card.colour)
    label, headline, people = (text if is_writable(text) else "" for text in (card.label, card.headline, card.people))
    if headline:
        _with_headline(pen, card, label=label, headline=headline, people=people)
    else:
        _with_name_alone(pen, card, label=label)
    out = io.BytesIO()
    # Three inks on paper need no more colours than this.
    image.quantize(48, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


def _with_headline(pen: ImageDraw.ImageDraw, card: Card, *, label: str, headline: str, people: str) -> None:
    _write(pen, fitted(card.newspaper, SERIF, width=_across(), height=56, largest=46, smallest=26), 58, INK)
    pen.line((MARGIN, 128, WIDTH - MARGIN, 128), fill=RULE, width=2)
    top = 160
    if label:
        _write(pen, fitted(label, SANS, width=_across(), height=40, largest=30, smallest=22), top, card.colour)
        top += 60
    foot = HEIGHT - MARGIN - (54 if people else 0)
    _write(pen, fitted(headline, SERIF, width=_across(), height=foot - top, largest=92, smallest=44), top, INK)
    if people:
        _write(pen, fitted(people, SANS, width=_across(), height=40, largest=28, smallest=22), HEIGHT - 108, INK_SOFT)


def _with_name_alone(pen: ImageDraw.ImageDraw, card: Card, *, label: str) -> None:
    name = fitted(card.newspaper, SERIF, width=_across(), height=130, largest=108, smallest=56)
    under = fitted(label, SANS, width=_across(), height=90, largest=34, smallest=24) if label else None
    height = name.height + (under.height + 76 if under else 0)
    top = (HEIGHT - height) // 2
    _write(pen, name, top, INK)
    if under:
        pen.line((MARGIN, top + name.height + 36, MARGIN + 120, top + name.height + 36), fill=card.colour, width=4)
        _write(pen, under, top + name.height + 76, INK_SOFT)


def _across() -> int:
    return WIDTH - 2 * MARGIN


def _write(pen: ImageDraw.ImageDraw, lines: Lines, top: int, colour: str) -> None:
    for place, line in enumerate(lines.words):
        pen.text((MARGIN, top + place * lines.leading), plain(line), font=lines.font, fill=colour)
