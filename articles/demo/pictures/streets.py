"""Scenes in streets and squares."""

from __future__ import annotations

from articles.demo.pictures.canvas import Canvas, path
from articles.demo.pictures.palettes import Colour, mix, rgb
from articles.demo.pictures.people import SKINS, person
from articles.demo.pictures.things import (
    cloud,
    gull,
    pillars,
    steps,
    windows,
)

STONE, STONE_SHADE = rgb("e6dcc8"), rgb("b7a993")
BRICK, TIMBER = rgb("a5533d"), rgb("9c3a2c")


def sloping_shops(sheet: Canvas) -> None:
    """ropewalk-shopfronts"""
    p = sheet.palette
    sheet.fade(0, 620, sheet.tone(0.7), sheet.tone(0.86), sheet.tone(0.96))
    cloud(sheet, 1080, 110, 420, sheet.tone(1))
    for x, high in ((1290, 250), (1380, 310), (1470, 230), (1545, 280)):
        sheet.rect(x, 640 - high, 5, high, sheet.tone(0.26))
        sheet.line([(x + 2, 640 - high), (x - 46, 600)], sheet.tone(0.4), 1.5)
        sheet.line([(x + 2, 640 - high), (x + 50, 600)], sheet.tone(0.4), 1.5)
        sheet.line([(x - 26, 640 - high * 0.66), (x + 32, 640 - high * 0.66)], sheet.tone(0.26), 4)
    sheet.rect(1240, 620, 400, 60, mix(p.second, sheet.tone(0.4), 0.7))
    sheet.poly(path("0,560 1300,690 1600,700 1600,900 0,900"), sheet.tone(0.66))
    fronts = (rgb("d8a35c"), rgb("e7d6b4"), rgb("8fa98c"), rgb("c4714a"), rgb("dcc7a0"), rgb("6f8f86"), rgb("d99a6c"))
    awnings = (p.second, sheet.tone(0.2), p.accent, sheet.tone(0.3), p.second, p.accent, sheet.tone(0.2))
    for number in range(7):
        x, wide = -20 + number * 186, 182
        ground = 574 + number * 20
        top = ground - 476 + number * 6 + (number % 3) * 22
        colour = mix(fronts[number], sheet.tone(0.6), 0.12)
        sheet.rect(x, top, wide, ground - top + 90, colour)
        sheet.rect(x + wide - 22, top, 22, ground - top + 90, mix(colour, (0, 0, 0), 0.13))
        sheet.rect(x - 4, top - 12, wide + 8, 16, mix(colour, (255, 255, 255), 0.35))
        if number % 2:
            sheet.poly([(x - 4, top - 10), (x + wide / 2, top - 66), (x + wide + 4, top - 10)], sheet.tone(0.3))
        for row in range(2):
            for column in range(2):
                at = (x + 28 + column * 76, top + 36 + row * 120)
                sheet.rect(*at, 48, 78, mix(colour, (255, 255, 255), 0.4))
                sheet.rect(at[0] + 4, at[1] + 4, 40, 70, sheet.tone(0.2))
                sheet.rect(at[0] + 22, at[1] + 4, 4, 70, mix(colour, (255, 255, 255), 0.4))
                sheet.rect(at[0] + 4, at[1] + 36, 40, 4, mix(colour, (255, 255, 255), 0.4))
        shop = ground - 140
        empty = number == 2
        sheet.rect(x + 12, shop + 26, wide - 36, 204, sheet.tone(0.1))
        sheet.rect(x + 22, shop + 44, 84, 126, sheet.tone(0.26) if empty else mix(p.light, sheet.tone(1), 0.25))
        sheet.rect(x + 116, shop + 44, 40, 186, mix(awnings[number], sheet.tone(0.1), 0.4))
        sheet.rect(x + 8, shop - 6, wide - 30, 34, mix(awnings[number], sheet.tone(0), 0.3))
        if empty:
            sheet.poly(
                [(x + 30, shop - 76), (x + 146, shop - 76), (x + 146, shop - 18), (x + 30, shop - 18)], sheet.tone(1)
            )
            sheet.rect(x + 42, shop - 64, 92, 12, p.accent)
            sheet.rect(x + 42, shop - 44, 62, 8, sheet.tone(0.2))
        else:
            for stripe in range(6):
                left = x + 6 + stripe * (wide - 26) / 6
                right = left + (wide - 26) / 6
                tint = awnings[number] if stripe % 2 else sheet.tone(0.98)
                sheet.poly([(left, shop + 24), (right, shop + 24), (right - 8, shop + 74), (left - 8, shop + 74)], tint)
    sheet.poly(path("0,690 1300,760 1600,766 1600,900 0,900"), sheet.tone(0.54))
    sheet.poly(path("0,690 1300,760 1600,766 1600,774 1300,770 0,704"), sheet.tone(0.86))
    for row in range(6):
        for column in range(20):
            sheet.rect(column * 90 + row % 2 * 40, 740 + row * 28 + column * 2.2, 50, 4, sheet.tone(0.48), radius=2)
    person(sheet, 270, 742, 150, p.accent, skin=SKINS[1], hair=rgb("5a3420"), long=True, stride=1.4, light=-1)
    person(sheet, 900, 792, 156, sheet.tone(0.18), skin=SKINS[3], stride=1.6, light=-1)
    gull(sheet, 1200, 220, 40, sheet.tone(0.4))


