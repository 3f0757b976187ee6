"""The page of one story: what it says to people and to machines."""

from __future__ import annotations

import json

import pytest
from django.core.files.storage import default_storage

from articles import publishing
from articles.models import Byline, Change, Correction, Kind, Section
from tests.factories import (
    DAY,
    HOUR,
    NOON,
    ArticleFactory,
    AuthorFactory,
    SectionFactory,
    kept,
    managing_editor,
    photo,
    published,
    revised,
)
from tests.readers import Reader

pytestmark = pytest.mark.django_db

SITE = "https://www.example.org"


def test_page_has_one_headline_and_the_tree_of_subheads(reader: Reader) -> None:
    body = "<h2>First</h2><h3>1. Autos and quotas</h3><p>x</p><h3>2. Steel</h3><p>y</p><h2>Second</h2><p>z</p>"
    page = reader.page(published(headline="What was won", standfirst="And what was not.", body=body).path)
    assert page.text_of("h1") == ["What was won"]
    story = [text for text in page.text_of("h2") if text in ("First", "Second")]
    assert story == ["First", "Second"]
    assert page.text_of("h3", id="h-1-autos-and-quotas") == ["1. Autos and quotas"]
    assert page.text_of("p", class_="story__standfirst") == ["And what was not."]


def test_head_says_title_description_and_canonical_address(reader: Reader) -> None:
    edition = published(headline="What was won", standfirst="And what was not.")
    page = reader.page(edition.path)
    assert page.text_of("title") == ["What was won – The Northmere Courier"]
    assert page.meta("description") == "And what was not."
    assert page.one("link", rel="canonical")["href"] == SITE + edition.path
    assert page.meta("og:url") == SITE + edition.path
    assert page.meta("og:type") == "article"
    assert page.meta("og:title") == "What was won"
    assert page.meta("article:published_time") == "2026-02-03T11:00:00+00:00"


def test_search_and_social_texts_replace_the_headline_where_they_are_meant_to(reader: Reader) -> None:
    edition = published(
        headline="Own", seo_title="For search", seo_description="Found by this.", social_title="For sharing"
    )
    page = reader.page(edition.path)
    assert page.text_of("title") == ["For search – The Northmere Courier"]
    assert page.meta("description") == "Found by this."
    assert page.meta("og:title") == "For sharing"
    assert page.text_of("h1") == ["Own"]


def test_byline_keeps_order_and_roles_and_leads_to_authors(reader: Reader) -> None:
    first, second, camera = (AuthorFactory(name=name, slug=name.lower()) for name in ("Ines", "Tomas", "Samir"))
    article = ArticleFactory(bylines=[first, second])
    Byline.objects.create(article=article, author=camera, role=Byline.Role.PHOTOGRAPHS, position=2)
    at = NOON - HOUR
    edition = publishing.publish(article, revision=kept(article), by=managing_editor(), at=at)
    page = reader.page(edition.path)
    assert page.text_of("p", class_="byline__names") == ["By Ines and Tomas"]
    assert page.text_of("p", class_="byline__roles") == ["Photographs by Samir"]
    assert [link["href"] for link in page.all("a", rel="author")] == ["/authors/ines/", "/authors/tomas/"]
    data = page.json_ld[0]
    assert [author["name"] for author in data["author"]] == ["Ines", "Tomas"]
    assert [author["name"] for author in data["contributor"]] == ["Samir"]


def test_times_carry_the_newsrooms_offset_and_the_zones_name(reader: Reader) -> None:
    reader.at = NOON.replace(month=7)
    edition = published(at=reader.at - HOUR)
    page = reader.page(edition.path)
    assert "Published 3 July 2026, 12:00 BST" in page.text_of("p", class_="byline__times")[0]
    assert page.all("time")[0]["datetime"] == "2026-07-03T12:00:00+01:00"
    assert edition.path.split("/")[2:5] == ["2026", "07", "03"]


