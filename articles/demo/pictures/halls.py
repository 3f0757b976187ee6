"""Scenes in halls and works."""

from __future__ import annotations

import math

from articles.demo.pictures.canvas import Canvas, path
from articles.demo.pictures.palettes import Colour, mix, rgb
from articles.demo.pictures.people import SKINS, person
from articles.demo.pictures.things import (
    flag,
    windows,
)

WOOD, WOOD_SHADE = rgb("dcb88a"), rgb("b48a5c")


def _from_a_point(sheet: Canvas, x: float, y: float, colour: Colour, *, below: bool, count: int, width: float) -> None:
    """Lines that run from a vanishing point to the floor's or the ceiling's edge."""
    edge = sheet.height if below else 0
    for number in range(count):
        end = -sheet.width + number * 3 * sheet.width / (count - 1)
        sheet.line([(x, y), (end, edge)], colour, width)


def assembly_line(sheet: Canvas) -> None:
    """eastholm-assembly-line"""
    p = sheet.palette
    sheet.fade(0, 420, sheet.tone(0.12), sheet.tone(0.34), sheet.tone(0.6))
    sheet.fade(420, 900, sheet.tone(0.66), sheet.tone(0.36), sheet.tone(0.24))
    _from_a_point(sheet, 1080, 400, sheet.tone(0.2), below=False, count=16, width=5)
    sheet.rect(0, 392, 1600, 40, sheet.tone(0.5))
    windows(sheet, (0, 330, 1600, 66), (30, 1), sheet.tone(0.82), gap=0.2)
    glare = mix(p.light, (255, 255, 255), 0.65)
    for lane in (-620, -260, 120, 470):
        for part in range(6):
            near, far = 1 - part * 0.155, 1 - part * 0.155 - 0.1
            x1, y1 = 1080 + lane * near * 2.0, 400 - 390 * near
            x2, y2 = 1080 + lane * far * 2.0, 400 - 390 * far
            half = 16 * near + 3
            shape = [(x1 - half, y1), (x1 + half, y1), (x2 + half * 0.72, y2), (x2 - half * 0.72, y2)]
            sheet.glow((x1 + x2) / 2, (y1 + y2) / 2, 110 * near, p.light, 0.35)
            sheet.poly(shape, glare)
    sheet.poly(path("1030,424 1110,424 900,900 -200,900"), sheet.tone(0.16))
    sheet.poly(path("1036,430 1102,430 1050,560 900,560"), sheet.tone(0.24))
    for rail in ((1034, -160), (1106, 880)):
        sheet.line([(rail[0], 426), (rail[1], 900)], p.light, 7)
    for x, y, size in ((1064, 456, 0.26), (1010, 520, 0.46), (900, 622, 0.8), (660, 800, 1.4)):
        _car_body(sheet, x, y, size)
    for x, y, height in ((1190, 590, 190), (1400, 800, 380), (760, 560, 150), (1150, 490, 100)):
        overall = sheet.tone(0.46)
        arm = ((-0.1, 0.05), (-0.2, 0.16), (-0.3, 0.2)) if x > 1000 else ()
        person(
            sheet,
            x,
            y,
            height,
            overall,
            skin=SKINS[int(x) % 5],
            legs=sheet.tone(0.34),
            reach=arm,
            hat="cap",
            hat_colour=p.accent,
            light=-1,
        )
    sheet.glow(1226, 660, 90, p.light, 0.9)
    for _ in range(26):
        angle = sheet.chance.uniform(-2.6, 0.4)
        far = sheet.chance.uniform(20, 120)
        at = (1226 + math.cos(angle) * far, 660 + math.sin(angle) * far * 0.8)
        sheet.line([at, (at[0] + math.cos(angle) * 12, at[1] + math.sin(angle) * 12)], p.light, 2)


def _car_body(sheet: Canvas, x: float, y: float, size: float) -> None:
    """A bare car body, three quarters from the front, its sill at y."""

    def at(*points: tuple[float, float]) -> list[tuple[float, float]]:
        return [(x + px * size, y + py * size) for px, py in points]

    steel, shade, ink = sheet.tone(0.8), sheet.tone(0.56), sheet.tone(0.1)
    sheet.oval(x, y + 16 * size, 300 * size, 22 * size, sheet.tone(0.08))
    sheet.curve(
        at(
            (-280, 0),
            (-292, -70),
            (-250, -104),
            (-130, -120),
            (-70, -196),
            (60, -206),
            (150, -120),
            (262, -96),
            (290, -40),
            (280, 0),
        ),
        steel,
    )
    sheet.poly(at((-284, 0), (-288, -46), (288, -36), (280, 0)), shade)
    sheet.poly(at((-114, -122), (-62, -182), (-10, -188), (-10, -118)), ink)
    sheet.poly(at((6, -118), (6, -188), (54, -190), (120, -116)), ink)
    for wheel in (-176, 176):
        sheet.oval(x + wheel * size, y - 4 * size, 62 * size, 58 * size, ink)
    sheet.line(at((-2, -112), (-4, -8)), shade, 4 * size)
    sheet.line(at((128, -110), (118, -60), (120, -40)), shade, 4 * size)
    sheet.oval(x + 262 * size, y - 72 * size, 16 * size, 12 * size, ink)


