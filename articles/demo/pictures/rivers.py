"""Scenes by rivers, lakes and their works."""

from __future__ import annotations

import math

from articles.demo.pictures.canvas import Canvas, path
from articles.demo.pictures.palettes import mix, rgb
from articles.demo.pictures.people import SKINS, person
from articles.demo.pictures.things import (
    cloud,
    gull,
    round_tree,
)

WOOD, MUD, BRICK = rgb("a97b4d"), rgb("7a6348"), rgb("a0553c")


def river_at_low_water(sheet: Canvas) -> None:
    """aller-low-water"""
    p = sheet.palette
    sheet.fade(0, 420, sheet.tone(0.6), sheet.tone(0.84), mix(sheet.tone(0.97), p.light, 0.3))
    cloud(sheet, 180, 140, 520, sheet.tone(0.88))
    cloud(sheet, 980, 90, 440, sheet.tone(0.82))
    sheet.ridge(350, 26, sheet.tone(0.56), to=sheet.tone(0.72))
    for number in range(24):
        x = number * 70 + sheet.chance.uniform(-26, 26)
        round_tree(sheet, x, 412, sheet.chance.uniform(60, 130), sheet.tone(0.46), sheet.tone(0.34))
    bank = mix(MUD, p.light, 0.35)
    sheet.fade(400, 900, mix(bank, sheet.tone(0.7), 0.4), bank, mix(MUD, sheet.tone(0.1), 0.25))
    channel = path(
        "700,404 1000,404 1120,470 1010,560 860,640 900,740 1180,900 560,900 480,760 560,640 760,550 820,470"
    )
    sheet.curve([(x + (18 if x > 850 else -18), y) for x, y in channel], mix(MUD, sheet.tone(0.1), 0.4))
    water = mix(rgb("8c7650"), p.second, 0.35)
    sheet.curve(channel, water)
    for _ in range(46):
        y = sheet.chance.uniform(500, 890)
        middle = 900 - (y - 480) * 0.25
        x = middle + sheet.chance.uniform(-150, 120)
        sheet.rect(x, y, sheet.chance.uniform(20, 70) * y / 700, 3, mix(water, sheet.tone(1), 0.45), radius=1)
    for _ in range(150):
        x, y = sheet.chance.uniform(0, 1600), 420 + sheet.chance.random() ** 0.7 * 470
        if abs(x - (900 - (y - 480) * 0.25)) > 300:
            size = (y - 360) / 380
            sheet.line(
                [(x, y), (x + 26 * size, y + 9 * size), (x + 52 * size, y + 2 * size)], mix(bank, MUD, 0.75), 2 * size
            )
    deck, shade = WOOD, mix(WOOD, sheet.tone(0), 0.5)
    corners = path("1130,690 1440,590 1530,660 1220,780")
    sheet.poly([(x + 16, y + 56) for x, y in corners], mix(MUD, sheet.tone(0), 0.5))
    sheet.poly([corners[0], corners[3], (1220, 826), (1130, 736)], shade)
    sheet.poly([corners[3], corners[2], (1530, 706), (1220, 826)], mix(shade, deck, 0.35))
    sheet.poly(corners, deck)
    for plank in range(1, 15):
        share = plank / 15
        one = (
            corners[0][0] + (corners[1][0] - corners[0][0]) * share,
            corners[0][1] + (corners[1][1] - corners[0][1]) * share,
        )
        two = (
            corners[3][0] + (corners[2][0] - corners[3][0]) * share,
            corners[3][1] + (corners[2][1] - corners[3][1]) * share,
        )
        sheet.line([one, two], shade, 3)
    for x, y in ((1250, 796), (1380, 748), (1480, 710)):
        sheet.oval(x, y, 26, 34, p.second)
    for x, top, foot in ((1100, 430, 760), (1470, 380, 640)):
        sheet.rect(x, top, 20, foot - top, shade)
        sheet.rect(x, top, 20, 110, mix(shade, sheet.tone(0.9), 0.35))
        sheet.rect(x, foot - 150, 20, 150, mix(shade, p.second, 0.35))
    sheet.line([(1150, 690), (1110, 620), (1110, 520)], sheet.tone(0.1), 4)
    for x, y in ((320, 720), (380, 740), (250, 760)):
        sheet.oval(x, y, 26, 13, sheet.tone(0.2))
        sheet.line([(x + 18, y - 6), (x + 30, y - 30)], sheet.tone(0.2), 6)
        sheet.line([(x + 30, y - 30), (x + 52, y - 26)], p.accent, 4)
        for leg in (-5, 6):
            sheet.line([(x + leg, y + 8), (x + leg, y + 34)], p.accent, 3)