def test_only_a_substantive_change_shows_as_an_update(reader: Reader) -> None:
    edition = published(at=NOON - DAY)
    article = edition.article
    minor = revised(article, at=NOON - 3 * HOUR, headline="Typo mended")
    publishing.publish(article, revision=minor, by=managing_editor(), at=NOON - 3 * HOUR, change=Change.MINOR)
    page = reader.page(edition.path)
    assert page.text_of("h1") == ["Typo mended"]
    assert "Updated" not in page.html
    assert page.json_ld[0]["dateModified"] == page.json_ld[0]["datePublished"]
    update = revised(article, at=NOON - HOUR, headline="New facts")
    publishing.publish(article, revision=update, by=managing_editor(), at=NOON - HOUR, change=Change.SUBSTANTIVE)
    page = reader.page(edition.path)
    assert "Updated 3 February 2026, 11:00 GMT" in page.text_of("p", class_="byline__times")[0]
    assert page.json_ld[0]["dateModified"] == "2026-02-03T11:00:00+00:00"
    assert page.json_ld[0]["datePublished"] == "2026-02-02T12:00:00+00:00"


def test_correction_is_shown_dated_and_told_to_machines(reader: Reader) -> None:
    edition = published(at=NOON - DAY)
    put_right = revised(edition.article, at=NOON - HOUR, standfirst="Eleven hours, not nine.")
    publishing.correct(
        edition.article,
        revision=put_right,
        wrong="An earlier version said nine <hours>.",
        text="It was eleven.",
        kind=Correction.Kind.CORRECTION,
        by=managing_editor(),
        at=NOON - HOUR,
    )
    page = reader.page(edition.path)
    assert "An earlier version said nine &lt;hours&gt;." in page.html
    assert page.text_of("h2", class_="corrections__kind") == ["Correction 3 February 2026, 11:00 GMT"]
    [note] = page.json_ld[0]["correction"]
    assert note["text"] == "An earlier version said nine <hours>. It was eleven."
    assert note["datePublished"] == "2026-02-03T11:00:00+00:00"


def test_opinion_is_labelled_for_people_and_machines(reader: Reader) -> None:
    section = SectionFactory(name="Politics", slug="politics")
    edition = published(kind=Kind.OPINION, section=section)
    news = published(section=section)
    page = reader.page(edition.path)
    assert page.text_of("span", class_="story__kind") == ["Opinion"]
    assert page.json_ld[0]["@type"] == "OpinionNewsArticle"
    assert reader.page(news.path).json_ld[0]["@type"] == "NewsArticle"
    assert "Opinion" in reader.page("/politics/").text_of("p", class_="teaser__label")


def test_syndicated_story_names_its_source_and_the_original_is_canonical(reader: Reader) -> None:
    original = "https://news.example.com/original"
    edition = published(canonical_url=original, source_name="The Kessing Post")
    page = reader.page(edition.path)
    assert page.one("link", rel="canonical")["href"] == original
    assert "First published by The Kessing Post." in page.text_of("p", class_="story__source")
    assert page.json_ld[0]["sourceOrganization"]["name"] == "The Kessing Post"
    assert page.json_ld[0]["isBasedOn"] == original


def test_lead_picture_comes_in_every_width_and_is_not_lazy(reader: Reader) -> None:
    lead = photo(alt_text="Cranes at dusk", caption="The Outer Basin.", credit="Samir Haddow")
    page = reader.page(published(lead_photo=lead).path)
    image = page.one("img", fetchpriority="high")
    assert image["alt"] == "Cranes at dusk"
    assert (image["width"], image["height"]) == ("1280", "640")
    assert image["srcset"] == "/media/photos/640.jpg 640w, /media/photos/1280.jpg 1280w"
    assert "loading" not in image
    assert page.one("source", type="image/webp")["srcset"].endswith("1280.webp 1280w")
    assert page.text_of("figcaption") == ["The Outer Basin. Samir Haddow"]
    assert page.meta("og:image") == SITE + default_storage.url("photos/social.jpg")
    told = page.json_ld[0]["image"]
    assert [image["url"] for image in told] == [f"{SITE}/media/photos/{cut}.jpg" for cut in ("1x1", "4x3", "16x9")]
    assert {(image["caption"], image["creditText"]) for image in told} == {("The Outer Basin.", "Samir Haddow")}


def test_picture_has_the_alternative_text_of_its_use_or_none_if_decorative(reader: Reader) -> None:
    plain = photo(alt_text="Its own")
    decorative = photo(alt_text="Its own", is_decorative=True)
    here = reader.page(published(lead_photo=plain, lead_photo_alt="Said here").path)
    assert here.one("img", fetchpriority="high")["alt"] == "Said here"
    there = reader.page(published(lead_photo=decorative).path)
    assert there.one("img", fetchpriority="high")["alt"] == ""