def diet_with_tractors(sheet: Canvas) -> None:
    """kessing-diet-square"""
    p = sheet.palette
    sheet.fade(0, 560, sheet.tone(0.5), sheet.tone(0.76), mix(sheet.tone(0.96), p.light, 0.35))
    cloud(sheet, 100, 130, 420, sheet.tone(0.86))
    cloud(sheet, 1120, 180, 420, sheet.tone(0.88))
    lit, shade = mix(STONE, sheet.tone(1), 0.15), mix(STONE_SHADE, sheet.tone(0.5), 0.35)
    for x, wide, high in ((0.0, 170, 170), (150, 110, 220), (1360, 130, 210), (1480, 130, 160)):
        sheet.rect(x, 560 - high, wide, high, sheet.tone(0.64))
        windows(sheet, (x, 570 - high, wide, high - 20), (max(2, int(wide / 34)), 4), sheet.tone(0.5))
    copper = mix(p.second, sheet.tone(1), 0.25)
    sheet.rect(250, 340, 1100, 230, lit)
    sheet.rect(250, 340, 1100, 12, mix(lit, (255, 255, 255), 0.4))
    for side in (262, 1120):
        windows(sheet, (side, 370, 218, 170), (6, 3), sheet.tone(0.26), gap=0.5)
    sheet.rect(480, 300, 640, 270, mix(lit, shade, 0.22))
    sheet.poly([(500, 306), (800, 206), (1100, 306)], lit)
    sheet.poly([(580, 296), (800, 224), (1020, 296)], shade)
    pillars(sheet, 500, 306, 600, 260, 8, lit, shade)
    sheet.rect(660, 168, 280, 60, mix(lit, shade, 0.2))
    windows(sheet, (664, 172, 272, 52), (12, 1), sheet.tone(0.3), gap=0.5)
    sheet.poly(
        [(650, 170)]
        + [
            (800 + 150 * -0.0 + 150 * (step / 10 - 1), 170 - 140 * (1 - (step / 10 - 1) ** 2) ** 0.5)
            for step in range(21)
        ]
        + [(950, 170)],
        copper,
    )
    for rib in (-0.62, -0.3, 0.02, 0.34, 0.66):
        points = [(800 + 150 * rib * (1 - t / 10) ** 0.5, 170 - 140 * (t / 10) ** 0.62) for t in range(10)]
        sheet.line(points, mix(copper, sheet.tone(0.1), 0.3), 4)
    sheet.rect(786, 4, 28, 32, lit)
    sheet.line([(800, 6), (800, -40)], sheet.tone(0.2), 4)
    steps(sheet, 560, 612, 4, lit, shade, inset=300)
    sheet.fade(600, 900, sheet.tone(0.78), sheet.tone(0.56))
    for row in range(9):
        y = 618 + row * row * 3.6 + row * 6
        for column in range(24):
            sheet.rect(column * 72 + row % 2 * 34 - 20, y, 34 + row * 2, 3 + row * 0.4, sheet.tone(0.66), radius=1)
    bodies = (p.second, p.accent, rgb("2f6f9f"), p.light)
    for row, (y, size, count) in enumerate(((664, 0.55, 9), (744, 0.8, 7), (868, 1.16, 5))):
        for number in range(count):
            x = 1600 / count * (number + 0.5) + (row % 2) * 20 - 20
            _tractor(sheet, x, y, size, bodies[(number + row) % 4])
    for x, y, height in ((330, 660, 84), (1000, 752, 110), (610, 756, 112), (1290, 664, 80)):
        person(sheet, x, y, height, sheet.tone(0.16), skin=SKINS[1], hat="cap", hat_colour=p.accent)