def lake_coring(sheet: Canvas) -> None:
    """merrow-lake-coring"""
    p = sheet.palette
    sheet.fade(0, 470, sheet.tone(0.56), sheet.tone(0.78), sheet.tone(0.9))
    cloud(sheet, 80, 120, 620, sheet.tone(0.7))
    cloud(sheet, 860, 190, 660, sheet.tone(0.76))
    hill = mix(p.second, sheet.tone(0.4), 0.5)
    sheet.shade(
        path("-20,470 200,380 520,270 800,250 1050,310 1350,410 1620,440 1620,500 -20,500"),
        mix(hill, sheet.tone(0.9), 0.3),
        hill,
    )
    sheet.veil(path("800,250 1050,310 1350,410 1620,440 1620,500 700,500"), sheet.tone(0.1), 0.22)
    for _ in range(36):
        x = sheet.chance.uniform(120, 1480)
        y = 470 - sheet.chance.uniform(0, 90)
        sheet.rect(x, y, sheet.chance.uniform(20, 60), 3, mix(hill, sheet.tone(0.9), 0.35), radius=1)
    for x, y in ((360, 420), (392, 428), (1160, 440), (540, 396)):
        sheet.oval(x, y, 10, 6, sheet.tone(0.98))
    sheet.water(480, 900, mix(sheet.tone(0.66), hill, 0.3), sheet.tone(0.3), sheet.tone(0.96), count=130)
    sheet.veil(path("380,484 1240,484 1010,620 600,620"), sheet.tone(0.2), 0.16)
    ink = sheet.tone(0.08)
    sheet.veil(path("520,742 1090,742 1020,860 590,860"), ink, 0.4)
    for x in (500, 690, 880):
        sheet.rect(x, 700, 200, 46, p.accent, radius=22)
        sheet.rect(x, 724, 200, 22, mix(p.accent, ink, 0.3), radius=11)
    sheet.poly(path("470,700 1120,700 1080,664 510,664"), WOOD)
    sheet.rect(470, 698, 650, 12, mix(WOOD, ink, 0.45))
    for plank in range(1, 11):
        sheet.line([(510 + plank * 57, 664), (470 + plank * 65, 700)], mix(WOOD, ink, 0.35), 2)
    steel = sheet.tone(0.9)
    for foot in (640, 950):
        sheet.line([(foot, 684), (795, 220)], steel, 12)
    sheet.line([(720, 676), (795, 220)], mix(steel, ink, 0.4), 10)
    sheet.line([(690, 540), (898, 540)], steel, 8)
    sheet.disc(795, 232, 20, ink)
    sheet.disc(795, 232, 8, p.light)
    sheet.line([(795, 240), (795, 470)], ink, 3)
    sheet.rect(781, 470, 28, 290, p.light, radius=8)
    sheet.rect(799, 470, 10, 290, mix(p.light, p.accent, 0.5), radius=5)
    for ring in range(4):
        sheet.arc(795, 752, 60 + ring * 40, 20, 160, mix(sheet.tone(0.5), sheet.tone(1), 0.5), 2)
    person(
        sheet,
        600,
        690,
        250,
        p.light,
        skin=SKINS[2],
        legs=sheet.tone(0.2),
        hat="hood",
        hat_colour=p.light,
        reach=((0.1, 0.06), (0.3, 0.06), (0.62, 0.0)),
    )
    person(
        sheet,
        1000,
        690,
        250,
        p.accent,
        skin=SKINS[0],
        legs=sheet.tone(0.14),
        hat="hood",
        hat_colour=p.accent,
        reach=((-0.1, 0.06), (-0.3, 0.12), (-0.62, 0.16)),
    )
    person(
        sheet,
        895,
        686,
        232,
        p.second,
        skin=SKINS[3],
        legs=sheet.tone(0.2),
        hat="cap",
        hat_colour=sheet.tone(1),
        reach=((-0.1, 0.06), (-0.2, 0.2), (-0.3, 0.24)),
    )
    gull(sheet, 1250, 170, 44, sheet.tone(0.3))


