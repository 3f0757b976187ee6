"""The pictures made for pages that have none: whom they are for, at which addresses, and for how long."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from PIL import Image

from articles import publishing
from articles.cards import SHADES
from articles.tones import COLOURLESS, HUES
from newsroom import cards
from tests.factories import (
    DAY,
    HOUR,
    NOON,
    AuthorFactory,
    SectionFactory,
    managing_editor,
    photo,
    published,
    revised,
    scheduled,
)
from tests.readers import Reader
from tests.report import ROOT
from tests.small_paper import printed

pytestmark = pytest.mark.django_db

SITE = "https://www.example.org"


def address(reader: Reader, path: str) -> str:
    """Where a page says that its picture lies, as a path of ours."""
    image = reader.page(path).meta("og:image")
    assert image is not None
    assert image.startswith(f"{SITE}/social/")
    return image.removeprefix(SITE)


def test_story_without_a_picture_has_a_card_of_its_own(reader: Reader) -> None:
    edition = published(headline="The ferry runs again", bylines=[AuthorFactory(name="Ada Holm")])
    page = reader.page(edition.path)
    assert page.meta("og:image:width") == "1200"
    assert page.meta("og:image:height") == "630"
    assert page.meta("og:image:alt") == "The Northmere Courier: The ferry runs again"
    assert page.meta("twitter:card") == "summary_large_image"
    response = reader.get(address(reader, edition.path))
    assert response.status_code == 200
    assert response["Content-Type"] == "image/png"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "Set-Cookie" not in response.headers
    assert Image.open(io.BytesIO(response.content)).size == (1200, 630)
    assert page.json_ld[0]["image"] == [{"@type": "ImageObject", "url": page.meta("og:image")}]


def test_story_with_a_picture_shows_that(reader: Reader) -> None:
    assert "/social/" not in str(reader.page(published(lead_photo=photo()).path).meta("og:image"))


def test_another_headline_is_another_address_and_the_former_is_gone(reader: Reader) -> None:
    edition = published(at=NOON - DAY, headline="One")
    before = address(reader, edition.path)
    revision = revised(edition.article, at=NOON - HOUR, headline="Two")
    publishing.publish(edition.article, revision=revision, by=managing_editor(), at=NOON - HOUR)
    after = address(reader, edition.path)
    assert after != before
    assert [reader.status(path) for path in (before, after)] == [404, 200]


def test_card_of_what_is_not_live_is_not_there(reader: Reader) -> None:
    edition = scheduled(live_from=NOON + HOUR)
    reader.at = NOON + HOUR
    path = address(reader, edition.path)
    assert reader.status(path) == 200
    reader.at = NOON + HOUR - HOUR / 3600
    hidden, unknown = reader.get(path), reader.get("/social/999999-0123456789abcdef0123.png")
    assert (hidden.status_code, hidden.content) == (404, unknown.content)
    reader.at = NOON + 3 * HOUR
    publishing.withdraw(edition.article, by=managing_editor(), at=NOON + 2 * HOUR)
    assert reader.status(path) == 404


@pytest.mark.parametrize("story", ["0", "1", "9" * 30])
def test_nothing_is_drawn_for_an_address_that_no_page_leads_to(
    reader: Reader, monkeypatch: pytest.MonkeyPatch, story: str
) -> None:
    edition = published()
    monkeypatch.setattr(cards, "_drawn", None)
    assert reader.status(f"/social/{story}-0123456789abcdef0123.png") == 404
    assert reader.status(f"/social/{edition.article_id}-0123456789abcdef0123.png") == 404
    assert reader.status("/social/newspaper-0123456789abcdef0123.png") == 404


def test_card_is_drawn_once_however_often_it_is_asked_for(reader: Reader) -> None:
    path = address(reader, published(headline="Drawn once and kept").path)
    drawn = cards._drawn.cache_info().misses
    assert len({reader.get(path).content for _ in range(3)}) == 1
    assert cards._drawn.cache_info().misses == drawn + 1


def test_card_has_the_sections_colour(reader: Reader) -> None:
    section = SectionFactory(name="Trade", slug="trade", colour="#0b6a80")
    response = reader.get(address(reader, published(section=section).path))
    image = Image.open(io.BytesIO(response.content)).convert("RGB")
    assert "#{:02x}{:02x}{:02x}".format(*image.getpixel((600, 5))) == SHADES["sea"]  # type: ignore[misc]


def test_shades_are_those_of_a_light_page() -> None:
    light = (ROOT / "static" / "css" / "tones.css").read_text().split("@media")[0]
    assert dict(re.findall(r"\.tone-(\w+) \{\s*--accent: (#[0-9a-f]{6});", light)) == SHADES
    assert set(SHADES) == {*HUES, COLOURLESS}


def test_every_page_has_a_picture_and_all_that_goes_with_it(reader: Reader) -> None:
    for name, path in printed(at=NOON).items():
        if name in ("never heard of", "withdrawn"):
            continue
        page = reader.page(path)
        said = {key: page.meta(key) for key in ("og:title", "og:type", "og:url", "og:site_name", "og:description")}
        assert all(said.values()), (name, said)
        assert str(page.meta("og:image")).startswith(SITE), name
        assert int(page.meta("og:image:width") or 0) >= 1200, name
        assert page.meta("twitter:card") == "summary_large_image", name
        # What a search finds is not to be listed by others.
        assert page.meta("robots") == ("noindex" if "that finds" in name else "max-image-preview:large"), name


def test_locale_is_that_of_the_story_or_the_newspaper(reader: Reader) -> None:
    paper = printed(at=NOON)
    found = {name: reader.page(paper[name]).meta("og:locale") for name in ("front", "German article", "Arabic article")}
    assert found == {"front": "en_GB", "German article": "de_DE", "Arabic article": "ar_AR"}


def test_newspaper_whose_name_cannot_be_drawn_has_no_cards(reader: Reader, settings: Any) -> None:
    settings.NEWSROOM_NAME = "بريد الميناء"
    edition = published()
    page = reader.page(edition.path)
    assert page.meta("og:image") is None
    assert page.meta("twitter:card") == "summary"
    assert "image" not in page.json_ld[0]
