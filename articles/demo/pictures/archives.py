"""Scenes among books, slips and maps."""

from __future__ import annotations

import itertools
import math

from articles.demo.pictures.canvas import Canvas, Point, path, smooth
from articles.demo.pictures.palettes import Colour, mix, rgb
from articles.demo.pictures.people import SKINS
from articles.demo.pictures.things import table

WOOD, WOOD_SHADE, PAPER = rgb("c08a58"), rgb("7d5233"), rgb("f0e2c4")


def _books(
    sheet: Canvas, x: float, bottom: float, sizes: list[tuple[float, float]], covers: tuple[Colour, ...]
) -> float:
    """Books that lie on one another, as (length, thickness); returns the top."""
    y = bottom
    for number, (long, thick) in enumerate(sizes):
        y -= thick
        left = x - long / 2 + sheet.chance.uniform(-14, 14)
        cover = covers[number % len(covers)]
        sheet.rect(left, y, long, thick - 2, cover, radius=6)
        sheet.rect(left + long * 0.06, y + thick * 0.16, long * 0.95, thick * 0.62, PAPER)
        for leaf in range(3):
            sheet.rect(
                left + long * 0.07, y + thick * (0.3 + leaf * 0.16), long * 0.93, 1.4, mix(PAPER, WOOD_SHADE, 0.4)
            )
        sheet.rect(left, y, long * 0.07, thick - 2, mix(cover, (0, 0, 0), 0.2), radius=6)
    return y


def historian_at_desk(sheet: Canvas) -> None:
    """orla-tennick-voss"""
    p = sheet.palette
    sheet.fade(0, 730, mix(sheet.tone(0.5), p.light, 0.12), sheet.tone(0.42))
    sheet.rect(980, 60, 430, 520, sheet.tone(0.9))
    sheet.fade(80, 560, sheet.tone(0.74), mix(sheet.tone(0.96), p.light, 0.3), x=1000, width=390)
    for x in (1128.0, 1258):
        sheet.rect(x, 80, 8, 480, sheet.tone(0.9))
    sheet.rect(1000, 312, 390, 8, sheet.tone(0.9))
    hills = path("1000,480 1090,446 1190,474 1290,428 1390,466")
    sheet.poly([*smooth(hills), (1390, 560), (1000, 560)], mix(p.second, sheet.tone(0.8), 0.4))
    for shelf in range(4):
        y = 130 + shelf * 150
        sheet.rect(0, y, 420, 14, WOOD_SHADE)
        x = 6.0
        while x < 400:
            wide, high = sheet.chance.uniform(16, 40), sheet.chance.uniform(84, 128)
            colour = sheet.chance.choice((p.accent, p.second, sheet.tone(0.2), WOOD, PAPER, sheet.tone(0.3)))
            sheet.rect(x, y - high, wide - 2, high, mix(colour, sheet.tone(0.3), 0.3))
            sheet.rect(x, y - high * 0.84, wide - 2, 6, mix(p.light, colour, 0.4))
            x += wide
    sheet.rect(420, 0, 14, 660, WOOD_SHADE)
    chair = sheet.tone(0.16)
    sheet.rect(520, 400, 26, 400, chair, radius=10)
    sheet.rect(520, 400, 240, 26, chair, radius=10)
    for bar in (580, 640, 700):
        sheet.rect(bar, 410, 14, 300, chair)
    jumper = mix(p.second, sheet.tone(0.1), 0.15)
    sheet.curve(path("560,800 560,560 600,450 680,410 760,420 830,480 860,620 850,800"), jumper)
    sheet.curve(
        path("790,470 850,540 900,640 980,690 1000,730 940,740 840,690 770,590"), mix(jumper, (255, 255, 255), 0.12)
    )
    sheet.oval(1000, 714, 38, 24, SKINS[0])
    sheet.poly(path("680,424 760,424 744,360 690,350"), mix(SKINS[0], p.accent, 0.22))
    sheet.curve(path("664,420 716,452 776,424 762,400 716,420 676,398"), p.accent)
    sheet.curve(path("668,250 700,200 764,200 798,250 800,310 784,360 744,384 704,366 676,320"), SKINS[0])
    sheet.poly([(798, 280), (818, 316), (798, 326)], SKINS[0])
    grey = rgb("b9b5b4")
    sheet.curve(path("650,330 636,250 664,186 728,160 792,186 806,236 770,226 736,250 716,296 704,356 672,362"), grey)
    sheet.curve(path("664,300 660,240 700,190 760,182 706,226 688,290"), mix(grey, (255, 255, 255), 0.4))
    sheet.oval(774, 286, 5, 6, sheet.tone(0.05))
    sheet.arc(770, 286, 24, 0, 360, sheet.tone(0.1), 4)
    sheet.line([(746, 284), (704, 276)], sheet.tone(0.1), 4)
    sheet.line([(762, 342), (788, 338)], mix(SKINS[0], p.accent, 0.6), 4)
    sheet.arc(752, 262, 40, 250, 300, mix(grey, (0, 0, 0), 0.3), 4)
    table(sheet, 720, mix(WOOD, p.accent, 0.12), WOOD_SHADE)
    covers = (
        mix(p.accent, sheet.tone(0), 0.3),
        WOOD_SHADE,
        mix(p.second, sheet.tone(0), 0.3),
        rgb("a98a5a"),
        sheet.tone(0.2),
    )
    _books(sheet, 330, 760, path("330,56 310,44 320,60 290,40 300,50 270,46 260,36"), covers)
    _books(sheet, 1360, 770, path("360,60 340,46 330,52 300,42"), covers[::-1])
    sheet.poly(path("900,740 1080,722 1180,770 1020,800"), PAPER)
    sheet.poly(path("900,740 760,760 860,812 1020,800"), mix(PAPER, sheet.tone(0.5), 0.12))
    for line in range(5):
        sheet.line(
            [(930 + line * 24, 746 + line * 10), (1080 + line * 20, 732 + line * 9)],
            mix(PAPER, sheet.tone(0.1), 0.45),
            2,
        )
        sheet.line(
            [(800 + line * 24, 764 + line * 9), (890 + line * 26, 752 + line * 9)], mix(PAPER, sheet.tone(0.1), 0.45), 2
        )
    sheet.line([(1004, 706), (1060, 640)], sheet.tone(0.08), 6)


