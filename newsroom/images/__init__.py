"""Pictures, from anybody's file to what readers get: checked by content, cleaned, cut to size, stored whole.

Nothing of a file reaches the public but its pixels and its colour profile. `ingest` is the only way in; the
original goes to the private storage, the renditions to the public one. Their names cannot be guessed, since a
picture is stored before its story is published, and never come twice, so that caches may hold them for ever.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO, Any

from django.core.files.base import File
from django.core.files.storage import default_storage, storages
from django.utils.translation import gettext_lazy

from newsroom.images import checking, metadata, pixels
from newsroom.images.checking import MAX_BYTES, MAX_PIXELS, ImageRefused
from newsroom.images.renditions import PARTS, SHAPES, SQUARE, WHOLE, Cut, Rendition, written_out
from newsroom.storage import Staged

__all__ = [
    "MAX_BYTES",
    "MAX_PIXELS",
    "PARTS",
    "SHAPES",
    "ImageRefused",
    "Ingested",
    "NotStored",
    "Portrait",
    "Rendition",
    "digest_of",
    "ingest",
    "portrait",
    "recut",
]

Focal = tuple[int, int]
_FULL = gettext_lazy(
    "The picture could not be stored, so nothing of it was kept. Try again, and tell whoever "
    "looks after the server: its disk may be full."
)


class NotStored(ImageRefused):
    """The picture is fine, the disk is not. Nothing was kept."""


@dataclass(frozen=True)
class Ingested:
    """A picture that was taken in. Its files go with `staged`, unless that is told to keep them.

    `original` is a name in the private storage; `digest` is the SHA-256 of the file as it came; `width` and
    `height` are as seen, after orientation; `renditions` show all of the picture, smallest first, `crops` a part
    of it; `credit` is what its metadata says about who made it and owns it.
    """

    original: str
    digest: str
    width: int
    height: int
    renditions: list[Rendition]
    crops: list[Rendition]
    credit: str
    staged: Staged


@dataclass(frozen=True)
class Portrait:
    """A square picture of a person: `name` in the public storage; its file goes with `staged`."""

    name: str
    staged: Staged


def ingest(
    file: File[Any] | IO[bytes],
    *,
    focal: Focal = (50, 50),
    max_bytes: int = MAX_BYTES,
    max_pixels: int = MAX_PIXELS,
) -> Ingested:
    """Take a picture in: check it, clean it, store the original and every rendition.

    `focal` is the point that crops keep, in per cent from the left and the top. Raises ImageRefused with a
    sentence for the person, and NotStored where the files cannot be written; either leaves nothing behind.
    """
    data = checking.read(file, max_bytes=max_bytes)
    with checking.opened(data, max_pixels=max_pixels) as (picture, size):
        width, height = reversed(size) if metadata.orientation(picture) > 4 else size
        credit = metadata.credit(picture)
        kind = checking.KINDS[picture.format or ""]
        developed = pixels.develop(picture)
    staged = Staged()
    stem = _unguessable(data)
    try:
        original = staged.write(storages["originals"], f"photos/{stem[:2]}/{stem[2:]}.{kind}", data)
        renditions = _store(developed, (WHOLE,), focal, staged=staged, folder="photos")
        crops = _store(developed, PARTS, focal, staged=staged, folder="photos")
    except OSError as error:
        staged.discard()
        raise NotStored(_FULL) from error
    return Ingested(original, digest_of(data), width, height, renditions, crops, credit, staged)


def digest_of(data: bytes) -> str:
    """By what a file is known again, as it came."""
    return hashlib.sha256(data).hexdigest()


def recut(
    original: File[Any] | IO[bytes], *, focal: Focal, parts: Sequence[Cut] = PARTS
) -> tuple[list[Rendition], Staged]:
    """Make a picture's crops, or some of them, around another focal point or for the first time.

    Former crops stay on the disk: a page that somebody holds may show them. Raises as `ingest`.
    """
    developed = _developed(original)
    staged = Staged()
    try:
        return _store(developed, parts, focal, staged=staged, folder="photos"), staged
    except OSError as error:
        staged.discard()
        raise NotStored(_FULL) from error


def portrait(file: File[Any] | IO[bytes], *, focal: Focal = (50, 42)) -> Portrait:
    """Take in a picture of a person and keep the square around `focal`, and only that. Raises as `ingest`."""
    developed = _developed(file)
    staged = Staged()
    try:
        [square] = _store(developed, (SQUARE,), focal, staged=staged, folder="portraits")
    except OSError as error:
        staged.discard()
        raise NotStored(_FULL) from error
    return Portrait(square["name"], staged)


def _developed(file: File[Any] | IO[bytes]) -> pixels.Developed:
    data = checking.read(file, max_bytes=MAX_BYTES)
    with checking.opened(data, max_pixels=MAX_PIXELS) as (picture, _):
        return pixels.develop(picture)


def _unguessable(data: bytes) -> str:
    # Salted: whoever holds a copy of the file must not find out that it lies here.
    return hashlib.sha256(secrets.token_bytes(16) + data).hexdigest()[:32]


def _store(
    developed: pixels.Developed, cuts: Sequence[Cut], focal: Focal, *, staged: Staged, folder: str
) -> list[Rendition]:
    stored = []
    for made in written_out(developed, cuts, focal):
        stem = _unguessable(made.data)
        label = f"{made.cut}.{made.width}" if made.cut else str(made.width)
        suffix = "jpg" if made.format == "jpeg" else made.format
        name = staged.write(default_storage, f"{folder}/{stem[:2]}/{stem[2:]}.{label}.{suffix}", made.data)
        stored.append(Rendition(name=name, format=made.format, width=made.width, height=made.height, cut=made.cut))
    return stored
