"""Section colours that can always be read.

A managing editor picks any colour; readers get the nearest of these names, for which static/css/tones.css has one
shade on a light page and one on a dark page. No page needs a style of its own, so none is allowed one.
"""

from __future__ import annotations

import colorsys
from functools import lru_cache

# Hue in degrees at which each name is at home.
HUES = {
    "red": 3,
    "rust": 25,
    "amber": 40,
    "olive": 62,
    "green": 145,
    "teal": 175,
    "sea": 193,
    "blue": 213,
    "indigo": 242,
    "violet": 271,
    "plum": 309,
    "rose": 340,
}
COLOURLESS = "slate"

# Below this saturation (of 1) a colour is taken for a grey.
FAINT = 0.12


@lru_cache(maxsize=256)
def tone(colour: str) -> str:
    """The name of the tone nearest to `colour` ("#rrggbb"); an empty one is COLOURLESS."""
    if not colour:
        return COLOURLESS
    red, green, blue = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    hue, _, saturation = colorsys.rgb_to_hls(red, green, blue)
    if saturation < FAINT:
        return COLOURLESS

    def distance(name: str) -> float:
        apart = abs(hue * 360 - HUES[name])
        return min(apart, 360 - apart)

    return min(HUES, key=distance)
