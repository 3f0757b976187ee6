"""Section colours: whatever is picked, what readers get can be read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from articles.tones import COLOURLESS, HUES, tone

CSS = Path(__file__).resolve().parent.parent.parent / "static" / "css"


def luminance(colour: str) -> float:
    """Relative luminance as WCAG defines it."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast of two colours as WCAG defines it."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def tokens(name: str) -> tuple[str, str]:
    """A colour token's light and dark values."""
    light, dark = re.findall(rf"--{name}: (#[0-9a-f]{{6}});", (CSS / "tokens.css").read_text())
    return light, dark


@pytest.mark.parametrize("name", [*HUES, COLOURLESS])
def test_every_tone_stands_out_from_the_page_light_and_dark(name: str) -> None:
    rules = re.findall(rf"\.tone-{name} {{\s*--accent: (#[0-9a-f]{{6}});", (CSS / "tones.css").read_text())
    assert len(rules) == 2
    for shade, paper, tinted in zip(rules, tokens("paper"), tokens("paper-tinted"), strict=True):
        assert min(contrast(shade, paper), contrast(shade, tinted)) >= 5


@pytest.mark.parametrize("name", [*HUES, COLOURLESS])
def test_the_desk_has_the_same_tones_and_they_stand_out_from_its_own_paper(name: str) -> None:
    def shades(sheet: str) -> list[str]:
        return re.findall(rf"\.tone-{name} {{\s*--accent: (#[0-9a-f]{{6}});", (CSS / sheet).read_text())

    assert shades("desk/calendar.css") == shades("tones.css")
    light, dark = shades("desk/calendar.css")
    for shade, backgrounds in ((light, ("#ffffff", "#effafc")), (dark, ("#1b1a18", "#211f1d", "#122a31"))):
        assert min(contrast(shade, background) for background in backgrounds) >= 4.5


@pytest.mark.parametrize("ink", ["ink", "ink-soft", "accent"])
def test_every_ink_stands_out_from_the_page_light_and_dark(ink: str) -> None:
    for shade, paper, tinted in zip(tokens(ink), tokens("paper"), tokens("paper-tinted"), strict=True):
        assert min(contrast(shade, paper), contrast(shade, tinted)) >= 5


def test_colour_gets_the_nearest_tone() -> None:
    assert tone("#8a1c1c") == "red"
    assert tone("#ff0044") == "rose"
    assert tone("#1d4f91") == "blue"
    assert tone("#00ff00") == "green"
    assert tone("#fe0000") == "red"
    assert tone("#ff0002") == "red"


def test_grey_and_no_colour_have_no_hue() -> None:
    assert {tone(colour) for colour in ("", "#000000", "#ffffff", "#808080", "#80837f")} == {COLOURLESS}
