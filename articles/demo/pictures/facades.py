"""Scenes before the doors of the powerful."""

from __future__ import annotations

from articles.demo.pictures.canvas import Canvas, path
from articles.demo.pictures.palettes import mix, rgb
from articles.demo.pictures.people import SKINS, crowd, person
from articles.demo.pictures.things import (
    cloud,
    gull,
    lamp,
    pillars,
    stars,
    steps,
    windows,
)

STONE, STONE_SHADE = rgb("e6dcc8"), rgb("b7a993")


def palace_before_dawn(sheet: Canvas) -> None:
    """trade-palace-steps"""
    p = sheet.palette
    sheet.fade(0, 620, sheet.tone(0.05), sheet.tone(0.24), sheet.tone(0.46))
    stars(sheet, 50, 160)
    lit, shade = mix(sheet.tone(0.66), p.light, 0.12), sheet.tone(0.3)
    sheet.rect(120, 110, 1360, 500, sheet.tone(0.22))
    sheet.poly([(90, 120), (800, -40), (1510, 120)], sheet.tone(0.36))
    sheet.poly([(210, 108), (800, -16), (1390, 108)], sheet.tone(0.26))
    sheet.rect(90, 112, 1420, 44, lit)
    sheet.rect(90, 146, 1420, 12, shade)
    for x in (330, 1070):
        sheet.rect(x, 240, 130, 360, sheet.tone(0.1))
        windows(
            sheet, (x, 250, 130, 300), (2, 4), sheet.tone(0.14), mix(p.light, sheet.tone(0.3), 0.3), share=0.6, gap=0.2
        )
    sheet.glow(800, 470, 330, p.light, 0.8)
    sheet.rect(690, 210, 220, 400, mix(p.light, p.accent, 0.3))
    sheet.fade(220, 610, mix(p.light, (255, 255, 255), 0.35), p.light, x=704, width=192)
    sheet.rect(796, 220, 8, 390, mix(p.accent, sheet.tone(0), 0.4))
    pillars(sheet, 130, 158, 1340, 452, 8, lit, shade)
    steps(sheet, 606, 900, 7, mix(sheet.tone(0.6), p.light, 0.12), sheet.tone(0.34))
    sheet.veil(path("690,606 910,606 1180,900 420,900"), p.light, 0.26)
    crowd(
        sheet,
        path("520,640 590,632 655,640 960,638 1030,632 1100,642"),
        190,
        [sheet.tone(0.12), sheet.tone(0.2), mix(p.second, sheet.tone(0.1), 0.6)],
    )
    for x, y in ((540, 560), (985, 556), (1058, 552)):
        sheet.rect(x, y, 34, 44, sheet.tone(0.92))
    one, other = mix(sheet.tone(0.04), p.accent, 0.1), mix(sheet.tone(0.1), p.accent, 0.55)
    person(
        sheet, 712, 800, 300, one, hair=rgb("6f4a2c"), long=True, reach=((0.1, 0.05), (0.2, 0.2), (0.3, 0.27)), light=1
    )
    person(
        sheet, 890, 800, 300, other, skin=SKINS[2], long=True, reach=((-0.1, 0.05), (-0.2, 0.2), (-0.3, 0.27)), light=-1
    )


