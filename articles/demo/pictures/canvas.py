"""The drawing board: flat shapes, gradients, light and mist on a sheet of 1600 by 900, drawn twice as large.

Everything is computed from the arguments alone, so that one picture comes out the same on every machine.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterable, Sequence
from functools import lru_cache

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from articles.demo.pictures.palettes import Colour, Palette, mix

Point = tuple[float, float]
SCALE = 2


@lru_cache(maxsize=2)
def _grain(width: int, height: int) -> Image.Image:
    """The tooth of the paper, the same for every sheet of a size; grey 128 changes nothing."""
    noise = Image.frombytes("L", (width, height), random.Random(7).randbytes(width * height))  # noqa: S311
    soft = noise.filter(ImageFilter.GaussianBlur(0.8))
    return soft.point([round(128 + (value - 128) * 0.16) for value in range(256)])


class Canvas:
    """A sheet with a palette. Coordinates are in pixels of the finished picture, from the top left."""

    def __init__(self, palette: Palette, *, seed: int = 1, width: int = 1600, height: int = 900) -> None:
        self.palette = palette
        self.width, self.height = width, height
        self.chance = random.Random(seed)  # noqa: S311 - drawing, not secrets
        self.image = Image.new("RGB", (width * SCALE, height * SCALE), palette.tone(0.9))
        self.draw = ImageDraw.Draw(self.image)

    def tone(self, light: float) -> Colour:
        """The palette's colour at a lightness from 0, ink, to 1, paper."""
        return self.palette.tone(light)

    # Shapes

    def poly(self, points: Iterable[Point], fill: Colour) -> None:
        """A filled polygon."""
        self.draw.polygon([(x * SCALE, y * SCALE) for x, y in points], fill=fill)

    def rect(self, x: float, y: float, width: float, height: float, fill: Colour, *, radius: float = 0) -> None:
        """A filled rectangle from its top left corner, rounded if asked."""
        box = (x * SCALE, y * SCALE, (x + width) * SCALE - 1, (y + height) * SCALE - 1)
        if box[2] < box[0] or box[3] < box[1]:
            return
        if radius:
            self.draw.rounded_rectangle(box, radius=radius * SCALE, fill=fill)
        else:
            self.draw.rectangle(box, fill=fill)

    def oval(self, x: float, y: float, across: float, down: float, fill: Colour) -> None:
        """A filled ellipse around its middle, `across` and `down` being radii."""
        box = ((x - across) * SCALE, (y - down) * SCALE, (x + across) * SCALE, (y + down) * SCALE)
        self.draw.ellipse(box, fill=fill)

    def disc(self, x: float, y: float, radius: float, fill: Colour) -> None:
        """A filled circle."""
        self.oval(x, y, radius, radius, fill)

    def line(self, points: Sequence[Point], fill: Colour, width: float = 2) -> None:
        """A line through points, with round joints and ends."""
        scaled = [(x * SCALE, y * SCALE) for x, y in points]
        thick = max(1, round(width * SCALE))
        self.draw.line(scaled, fill=fill, width=thick, joint="curve")
        if width >= 3:
            for x, y in (scaled[0], scaled[-1]):
                half = thick / 2
                self.draw.ellipse((x - half, y - half, x + half, y + half), fill=fill)

    def arc(self, x: float, y: float, radius: float, start: float, end: float, fill: Colour, width: float = 2) -> None:
        """Part of a circle's rim, in degrees clockwise from three o'clock."""
        box = ((x - radius) * SCALE, (y - radius) * SCALE, (x + radius) * SCALE, (y + radius) * SCALE)
        self.draw.arc(box, start, end, fill=fill, width=max(1, round(width * SCALE)))

    def curve(self, points: Sequence[Point], fill: Colour) -> None:
        """A closed shape whose outline passes smoothly through points."""
        self.poly(smooth(points, closed=True), fill)

    # Areas

    def fade(self, y: float, end: float, *colours: Colour, x: float = 0, width: float | None = None) -> None:
        """A rectangle from `y` to `end` that passes from colour to colour, downwards."""
        span = self.width - x if width is None else width
        size = (round(span * SCALE), round((end - y) * SCALE))
        if min(size) > 0:
            self.image.paste(_stretched(colours, size), (round(x * SCALE), round(y * SCALE)))

    def shade(self, points: Sequence[Point], *colours: Colour) -> None:
        """A polygon that passes from colour to colour, downwards."""
        left, right = min(x for x, _ in points), max(x for x, _ in points)
        top, bottom = min(y for _, y in points), max(y for _, y in points)
        size = (max(1, round((right - left) * SCALE)), max(1, round((bottom - top) * SCALE)))
        mask = Image.new("L", size, 0)
        shifted = [((x - left) * SCALE, (y - top) * SCALE) for x, y in points]
        ImageDraw.Draw(mask).polygon(shifted, fill=255)
        at = (round(left * SCALE), round(top * SCALE))
        self.image.paste(_stretched(colours, size), at, mask)

    def glow(
        self, x: float, y: float, radius: float, colour: Colour, strength: float = 0.6, *, flat: float = 1.0
    ) -> None:
        """Light around a point; `flat` below 1 makes it wider than high."""
        size = (round(radius * 2 * SCALE), round(radius * 2 * SCALE * flat))
        mask = _halo(round(strength * 100)).resize(size, Image.Resampling.BILINEAR)
        at = (round((x - radius) * SCALE), round((y - radius * flat) * SCALE))
        self.image.paste(colour, (at[0], at[1], at[0] + size[0], at[1] + size[1]), mask)

    def mist(self, y: float, end: float, colour: Colour, *strengths: float) -> None:
        """A veil across the sheet whose strength passes from value to value, downwards."""
        size = (self.width * SCALE, max(1, round((end - y) * SCALE)))
        greys = tuple((round(value * 255),) * 3 for value in strengths)
        mask = _stretched(greys, size).getchannel("R")
        top = round(y * SCALE)
        self.image.paste(colour, (0, top, size[0], top + size[1]), mask)

    def veil(self, points: Sequence[Point], colour: Colour, strength: float) -> None:
        """A polygon that lets what is below it through: shadow, glass, a beam."""
        left, top = (min(point[axis] for point in points) * SCALE for axis in (0, 1))
        right, bottom = (max(point[axis] for point in points) * SCALE for axis in (0, 1))
        box = (round(left), round(top), max(round(right), round(left) + 1), max(round(bottom), round(top) + 1))
        mask = Image.new("L", (box[2] - box[0], box[3] - box[1]), 0)
        shape = [(x * SCALE - box[0], y * SCALE - box[1]) for x, y in points]
        ImageDraw.Draw(mask).polygon(shape, fill=round(strength * 255))
        self.image.paste(colour, box, mask)

    def ridge(
        self, y: float, rise: float, fill: Colour, *, rough: float = 0.5, to: Colour | None = None, step: int = 8
    ) -> list[Point]:
        """Land from a skyline around `y`, up to `rise` above or below it, down to the bottom; returns the skyline."""
        offsets = [self.chance.uniform(0, math.tau) for _ in range(6)]
        line = []
        for x in range(-step, self.width + 2 * step, step):
            height = sum(
                math.sin(x / self.width * math.tau * 0.7 * 2**octave + offset) * rough**octave
                for octave, offset in enumerate(offsets)
            )
            line.append((float(x), y - rise * height / 1.6))
        shape = [*line, (self.width + step, self.height), (-step, self.height)]
        if to is None:
            self.poly(shape, fill)
        else:
            self.shade(shape, fill, to)
        return line

    def water(self, y: float, end: float, top: Colour, bottom: Colour, glint: Colour, *, count: int = 90) -> None:
        """Water from `y` to `end`, with glints that grow towards us."""
        self.fade(y, end, top, bottom)
        for _ in range(count):
            depth = self.chance.random() ** 1.5
            at = y + 4 + depth * (end - y - 6)
            length = (14 + 90 * depth) * self.chance.uniform(0.4, 1.2)
            x = self.chance.uniform(-40, self.width)
            colour = mix(mix(top, bottom, depth), glint, self.chance.uniform(0.25, 0.7))
            self.rect(x, at, length, 1.2 + 2.6 * depth, colour, radius=1)

    # Result

    def finish(self, *, vignette: float = 0.16) -> Image.Image:
        """The finished picture: at its size, a little darker at the corners, with the tooth of paper."""
        picture = self.image.reduce(SCALE)
        if vignette:
            mask = Image.radial_gradient("L").point([_corner(value, vignette) for value in range(256)])
            picture.paste(self.tone(0.0), (0, 0), mask.resize(picture.size, Image.Resampling.BICUBIC))
        grain = _grain(*picture.size)
        return ImageChops.overlay(picture, Image.merge("RGB", (grain, grain, grain)))


