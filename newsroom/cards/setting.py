"""Words set in a box: as large as they may be, in lines of about one length. Only what the fonts have is set."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PIL import ImageFont

FONTS = Path(__file__).parent / "fonts"
SERIF, SANS = "newsreader", "libre-franklin"

# What both fonts hold. Anything else would come out as an empty box.
WRITABLE = re.compile(
    "[\u0020-\u007e\u00a0-\u00ac\u00ae-\u0131\u0134-\u0148\u014a-\u017e\u02bc\u02c6\u02da\u02dc\u0300\u0301\u0303"
    "\u0304\u0308\u0309\u0323\u2013\u2014\u2018-\u201a\u201c-\u201e\u2020\u2022\u2026\u2032\u2033\u2039\u203a\u2044"
    "\u20ac\u2122\u2212]*"
)
# Spaces of every width become one; marks that only say how to break or to turn a line are left out.
_SPACES = re.compile(r"[\s\u2000-\u200a\u202f\u205f]+")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")

LEADING = 1.14


@dataclass(frozen=True)
class Lines:
    """Lines of one size; `leading` is the distance from one to the next."""

    words: tuple[str, ...]
    font: ImageFont.FreeTypeFont
    leading: int

    @property
    def height(self) -> int:
        """From the top of the first to the foot of the last."""
        return self.leading * len(self.words)


def plain(text: str) -> str:
    """A text as it is set: composed, with single spaces and without what cannot be seen."""
    text = unicodedata.normalize("NFC", _UNSEEN.sub("", text).replace("\u2010", "-").replace("\u2011", "-"))
    return _SPACES.sub(" ", text).strip()


def is_writable(text: str) -> bool:
    """Whether the fonts have every letter of a text."""
    return WRITABLE.fullmatch(plain(text)) is not None


@cache
def font(name: str, size: int) -> ImageFont.FreeTypeFont:
    """A font in a size, in pixels."""
    return ImageFont.truetype(FONTS / f"{name}.ttf", size)


def fitted(text: str, name: str, *, width: int, height: int, largest: int, smallest: int) -> Lines:
    """A text in the largest size at which it fits; what does not fit at the smallest is cut, with an ellipsis."""
    text = plain(text)
    for size in range(largest, smallest - 1, -4):
        face, leading = font(name, size), round(size * LEADING)
        lines = _broken(text, face, width)
        fits_across = all(face.getlength(line) <= width for line in lines)
        if fits_across and len(lines) * leading <= height:
            return Lines(tuple(_balanced(text, face, width, len(lines))), face, leading)
    face, leading = font(name, smallest), round(smallest * LEADING)
    room = max(1, height // leading)
    return Lines(tuple(_cut(text, face, width, room)), face, leading)


def _broken(text: str, face: ImageFont.FreeTypeFont, width: float) -> list[str]:
    """Lines that take as many words each as fit; a word that is too long has one for itself."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and face.getlength(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _balanced(text: str, face: ImageFont.FreeTypeFont, width: int, count: int) -> list[str]:
    """The same number of lines, the longest of them as short as can be."""
    narrow, wide = width // 3, width
    while wide - narrow > 4:
        middle = (narrow + wide) // 2
        lines = _broken(text, face, middle)
        if len(lines) <= count and all(face.getlength(line) <= middle for line in lines):
            wide = middle
        else:
            narrow = middle
    return _broken(text, face, wide)


def _cut(text: str, face: ImageFont.FreeTypeFont, width: int, room: int) -> list[str]:
    """As many lines as there is room for, of letters where a word is too long, and an ellipsis where more was said."""
    words = []
    for word in text.split():
        while face.getlength(word) > width:
            end = next(end for end in range(len(word), 0, -1) if face.getlength(word[:end]) <= width)
            words.append(word[:end])
            word = word[end:]
        words.append(word)
    lines = _broken(" ".join(words), face, width)
    if len(lines) <= room:
        return lines
    last = lines[room - 1]
    while face.getlength(f"{last}…") > width:
        last = last[:-1].rstrip()
    return [*lines[: room - 1], f"{last}…"]
