"""Scenes at sea and on its shores."""

from __future__ import annotations

from articles.demo.pictures.canvas import Canvas, path
from articles.demo.pictures.palettes import mix, rgb
from articles.demo.pictures.people import SKINS, person
from articles.demo.pictures.things import (
    cloud,
    gull,
    sun,
)


def patrol_ship(sheet: Canvas) -> None:
    """patrol-ship-grey-sea"""
    p = sheet.palette
    sheet.fade(0, 470, sheet.tone(0.5), sheet.tone(0.72), sheet.tone(0.84))
    for x, y, width, light in ((-80, 90, 700, 0.44), (520, 130, 900, 0.5), (1050, 60, 700, 0.42), (200, 230, 800, 0.6)):
        cloud(sheet, x, y, width, sheet.tone(light))
    sheet.mist(300, 480, sheet.tone(0.9), 0.0, 0.6)
    sheet.fade(460, 900, sheet.tone(0.56), sheet.tone(0.3), sheet.tone(0.16))
    _waves(sheet, 470, 640, 7)
    grey, dark = sheet.tone(0.66), sheet.tone(0.36)
    hull = path("430,610 1130,610 1230,470 1080,500 520,512 420,500")
    sheet.poly(hull, grey)
    sheet.poly(path("430,610 1130,610 1162,566 426,566"), dark)
    sheet.poly(path("540,512 560,430 860,424 900,506"), sheet.tone(0.76))
    sheet.poly(path("600,430 620,360 800,356 830,426"), sheet.tone(0.7))
    for x in range(630, 800, 30):
        sheet.rect(x, 376, 20, 20, sheet.tone(0.12))
    sheet.poly(path("560,430 900,424 904,436 556,442"), dark)
    sheet.line([(700, 358), (700, 190)], dark, 8)
    for y, half in ((220, 44), (262, 64), (310, 40)):
        sheet.line([(700 - half, y), (700 + half, y)], dark, 5)
    sheet.oval(700, 206, 34, 12, sheet.tone(0.8))
    sheet.rect(560, 380, 34, 60, dark)
    sheet.oval(980, 496, 36, 22, dark)
    sheet.line([(990, 484), (1090, 462)], dark, 9)
    sheet.rect(470, 470, 60, 10, dark)
    sheet.rect(430, 455, 4, 50, dark)
    sheet.poly([(434, 455), (470, 462), (434, 474)], p.accent)
    sheet.curve(path("1120,625 1180,560 1250,596 1330,640 1100,660"), sheet.tone(0.95))
    _waves(sheet, 620, 910, 9)
    for x, y, span in ((300, 330, 44), (240, 300, 30), (1340, 280, 40)):
        gull(sheet, x, y, span, sheet.tone(0.2))


def _waves(sheet: Canvas, top: float, bottom: float, rows: int) -> None:
    """Rows of short waves that grow towards us."""
    for row in range(rows):
        depth = row / max(rows - 1, 1)
        y = top + (bottom - top) * depth**1.3
        pitch = 70 + 150 * depth
        colour = mix(sheet.tone(0.5), sheet.tone(0.14), depth if rows > 8 else depth * 0.5)
        points = []
        x = -pitch * sheet.chance.random() - pitch
        while x < sheet.width + pitch:
            points += [(x, y + 8), (x + pitch * 0.45, y - pitch * sheet.chance.uniform(0.1, 0.2))]
            x += pitch
        crest = [*points, (sheet.width + 300, y + 140), (-300, y + 140)]
        sheet.poly(crest, colour)
        for left, right in zip(points[1::2], points[2::2], strict=False):
            tip = (left[0] + 3, left[1])
            foam = [tip, (left[0] - pitch * 0.16, left[1] + 9), (right[0] - pitch * 0.2, left[1] + 13)]
            sheet.poly(foam, mix(colour, sheet.tone(0.95), 0.55))


def turbines_on_quay(sheet: Canvas) -> None:
    """tidal-turbine-quay"""
    p = sheet.palette
    sheet.fade(0, 460, sheet.tone(0.62), sheet.tone(0.82), sheet.tone(0.92))
    cloud(sheet, 100, 120, 620, sheet.tone(0.74))
    cloud(sheet, 900, 180, 560, sheet.tone(0.78))
    sheet.ridge(400, 40, sheet.tone(0.5), to=sheet.tone(0.7))
    sheet.water(440, 640, sheet.tone(0.62), sheet.tone(0.42), sheet.tone(0.95), count=110)
    sheet.fade(620, 900, sheet.tone(0.74), sheet.tone(0.58))
    sheet.rect(0, 616, 1600, 22, sheet.tone(0.34))
    for x in range(-100, 1700, 260):
        sheet.line([(x + 160, 640), (x, 900)], sheet.tone(0.66), 3)
    yellow, shade = p.light, mix(p.light, p.accent, 0.55)
    for number, x in enumerate((330, 760, 1190)):
        size = 1.0 + number * 0.05
        y = 760
        sheet.oval(x + 40, y + 26, 230 * size, 26, sheet.tone(0.44))
        sheet.rect(x - 60, y - 92 * size, 250, 104 * size, yellow, radius=50)
        sheet.rect(x - 60, y - 34 * size, 250, 46 * size, shade, radius=22)
        sheet.rect(x + 40, y - 92 * size, 18, 104 * size, sheet.tone(0.22))
        hub = (x - 70, y - 44)
        for tip in ((-150, -300), (-250, 70), (150, -252)):
            end = (hub[0] + tip[0] * 0.9 * size, hub[1] + tip[1] * 0.9 * size)
            side = (tip[1] * 0.13, -tip[0] * 0.13)
            middle = (hub[0] + tip[0] * 0.4, hub[1] + tip[1] * 0.4)
            sheet.curve(
                [
                    hub,
                    (middle[0] + side[0], middle[1] + side[1]),
                    end,
                    (middle[0] - side[0] * 0.3, middle[1] - side[1] * 0.3),
                ],
                yellow if tip[1] < 0 else shade,
            )
        sheet.disc(*hub, 40 * size, sheet.tone(0.24))
        sheet.disc(hub[0] - 6, hub[1] - 6, 22 * size, sheet.tone(0.44))
    person(
        sheet, 1010, 800, 196, sheet.palette.accent, skin=SKINS[2], hat="helmet", hat_colour=sheet.tone(1), stride=1.6
    )
    gull(sheet, 520, 250, 40, sheet.tone(0.4))


