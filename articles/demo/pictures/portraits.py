"""The eight faces of the demo newsroom, as stylised heads: recognisable by hair, clothes and colour."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from articles.demo.pictures.canvas import Canvas, Point, path, smooth
from articles.demo.pictures.palettes import Colour, mix, rgb

SIZE = 600
_X = 300.0
_INK = rgb("2a2024")

Part = Callable[[Canvas, "Face"], None]


@dataclass(frozen=True)
class Face:
    """Colours of a face, and the parts that make it somebody's."""

    section: str
    skin: Colour
    hair: Colour
    clothes: Colour
    behind: Part
    front: Part
    dress: Part
    extras: tuple[Part, ...] = ()


def _mirror(points: list[Point]) -> list[Point]:
    """A shape from its right half, given from top to bottom."""
    return [*points, *[(2 * _X - x, y) for x, y in reversed(points) if x != _X]]


def _nothing(_sheet: Canvas, _face: Face) -> None:
    """No part here."""


# Hair


def _bob_behind(sheet: Canvas, face: Face) -> None:
    sheet.curve(_mirror(path("300,118 380,130 428,200 436,300 420,392 370,400")), face.hair)


def _bob(sheet: Canvas, face: Face) -> None:
    sheet.curve(
        path("196,300 186,220 230,146 310,124 386,152 416,226 410,300 388,250 360,206 290,214 230,240 212,290"),
        face.hair,
    )
    sheet.curve(path("230,200 280,156 350,150 300,178"), mix(face.hair, (255, 255, 255), 0.25))


def _swept(sheet: Canvas, face: Face) -> None:
    sheet.curve(
        path("206,270 198,200 226,142 300,116 380,136 408,200 396,270 384,224 350,196 270,204 228,214 216,262"),
        face.hair,
    )
    sheet.curve(path("230,176 290,140 360,150 300,160"), mix(face.hair, (255, 255, 255), 0.22))


def _long_behind(sheet: Canvas, face: Face) -> None:
    sheet.curve(_mirror(path("300,112 392,132 434,220 440,340 462,470 430,540 380,520")), face.hair)


def _parted(sheet: Canvas, face: Face) -> None:
    sheet.curve(path("300,128 250,140 206,200 196,320 220,268 268,220 300,160"), face.hair)
    sheet.curve(path("300,128 350,140 396,200 404,320 382,268 336,220 300,160"), face.hair)
    sheet.curve(path("290,150 244,178 222,230 250,196"), mix(face.hair, (255, 255, 255), 0.22))


def _close_crop(sheet: Canvas, face: Face) -> None:
    sheet.curve(
        path("208,262 204,200 232,150 300,128 368,150 396,200 392,262 384,214 352,184 300,178 248,184 216,214"),
        face.hair,
    )


def _curls_behind(sheet: Canvas, face: Face) -> None:
    for x, y, radius in ((300, 150, 86), (220, 176, 70), (380, 176, 70), (190, 246, 54), (410, 246, 54)):
        sheet.disc(x, y, radius, face.hair)


def _curls(sheet: Canvas, face: Face) -> None:
    light = mix(face.hair, (255, 255, 255), 0.16)
    for x, y, radius in (
        (222, 200, 36),
        (270, 168, 40),
        (330, 166, 40),
        (380, 200, 36),
        (202, 246, 24),
        (398, 246, 24),
    ):
        sheet.disc(x, y, radius, face.hair)
        sheet.arc(x - 4, y - 4, radius * 0.6, 190, 300, light, 4)


def _bun_behind(sheet: Canvas, face: Face) -> None:
    sheet.disc(300, 104, 62, face.hair)
    sheet.arc(300, 104, 44, 200, 320, mix(face.hair, (255, 255, 255), 0.35), 5)


def _receding(sheet: Canvas, face: Face) -> None:
    for side in (-1, 1):
        x = _X + side * 98
        sheet.curve(
            [
                (x, 310),
                (x + side * 10, 240),
                (x - side * 10, 190),
                (x - side * 30, 176),
                (x - side * 12, 230),
                (x - side * 8, 280),
            ],
            face.hair,
        )


def _shaggy(sheet: Canvas, face: Face) -> None:
    sheet.poly(
        path(
            "196,310 184,232 202,168 250,124 322,110 384,134 416,190 414,300 396,254 384,272 "
            "370,222 348,240 330,200 300,232 276,202 250,240 236,214 220,268 210,256"
        ),
        face.hair,
    )
    sheet.line([(250, 150), (300, 134), (352, 144)], mix(face.hair, (255, 255, 255), 0.25), 6)


