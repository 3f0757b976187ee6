"""What is no picture, or more than one, or too much of one, is refused with a sentence and leaves nothing."""

from __future__ import annotations

import contextlib
import io
import random
import struct
import time
import tracemalloc
import zipfile
import zlib
from pathlib import Path

import pytest
from PIL import Image, PngImagePlugin

from newsroom import images
from newsroom.images import ImageRefused
from tests.pictures import file_of, from_a_camera, quarters, stored


def archive() -> bytes:
    """A Java archive, as far as a browser of old was concerned."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as jar:
        jar.writestr("Evil.class", b"\xca\xfe\xba\xbe")
    return out.getvalue()


def commented_png(text: str) -> bytes:
    """A PNG with a comment."""
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", text)
    return file_of(quarters(), "PNG", pnginfo=info).getvalue()


def png(width: int, height: int, data: bytes) -> bytes:
    """A PNG that says it has this size, with this as its compressed pixels."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def webp(width: int, height: int) -> bytes:
    """A WebP that says its canvas has this size, around a small picture."""
    small = file_of(Image.new("RGB", (8, 8)), "WEBP").getvalue()[12:]
    body = b"VP8X" + struct.pack("<I", 10) + bytes(4)
    body += (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little") + small
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
JPEG = from_a_camera().getvalue()
GIF = file_of(quarters(mode="P"), "GIF").getvalue()

REFUSED = {
    "an empty file": (b"", "empty"),
    "text": (b"Only words.", "not a picture"),
    "an SVG": (SVG, "SVG"),
    "an SVG after a byte order mark": (b"\xef\xbb\xbf\n<svg onload='alert(1)'/>", "SVG"),
    "a web page": (b"<!doctype html><title>x</title>", "web page"),
    "a PDF": (b"%PDF-1.7\n", "PDF"),
    "a HEIC": (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "HEIC"),
    "a TIFF": (file_of(quarters(), "TIFF").getvalue(), "TIFF"),
    "a BMP": (file_of(quarters(), "BMP").getvalue(), "BMP"),
    "an archive behind a JPEG": (JPEG + archive(), "another file"),
    "an archive behind a GIF": (GIF + archive(), "another file"),
    "an archive behind a PNG": (file_of(quarters(), "PNG").getvalue() + archive(), "another file"),
    "a page behind a GIF": (GIF + b"<HTML><body onload=alert(1)>", "web page"),
    "a page in a PNG's comment": (commented_png("<script>alert(1)</script>"), "web page"),
    "PHP in a JPEG's comment": (
        file_of(quarters(), comment=b"<?php system($_GET[0]); ?>").getvalue(),
        "program",
    ),
    "an SVG behind a JPEG": (JPEG + SVG, "web page"),
    "a PDF in a JPEG's comment": (file_of(quarters(), comment=b"%PDF-1.4").getvalue(), "another file"),
    "a bomb of a PNG": (png(60_000, 60_000, zlib.compress(b"\0" * 1000)), "million pixels"),
    "a bomb above Pillow's warning": (png(10_000, 9_500, zlib.compress(b"\0" * 1000)), "million pixels"),
    "a bomb below Pillow's warning": (png(9_000, 8_000, zlib.compress(b"\0" * 1000)), "million pixels"),
    "a bomb of a WebP": (webp(16_000, 16_000), "million pixels"),
    "a long thin picture": (png(40_000, 10, zlib.compress(b"\0" * 1000)), "pixels long"),
    "a thin picture": (file_of(quarters(4200, 200)).getvalue(), "times as long"),
    "a PNG without its pixels": (png(100, 100, b""), "damaged"),
    "a PNG whose pixels end early": (png(100, 100, zlib.compress(b"\0" * 1000)), "damaged"),
    "only a JPEG's first bytes": (JPEG[:20], "picture"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_is_refused_with_a_reason(media: Path, name: str) -> None:
    data, reason = REFUSED[name]
    with pytest.raises(ImageRefused, match=reason) as refused:
        images.ingest(io.BytesIO(data))
    assert str(refused.value).endswith(".")
    assert stored(media) == []


@pytest.mark.parametrize("image_format", ["JPEG", "PNG", "WEBP", "GIF", "AVIF"])
@pytest.mark.parametrize("part", [0.3, 0.6, 0.9])
def test_a_file_cut_short_is_refused(media: Path, image_format: str, part: float) -> None:
    noise = Image.effect_noise((400, 300), 80).convert("RGB")
    data = file_of(noise, image_format).getvalue()
    with pytest.raises(ImageRefused):
        images.ingest(io.BytesIO(data[: int(len(data) * part)]))
    assert stored(media) == []


def test_no_more_is_read_of_a_large_file_than_the_limit(media: Path) -> None:
    class Endless(io.RawIOBase):
        taken = 0

        def seek(self, *_: int) -> int:
            return 0

        def read(self, size: int = -1) -> bytes:
            assert size > 0
            self.taken += size
            return b"\xff" * size

    endless = Endless()
    with pytest.raises(ImageRefused, match="over 1 MB"):
        images.ingest(endless, max_bytes=1024 * 1024)  # type: ignore[arg-type]
    assert endless.taken == 1024 * 1024 + 1


def test_the_limit_of_pixels_is_inclusive(media: Path) -> None:
    assert images.ingest(file_of(quarters(400, 300)), max_pixels=120_000).width == 400
    with pytest.raises(ImageRefused, match="million pixels"):
        images.ingest(file_of(quarters(400, 301)), max_pixels=120_000)


@pytest.mark.parametrize("name", [name for name in REFUSED if "bomb" in name])
def test_a_bomb_costs_neither_time_nor_memory(media: Path, name: str) -> None:
    tracemalloc.start()
    began = time.monotonic()
    with pytest.raises(ImageRefused):
        images.ingest(io.BytesIO(REFUSED[name][0]))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert time.monotonic() - began < 1
    assert peak < 20_000_000


def test_a_telephone_s_second_picture_behind_the_first_is_no_reason_to_refuse(media: Path) -> None:
    assert images.ingest(io.BytesIO(JPEG + b"\0\0\0\x18ftypmp42" + bytes(500))).width == 800
    two = file_of(quarters(), "MPO", save_all=True, append_images=[quarters(200, 100)])
    taken = images.ingest(two)
    assert (taken.width, taken.original.rsplit(".")[-1]) == (800, "jpg")


@pytest.mark.filterwarnings("ignore::UserWarning")  # Pillow remarks on broken EXIF
@pytest.mark.parametrize("image_format", ["JPEG", "PNG", "WEBP", "GIF", "AVIF"])
def test_a_file_with_any_byte_changed_is_taken_or_refused_and_nothing_else(media: Path, image_format: str) -> None:
    chance = random.Random(20260203)
    whole = from_a_camera(quarters(64, 48)) if image_format == "JPEG" else file_of(quarters(64, 48), image_format)
    for _ in range(60):
        data = bytearray(whole.getvalue())
        for _ in range(chance.randint(1, 8)):
            # Headers are where decoders trip.
            data[min(int(chance.expovariate(1 / 60)), len(data) - 1)] = chance.randrange(256)
        with contextlib.suppress(ImageRefused):
            images.ingest(io.BytesIO(bytes(data)))
