"""The desk in German: every page says in German what the catalogue has, and nothing of it in English.

A page's sentences are its texts and labels, each as a whole: one that is the English of a message was not translated
there. Names, headlines and what people typed are in no catalogue.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polib
import pytest
from django.conf import settings as django_settings
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.utils import translation
from selectolax.lexbor import LexborHTMLParser

from articles import conversation, notices, publishing, workflow
from articles.models import Article, Buffer, Notice, PreviewLink, Stage
from articles.permissions import Role
from tests.desk import said, verb_path
from tests.factories import (
    DAY,
    HOUR,
    MINUTE,
    NOON,
    ArticleFactory,
    AuthorFactory,
    SectionFactory,
    UserFactory,
    kept,
    managing_editor,
    photo,
    published,
    revised,
    scheduled,
    updated,
)

if TYPE_CHECKING:
    from pytest_django.fixtures import Settings

    from tests.articles.admin.conftest import Newsroom

pytestmark = pytest.mark.django_db

STORY = "/admin/articles/article/"
CATALOGUE = Path(django_settings.LOCALE_PATHS[0]) / "de" / "LC_MESSAGES" / "django.po"
LABELS = ("aria-label", "title", "placeholder", "alt")

_FILLED = re.compile(r"%\(\w+\)s")
# So few letters beside what is filled in may be anything.
FEWEST_LETTERS = 8


@pytest.fixture(autouse=True)
def german(settings: Settings) -> Iterator[None]:
    """A newsroom whose language is German."""
    settings.LANGUAGE_CODE = "de"
    with translation.override("de"):
        yield


@cache
def _english() -> tuple[frozenset[str], tuple[re.Pattern[str], ...]]:
    """What a German page must not say: whole sentences, and patterns of those in which something is filled in."""
    catalogue = polib.pofile(str(CATALOGUE))
    german = {said for entry in catalogue for said in (entry.msgstr, *entry.msgstr_plural.values())}
    whole, filled = set(), []
    for entry in catalogue:
        for english in filter(None, (entry.msgid, entry.msgid_plural)):
            if english in german or "<" in english:
                continue
            parts = _FILLED.split(english)
            if len(parts) == 1:
                whole.add(english)
            elif len(re.findall(r"[a-zA-Z]", "".join(parts))) >= FEWEST_LETTERS:
                filled.append(re.compile(".+?".join(map(re.escape, parts))))
    return frozenset(whole), tuple(filled)


def sentences(html: str) -> set[str]:
    """The texts and labels of a page, each with its white space as one space; icons are no texts."""
    tree = LexborHTMLParser(html)
    for unseen in tree.css("script, style, template, .material-symbols-outlined"):
        unseen.decompose()
    root = tree.root
    assert root is not None
    found = {node.text_content or "" for node in root.traverse(include_text=True) if node.tag == "-text"}
    for label in LABELS:
        found |= {node.attributes.get(label) or "" for node in tree.css(f"[{label}]")}
    # A message may hold the text of a link, or say two sentences in a row.
    return {" ".join(each.split()) for each in found} - {""}


def left_in_english(html: str) -> set[str]:
    """The sentences of a page that are the English of a message."""
    whole, filled = _english()
    spoken = sentences(html)
    return (spoken & whole) | {each for each in spoken if any(pattern.fullmatch(each) for pattern in filled)}


def is_german(response: Any) -> str:
    """The page, which has to be whole, say that it is German, and be it."""
    assert response.status_code == 200, response.status_code
    html: str = response.content.decode()
    assert 'lang="de"' in html
    assert left_in_english(html) == set()
    return html


def _story(**attributes: Any) -> Article:
    """A story with everything that its form can show: live, changed, planned, held back, talked about."""
    author = UserFactory(role=Role.WRITER, first_name="Ada", last_name="Kilbride")
    edition = published(
        headline="Hafen",
        created_by=author,
        section=SectionFactory(name="Wirtschaft"),
        bylines=[AuthorFactory(name="Ada")],
        lead_photo=photo(title="Kräne"),
        tag_names=["Hafen"],
        **attributes,
    )
    article = edition.article
    updated(article, live_from=NOON + 2 * HOUR, at=NOON - 20 * MINUTE, standfirst="Neu.")
    publishing.withdraw(article, by=managing_editor(), at=NOON - 19 * MINUTE, live_until=NOON + DAY, keep=())
    revised(article, at=NOON - 10 * MINUTE, body="<p>Noch neuer.</p>", by=author)
    conversation.say(article, "Gut so.", by=managing_editor(), at=NOON - MINUTE)
    article.refresh_from_db()
    return article


def _blocked() -> Article:
    edition = scheduled(headline="Gesperrt", live_from=NOON + 3 * HOUR)
    publishing.hold(edition.article, reason="Quelle", by=managing_editor(), at=NOON - 5 * MINUTE)
    publishing.set_embargo(edition.article, until=NOON + DAY, by=managing_editor(), at=NOON - 4 * MINUTE)
    edition.article.refresh_from_db()
    return edition.article


def test_what_looks_for_english_finds_it() -> None:
    page = '<p>Nothing waits for  review.</p><i aria-label="Revision 7"></i><p>Nichts wartet.</p>'
    assert left_in_english(page) == {"Nothing waits for review.", "Revision 7"}


def test_signing_in_is_german() -> None:
    is_german(Client().get("/admin/login/", secure=True))
    refused = Client().post("/admin/login/", {"username": "x", "password": "y"}, secure=True)
    assert left_in_english(refused.content.decode()) == set()


@pytest.mark.parametrize("role", [Role.WRITER, Role.EDITOR, Role.MANAGING_EDITOR])
def test_the_first_page_is_german(newsroom: Newsroom, role: Role) -> None:
    desk = newsroom.desk(role)
    is_german(desk.get("/admin/"))
    story, _ = _story(), _blocked()
    waiting = ArticleFactory(
        headline="Wartet", created_by=desk.user, stage=Stage.IN_REVIEW, stage_since=NOON - 3 * HOUR
    )
    ArticleFactory(headline="Fertig", stage=Stage.READY, stage_since=NOON - HOUR)
    Buffer.objects.create(person=desk.user, article=waiting, fields={"headline": "Wartet"}, saved_at=NOON - MINUTE)
    for kind in Notice.Kind:
        notices.tell([desk.user], story, kind, by=managing_editor(), at=NOON - MINUTE)

    page = is_german(desk.get("/admin/"))

    assert "Dienstag, 3. Februar, 12:00 Uhr GMT" in page
    assert "Neuer Beitrag" in page


@pytest.mark.parametrize("query", ["", "q=x", "state=scheduled&mine=nobody", "next=24&obstacle=hold", "bin=bin"])
def test_the_list_is_german(newsroom: Newsroom, query: str) -> None:
    _story(), _blocked()
    page = is_german(newsroom.desk(Role.MANAGING_EDITOR).get(f"{STORY}?{query}"))
    assert "Jeder Stand" in page


@pytest.mark.parametrize("role", [Role.WRITER, Role.EDITOR, Role.MANAGING_EDITOR])
def test_the_form_with_its_panel_and_dialogs_is_german(newsroom: Newsroom, role: Role) -> None:
    desk = newsroom.desk(role)
    is_german(desk.get(f"{STORY}add/"))
    for story in (_story(assignee=desk.user), _blocked(), ArticleFactory(created_by=desk.user, stage=Stage.IN_REVIEW)):
        if role != Role.WRITER or Article.objects.own(desk.user).filter(pk=story.pk).exists():
            page = is_german(desk.get(f"{STORY}{story.pk}/change/"))
            assert "Speichern" in page or "Vorschau" in page


def test_a_form_that_is_refused_says_so_in_german(newsroom: Newsroom) -> None:
    desk = newsroom.desk(Role.EDITOR)
    story = _story()
    wrong = {"headline": "", "slug": "Nicht erlaubt", "canonical_url": "https://example.org/a", "tag_names": ["!"]}
    page = desk.save(story, **wrong).content.decode()
    assert left_in_english(page) == set()
    assert "Noch nicht gespeichert." in page


@pytest.mark.parametrize(
    ("verb", "answers"),
    [
        ("schedule", {"when": ""}),
        ("schedule", {"when": "2026-01-01T06:00"}),
        ("schedule", {"when": "2026-03-29T01:30"}),
        ("schedule", {"when": "2026-10-25T01:30"}),
        ("correct", {"kind": "correction", "wrong": "", "text": ""}),
        ("send_back", {"reason": ""}),
        ("hold", {"reason": ""}),
        ("withdraw", {"when": "2026-02-03T13:00"}),
        ("erase", {"reason": ""}),
        ("change_address", {"slug": "a b"}),
        ("set_embargo", {"when": "x"}),
        ("release_hold", {}),
        ("publish", {}),
        ("claim", {}),
        ("assign", {"to": ""}),
    ],
)
def test_a_verb_that_is_refused_says_why_in_german(newsroom: Newsroom, verb: str, answers: dict[str, str]) -> None:
    desk = newsroom.desk(Role.MANAGING_EDITOR)
    story = _story()
    desk.press(verb, story, **answers)
    page = is_german(desk.get(f"{STORY}{story.pk}/change/"))
    assert 'role="alert"' in page or "error" in page


def test_a_verb_that_is_carried_out_says_so_in_german(newsroom: Newsroom) -> None:
    desk = newsroom.desk(Role.MANAGING_EDITOR)
    story = ArticleFactory(headline="Hafen", created_by=desk.user)
    kept(story, by=desk.user)
    whole, _ = _english()
    for verb, answers in (("submit", {}), ("claim", {}), ("hold", {"reason": "Quelle"}), ("release_hold", {})):
        told = said(desk.press(verb, story, **answers))
        assert told
        assert told not in whole
        story.refresh_from_db()


@pytest.mark.parametrize("view", ["day", "week", "month"])
def test_the_calendar_is_german(newsroom: Newsroom, view: str) -> None:
    _story(), _blocked()
    published(headline="Zweimal", at=NOON - 2 * HOUR)
    scheduled(headline="Zweimal", live_from=NOON + HOUR)
    scheduled(headline="Zweimal", live_from=NOON + 2 * HOUR)
    page = is_german(newsroom.desk(Role.EDITOR).get(f"{STORY}calendar/?view={view}&on=2026-02-03"))
    assert {"day": "Dienstag, 3. Februar 2026", "week": "2.–8. Februar 2026", "month": "Februar 2026"}[view] in page


@pytest.mark.parametrize("day", ["2026-03-29", "2026-10-25"])
def test_the_calendar_says_in_german_that_the_clocks_change(newsroom: Newsroom, day: str) -> None:
    page = is_german(newsroom.desk(Role.EDITOR).get(f"{STORY}calendar/?view=day&on={day}"))
    assert "wird die Uhr um" in page


def test_moving_without_a_script_is_german(newsroom: Newsroom) -> None:
    edition = scheduled(headline="Hafen")
    desk = newsroom.desk(Role.EDITOR)
    is_german(desk.get(f"{STORY}calendar/move/?edition={edition.pk}&moves=begins"))


@pytest.mark.parametrize(
    "page",
    [
        "history/",
        "history/compare/?before=1&after=3",
        "history/compare/?before=1&after=3&view=beside",
        "history/compare/?after=1",
        "history/compare/?before=live&after=3",
        "history/2/",
        "history/1/restore/",
        "talk/",
        "links/",
        "preview/",
        "preview/page/",
        "history/2/page/",
    ],
)
def test_what_stands_beside_a_story_is_german(newsroom: Newsroom, page: str) -> None:
    desk = newsroom.desk(Role.MANAGING_EDITOR)
    story = _story()
    desk.post(f"{STORY}{story.pk}/links/", {"for_whom": "Kanzlei", "until": "2026-02-05T12:00"})
    assert PreviewLink.objects.exists()
    is_german(desk.get(f"{STORY}{story.pk}/{page}"))


@pytest.mark.parametrize("part", ["trail/", "today/"])
def test_what_a_script_fetches_is_german(newsroom: Newsroom, part: str) -> None:
    desk = newsroom.desk(Role.MANAGING_EDITOR)
    story = _story()
    address = f"{STORY}{story.pk}/{part}" if part == "trail/" else f"{STORY}{part}?have=x"
    assert left_in_english(desk.get(address).content.decode()) == set()


@pytest.mark.parametrize(
    "page",
    [
        "articles/photo/",
        "articles/photo/add/",
        "articles/section/",
        "articles/section/add/",
        "taggit/tag/",
        "taggit/tag/add/",
        "authors/author/",
        "authors/author/add/",
        "authors/user/",
        "authors/user/add/",
        "articles/article/from-text/",
        "password_change/",
    ],
)
def test_lists_and_forms_of_everything_else_are_german(newsroom: Newsroom, page: str) -> None:
    _story()
    desk = newsroom.desk(Role.MANAGING_EDITOR)
    is_german(desk.get(f"/admin/{page}"))
    if "/add/" in page:
        assert left_in_english(desk.post(f"/admin/{page}", {}).content.decode()) == set()


def test_what_is_asked_before_deleting_is_german(newsroom: Newsroom) -> None:
    section = SectionFactory(name="Leer")
    page = newsroom.desk(Role.MANAGING_EDITOR).get(f"/admin/articles/section/{section.pk}/delete/")
    assert left_in_english(page.content.decode()) == set()
    assert ContentType.objects.exists()


def test_text_that_is_taken_in_is_reported_in_german(newsroom: Newsroom) -> None:
    desk = newsroom.desk(Role.EDITOR)
    copy = f"Hafen\n\nBy Ada Kilbride\n\n{'Ein Satz. ' * 60}\n\nUnd noch einer.\n\nFotos: Archiv\n"
    answer = desk.post(f"{STORY}from-text/", {"section": SectionFactory().pk, "text": copy})
    assert answer.status_code == 302
    is_german(desk.get(answer["Location"]))
    assert left_in_english(desk.post(f"{STORY}from-text/", {"section": "", "text": ""}).content.decode()) == set()


def test_roles_are_shown_in_german_and_stored_in_english(newsroom: Newsroom) -> None:
    writer = UserFactory(role=Role.WRITER, username="ada")
    page = is_german(newsroom.desk(Role.MANAGING_EDITOR).get("/admin/authors/user/"))
    assert "Reporter/in" in page
    assert [group.name for group in writer.groups.all()] == ["Writer"]


def test_who_may_not_is_told_so_in_german(newsroom: Newsroom) -> None:
    desk = newsroom.desk(Role.WRITER)
    story = ArticleFactory(created_by=desk.user)
    kept(story, by=desk.user)
    answer = desk.press("publish", story)
    assert "Ihre Rolle erlaubt das bei diesem Beitrag nicht: veröffentlichen." in said(answer)
    assert verb_path(story, "publish")
    workflow.submit(story, by=desk.user, at=NOON)