# Clothes


def _shoulders(sheet: Canvas, colour: Colour) -> None:
    sheet.curve(_mirror(path("340,424 420,452 500,492 536,560 560,660 300,700")), colour)


def _jacket(sheet: Canvas, face: Face) -> None:
    _shoulders(sheet, face.clothes)
    sheet.poly([(248, 424), (352, 424), (300, 600)], rgb("f4ede0"))
    dark = mix(face.clothes, _INK, 0.35)
    sheet.poly(path("248,420 226,440 210,520 250,528 296,610 302,600"), dark)
    sheet.poly(path("352,420 374,440 390,520 350,528 304,610 298,600"), dark)


def _tie(sheet: Canvas, face: Face) -> None:
    _jacket(sheet, face)
    accent = sheet.palette.accent
    sheet.poly(path("284,448 316,448 310,476 290,476"), mix(accent, _INK, 0.2))
    sheet.poly(path("290,476 310,476 322,600 278,600"), accent)


def _polo_neck(sheet: Canvas, face: Face) -> None:
    _shoulders(sheet, face.clothes)
    sheet.rect(246, 398, 108, 62, mix(face.clothes, (255, 255, 255), 0.12), radius=20)
    sheet.rect(246, 426, 108, 5, mix(face.clothes, _INK, 0.25))


def _shirt(sheet: Canvas, face: Face) -> None:
    _shoulders(sheet, face.clothes)
    light = mix(face.clothes, (255, 255, 255), 0.3)
    sheet.poly(path("246,420 300,470 262,500 226,440"), light)
    sheet.poly(path("354,420 300,470 338,500 374,440"), light)
    sheet.rect(297, 474, 6, 130, mix(face.clothes, _INK, 0.25))
    for y in (516, 564):
        sheet.disc(300, y, 5, light)


def _scarf(sheet: Canvas, face: Face) -> None:
    _shoulders(sheet, face.clothes)
    accent = sheet.palette.accent
    sheet.curve(path("226,424 300,452 374,424 392,462 300,506 208,462"), accent)
    sheet.poly(path("330,480 384,466 402,600 346,600"), mix(accent, _INK, 0.18))
    for y in (520, 552):
        sheet.line([(344, y), (394, y - 10)], sheet.palette.light, 5)


def _camera_strap(sheet: Canvas, face: Face) -> None:
    _shoulders(sheet, face.clothes)
    sheet.poly(path("250,420 350,420 330,470 270,470"), rgb("e9e2d4"))
    for side in (-1, 1):
        sheet.line([(_X + side * 84, 440), (_X + side * 48, 548)], _INK, 16)
        sheet.line([(_X + side * 84, 440), (_X + side * 48, 548)], sheet.palette.accent, 4)
    sheet.rect(222, 536, 156, 90, _INK, radius=10)
    sheet.rect(272, 522, 56, 20, _INK, radius=5)
    sheet.disc(300, 584, 36, mix(_INK, (255, 255, 255), 0.25))
    sheet.disc(300, 584, 26, rgb("31475e"))
    sheet.disc(292, 574, 8, rgb("c6d6e4"))


# Faces


def _glasses(sheet: Canvas, _face: Face) -> None:
    for side in (-1, 1):
        sheet.arc(_X + side * 44, 286, 32, 0, 360, _INK, 5)
        sheet.line([(_X + side * 76, 282), (_X + side * 98, 276)], _INK, 5)
    sheet.line([(288, 282), (312, 282)], _INK, 5)


def _square_glasses(sheet: Canvas, face: Face) -> None:
    frame = mix(sheet.palette.accent, _INK, 0.25)
    for side in (-1, 1):
        x = _X + side * 44
        corners = [(x - 33, 262), (x + 33, 262), (x + 28, 310), (x - 28, 310), (x - 33, 262)]
        sheet.line(corners, frame, 6)
        sheet.line([(_X + side * 77, 270), (_X + side * 98, 268)], frame, 6)
    sheet.line([(289, 272), (311, 272)], frame, 6)
    del face


def _beard(sheet: Canvas, face: Face) -> None:
    sheet.curve(
        path("206,310 214,376 250,424 300,438 350,424 386,376 394,310 376,346 346,352 300,344 254,352 224,346"),
        face.hair,
    )
    sheet.oval(300, 373, 30, 9, mix(face.skin, rgb("a04040"), 0.45))


