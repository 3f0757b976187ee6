"""Scenes before and behind the curtain."""

from __future__ import annotations

import math

from articles.demo.pictures.canvas import Canvas, path
from articles.demo.pictures.palettes import Colour, mix, rgb
from articles.demo.pictures.people import SKINS, person

WOOD, WOOD_SHADE = rgb("dcb88a"), rgb("b48a5c")


def lamplighters(sheet: Canvas) -> None:
    """lamplighters-stage"""
    p = sheet.palette
    sheet.fade(0, 900, sheet.tone(0.0), sheet.tone(0.05), sheet.tone(0.1))
    curtain = mix(sheet.tone(0.12), p.accent, 0.35)
    for side in (0, 1):
        for fold in range(8):
            x = fold * 34 if not side else 1600 - (fold + 1) * 34
            shade = mix(curtain, (0, 0, 0), 0.25 + 0.3 * (fold % 2) + fold * 0.03)
            sheet.rect(x, 0, 35, 800, shade)
    for swag in range(6):
        x = swag * 290 - 60
        sheet.oval(x + 145, -30, 176, 130, mix(curtain, (0, 0, 0), 0.2 + 0.16 * (swag % 2)))
    sheet.rect(0, 0, 1600, 16, mix(p.light, sheet.tone(0.2), 0.4))
    sheet.fade(620, 900, mix(sheet.tone(0.14), p.light, 0.08), sheet.tone(0.06))
    for board in range(15):
        x = -600 + board * 200
        sheet.line([(800 + (x - 800) * 0.55, 622), (x, 900)], sheet.tone(0.04), 3)
    sheet.glow(800, 300, 620, p.light, 0.55)
    sheet.glow(800, 740, 640, p.light, 0.5, flat=0.26)
    iron = sheet.tone(0.0)
    sheet.rect(790, 330, 20, 410, iron)
    sheet.rect(768, 700, 64, 44, iron)
    sheet.rect(778, 560, 44, 14, iron)
    sheet.rect(740, 350, 120, 10, iron)
    sheet.glow(800, 280, 210, p.light, 0.95)
    sheet.poly(path("770,330 830,330 852,226 748,226"), mix(p.light, (255, 255, 240), 0.55))
    sheet.poly([(738, 226), (862, 226), (800, 176)], iron)
    sheet.disc(800, 172, 9, iron)
    for x in (770, 800, 828):
        sheet.line([(x + (x - 800) * 0.2, 228), (x, 330)], iron, 4)
    coats = (
        mix(p.second, sheet.tone(0), 0.3),
        mix(p.accent, sheet.tone(0), 0.45),
        sheet.tone(0.3),
        mix(p.accent, sheet.tone(0), 0.6),
        mix(p.second, sheet.tone(0), 0.5),
    )
    for number, (x, y, height) in enumerate(
        ((400, 800, 330), (560, 720, 280), (1010, 716, 280), (1190, 790, 326), (690, 690, 262))
    ):
        way = 1 if x < 800 else -1
        hand = person(
            sheet,
            x,
            y,
            height,
            coats[number],
            skin=SKINS[number],
            hair=rgb("2a1a18"),
            hat="cap",
            hat_colour=mix(coats[number], (0, 0, 0), 0.4),
            long=number % 2 == 0,
            reach=((way * 0.1, 0.06), (way * 0.2, 0.14), (way * 0.24, 0.04)),
            light=way,
        )
        sheet.line([(hand[0] - way * 6, y - 4), (hand[0] + way * 12, y - height * 1.5)], mix(WOOD, p.accent, 0.25), 6)
        sheet.line(
            [(hand[0] + way * 12, y - height * 1.5), (hand[0] + way * 34, y - height * 1.56)],
            mix(WOOD, p.accent, 0.25),
            4,
        )
        sheet.veil([(x - 34, y), (x + 34, y), (x - way * 210, y + 70), (x - way * 290, y + 70)], (0, 0, 0), 0.4)
    for seat in range(14):
        sheet.oval(60 + seat * 116, 918, 52, 50, sheet.tone(0.0))


