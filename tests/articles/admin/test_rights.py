"""Who may what at the desk, by form and by raw post: what a role may not do changes nothing and says nothing."""

from __future__ import annotations

import re
from typing import Any

import pytest

from articles.admin.verbs import VERBS
from articles.models import Article, Event, Photo, Section, Stage
from articles.permissions import Role
from tests.articles.admin.conftest import Newsroom
from tests.desk import Desk, said, verb_path
from tests.factories import (
    NOON,
    ArticleFactory,
    AuthorFactory,
    SectionFactory,
    UserFactory,
    kept,
    published,
    scheduled,
)

STORY = "/admin/articles/article/"
PAGES = ("{}/change/", "{}/history/", "{}/preview/", "{}/preview/page/", "{}/delete/")
EDITORS_VERBS = (
    "publish",
    "schedule",
    "reschedule",
    "cancel",
    "withdraw",
    "keep_live",
    "correct",
    "change_address",
    "erase",
    "send_back",
    "mark_ready",
)


def _rows(article: Article) -> Any:
    """Everything about a story that a request could change."""
    return (
        Article.objects.filter(pk=article.pk).values().get(),
        list(article.bylines.values_list("author_id", "role")),
        sorted(article.tags.names()),
        list(article.related_picks.values_list("related_id", flat=True)),
        list(article.editions.order_by("pk").values("pk", "live_from", "live_until", "revision_id", "path")),
        article.revisions.count(),
        Event.objects.filter(article=article).count(),
    )


def _normal(desk: Desk, response: Any, article_id: int | str) -> tuple[Any, ...]:
    """What a stranger can tell from a response, with the id that they asked for taken out."""
    desk.get("/admin/")  # which shows the messages, so that the next response begins without them
    body = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", response.content.decode())
    location = response.headers.get("Location", "")
    return (
        response.status_code,
        location,
        body.replace(str(article_id), "ID"),
        said(response).replace(str(article_id), "ID"),
    )


@pytest.fixture
def foreign() -> Article:
    """A draft of somebody else's. Its number stands for nothing else on a page, as 403 would."""
    article: Article = ArticleFactory(pk=123456789, headline="A secret of somebody else")
    kept(article)
    article.refresh_from_db()
    return article


@pytest.mark.parametrize("page", PAGES)
def test_a_foreign_story_answers_as_one_that_does_not_exist(newsroom: Newsroom, foreign: Article, page: str) -> None:
    writer = newsroom.desk(Role.WRITER)
    for ask in (writer.get, writer.post):
        here = ask(STORY + page.format(foreign.pk))
        answer = _normal(writer, here, foreign.pk)
        assert answer == _normal(writer, ask(STORY + page.format(987654321)), 987654321)
        assert "secret" not in here.content.decode() + said(here)
        assert "ETag" not in here.headers


@pytest.mark.parametrize("verb", VERBS)
def test_no_verb_reaches_a_foreign_story(newsroom: Newsroom, foreign: Article, verb: str) -> None:
    writer, before = newsroom.desk(Role.WRITER), _rows(foreign)
    answer = _normal(writer, writer.press(verb, foreign, reason="x", text="x", slug="x"), foreign.pk)
    assert answer == _normal(writer, writer.post(f"{STORY}987654321/do/{verb}/"), 987654321)
    assert _rows(foreign) == before


@pytest.mark.parametrize("verb", EDITORS_VERBS)
@pytest.mark.parametrize("state", ["draft", "scheduled", "live"])
def test_a_writer_cannot_do_an_editors_verb_on_an_own_story(newsroom: Newsroom, verb: str, state: str) -> None:
    writer = newsroom.desk(Role.WRITER)
    article: Article
    match state:
        case "draft":
            article = ArticleFactory(created_by=writer.user)
            kept(article)
        case "scheduled":
            article = scheduled(created_by=writer.user).article
        case _:
            article = published(created_by=writer.user).article
    article.refresh_from_db()
    before = _rows(article)
    edition = article.editions.first()
    pk = str(edition.pk) if edition else "1"
    answers = {"edition": pk, f"when_{pk}": "2026-02-04T12:00", "when": "2026-02-04T12:00", "reason": "x", "text": "x"}
    response = writer.press(verb, article, slug="another", kind="correction", **answers)
    assert "does not allow" in said(response)
    assert _rows(article) == before


@pytest.mark.parametrize("verb", ["change_address", "erase"])
def test_an_editor_cannot_do_what_belongs_to_the_managing_editor(newsroom: Newsroom, verb: str) -> None:
    editor, article = newsroom.desk(Role.EDITOR), published().article
    article.refresh_from_db()
    before = _rows(article)
    assert "does not allow" in said(editor.press(verb, article, slug="another", reason="x"))
    assert _rows(article) == before
    assert newsroom.desk(Role.MANAGING_EDITOR).press(verb, article, slug="another", reason="x").status_code == 302
    assert _rows(article) != before


