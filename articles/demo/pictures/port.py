"""Scenes at the port and on the bridge."""

from __future__ import annotations

from articles.demo.pictures.canvas import Canvas, path
from articles.demo.pictures.palettes import Colour, mix, rgb
from articles.demo.pictures.people import SKINS, person
from articles.demo.pictures.things import (
    beam,
    cloud,
    container,
    gull,
    lamp,
    stack,
    stars,
    sun,
    windows,
)

RED, BLUE, OCHRE, RUST = rgb("b9472f"), rgb("2f6f9f"), rgb("cf9a3e"), rgb("7d4030")


def _crane(sheet: Canvas, x: float, ground: float, height: float, colour: Colour, *, boom: float = 1.0) -> None:
    """A ship-to-shore crane whose arm reaches to the right."""
    unit = height
    deck = ground - unit * 0.56
    for leg in (0.0, 0.3):
        sheet.poly(
            [
                (x + unit * leg - unit * 0.012, ground),
                (x + unit * leg + unit * 0.022, ground),
                (x + unit * (leg * 0.9 + 0.022), deck),
                (x + unit * (leg * 0.9 - 0.004), deck),
            ],
            colour,
        )
    sheet.line([(x, ground - unit * 0.2), (x + unit * 0.29, ground - unit * 0.2)], colour, unit * 0.016)
    sheet.line([(x + unit * 0.01, ground - unit * 0.2), (x + unit * 0.27, deck)], colour, unit * 0.01)
    sheet.rect(x - unit * 0.3, deck - unit * 0.035, unit * 0.95 * boom + unit * 0.3, unit * 0.035, colour)
    sheet.rect(x - unit * 0.22, deck - unit * 0.1, unit * 0.14, unit * 0.07, colour)
    apex = (x + unit * 0.17, ground - unit)
    for foot in (0.03, 0.28):
        sheet.line([apex, (x + unit * foot, deck)], colour, unit * 0.016)
    for end in (-0.28, 0.5 * boom, 0.93 * boom):
        sheet.line([apex, (x + unit * end, deck - unit * 0.03)], colour, unit * 0.006)
    trolley = x + unit * 0.6 * boom
    sheet.rect(trolley - unit * 0.03, deck, unit * 0.06, unit * 0.03, colour)
    for rope in (-0.02, 0.02):
        sheet.line([(trolley + unit * rope, deck), (trolley + unit * rope, deck + unit * 0.16)], colour, 1.5)
    sheet.rect(trolley - unit * 0.06, deck + unit * 0.16, unit * 0.12, unit * 0.05, colour)


def freighter(sheet: Canvas, x: float, y: float, length: float, hull: Colour, house: Colour) -> None:
    """A container ship from the side, its bow to the right, its keel at y."""
    high = length * 0.1
    sheet.poly(
        [
            (x, y),
            (x + length * 0.94, y),
            (x + length, y - high * 1.1),
            (x + length * 0.9, y - high),
            (x, y - high * 0.9),
        ],
        hull,
    )
    sheet.rect(x, y - high * 0.22, length * 0.945, high * 0.22, mix(hull, RED, 0.55))
    colours = [mix(hull, colour, 0.62) for colour in (RED, BLUE, OCHRE, sheet.palette.light, RUST)]
    size = (length * 0.068, length * 0.03)
    stack(sheet, x + length * 0.2, y - high * 0.93, (4, 5, 5, 4, 5, 4, 3, 3, 2), size, colours)
    sheet.rect(x + length * 0.06, y - high * 3.1, length * 0.1, high * 2.2, house)
    sheet.rect(x + length * 0.045, y - high * 3.3, length * 0.13, high * 0.3, house)
    windows(sheet, (x + length * 0.06, y - high * 3.0, length * 0.1, high * 1.7), (4, 5), hull, sheet.palette.light)
    sheet.rect(x + length * 0.02, y - high * 2.4, length * 0.03, high * 1.5, mix(hull, RED, 0.4))


