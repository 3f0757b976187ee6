"""Scenes with one thing in them, seen close."""

from __future__ import annotations

import math

from articles.demo.pictures.canvas import Canvas, Point, path, smooth
from articles.demo.pictures.palettes import mix, rgb
from articles.demo.pictures.things import (
    beam,
    table,
    windows,
)

WOOD, WOOD_SHADE, PAPER = rgb("c08a58"), rgb("7d5233"), rgb("f0e2c4")


def bells_in_cradles(sheet: Canvas) -> None:
    """ships-bells-cradles"""
    p = sheet.palette
    sheet.fade(0, 660, sheet.tone(0.06), sheet.tone(0.2))
    for shelf in range(3):
        y = 120 + shelf * 170
        sheet.rect(0, y, 1600, 12, sheet.tone(0.28))
        x = -20.0
        while x < 1600:
            wide, high = sheet.chance.uniform(60, 170), sheet.chance.uniform(60, 130)
            sheet.rect(x, y - high, wide, high, sheet.tone(sheet.chance.uniform(0.1, 0.19)))
            sheet.rect(x + wide * 0.3, y - high * 0.6, wide * 0.4, high * 0.22, sheet.tone(0.3))
            x += wide + sheet.chance.uniform(4, 40)
    beam(sheet, 800, 120, 60, 1540, 760, p.light)
    sheet.rect(796, 0, 8, 70, sheet.tone(0.02))
    sheet.poly(path("760,64 840,64 930,136 670,136"), p.second)
    sheet.glow(800, 150, 190, p.light, 0.9)
    sheet.oval(800, 138, 110, 14, mix(p.light, (255, 255, 255), 0.6))
    table(sheet, 650, mix(WOOD, sheet.tone(0.3), 0.25), WOOD_SHADE)
    sheet.glow(800, 720, 800, p.light, 0.35, flat=0.2)
    for number, x in enumerate((250, 610, 970, 1330)):
        _bell(sheet, x, 640, 1.0 + (0.06 if number % 2 else 0))


def _bell(sheet: Canvas, x: float, y: float, size: float) -> None:
    """A bronze bell, mouth down, in a padded cradle."""
    p = sheet.palette
    bronze, shade = mix(rgb("b98a3f"), p.light, 0.2), rgb("5f4a2c")
    sheet.oval(x, y + 74, 190 * size, 24, mix(WOOD_SHADE, (0, 0, 0), 0.4))
    for side in (-1, 1):
        sheet.poly(
            [
                (x + side * 176 * size, y + 78),
                (x + side * 128 * size, y + 78),
                (x + side * 100 * size, y - 20),
                (x + side * 150 * size, y - 34),
            ],
            WOOD,
        )
    sheet.rect(x - 180 * size, y + 50, 360 * size, 32, mix(WOOD, (0, 0, 0), 0.2))
    cloth = mix(p.accent, sheet.tone(0.1), 0.35)
    sheet.rect(x - 150 * size, y + 22, 300 * size, 36, cloth, radius=16)

    def profile(scale: float, shift: float = 0) -> list[Point]:
        outline = path("0,-300 40,-296 72,-262 86,-190 98,-110 118,-40 150,10 152,32")
        right = [(x + shift + px * size * scale, y + py * size) for px, py in outline]
        left = [(x + shift - px * size * scale, y + py * size) for px, py in reversed(outline)]
        return [*right, *left]

    sheet.poly(profile(1), shade)
    sheet.poly(profile(0.82, -18 * size), mix(bronze, shade, 0.5))
    sheet.poly(profile(0.58, -30 * size), bronze)
    sheet.poly(profile(0.16, -58 * size), mix(bronze, (255, 250, 220), 0.5))
    for at, wide in ((-226, 84), (-96, 102), (-4, 144)):
        sheet.rect(x - wide * size, y + at * size, 2 * wide * size, 8, mix(shade, (0, 0, 0), 0.2))
    sheet.arc(x, y - 312 * size, 30 * size, 0, 360, shade, 14)
    for _ in range(7):
        dx, dy = sheet.chance.uniform(-70, 80), sheet.chance.uniform(-250, 0)
        sheet.oval(
            x + dx * size,
            y + dy * size,
            sheet.chance.uniform(5, 18),
            sheet.chance.uniform(8, 30),
            mix(p.second, shade, 0.35),
        )
    sheet.rect(x - 34, y + 88, 68, 26, PAPER)
    sheet.rect(x - 22, y + 98, 44, 4, sheet.tone(0.3))