def test_what_belongs_to_editors_stays_whatever_a_writer_posts(newsroom: Newsroom) -> None:
    writer, colleague = newsroom.desk(Role.WRITER), UserFactory(role=Role.WRITER)
    mine, theirs, related = AuthorFactory(user=writer.user), AuthorFactory(user=colleague), published().article
    article = ArticleFactory(created_by=writer.user, bylines=[mine], tag_names=["Trade"], slug="kept")
    kept(article)
    article.refresh_from_db()
    before = _rows(article)
    posted = writer.form_of(article) | {
        "stage": "ready",
        "bylines-shown": "1",
        "bylines": [f"{theirs.pk}:by"],
        "tag_names-shown": "1",
        "tag_names": ["Intruder"],
        "related-shown": "1",
        "related": [str(related.pk)],
        "slug": "mine-now",
        "section": str(SectionFactory().pk),
        "assignee": str(writer.user.pk),
        "created_by": str(colleague.pk),
        "lock_version": "99",
        "has_unpinned_changes": "1",
        "binned_at": "2026-01-01",
        "created_at": "2020-01-01",
        "head_revision": "1",
    }
    assert writer.post(f"{STORY}{article.pk}/change/", posted).status_code == 302
    assert _rows(article) == (before[0] | {"saved_at": NOON}, *before[1:])


def test_a_writer_edits_an_own_draft_and_proposes_its_section(newsroom: Newsroom) -> None:
    writer, section = newsroom.desk(Role.WRITER), SectionFactory()
    own = AuthorFactory(user=writer.user)
    other = AuthorFactory()
    response = writer.save(
        None,
        headline="Mine",
        body="<p>Text</p>",
        section=str(section.pk),
        **{"bylines-shown": "1", "bylines": [f"{other.pk}:by"]},
    )
    assert response.status_code == 302
    article = Article.objects.get(headline="Mine")
    assert article.section == section
    assert list(article.authors.all()) == [own]
    assert article.created_by == writer.user
    assert writer.save(article, standfirst="Mine too").status_code == 302


def test_a_writers_story_in_review_can_be_edited_with_a_warning_and_a_ready_one_only_read(newsroom: Newsroom) -> None:
    writer = newsroom.desk(Role.WRITER)
    article = ArticleFactory(created_by=writer.user, stage=Stage.IN_REVIEW)
    kept(article)
    assert "is in review" in writer.get(f"{STORY}{article.pk}/change/").content.decode()
    assert writer.save(article, standfirst="Better").status_code == 302
    article.refresh_from_db()
    data = writer.form_of(article)
    Article.objects.filter(pk=article.pk).update(stage=Stage.READY)
    before = _rows(article)
    page = writer.get(f"{STORY}{article.pk}/change/").content.decode()
    assert 'name="headline"' not in page
    assert article.headline in page
    assert writer.post(f"{STORY}{article.pk}/change/", data | {"headline": "Too late"}).status_code == 403
    writer.post(verb_path(article, "submit"), data | {"headline": "Too late"})
    assert _rows(article) == before


@pytest.mark.parametrize("relation", ["created", "assigned", "signed"])
def test_a_writers_own_stories_are_those_created_assigned_or_signed(newsroom: Newsroom, relation: str) -> None:
    writer = newsroom.desk(Role.WRITER)
    article = {
        "created": lambda: ArticleFactory(created_by=writer.user),
        "assigned": lambda: ArticleFactory(assignee=writer.user),
        "signed": lambda: ArticleFactory(bylines=[AuthorFactory(user=writer.user)]),
    }[relation]()
    ArticleFactory(headline="Somebody else’s")
    page = writer.get(STORY).content.decode()
    assert article.headline in page
    assert "Somebody else’s" not in page
    assert writer.save(article, kicker="Own").status_code == 302


def test_the_slug_of_a_published_story_stays_whoever_posts_one(newsroom: Newsroom) -> None:
    chief, article = newsroom.desk(Role.MANAGING_EDITOR), published().article
    assert chief.save(article, slug="quietly-changed").status_code == 302
    article.refresh_from_db()
    assert article.slug == ""


def test_the_desk_tells_a_writer_no_headline_of_a_story_that_is_neither_public_nor_theirs(newsroom: Newsroom) -> None:
    writer = newsroom.desk(Role.WRITER)
    secret, public = ArticleFactory(headline="Raid at dawn"), published(headline="Raid was yesterday").article
    article = ArticleFactory(created_by=writer.user, related=[secret, public])
    kept(article)
    page = writer.get(f"{STORY}{article.pk}/change/").content.decode()
    assert "Raid at dawn" not in page
    assert "Raid was yesterday" in page
    for path in (STORY, f"{STORY}?q=Raid", "/admin/", f"{STORY}pick/related/?q=Raid"):
        assert "Raid at dawn" not in writer.get(path).content.decode()
    query = {"app_label": "articles", "model_name": "relatedarticle", "field_name": "related", "term": "Raid"}
    assert "Raid at dawn" not in writer.get("/admin/autocomplete/", **query).content.decode()


