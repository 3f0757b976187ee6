"""Scenes under trees and on hillsides."""

from __future__ import annotations

import math

from articles.demo.pictures.canvas import Canvas, path
from articles.demo.pictures.palettes import Colour, mix, rgb
from articles.demo.pictures.people import SKINS, person
from articles.demo.pictures.things import (
    bare_tree,
    cloud,
    spruce,
    sun,
)

WOOD, MUD = rgb("a97b4d"), rgb("7a6348")


def _firs(sheet: Canvas) -> None:
    """Three slopes of firs, each nearer and darker."""
    p = sheet.palette
    green = (
        mix(p.second, sheet.tone(0.6), 0.45),
        mix(p.second, sheet.tone(0.24), 0.3),
        mix(p.second, sheet.tone(0.04), 0.5),
    )
    for depth, (y, size) in enumerate(((150, 190), (270, 250), (420, 320))):
        for tree in range(26 - depth * 5):
            x = tree * (64 + depth * 20) + sheet.chance.uniform(-22, 22)
            spruce(
                sheet,
                x,
                y + 120 + sheet.chance.uniform(-30, 40),
                size * sheet.chance.uniform(0.75, 1.15),
                mix(green[depth], sheet.tone(0), sheet.chance.uniform(0, 0.14)),
            )
        sheet.ridge(y + 120, 30, mix(green[depth], sheet.tone(0.1), 0.2))
    sheet.mist(0, 480, sheet.tone(0.9), 0.0, 0.34, 0.2, 0.0)


def _masonry(sheet: Canvas, stone: Colour, dark: Colour) -> None:
    """A wall of hewn blocks and the ring of an arch in it."""
    sheet.rect(440, 300, 720, 420, dark)
    for row in range(9):
        for column in range(9):
            x = 442.0 + column * 82 - (row % 2) * 40
            left, right = max(x, 442), min(x + 76, 1158)
            if right > left:
                sheet.rect(left, 304 + row * 46, right - left, 41, mix(stone, dark, sheet.chance.uniform(0.0, 0.55)))
    sheet.rect(420, 280, 760, 34, stone)
    sheet.rect(420, 308, 760, 8, dark)
    for number in range(19):
        angle = math.pi + math.pi * (number + 0.5) / 19
        x, y = 800 + math.cos(angle) * 232, 560 + math.sin(angle) * 232
        across = (math.cos(angle + math.pi / 2), math.sin(angle + math.pi / 2))
        out = (math.cos(angle), math.sin(angle))
        block = [
            (x + across[0] * s * 17 + out[0] * o * 30, y + across[1] * s * 17 + out[1] * o * 30)
            for s, o in ((-1, -1), (1, -1), (1, 1), (-1, 1))
        ]
        sheet.poly(block, mix(stone, sheet.tone(1), 0.3 if number % 2 else 0.05))


def _flowers(sheet: Canvas) -> None:
    """Flowers and candles left along a fence."""
    p = sheet.palette
    for number in range(30):
        x = 1064 + number * 18 + sheet.chance.uniform(-6, 6)
        y = 804 + number * 1.6 + sheet.chance.uniform(-8, 14)
        if number % 5 == 2:
            sheet.rect(x - 5, y - 26, 11, 28, sheet.tone(0.98))
            sheet.glow(x, y - 36, 46, p.light, 0.95)
            sheet.oval(x, y - 34, 4, 9, mix(p.light, (255, 255, 255), 0.4))
        else:
            sheet.line([(x, y + 14), (x, y - 12)], mix(p.second, sheet.tone(0.2), 0.3), 4)
            for petal in range(5):
                angle = petal * math.tau / 5
                sheet.disc(
                    x + math.cos(angle) * 7,
                    y - 16 + math.sin(angle) * 7,
                    6,
                    (p.accent, sheet.tone(0.98), p.light, rgb("c9788f"))[number % 4],
                )
            sheet.disc(x, y - 16, 4, p.light)


