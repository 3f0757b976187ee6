"""What the desk answers when somebody pastes: the text, and each picture into the library, for whoever may write."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from articles.admin.pasting import NO_PICTURES
from articles.models import Article, Photo
from articles.permissions import Role
from newsroom import images
from newsroom.richtext.pasted import MAX_BYTES
from tests.articles.admin.conftest import Newsroom
from tests.desk import Desk
from tests.factories import NOON, UserFactory
from tests.newsroom.richtext.test_attacks import harm
from tests.pasted import document, word
from tests.pictures import file_of, from_a_camera, quarters, stored

TEXT = "/admin/articles/article/paste/"
PICTURE = "/admin/articles/article/paste/picture/"
ROLES = [Role.WRITER, Role.EDITOR, Role.MANAGING_EDITOR]


def paste(desk: Desk, html: str | bytes) -> Any:
    """Paste HTML."""
    data = html.encode() if isinstance(html, str) else html
    return desk.post(TEXT, {"html": SimpleUploadedFile("pasted.html", data)})


def paste_picture(desk: Desk, data: bytes, **texts: str) -> Any:
    """Hand over a picture of what was pasted."""
    return desk.post(PICTURE, {"picture": SimpleUploadedFile("picture", data), **texts})


def jpeg(width: int = 400) -> bytes:
    """A picture's file."""
    return file_of(quarters(width, 300)).getvalue()


@pytest.mark.parametrize("role", ROLES)
def test_whoever_writes_stories_gets_what_the_document_means(newsroom: Newsroom, role: Role) -> None:
    answer = paste(newsroom.desk(role), document("google-docs"))

    assert answer.status_code == 200
    assert answer.json()["html"].startswith("<h2>Where it went</h2><p>The authority paid <strong>nothing</strong>")
    assert answer.json()["pictures"] == []
    assert [each["name"] for each in answer.json()["left_out"]] == ["The north quay at low water"]
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("path", [TEXT, PICTURE])
def test_nobody_else_gets_an_answer(newsroom: Newsroom, path: str) -> None:
    anonymous = Client().post(path, secure=True)
    assert anonymous.status_code == 302
    assert anonymous["Location"].startswith("/admin/login/")
    without_a_role = Desk(UserFactory())
    assert without_a_role.post(path).status_code == 403
    reader = UserFactory(is_staff=False)
    client = Client()
    client.force_login(reader, backend="authors.backends.DeskBackend")
    assert client.post(path, secure=True).status_code == 302
    assert not Photo.objects.exists()


@pytest.mark.parametrize("path", [TEXT, PICTURE])
def test_it_takes_a_post_from_the_desks_own_page(newsroom: Newsroom, path: str) -> None:
    desk = newsroom.desk(Role.EDITOR)
    assert desk.get(path).status_code == 405
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(desk.user, backend="authors.backends.DeskBackend")
    assert strict.post(path, secure=True).status_code == 403


def test_no_story_is_touched(newsroom: Newsroom) -> None:
    paste(newsroom.desk(Role.WRITER), document("word-windows"))

    assert not Article.objects.exists()


def test_six_megabytes_get_through_here_and_no_more_than_twelve(newsroom: Newsroom) -> None:
    desk = newsroom.desk(Role.WRITER)
    answer = paste(desk, word(megabytes=6))
    assert answer.status_code == 200
    assert not re.search("mso|<!--|style", answer.json()["html"])

    refused = paste(desk, b"x" * (MAX_BYTES + 1))
    assert refused.status_code == 422
    assert "12 MB" in refused.json()["refused"]


def test_a_form_that_brings_as_much_is_still_refused(newsroom: Newsroom) -> None:
    desk = newsroom.desk(Role.WRITER)

    assert desk.post("/admin/articles/article/add/", {"body": "x" * 9_000_000}).status_code == 400


@pytest.mark.parametrize("html", [b"\xff\xfe<p>x", b"<div>" * 200, b"<p>" * 500_000])
def test_what_cannot_be_read_is_refused_with_a_sentence(newsroom: Newsroom, html: bytes) -> None:
    answer = paste(newsroom.desk(Role.WRITER), html)

    assert answer.status_code == 422
    assert answer.json()["refused"].endswith(".")


