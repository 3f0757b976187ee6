"""“New story from text” at the desk."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from articles.models import Article, Edition
from articles.permissions import Role
from tests.desk import Desk, said
from tests.factories import AuthorFactory, SectionFactory, UserFactory

if TYPE_CHECKING:
    from tests.articles.admin.conftest import Newsroom

PAGE = "/admin/articles/article/from-text/"
COPY = Path(__file__).parents[2] / "data" / "copy"
AVERLAND = (COPY / "averland.txt").read_text(encoding="utf-8")


def test_pasted_copy_becomes_a_draft_and_the_desk_says_what_it_made(newsroom: Newsroom) -> None:
    desk, section = newsroom.desk(Role.EDITOR), SectionFactory()
    response = desk.post(PAGE, {"section": section.pk, "text": AVERLAND})
    story = Article.objects.get(headline="What the Kelder tariffs would cost Averland")

    assert response.status_code == 302
    assert response["Location"] == f"/admin/articles/article/{story.pk}/change/"
    assert "was taken in as a draft" in said(response)
    assert "Maren Oakley (new, without a login)" in said(response)
    assert "kept as drafts" in said(response)
    assert (story.section, story.created_by) == (section, desk.user)
    assert story.related_picks.count() == 6
    assert not Edition.objects.exists()
    assert desk.get(response["Location"]).status_code == 200


@pytest.mark.parametrize("suffix", ["txt", "md", "html"])
def test_a_file_becomes_a_draft(newsroom: Newsroom, suffix: str) -> None:
    desk = newsroom.desk(Role.EDITOR)
    file = SimpleUploadedFile(f"averland.{suffix}", (COPY / f"averland.{suffix}").read_bytes())
    response = desk.post(PAGE, {"section": SectionFactory().pk, "text": "", "file": file})

    assert response.status_code == 302
    assert Article.objects.filter(headline="What the Kelder tariffs would cost Averland").exists()


def test_the_list_offers_it_to_those_who_may_write(newsroom: Newsroom) -> None:
    assert PAGE in newsroom.desk(Role.WRITER).get("/admin/articles/article/").content.decode()


def test_the_page_shows_its_form(newsroom: Newsroom) -> None:
    page = newsroom.desk(Role.WRITER).get(PAGE).content.decode()

    assert 'enctype="multipart/form-data"' in page
    assert "New story from text" in page
    assert 'name="text"' in page


@pytest.mark.parametrize(
    ("data", "field", "error"),
    [
        ({}, "text", "Paste the text of the story, or choose a file."),
        ({"text": "x" * 2_000_001}, "text", "This text is longer than 2 MB. Bring it in parts."),
        ({"text": "a\0b"}, "text", "Null characters are not allowed."),
        ({"text": "Headline\nText.", "file": SimpleUploadedFile("a.txt", b"Other")}, "file", "not both"),
        ({"file": SimpleUploadedFile("a.pdf", b"%PDF")}, "file", "a.pdf is of a kind that cannot be read."),
        ({"file": SimpleUploadedFile("a.txt", b"")}, "file", "empty"),
        ({"file": SimpleUploadedFile("a.docx", b"PK\x03\x04")}, "file", "This Word file cannot be read."),
        ({"text": "Headline\nText.", "section": "0"}, "section", "Select a valid choice."),
        ({"text": "Headline\nText.", "section": ""}, "section", "This field is required."),
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_what_was_typed_stays(
    newsroom: Newsroom, data: dict[str, object], field: str, error: str
) -> None:
    section = SectionFactory()
    response = newsroom.desk(Role.EDITOR).post(PAGE, {"section": section.pk} | data)
    form = response.context["form"]

    assert response.status_code == 200
    assert error in " ".join(form.errors[field])
    assert str(data.get("text", ""))[:8].replace("\0", "") in response.content.decode().replace("\0", "")
    if "section" not in data:
        assert f'value="{section.pk}" selected' in response.content.decode()
    assert not Article.objects.exists()


def test_hostile_copy_is_escaped_wherever_the_desk_shows_it(newsroom: Newsroom) -> None:
    desk, attack = newsroom.desk(Role.EDITOR), "<img src=x onerror=alert(1)>"
    text = f"{attack}\n{attack}\nA paragraph.\nBy Ada Lunt\n{attack}\nTeaser {attack} ... Read more\n{attack}"
    response = desk.post(PAGE, {"section": SectionFactory().pk, "text": text})
    page = desk.get(response["Location"]).content.decode()

    assert response.status_code == 302
    assert attack not in page
    assert attack not in desk.post(PAGE, {"text": text}).content.decode()


def test_a_writer_takes_copy_in_as_their_own(newsroom: Newsroom) -> None:
    desk = newsroom.desk(Role.WRITER)
    own = AuthorFactory(user=desk.user)
    response = desk.post(PAGE, {"section": SectionFactory().pk, "text": AVERLAND})
    story = Article.objects.get()

    assert [each.author for each in story.bylines.all()] == [own]
    assert "an editor’s to set" in said(response)
    assert desk.get(response["Location"]).status_code == 200


def test_nobody_else_gets_in(newsroom: Newsroom) -> None:
    desk = Desk(UserFactory())

    assert desk.get(PAGE).status_code == 403
    assert desk.post(PAGE, {"section": SectionFactory().pk, "text": AVERLAND}).status_code == 403
    assert not Article.objects.exists()
    desk.client.logout()
    assert desk.get(PAGE).status_code == 302


def test_a_post_from_another_site_is_refused(newsroom: Newsroom) -> None:
    desk = newsroom.desk(Role.EDITOR)
    desk.client.handler.enforce_csrf_checks = True

    assert desk.post(PAGE, {"section": SectionFactory().pk, "text": AVERLAND}).status_code == 403