def _painted_ceiling(sheet: Canvas, gold: Colour) -> None:
    """Clouds and winged children around a gilded oval."""
    p = sheet.palette
    sheet.oval(800, 150, 860, 270, gold)
    sheet.oval(800, 144, 838, 254, mix(p.second, sheet.tone(0.9), 0.35))
    for ray in range(24):
        angle = math.tau * ray / 24
        sheet.line(
            [(800, 144), (800 + math.cos(angle) * 836, 144 + math.sin(angle) * 252)], mix(gold, sheet.tone(0.9), 0.3), 4
        )
    for puff in range(18):
        angle = math.tau * puff / 18 + 0.1
        x, y = 800 + math.cos(angle) * 600, 144 + math.sin(angle) * 178
        for dx, dy, size in ((0, 0, 54), (44, 10, 40), (-46, 8, 38)):
            sheet.oval(x + dx, y + dy, size, size * 0.44, mix(sheet.tone(0.98), p.light, 0.3 if puff % 2 else 0.1))
    for number in range(8):
        angle = math.tau * number / 8 + 0.3
        x, y = 800 + math.cos(angle) * 390, 144 + math.sin(angle) * 120
        sheet.oval(x, y, 30, 22, p.accent)
        sheet.disc(x, y - 24, 10, SKINS[0])
        for side in (-1, 1):
            sheet.poly([(x, y - 8), (x + side * 62, y - 26), (x + side * 40, y + 4)], sheet.tone(0.98))
    sheet.oval(800, 144, 250, 78, gold)


def _boxes(sheet: Canvas, gold: Colour) -> None:
    """Two tiers of boxes on either side."""
    p = sheet.palette
    for side in (-1, 1):
        for y, reach in ((400, 330), (530, 420)):
            edge = 800 + side * 800
            inner = edge - side * reach
            sheet.curve(
                [
                    (edge + side * 40, y - 26),
                    (inner + side * 120, y + 6),
                    (inner, y + 44),
                    (inner + side * 130, y + 92),
                    (edge + side * 40, y + 78),
                ],
                gold,
            )
            sheet.curve(
                [
                    (edge + side * 40, y - 4),
                    (inner + side * 130, y + 22),
                    (inner + side * 26, y + 48),
                    (inner + side * 140, y + 78),
                    (edge + side * 40, y + 64),
                ],
                mix(p.accent, sheet.tone(0.1), 0.35),
            )
            for bulb in range(5):
                sheet.glow(inner + side * (90 + bulb * 64), y + 44 - bulb * 5, 34, p.light, 0.8)


def _stalls(sheet: Canvas) -> None:
    """Rows of red seats."""
    p = sheet.palette
    red = mix(p.accent, sheet.tone(0.1), 0.2)
    sheet.fade(640, 900, sheet.tone(0.1), sheet.tone(0.06))
    for row in range(6):
        y = 664 + row * 44 + row * row * 2
        size = 0.5 + row * 0.13
        wide = 92 * size
        count = int(1600 / wide) + 2
        for seat in range(count):
            x = seat * wide - (row % 2) * wide / 2
            sheet.rect(
                x + 4, y - 46 * size, wide - 9, 110 * size, mix(red, (0, 0, 0), 0.32 - row * 0.045), radius=20 * size
            )
            sheet.rect(x + 12, y - 40 * size, wide - 25, 12 * size, mix(red, sheet.tone(1), 0.2), radius=6 * size)


def theatre_ceiling(sheet: Canvas) -> None:
    """harbour-theatre-roof"""
    p = sheet.palette
    sheet.fade(0, 900, sheet.tone(0.34), sheet.tone(0.16))
    gold = mix(p.light, p.accent, 0.25)
    _painted_ceiling(sheet, gold)
    sheet.poly(path("650,100 950,100 980,190 620,190"), sheet.tone(0.02))
    sheet.poly(path("668,110 760,108 752,150 660,152"), rgb("a9c4cc"))
    for x in (700, 800, 900):
        sheet.line([(x, 100), (x + (x - 800) * 0.18, 190)], WOOD_SHADE, 9)
    sheet.veil(path("668,110 760,108 900,900 480,900"), rgb("dfeaea"), 0.15)
    _boxes(sheet, gold)
    _stalls(sheet)
    pole = rgb("c9c4bd")
    for x in (660, 760, 860, 960):
        sheet.rect(x, 196, 9, 650, pole)
        sheet.rect(x + 6, 196, 3, 650, sheet.tone(0.3))
    for floor in range(5):
        y = 220 + floor * 130
        sheet.rect(636, y, 356, 14, WOOD)
        sheet.rect(636, y + 10, 356, 5, WOOD_SHADE)
        sheet.rect(648, y - 46, 332, 6, pole)
        if floor < 4:
            ends = [(664, y + 134), (764, y + 14)] if floor % 2 else [(864, y + 134), (964, y + 14)]
            sheet.line(ends, pole, 6)
    person(sheet, 720, 352, 112, p.light, skin=SKINS[3], hat="helmet", hat_colour=sheet.tone(1))
    person(
        sheet,
        900,
        220,
        104,
        p.second,
        skin=SKINS[0],
        hat="helmet",
        hat_colour=sheet.tone(1),
        reach=((0.1, 0.04), (0.16, -0.1), (0.14, -0.24)),
    )


SCENES = {
    "lamplighters-stage": lamplighters,
    "harbour-theatre-roof": theatre_ceiling,
}