def _tractor(sheet: Canvas, x: float, y: float, size: float, colour: Colour) -> None:
    """A tractor that faces right."""
    ink = sheet.tone(0.06)
    sheet.oval(x + 8 * size, y + 4 * size, 120 * size, 12 * size, sheet.tone(0.5))
    sheet.rect(x - 64 * size, y - 142 * size, 84 * size, 10 * size, ink, radius=3)
    sheet.poly(
        [
            (x - 56 * size, y - 134 * size),
            (x + 10 * size, y - 134 * size),
            (x + 18 * size, y - 66 * size),
            (x - 62 * size, y - 66 * size),
        ],
        sheet.tone(0.86),
    )
    for post in (-58, -24, 8):
        sheet.rect(x + post * size, y - 134 * size, 6 * size, 70 * size, ink)
    sheet.rect(x - 66 * size, y - 76 * size, 160 * size, 44 * size, colour, radius=8 * size)
    sheet.rect(x + 20 * size, y - 88 * size, 76 * size, 26 * size, mix(colour, (255, 255, 255), 0.22), radius=7 * size)
    sheet.rect(x + 52 * size, y - 124 * size, 7 * size, 40 * size, ink)
    sheet.disc(x - 36 * size, y - 44 * size, 47 * size, ink)
    sheet.disc(x - 36 * size, y - 44 * size, 24 * size, sheet.palette.light)
    sheet.disc(x - 36 * size, y - 44 * size, 9 * size, ink)
    sheet.disc(x + 74 * size, y - 26 * size, 28 * size, ink)
    sheet.disc(x + 74 * size, y - 26 * size, 13 * size, sheet.palette.light)


def boathouse_queue(sheet: Canvas) -> None:
    """haverly-polling-station"""
    p = sheet.palette
    sheet.fade(
        0, 600, sheet.tone(0.14), sheet.tone(0.34), mix(sheet.tone(0.6), p.accent, 0.25), mix(p.light, p.accent, 0.3)
    )
    cloud(sheet, 80, 170, 430, mix(sheet.tone(0.34), p.light, 0.12))
    cloud(sheet, 1050, 250, 420, mix(sheet.tone(0.44), p.light, 0.2))
    sheet.ridge(500, 70, sheet.tone(0.24), to=sheet.tone(0.4))
    sheet.water(560, 700, mix(p.light, sheet.tone(0.4), 0.5), sheet.tone(0.22), p.light, count=70)
    red = mix(TIMBER, p.accent, 0.2)
    sheet.poly(path("560,720 560,330 820,190 1080,330 1080,720"), red)
    sheet.poly(path("1080,330 1420,330 1420,720 1080,720"), mix(red, (0, 0, 0), 0.25))
    for plank in range(13):
        sheet.rect(572 + plank * 40, 330, 3, 390, mix(red, (0, 0, 0), 0.22))
    sheet.poly(path("820,178 1170,178 1460,344 1050,344"), sheet.tone(0.12))
    sheet.poly(path("520,350 820,178 834,200 548,366"), sheet.tone(0.08))
    sheet.poly(path("820,178 1130,350 1104,366 810,200"), sheet.tone(0.08))
    sheet.rect(730, 450, 180, 270, mix(p.light, (255, 255, 255), 0.4))
    sheet.rect(690, 450, 44, 270, sheet.tone(0.96))
    sheet.rect(906, 450, 44, 270, sheet.tone(0.96))
    for x in (700.0, 916):
        sheet.line([(x, 460), (x + 24, 710)], sheet.tone(0.6), 4)
    sheet.rect(790, 290, 60, 70, mix(p.light, p.accent, 0.2))
    sheet.rect(817, 290, 6, 70, red)
    for x in (1150, 1290):
        sheet.rect(x, 430, 90, 110, sheet.tone(0.96))
        sheet.rect(x + 8, 438, 74, 94, p.light)
        sheet.rect(x + 42, 438, 6, 94, sheet.tone(0.96))
    sheet.fade(704, 900, sheet.tone(0.24), sheet.tone(0.1))
    sheet.glow(820, 418, 300, p.light, 0.85)
    sheet.rect(808, 396, 24, 30, mix(p.light, (255, 255, 255), 0.6), radius=6)
    sheet.poly([(796, 396), (844, 396), (820, 376)], sheet.tone(0.05))
    sheet.glow(820, 760, 520, p.light, 0.45, flat=0.22)
    coats = (p.light, p.second, sheet.tone(0.5), p.accent, sheet.tone(0.14), mix(p.light, p.accent, 0.5))
    for number in range(11):
        x = 690 - number * 66
        y = 770.0 + (number % 3) * 10 + number * 3
        hood = number % 3 != 1
        colour = coats[number % len(coats)]
        person(
            sheet,
            x,
            y,
            218 + (number * 37 % 5) * 7,
            colour,
            skin=SKINS[number % 6],
            hat="hood" if hood else "cap",
            hat_colour=colour,
            long=True,
            light=1,
        )
    for dash in range(3):
        sheet.rect(1460 + dash * 20, 640 + dash * 14, 50, 3, p.light, radius=1)
    for _ in range(130):
        x, y = sheet.chance.uniform(0, 1600), sheet.chance.uniform(0, 880)
        sheet.line([(x, y), (x - 5, y + 26)], mix(sheet.tone(0.5), p.light, 0.3), 1)