def tunnel_portal(sheet: Canvas) -> None:
    """altmoor-tunnel-portal"""
    p = sheet.palette
    sheet.fade(0, 400, sheet.tone(0.62), sheet.tone(0.84))
    _firs(sheet)
    stone, dark = sheet.tone(0.74), sheet.tone(0.5)
    _masonry(sheet, stone, dark)
    sheet.disc(800, 560, 206, sheet.tone(0.0))
    sheet.rect(594, 560, 412, 190, sheet.tone(0.0))
    sheet.fade(720, 900, mix(MUD, sheet.tone(0.5), 0.4), mix(MUD, sheet.tone(0.2), 0.5))
    sheet.poly(path("0,700 594,700 560,900 0,900"), mix(p.second, sheet.tone(0.1), 0.45))
    sheet.poly(path("1006,700 1600,700 1600,900 1040,900"), mix(p.second, sheet.tone(0.1), 0.45))
    for sleeper in range(8):
        y = 690 + sleeper**1.7 * 8
        half = 62 + sleeper * 25
        sheet.rect(800 - half, y, 2 * half, 7 + sleeper * 2.4, mix(WOOD, sheet.tone(0), 0.55))
    for side in (-1, 1):
        sheet.poly(
            [(800 + side * 40, 640), (800 + side * 45, 640), (800 + side * 176, 900), (800 + side * 150, 900)],
            sheet.tone(0.84),
        )
    for post in range(6):
        x = 1060 + post * 112
        sheet.rect(x, 656 + post * 8, 12, 150, mix(WOOD, sheet.tone(0.2), 0.3))
    for rail in (690, 744):
        sheet.line([(1060, rail), (1640, rail + 44)], mix(WOOD, sheet.tone(0.2), 0.3), 10)
    _flowers(sheet)


def olive_terraces(sheet: Canvas) -> None:
    """belarve-olive-terraces"""
    p = sheet.palette
    sheet.fade(0, 420, mix(sheet.tone(0.5), rgb("6fa6c4"), 0.4), sheet.tone(0.9))
    sun(sheet, 260, 130, 50, p.light)
    sheet.ridge(240, 60, mix(sheet.tone(0.66), p.light, 0.2), to=sheet.tone(0.84))
    earth = (rgb("d9b06f"), rgb("e7c88d"))
    for step in range(7):
        y = 220 + step * 74
        bow = 90 - step * 6
        top = [
            (x * 50.0 - 20, y + bow * (1 - math.sin(math.pi * x / 32)) + 10 * math.sin(x * 0.9 + step))
            for x in range(34)
        ]
        sheet.poly([*top, (1660, 900), (-20, 900)], mix(earth[step % 2], p.accent, 0.06))
        wall = [*top, *[(px, py + 20 + step * 2) for px, py in reversed(top)]]
        sheet.poly(wall, mix(rgb("a98a66"), sheet.tone(0.6), 0.3))
        for stone in range(33):
            px, py = top[stone]
            sheet.rect(px + 4, py + 4 + (stone % 2) * 7, 34, 6, mix(rgb("c7aa84"), sheet.tone(0.8), 0.3), radius=2)
        for tree in range(2 + step * 2 % 5 + 6):
            index = (tree * 5 + step * 3) % 32
            px, py = top[index]
            size = 54 + step * 8
            if py > 560 and 380 < px < 1250:
                continue
            _olive(sheet, px + sheet.chance.uniform(0, 30), py + 2, size)
    roofs = (mix(p.accent, p.light, 0.3), mix(p.accent, p.light, 0.12))
    houses = (
        (420, 690, 170, 130),
        (560, 640, 150, 150),
        (690, 700, 190, 130),
        (850, 620, 130, 170),
        (950, 690, 180, 130),
        (1090, 720, 170, 110),
        (620, 770, 210, 130),
        (820, 780, 190, 120),
        (1000, 800, 220, 110),
        (380, 800, 230, 110),
    )
    sheet.rect(792, 500, 56, 200, sheet.tone(0.99))
    sheet.poly([(786, 500), (854, 500), (820, 450)], roofs[1])
    sheet.rect(808, 524, 24, 40, sheet.tone(0.3))
    for number, (x, y, wide, high) in enumerate(houses):
        sheet.rect(x, y, wide, high + 60, sheet.tone(0.99))
        sheet.rect(x + wide * 0.68, y, wide * 0.32, high + 60, sheet.tone(0.8))
        sheet.poly(
            [(x - 10, y + 4), (x + 14, y - 26), (x + wide - 14, y - 26), (x + wide + 10, y + 4)], roofs[number % 2]
        )
        for pane in range(2):
            sheet.rect(x + 22 + pane * wide * 0.34, y + 28, 22, 32, mix(p.second, sheet.tone(0.2), 0.4))
        sheet.rect(
            x + 24 + wide * 0.2, y + 84, 28, 70, mix(p.second, sheet.tone(0.3), 0.3) if number % 2 else sheet.tone(0.2)
        )
    for x, high in ((350, 240), (1300, 260), (1346, 210)):
        sheet.curve(
            [(x, 900 - high), (x + 22, 860 - high * 0.4), (x + 12, 880), (x - 12, 880), (x - 22, 860 - high * 0.4)],
            mix(p.second, sheet.tone(0), 0.45),
        )


