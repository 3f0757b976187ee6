"""oEmbed: what a site that links to a story may show of it, and nothing of what readers do not see."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote, urlencode
from xml.etree import ElementTree

import pytest

from articles import publishing
from articles.models import Edition
from tests.factories import (
    DAY,
    HOUR,
    NOON,
    ArticleFactory,
    AuthorFactory,
    kept,
    managing_editor,
    photo,
    published,
    scheduled,
)
from tests.readers import Reader

pytestmark = pytest.mark.django_db

SITE = "https://www.example.org"


def asked(path: str, **further: str) -> str:
    """The address at which one asks about a path of ours."""
    return f"/oembed?{urlencode({'url': f'{SITE}{path}', **further})}"


def told(reader: Reader, path: str, **further: str) -> dict[str, Any]:
    """What is told of a story."""
    data: dict[str, Any] = json.loads(reader.text(asked(path, **further)))
    return data


def story(**attributes: Any) -> Edition:
    """A story with a picture."""
    return published(
        headline="Harbour <b> & sea",
        lead_photo=photo(),
        bylines=[AuthorFactory(name="Ines", slug="ines")],
        **attributes,
    )


def test_story_is_a_link_with_its_people_and_a_picture(reader: Reader) -> None:
    edition = story()
    assert told(reader, edition.path) == {
        "version": "1.0",
        "type": "link",
        "title": "Harbour <b> & sea",
        "author_name": "Ines",
        "author_url": f"{SITE}/authors/ines/",
        "provider_name": "The Northmere Courier",
        "provider_url": f"{SITE}/",
        "cache_age": 300,
        "thumbnail_url": f"{SITE}/media/photos/1280.jpg",
        "thumbnail_width": 1280,
        "thumbnail_height": 640,
    }
    assert len(reader.queries) == 1
    response = reader.get(asked(edition.path))
    assert response.headers["Content-Type"] == "application/json"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    again = reader.get(asked(edition.path), if_none_match=response.headers["ETag"])
    assert again.status_code == 304


def test_xml_says_the_same(reader: Reader) -> None:
    edition = story()
    response = reader.get(asked(edition.path, format="xml"))
    assert response.headers["Content-Type"] == "text/xml; charset=utf-8"
    root = ElementTree.fromstring(response.content)  # noqa: S314 - our own
    assert root.tag == "oembed"
    said = {element.tag: element.text for element in root}
    assert said == {name: str(value) for name, value in told(reader, edition.path, format="json").items()}


def test_picture_fits_into_what_is_asked_for(reader: Reader) -> None:
    edition = story()
    assert told(reader, edition.path, maxwidth="1000")["thumbnail_width"] == 640
    assert told(reader, edition.path, maxheight="320")["thumbnail_height"] == 320
    assert "thumbnail_url" not in told(reader, edition.path, maxwidth="100")
    assert "thumbnail_url" not in told(reader, published().path)


def test_several_people_are_named_together(reader: Reader) -> None:
    people = [AuthorFactory(name="Ines"), AuthorFactory(name="Tomas")]
    data = told(reader, published(bylines=people).path)
    assert data["author_name"] == "Ines, Tomas"
    assert "author_url" not in data


def test_address_may_be_an_old_one_or_nearly_right(reader: Reader) -> None:
    edition = story()
    publishing.change_address(edition.article, slug="elsewhere", by=managing_editor(), at=NOON - HOUR / 2)
    for path in (edition.path, edition.path[:-1], f"{edition.path}?utm_source=x#top", quote(edition.path, safe="")[3:]):
        told_of = told(reader, path if path.startswith("/") else f"/{path}")
        assert told_of["title"] == "Harbour <b> & sea"
    plain = asked(edition.path).replace("https%3A", "http%3A").replace("www.example", "WWW.Example")
    assert reader.status(plain) == 200


def test_what_readers_do_not_see_answers_as_an_address_never_heard_of(reader: Reader) -> None:
    draft = ArticleFactory()
    kept(draft)
    coming, gone = scheduled(slug="secret"), published(at=NOON - DAY)
    publishing.withdraw(gone.article, by=managing_editor(), at=NOON - HOUR)
    unheard = reader.get(asked("/trade/2026/02/03/never/"))
    assert unheard.status_code == 404
    for path in (coming.path, gone.path, "/", "/authors/", "/%00/", "/admin/"):
        response = reader.get(asked(path))
        assert (response.status_code, response.content) == (404, unheard.content)


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 400),
        ("url=", 400),
        ("url=nonsense", 400),
        ("url=/trade/", 400),
        ("url=javascript:alert(1)", 400),
        ("url=https://[", 400),
        ("url=https://example.com/trade/2026/02/03/a/", 404),
        ("url=https://www.example.org.evil.example/", 404),
        ("url=https://www.example.org@evil.example/", 404),
        ("url=https://www.example.org/&format=yaml", 501),
        ("url=https://www.example.org/&format=", 501),
        ("url=https://www.example.org/&maxwidth=x", 400),
        ("url=https://www.example.org/&maxheight=-1", 400),
        ("url=https://www.example.org/&maxwidth=" + "9" * 99, 400),
    ],
)
def test_question_that_makes_no_sense_is_refused(reader: Reader, query: str, status: int) -> None:
    response = reader.get(f"/oembed?{query}")
    assert response.status_code == status
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert response.headers["Access-Control-Allow-Origin"] == "*"


def test_page_of_a_story_says_where_to_ask_and_no_other_page_does(reader: Reader) -> None:
    edition = story()
    page = reader.page(edition.path)
    for kind in ("application/json+oembed", "text/xml+oembed"):
        link = page.one("link", type=kind)
        assert (link["rel"], link["title"]) == ("alternate", "Harbour <b> & sea")
        assert reader.status(link["href"].removeprefix(SITE)) == 200
        assert reader.page("/").all("link", type=kind) == []