def bank_with_clock(sheet: Canvas) -> None:
    """national-bank-clock"""
    p = sheet.palette
    sheet.fade(0, 300, sheet.tone(0.58), sheet.tone(0.8))
    cloud(sheet, 40, 70, 360, sheet.tone(0.9))
    sheet.rect(60, 150, 1480, 560, mix(STONE_SHADE, sheet.tone(0.5), 0.35))
    for row in range(9):
        y = 250 + row * 52
        sheet.rect(60, y, 1480, 2, mix(STONE_SHADE, sheet.tone(0.2), 0.45))
    lit, shade = mix(STONE, sheet.tone(1), 0.2), mix(STONE_SHADE, sheet.tone(0.4), 0.4)
    sheet.rect(30, 120, 1540, 50, lit)
    sheet.rect(30, 160, 1540, 14, shade)
    sheet.rect(30, 104, 1540, 18, mix(lit, shade, 0.3))
    for x in range(60, 1550, 44):
        sheet.rect(x, 174, 22, 14, lit)
    for x in (330, 520, 1010, 1200):
        sheet.rect(x, 320, 84, 200, sheet.tone(0.1))
        windows(sheet, (x, 326, 84, 190), (2, 4), sheet.tone(0.2), p.light, share=0.25, gap=0.16)
        sheet.poly([(x - 18, 318), (x + 42, 284), (x + 102, 318)], lit)
    pillars(sheet, 60, 210, 260, 480, 2, lit, shade)
    pillars(sheet, 1280, 210, 260, 480, 2, lit, shade)
    sheet.rect(640, 200, 320, 500, mix(lit, shade, 0.35))
    sheet.poly([(620, 210), (800, 90), (980, 210)], lit)
    sheet.poly([(672, 200), (800, 114), (928, 200)], shade)
    sheet.disc(800, 306, 98, sheet.tone(0.16))
    sheet.disc(800, 306, 84, sheet.tone(1))
    for hour in range(12):
        sheet.arc(800, 306, 78, hour * 30 - 1.6, hour * 30 + 1.6, sheet.tone(0.1), 14)
    sheet.line([(800, 306), (800, 240)], sheet.tone(0.08), 7)
    sheet.line([(800, 306), (846, 332)], sheet.tone(0.08), 9)
    sheet.disc(800, 306, 8, p.accent)
    sheet.rect(700, 440, 200, 260, sheet.tone(0.08))
    sheet.rect(712, 452, 84, 248, p.second)
    sheet.rect(804, 452, 84, 248, mix(p.second, sheet.tone(0), 0.2))
    for x in (782, 812):
        sheet.disc(x, 580, 6, p.light)
    steps(sheet, 690, 900, 6, mix(STONE, sheet.tone(0.8), 0.3), shade)
    person(sheet, 620, 806, 236, sheet.tone(0.14), skin=SKINS[2], long=True, stride=1.7, light=-1)
    person(sheet, 1010, 842, 250, p.accent, skin=SKINS[0], hair=rgb("8d8a88"), stride=1.8, light=1)
    sheet.rect(1036, 700, 40, 54, sheet.tone(0.1), radius=4)
    for x in (150, 176, 420, 446, 478, 1130, 1160, 1420):
        sheet.oval(x, 92, 15, 10, sheet.tone(0.34))
        sheet.disc(x + 11, 82, 6, sheet.tone(0.3))
    gull(sheet, 300, 50, 44, sheet.tone(0.34))
    gull(sheet, 1250, 60, 38, sheet.tone(0.34))
    sheet.veil(path("1100,0 1600,0 1600,900 1340,900"), sheet.tone(0.1), 0.16)


def minister_with_folder(sheet: Canvas) -> None:
    """budget-day-red-folder"""
    p = sheet.palette
    wall, shade = mix(STONE, sheet.tone(0.8), 0.4), mix(STONE_SHADE, sheet.tone(0.5), 0.5)
    sheet.fade(0, 760, mix(wall, shade, 0.3), wall)
    for row in range(10):
        y = row * 78
        sheet.rect(0, y, 1600, 3, shade)
        for column in range(9):
            sheet.rect(column * 200 + row % 2 * 100, y, 3, 78, shade)
    sheet.rect(850, 60, 430, 710, shade)
    sheet.rect(880, 90, 370, 680, sheet.tone(0.08))
    door = sheet.tone(0.2)
    for x in (890, 1070):
        sheet.rect(x, 100, 172, 670, door)
        for y, high in ((130, 210), (370, 160), (560, 170)):
            sheet.rect(x + 26, y, 120, high, sheet.tone(0.12))
            sheet.rect(x + 30, y + 4, 112, 6, sheet.tone(0.3))
    sheet.disc(1052, 450, 13, p.second)
    sheet.disc(1080, 450, 13, p.second)
    sheet.rect(1330, 220, 130, 80, p.second)
    for y in (240, 258, 276):
        sheet.rect(1350, y, 90, 6, mix(p.second, sheet.tone(0), 0.5))
    steps(sheet, 760, 900, 3, wall, shade)
    person(
        sheet,
        700,
        812,
        560,
        sheet.tone(0.5),
        skin=SKINS[0],
        hair=rgb("8d8a88"),
        legs=sheet.tone(0.42),
        reach=((0.1, 0.06), (0.2, 0.2), (0.13, 0.27)),
        light=-1,
    )
    sheet.poly(path("690,372 712,374 716,470 702,500 690,470"), sheet.tone(1))
    sheet.poly(path("700,384 710,384 714,470 704,492 696,470"), p.accent)
    folder = path("722,424 868,410 884,560 738,574")
    sheet.poly(folder, p.accent)
    sheet.poly(path("722,424 738,422 754,572 738,574"), mix(p.accent, (0, 0, 0), 0.3))
    sheet.poly(path("778,452 846,446 849,470 781,476"), p.second)
    sheet.disc(778, 520, 22, SKINS[0])
    ink = sheet.tone(0.03)
    for x, y, size in ((110, 900, 1.1), (380, 930, 0.9), (1230, 930, 1.0), (1480, 900, 1.15)):
        sheet.curve(
            [
                (x - 150 * size, y),
                (x - 120 * size, y - 150 * size),
                (x, y - 190 * size),
                (x + 120 * size, y - 150 * size),
                (x + 150 * size, y),
            ],
            ink,
        )
        sheet.disc(x, y - 230 * size, 62 * size, ink)
        way = 1 if x < 700 else -1
        sheet.line([(x + way * 100 * size, y - 120 * size), (x + way * 110 * size, y - 300 * size)], ink, 44 * size)
        sheet.rect(x + way * 60 * size - 70 * size, y - 340 * size, 140 * size, 88 * size, ink, radius=10)
        sheet.rect(x + way * 150 * size - 40 * size, y - 326 * size, 80 * size, 62 * size, sheet.tone(0.1))
        sheet.rect(x + way * 40 * size - 22, y - 372 * size, 50, 34 * size, ink)
    sheet.glow(420, 520, 260, (255, 252, 240), 0.9)