def path(text: str) -> list[Point]:
    """Points from "x,y x,y …", so that an outline reads in one line."""
    points = (pair.split(",") for pair in text.split())
    return [(float(x), float(y)) for x, y in points]


def smooth(points: Sequence[Point], *, closed: bool = False, steps: int = 10) -> list[Point]:
    """Points on a curve through the given ones (Catmull-Rom)."""
    count = len(points)
    out: list[Point] = []
    for index in range(count if closed else count - 1):
        if closed:
            a, b, c, d = (points[(index + shift) % count] for shift in (-1, 0, 1, 2))
        else:
            a, b, c, d = (points[min(max(index + shift, 0), count - 1)] for shift in (-1, 0, 1, 2))
        for step in range(steps):
            t = step / steps
            out.append((_spline(a[0], b[0], c[0], d[0], t), _spline(a[1], b[1], c[1], d[1], t)))
    if not closed:
        out.append(points[-1])
    return out


def _spline(a: float, b: float, c: float, d: float, t: float) -> float:
    return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t**3)


@lru_cache(maxsize=64)
def _column(colours: tuple[Colour, ...]) -> Image.Image:
    """One pixel wide, passing from colour to colour, for stretching."""
    rows = 96
    last = len(colours) - 1
    pixels = []
    for row in range(rows):
        position = row / (rows - 1) * last
        index = min(int(position), max(last - 1, 0))
        pixels.append(mix(colours[index], colours[min(index + 1, last)], position - index))
    column = Image.new("RGB", (1, rows))
    column.putdata(pixels)
    return column


def _stretched(colours: Sequence[Colour], size: tuple[int, int]) -> Image.Image:
    return _column(tuple(colours)).resize(size, Image.Resampling.BILINEAR)


@lru_cache(maxsize=64)
def _halo(strength: int) -> Image.Image:
    # Pillow's gradient is 181 where the circle touches its square.
    table = [round(255 * strength / 100 * max(0.0, 1 - value / 180) ** 1.8) for value in range(256)]
    return Image.radial_gradient("L").point(table)


def _corner(value: int, strength: float) -> int:
    edge: float = max(0.0, (value - 110) / 145) ** 1.8
    return round(255 * strength * edge)