def _moustache(sheet: Canvas, face: Face) -> None:
    sheet.curve(path("300,342 330,346 352,362 322,362 300,356 278,362 248,362 270,346"), face.hair)


def _earrings(sheet: Canvas, _face: Face) -> None:
    for side in (-1, 1):
        sheet.disc(_X + side * 101, 340, 8, sheet.palette.light)


def _lines(sheet: Canvas, face: Face) -> None:
    shade = mix(face.skin, _INK, 0.25)
    for side in (-1, 1):
        sheet.line([(_X + side * 36, 334), (_X + side * 48, 356)], shade, 3)
        sheet.line([(_X + side * 78, 296), (_X + side * 88, 302)], shade, 2.4)


FACES = {
    "ines-halloran": Face(
        "trade", rgb("eec2a0"), rgb("6b3320"), rgb("204b5c"), _bob_behind, _bob, _jacket, (_earrings,)
    ),
    "tomas-aldergate": Face(
        "politics", rgb("f0c9ac"), rgb("b9b3ae"), rgb("3b3150"), _nothing, _receding, _tie, (_glasses, _lines)
    ),
    "priya-venn": Face(
        "climate", rgb("b97d52"), rgb("1f1714"), rgb("33584a"), _long_behind, _parted, _scarf, (_earrings,)
    ),
    "marcus-oyelaran": Face(
        "world", rgb("7a4c31"), rgb("1b1512"), rgb("e3d2ad"), _nothing, _close_crop, _shirt, (_beard,)
    ),
    "ruth-kessel": Face(
        "culture",
        rgb("f0cdb4"),
        rgb("cfcac6"),
        rgb("2f2230"),
        _bun_behind,
        _swept,
        _polo_neck,
        (_square_glasses, _lines, _earrings),
    ),
    "daniel-okafor-wynne": Face(
        "science", rgb("946040"), rgb("241a16"), rgb("35508c"), _curls_behind, _curls, _polo_neck, (_glasses,)
    ),
    "lena-marchetti": Face("business", rgb("e6b48c"), rgb("2c1c18"), rgb("8c3b2a"), _long_behind, _swept, _shirt, ()),
    "samir-haddow": Face(
        "world", rgb("c98f62"), rgb("2b201c"), rgb("4a5a4c"), _nothing, _shaggy, _camera_strap, (_moustache,)
    ),
}


def draw_face(sheet: Canvas, face: Face) -> None:
    """Draw a head and shoulders on a sheet of SIZE by SIZE."""
    p = sheet.palette
    sheet.fade(0, SIZE, mix(p.light, sheet.tone(0.9), 0.35), mix(p.second, sheet.tone(0.75), 0.45))
    sheet.disc(300, 300, 236, mix(sheet.tone(0.86), p.light, 0.25))
    face.behind(sheet, face)
    shade = mix(face.skin, mix(_INK, p.accent, 0.4), 0.26)
    sheet.rect(258, 350, 84, 110, shade, radius=24)
    face.dress(sheet, face)
    for side in (-1, 1):
        sheet.oval(_X + side * 100, 294, 18, 28, shade)
    sheet.curve(_mirror(path("300,140 366,158 398,222 400,300 380,364 336,412 300,420")), face.skin)
    sheet.veil(_mirror(path("300,386 344,384 378,350 372,374 336,412 300,420")), shade, 0.45)
    sheet.veil(path("300,140 366,158 398,222 400,300 380,364 336,412 330,300"), shade, 0.3)
    for side in (-1, 1):
        sheet.oval(_X + side * 44, 290, 10, 12, _INK)
        sheet.disc(_X + side * 44 + 3, 286, 3, (255, 255, 255))
        brow = [(_X + side * 24, 255), (_X + side * 46, 248), (_X + side * 68, 255)]
        sheet.line(smooth(brow), mix(face.hair, _INK, 0.35), 7)
        sheet.glow(_X + side * 62, 334, 40, p.accent, 0.28)
    sheet.line(path("300,286 292,326 302,334 312,330"), shade, 5)
    mouth = mix(face.skin, rgb("8f2f35"), 0.6)
    sheet.line(path("270,366 286,374 300,376 316,374 330,366"), mouth, 6)
    face.front(sheet, face)
    for extra in face.extras:
        extra(sheet, face)
