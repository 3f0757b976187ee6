"""Scenes in fields, on beaches and in pits."""

from __future__ import annotations

import math

from articles.demo.pictures.canvas import Canvas, path, smooth
from articles.demo.pictures.palettes import Colour, mix, rgb
from articles.demo.pictures.people import SKINS, person
from articles.demo.pictures.things import (
    cloud,
    gull,
    stars,
)

MUD = rgb("7a6348")


def school_by_the_beach(sheet: Canvas) -> None:
    """hamsay-school"""
    p = sheet.palette
    sheet.fade(0, 460, mix(sheet.tone(0.6), rgb("86b3bf"), 0.5), sheet.tone(0.9), sheet.tone(0.98))
    cloud(sheet, 160, 130, 480, sheet.tone(1))
    cloud(sheet, 1150, 90, 360, sheet.tone(0.98))
    sheet.water(
        430, 640, mix(p.second, sheet.tone(0.8), 0.35), mix(p.second, sheet.tone(0.4), 0.2), sheet.tone(1), count=70
    )
    hill = mix(sheet.tone(0.44), rgb("7ea356"), 0.5)
    sheet.shade(
        path("520,560 760,400 1000,260 1240,190 1460,220 1640,300 1640,640 520,640"),
        mix(hill, sheet.tone(0.9), 0.22),
        hill,
    )
    sheet.veil(path("1240,190 1460,220 1640,300 1640,640 1120,640 1200,400"), sheet.tone(0.1), 0.16)
    for x, y in ((1010.0, 350.0), (1040, 362), (1120, 330), (1180, 300), (1420, 330)):
        sheet.oval(x, y, 9, 6, sheet.tone(1))
    sheet.line(path("700,560 900,480 1080,400 1330,330"), mix(hill, sheet.tone(1), 0.4), 5)
    sheet.poly(path("0,560 240,570 470,610 560,680 420,900 0,900"), mix(sheet.tone(0.82), p.light, 0.22))
    for _ in range(420):
        x, y = sheet.chance.uniform(0, 520), sheet.chance.uniform(590, 900)
        if x < 260 + (y - 560) * 0.6:
            size = (y - 500) / 70
            sheet.oval(
                x, y, size * 1.5, size * 0.8, mix(sheet.tone(sheet.chance.choice((0.5, 0.66, 0.9))), p.light, 0.2)
            )
    sheet.curve(path("0,566 200,578 440,612 520,640 440,622 200,592 0,584"), sheet.tone(1))
    sheet.poly(path("480,640 1600,600 1600,900 380,900"), mix(hill, sheet.tone(0.6), 0.3))
    wall, shade = sheet.tone(1), sheet.tone(0.82)
    sheet.rect(640, 440, 640, 200, wall)
    sheet.rect(640, 560, 640, 80, mix(wall, shade, 0.4))
    slate = sheet.tone(0.26)
    sheet.poly(path("610,450 690,340 1230,340 1310,450"), slate)
    for line in range(4):
        sheet.line(
            [(626 + line * 16, 432 - line * 24), (1294 - line * 16, 432 - line * 24)],
            mix(slate, sheet.tone(0.6), 0.3),
            2,
        )
    sheet.rect(1180, 300, 44, 70, shade)
    sheet.poly([(900, 452), (960, 366), (1020, 452)], wall)
    sheet.poly(path("886,452 960,350 1034,452 1018,452 960,374 902,452"), sheet.tone(0.4))
    sheet.rect(926, 500, 68, 140, p.accent)
    sheet.disc(982, 574, 4, p.light)
    sheet.disc(960, 420, 14, p.light)
    for x in (680, 784, 1060, 1164):
        sheet.rect(x, 486, 72, 90, sheet.tone(0.5))
        sheet.rect(x + 6, 492, 60, 78, mix(p.second, sheet.tone(0.8), 0.4))
        sheet.rect(x + 33, 492, 6, 78, sheet.tone(1))
        sheet.rect(x + 6, 528, 60, 6, sheet.tone(1))
    stone = sheet.tone(0.7)
    sheet.rect(560, 660, 1060, 50, stone)
    for row in range(3):
        for column in range(30):
            sheet.rect(
                562 + column * 38 - row % 2 * 16,
                663 + row * 16,
                33,
                13,
                mix(stone, sheet.tone(sheet.chance.uniform(0.5, 0.95)), 0.6),
                radius=4,
            )
    sheet.poly(path("900,640 1020,640 1090,900 830,900"), mix(sheet.tone(0.84), p.light, 0.25))
    sheet.rect(886, 640, 18, 74, sheet.tone(0.5))
    sheet.rect(1016, 640, 18, 74, sheet.tone(0.5))
    person(sheet, 950, 800, 128, p.light, skin=SKINS[2], stride=1.7)
    person(sheet, 1006, 812, 118, p.second, skin=SKINS[0], hair=rgb("b5793a"), stride=1.6)
    sheet.rect(1400, 420, 6, 240, sheet.tone(0.9))
    sheet.poly([(1406, 424), (1490, 440), (1406, 470)], p.accent)
    gull(sheet, 430, 280, 48, sheet.tone(0.3))
    gull(sheet, 510, 240, 34, sheet.tone(0.3))


