"""What scenes are furnished with: sun, clouds, gulls, trees, ships, lamps, containers, facades."""

from __future__ import annotations

import math
from collections.abc import Sequence

from articles.demo.pictures.canvas import Canvas, Point
from articles.demo.pictures.palettes import Colour, mix


def sun(sheet: Canvas, x: float, y: float, radius: float, colour: Colour) -> None:
    """A disc in its own light."""
    sheet.glow(x, y, radius * 4.5, colour, 0.5)
    sheet.disc(x, y, radius, mix(colour, (255, 255, 250), 0.35))


def stars(sheet: Canvas, count: int, bottom: float) -> None:
    """Stars above `bottom`, thinner towards it."""
    for _ in range(count):
        x, y = sheet.chance.uniform(0, sheet.width), sheet.chance.random() ** 1.4 * bottom
        size = sheet.chance.choice((0.9, 1.2, 1.2, 1.7, 2.4))
        sheet.disc(x, y, size, mix(sheet.tone(0.35), sheet.tone(1), sheet.chance.uniform(0.3, 0.9)))


def cloud(sheet: Canvas, x: float, y: float, width: float, colour: Colour) -> None:
    """A long flat cloud with a soft back."""
    parts = max(3, round(width / 70))
    for part in range(parts):
        share = part / (parts - 1)
        swell = math.sin(share * math.pi)
        high = width * 0.06 * (0.35 + swell) * sheet.chance.uniform(0.7, 1.2)
        sheet.oval(x + share * width, y - high * 0.4, width / parts * 0.95, high, colour)
    sheet.rect(x, y - width * 0.012, width, width * 0.028, colour, radius=width * 0.014)


def gull(sheet: Canvas, x: float, y: float, span: float, colour: Colour) -> None:
    """A bird far off."""
    for side in (-1, 1):
        wing = [(x, y), (x + side * span * 0.28, y - span * 0.2), (x + side * span * 0.5, y - span * 0.1)]
        tail = [(x + side * span * 0.28, y - span * 0.13), (x, y + span * 0.05)]
        sheet.poly([*wing, *tail], colour)


def round_tree(sheet: Canvas, x: float, y: float, height: float, leaf: Colour, trunk: Colour) -> None:
    """A broad-leaved tree from a trunk and overlapping crowns, lit from the left."""
    sheet.poly(
        [
            (x - height * 0.03, y),
            (x - height * 0.018, y - height * 0.5),
            (x + height * 0.018, y - height * 0.5),
            (x + height * 0.03, y),
        ],
        trunk,
    )
    for dx, dy, size in ((0.16, 0.5, 0.2), (-0.16, 0.52, 0.19), (0.03, 0.66, 0.26), (-0.05, 0.8, 0.17)):
        sheet.disc(x + dx * height, y - dy * height, size * height, mix(leaf, trunk, 0.25))
    for dx, dy, size in ((-0.17, 0.56, 0.13), (-0.03, 0.71, 0.18), (0.12, 0.56, 0.11)):
        sheet.disc(x + dx * height, y - dy * height, size * height, leaf)


def spruce(sheet: Canvas, x: float, y: float, height: float, colour: Colour, *, tiers: int = 4) -> None:
    """A conifer as stacked triangles."""
    sheet.rect(x - height * 0.018, y - height * 0.2, height * 0.036, height * 0.2, colour)
    for tier in range(tiers):
        base = y - height * (0.1 + 0.9 * tier / tiers * 0.85)
        half = height * 0.21 * (1 - tier / (tiers + 1))
        tip = base - height * 0.9 / tiers * 1.5
        sheet.poly([(x - half, base), (x, max(tip, y - height)), (x + half, base)], colour)


def bare_tree(sheet: Canvas, x: float, y: float, height: float, colour: Colour) -> None:
    """A dead conifer: a pole with short broken arms."""
    sheet.poly([(x - height * 0.014, y), (x, y - height), (x + height * 0.014, y)], colour)
    for arm in range(9):
        at = y - height * (0.25 + 0.075 * arm)
        reach = height * 0.11 * (1 - arm / 11) * sheet.chance.uniform(0.5, 1.1)
        side = -1 if arm % 2 else 1
        sheet.line([(x, at), (x + side * reach, at + height * 0.025)], colour, max(1.0, height * 0.006))


def lamp(sheet: Canvas, x: float, y: float, height: float, pole: Colour, light: Colour, *, glow: float = 3.0) -> None:
    """A street lamp and its light."""
    sheet.rect(x - height * 0.012, y - height, height * 0.024, height, pole)
    sheet.rect(x - height * 0.035, y - height * 0.03, height * 0.07, height * 0.03, pole)
    head = y - height - height * 0.05
    sheet.glow(x, head, height * 0.16 * glow, light, 0.75)
    sheet.poly(
        [
            (x - height * 0.03, head + height * 0.05),
            (x + height * 0.03, head + height * 0.05),
            (x + height * 0.045, head - height * 0.04),
            (x - height * 0.045, head - height * 0.04),
        ],
        mix(light, (255, 255, 245), 0.5),
    )
    sheet.poly(
        [
            (x - height * 0.055, head - height * 0.04),
            (x + height * 0.055, head - height * 0.04),
            (x, head - height * 0.09),
        ],
        pole,
    )


