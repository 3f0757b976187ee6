"""What is read from a picture's metadata: which side is up, and who made it. Nothing of it goes out."""

from __future__ import annotations

import re
import struct

from PIL import Image, ImageFile
from PIL.ExifTags import Base
from PIL.IptcImagePlugin import getiptcinfo

LIMIT = 160
# A broken block of metadata is no reason to refuse the picture.
_BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    struct.error,
)
_BYLINE, _CREDIT, _COPYRIGHT = (2, 80), (2, 110), (2, 116)


def credit(picture: ImageFile.ImageFile) -> str:
    """Photographer and owner as IPTC or else EXIF name them, for the desk to look over; may be empty."""
    artist, owner = (_tidy(text) for text in _named(picture))
    if owner.casefold() in artist.casefold():
        owner = ""
    elif artist.casefold() in owner.casefold():
        artist = ""
    return " / ".join(text for text in (artist, owner) if text)[:LIMIT].strip()


def orientation(picture: Image.Image) -> int:
    """How the camera was held, 1 to 8 as EXIF counts; 1 where it is not said."""
    found = _exif(picture).get(Base.Orientation)
    return found if isinstance(found, int) and 1 <= found <= 8 else 1


def _exif(picture: Image.Image) -> Image.Exif:
    try:
        return picture.getexif()
    except _BROKEN:
        return Image.Exif()


def _named(picture: ImageFile.ImageFile) -> tuple[str | bytes, str | bytes]:
    iptc, exif, texts = _iptc(picture), _exif(picture), picture.info
    artist = iptc.get(_BYLINE) or exif.get(Base.Artist) or texts.get("Author") or ""
    owner = iptc.get(_CREDIT) or iptc.get(_COPYRIGHT) or exif.get(Base.Copyright)
    return artist, owner or texts.get("Copyright") or ""


def _iptc(picture: ImageFile.ImageFile) -> dict[tuple[int, int], bytes]:
    try:
        found = getiptcinfo(picture) or {}
    except _BROKEN:
        return {}
    return {key: value[0] if isinstance(value, list) else value for key, value in found.items()}


def _tidy(text: str | bytes) -> str:
    if isinstance(text, bytes):
        # IPTC says which it is in a record that hardly any program writes.
        with_accents = text.decode(errors="ignore")
        text = with_accents if with_accents.encode() == text else text.decode("latin-1")
    # EXIF separates photographer and editor by a NUL.
    return " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f]", " ", str(text)).split())