def hall_with_flags(sheet: Canvas) -> None:
    """castine-commission-hall"""
    p = sheet.palette
    sheet.fade(0, 640, mix(WOOD, sheet.tone(1), 0.45), mix(WOOD, sheet.tone(1), 0.7))
    for slat in range(58):
        x = slat * 28
        sheet.fade(0, 640, mix(WOOD_SHADE, WOOD, 0.55), mix(WOOD, sheet.tone(1), 0.42), x=x, width=7)
    sheet.poly(path("0,0 1600,0 1320,84 280,84"), sheet.tone(0.96))
    for number in range(6):
        x = 330 + number * 190
        sheet.poly(
            [(x - 40, 66), (x + 30, 66), (x + 50 + (number - 2.5) * 30, 26), (x - 60 + (number - 2.5) * 30, 26)],
            (255, 253, 244),
        )
        sheet.glow(x, 60, 260, rgb("fff3d6"), 0.4)
    sheet.fade(640, 900, mix(WOOD, sheet.tone(0.9), 0.2), mix(WOOD_SHADE, sheet.tone(0.4), 0.3))
    sheet.poly(path("130,640 1470,640 1560,720 40,720"), mix(WOOD, sheet.tone(1), 0.55))
    sheet.rect(40, 720, 1520, 34, WOOD_SHADE)
    reds, blues = (p.accent, sheet.tone(0.98), sheet.tone(0.16)), (sheet.tone(0.2), p.light, p.second)
    for number in range(11):
        x = 190 + number * 118
        kind = number % 5
        colours = (
            (reds[0], reds[1]),
            (blues[0], blues[1]),
            (p.second, sheet.tone(0.98), p.second),
            (sheet.tone(0.3), p.accent),
            (p.light, sheet.tone(0.14)),
        )[kind]
        flag(sheet, x, 660, 430 - abs(number - 5) * 4, colours, mix(p.light, WOOD_SHADE, 0.5))
        sheet.rect(x - 20, 654, 40, 12, sheet.tone(0.2), radius=4)
    sheet.oval(800, 772, 200, 18, mix(WOOD_SHADE, sheet.tone(0.2), 0.45))
    sheet.poly(path("690,470 910,470 884,520 716,520"), sheet.tone(0.24))
    sheet.poly(path("722,520 878,520 864,770 736,770"), sheet.tone(0.16))
    sheet.poly(path("722,520 762,520 768,770 736,770"), sheet.tone(0.28))
    sheet.disc(800, 610, 40, p.light)
    for point in range(11):
        angle = math.tau * point / 11
        sheet.disc(800 + math.cos(angle) * 27, 610 + math.sin(angle) * 27, 4.5, sheet.tone(0.16))
    for x, lean in ((770, -24), (830, 24)):
        sheet.line([(x, 470), (x + lean * 0.4, 420), (x - lean * 0.2, 396)], sheet.tone(0.06), 4)
        sheet.oval(x - lean * 0.3, 390, 8, 13, sheet.tone(0.06))
    for row, (y, size) in enumerate(((812, 0.8), (876, 1.05))):
        for number in range(14):
            x = -40 + number * 126 + row * 60
            sheet.rect(x, y - 46 * size, 92 * size, 90, sheet.tone(0.2 + row * -0.06), radius=14)
            sheet.rect(x + 8, y - 40 * size, 76 * size, 12, sheet.tone(0.34), radius=6)