@pytest.mark.parametrize("what", ["authors", "tags", "related"])
def test_only_editors_search_for_what_only_editors_pick(newsroom: Newsroom, what: str) -> None:
    assert newsroom.desk(Role.WRITER).get(f"{STORY}pick/{what}/").status_code == 404
    assert newsroom.desk(Role.EDITOR).get(f"{STORY}pick/{what}/").status_code == 200


@pytest.mark.parametrize(
    "lookup",
    [
        "created_by__password__startswith",
        "assignee__email__contains",
        "authors__user__password__startswith",
        "body__contains",
    ],
)
def test_the_list_answers_no_questions_through_other_fields(newsroom: Newsroom, lookup: str) -> None:
    assert newsroom.desk(Role.EDITOR).get(STORY, **{lookup: "a"}).status_code == 400


def test_no_story_is_deleted_and_no_action_reaches_many(newsroom: Newsroom) -> None:
    chief, article = newsroom.desk(Role.MANAGING_EDITOR), ArticleFactory()
    assert chief.post(f"{STORY}{article.pk}/delete/", {"post": "yes"}).status_code == 403
    chief.post(STORY, {"action": "delete_selected", "_selected_action": [str(article.pk)], "post": "yes"})
    assert Article.objects.filter(pk=article.pk).exists()


@pytest.mark.parametrize("role", [Role.WRITER, Role.EDITOR])
def test_sections_authors_and_logins_are_the_managing_editors(newsroom: Newsroom, role: Role) -> None:
    desk, section, author = newsroom.desk(role), SectionFactory(name="World"), AuthorFactory(name="Ada")
    for path in (
        f"/admin/articles/section/{section.pk}/change/",
        f"/admin/authors/author/{author.pk}/change/",
        "/admin/articles/section/add/",
        "/admin/authors/author/add/",
        "/admin/authors/user/add/",
        f"/admin/authors/user/{desk.user.pk}/change/",
        f"/admin/authors/user/{desk.user.pk}/password/",
        f"/admin/articles/section/{section.pk}/delete/",
    ):
        data = {
            "name": "Mine",
            "slug": "mine",
            "position": "0",
            "related_count": "6",
            "post": "yes",
            "username": "mine",
        }
        assert desk.post(path, data).status_code in {302, 403}, path
    section.refresh_from_db()
    author.refresh_from_db()
    assert (section.name, author.name) == ("World", "Ada")
    assert Section.objects.count() == 1


def test_a_section_with_stories_is_not_deleted_and_it_is_said_what_to_do(newsroom: Newsroom) -> None:
    chief, article = newsroom.desk(Role.MANAGING_EDITOR), ArticleFactory()
    response = chief.post(f"/admin/articles/section/{article.section.pk}/delete/", {"post": "yes"})
    assert "Move them to another section" in said(response)
    assert Section.objects.filter(pk=article.section.pk).exists()


def test_an_author_whom_a_revision_names_is_not_deleted(newsroom: Newsroom) -> None:
    chief, author = newsroom.desk(Role.MANAGING_EDITOR), AuthorFactory()
    article = ArticleFactory(bylines=[author])
    kept(article)
    article.bylines.all().delete()
    response = chief.post(f"/admin/authors/author/{author.pk}/delete/", {"post": "yes"})
    assert "cannot be deleted" in said(response)


def test_a_writer_changes_only_own_pictures_that_no_reader_has_seen(newsroom: Newsroom) -> None:
    writer = newsroom.desk(Role.WRITER)
    own = _photo(writer, created=True)
    assert _rename(writer, own) == "Renamed"
    assert _rename(writer, _photo(writer, created=False)) == "A picture"
    shown = _photo(writer, created=True)
    published(lead_photo=shown)
    assert _rename(writer, shown) == "A picture"
    assert _rename(newsroom.desk(Role.EDITOR), shown) == "Renamed"


def _photo(writer: Desk, *, created: bool) -> Photo:
    by = writer.user if created else UserFactory()
    return Photo.objects.bulk_create([Photo(title="A picture", original="x.jpg", created_by=by, created_at=NOON)])[0]


def _rename(desk: Desk, photo: Photo) -> str:
    data = {"title": "Renamed", "focal_x": "50", "focal_y": "50"}
    desk.post(f"/admin/articles/photo/{photo.pk}/change/", data)
    photo.refresh_from_db()
    return photo.title