def office_block(sheet: Canvas) -> None:
    """signal-house-offices"""
    p = sheet.palette
    sheet.fade(
        0, 760, sheet.tone(0.2), sheet.tone(0.42), mix(sheet.tone(0.62), p.accent, 0.3), mix(p.light, p.accent, 0.25)
    )
    for x, y, width in ((40, 150, 420), (980, 120, 480), (1150, 260, 360)):
        cloud(sheet, x, y, width, mix(sheet.tone(0.42), p.light, 0.28))
    for x, wide, high in ((0, 120, 250), (100, 80, 320), (1480, 130, 300)):
        sheet.rect(x, 760 - high, wide, high, sheet.tone(0.34))
    sheet.rect(80, 250, 380, 520, sheet.tone(0.16))
    sheet.rect(80, 250, 380, 14, sheet.tone(0.3))
    windows(sheet, (100, 280, 340, 400), (6, 7), sheet.tone(0.08), p.light, share=0.72)
    sheet.rect(1150, 190, 350, 580, sheet.tone(0.14))
    sheet.rect(1150, 190, 350, 14, sheet.tone(0.28))
    windows(sheet, (1170, 220, 310, 470), (5, 8), sheet.tone(0.07), p.light, share=0.68)
    front, side = sheet.tone(0.6), sheet.tone(0.38)
    sheet.poly(path("500,90 960,90 960,770 500,770"), front)
    sheet.poly(path("960,90 1100,124 1100,770 960,770"), side)
    for floor in range(8):
        y = 118 + floor * 74
        sheet.rect(500, y + 54, 460, 20, mix(front, sheet.tone(1), 0.25))
        sheet.rect(520, y, 420, 54, sheet.tone(0.1))
        for pane in range(9):
            sheet.rect(522 + pane * 47, y + 2, 40, 50, sheet.tone(0.16 if (pane * 7 + floor * 5) % 4 else 0.24))
        sheet.poly([(970, y + 2), (1090, y + 22), (1090, y + 66), (970, y + 54)], sheet.tone(0.1))
    sheet.rect(500, 706, 460, 64, sheet.tone(0.08))
    sheet.rect(690, 700, 90, 70, sheet.tone(0.22))
    sheet.rect(560, 44, 120, 48, side)
    sheet.rect(800, 20, 5, 72, sheet.tone(0.2))
    sheet.fade(758, 900, sheet.tone(0.2), sheet.tone(0.06))
    for x in (170, 300, 420, 1200, 1330, 1450):
        sheet.glow(x, 800, 130, p.light, 0.32, flat=0.25)
    lamp(sheet, 470, 800, 240, sheet.tone(0.03), p.light, glow=2.2)
    lamp(sheet, 1120, 800, 240, sheet.tone(0.03), p.light, glow=2.2)
    person(sheet, 640, 832, 120, sheet.tone(0.02), skin=SKINS[2], long=True, stride=1.5)
    person(sheet, 880, 850, 128, p.accent, skin=SKINS[3], stride=1.6)


SCENES = {
    "trade-palace-steps": palace_before_dawn,
    "national-bank-clock": bank_with_clock,
    "budget-day-red-folder": minister_with_folder,
    "signal-house-offices": office_block,
}