def wax_cylinders(sheet: Canvas) -> None:
    """wax-cylinders"""
    p = sheet.palette
    sheet.fade(0, 620, sheet.tone(0.3), sheet.tone(0.5))
    sheet.glow(320, 120, 700, p.light, 0.5)
    sheet.rect(0, 250, 1600, 14, sheet.tone(0.18))
    for number in range(24):
        x = number * 70 - 20
        high = 100 + number * 53 % 50
        sheet.rect(x, 250 - high, 60, high, mix(sheet.tone(0.28), p.second, 0.3 if number % 3 else 0))
        sheet.rect(x + 8, 250 - high * 0.7, 44, 34, mix(PAPER, sheet.tone(0.4), 0.3))
    table(sheet, 600, WOOD, WOOD_SHADE)
    for number, x in enumerate((200, 470, 740, 1010, 1280)):
        _cylinder(sheet, x, 690, 92, 320 - (number % 2) * 16)
    for x, angle in ((330, 0), (870, 1), (1420, 2)):
        tube, inner = rgb("c9a877"), rgb("7b5a3a")
        y = 800 + angle % 2 * 16
        sheet.oval(x + 20, y + 62, 190, 18, mix(WOOD_SHADE, (0, 0, 0), 0.35))
        sheet.rect(x - 150, y - 66, 300, 130, tube)
        sheet.rect(x - 150, y + 26, 300, 38, mix(tube, inner, 0.4))
        sheet.oval(x - 150, y - 1, 30, 65, tube)
        sheet.oval(x + 150, y - 1, 32, 65, inner)
        sheet.oval(x + 150, y - 1, 24, 53, mix(inner, (0, 0, 0), 0.5))
        sheet.rect(x - 84, y - 44, 150, 66, PAPER)
        for line in range(3):
            sheet.rect(x - 72, y - 30 + line * 18, 126 - line * 26, 4, mix(PAPER, p.accent, 0.55))


def _cylinder(sheet: Canvas, x: float, y: float, half: float, height: float) -> None:
    """A grooved wax cylinder that stands on the bench."""
    wax, dark = rgb("8a5630"), rgb("3f2416")
    sheet.oval(x + 26, y + 6, half * 1.25, 26, mix(WOOD_SHADE, (0, 0, 0), 0.35))
    for slice_ in range(int(half * 2 / 4)):
        share = slice_ / (half / 2)
        light = max(0.0, math.cos((share - 0.62) * 2.1)) ** 3
        sheet.rect(x - half + slice_ * 4, y - height, 4.5, height, mix(dark, mix(wax, (255, 225, 180), 0.25), light))
    sheet.oval(x, y, half, 24, dark)
    for groove in range(int(height / 7)):
        sheet.rect(x - half, y - height + 10 + groove * 7, half * 2, 1.4, mix(dark, wax, 0.3))
    sheet.oval(x, y - height, half, 26, mix(wax, (255, 230, 190), 0.25))
    sheet.oval(x, y - height, half * 0.76, 19, dark)


def eel_in_net(sheet: Canvas) -> None:
    """eel-in-hand-net"""
    p = sheet.palette
    sheet.fade(0, 900, sheet.tone(0.0), sheet.tone(0.06), sheet.tone(0.12))
    sheet.glow(860, 380, 760, mix(p.light, (255, 255, 255), 0.4), 0.5)
    for _ in range(46):
        x = sheet.chance.uniform(-20, 1620)
        high = sheet.chance.uniform(200, 480)
        lean = sheet.chance.uniform(-50, 50)
        sheet.poly(
            [(x, 640), (x + 9, 640), (x + lean, 640 - high)],
            mix(sheet.tone(0.1), p.second, sheet.chance.uniform(0.05, 0.3)),
        )
    sheet.water(600, 900, sheet.tone(0.16), sheet.tone(0.03), mix(p.light, sheet.tone(0.5), 0.4), count=70)
    bucket, shade = sheet.tone(0.62), sheet.tone(0.3)
    sheet.shade(path("560,640 1120,640 1060,930 620,930"), bucket, shade)
    sheet.poly(path("900,640 1120,640 1060,930 930,930"), mix(shade, (0, 0, 0), 0.12))
    sheet.oval(840, 640, 280, 62, sheet.tone(0.74))
    sheet.oval(840, 642, 258, 50, sheet.tone(0.08))
    sheet.arc(840, 640, 290, 20, 160, sheet.tone(0.5), 8)
    sheet.line([(1200, 248), (1660, 40)], WOOD, 30)
    sheet.line([(1200, 256), (1660, 50)], WOOD_SHADE, 8)
    mesh = mix(p.second, sheet.tone(0.8), 0.25)
    bag = path("420,300 450,430 560,540 720,600 880,604 1040,560 1150,450 1190,310")
    sheet.curve([*bag, (1100, 220), (820, 190), (520, 220)], mix(sheet.tone(0.12), p.second, 0.3))
    for number in range(15):
        start = 440 + number * 52
        sheet.line(_bend([(start, 260), (start * 0.8 + 168, 440), (start * 0.5 + 410, 590)]), mesh, 2.4)
        sheet.line(
            _bend([(1610 - start, 260), ((1610 - start) * 0.8 + 156, 440), ((1610 - start) * 0.5 + 395, 590)]),
            mesh,
            2.4,
        )
    body = _bend(
        path("520,330 600,420 760,470 920,430 1010,350 1060,300 1000,262 880,290 740,330 620,300 640,250"), steps=24
    )
    total = len(body)
    for number, (x, y) in enumerate(body):
        thick = 58 * min(1.0, 0.5 + number / total * 3) * (1 - max(0.0, number / total - 0.55) * 1.75)
        sheet.disc(x, y, thick * 0.62, sheet.tone(0.12))
    for number, (x, y) in enumerate(body):
        thick = 58 * min(1.0, 0.5 + number / total * 3) * (1 - max(0.0, number / total - 0.55) * 1.75)
        sheet.disc(x, y + thick * 0.3, thick * 0.3, sheet.tone(0.86))
    for number, (x, y) in enumerate(body[6:-30:3]):
        sheet.disc(x, y - 4, 15, sheet.tone(0.26 + 0.02 * (number % 3)))
    sheet.curve(path("444,320 470,284 540,280 590,320 586,372 520,372 464,350"), sheet.tone(0.16))
    sheet.curve(path("446,326 480,338 560,352 580,374 516,374 464,350"), sheet.tone(0.88))
    sheet.disc(508, 314, 19, sheet.tone(0.96))
    sheet.disc(506, 314, 15, sheet.tone(0.0))
    sheet.disc(501, 308, 5, sheet.tone(1))
    sheet.line([(446, 328), (500, 342)], sheet.tone(0.0), 3)
    sheet.poly([(590, 340), (640, 360), (616, 388)], sheet.tone(0.3))
    for number in range(12):
        start = 440 + number * 66
        sheet.line(_bend([(start, 330), (start * 0.8 + 168, 470), (start * 0.5 + 410, 596)]), mesh, 2)
    rim = [(805 + math.cos(t / 40 * math.tau) * 392, 250 + math.sin(t / 40 * math.tau) * 70) for t in range(41)]
    sheet.line(rim, sheet.tone(0.7), 13)
    sheet.line(rim, sheet.tone(0.4), 4)
    for drop in range(16):
        x = 640 + drop * 27 % 420
        y = 612 + drop * 41 % 60
        sheet.oval(x, y, 3, 9, mix(p.light, sheet.tone(0.9), 0.5))


