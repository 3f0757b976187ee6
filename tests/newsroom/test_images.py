"""What becomes of a picture that is taken in: its pixels, in the sizes that readers get, and nothing else."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageCms, PngImagePlugin

from newsroom import images
from newsroom.images import pixels
from newsroom.images.metadata import credit
from tests.pictures import BLUE, GREEN, RED, file_of, from_a_camera, near, quarters, rgb_profile, stored

Colour = tuple[int, int, int]


def public(media: Path, rendition: images.Rendition) -> Image.Image:
    """The stored rendition, opened."""
    return Image.open(media / "public" / rendition["name"])


def test_renditions_come_in_every_width_that_the_picture_has_pixels_for(media: Path) -> None:
    taken = images.ingest(file_of(quarters(2400, 1600)))
    assert [(one["format"], one["width"], one["height"]) for one in taken.renditions] == [
        (image_format, width, round(width / 1.5))
        for width in (320, 640, 960, 1280, 1920)
        for image_format in ("jpeg", "webp")
    ]
    for one in taken.renditions:
        with public(media, one) as image:
            assert (image.format or "").lower() == one["format"]
            assert image.size == (one["width"], one["height"])
    taken.staged.keep()


@pytest.mark.parametrize(("width", "expected"), [(200, [200]), (330, [330]), (800, [320, 640, 800])])
def test_nothing_is_enlarged(media: Path, width: int, expected: list[int]) -> None:
    taken = images.ingest(file_of(quarters(width, width)))
    assert [one["width"] for one in taken.renditions if one["format"] == "webp"] == expected
    assert {one["width"] for one in taken.crops} == {width}
    assert (taken.width, taken.height) == (width, width)


def test_the_original_is_kept_as_it_came_and_not_in_public(media: Path) -> None:
    file = from_a_camera()
    taken = images.ingest(file)
    assert (media / "originals" / taken.original).read_bytes() == file.getvalue()
    assert all(b"SECRET" not in path.read_bytes() for path in stored(media / "public"))


def test_names_cannot_be_guessed_and_never_come_twice(media: Path) -> None:
    file = file_of(quarters())
    first, second = images.ingest(file), images.ingest(file)
    names = [one["name"] for taken in (first, second) for one in (*taken.renditions, *taken.crops)]
    assert len(set(names)) == len(names)
    shape = r"photos/[0-9a-f]{2}/[0-9a-f]{30}\.((social|1x1|4x3|16x9)\.)?\d+\.(jpg|webp)"
    assert all(re.fullmatch(shape, name) for name in names)
    assert first.digest == second.digest
    assert not any(first.digest[:30] in name for name in names)


@pytest.mark.parametrize("image_format", ["JPEG", "PNG", "WEBP"])
def test_no_metadata_reaches_the_public(media: Path, image_format: str) -> None:
    with Image.open(from_a_camera()) as camera:
        options: dict[str, Any] = {"exif": camera.getexif()}
        if image_format == "PNG":
            options["pnginfo"] = PngImagePlugin.PngInfo()
            options["pnginfo"].add_text("Comment", "SECRET-COMMENT")
        elif image_format == "WEBP":
            options["xmp"] = b"<x:xmpmeta>SECRET-XMP</x:xmpmeta>"
        file = from_a_camera() if image_format == "JPEG" else file_of(camera.copy(), image_format, **options)
    taken = images.ingest(file)
    for one in (*taken.renditions, *taken.crops):
        with public(media, one) as image:
            assert dict(image.getexif()) == {}
            assert not {"comment", "Comment", "xmp", "photoshop", "exif"} & set(image.info)
        data = (media / "public" / one["name"]).read_bytes()
        assert not re.search(rb"SECRET|SERIAL|Samir|Exif|GPS|xmpmeta", data)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_is_turned_the_way_the_camera_was_held(media: Path, orientation: int) -> None:
    undo = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    held = quarters().transpose(undo[orientation]) if orientation > 1 else quarters()
    taken = images.ingest(from_a_camera(held, orientation=orientation))
    assert (taken.width, taken.height) == (800, 600)
    with public(media, taken.renditions[-2]) as image:
        assert near(image.getpixel((100, 100)), RED)
        assert near(image.getpixel((700, 100)), GREEN)
        assert near(image.getpixel((100, 500)), BLUE)


def test_a_large_jpeg_keeps_its_size_though_fewer_pixels_are_loaded(media: Path) -> None:
    taken = images.ingest(from_a_camera(quarters(6000, 4000), orientation=6))
    assert (taken.width, taken.height) == (4000, 6000)
    assert taken.renditions[-1]["width"] == 1920


def test_a_colour_profile_goes_out_with_every_rendition(media: Path) -> None:
    profile = rgb_profile()
    taken = images.ingest(file_of(quarters(), icc_profile=profile))
    for one in (*taken.renditions, *taken.crops):
        with public(media, one) as image:
            assert image.info["icc_profile"] == profile


@pytest.mark.parametrize("profile", [b"no profile at all", b"\0" * 200])
def test_what_is_no_colour_profile_does_not_go_out(media: Path, profile: bytes) -> None:
    taken = images.ingest(file_of(quarters(), icc_profile=profile))
    with public(media, taken.renditions[-2]) as image:
        assert "icc_profile" not in image.info
        assert near(image.getpixel((100, 100)), RED)


def test_a_profile_is_kept_without_what_was_hidden_behind_it(media: Path) -> None:
    taken = images.ingest(file_of(quarters(), icc_profile=rgb_profile() + b"SECRET"))
    with public(media, taken.renditions[-2]) as image:
        assert image.info["icc_profile"] == rgb_profile()


def test_an_outsized_profile_is_applied_instead_of_sent(media: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pixels, "MAX_PROFILE", len(rgb_profile()) - 1)
    taken = images.ingest(file_of(quarters(), icc_profile=rgb_profile()))
    with public(media, taken.renditions[-2]) as image:
        assert "icc_profile" not in image.info
        assert near(image.getpixel((100, 100)), RED)


@pytest.mark.parametrize(
    ("mode", "image_format"),
    [("CMYK", "JPEG"), ("P", "PNG"), ("P", "GIF"), ("RGBA", "PNG"), ("RGBA", "WEBP"), ("RGB", "AVIF")],
)
def test_colours_survive_whatever_the_file_stores_them_as(media: Path, mode: str, image_format: str) -> None:
    taken = images.ingest(file_of(quarters(mode=mode), image_format))
    for one in taken.renditions[-2:]:
        with public(media, one) as image:
            assert image.mode == "RGB"
            assert near(image.getpixel((100, 100)), RED)
            assert near(image.getpixel((100, 500)), BLUE)


@pytest.mark.parametrize("mode", ["1", "L", "I;16"])
def test_grey_stays_grey_at_any_depth(media: Path, mode: str) -> None:
    image = Image.new("L", (400, 300), 51)
    if mode == "1":
        image = Image.new("1", (400, 300), 1)
    elif mode == "I;16":
        image = Image.new("I;16", (400, 300), 51 * 257)
    taken = images.ingest(file_of(image, "PNG"))
    with public(media, taken.renditions[-2]) as shown:
        assert near(shown.getpixel((200, 150)), (255,) * 3 if mode == "1" else (51,) * 3, by=3)


def test_what_is_transparent_becomes_white(media: Path) -> None:
    image = Image.new("RGBA", (400, 300), (0, 0, 0, 0))
    image.paste((*RED, 255), (0, 0, 200, 300))
    taken = images.ingest(file_of(image, "PNG"))
    for one in taken.renditions[-2:]:
        with public(media, one) as shown:
            assert near(shown.getpixel((300, 150)), (255, 255, 255))
            assert near(shown.getpixel((100, 150)), RED)


def test_grey_with_a_grey_profile_is_brought_to_srgb(media: Path) -> None:
    # There is no grey profile to be had without a file; an RGB one on grey pixels does not fit and is dropped.
    taken = images.ingest(file_of(Image.new("L", (400, 300), 51), icc_profile=rgb_profile()))
    with public(media, taken.renditions[-2]) as shown:
        assert "icc_profile" not in shown.info
        assert near(shown.getpixel((200, 150)), (51, 51, 51), by=3)


@pytest.mark.parametrize("image_format", ["GIF", "WEBP", "PNG"])
def test_of_a_moving_picture_the_first_frame_is_taken(media: Path, image_format: str) -> None:
    frames = [Image.new("RGB", (400, 300), colour) for colour in (RED, GREEN, BLUE)]
    moving = file_of(frames[0], image_format, save_all=True, append_images=frames[1:], duration=100)
    taken = images.ingest(moving)
    with public(media, taken.renditions[-2]) as shown:
        assert near(shown.getpixel((200, 150)), RED)
        assert getattr(shown, "n_frames", 1) == 1


@pytest.mark.parametrize(
    ("focal", "colour"), [((5, 5), RED), ((95, 5), RED), ((5, 95), BLUE), ((50, 100), BLUE), ((50, 0), RED)]
)
def test_the_social_crop_keeps_the_focal_point(media: Path, focal: tuple[int, int], colour: Colour) -> None:
    taken = images.ingest(file_of(quarters(1300, 2600)), focal=focal)
    social = taken.crops[0]
    assert (social["cut"], social["width"], social["height"]) == ("social", 1200, 630)
    with public(media, social) as image:
        assert near(image.getpixel((100, 315)), colour)


@pytest.mark.parametrize(("size", "widest"), [((2600, 1700), 1200), ((1000, 1600), 1000), ((1280, 400), 400)])
def test_search_engines_get_three_shapes_as_wide_as_the_picture_allows(
    media: Path, size: tuple[int, int], widest: int
) -> None:
    taken = images.ingest(file_of(quarters(*size)), focal=(10, 10))
    shapes = taken.crops[1:]
    assert [one["cut"] for one in shapes] == ["1x1", "4x3", "16x9"]
    assert shapes[0]["width"] == shapes[0]["height"] == widest
    for one, ratio in zip(shapes, (1, 4 / 3, 16 / 9), strict=True):
        assert one["format"] == "jpeg"
        assert one["width"] / one["height"] == pytest.approx(ratio, abs=0.01)
        with public(media, one) as image:
            assert image.size == (one["width"], one["height"])
            assert near(image.getpixel((5, 5)), RED)
    taken.staged.keep()


def test_moving_the_focal_point_makes_new_crops_under_new_names(media: Path) -> None:
    file = file_of(quarters(1300, 2600))
    taken = images.ingest(file, focal=(50, 0))
    crops, staged = images.recut(file, focal=(50, 100))
    staged.keep()
    taken.staged.keep()
    assert crops[0]["name"] != taken.crops[0]["name"]
    with public(media, crops[0]) as after, public(media, taken.crops[0]) as before:
        assert near(after.getpixel((100, 315)), BLUE)
        assert near(before.getpixel((100, 315)), RED)


def test_a_portrait_is_a_square_and_no_original_is_kept(media: Path) -> None:
    taken = images.portrait(from_a_camera(quarters(900, 1200)))
    [path] = stored(media)
    assert path == media / "public" / taken.name
    with Image.open(path) as image:
        assert image.size == (384, 384)


@pytest.mark.parametrize(
    ("artist", "owner", "expected"),
    [
        ("Samir Haddow", "Northmere Courier", "Samir Haddow / Northmere Courier"),
        ("Samir Haddow", "(c) Samir Haddow", "(c) Samir Haddow"),
        ("Samir Haddow", "SAMIR HADDOW", "Samir Haddow"),
        ("Samir Haddow", "", "Samir Haddow"),
        ("", "Photographer\0Editor", "Photographer Editor"),
        ("A" * 300, "B", "A" * 160),
    ],
)
def test_who_made_it_and_who_owns_it_are_offered_as_a_credit(artist: str, owner: str, expected: str) -> None:
    exif = Image.Exif()
    exif[0x013B], exif[0x8298] = artist, owner
    with Image.open(file_of(quarters(), exif=exif)) as image:
        assert credit(image) == expected


def test_what_agencies_write_goes_before_what_the_camera_says() -> None:
    with Image.open(from_a_camera()) as image:
        image.info["photoshop"] = {0x0404: _iptc(80, b"Ren\xc3\xa9e Vale") + _iptc(110, b"Merrow Pictures")}
        assert credit(image) == "Renée Vale / Merrow Pictures"


def test_a_broken_block_of_metadata_does_no_harm() -> None:
    with Image.open(from_a_camera()) as image:
        image.info["photoshop"] = {0x0404: b"\x1c\x02P\xff\xff"}
        assert "Samir Haddow" in credit(image)


def test_cmyk_with_a_profile_of_another_kind_is_still_shown(media: Path) -> None:
    taken = images.ingest(file_of(quarters(mode="CMYK"), icc_profile=rgb_profile()))
    with public(media, taken.renditions[-2]) as shown:
        assert near(shown.getpixel((100, 100)), RED)


def test_lab_is_converted_by_its_profile() -> None:
    from_rgb = ImageCms.profileToProfile(
        quarters(), ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"), outputMode="LAB"
    )
    assert from_rgb is not None
    from_rgb.info["icc_profile"] = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    developed = pixels.develop(from_rgb)
    assert near(developed.image.getpixel((100, 100)), RED)
    assert developed.profile is None


def _iptc(dataset: int, text: bytes) -> bytes:
    return bytes((0x1C, 2, dataset)) + len(text).to_bytes(2, "big") + text


def test_reading_starts_at_the_beginning_of_a_file_that_was_read_before(media: Path) -> None:
    file = io.BytesIO(file_of(quarters()).getvalue())
    file.read()
    assert images.ingest(file).width == 800
