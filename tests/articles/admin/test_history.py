"""A story's history at the desk: all of it and in order, for those who may see the story; any two compared."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

import pytest

from articles import publishing, workflow
from articles.admin import history
from articles.admin.deed_words import DEEDS
from articles.models import Article, Event, Revision
from articles.permissions import Role
from tests.articles.admin.conftest import Newsroom
from tests.articles.admin.stories_with_history import STORY, entries, page_of, story_of_two
from tests.desk import Desk, said
from tests.factories import (
    DAY,
    HOUR,
    MINUTE,
    NOON,
    UserFactory,
    published,
    revised,
    updated,
)

PAGES = (
    "{}/history/",
    "{}/trail/",
    "{}/history/compare/?after=2",
    "{}/history/compare/?before=1&after=2",
    "{}/history/compare/?before=live&after=2",
    "{}/history/1/",
    "{}/history/1/page/",
    "{}/history/1/restore/",
)


def _words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


@pytest.mark.parametrize("page", PAGES)
def test_the_history_of_a_foreign_story_is_not_there(newsroom: Newsroom, page: str) -> None:
    article, writer = story_of_two(), newsroom.desk(Role.WRITER)

    def answer(ask: Any, pk: int) -> tuple[Any, ...]:
        response = ask(STORY + page.format(pk))
        told = said(response)
        writer.get("/admin/")  # which shows the messages
        body = response.content.decode()
        assert "secret" not in body + told
        return response.status_code, response.headers.get("Location"), body, told.replace(str(pk), "ID")

    for ask in (writer.get, writer.post):
        assert answer(ask, article.pk) == answer(ask, 987654321)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("role", list(Role))
def test_everybody_else_reads_the_history_of_their_stories(newsroom: Newsroom, page: str, role: Role) -> None:
    desk = newsroom.desk(role)
    article = story_of_two(created_by=desk.user) if role == Role.WRITER else story_of_two()
    assert desk.get(STORY + page.format(article.pk)).status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_a_stranger_has_to_sign_in(newsroom: Newsroom, page: str) -> None:
    desk, article = newsroom.desk(Role.EDITOR), story_of_two()
    desk.client.logout()
    response = desk.get(STORY + page.format(article.pk))
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/admin/login/")


@pytest.mark.parametrize(
    "path",
    [
        "history/9/",
        "history/9/page/",
        "history/9/restore/",
        "history/99999999999999999999/",
        "history/compare/",
        "history/compare/?after=9",
        "history/compare/?after=2&before=9",
        "history/compare/?after=2&before=x",
        "history/compare/?after=²",
        "history/compare/?after=-1",
        "history/?older=",
        "history/?older=1-2-3",
        "history/?older=999999999999999999-1-1",
    ],
)
def test_what_is_no_revision_and_no_place_is_not_found(newsroom: Newsroom, path: str) -> None:
    editor, article = newsroom.desk(Role.EDITOR), story_of_two()
    assert editor.get(f"{STORY}{article.pk}/{path}").status_code == 404


def test_a_deed_stands_above_the_save_of_the_same_instant(newsroom: Newsroom) -> None:
    editor, article = newsroom.desk(Role.EDITOR), story_of_two()
    revision = revised(article, at=NOON, standfirst="New")
    publishing.publish(article, revision=revision, by=editor.user, at=NOON)
    newsroom.at = NOON + MINUTE
    assert entries(editor, article) == [
        "published revision 3",
        "saved revision 3",
        "saved revision 2",
        "saved revision 1",
    ]


def test_the_trail_says_who_did_what_when_and_from_which_state(newsroom: Newsroom) -> None:
    editor = newsroom.desk(Role.EDITOR)
    editor.user.first_name, editor.user.last_name = "Edda", "Lund"
    editor.user.save()
    article = story_of_two(created_by=UserFactory(first_name="Wren", last_name="Adair", role=Role.WRITER))
    workflow.submit(article, by=article.created_by, at=NOON - 2 * MINUTE)  # type: ignore[arg-type]
    workflow.send_back(article, by=editor.user, at=NOON - MINUTE, reason="Too <long>.")
    page = page_of(editor, f"{article.pk}/history/")
    words = _words(page)
    assert "Edda Lund sent it back today 11:59 GMT · it was in review “Too &lt;long&gt;.”" in words
    assert "Wren Adair submitted it for review today 11:58 GMT · it was a draft" in words
    assert "<long>" not in page


def test_every_verb_has_its_words(newsroom: Newsroom) -> None:
    verbs = set()
    for path in Path("articles").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"deed", "publishing_deed", "_block"}:
                verbs |= {each.value for each in node.args if isinstance(each, ast.Constant)}
    assert verbs - DEEDS.keys() == set()
    assert len(verbs) > 20


def test_what_readers_see_what_is_scheduled_and_what_is_newest_is_marked(newsroom: Newsroom) -> None:
    editor, edition = newsroom.desk(Role.EDITOR), published()
    article = edition.article
    updated(article, live_from=NOON + DAY, at=NOON - 10 * MINUTE, headline="Tomorrow’s")
    revised(article, at=NOON - MINUTE, headline="The newest")
    response = editor.get(f"{STORY}{article.pk}/history/")
    badges = {entry.revision.number: entry.badges for entry in response.context["entries"] if entry.revision}
    assert badges == {
        1: (("live", "What readers see"),),
        2: (("scheduled", "From tomorrow 12:00 GMT"),),
        3: (("draft", "Newest text"),),
    }
    assert "with_changes" not in response.content.decode()


def test_a_revision_beside_the_story_says_what_it_is(newsroom: Newsroom) -> None:
    editor, article = newsroom.desk(Role.EDITOR), story_of_two()
    head = article.head_revision
    publishing.set_aside(
        article, head.content, "<p>What lost.</p>", base=head, by=editor.user, at=NOON, note="Not chosen by Edda"
    )  # fmt: skip
    words = _words(page_of(editor, f"{article.pk}/history/"))
    assert "kept revision 3 beside the story Beside the story" in words
    assert "Not chosen by Edda It never was the story’s own text. It goes back to revision 2." in words
    # “What it changed” compares it with what it was begun from; the next save with the story's own text before it.
    assert _compared(editor, article, "after=3") == (2, 3)
    revised(article, at=NOON + MINUTE, headline="Fourth")
    assert _compared(editor, article, "after=4") == (2, 4)
    newsroom.at = NOON + HOUR
    chosen = editor.get(f"{STORY}{article.pk}/history/").context["chosen"]
    assert chosen == {"before": 2, "after": 4}, "what is offered to be compared is the story's own text"


def _compared(desk: Desk, article: Article, query: str) -> tuple[int | None, int]:
    context = desk.get(f"{STORY}{article.pk}/history/compare/?{query}").context
    before = context["before"]
    return before["revision"].number if before else None, context["after"]["revision"].number


@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_the_whole_trail_is_read_page_by_page_once_each(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    monkeypatch.setattr(history, "PAGE_SIZE", size)
    monkeypatch.setattr(history.trail, "__kwdefaults__", {**(history.trail.__kwdefaults__ or {}), "size": size})
    editor, article = newsroom.desk(Role.EDITOR), story_of_two()
    for number in range(3):
        at = NOON + number * MINUTE
        publishing.publish(article, revision=revised(article, at=at, kicker=str(number)), by=editor.user, at=at)
    # Two of a kind at one instant.
    for _ in range(2):
        Event.objects.create(article=article, verb="share", by=editor.user, at=NOON, from_state="live")
    newsroom.at = NOON + HOUR
    found, older = [], ""
    for _ in range(20):
        response = editor.get(f"{STORY}{article.pk}/history/", **({"older": older} if older else {}))
        found += [entry.place for entry in response.context["entries"]]
        older = response.context["older"]
        if not older:
            break
    assert len(found) == 5 + 3 + 2
    assert found == sorted(set(found), reverse=True)


def test_a_page_costs_the_same_however_long_the_trail_is(newsroom: Newsroom) -> None:
    editor, costs = newsroom.desk(Role.EDITOR), []
    for count in (2, 120):
        article = story_of_two()
        people = [UserFactory() for _ in range(5)]
        head = article.head_revision
        Revision.objects.bulk_create(
            Revision(
                article=article, number=number + 3, content=head.content, body=head.body, digest=str(number),
                created_at=NOON - HOUR + number * MINUTE / 10, created_by=people[number % 5],
                aside_of=head if number % 3 == 0 else None,
            )
            for number in range(count)
        )  # fmt: skip
        Event.objects.bulk_create(
            Event(article=article, verb="share", by=people[number % 5], at=NOON - HOUR, from_state="live")
            for number in range(count)
        )
        for path in ("history/", "trail/", "history/compare/?after=2", "history/2/", "history/1/restore/"):
            editor.get(f"{STORY}{article.pk}/{path}")
            costs.append(len(editor.queries))
            bodies = [sql for sql in editor.queries if '"articles_revision"."body"' in sql and " LIMIT 51" in sql]
            assert not bodies
    half = len(costs) // 2
    assert costs[:half] == costs[half:]
    assert max(costs) <= 15


def test_any_two_are_compared_the_older_first(newsroom: Newsroom) -> None:
    editor, article = newsroom.desk(Role.EDITOR), story_of_two()
    revised(article, at=NOON, headline="Third")
    assert _compared(editor, article, "before=1&after=3") == (1, 3)
    assert _compared(editor, article, "before=3&after=1") == (1, 3)
    assert _compared(editor, article, "after=1") == (None, 1)
    page = page_of(editor, f"{article.pk}/history/compare/?before=1&after=2&view=beside")
    assert '<del><span class="desk-hidden">removed: </span>headline</del>' in page
    assert '<ins><span class="desk-hidden">added: </span>rewording</ins>' in page
    assert "first revision" in page_of(editor, f"{article.pk}/history/compare/?after=1")


def test_a_revision_is_compared_with_what_readers_see(newsroom: Newsroom) -> None:
    editor, edition = newsroom.desk(Role.EDITOR), published(headline="Live")
    article = edition.article
    for number, words in enumerate(("Second", "Third")):
        revised(article, at=NOON - 20 * MINUTE + number * MINUTE, headline=words)
    assert _compared(editor, article, "before=live&after=3") == (1, 3)
    assert "Readers do not see this story" in page_of(
        editor, f"{story_of_two().pk}/history/compare/?before=live&after=2"
    )


def test_a_revision_is_looked_at_as_readers_would_see_it(newsroom: Newsroom) -> None:
    editor, article = newsroom.desk(Role.EDITOR), story_of_two(body="<p>The body.</p>")
    frame = editor.get(f"{STORY}{article.pk}/history/1/")
    assert f"{STORY}{article.pk}/history/1/page/" in frame.content.decode()
    response = editor.get(f"{STORY}{article.pk}/history/1/page/")
    page = response.content.decode()
    assert "A secret headline" in page
    assert "rewording" not in page
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["X-Frame-Options"] == "SAMEORIGIN"


def test_choices_made_on_another_page_go_on(newsroom: Newsroom) -> None:
    editor, article = newsroom.desk(Role.EDITOR), story_of_two()
    page = editor.get(f"{STORY}{article.pk}/history/", before="7", after="2")
    assert page.context["carried"] == {"before": 7}
    assert page.context["chosen"] == {"before": 7, "after": 2}
    assert 'name="before" value="7" checked' in page.content.decode()
    fresh = editor.get(f"{STORY}{article.pk}/history/")
    assert fresh.context["chosen"] == {"before": 1, "after": 2}


def test_the_form_offers_the_trail_and_asks_nothing_for_it(newsroom: Newsroom) -> None:
    editor, article = newsroom.desk(Role.EDITOR), story_of_two()
    page = page_of(editor, f"{article.pk}/change/")
    assert f'data-trail="{STORY}{article.pk}/trail/"' in page
    assert not [sql for sql in editor.queries if '"articles_event"."from_state"' in sql and "LIMIT 9" in sql]
    fragment = page_of(editor, f"{article.pk}/trail/")
    assert "saved revision 2" in fragment
    assert "<html" not in fragment


def test_the_history_of_an_erased_story_says_nothing_of_its_text(newsroom: Newsroom) -> None:
    chief, article = (
        newsroom.desk(Role.MANAGING_EDITOR),
        story_of_two(body="<p>A secret body</p>", tag_names=["Secret"]),
    )
    workflow.submit(article, by=chief.user, at=NOON - 2 * MINUTE)
    publishing.erase(article, reason="By order of a court", by=chief.user, at=NOON - MINUTE)
    for page in PAGES:
        response = chief.get(STORY + page.format(article.pk))
        assert response.status_code in {200, 302}, page
        assert "ecret" not in response.content.decode()
    assert entries(chief, article)[0] == "erased it"