def _great_hall(sheet: Canvas) -> None:
    """Arched windows, piers and a floor with their light on it."""
    sheet.fade(0, 640, sheet.tone(0.44), sheet.tone(0.7), sheet.tone(0.86))
    for arch in range(5):
        x = 160 + arch * 320
        sheet.rect(x - 104, 250, 208, 330, sheet.tone(0.96))
        sheet.disc(x, 250, 104, sheet.tone(0.96))
        for bar in range(-2, 3):
            sheet.rect(x + bar * 42 - 3, 150, 6, 430, sheet.tone(0.5))
        for bar in (250, 340, 430, 520):
            sheet.rect(x - 104, bar, 208, 6, sheet.tone(0.5))
        sheet.arc(x, 250, 110, 180, 360, sheet.tone(0.3), 14)
    for pier in range(6):
        x = pier * 320
        sheet.rect(x - 40, 100, 80, 540, sheet.tone(0.56))
        sheet.rect(x - 40, 100, 22, 540, sheet.tone(0.7))
        sheet.rect(x - 52, 100, 104, 26, sheet.tone(0.76))
    for rib in range(17):
        sheet.line([(800, -340), (rib * 100, 104)], sheet.tone(0.3), 6)
    sheet.rect(0, 90, 1600, 20, sheet.tone(0.26))
    sheet.fade(630, 900, sheet.tone(0.8), sheet.tone(0.6), sheet.tone(0.46))
    for arch in range(5):
        x = 160 + arch * 320
        sheet.veil([(x - 90, 640), (x + 90, 640), (x + 10, 900), (x - 330, 900)], sheet.tone(1), 0.4)
    for line in range(13):
        x = -900 + line * 284
        sheet.line([(800 + (x - 800) * 0.34, 632), (x, 900)], sheet.tone(0.56), 2)
    for y in (660, 704, 772, 866):
        sheet.rect(0, y, 1600, 2, sheet.tone(0.56))


def _departures(sheet: Canvas) -> None:
    """A board with nothing on it, and a clock."""
    for x in (560, 1040):
        sheet.rect(x - 3, 100, 6, 130, sheet.tone(0.1))
    sheet.rect(470, 226, 660, 230, sheet.tone(0.04), radius=8)
    sheet.rect(482, 238, 636, 34, sheet.tone(0.16))
    for row in range(5):
        for cell in range(22):
            sheet.rect(492 + cell * 28.4, 284 + row * 33, 24, 25, sheet.tone(0.1))
            sheet.rect(492 + cell * 28.4, 296 + row * 33, 24, 1.5, sheet.tone(0.02))
    sheet.disc(1420, 190, 66, sheet.tone(0.1))
    sheet.disc(1420, 190, 56, sheet.tone(1))
    sheet.line([(1420, 190), (1420, 148)], sheet.tone(0.05), 5)
    sheet.line([(1420, 190), (1392, 206)], sheet.tone(0.05), 7)


def empty_concourse(sheet: Canvas) -> None:
    """kessing-central-empty"""
    p = sheet.palette
    _great_hall(sheet)
    _departures(sheet)
    hand = person(
        sheet,
        560,
        838,
        250,
        p.accent,
        skin=SKINS[2],
        legs=sheet.tone(0.14),
        hat="cap",
        hat_colour=sheet.tone(0.14),
        reach=((0.1, 0.08), (0.22, 0.2), (0.34, 0.2)),
        stride=1.5,
        light=1,
    )
    sheet.line([(hand[0] - 60, hand[1] - 46), (hand[0] + 210, 838)], WOOD_SHADE, 8)
    sheet.poly(
        [(hand[0] + 120, 836), (hand[0] + 330, 836), (hand[0] + 344, 858), (hand[0] + 106, 858)], sheet.tone(0.1)
    )
    sheet.oval(590, 852, 130, 10, sheet.tone(0.4))
    sheet.oval(1330, 788, 170, 10, sheet.tone(0.5))
    for y in (640, 664, 688):
        sheet.rect(1190, y, 280, 14, WOOD_SHADE)
    sheet.poly(path("1180,716 1480,716 1494,738 1166,738"), WOOD)
    for x in (1196, 1450):
        sheet.rect(x, 636, 14, 150, sheet.tone(0.14))


def _furnace(sheet: Canvas) -> None:
    """A blast furnace being tapped."""
    p = sheet.palette
    sheet.glow(420, 470, 640, p.accent, 0.85)
    ink = sheet.tone(0.02)
    sheet.poly(path("170,900 220,420 280,250 330,60 510,60 560,250 620,420 670,900"), sheet.tone(0.1))
    sheet.poly(path("330,60 390,60 330,420 300,900 170,900 220,420 280,250"), sheet.tone(0.2))
    for y, half in ((120.0, 120), (250, 150), (420, 215), (560, 224)):
        sheet.rect(420 - half, y, 2 * half, 18, ink)
    sheet.line([(510, 70), (700, -60)], ink, 54)
    sheet.line([(330, 70), (180, -60)], ink, 54)
    for x in (60.0, 110):
        sheet.rect(x, 120, 34, 780, sheet.tone(0.07))
    sheet.rect(690, 200, 70, 700, sheet.tone(0.06))
    for y in range(230, 900, 70):
        sheet.rect(690, y, 70, 8, sheet.tone(0.16))
    sheet.rect(340, 690, 160, 130, mix(p.light, (255, 255, 230), 0.4), radius=30)
    sheet.glow(420, 750, 300, p.light, 0.95)
    sheet.poly(path("380,780 460,780 700,900 140,900"), mix(p.light, (255, 255, 230), 0.3))
    for _ in range(70):
        angle, far = sheet.chance.uniform(-3.0, -0.14), sheet.chance.uniform(60, 520)
        x, y = 420 + math.cos(angle) * far, 750 + math.sin(angle) * far * 0.9
        sheet.line(
            [(x, y), (x + math.cos(angle) * 9, y + math.sin(angle) * 9)],
            mix(p.light, (255, 255, 255), sheet.chance.random() * 0.6),
            2.4,
        )
    sheet.rect(0, 800, 1600, 100, sheet.tone(0.04))
    for x in range(0, 1600, 26):
        sheet.rect(x, 812, 18, 8, sheet.tone(0.14))