def _terrace(sheet: Canvas, brick: Colour) -> None:
    """A row of brick houses from edge to edge."""
    p = sheet.palette
    for house in range(7):
        x, wide = -30 + house * 240, 240
        sheet.rect(x, 220, wide, 460, mix(brick, sheet.tone(0.8), 0.1 + (house % 2) * 0.1))
        sheet.rect(x + 20, 150, 44, 76, mix(brick, (0, 0, 0), 0.22))
        for pot in (24, 44):
            sheet.rect(x + pot, 132, 14, 22, mix(p.accent, (255, 255, 255), 0.15))
    sheet.rect(0, 206, 1600, 26, sheet.tone(0.3))
    for row in range(22):
        for column in range(34):
            if (row * 5 + column * 3) % 4 == 0:
                sheet.rect(column * 50 + row % 2 * 24, 242 + row * 20, 32, 4, mix(brick, (0, 0, 0), 0.1))
    for house in range(7):
        x = -30 + house * 240
        for left in (34, 146):
            sheet.rect(x + left, 268, 68, 104, sheet.tone(0.98))
            sheet.rect(x + left + 7, 275, 54, 90, sheet.tone(0.28))
            sheet.rect(x + left + 7, 317, 54, 6, sheet.tone(0.98))
        sheet.rect(x + 150, 460, 66, 220, sheet.tone(0.98))
        doors = (p.second, p.accent, sheet.tone(0.3), p.light)
        sheet.rect(x + 158, 470, 50, 210, doors[house % 4])
        sheet.rect(x + 26, 470, 90, 118, sheet.tone(0.98))
        sheet.rect(x + 34, 478, 74, 102, sheet.tone(0.28))
        sheet.rect(x + 68, 478, 6, 102, sheet.tone(0.98))


def saplings_in_the_sun(sheet: Canvas) -> None:
    """cannery-street-saplings"""
    p = sheet.palette
    sheet.fade(0, 300, mix(sheet.tone(0.8), rgb("8fc1cf"), 0.6), sheet.tone(0.98))
    sheet.glow(1380, 60, 520, rgb("fff2c4"), 0.95)
    sheet.disc(1380, 60, 60, rgb("fff8e0"))
    brick = mix(BRICK, p.light, 0.3)
    _terrace(sheet, brick)
    sheet.fade(676, 760, sheet.tone(0.9), sheet.tone(0.84))
    sheet.rect(0, 756, 1600, 14, sheet.tone(0.6))
    sheet.fade(770, 900, mix(sheet.tone(0.72), p.light, 0.25), mix(sheet.tone(0.6), p.light, 0.2))
    for number in range(6):
        x, y, size = 90 + number * 284, 742 + (number % 2) * 6, 1.0
        sheet.poly(
            [(x - 60, y), (x + 60, y), (x - 130, y + 70), (x - 250, y + 70)], mix(sheet.tone(0.6), p.second, 0.2)
        )
        sheet.rect(x - 5, y - 300 * size, 10, 260, rgb("6b4a33"))
        for dx, dy, radius in ((-34, -300, 46), (30, -316, 50), (-6, -362, 54), (8, -270, 40)):
            sheet.disc(x + dx, y + dy, radius, mix(sheet.tone(0.34), rgb("5f9a4c"), 0.55))
        for dx, dy, radius in ((24, -338, 30), (-20, -318, 24), (12, -372, 28)):
            sheet.disc(x + dx, y + dy, radius, rgb("8dbb5f"))
        wood = rgb("d3a566")
        sheet.rect(x - 62, y - 96, 124, 96, wood)
        for slat in range(4):
            sheet.rect(x - 62, y - 96 + slat * 25, 124, 5, mix(wood, (0, 0, 0), 0.3))
        for post in (-62, 50):
            sheet.rect(x + post, y - 100, 12, 102, mix(wood, (0, 0, 0), 0.15))
    person(sheet, 800, 830, 200, p.second, skin=SKINS[2], stride=1.6, hat="cap", hat_colour=sheet.tone(1), light=1)


