"""A photo as a page offers it: WebP and JPEG in every width, and the browser chooses.

Lists crop it in the browser, around its focal point.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.files.storage import default_storage

from newsroom.images import SHAPES
from newsroom.newspaper import absolute
from newsroom.seo import SocialImage

if TYPE_CHECKING:
    from articles.models import Photo
    from newsroom.images import Rendition

# The JPEG for what reads no srcset: an old browser, a feed reader.
PLAIN_WIDTH = 960


@dataclass(frozen=True)
class Picture:
    """What an `img` and its `source` say. `focus` are the classes that place the focal point, in tenths."""

    src: str
    width: int
    height: int
    jpeg: str = ""
    webp: str = ""
    focus: str = ""


def picture(photo: Photo, *, full_addresses: bool = False) -> Picture | None:
    """The whole picture; None where it has no JPEG, which everything can show."""
    jpegs = _renditions(photo, "jpeg")
    if not jpegs:
        return None
    plain = next((one for one in jpegs if one["width"] >= PLAIN_WIDTH), jpegs[-1])
    if full_addresses:
        # Read outside a page, where one address is all that can be relied on.
        return Picture(src=absolute(_url(plain)), width=plain["width"], height=plain["height"])
    return Picture(
        src=_url(plain),
        width=plain["width"],
        height=plain["height"],
        jpeg=_srcset(jpegs),
        webp=_srcset(_renditions(photo, "webp")),
        focus=f"fx-{round(photo.focal_x, -1)} fy-{round(photo.focal_y, -1)}",
    )


def thumbnail(photo: Photo) -> str:
    """The address of the smallest rendition; empty where a picture has none."""
    smallest = min(photo.renditions, key=lambda each: each["width"], default=None)
    return default_storage.url(smallest["name"]) if smallest else ""


def largest(photo: Photo) -> str:
    """The full address of the largest rendition of the whole picture; empty where a picture has none."""
    chosen = photo.largest
    return absolute(_url(chosen)) if chosen else ""


def within(photo: Photo, *, width: int | None, height: int | None) -> Picture | None:
    """The largest JPEG of the whole picture that fits into so many pixels, with its full address; None if none does."""
    fitting = [
        one
        for one in _renditions(photo, "jpeg")
        if (width is None or one["width"] <= width) and (height is None or one["height"] <= height)
    ]
    return Picture(absolute(_url(fitting[-1])), fitting[-1]["width"], fitting[-1]["height"]) if fitting else None


def social_image(photo: Photo, *, alt: str) -> SocialImage | None:
    """The picture for whoever shares a link: cut for that, or the largest of the whole one."""
    chosen = photo.social or photo.largest
    if chosen is None:
        return None
    return SocialImage(url=absolute(_url(chosen)), width=chosen["width"], height=chosen["height"], alt=alt)


def structured_images(photo: Photo, *, caption: str) -> list[dict[str, Any]]:
    """The picture in structured data: in each shape that machines ask for, else in what there is."""
    shapes = {cut.name for cut in SHAPES}
    chosen = [crop for crop in photo.crops if crop["cut"] in shapes]
    if not chosen:
        # Taken in before there were such crops.
        chosen = list(filter(None, [photo.social or photo.largest]))
    told = {"caption": caption, "creditText": photo.credit}
    said = {name: text for name, text in told.items() if text}
    return [{"@type": "ImageObject", "url": absolute(_url(one)), **said} for one in chosen]


def _renditions(photo: Photo, image_format: str) -> list[Rendition]:
    return [one for one in photo.renditions if one["format"] == image_format]


def _srcset(renditions: list[Rendition]) -> str:
    return ", ".join(f"{_url(one)} {one['width']}w" for one in renditions)


def _url(rendition: Rendition) -> str:
    return default_storage.url(rendition["name"])
