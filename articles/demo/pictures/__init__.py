"""Pictures for the demo newsroom, drawn when it is made: flat editorial illustrations, none of them a file here.

A story names its picture; a name that nobody drew yet gets the scene whose words are nearest. The same name gives the
same picture on every machine.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable

from PIL import Image

from articles.demo.pictures import (
    archives,
    facades,
    fields,
    halls,
    objects,
    port,
    rivers,
    sea,
    streets,
    theatres,
    woods,
)
from articles.demo.pictures.canvas import Canvas
from articles.demo.pictures.palettes import PALETTES
from articles.demo.pictures.portraits import FACES, SIZE, draw_face

__all__ = ["FACES", "SCENES", "portrait", "scene"]

Scene = Callable[[Canvas], None]
SCENES: dict[str, Scene] = {
    name: draw
    for module in (archives, facades, fields, halls, objects, port, rivers, sea, streets, theatres, woods)
    for name, draw in module.SCENES.items()
}


def scene(name: str, *, section: str, words: str = "") -> bytes:
    """A JPEG of 1600 by 900 in the section's palette; `words` say what a name without a drawing should show."""
    sheet = Canvas(PALETTES.get(section, PALETTES["world"]), seed=sum(map(ord, name)))
    SCENES[name if name in SCENES else _nearest(f"{name} {words}")](sheet)
    return _jpeg(sheet.finish())


def portrait(slug: str) -> bytes:
    """A JPEG of 600 by 600 of one of the eight authors."""
    face = FACES[slug]
    sheet = Canvas(PALETTES[face.section], seed=1, width=SIZE, height=SIZE)
    draw_face(sheet, face)
    return _jpeg(sheet.finish(vignette=0))


def _nearest(words: str) -> str:
    wanted = set(re.findall(r"[a-z]{3,}", words.lower()))
    return max(SCENES, key=lambda name: len(wanted & set(name.split("-"))))


def _jpeg(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=92)
    return out.getvalue()
