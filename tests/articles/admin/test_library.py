"""Pictures, tags and sections at the desk."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from taggit.models import Tag

from articles.models import FormerSlug, Photo, Section
from articles.permissions import Role
from articles.tagging import TagError, tag_named
from tests.articles.admin.conftest import Newsroom
from tests.factories import NOON, ArticleFactory, SectionFactory, kept
from tests.pictures import file_of, from_a_camera, quarters

PHOTOS = "/admin/articles/photo/"
TAGS = "/admin/taggit/tag/"


def _upload(data: bytes) -> dict[str, Any]:
    file = SimpleUploadedFile("harbour.jpg", data, content_type="image/jpeg")
    return {"original": file, "title": "The harbour", "alt_text": "Boats", "focal_x": "50", "focal_y": "50"}


def test_a_writer_uploads_a_picture_and_it_is_found_with_a_preview(newsroom: Newsroom, media: Path) -> None:
    writer = newsroom.desk(Role.WRITER)
    response = writer.post(f"{PHOTOS}add/", _upload(from_a_camera().getvalue()))
    assert response.status_code == 302, response.context["errors"]
    photo = Photo.objects.get()
    assert photo.created_by == writer.user
    assert photo.created_at == NOON
    found = writer.get("/admin/articles/article/pick/photos/", q="harb").json()["results"]
    assert [(each["id"], each["label"]) for each in found] == [(photo.pk, "The harbour")]
    assert found[0]["image"].startswith("/media/")
    assert writer.get("/admin/articles/article/pick/photos/", id=str(photo.pk)).json()["results"] == found
    article = ArticleFactory(created_by=writer.user)
    kept(article)
    assert writer.save(article, lead_photo=str(photo.pk)).status_code == 302
    assert found[0]["image"] in writer.get(f"/admin/articles/article/{article.pk}/change/").content.decode()


@pytest.mark.parametrize("data", [b"no picture at all", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b""])
def test_what_is_no_picture_is_refused_at_its_field(newsroom: Newsroom, media: Path, data: bytes) -> None:
    response = newsroom.desk(Role.WRITER).post(f"{PHOTOS}add/", _upload(data))
    assert response.status_code == 200
    assert response.context["adminform"].form.errors["original"]
    assert not Photo.objects.exists()


def test_the_file_of_a_picture_stays_whatever_is_posted(newsroom: Newsroom, media: Path) -> None:
    editor = newsroom.desk(Role.EDITOR)
    editor.post(f"{PHOTOS}add/", _upload(from_a_camera().getvalue()))
    photo = Photo.objects.get()
    before = photo.original.name
    other = file_of(quarters(400, 300)).getvalue()
    assert editor.post(f"{PHOTOS}{photo.pk}/change/", _upload(other) | {"title": "Renamed"}).status_code == 302
    photo.refresh_from_db()
    assert (photo.title, photo.original.name) == ("Renamed", before)


def test_a_renamed_tag_keeps_its_old_address_and_none_takes_it(newsroom: Newsroom) -> None:
    editor, tag = newsroom.desk(Role.EDITOR), Tag.objects.create(name="Kessing", slug="kessing")
    data = {"name": "Kessing accord", "slug": "kessing-accord"}
    assert editor.post(f"{TAGS}{tag.pk}/change/", data).status_code == 302
    assert FormerSlug.objects.get(kind="tag", slug="kessing").tag == tag
    for taken in ({"name": "Another", "slug": "kessing"}, {"name": "KESSING ACCORD", "slug": "other"}):
        assert editor.post(f"{TAGS}add/", taken).status_code == 200
    assert tag_named("kessing") == tag_named("kessing ACCORD") == tag
    # Taking an own old address back leaves no redirect from a page to itself.
    assert editor.post(f"{TAGS}{tag.pk}/change/", {"name": "Kessing", "slug": "kessing"}).status_code == 302
    assert [former.slug for former in FormerSlug.objects.filter(kind="tag")] == ["kessing-accord"]


@pytest.mark.parametrize("name", ["", "   ", "!!!", "x" * 101])
def test_what_is_no_name_makes_no_tag(db: None, name: str) -> None:
    with pytest.raises(TagError):
        tag_named(name)


def test_a_tag_that_a_revision_carries_is_not_deleted(newsroom: Newsroom) -> None:
    chief, article = newsroom.desk(Role.MANAGING_EDITOR), ArticleFactory(tag_names=["Trade"])
    kept(article)
    tag = article.tags.get()
    article.tags.clear()
    chief.post(f"{TAGS}{tag.pk}/delete/", {"post": "yes"})
    assert Tag.objects.filter(pk=tag.pk).exists()
    unused = Tag.objects.create(name="Never used", slug="never-used")
    chief.post(f"{TAGS}{unused.pk}/delete/", {"post": "yes"})
    assert not Tag.objects.filter(pk=unused.pk).exists()


def test_a_section_is_named_coloured_ordered_and_put_into_another(newsroom: Newsroom) -> None:
    chief, parent = newsroom.desk(Role.MANAGING_EDITOR), SectionFactory()
    data = {"name": "Trade", "slug": "trade", "colour": "#123abc", "position": "3", "related_count": "6"}
    assert chief.post("/admin/articles/section/add/", data | {"parent": str(parent.pk)}).status_code == 302
    section = Section.objects.get(slug="trade")
    assert (section.parent, section.colour, section.position) == (parent, "#123abc", 3)
    refused = chief.post("/admin/articles/section/add/", data | {"name": "X", "slug": "admin", "colour": "red"})
    assert set(refused.context["adminform"].form.errors) == {"slug", "colour"}
    assert "trade" in chief.get("/admin/articles/section/").content.decode()