def furnace_portrait(sheet: Canvas) -> None:
    """marguerite-sole"""
    p = sheet.palette
    sheet.fade(0, 900, sheet.tone(0.04), sheet.tone(0.12), mix(sheet.tone(0.2), p.accent, 0.3))
    _furnace(sheet)
    coat, glove = sheet.tone(0.32), mix(rgb("5b3a26"), p.accent, 0.2)
    sheet.line([(1004, 318), (976, 470), (1012, 622)], mix(coat, p.light, 0.25), 62)
    hand = ((0.11, 0.06), (0.145, 0.22), (0.1, 0.39))
    person(sheet, 1110, 1010, 900, coat, skin=SKINS[0], hair=rgb("6a4730"), long=True, reach=hand, light=-1)
    x, y = 1110, 1010 - 900 * 0.925
    sheet.line([(x + 2, y + 220), (x + 2, 900)], mix(coat, (0, 0, 0), 0.35), 4)
    for button in range(4):
        sheet.disc(x + 18, y + 262 + button * 82, 8, mix(coat, (0, 0, 0), 0.5))
    sheet.poly(
        [(x + 52, y + 340), (x + 112, y + 330), (x + 114, y + 350), (x + 54, y + 360)], mix(coat, (0, 0, 0), 0.3)
    )
    collar = mix(p.accent, sheet.tone(0.1), 0.2)
    sheet.poly(
        [(x - 42, y + 96), (x + 42, y + 96), (x + 20, y + 190), (x, y + 230), (x - 20, y + 190)], sheet.tone(0.9)
    )
    sheet.poly([(x - 60, y + 84), (x - 30, y + 90), (x - 4, y + 236), (x - 40, y + 200)], collar)
    sheet.poly([(x + 60, y + 84), (x + 30, y + 90), (x + 4, y + 236), (x + 40, y + 200)], mix(collar, (0, 0, 0), 0.25))
    helmet = sheet.tone(0.99)
    sheet.poly(
        [
            (x - 66, y - 20),
            (x - 60, y - 66),
            (x - 34, y - 98),
            (x + 4, y - 106),
            (x + 40, y - 94),
            (x + 62, y - 62),
            (x + 66, y - 20),
        ],
        helmet,
    )
    sheet.poly(
        [(x + 4, y - 106), (x + 40, y - 94), (x + 62, y - 62), (x + 66, y - 20), (x + 28, y - 20)],
        mix(helmet, sheet.tone(0.4), 0.35),
    )
    sheet.rect(x - 88, y - 26, 176, 15, mix(helmet, sheet.tone(0.5), 0.2), radius=7)
    for side in (-1, 1):
        sheet.oval(x + side * 20, y + 8, 4.2, 5, rgb("2a1a18"))
        sheet.line([(x + side * 12, y - 4), (x + side * 30, y - 5)], rgb("6a4730"), 3)
    sheet.line([(x, y + 10), (x - 5, y + 28), (x + 2, y + 30)], mix(SKINS[0], p.accent, 0.4), 3)
    sheet.line([(x - 13, y + 44), (x, y + 47), (x + 13, y + 43)], mix(SKINS[0], p.second, 0.7), 3.4)
    sheet.veil([(x - 52, y - 18), (x - 26, y - 18), (x - 24, y + 58), (x - 44, y + 40)], p.light, 0.35)
    for rail in (620, 720):
        sheet.rect(0, rail, 1600, 16, sheet.tone(0.02))
        sheet.rect(0, rail, 1600, 4, mix(p.accent, sheet.tone(0.2), 0.5))
    for x in range(60, 1600, 250):
        sheet.rect(x, 620, 16, 200, sheet.tone(0.02))
    for x in (1012, 1200):
        sheet.rect(x - 36, 582, 72, 60, glove, radius=22)
        for finger in range(3):
            sheet.rect(x - 16 + finger * 16, 616, 3, 26, mix(glove, (0, 0, 0), 0.35))


SCENES = {
    "eastholm-assembly-line": assembly_line,
    "castine-commission-hall": hall_with_flags,
    "kessing-central-empty": empty_concourse,
    "marguerite-sole": furnace_portrait,
}