def drawers_of_slips(sheet: Canvas) -> None:
    """dictionary-slips"""
    p = sheet.palette
    sheet.fade(0, 900, mix(WOOD_SHADE, (0, 0, 0), 0.5), mix(WOOD_SHADE, (0, 0, 0), 0.3))
    for row in range(4):
        y = 40 + row * 232
        depth = 150
        for column in range(5):
            x = 26 + column * 316
            out = 12 * ((row * 3 + column * 2) % 4)
            front = mix(WOOD, p.accent, 0.1 + 0.05 * ((row + column) % 3))
            sheet.rect(x - 6, y - 10, 292, 224, mix(WOOD_SHADE, (0, 0, 0), 0.55))
            sheet.poly(
                [(x + 6, y), (x + 274, y), (x + 286, y + depth - 20 + out), (x - 6, y + depth - 20 + out)],
                mix(WOOD_SHADE, (0, 0, 0), 0.2),
            )
            for slip in range(15):
                at = y + 6 + slip * (depth - 34 + out) / 15
                grow = slip / 15 * 9
                tall = sheet.chance.uniform(26, 40)
                tint = mix(
                    PAPER, sheet.chance.choice((p.light, sheet.tone(0.8), WOOD)), 0.12 + 0.14 * sheet.chance.random()
                )
                sheet.rect(x + 18 - grow, at - tall + 20, 244 + 2 * grow, tall, tint)
                sheet.rect(x + 18 - grow, at - tall + 20, 244 + 2 * grow, 2, mix(tint, WOOD_SHADE, 0.5))
                if slip % 5 == 2:
                    sheet.rect(
                        x + 40 + (slip * 61 + column * 40) % 150,
                        at - tall + 8,
                        44,
                        14,
                        p.accent if slip % 2 else p.second,
                    )
                if slip == 14:
                    for line in range(2):
                        sheet.rect(
                            x + 30, at - tall + 28 + line * 11, 190 - line * 70, 3, mix(tint, sheet.tone(0.1), 0.55)
                        )
            face = y + depth - 24 + out
            sheet.rect(x - 10, face, 300, 66, front)
            sheet.rect(x - 10, face, 300, 6, mix(front, (255, 255, 255), 0.3))
            sheet.rect(x + 84, face + 12, 112, 30, rgb("c9a24b"))
            sheet.rect(x + 90, face + 16, 100, 22, PAPER)
            sheet.rect(x + 102, face + 25, 64 - 18 * (column % 2), 4, sheet.tone(0.1))
            sheet.oval(x + 140, face + 54, 15, 6, rgb("c9a24b"))
    sheet.veil(path("0,0 760,0 260,900 0,900"), p.light, 0.12)