def aerials_with_sheep(sheet: Canvas) -> None:
    """radio-aerials-field"""
    p = sheet.palette
    sheet.fade(
        0, 520, sheet.tone(0.1), sheet.tone(0.3), mix(sheet.tone(0.52), p.accent, 0.35), mix(p.light, p.accent, 0.25)
    )
    stars(sheet, 110, 330)
    sheet.glow(1240, 150, 150, p.light, 0.4)
    rim = [(1240 + 46 * math.cos(t * 0.1), 150 + 46 * math.sin(t * 0.1)) for t in range(3, 45)]
    sheet.poly([*rim, (1250, 122), (1254, 150), (1262, 164)], sheet.tone(1))
    sheet.ridge(470, 34, mix(sheet.tone(0.26), p.accent, 0.16))
    grass = mix(sheet.tone(0.14), p.second, 0.32)
    sheet.fade(500, 900, mix(grass, p.light, 0.24), grass, sheet.tone(0.05))
    for _ in range(240):
        depth = sheet.chance.random()
        x, y = sheet.chance.uniform(0, 1600), 510 + depth**1.5 * 390
        sheet.line([(x, y), (x + 2, y - 6 - 16 * depth)], mix(grass, p.light, 0.3 * (1 - depth * 0.6)), 1 + depth)
    ink = sheet.tone(0.0)
    for row, (y, size, count) in enumerate(
        ((540.0, 74.0, 17), (574, 104, 13), (626, 150, 9), (706, 226, 7), (826, 340, 4))
    ):
        colour = mix(ink, mix(sheet.tone(0.3), p.accent, 0.3), 0.5 - row * 0.12)
        for number in range(count):
            x = 1600 / count * (number + 0.5) + (row % 2) * 40 - 20
            _aerial(sheet, x, y, size, colour)
    for number, (x, y, size) in enumerate(
        (
            (300, 640, 0.5),
            (370, 655, 0.5),
            (980, 640, 0.48),
            (760, 740, 0.8),
            (870, 766, 0.86),
            (1190, 730, 0.76),
            (420, 860, 1.3),
            (1290, 880, 1.4),
            (150, 740, 0.76),
        )
    ):
        _sheep(sheet, x, y, size, mix(sheet.tone(0.86), p.light, 0.3), way=-1 if number % 2 else 1)


def _aerial(sheet: Canvas, x: float, y: float, size: float, colour: Colour) -> None:
    """A log-periodic aerial: a mast with arms that shorten upwards, stayed to the ground."""
    sheet.rect(x - size * 0.012, y - size, size * 0.024, size, colour)
    for arm in range(8):
        at = y - size * (0.24 + arm * 0.1)
        half = size * (0.36 - arm * 0.04)
        sheet.line(
            [(x - half, at + size * 0.05), (x, at), (x + half, at + size * 0.05)], colour, max(1.0, size * 0.011)
        )
    for side in (-1, 1):
        sheet.line([(x, y - size * 0.95), (x + side * size * 0.36, y - size * 0.19)], colour, max(0.8, size * 0.005))
        sheet.line([(x, y - size * 0.5), (x + side * size * 0.3, y)], colour, max(0.8, size * 0.005))


def _sheep(sheet: Canvas, x: float, y: float, size: float, wool: Colour, *, way: int) -> None:
    dark = sheet.tone(0.02)
    for leg in (-26, -14, 14, 26):
        sheet.rect(x + leg * size - 2, y - 20 * size, 5 * size, 22 * size, dark)
    for dx, dy, r in ((-24, -36, 18), (0, -40, 22), (22, -36, 18), (-8, -28, 18), (14, -28, 17)):
        sheet.disc(x + dx * size, y + dy * size, r * size, wool)
    head = x + way * 44 * size
    sheet.oval(head, y - 22 * size, 10 * size, 13 * size, dark)
    sheet.line([(head - way * 4 * size, y - 32 * size), (head - way * 12 * size, y - 28 * size)], dark, 5 * size)