def _bend(points: list[Point], *, steps: int = 10) -> list[Point]:
    return smooth(points, steps=steps)


def school_roof_aerial(sheet: Canvas) -> None:
    """school-radio-aerial"""
    p = sheet.palette
    sheet.fade(0, 720, sheet.tone(0.08), sheet.tone(0.26), mix(sheet.tone(0.5), p.accent, 0.4), p.light)
    for _ in range(60):
        x, y = sheet.chance.uniform(0, 1600), sheet.chance.random() ** 1.5 * 380
        sheet.disc(x, y, sheet.chance.choice((1.2, 1.6, 2.2)), sheet.tone(0.9))
    for x, wide, high in (
        (0, 200, 90),
        (190, 110, 150),
        (300, 260, 70),
        (1080, 160, 110),
        (1230, 120, 170),
        (1350, 280, 84),
    ):
        sheet.rect(x, 720 - high, wide, high, mix(sheet.tone(0.14), p.accent, 0.18))
        windows(sheet, (x, 726 - high, wide, high), (max(2, int(wide / 36)), 3), sheet.tone(0.1), p.light, share=0.3)
    sheet.fade(716, 900, sheet.tone(0.24), sheet.tone(0.06))
    sheet.rect(0, 706, 1600, 18, sheet.tone(0.3))
    ink = sheet.tone(0.02)
    for x in range(-30, 1640, 130):
        sheet.rect(x, 560, 9, 150, ink)
    for y in (560, 630):
        sheet.rect(0, y, 1600, 9, ink)
    mast = mix(ink, sheet.tone(0.3), 0.2)
    end = (960.0, 120.0)
    sheet.rect(640, 470, 20, 240, mast)
    sheet.rect(628, 556, 44, 18, p.accent)
    sheet.rect(628, 626, 44, 18, p.accent)
    sheet.line([(650, 520), end], sheet.tone(0.9), 12)
    for share in (0.16, 0.36, 0.56, 0.76, 0.96):
        x = 650 + (end[0] - 650) * share
        y = 520 + (end[1] - 520) * share
        size = 150 - share * 46
        sheet.line([(x - size * 0.79, y - size * 0.61), (x + size * 0.79, y + size * 0.61)], sheet.tone(0.96), 7)
        sheet.line([(x - size * 0.62, y + size * 0.1), (x + size * 0.62, y - size * 0.1)], sheet.tone(0.74), 7)
        sheet.disc(x, y, 11, p.accent)
    sheet.line(path("650,540 690,640 668,712 740,800 900,812"), ink, 6)
    sheet.rect(900, 770, 190, 66, sheet.tone(0.14), radius=6)
    sheet.rect(914, 782, 70, 42, p.second)
    for knob in (1010, 1048):
        sheet.disc(knob, 803, 12, p.light)
    sheet.line([(1500, 60), (1380, 110)], mix(p.light, (255, 255, 255), 0.6), 3)
    sheet.disc(1374, 113, 6, (255, 255, 255))
    sheet.glow(1374, 113, 50, p.light, 0.8)


SCENES = {
    "ships-bells-cradles": bells_in_cradles,
    "wax-cylinders": wax_cylinders,
    "eel-in-hand-net": eel_in_net,
    "school-radio-aerial": school_roof_aerial,
}