def cranes_at_dusk(sheet: Canvas) -> None:
    """harbour-cranes"""
    p = sheet.palette
    sheet.fade(0, 680, sheet.tone(0.16), sheet.tone(0.3), mix(sheet.tone(0.5), p.accent, 0.5), p.accent, p.light)
    sun(sheet, 1120, 612, 100, p.light)
    for x, y, width in ((80, 180, 420), (560, 250, 380), (1120, 150, 420), (1180, 330, 360), (250, 360, 330)):
        cloud(sheet, x, y, width, mix(sheet.tone(0.3), p.accent, 0.35 + y / 1100))
    far = mix(sheet.tone(0.3), p.accent, 0.55)
    for x, width, high in ((0, 180, 60), (170, 90, 96), (250, 220, 50), (1330, 120, 84), (1440, 200, 58)):
        sheet.rect(x, 680 - high, width, high, far)
    sheet.water(672, 900, mix(p.accent, sheet.tone(0.25), 0.35), sheet.tone(0.08), p.light, count=120)
    for depth in range(9):
        wide = 170 - depth * 6 + sheet.chance.uniform(-30, 30)
        sheet.rect(1120 - wide / 2, 680 + depth * 15, wide, 4, mix(p.light, p.accent, 0.2), radius=2)
    freighter(sheet, 330, 772, 860, sheet.tone(0.1), sheet.tone(0.3))
    ink = sheet.tone(0.03)
    for x, size in ((90, 500), (400, 540), (745, 580), (1190, 640)):
        _crane(sheet, x, 806, size, ink, boom=0.84)
    sheet.rect(0, 800, 1600, 100, ink)
    sheet.rect(0, 800, 1600, 5, mix(ink, p.accent, 0.5))
    for x in range(40, 1600, 190):
        sheet.rect(x, 784, 22, 18, ink, radius=5)
    for x, height in ((655, 62), (690, 58), (1092, 60)):
        person(sheet, x, 806, height, ink, skin=sheet.tone(0.1), hat="helmet", hat_colour=p.light, light=1)
    sheet.poly(path("880,804 880,776 960,776 978,788 986,804"), ink)
    sheet.glow(988, 798, 60, p.light, 0.6)
    for x, y, span in ((640, 130, 30), (700, 160, 22), (860, 110, 26)):
        gull(sheet, x, y, span, ink)


def container_yard_at_night(sheet: Canvas) -> None:
    """bonded-warehouse"""
    p = sheet.palette
    sheet.fade(0, 640, sheet.tone(0.0), sheet.tone(0.14), sheet.tone(0.24))
    stars(sheet, 60, 300)
    brick = mix(sheet.tone(0.1), RUST, 0.45)
    sheet.rect(380, 300, 860, 360, brick)
    sheet.poly([(350, 306), (810, 210), (1270, 306)], mix(brick, (0, 0, 0), 0.3))
    for row in range(18):
        for column in range(22):
            if (row + column) % 3:
                sheet.rect(384 + column * 39 + row % 2 * 16, 312 + row * 19, 28, 4, mix(brick, p.light, 0.09))
    windows(sheet, (420, 330, 780, 110), (9, 1), sheet.tone(0.05), p.light, share=0.35)
    sheet.rect(730, 470, 160, 190, sheet.tone(0.04))
    for x in (300, 1310):
        beam(sheet, x, 130, x - 300, x + 300, 800, p.light)
    sheet.fade(650, 900, sheet.tone(0.26), sheet.tone(0.08))
    colours = [mix(colour, sheet.tone(0.1), 0.34) for colour in (RED, OCHRE, RUST, rgb("4f7f76"), rgb("8a8f8c"))]
    stack(sheet, -60, 770, (5, 5, 4), (150, 84), colours)
    stack(sheet, 1140, 770, (4, 5, 6), (158, 84), colours)
    for x in (300, 1310):
        sheet.rect(x - 5, 120, 10, 560, sheet.tone(0.05))
        sheet.rect(x - 46, 108, 92, 18, sheet.tone(0.05))
        for lamp_x in (-34, 0, 34):
            sheet.glow(x + lamp_x, 128, 90, p.light, 0.8)
            sheet.rect(x + lamp_x - 12, 122, 24, 9, mix(p.light, (255, 255, 255), 0.6))
    frame = mix(p.light, p.accent, 0.5)
    for x in (560, 980):
        sheet.rect(x, 330, 26, 460, frame)
        sheet.rect(x + 16, 330, 10, 460, mix(frame, sheet.tone(0), 0.35))
        for wheel in (-46, 36):
            sheet.disc(x + wheel + 14, 800, 36, sheet.tone(0.03))
            sheet.disc(x + wheel + 14, 800, 14, sheet.tone(0.3))
    sheet.rect(530, 300, 506, 44, frame)
    sheet.rect(530, 326, 506, 18, mix(frame, sheet.tone(0), 0.35))
    sheet.rect(930, 230, 90, 74, sheet.tone(0.16))
    sheet.rect(940, 240, 70, 34, mix(p.light, (255, 255, 255), 0.4))
    for x in (640, 930):
        sheet.line([(x, 344), (x, 440)], sheet.tone(0.03), 4)
    container(sheet, 600, 440, 372, 150, BLUE)
    sheet.glow(786, 830, 700, p.light, 0.16, flat=0.14)
    person(sheet, 470, 835, 128, rgb("d98e2b"), skin=SKINS[2], hat="helmet", hat_colour=sheet.tone(1), light=-1)