def test_a_post_without_its_file_is_refused_with_a_sentence(newsroom: Newsroom) -> None:
    desk = newsroom.desk(Role.WRITER)
    for path in (TEXT, PICTURE):
        answer = desk.post(path)
        assert answer.status_code == 422
        assert "Copy it again" in answer.json()["refused"]


def test_what_attacks_comes_back_harmless(newsroom: Newsroom) -> None:
    attack = (
        "<p>a<img src=x onerror=alert(1)><script>alert(1)</script><svg onload=alert(1)><a href=javascript:alert(1)>b"
    )
    answer = paste(newsroom.desk(Role.WRITER), attack)

    assert harm(answer.json()["html"]) == []
    assert answer["Content-Type"] == "application/json"


def test_a_pasted_picture_is_in_the_library_once_and_cleaned(newsroom: Newsroom, media: Path) -> None:
    writer, editor = newsroom.desk(Role.WRITER), newsroom.desk(Role.EDITOR)
    data = from_a_camera().getvalue()
    first = paste_picture(writer, data, title="The quay\x00: picture 1\n", alt="A quay").json()
    again = paste_picture(editor, data, title="Other", alt="Other").json()

    photo = Photo.objects.get()
    assert (first["photo"], first["is_new"], first["is_described"]) == (photo.pk, True, True)
    assert (again["photo"], again["is_new"], again["title"]) == (photo.pk, False, "The quay : picture 1")
    assert (photo.alt_text, photo.created_by, photo.created_at) == ("A quay", writer.user, NOON)
    assert photo.source == "Pasted with a text"
    assert first["address"] == f"/admin/articles/photo/{photo.pk}/change/"
    assert first["thumbnail"].startswith("/media/photos/")
    public = b"".join(file.read_bytes() for file in stored(media / "public"))
    assert b"SERIAL-4711" not in public
    assert b"GPS" not in public


def test_a_picture_that_nobody_described_says_so(newsroom: Newsroom, media: Path) -> None:
    answer = paste_picture(newsroom.desk(Role.WRITER), jpeg()).json()

    assert answer["is_described"] is False
    assert answer["title"] == "Pasted picture"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "empty"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "SVG"),
        (b"II*\0" + b"\0" * 100, "not taken"),
        (jpeg()[:500], "damaged"),
        (file_of(quarters(4000, 100)).getvalue(), "20 times"),
        (b"\x89PNG" + b"\0" * images.MAX_BYTES, "30 MB"),
    ],
)
def test_a_picture_that_is_none_is_refused_with_a_sentence(
    newsroom: Newsroom, media: Path, data: bytes, sentence: str
) -> None:
    if not data:
        # A browser sends an empty file all the same; the test client has to be made to.
        file = BytesIO(data)
        file.name = "picture"
        answer = newsroom.desk(Role.WRITER).post(PICTURE, {"picture": file})
    else:
        answer = paste_picture(newsroom.desk(Role.WRITER), data)

    assert answer.status_code == 422
    assert sentence in answer.json()["refused"]
    assert not Photo.objects.exists()
    assert stored(media) == []


def test_texts_that_are_too_long_are_cut(newsroom: Newsroom, media: Path) -> None:
    paste_picture(newsroom.desk(Role.WRITER), jpeg(), title="a" * 500, alt="b" * 500)

    photo = Photo.objects.get()
    assert (len(photo.title), len(photo.alt_text)) == (160, 300)


def test_who_may_add_no_pictures_gets_the_text_and_is_told(newsroom: Newsroom, media: Path) -> None:
    person = UserFactory()
    person.user_permissions.add(Permission.objects.get(codename="change_article"))
    desk = Desk(person)
    answer = paste(desk, '<p>a<img src="pasted:0" alt="A map"></p>').json()

    assert answer == {"html": "<p>a</p>", "pictures": [], "left_out": [{"name": "A map", "why": NO_PICTURES}]}
    assert paste_picture(desk, jpeg()).status_code == 403
    assert not Photo.objects.exists()