def test_pictures_in_the_body_take_their_place_and_are_lazy(reader: Reader) -> None:
    inside = photo(alt_text="The bridge", caption="At <noon>")
    body = f'<p>Before.</p><figure data-photo="{inside.pk}"></figure><figure data-photo="987654"></figure>'
    page = reader.page(published(body=body).path)
    assert page.one("img", alt="The bridge")["loading"] == "lazy"
    assert "At &lt;noon&gt;" in page.html
    assert "987654" not in page.html


def test_six_related_stories_have_a_teaser_and_say_what_to_read_more_of(reader: Reader) -> None:
    section = SectionFactory()
    others = [published(section=section, headline=f"Other {number}") for number in range(7)]
    story = published(section=section, related=[others[6].article], tag_names=["x"])
    page = reader.page(story.path)
    more = page.text_of("a", class_="teaser__more")
    assert len(more) == 6
    assert more[0] == "Read more: Other 6"
    assert len(set(more)) == 6
    words = page.text_of("p", class_="teaser__words")
    assert len(words) == 6
    assert all(0 < len(text) <= 120 for text in words)


def test_no_text_of_a_story_can_leave_its_place_in_the_page(reader: Reader) -> None:
    attack = '</script><script>alert(1)</script>"><img src=x onerror=alert(2)>'
    section = SectionFactory(name=f"S{attack}"[:80], slug="attacked", description=attack)
    author = AuthorFactory(name=attack, slug="attacker", role=attack, biography=attack)
    edition = published(
        section=section,
        bylines=[author],
        tag_names=[attack],
        headline=attack,
        short_headline=attack,
        kicker=attack[:60],
        standfirst=attack,
        teaser=attack,
        dateline=attack,
        seo_title=attack,
        seo_description=attack,
        social_title=attack,
        source_name=attack,
        canonical_url="https://example.com/x",
        lead_photo=photo(alt_text=attack, caption=attack, credit=attack),
    )
    for path in (edition.path, "/", "/attacked/", "/authors/", "/authors/attacker/"):
        page = reader.page(path)
        others = [script for script in page.all("script") if script.get("type") != "application/ld+json"]
        assert others == [{"type": "module", "src": "/static/js/site.js"}]
        assert [image for image in page.all("img") if "onerror" in image or image["src"] == "x"] == []
    assert json.dumps(reader.page(edition.path).json_ld[0]["headline"]) == json.dumps(attack)


def test_child_section_leads_back_through_its_parent(reader: Reader) -> None:
    parent = SectionFactory(name="Trade", slug="trade", colour="#8a1c1c")
    child = Section.objects.create(name="Ports", slug="ports", parent=parent)
    edition = published(section=child)
    page = reader.page(edition.path)
    assert page.all("article", class_="tone-red")
    crumbs = next(data for data in page.json_ld if data["@type"] == "BreadcrumbList")
    steps = [(step["name"], step["item"]) for step in crumbs["itemListElement"]]
    assert steps == [
        ("The Northmere Courier", f"{SITE}/"),
        ("Trade", f"{SITE}/trade/"),
        ("Ports", f"{SITE}/ports/"),
        (edition.headline, SITE + edition.path),
    ]
    assert edition.path in reader.text("/trade/")
    assert edition.path in reader.text("/ports/")


def test_changed_address_redirects_in_one_hop(reader: Reader) -> None:
    edition = published(at=NOON - DAY, headline="First name")
    for number in (1, 2):
        publishing.change_address(
            edition.article, slug=f"name-{number}", by=managing_editor(), at=NOON - HOUR + number * HOUR / 60
        )
    first = reader.get(edition.path)
    assert first.status_code == 301
    assert first.headers["Location"].endswith("/name-2/")
    assert first.headers["Cache-Control"] == "no-cache", "a browser that kept it would loop once the address is back"
    assert reader.status(first.headers["Location"]) == 200


def test_browsers_ask_again_for_what_a_story_answered_in_every_state(reader: Reader) -> None:
    edition = published(at=NOON - DAY)
    assert reader.get(edition.path).headers["Cache-Control"] == "no-cache"
    publishing.withdraw(edition.article, by=managing_editor(), at=NOON - HOUR)
    gone = reader.get(edition.path)
    assert (gone.status_code, gone.headers["Cache-Control"]) == (410, "no-cache")
    assert reader.get("/never/heard/of/").headers["Cache-Control"] == "no-cache"
