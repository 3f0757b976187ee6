"""The pictures of the demo newsroom: each can be drawn, shows something, and comes out the same every time."""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageStat

from articles.demo import pictures
from articles.demo.copy import stories

SECTIONS = {story.photo["picture"]: story.section for story in stories() if story.photo}


@pytest.mark.parametrize("name", sorted(pictures.SCENES))
def test_a_scene_fills_its_sheet(name: str) -> None:
    with Image.open(io.BytesIO(pictures.scene(name, section=SECTIONS.get(name, "world")))) as image:
        assert image.size == (1600, 900)
        assert min(ImageStat.Stat(image).stddev) > 15
        # What no scene painted would be a flat patch of bare paper.
        corners = [
            image.crop(box) for box in ((0, 0, 60, 60), (1540, 0, 1600, 60), (0, 840, 60, 900), (1540, 840, 1600, 900))
        ]
        assert all(max(ImageStat.Stat(corner).stddev) > 1 for corner in corners)


@pytest.mark.parametrize("slug", sorted(pictures.FACES))
def test_an_author_has_a_square_portrait(slug: str) -> None:
    with Image.open(io.BytesIO(pictures.portrait(slug))) as image:
        assert image.size == (600, 600)


def test_the_same_name_gives_the_same_picture() -> None:
    one, other = (pictures.scene("harbour-cranes", section="trade") for _ in range(2))
    assert one == other


def test_a_name_that_nobody_drew_gets_the_nearest_scene() -> None:
    drawn = pictures.scene("container-cranes", section="trade", words="harbour cranes by day")
    assert len(drawn) > 10_000
