"""A photo as a page offers it: WebP and JPEG in every width, and the browser chooses.

Lists crop it in the browser, around its focal point.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.files.storage import default_storage

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


def social_image(photo: Photo, *, alt: str) -> SocialImage | None:
    """The picture for whoever shares a link: cut for that, or the largest of the whole one."""
    chosen = photo.social or photo.largest
    if chosen is None:
        return None
    return SocialImage(url=absolute(_url(chosen)), width=chosen["width"], height=chosen["height"], alt=alt)


def _renditions(photo: Photo, image_format: str) -> list[Rendition]:
    return [one for one in photo.renditions if one["format"] == image_format]


def _srcset(renditions: list[Rendition]) -> str:
    return ", ".join(f"{_url(one)} {one['width']}w" for one in renditions)


def _url(rendition: Rendition) -> str:
    return default_storage.url(rendition["name"])