def gauge_house(sheet: Canvas) -> None:
    """aller-gauge-house"""
    p = sheet.palette
    sheet.fade(0, 440, sheet.tone(0.56), sheet.tone(0.76), sheet.tone(0.88))
    cloud(sheet, -60, 120, 640, sheet.tone(0.64))
    cloud(sheet, 820, 170, 720, sheet.tone(0.7))
    for depth, light in ((360, 0.62), (420, 0.5)):
        for number in range(22):
            round_tree(
                sheet,
                number * 76 + sheet.chance.uniform(-30, 30),
                depth + 30,
                sheet.chance.uniform(90, 170),
                sheet.tone(light),
                sheet.tone(light - 0.12),
            )
    water = mix(rgb("8a6c45"), sheet.tone(0.5), 0.2)
    sheet.water(
        440,
        900,
        mix(water, sheet.tone(0.85), 0.4),
        mix(water, sheet.tone(0), 0.4),
        mix(p.light, sheet.tone(1), 0.3),
        count=150,
    )
    grass = mix(sheet.tone(0.36), rgb("6f9147"), 0.5)
    sheet.shade(
        path("820,440 1100,430 1600,410 1600,900 1180,900 1020,760 930,620 840,520"),
        mix(grass, sheet.tone(0.9), 0.2),
        mix(grass, sheet.tone(0), 0.35),
    )
    sheet.poly(path("840,520 930,620 1020,760 1180,900 1120,900 980,780 890,640 800,520"), mix(MUD, sheet.tone(0), 0.3))
    brick = mix(BRICK, p.accent, 0.2)
    sheet.poly(path("1060,620 1060,330 1290,330 1290,620"), brick)
    sheet.poly(path("1290,620 1290,330 1430,350 1430,600"), mix(brick, (0, 0, 0), 0.28))
    for row in range(18):
        for column in range(7):
            if (row * 3 + column) % 3:
                sheet.rect(1064 + column * 33 + row % 2 * 14, 336 + row * 16, 24, 4, mix(brick, (255, 255, 255), 0.16))
    sheet.poly([(1034, 340), (1175, 220), (1316, 340)], sheet.tone(0.22))
    sheet.poly(path("1175,220 1330,240 1458,356 1316,340"), sheet.tone(0.12))
    door = mix(rgb("3f7a4a"), sheet.tone(0.3), 0.2)
    sheet.rect(1108, 430, 86, 190, sheet.tone(0.9))
    sheet.rect(1115, 438, 72, 182, door)
    for x in (1139.0, 1163):
        sheet.rect(x, 438, 3, 182, mix(door, (0, 0, 0), 0.3))
    sheet.rect(1222, 440, 46, 56, sheet.tone(0.9))
    sheet.rect(1228, 446, 34, 44, sheet.tone(0.1))
    sheet.rect(1150, 180, 6, 60, sheet.tone(0.2))
    sheet.line([(1128, 186), (1182, 186)], sheet.tone(0.2), 4)
    post = 600
    sheet.rect(post, 170, 66, 560, sheet.tone(1))
    for mark in range(14):
        y = 170.0 + mark * 40
        sheet.rect(post, y, 66, 20, sheet.tone(0.08) if mark % 2 else p.accent)
        sheet.rect(post + 66, y + 20, 16, 4, sheet.tone(0.1))
    sheet.rect(post + 54, 170, 12, 560, mix(sheet.tone(0.2), sheet.tone(0.5), 0.5))
    sheet.fade(700, 900, water, mix(water, sheet.tone(0), 0.4), x=post - 60, width=190)
    for ring in range(4):
        wide = 90 + ring * 52
        sheet.rect(
            post + 33 - wide, 702 + ring * 20, wide * 2, 5, mix(water, sheet.tone(1), 0.55 - ring * 0.1), radius=2
        )
    sheet.line([(666, 250), (860, 320), (1060, 420)], sheet.tone(0.14), 6)
    sheet.line([(690, 556), (1010, 600)], sheet.tone(0.3), 10)
    for _ in range(30):
        x, y = sheet.chance.uniform(980, 1600), sheet.chance.uniform(640, 890)
        sheet.line([(x, y), (x + sheet.chance.uniform(-8, 8), y - 22)], mix(grass, p.light, 0.4), 3)