def cable_hut(sheet: Canvas) -> None:
    """cable-landing-hut"""
    p = sheet.palette
    sheet.fade(0, 480, sheet.tone(0.5), sheet.tone(0.74), mix(sheet.tone(0.9), p.light, 0.4))
    cloud(sheet, 60, 150, 520, sheet.tone(0.72))
    cloud(sheet, 760, 220, 640, sheet.tone(0.8))
    sheet.water(440, 900, sheet.tone(0.56), sheet.tone(0.22), sheet.tone(0.92), count=140)
    rock = sheet.tone(0.16)
    sheet.poly(path("1600,470 1420,486 1180,500 1000,560 760,600 560,680 380,730 120,900 1600,900"), rock)
    sheet.poly(path("1600,486 1430,500 1190,520 1080,566 1240,580 1600,560"), sheet.tone(0.34))
    sheet.poly(path("1000,590 760,630 640,690 900,690 1120,640"), sheet.tone(0.26))
    sheet.poly(path("560,720 420,760 300,840 640,800 760,740"), sheet.tone(0.24))
    wall = sheet.tone(0.74)
    sheet.poly(path("1120,540 1120,330 1360,330 1360,540"), wall)
    sheet.poly(path("1360,540 1360,330 1460,350 1460,530"), sheet.tone(0.5))
    sheet.poly(path("1100,336 1110,304 1366,304 1480,336 1480,352 1366,336"), sheet.tone(0.36))
    sheet.rect(1190, 384, 86, 156, sheet.tone(0.3))
    sheet.rect(1198, 392, 70, 140, sheet.tone(0.42))
    sheet.disc(1256, 464, 5, p.accent)
    sheet.rect(1300, 380, 40, 30, sheet.tone(0.2))
    pipe = path("1124,520 980,566 820,612 640,700 470,770 300,812")
    sheet.line(pipe, mix(p.accent, sheet.tone(0.1), 0.15), 26)
    sheet.line([(x, y - 6) for x, y in pipe], p.light, 5)
    for x, y in pipe[1:-1]:
        sheet.rect(x - 10, y - 22, 20, 46, sheet.tone(0.08))
    for x, y, wide in ((260, 830, 150), (190, 800, 120), (420, 850, 190)):
        sheet.rect(x - wide / 2, y, wide, 6, sheet.tone(0.92), radius=3)
    gull(sheet, 420, 260, 54, sheet.tone(0.2))
    gull(sheet, 520, 220, 36, sheet.tone(0.2))


def ice_shelf(sheet: Canvas) -> None:
    """ice-shelf"""
    p = sheet.palette
    sheet.fade(0, 440, sheet.tone(0.74), sheet.tone(0.9), mix(sheet.tone(1), p.light, 0.35))
    sun(sheet, 1240, 270, 44, p.light)
    blue = rgb("9fc3cf")
    line = path("0,330 160,318 300,330 460,310 640,322 820,312 1000,326 1180,316 1400,330 1600,320")
    sheet.shade([*line, (1600, 520), (0, 520)], sheet.tone(1), blue, rgb("5f93a6"))
    for number in range(26):
        x = number * 64 + sheet.chance.uniform(-20, 20)
        lean, deep = sheet.chance.uniform(-16, 16), sheet.chance.uniform(60, 150)
        sheet.poly([(x, 336), (x + 7, 336), (x + lean + 3, 336 + deep), (x + lean, 336 + deep)], rgb("6d9db0"))
        if sheet.chance.random() < 0.3:
            foot = x + sheet.chance.uniform(6, 40)
            sheet.poly([(x + 8, 330), (x + 34, 330), (foot + 22, 505), (foot, 505)], rgb("c9dfe2"))
    sheet.rect(0, 500, 1600, 12, rgb("4d8294"))
    sheet.water(510, 900, rgb("6a909a"), sheet.tone(0.22), sheet.tone(0.97), count=150)
    for x, y, wide in ((260, 640, 190), (980, 600, 120), (1280, 740, 290), (640, 800, 150)):
        top = [
            (x - wide / 2, y),
            (x - wide * 0.3, y - wide * 0.13),
            (x + wide * 0.1, y - wide * 0.17),
            (x + wide / 2, y),
        ]
        sheet.poly([(px, 2 * y - py + 8) for px, py in top], rgb("5f8a99"))
        sheet.poly(top, sheet.tone(0.98))
        sheet.poly([top[1], top[2], (x + wide * 0.2, y), (x - wide * 0.1, y)], rgb("b9d3da"))
    gull(sheet, 820, 200, 40, sheet.tone(0.4))
    gull(sheet, 880, 180, 28, sheet.tone(0.4))


SCENES = {
    "patrol-ship-grey-sea": patrol_ship,
    "tidal-turbine-quay": turbines_on_quay,
    "cable-landing-hut": cable_hut,
    "ice-shelf": ice_shelf,
}