def barley_plots(sheet: Canvas) -> None:
    """barley-trial-plots"""
    p = sheet.palette
    sheet.fade(0, 330, mix(sheet.tone(0.6), rgb("8fb8d0"), 0.5), sheet.tone(0.94))
    cloud(sheet, 140, 110, 440, sheet.tone(1))
    cloud(sheet, 960, 160, 520, sheet.tone(0.98))
    sheet.ridge(310, 20, mix(p.second, sheet.tone(0.8), 0.5))
    field = mix(rgb("b9a469"), sheet.tone(0.8), 0.25)
    sheet.fade(330, 900, mix(field, sheet.tone(0.95), 0.4), field, mix(MUD, p.light, 0.3))
    creek = path("1600,400 1400,420 1290,470 1330,560 1260,660 1300,760 1240,900 1600,900")
    sheet.curve([(x - 26 if x < 1600 else x + 60, y) for x, y in creek], mix(MUD, sheet.tone(0.1), 0.2))
    water = mix(p.second, rgb("9a8f70"), 0.45)
    sheet.curve([(x + 30, y) for x, y in creek], water)
    for _ in range(36):
        y = sheet.chance.uniform(470, 890)
        sheet.rect(
            sheet.chance.uniform(1350, 1600),
            y,
            sheet.chance.uniform(30, 110),
            3,
            mix(water, sheet.tone(1), 0.5),
            radius=1,
        )
    green, straw = rgb("6f9c4f"), rgb("d9b85c")
    for row in range(4):
        near = 0.42 + row * 0.25
        y = 400 + row * row * 22 + row * 78
        for column in range(5):
            wide = 250 * near
            x = 640 + (column - 2.4) * (wide + 46 * near) - 60 * near
            kind = (row * 3 + column * 2) % 5
            high = (96, 44, 70, 26, 84)[kind] * near
            colour = mix(
                (green, straw, mix(green, straw, 0.5), straw, green)[kind], sheet.tone(0.9), 0.12 * (1 - row / 4)
            )
            deep = 62 * near
            slant = 20 * near * (column - 2.4) * -0.4
            sheet.poly(
                [
                    (x - 12 * near, y + 12),
                    (x + wide + 12 * near, y + 12),
                    (x + wide + slant, y - deep),
                    (x + slant, y - deep),
                ],
                mix(MUD, field, 0.35),
            )
            sheet.poly(
                [
                    (x + slant, y - deep - high),
                    (x + wide + slant, y - deep - high),
                    (x + wide, y - high),
                    (x, y - high),
                ],
                mix(colour, (255, 255, 255), 0.16),
            )
            sheet.poly([(x, y - high), (x + wide, y - high), (x + wide, y), (x, y)], mix(colour, sheet.tone(0.1), 0.18))
            for stalk in range(int(wide / (9 * near))):
                sx = x + stalk * 9 * near
                top = y - high - sheet.chance.uniform(0, 13) * near
                sheet.line([(sx, y), (sx + 2, top)], mix(colour, sheet.tone(0.1), 0.3 * (stalk % 2)), 2 * near)
                sheet.oval(sx + 4 * near, top - 5 * near, 2.6 * near, 9 * near, mix(colour, p.light, 0.5))
            sheet.rect(x - 12 * near, y - 62 * near, 5 * near, 72 * near, sheet.tone(0.98))
            sheet.rect(
                x - 26 * near, y - 74 * near, 34 * near, 22 * near, p.accent if kind in (1, 3) else sheet.tone(0.98)
            )
    person(
        sheet,
        1170,
        830,
        270,
        p.second,
        skin=SKINS[3],
        hat="cap",
        hat_colour=p.light,
        reach=((-0.1, 0.06), (-0.16, 0.2), (-0.26, 0.22)),
    )
    sheet.rect(1076, 644, 44, 56, sheet.tone(1))
    gull(sheet, 620, 210, 40, sheet.tone(0.4))


