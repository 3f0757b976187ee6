"""One palette for each section, so that its pictures look as if one hand had made them."""

from __future__ import annotations

from dataclasses import dataclass

Colour = tuple[int, int, int]


def rgb(text: str) -> Colour:
    """A colour from "rrggbb"."""
    return int(text[0:2], 16), int(text[2:4], 16), int(text[4:6], 16)


def mix(one: Colour, other: Colour, share: float) -> Colour:
    """The colour at `share` of the way from one to the other."""
    share = min(max(share, 0.0), 1.0)
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


@dataclass(frozen=True)
class Palette:
    """A ramp from ink to paper, a colour that draws the eye, its lighter relative, and one that answers it."""

    ramp: tuple[Colour, ...]
    accent: Colour
    light: Colour
    second: Colour

    def tone(self, light: float) -> Colour:
        """The ramp's colour at a lightness from 0, ink, to 1, paper."""
        position = min(max(light, 0.0), 1.0) * (len(self.ramp) - 1)
        index = min(int(position), len(self.ramp) - 2)
        return mix(self.ramp[index], self.ramp[index + 1], position - index)


def _palette(ramp: str, accent: str, light: str, second: str) -> Palette:
    return Palette(tuple(rgb(text) for text in ramp.split()), rgb(accent), rgb(light), rgb(second))


PALETTES = {
    "trade": _palette("0d2230 173c4c 2c6272 6d9aa0 b9cfc8 f3ead8", "e2602f", "f6b169", "d8a24a"),
    "business": _palette("11231d 1f4034 3d6a55 86a58a c8d0b4 f5eddb", "cf7a2a", "f2c479", "8c3b2a"),
    "politics": _palette("1f1830 3a2c4f 655272 a08a9c d3c3c2 f5ebe0", "b3273b", "ee9a7b", "d9a441"),
    "world": _palette("101d3a 20376a 44669a 88a5c2 c5d3d8 f6eede", "d2562c", "f3b45f", "3f7f6b"),
    "climate": _palette("14261f 29473a 53745a 93a983 cbd3b5 f4f0dd", "c5622d", "efb765", "3d7d8f"),
    "culture": _palette("25121f 4a1f37 7d3a50 b87a7c dfbcab f8ebdb", "d4472f", "f4bf63", "2f6d73"),
    "science": _palette("0f1838 1c2f63 3b5595 7f97c4 c0cfe2 f1f0ea", "e5714d", "f5cd7a", "3aa39a"),
}