def lorries_in_mist(sheet: Canvas) -> None:
    """allerford-bridge-queue"""
    p = sheet.palette
    sheet.fade(0, 900, sheet.tone(0.66), sheet.tone(0.86), sheet.tone(0.95), sheet.tone(0.72), sheet.tone(0.5))
    sun(sheet, 330, 240, 62, sheet.tone(1))
    for y, light in ((330.0, 0.76), (390, 0.66), (440, 0.56)):
        sheet.ridge(y, 46, sheet.tone(light), rough=0.55, to=sheet.tone(0.86))
    sheet.mist(330, 560, sheet.tone(0.97), 0.0, 0.75, 0.9)
    sheet.fade(560, 900, sheet.tone(0.78), sheet.tone(0.52), sheet.tone(0.4))
    deck = sheet.tone(0.34)
    for pier in range(-1, 7):
        x = 60.0 + pier * 270
        sheet.shade([(x, 560), (x + 54, 560), (x + 46, 700), (x + 8, 700)], sheet.tone(0.3), sheet.tone(0.62))
        sheet.curve([(x + 54, 562), (x + 160, 596), (x + 270, 562), (x + 270, 556), (x + 54, 556)], sheet.tone(0.4))
    sheet.rect(0, 520, 1600, 44, deck)
    sheet.rect(0, 520, 1600, 8, sheet.tone(0.5))
    cargo = (p.accent, sheet.tone(0.2), p.second, sheet.tone(0.9), sheet.tone(0.28), mix(p.accent, p.light, 0.5))
    for number in range(8):
        x = -50 + number * 214
        body = mix(cargo[number % len(cargo)], sheet.tone(0.8), 0.12)
        sheet.rect(x, 404, 148, 102, body)
        sheet.rect(x, 404, 148, 10, mix(body, (255, 255, 255), 0.25))
        sheet.rect(x, 492, 192, 14, sheet.tone(0.06))
        sheet.poly([(x + 153, 500), (x + 153, 424), (x + 182, 424), (x + 194, 462), (x + 194, 500)], sheet.tone(0.16))
        sheet.poly([(x + 164, 456), (x + 164, 434), (x + 179, 434), (x + 186, 456)], sheet.tone(0.8))
        for wheel in (22, 52, 168):
            sheet.disc(x + wheel, 508, 15, sheet.tone(0.03))
            sheet.disc(x + wheel, 508, 6, sheet.tone(0.5))
        sheet.glow(x + 2, 486, 40, rgb("ff3b23"), 0.9)
        sheet.rect(x - 2, 478, 8, 16, rgb("ff5a3c"))
    for x in range(-20, 1640, 40):
        sheet.rect(x, 486, 5, 36, sheet.tone(0.46))
    sheet.rect(0, 486, 1600, 6, sheet.tone(0.5))
    for number in range(8):
        x = -50 + number * 214
        for dash in range(7):
            wide = sheet.chance.uniform(14, 40)
            sheet.rect(
                x - wide / 2, 640 + dash * 30, wide, 4, mix(sheet.tone(0.5), rgb("ff5a3c"), 0.5 - dash * 0.06), radius=2
            )
    sheet.mist(520, 760, sheet.tone(0.97), 0.0, 0.5, 0.72, 0.3, 0.0)
    for _ in range(60):
        x, y = sheet.chance.uniform(0, 1600), sheet.chance.uniform(720, 890)
        sheet.rect(x, y, sheet.chance.uniform(40, 130), 2.5, sheet.tone(0.6), radius=1)
    gull(sheet, 1180, 210, 40, sheet.tone(0.5))
    gull(sheet, 1260, 250, 30, sheet.tone(0.5))