def _olive(sheet: Canvas, x: float, y: float, size: float) -> None:
    leaf, shade = mix(rgb("9aa878"), sheet.palette.second, 0.2), rgb("5f6f4c")
    sheet.oval(x + size * 0.24, y + 3, size * 0.5, size * 0.08, rgb("b98f55"))
    sheet.line(
        [(x, y), (x + size * 0.06, y - size * 0.3), (x - size * 0.04, y - size * 0.55)], rgb("6d5438"), size * 0.09
    )
    for dx, dy, r in ((-0.22, 0.62, 0.24), (0.2, 0.6, 0.26), (0, 0.78, 0.28)):
        sheet.disc(x + dx * size, y - dy * size, r * size, shade)
    for dx, dy, r in ((-0.24, 0.67, 0.16), (0.12, 0.66, 0.17), (-0.04, 0.86, 0.18)):
        sheet.disc(x + dx * size, y - dy * size, r * size, leaf)


def log_stack(sheet: Canvas) -> None:
    """felled-spruce-stack"""
    p = sheet.palette
    sheet.fade(0, 460, sheet.tone(0.66), sheet.tone(0.86), sheet.tone(0.95))
    grey = mix(sheet.tone(0.6), rgb("a9a49c"), 0.6)
    for depth, (y, size, light) in enumerate(((300, 190, 0.5), (380, 260, 0.26), (470, 330, 0.0))):
        sheet.ridge(y - 20, 46, mix(mix(sheet.tone(0.6), p.light, 0.2), sheet.tone(0.9), light))
        for number in range(30 - depth * 6):
            x = number * (58 + depth * 16) + sheet.chance.uniform(-24, 24)
            bare_tree(
                sheet,
                x,
                y + 30 + sheet.chance.uniform(-20, 20),
                size * sheet.chance.uniform(0.7, 1.1),
                mix(mix(grey, sheet.tone(0.2), 0.2 + depth * 0.16), sheet.tone(0.92), light),
            )
    sheet.mist(200, 520, sheet.tone(0.95), 0.0, 0.4, 0.1)
    sheet.fade(480, 900, mix(rgb("9a8a55"), sheet.tone(0.6), 0.3), mix(MUD, sheet.tone(0.2), 0.2))
    sheet.poly(path("1180,480 1260,480 1600,800 1600,900 860,900"), mix(MUD, p.light, 0.3))
    for rut in ((1204, 1060), (1240, 1420)):
        sheet.poly(
            [(rut[0], 482), (rut[0] + 8, 482), (rut[1] + 90, 900), (rut[1] - 10, 900)], mix(MUD, sheet.tone(0), 0.25)
        )
    bark = mix(rgb("6b4c34"), sheet.tone(0.1), 0.2)
    radius = 54
    for row in range(6):
        count = 11 - row
        for number in range(count):
            x = 40 + row * 54 + number * 106
            y = 800 - row * 92
            if x > 1110 - row * 30:
                continue
            r = radius * sheet.chance.uniform(0.82, 1.02)
            sheet.disc(x + 8, y + 6, r + 5, mix(bark, (0, 0, 0), 0.5))
            sheet.disc(x, y, r + 4, bark)
            sheet.disc(x, y, r - 3, rgb("e0b878"))
            for ring in (0.75, 0.52, 0.3):
                sheet.arc(x + r * 0.06, y, r * ring, 0, 360, rgb("bb8c50"), 2.4)
            sheet.disc(x + r * 0.06, y, 5, rgb("8f6234"))
            if (row + number) % 4 == 1:
                sheet.rect(x - 15, y - 8, 30, 16, p.second)
            crack = sheet.chance.uniform(0, math.tau)
            sheet.line([(x, y), (x + math.cos(crack) * r * 0.8, y + math.sin(crack) * r * 0.8)], rgb("9a6c3a"), 2)
    for x in (20, 1148):
        sheet.rect(x - 16, 420 if x < 100 else 560, 20, 450 if x < 100 else 300, mix(WOOD, sheet.tone(0), 0.4))
    person(sheet, 1330, 780, 190, p.accent, skin=SKINS[0], hat="helmet", hat_colour=p.light, stride=1.3, light=-1)


