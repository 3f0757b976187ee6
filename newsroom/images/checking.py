"""Is this file a picture that we take? Judged by content, not by name, and by size before it is unpacked."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

from django.core.files.base import File
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from PIL import Image, ImageFile, UnidentifiedImageError

from newsroom.sentences import grouped

MAX_BYTES = 30 * 1024 * 1024
MAX_PIXELS = 64_000_000
MAX_SIDE = 16_000  # WebP ends at 16,383
MAX_RATIO = 20
# A large JPEG is unpacked at a half, a quarter or an eighth, if that is no less than this.
_ENOUGH = (1920, 1920)

# What Pillow calls it, and how we end its name. MPO is its word for a JPEG with a second picture inside, as
# many telephones write them; we take the first.
KINDS = {"JPEG": "jpg", "MPO": "jpg", "PNG": "png", "WEBP": "webp", "GIF": "gif", "AVIF": "avif"}
_PLUGINS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")
_TAKEN = gettext_lazy("Save it as JPEG, PNG, WebP, AVIF or GIF and upload that.")

# What a decoder raises on a file made to break it, or broken on the way.
_BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    LookupError,
    TypeError,
    AttributeError,
    OverflowError,
    MemoryError,
    RuntimeError,
    struct.error,
    zlib.error,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)
# A browser or a server that is talked into it would run these. No camera writes them.
_ACTIVE = re.compile(rb"<(?:script|iframe|!doctype|html|\?php|svg)[\s>:/]", re.IGNORECASE)


class ImageRefused(ValueError):
    """The file is not taken in; the text says why, to the person who uploaded it."""


def read(file: File[Any] | IO[bytes], *, max_bytes: int) -> bytes:
    """The file's bytes. Raises ImageRefused where it is empty or longer than `max_bytes`."""
    file.seek(0)
    data: bytes = file.read(max_bytes + 1)
    if not data:
        raise ImageRefused(_("This file is empty. Choose the picture again."))
    if len(data) > max_bytes:
        raise ImageRefused(
            _("This file has over %(megabytes)s MB. Save the picture smaller and upload that.")
            % {"megabytes": f"{max_bytes / 1024 / 1024:.0f}"}
        )
    return data


@contextmanager
def opened(data: bytes, *, max_pixels: int) -> Iterator[tuple[ImageFile.ImageFile, tuple[int, int]]]:
    """Open a picture whose kind, size and wholeness are as they should be; gives it, loaded, and its size.

    Of a large JPEG, fewer pixels are loaded than it has, but enough for every rendition. Raises ImageRefused.
    """
    _refuse_two_faced(data)
    try:
        picture = Image.open(io.BytesIO(data), formats=_PLUGINS)
    except UnidentifiedImageError as error:
        raise ImageRefused(_what_else(data)) from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ImageRefused(_too_many(max_pixels)) from error
    except _BROKEN as error:
        raise ImageRefused(_damaged()) from error
    with picture:
        size = picture.size
        _refuse_size(*size, max_pixels=max_pixels)
        try:
            picture.seek(0)
            picture.draft(None, _ENOUGH)
            loaded = picture.size
            picture.load()
        except _BROKEN as error:
            raise ImageRefused(_damaged()) from error
        if picture.size != loaded:
            # A GIF may hold a frame that is larger than the picture says.
            raise ImageRefused(_damaged())
        yield picture, size


def _refuse_size(width: int, height: int, *, max_pixels: int) -> None:
    if width * height > max_pixels:
        raise ImageRefused(_too_many(max_pixels))
    long, short = max(width, height), max(min(width, height), 1)
    if long > MAX_SIDE:
        told = _("This picture is %(long)s pixels long. At most %(most)s are possible.")
        raise ImageRefused(told % {"long": grouped(long), "most": grouped(MAX_SIDE)})
    if long > short * MAX_RATIO:
        told = _("This picture is over %(ratio)s times as long as wide. Crop it and upload that.")
        raise ImageRefused(told % {"ratio": MAX_RATIO})


def _refuse_two_faced(data: bytes) -> None:
    """A picture that is a program, a page or an archive as well was made to deceive."""
    if not data.startswith((b"\xff\xd8", b"\x89PNG", b"RIFF", b"GIF8")) and data[4:8] != b"ftyp":
        return  # not a picture at all; the sentence for that is better
    if _ACTIVE.search(data):
        raise ImageRefused(
            _(
                "This picture has a web page or a program hidden in it. Save it anew in a picture "
                "editor, without comments, and upload that."
            )
        )
    if zipfile.is_zipfile(io.BytesIO(data)) or b"%PDF-" in data[:1024]:
        raise ImageRefused(_("This picture has another file hidden in it. Save it anew in a picture editor."))


def _what_else(data: bytes) -> str:
    """A sentence for a file that is none of the kinds that we take."""
    head = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if b"<svg" in head:
        return _("This is an SVG drawing, which can carry programs. Save it as PNG and upload that.")
    if head.startswith((b"<!doctype", b"<html", b"<?xml", b"<")):
        return _instead(_("This is a web page, not a picture."))
    if data[4:8] == b"ftyp" and data[8:12] in {b"heic", b"heix", b"hevc", b"mif1", b"msf1"}:
        return _("This is a HEIC picture, which few browsers can show. Save it as JPEG and upload that.")
    if data.startswith(b"%PDF"):
        return _instead(_("This is a PDF, not a picture."))
    if data.startswith((b"II*\0", b"MM\0*", b"8BPS", b"BM")):
        return _instead(_("Pictures of this kind (TIFF, Photoshop, BMP, camera raw) are not taken."))
    return _instead(_("This is not a picture that can be read here."))


def _instead(what_it_is: str) -> str:
    return f"{what_it_is} {_TAKEN}"


def _too_many(max_pixels: int) -> str:
    return _(
        "This picture has more than %(millions)s million pixels. "
        "Save it smaller, 4,000 pixels wide are plenty, and upload that."
    ) % {"millions": f"{max_pixels / 1_000_000:.0f}"}


def _damaged() -> str:
    return _("This picture is damaged or was cut short on the way. Upload it again, or save it anew first.")
