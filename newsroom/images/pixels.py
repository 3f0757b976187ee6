"""From whatever a file holds to plain 8-bit RGB: upright, opaque, with its colour profile and no more."""

from __future__ import annotations

import io
from dataclasses import dataclass

from PIL import Image, ImageCms

from newsroom.images import metadata

# A profile goes out with every rendition, so it may not outweigh them.
MAX_PROFILE = 20_000
_WHITE = (255, 255, 255)
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


@dataclass(frozen=True)
class Developed:
    """Pixels ready for cutting. `profile` is the ICC profile they are meant in; None is sRGB."""

    image: Image.Image
    profile: bytes | None


def develop(picture: Image.Image) -> Developed:
    """Turn a loaded picture upright, flatten it on white, and bring it to RGB.

    An RGB profile is kept. CMYK, grey and Lab with a profile, and pictures with a very long one, become sRGB.
    """
    turn = _TURNS.get(metadata.orientation(picture))
    flat = _flat(picture if turn is None else picture.transpose(turn))
    profile = _profile(picture.info.get("icc_profile"), flat.mode)
    if profile is None:
        return Developed(_bare(flat.convert("RGB")), None)
    data = profile.tobytes()
    if flat.mode == "RGB" and len(data) <= MAX_PROFILE:
        return Developed(_bare(flat), data)
    try:
        converted = ImageCms.profileToProfile(flat, profile, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except ImageCms.PyCMSError:
        converted = None
    return Developed(_bare(converted or flat.convert("RGB")), None)


def _flat(image: Image.Image) -> Image.Image:
    """8 bits a channel, no palette, no transparency; grey, CMYK and Lab stay what they are."""
    if image.mode.startswith("I"):
        # 16 bits, of which the upper eight are what a screen shows.
        return image.convert("I").point(lambda value: value * (1 / 257)).convert("L")
    if image.mode == "1":
        return image.convert("L")
    if image.mode == "P" or image.has_transparency_data:
        image = image.convert("RGBA")
        ground = Image.new("RGB", image.size, _WHITE)
        ground.paste(image, mask=image.getchannel("A"))
        return ground
    return image if image.mode in {"L", "RGB", "CMYK", "LAB"} else image.convert("RGB")


def _profile(data: object, mode: str) -> ImageCms.ImageCmsProfile | None:
    """The embedded profile, if it is one and fits the pixels."""
    if not isinstance(data, bytes) or not data:
        return None
    try:
        profile = ImageCms.ImageCmsProfile(io.BytesIO(data))
    except (OSError, ImageCms.PyCMSError):
        return None
    space = profile.profile.xcolor_space.strip()
    return profile if {"RGB": "RGB", "L": "GRAY", "CMYK": "CMYK", "LAB": "Lab"}.get(mode) == space else None


def _bare(image: Image.Image) -> Image.Image:
    """The same pixels, without what Pillow carries along and would write out again: comments, EXIF, XMP."""
    bare = image.copy()
    bare.info = {}
    return bare
