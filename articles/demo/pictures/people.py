"""Figures as flat shapes: enough of a person for a posture and a coat, too little for a face."""

from __future__ import annotations

from collections.abc import Sequence

from articles.demo.pictures.canvas import Canvas, Point
from articles.demo.pictures.palettes import Colour, mix, rgb

SKINS = tuple(rgb(text) for text in ("f0c8a8", "d9a279", "a86f4a", "70452e", "e3b591", "8a5a3c"))
INK = rgb("20191c")


def person(
    sheet: Canvas,
    x: float,
    y: float,
    height: float,
    coat: Colour,
    *,
    skin: Colour = SKINS[0],
    hair: Colour = INK,
    legs: Colour | None = None,
    long: bool = False,
    hat: str = "",
    hat_colour: Colour | None = None,
    reach: Sequence[Point] = (),
    stride: float = 0.5,
    light: float = 0.0,
) -> Point:
    """Somebody who stands at (x, y) and is `height` tall; returns where the hand is.

    `hat` is "", "cap", "helmet", "top" or "hood"; `reach` is the way of an arm from the shoulder, in heights; `light`
    from -1 to 1 says which side is lit.
    """
    unit = height
    trousers = legs or mix(coat, INK, 0.55)
    hem = y - unit * (0.2 if long else 0.42)
    for side in (-1, 1):
        foot = x + side * unit * 0.085 * stride
        hip = x + side * unit * 0.05
        sheet.poly(
            [
                (hip - unit * 0.05, hem - unit * 0.05),
                (hip + unit * 0.05, hem - unit * 0.05),
                (foot + unit * 0.032, y),
                (foot - unit * 0.034, y),
            ],
            trousers,
        )
        sheet.oval(foot + unit * 0.012, y - unit * 0.008, unit * 0.05, unit * 0.018, mix(trousers, INK, 0.6))
    shoulder, top = unit * 0.125, y - unit * 0.83
    flare = unit * (0.15 if long else 0.115)
    body = [
        (x - unit * 0.045, top - unit * 0.02),
        (x - shoulder * 0.8, top + unit * 0.01),
        (x - shoulder, top + unit * 0.07),
        (x - shoulder * 0.92, y - unit * 0.55),
        (x - flare, hem),
        (x + flare, hem),
        (x + shoulder * 0.92, y - unit * 0.55),
        (x + shoulder, top + unit * 0.07),
        (x + shoulder * 0.8, top + unit * 0.01),
        (x + unit * 0.045, top - unit * 0.02),
    ]
    sheet.poly(body, coat)
    if light:
        lit = mix(coat, sheet.palette.light, 0.35)
        edge = 1 if light > 0 else -1
        sheet.poly(
            [
                (x + edge * unit * 0.045, top - unit * 0.015),
                (x + edge * shoulder * 0.8, top + unit * 0.01),
                (x + edge * shoulder, top + unit * 0.07),
                (x + edge * shoulder * 0.92, y - unit * 0.55),
                (x + edge * flare, hem),
                (x + edge * flare * 0.72, hem),
                (x + edge * shoulder * 0.62, y - unit * 0.55),
                (x + edge * shoulder * 0.6, top + unit * 0.08),
            ],
            lit,
        )
    hand = _arm(sheet, x, top, unit, coat, skin, reach)
    _head(sheet, x, y - unit * 0.925, unit, skin, hair)
    if hat:
        _hat(sheet, x, y - unit * 0.925, unit, hat, hat_colour or coat)
    return hand


def _arm(sheet: Canvas, x: float, top: float, unit: float, coat: Colour, skin: Colour, reach: Sequence[Point]) -> Point:
    """An arm along `reach`, or one that hangs."""
    way = list(reach) or [(0.11, 0.04), (0.13, 0.2), (0.12, 0.36)]
    points = [(x + dx * unit, top + dy * unit) for dx, dy in way]
    sheet.line(points, mix(coat, INK, 0.22), unit * 0.07)
    hand = points[-1]
    sheet.disc(*hand, unit * 0.032, skin)
    return hand


def _head(sheet: Canvas, x: float, y: float, unit: float, skin: Colour, hair: Colour) -> None:
    sheet.rect(x - unit * 0.026, y + unit * 0.03, unit * 0.052, unit * 0.08, mix(skin, INK, 0.18))
    sheet.oval(x, y, unit * 0.056, unit * 0.07, skin)
    sheet.poly(
        [
            (x - unit * 0.06, y + unit * 0.005),
            (x - unit * 0.058, y - unit * 0.05),
            (x - unit * 0.02, y - unit * 0.078),
            (x + unit * 0.03, y - unit * 0.076),
            (x + unit * 0.06, y - unit * 0.045),
            (x + unit * 0.06, y + unit * 0.0),
            (x + unit * 0.044, y - unit * 0.03),
            (x - unit * 0.035, y - unit * 0.036),
        ],
        hair,
    )


def _hat(sheet: Canvas, x: float, y: float, unit: float, hat: str, colour: Colour) -> None:
    if hat == "helmet":
        sheet.poly(
            [
                (x - unit * 0.075, y - unit * 0.02),
                (x - unit * 0.066, y - unit * 0.075),
                (x - unit * 0.03, y - unit * 0.105),
                (x + unit * 0.03, y - unit * 0.105),
                (x + unit * 0.066, y - unit * 0.075),
                (x + unit * 0.075, y - unit * 0.02),
            ],
            colour,
        )
        sheet.rect(x - unit * 0.09, y - unit * 0.03, unit * 0.18, unit * 0.018, mix(colour, INK, 0.2))
    elif hat == "top":
        sheet.rect(x - unit * 0.056, y - unit * 0.18, unit * 0.112, unit * 0.145, colour)
        sheet.rect(x - unit * 0.095, y - unit * 0.045, unit * 0.19, unit * 0.018, colour)
    elif hat == "hood":
        sheet.curve(
            [
                (x - unit * 0.085, y + unit * 0.08),
                (x - unit * 0.075, y - unit * 0.05),
                (x, y - unit * 0.1),
                (x + unit * 0.075, y - unit * 0.05),
                (x + unit * 0.085, y + unit * 0.08),
            ],
            colour,
        )
        sheet.oval(x + unit * 0.008, y + unit * 0.008, unit * 0.042, unit * 0.055, SKINS[1])
    else:
        sheet.rect(x - unit * 0.062, y - unit * 0.08, unit * 0.124, unit * 0.045, colour, radius=unit * 0.02)
        sheet.rect(x - unit * 0.03, y - unit * 0.045, unit * 0.125, unit * 0.016, mix(colour, INK, 0.25))


def crowd(
    sheet: Canvas, places: Sequence[tuple[float, float]], height: float, coats: Sequence[Colour], **how: str
) -> None:
    """Several people, each at a place and a little different."""
    hairs = (INK, rgb("5a3420"), rgb("8d8a88"), rgb("33221c"), rgb("b08a52"))
    for number, (x, y) in enumerate(places):
        tall = height * sheet.chance.uniform(0.93, 1.05)
        person(
            sheet,
            x,
            y,
            tall,
            coats[number % len(coats)],
            skin=SKINS[(number * 2 + 1) % len(SKINS)],
            hair=hairs[number % len(hairs)],
            long=number % 3 == 0,
            hat=how.get("hat", ""),
        )