def settling_tanks(sheet: Canvas) -> None:
    """cobble-point-works"""
    p = sheet.palette
    sheet.fade(0, 220, mix(sheet.tone(0.9), p.light, 0.4), sheet.tone(0.84))
    sheet.fade(200, 330, mix(p.second, sheet.tone(0.9), 0.45), mix(p.second, sheet.tone(0.7), 0.3))
    sheet.rect(0, 188, 1600, 14, sheet.tone(0.62))
    for _ in range(40):
        sheet.rect(
            sheet.chance.uniform(0, 1600),
            sheet.chance.uniform(206, 316),
            sheet.chance.uniform(30, 110),
            2.4,
            sheet.tone(0.97),
            radius=1,
        )
    sheet.poly(path("0,330 500,300 1000,322 1600,290 1600,900 0,900"), mix(sheet.tone(0.56), rgb("8aa25a"), 0.45))
    sheet.poly(path("0,322 500,292 1000,314 1600,282 1600,300 1000,332 500,310 0,340"), mix(MUD, p.light, 0.4))
    paving = sheet.tone(0.88)
    sheet.poly(path("730,320 800,320 900,900 640,900"), paving)
    sheet.poly(path("0,560 1600,500 1600,546 0,614"), paving)
    pipe = mix(p.accent, sheet.tone(0.2), 0.12)
    for x in range(60, 1600, 190):
        sheet.rect(x, 360, 14, 66, sheet.tone(0.3))
    sheet.rect(0, 352, 1600, 32, pipe)
    sheet.rect(0, 352, 1600, 9, mix(pipe, (255, 255, 255), 0.35))
    for x in range(20, 1600, 150):
        sheet.rect(x, 346, 12, 44, mix(pipe, (0, 0, 0), 0.3))
    for x, y, size in ((350, 470, 210), (1180, 452, 220), (300, 750, 330), (1220, 720, 350)):
        _tank(sheet, x, y, size)
    for x, y, size in ((350, 380, 120), (1180, 360, 130), (420, 620, 180), (1100, 590, 190), (1320, 560, 140)):
        for puff in range(5):
            sheet.glow(x + puff * 26 - 40, y - puff * 36, size * (0.5 + puff * 0.12), sheet.tone(1), 0.55)
    sheet.rect(726, 420, 160, 110, mix(BRICK, p.light, 0.25))
    sheet.poly([(712, 424), (806, 370), (900, 424)], sheet.tone(0.24))
    sheet.rect(790, 462, 34, 68, sheet.tone(0.2))
    sheet.rect(842, 446, 26, 28, sheet.tone(0.94))
    sheet.rect(744, 446, 26, 28, sheet.tone(0.94))
    person(sheet, 760, 740, 110, p.light, skin=SKINS[3], hat="helmet", hat_colour=sheet.tone(1), stride=1.5)
    gull(sheet, 560, 130, 44, sheet.tone(0.4))
    gull(sheet, 640, 100, 32, sheet.tone(0.4))


def _tank(sheet: Canvas, x: float, y: float, size: float) -> None:
    flat = 0.42
    sheet.oval(x, y + size * 0.13, size, size * flat, sheet.tone(0.4))
    sheet.rect(x - size, y, 2 * size, size * 0.13, sheet.tone(0.4))
    sheet.oval(x, y, size, size * flat, sheet.tone(0.92))
    sheet.oval(x, y, size * 0.93, size * flat * 0.93, sheet.tone(0.5))
    water = mix(sheet.palette.second, sheet.tone(0.3), 0.25)
    sheet.oval(x, y + size * 0.03, size * 0.91, size * flat * 0.89, water)
    for ring in (0.72, 0.52, 0.32):
        points = [
            (
                x + math.cos(t / 30 * math.tau) * size * ring,
                y + size * 0.03 + math.sin(t / 30 * math.tau) * size * flat * ring,
            )
            for t in range(4, 25)
        ]
        sheet.line(points, mix(water, sheet.tone(1), 0.4), 2.4)
    sheet.line([(x - size * 0.94, y - size * 0.05), (x + size * 0.05, y - size * 0.03)], sheet.tone(0.96), size * 0.06)
    sheet.line([(x - size * 0.94, y - size * 0.01), (x + size * 0.05, y + size * 0.01)], sheet.tone(0.4), size * 0.025)
    sheet.oval(x, y, size * 0.1, size * 0.06, sheet.tone(0.96))
    sheet.rect(x - size * 0.1, y, size * 0.2, size * 0.07, sheet.tone(0.6))


SCENES = {
    "aller-low-water": river_at_low_water,
    "merrow-lake-coring": lake_coring,
    "aller-gauge-house": gauge_house,
    "cobble-point-works": settling_tanks,
}
