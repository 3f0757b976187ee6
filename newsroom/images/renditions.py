"""The sizes and crops that readers get, as one table; how a crop follows the focal point; encoding."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypedDict

from PIL import Image

from newsroom.images.pixels import Developed


class Rendition(TypedDict):
    """One file in the public storage: `format` is "jpeg" or "webp"; `cut` is empty for the whole picture."""

    name: str
    format: str
    width: int
    height: int
    cut: str


@dataclass(frozen=True)
class Cut:
    """A shape and the widths it is made in; `ratio` is width by height, None for the picture's own."""

    name: str
    ratio: float | None
    widths: tuple[int, ...]
    formats: tuple[str, ...] = ("jpeg", "webp")


WHOLE = Cut("", None, (320, 640, 960, 1280, 1920))
# What other sites show beside a shared link; they take JPEG.
SOCIAL = Cut("social", 1200 / 630, (1200,), ("jpeg",))
# What search engines show beside a headline, each as wide as it may have to be (1200 pixels).
SHAPES = (
    Cut("1x1", 1.0, (1200,), ("jpeg",)),
    Cut("4x3", 4 / 3, (1200,), ("jpeg",)),
    Cut("16x9", 16 / 9, (1200,), ("jpeg",)),
)
# Every part that is cut out of a picture.
PARTS = (SOCIAL, *SHAPES)
# A face beside a name: at most 144 pixels wide on a page, so this is sharp on every screen.
SQUARE = Cut("square", 1.0, (384,), ("jpeg",))


@dataclass(frozen=True)
class Encoded:
    """A rendition before it is stored."""

    data: bytes
    format: str
    width: int
    height: int
    cut: str


def written_out(developed: Developed, cuts: Sequence[Cut], focal: tuple[int, int]) -> Iterator[Encoded]:
    """Every rendition of a picture, encoded. None is wider than the picture has pixels for."""
    for cut in cuts:
        framed = developed.image
        if cut.ratio is not None:
            framed = framed.crop(_frame(framed.size, cut.ratio, focal))
        for width in _widths(cut, framed.width):
            height = max(1, round(framed.height * width / framed.width))
            sized = framed.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=2.0)
            for image_format in cut.formats:
                data = _encoded(sized, image_format, developed.profile)
                yield Encoded(data, image_format, width, height, cut.name)


def _widths(cut: Cut, available: int) -> list[int]:
    """The cut's widths that the picture has pixels for, and its own where that is worth another file."""
    largest = min(available, cut.widths[-1])
    return [width for width in cut.widths if width <= largest * 0.9] + [largest]


def _frame(size: tuple[int, int], ratio: float, focal: tuple[int, int]) -> tuple[int, int, int, int]:
    """The largest box of `ratio` in a picture, with the focal point as near its middle as the edges allow."""
    width, height = size
    box_width = min(width, max(1, round(height * ratio)))
    box_height = min(height, max(1, round(width / ratio)))
    left = min(max(round(width * focal[0] / 100 - box_width / 2), 0), width - box_width)
    top = min(max(round(height * focal[1] / 100 - box_height / 2), 0), height - box_height)
    return left, top, left + box_width, top + box_height


def _encoded(image: Image.Image, image_format: str, profile: bytes | None) -> bytes:
    out = io.BytesIO()
    if image_format == "webp":
        image.save(out, "WEBP", quality=80, method=2, icc_profile=profile or b"")
    else:
        image.save(out, "JPEG", quality=82, progressive=True, optimize=True, icc_profile=profile)
    return out.getvalue()