def bog(sheet: Canvas) -> None:
    """harrow-fell-bog"""
    p = sheet.palette
    sheet.fade(0, 420, sheet.tone(0.62), sheet.tone(0.8), sheet.tone(0.9))
    for x, y, wide, light in ((-100.0, 90.0, 800.0, 0.66), (500, 150, 900, 0.72), (1100, 80, 600, 0.64)):
        cloud(sheet, x, y, wide, sheet.tone(light))
    sheet.ridge(340, 60, sheet.tone(0.62), to=sheet.tone(0.8))
    moss, rust = mix(rgb("8b8a45"), sheet.tone(0.5), 0.2), mix(p.accent, rgb("a8683c"), 0.4)
    sheet.fade(390, 900, mix(moss, sheet.tone(0.85), 0.5), moss, mix(moss, sheet.tone(0), 0.3))
    for _ in range(260):
        depth = sheet.chance.random()
        y = 400 + depth**1.4 * 490
        wide = (20 + 120 * depth) * sheet.chance.uniform(0.5, 1.3)
        colour = mix(
            sheet.chance.choice((rust, moss, mix(rust, p.light, 0.4), mix(moss, sheet.tone(0.1), 0.4))),
            sheet.tone(0.85),
            0.4 * (1 - depth),
        )
        sheet.oval(sheet.chance.uniform(0, 1600), y, wide, wide * 0.2, colour)
    for x, y, wide in (
        (330, 470, 120),
        (980, 460, 150),
        (1330, 520, 190),
        (620, 540, 210),
        (180, 640, 260),
        (1120, 670, 300),
        (560, 800, 380),
        (1450, 830, 300),
    ):
        high = wide * 0.26
        sheet.curve(
            [
                (x - wide, y),
                (x - wide * 0.5, y - high),
                (x + wide * 0.3, y - high * 0.8),
                (x + wide, y + high * 0.1),
                (x + wide * 0.5, y + high),
                (x - wide * 0.4, y + high * 0.8),
            ],
            mix(rust, sheet.tone(0), 0.35),
        )
        sheet.curve(
            [
                (x - wide * 0.94, y + 4),
                (x - wide * 0.48, y - high * 0.8),
                (x + wide * 0.28, y - high * 0.6),
                (x + wide * 0.94, y + high * 0.2),
                (x + wide * 0.48, y + high * 0.94),
                (x - wide * 0.38, y + high * 0.76),
            ],
            sheet.tone(0.12),
        )
        sheet.curve(
            [
                (x - wide * 0.5, y + high * 0.1),
                (x, y - high * 0.3),
                (x + wide * 0.6, y + high * 0.2),
                (x, y + high * 0.4),
            ],
            sheet.tone(0.44),
        )
    for number in range(11):
        share = number / 10
        x = 260 + 980 * share**0.62
        y = 880 - 470 * share**0.6
        high = 190 * (1 - share) ** 1.3 + 26
        thick = high * 0.11
        colour = mix(WOOD, sheet.tone(0.85), 0.15 + share * 0.6)
        sheet.rect(x - thick / 2, y - high, thick, high, colour)
        sheet.rect(x + thick * 0.18, y - high, thick * 0.32, high, mix(colour, sheet.tone(0), 0.35))
        sheet.rect(x - thick / 2, y - high, thick, high * 0.16, mix(p.accent, sheet.tone(0.9), share * 0.6))
        sheet.rect(x - thick * 0.3, y - high * 0.78, thick * 0.6, high * 0.12, mix(sheet.tone(1), colour, share * 0.5))
        sheet.oval(x, y, thick * 1.4, thick * 0.5, mix(moss, sheet.tone(0), 0.4))
    sheet.mist(330, 600, sheet.tone(0.94), 0.1, 0.7, 0.3, 0.0)
    for _ in range(70):
        x, y = sheet.chance.uniform(0, 1600), sheet.chance.uniform(700, 900)
        sheet.line(
            [(x, y), (x + sheet.chance.uniform(-10, 10), y - sheet.chance.uniform(20, 50))], mix(moss, p.light, 0.5), 2
        )
        if sheet.chance.random() < 0.3:
            sheet.disc(x, y - 48, 7, sheet.tone(1))


SCENES = {
    "altmoor-tunnel-portal": tunnel_portal,
    "belarve-olive-terraces": olive_terraces,
    "felled-spruce-stack": log_stack,
    "harrow-fell-bog": bog,
}