def film_set(sheet: Canvas) -> None:
    """film-set-exchange-square"""
    p = sheet.palette
    sheet.fade(0, 600, sheet.tone(0.3), sheet.tone(0.54), mix(sheet.tone(0.84), p.light, 0.4))
    lit, shade = mix(STONE, sheet.tone(0.7), 0.4), mix(STONE_SHADE, sheet.tone(0.3), 0.45)
    for x, wide, high, light in (
        (0, 330, 470, 0.5),
        (300, 260, 410, 0.58),
        (1060, 250, 430, 0.56),
        (1290, 330, 500, 0.48),
    ):
        sheet.rect(x, 640 - high, wide, high, sheet.tone(light))
        sheet.rect(x - 6, 632 - high, wide + 12, 16, sheet.tone(light + 0.2))
        windows(sheet, (x + 16, 670 - high, wide - 32, high - 170), (4, 3), sheet.tone(0.16), p.light, share=0.3)
        for arch in range(3):
            left = x + 30 + arch * wide / 3.2
            sheet.rect(left, 560, wide / 5, 84, sheet.tone(0.14))
            sheet.oval(left + wide / 10, 560, wide / 10, wide / 10, sheet.tone(0.14))
    sheet.rect(560, 250, 500, 390, lit)
    sheet.poly([(540, 256), (810, 160), (1080, 256)], mix(lit, shade, 0.25))
    pillars(sheet, 570, 262, 480, 376, 6, lit, shade)
    sheet.fade(636, 900, sheet.tone(0.62), sheet.tone(0.34))
    for row in range(8):
        for column in range(26):
            sheet.rect(
                column * 66 + row % 2 * 30 - 10, 650 + row * row * 3.4 + row * 5, 40, 3, sheet.tone(0.54), radius=1
            )
    ink = sheet.tone(0.05)
    sheet.line([(1500, 800), (1130, 250)], ink, 20)
    sheet.line([(1500, 800), (1590, 900)], ink, 26)
    sheet.line([(1130, 262), (1130, 330)], ink, 8)
    sheet.rect(1040, 300, 130, 76, ink, radius=8)
    for x in (1066, 1118):
        sheet.disc(x, 292, 34, ink)
        sheet.disc(x, 292, 10, sheet.tone(0.4))
    sheet.poly(path("1042,320 1000,306 1000,370 1042,356"), ink)
    sheet.poly([(1470, 900), (1500, 790), (1530, 900)], ink)
    for x, y, way in ((150, 300, 1), (1420, 360, -1)):
        sheet.veil([(x, y), (x + way * 640, y + 330), (x + way * 380, y + 520)], p.light, 0.22)
        sheet.line([(x, y), (x - way * 20, 840)], ink, 8)
        for leg in (-60, 60):
            sheet.line([(x - way * 18, 760), (x - way * 20 + leg, 850)], ink, 6)
        sheet.glow(x, y, 130, p.light, 0.9)
        sheet.poly(
            [(x - way * 46, y - 40), (x + way * 30, y - 60), (x + way * 30, y + 60), (x - way * 46, y + 40)], ink
        )
        sheet.rect(x + way * 30 - 5, y - 56, 10, 112, mix(p.light, (255, 255, 255), 0.6))
    coats = (sheet.tone(0.08), sheet.tone(0.16), p.second, mix(p.accent, sheet.tone(0), 0.5), sheet.tone(0.22))
    for number, (x, y, height) in enumerate(
        (
            (330, 760, 220),
            (440, 740, 206),
            (560, 790, 236),
            (690, 736, 204),
            (800, 770, 226),
            (930, 748, 210),
            (1250, 800, 230),
        )
    ):
        person(
            sheet,
            x,
            y,
            height,
            coats[number % 5],
            skin=SKINS[number % 6],
            hair=rgb("33221c"),
            long=True,
            hat="top" if number % 3 != 1 else "cap",
            hat_colour=ink,
            light=(-1 if x > 700 else 1) * -1,
        )
    person(sheet, 1385, 850, 236, rgb("d8b25e"), skin=SKINS[3], hat="cap", hat_colour=sheet.tone(0.9), stride=1.2)


SCENES = {
    "ropewalk-shopfronts": sloping_shops,
    "kessing-diet-square": diet_with_tractors,
    "haverly-polling-station": boathouse_queue,
    "cannery-street-saplings": saplings_in_the_sun,
    "film-set-exchange-square": film_set,
}