def grain_silo(sheet: Canvas) -> None:
    """inner-basin-silo"""
    p = sheet.palette
    sheet.fade(0, 620, sheet.tone(0.52), sheet.tone(0.74), mix(sheet.tone(0.94), p.light, 0.5))
    cloud(sheet, 60, 210, 420, sheet.tone(0.82))
    cloud(sheet, 1080, 150, 460, sheet.tone(0.8))
    for x, wide, high in ((0, 150, 120), (140, 90, 180), (1290, 120, 150), (1400, 200, 110)):
        sheet.rect(x, 620 - high, wide, high, sheet.tone(0.56))
    lit, dark = sheet.tone(0.92), sheet.tone(0.5)
    for tube in range(6):
        x = 470 + tube * 110
        for slice_ in range(11):
            colour = mix(lit, dark, abs(slice_ - 3) / 8)
            sheet.rect(x + slice_ * 10, 190, 10.5, 450, colour)
    sheet.rect(450, 130, 700, 66, sheet.tone(0.66))
    sheet.rect(450, 130, 700, 10, sheet.tone(0.9))
    windows(sheet, (460, 148, 680, 36), (17, 1), sheet.tone(0.2), gap=0.4)
    sheet.rect(980, 60, 120, 74, sheet.tone(0.58))
    rust = mix(p.accent, sheet.tone(0.2), 0.35)
    sheet.poly(path("1130,150 1600,330 1600,380 1130,200"), rust)
    for part in range(8):
        x = 1150 + part * 60
        y = 158 + part * 23
        sheet.line([(x, y), (x + 56, y + 66)], mix(rust, sheet.tone(0), 0.4), 4)
    for x, top in ((1330, 262), (1500, 330)):
        sheet.line([(x, top), (x - 20, 640)], mix(rust, sheet.tone(0), 0.3), 10)
        sheet.line([(x, top), (x + 24, 640)], mix(rust, sheet.tone(0), 0.3), 10)
    sheet.rect(0, 620, 1600, 40, sheet.tone(0.26))
    sheet.water(660, 900, sheet.tone(0.46), sheet.tone(0.16), p.light, count=110)
    for tube in range(6):
        x = 470 + tube * 110
        for dash in range(9):
            wide = 96 - dash * 6
            sheet.rect(
                x + 52 - wide / 2 + sheet.chance.uniform(-14, 14),
                674 + dash * 24,
                wide,
                6,
                mix(sheet.tone(0.72), sheet.tone(0.3), dash / 10),
                radius=3,
            )
    person(sheet, 300, 648, 74, p.accent, skin=SKINS[3], stride=1.5)
    lamp(sheet, 210, 640, 150, sheet.tone(0.12), p.light, glow=1.2)


SCENES = {
    "harbour-cranes": cranes_at_dusk,
    "bonded-warehouse": container_yard_at_night,
    "allerford-bridge-queue": lorries_in_mist,
    "inner-basin-silo": grain_silo,
}