def _map_marks(sheet: Canvas, ink: Colour, paper: Colour, worn: Colour) -> None:
    """Hills, houses and a compass rose."""
    p = sheet.palette
    for x, y in path("250,300 330,250 400,320 560,250 620,310 960,620 1040,680 1200,560 1290,620 1330,480"):
        for peak in range(3):
            at = x + peak * 26
            sheet.poly([(at - 18, y + 20), (at, y - 16), (at + 18, y + 20)], mix(paper, worn, 0.6))
            sheet.line([(at - 18, y + 20), (at, y - 16), (at + 18, y + 20)], ink, 2.4)
            sheet.line([(at, y - 16), (at + 6, y + 18)], ink, 1.6)
    for x, y in ((500, 640), (600, 690), (300, 720), (1120, 200), (960, 230), (1380, 380)):
        sheet.rect(x - 16, y - 10, 32, 20, p.accent)
        sheet.poly([(x - 20, y - 10), (x, y - 30), (x + 20, y - 10)], mix(p.accent, ink, 0.5))
        sheet.rect(x + 26, y - 4, 70, 4, ink)
        sheet.rect(x + 26, y + 8, 46, 3, ink)
    x, y, radius = 1360, 700, 62
    sheet.arc(x, y, radius, 0, 360, ink, 3)
    for spoke in range(8):
        angle = math.tau * spoke / 8
        long = radius * (0.55 if spoke % 2 else 0.95)
        tip = (x + math.cos(angle) * long, y + math.sin(angle) * long)
        for turn, colour in ((0.5, ink), (-0.5, p.accent)):
            side = (x + math.cos(angle + turn) * 14, y + math.sin(angle + turn) * 14)
            sheet.poly([tip, side, (x, y)], colour)


def torn_map(sheet: Canvas) -> None:
    """torn-boundary-map"""
    p = sheet.palette
    table(sheet, 0, mix(WOOD, sheet.tone(0.2), 0.45), mix(WOOD_SHADE, (0, 0, 0), 0.3))
    paper, worn = rgb("ecd9ac"), rgb("cfae74")
    edge: list[Point] = [(780, 90)]
    while edge[-1][1] < 810:
        edge.append((780 + sheet.chance.uniform(-34, 34), edge[-1][1] + sheet.chance.uniform(16, 34)))
    left = [(150, 120), (470, 104), *[(x - 18, y) for x, y in edge], (480, 826), (140, 806)]
    right = [(1456, 80), (1470, 820), (1100, 806), *[(x + 26, y - 8) for x, y in reversed(edge)], (1090, 96)]
    for shape in (left, right):
        sheet.veil([(x + 16, y + 20) for x, y in shape], (0, 0, 0), 0.45)
        sheet.shade(shape, paper, mix(paper, worn, 0.5))
    ink, river = rgb("6b4a2f"), mix(p.second, paper, 0.25)
    way = path("150,640 300,560 430,590 560,470 690,500 772,430 900,450 1010,350 1150,380 1290,270 1462,250")
    for banks in ((34, river), (26, mix(river, (255, 255, 255), 0.4))):
        curve = [(x, y) for x, y in _along(way) if not 738 < x < 830]
        for part in (curve_part for curve_part in (_where(curve, below=760), _where(curve, above=810)) if curve_part):
            sheet.line(part, banks[1], banks[0])
    line = path("150,600 300,520 430,545 560,425 700,452 820,390 1010,306 1150,336 1290,224 1462,206")
    for number, (x, y) in enumerate(_along(line)):
        if number % 3 == 0 and not 740 < x < 832:
            sheet.disc(x, y, 4.5, p.accent)
    _map_marks(sheet, ink, paper, worn)
    for fold in (380, 1200):
        sheet.veil([(fold, 90), (fold + 12, 90), (fold + 12, 820), (fold, 820)], ink, 0.16)
    sheet.veil([(0, 0), (620, 0), (0, 620)], p.light, 0.14)


def _along(points: list[Point]) -> list[Point]:
    out: list[Point] = []
    for (x1, y1), (x2, y2) in itertools.pairwise(points):
        for step in range(12):
            share = step / 12
            bend = math.sin(share * math.pi) * 7
            out.append((x1 + (x2 - x1) * share, y1 + (y2 - y1) * share + bend))
    return [*out, points[-1]]


def _where(points: list[Point], *, below: float = 1e9, above: float = -1e9) -> list[Point]:
    return [(x, y) for x, y in points if above < x < below]


SCENES = {
    "orla-tennick-voss": historian_at_desk,
    "dictionary-slips": drawers_of_slips,
    "torn-boundary-map": torn_map,
}