def container(sheet: Canvas, x: float, y: float, width: float, height: float, colour: Colour) -> None:
    """A shipping container from the side, ribbed."""
    sheet.rect(x, y, width, height, colour)
    dark = mix(colour, (0, 0, 0), 0.22)
    ribs = max(4, round(width / 12))
    for rib in range(1, ribs):
        sheet.rect(x + width * rib / ribs, y + height * 0.1, width / ribs * 0.4, height * 0.8, dark)
    sheet.rect(x, y, width, height * 0.07, mix(colour, (255, 255, 255), 0.18))
    sheet.rect(x, y + height * 0.93, width, height * 0.07, dark)


def stack(
    sheet: Canvas, x: float, bottom: float, columns: Sequence[int], size: Point, colours: Sequence[Colour]
) -> None:
    """Containers side by side, as many high as `columns` says."""
    for column, count in enumerate(columns):
        for level in range(count):
            colour = colours[sheet.chance.randrange(len(colours))]
            at = (x + column * (size[0] + 2), bottom - (level + 1) * (size[1] + 2))
            container(sheet, *at, *size, colour)


def windows(
    sheet: Canvas,
    box: tuple[float, float, float, float],
    grid: tuple[int, int],
    dark: Colour,
    lit: Colour | None = None,
    *,
    share: float = 0.4,
    gap: float = 0.45,
) -> None:
    """Columns by rows of windows in (x, y, width, height), some of them lit."""
    x, y, width, height = box
    columns, rows = grid
    cell = (width / columns, height / rows)
    for row in range(rows):
        for column in range(columns):
            colour = lit if lit is not None and sheet.chance.random() < share else dark
            at = (x + cell[0] * (column + gap / 2), y + cell[1] * (row + gap / 2))
            sheet.rect(*at, cell[0] * (1 - gap), cell[1] * (1 - gap), colour)


def pillars(
    sheet: Canvas, x: float, y: float, width: float, height: float, count: int, lit: Colour, shade: Colour
) -> None:
    """A row of fluted columns with bases and capitals."""
    pitch = width / count
    thick = pitch * 0.46
    for number in range(count):
        left = x + pitch * (number + 0.5) - thick / 2
        sheet.rect(left, y, thick, height, lit)
        sheet.rect(left + thick * 0.62, y, thick * 0.38, height, shade)
        for flute in (0.16, 0.36):
            sheet.rect(left + thick * flute, y, thick * 0.05, height, mix(lit, shade, 0.5))
        sheet.rect(left - thick * 0.18, y, thick * 1.36, height * 0.035, lit)
        sheet.rect(left - thick * 0.1, y + height * 0.035, thick * 1.2, height * 0.02, shade)
        sheet.rect(left - thick * 0.18, y + height * 0.965, thick * 1.36, height * 0.035, lit)


def steps(sheet: Canvas, y: float, bottom: float, count: int, lit: Colour, shade: Colour, *, inset: float = 0) -> None:
    """A flight of steps from the front; each is higher than the one above it."""
    weights = [1 + number * 0.28 for number in range(count)]
    total, at = sum(weights), y
    for number, weight in enumerate(weights):
        high = (bottom - y) * weight / total
        margin = inset * (1 - (number + 1) / count)
        sheet.rect(margin, at, sheet.width - 2 * margin, high + 1, shade)
        sheet.rect(margin, at, sheet.width - 2 * margin, high * 0.48, lit)
        at += high


def beam(sheet: Canvas, x: float, y: float, left: float, right: float, bottom: float, colour: Colour) -> None:
    """A cone of light that falls from a lamp."""
    for strength, spread in ((0.10, 1.0), (0.10, 0.72), (0.10, 0.45)):
        middle = (left + right) / 2
        half = (right - left) / 2 * spread
        sheet.veil([(x - 4, y), (x + 4, y), (middle + half, bottom), (middle - half, bottom)], colour, strength)


def flag(sheet: Canvas, x: float, y: float, height: float, colours: Sequence[Colour], pole: Colour) -> None:
    """A flag that hangs from a pole, in folds."""
    sheet.rect(x - 2, y - height, 4, height, pole)
    sheet.disc(x, y - height, 6, pole)
    wide, long = height * 0.2, height * 0.56
    top = y - height * 0.96
    for number, colour in enumerate(colours):
        left = x + wide * number / len(colours)
        right = x + wide * (number + 1) / len(colours)
        sheet.poly(
            [
                (left, top + number * 6),
                (right, top + number * 6 + 5),
                (right - 4, top + long),
                (left, top + long * 1.02),
            ],
            colour,
        )
        sheet.poly(
            [(right - wide * 0.07, top + number * 6 + 4), (right, top + number * 6 + 5), (right - 4, top + long)],
            mix(colour, (0, 0, 0), 0.18),
        )


def table(sheet: Canvas, y: float, top: Colour, front: Colour) -> None:
    """A table from edge to edge, with its grain."""
    sheet.fade(y, 900, mix(top, (255, 255, 255), 0.08), top, front)
    for line in range(24):
        x = sheet.chance.uniform(-200, 1600)
        at = y + 8 + (line * 37 % 100) / 100 * (886 - y)
        sheet.rect(x, at, sheet.chance.uniform(120, 520), 2, mix(top, front, 0.5))