def wreck_timbers(sheet: Canvas) -> None:
    """skelby-wreck-timbers"""
    p = sheet.palette
    sheet.fade(0, 330, sheet.tone(0.6), sheet.tone(0.8), sheet.tone(0.92))
    cloud(sheet, 100, 110, 500, sheet.tone(0.76))
    cloud(sheet, 980, 150, 460, sheet.tone(0.8))
    for x, wide, high in ((0.0, 160.0, 70.0), (150, 200, 50), (1240, 180, 64), (1400, 220, 90)):
        sheet.rect(x, 300 - high, wide, high + 10, sheet.tone(0.66))
    for x in (520, 1080):
        sheet.line([(x, 300), (x, 60)], p.light, 12)
        sheet.line([(x - 120, 70), (x + 240, 70)], p.light, 9)
        sheet.line([(x + 200, 70), (x + 200, 150)], sheet.tone(0.2), 3)
    clay = mix(rgb("9b7f5d"), sheet.tone(0.6), 0.2)
    sheet.fade(296, 900, mix(clay, sheet.tone(0.9), 0.45), clay)
    sheet.curve(
        path("60,520 260,390 700,350 1200,370 1520,480 1560,700 1300,860 600,890 140,800"), mix(clay, (0, 0, 0), 0.3)
    )
    sheet.curve(
        path("120,560 300,450 720,410 1180,430 1460,530 1490,700 1260,826 620,850 190,770"),
        mix(MUD, sheet.tone(0.2), 0.25),
    )
    sheet.oval(860, 780, 360, 46, mix(p.second, sheet.tone(0.5), 0.5))
    timber, shade = rgb("2e2722"), rgb("171310")
    keel = path("250,700 500,660 800,640 1100,640 1380,620")
    sheet.line(smooth_line(keel), shade, 48)
    sheet.line([(x, y - 10) for x, y in smooth_line(keel)], timber, 34)
    for number in range(13):
        share = number / 12
        x = 300 + share * 1040
        base = 694 - 64 * math.sin(share * 1.6)
        high = 120 + 190 * math.sin(math.pi * (0.12 + share * 0.76)) * (0.7 if number in (3, 8) else 1)
        rib = smooth_line([(x, base), (x - 60, base - high * 0.3), (x - 92, base - high * 0.7), (x - 76, base - high)])
        sheet.line([(px + 8, py + 3) for px, py in rib], shade, 30)
        sheet.line(rib, timber, 25)
        sheet.line([(px - 6, py) for px, py in rib], mix(timber, p.light, 0.22), 4)
        front = smooth_line([(x + 4, base), (x + 26, base + 46), (x + 34, base + 96)])
        sheet.line(front, shade, 26)
        sheet.line([(px - 4, py) for px, py in front], timber, 18)
    for y, left, right in ((520, 90, 900), (742, 640, 1560)):
        sheet.poly([(left, y), (right, y - 26), (right, y + 4), (left, y + 34)], rgb("d0a466"))
        sheet.poly([(left, y + 34), (right, y + 4), (right, y + 14), (left, y + 46)], rgb("8a6236"))
        for nail in range(5):
            sheet.disc(left + (right - left) * (nail + 0.5) / 5, y + 4 - 12 * nail / 5, 3, rgb("6a4826"))
    _kneeling(sheet, 520, 522, 1.0, p.accent, SKINS[0])
    _kneeling(sheet, 1240, 730, 1.2, p.second, SKINS[3])
    person(sheet, 1470, 476, 170, p.light, skin=SKINS[2], hat="helmet", hat_colour=sheet.tone(1))
    for x, y in ((360, 610), (980, 560), (1350, 560)):
        sheet.rect(x, y, 34, 22, sheet.tone(1))
        sheet.rect(x + 15, y + 20, 4, 30, sheet.tone(1))


def smooth_line(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """A bent line through points."""
    return smooth(points, steps=8)


def _kneeling(sheet: Canvas, x: float, y: float, size: float, coat: Colour, skin: Colour) -> None:
    """Somebody on their knees who leans to the left over the work."""
    dark = sheet.tone(0.1)

    def at(*points: tuple[float, float]) -> list[tuple[float, float]]:
        return [(x + px * size, y + py * size) for px, py in points]

    sheet.line(at((40, -8), (64, -52), (20, -70)), dark, 34 * size)
    sheet.line(at((0, -6), (58, -8)), dark, 26 * size)
    sheet.curve(at((10, -56), (60, -60), (70, -100), (40, -150), (-30, -172), (-56, -150), (-40, -100), (0, -70)), coat)
    sheet.line(at((-34, -146), (-60, -90), (-92, -30)), mix(coat, (0, 0, 0), 0.25), 22 * size)
    sheet.disc(x - 94 * size, y - 24 * size, 11 * size, skin)
    sheet.oval(x - 66 * size, y - 184 * size, 22 * size, 26 * size, skin)
    sheet.poly(at((-92, -186), (-86, -216), (-60, -224), (-38, -208), (-40, -186)), _white(sheet))
    sheet.rect(x - 104 * size, y - 190 * size, 70 * size, 8 * size, _white(sheet))


def _white(sheet: Canvas) -> Colour:
    """The white of helmets."""
    return sheet.tone(0.98)


SCENES = {
    "hamsay-school": school_by_the_beach,
    "radio-aerials-field": aerials_with_sheep,
    "barley-trial-plots": barley_plots,
    "skelby-wreck-timbers": wreck_timbers,
}
