"""Pictures for tests, made here: nothing binary lies in the repository."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict
from PIL import Image, ImageCms, ImageDraw
from PIL.ExifTags import GPS, IFD, Base

RED, GREEN, BLUE = (200, 30, 30), (30, 160, 60), (30, 60, 200)


def quarters(width: int = 800, height: int = 600, mode: str = "RGB") -> Image.Image:
    """Red at the top left, green at the top right, blue at the bottom left, white at the bottom right."""
    image = Image.new("RGB", (width, height), "white")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, width // 2 - 1, height // 2 - 1), fill=RED)
    draw.rectangle((width // 2, 0, width, height // 2 - 1), fill=GREEN)
    draw.rectangle((0, height // 2, width // 2 - 1, height), fill=BLUE)
    # A palette of the picture's own colours, not of dots that look like them from afar.
    return image.quantize(16) if mode == "P" else image.convert(mode)


def file_of(image: Image.Image, image_format: str = "JPEG", **options: Any) -> io.BytesIO:
    """The picture as a file, at its beginning."""
    out = io.BytesIO()
    image.save(out, image_format, **options)
    out.seek(0)
    return out


def from_a_camera(image: Image.Image | None = None, *, orientation: int = 1) -> io.BytesIO:
    """A JPEG with everything that gives people away: GPS, serial number, XMP, a comment; and a copyright."""
    exif = Image.Exif()
    exif[Base.Orientation] = orientation
    exif[Base.Artist] = "Samir Haddow"
    exif[Base.Copyright] = "Northmere Courier"
    exif[Base.BodySerialNumber] = "SERIAL-4711"
    exif.get_ifd(IFD.GPSInfo)[GPS.GPSLatitude] = (51.0, 28.0, 38.0)
    exif.get_ifd(IFD.GPSInfo)[GPS.GPSLatitudeRef] = "N"
    options: dict[str, Any] = {"exif": exif, "xmp": b"<x:xmpmeta>SECRET-XMP</x:xmpmeta>", "comment": b"SECRET-COMMENT"}
    return file_of(image or quarters(), **options)


# Made once: a profile holds the second of its making.
@cache
def rgb_profile() -> bytes:
    """An ICC profile that is an RGB one and recognisable."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def uploaded(field: str, file: UploadedFile[Any]) -> MultiValueDict[str, UploadedFile[Any]]:
    """What a form gets as its files, with one file in it."""
    return MultiValueDict({field: [file]})


def stored(folder: Path) -> list[Path]:
    """Every file below a folder, temporary ones too."""
    return sorted(path for path in folder.rglob("*") if path.is_file())


def near(pixel: Any, colour: tuple[int, int, int], *, by: int = 24) -> bool:
    """Whether a pixel is a colour, give or take what compression does."""
    return all(abs(one - other) <= by for one, other in zip(pixel, colour, strict=True))
