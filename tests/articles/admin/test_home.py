"""The desk's first page: what each person finds on it, that it tells when it has changed, and what it costs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test import Client

from articles import notices, presence, publishing, workflow
from articles.models import Article, Block, Notice, Presence, Revision, Stage
from articles.permissions import Role
from tests.bulk import archive_of
from tests.desk import said
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
    published,
    revised,
    scheduled,
    updated,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from authors.models import User
    from tests.articles.admin.conftest import Newsroom
    from tests.desk import Desk

HOME = "/admin/"
TODAY = "/admin/articles/article/today/"


def submitted(headline: str, *, at: Any = NOON - HOUR, **attributes: Any) -> Article:
    """A story that waits for review."""
    article = ArticleFactory(headline=headline, **attributes)
    kept(article, at=at)
    workflow.submit(article, by=managing_editor(), at=at)
    return article


def part(page: Any, name: str) -> str:
    """The words of one part of the page, markup taken out; empty where the part is hidden or missing."""
    found = re.search(rf'<section[^>]*data-part="{name}"([^>]*)>(.*?)</section>', page.content.decode(), re.DOTALL)
    if found is None or " hidden" in found[1]:
        return ""
    return " ".join(re.sub(r"<[^>]+>", " ", found[2]).split())


def colleague(name: str, role: Role = Role.EDITOR) -> User:
    """Somebody else at the desk."""
    first, _, last = name.partition(" ")
    return UserFactory(role=role, first_name=first, last_name=last)


def test_what_waits_for_review_is_listed_oldest_first_with_how_long_it_waits(newsroom: Newsroom) -> None:
    submitted("Waits an hour")
    submitted("Waits long", at=NOON - 26 * HOUR)
    submitted("Waits a little", at=NOON - 4 * MINUTE)
    waiting = part(newsroom.desk(Role.EDITOR).get(HOME), "waiting")
    assert re.findall("Waits (?:long|an hour|a little)", waiting) == ["Waits long", "Waits an hour", "Waits a little"]
    assert "waits 1 day" in waiting
    assert "waits 1 h" in waiting
    assert "waits 4 min" in waiting


@pytest.mark.parametrize("is_their_own", [False, True])
def test_an_editor_claims_on_the_page_and_colleagues_see_who_has_it(newsroom: Newsroom, is_their_own: bool) -> None:
    editor, other = newsroom.desk(Role.EDITOR), newsroom.desk(Role.EDITOR)
    article = submitted(
        "Harbour dues", **({"created_by": editor.user, "assignee": editor.user} if is_their_own else {})
    )
    assert "Claim" in part(editor.get(HOME), "waiting")
    response = editor.post(TODAY, {"claim": article.pk})
    assert (response.status_code, response["Location"]) == (302, HOME)
    assert "You have claimed “Harbour dues”" in said(response)
    assert "Yours" in part(editor.get(HOME), "waiting")
    assert str(editor.user) in part(other.get(HOME), "waiting")
    assert "Claim" not in part(other.get(HOME), "waiting")
    answer = other.post(TODAY, {"claim": article.pk, "have": "x"}).content.decode()
    assert f"{editor.user} has claimed this story meanwhile" in answer
    article.refresh_from_db()
    assert article.assignee == editor.user


def test_ready_stories_are_the_editors_and_own_stories_everybodys(newsroom: Newsroom) -> None:
    editor, writer = newsroom.desk(Role.EDITOR), newsroom.desk(Role.WRITER)
    article = submitted("Goes on", created_by=writer.user)
    workflow.mark_ready(article, by=editor.user, at=NOON - MINUTE)
    live = published(headline="A live one", created_by=writer.user).article
    revised(live, at=NOON - MINUTE, standfirst="Better")
    Article.objects.filter(pk=live.pk).update(stage=Stage.READY)
    ready = part(editor.get(HOME), "ready")
    assert "Goes on" in ready
    assert "A live one" in ready
    mine = part(writer.get(HOME), "mine")
    assert "Live with changes Ready" in mine
    assert "Goes on" in mine


def test_a_writer_finds_nothing_of_foreign_stories(newsroom: Newsroom) -> None:
    secret = "A secret that is not theirs"
    article = submitted(secret)
    workflow.claim(article, by=colleague("Mara Quist"), at=NOON)
    publishing.hold(scheduled(headline=secret).article, reason=secret, by=managing_editor(), at=NOON)
    published(headline=secret)
    scheduled(headline=secret)
    presence.beat(article, colleague("Noor Bakker"), at=NOON, is_writing=True)
    for path in (HOME, f"{TODAY}?have=x", f"{HOME}?section={article.section.slug}"):
        page = newsroom.desk(Role.WRITER).get(path)
        assert secret not in page.content.decode()
        assert "Noor" not in page.content.decode()
        assert part(page, "waiting") == ""
        assert article.section.slug not in part(page, "timeline")


def test_a_writer_finds_their_own_in_each_part(newsroom: Newsroom) -> None:
    writer = newsroom.desk(Role.WRITER)
    planned = scheduled(headline="Goes out at one", created_by=writer.user).article
    held = scheduled(headline="Held back", created_by=writer.user).article
    publishing.hold(held, reason="Wait for the court", by=colleague("Mara Quist"), at=NOON - MINUTE)
    presence.beat(planned, colleague("Noor Bakker"), at=NOON, is_writing=False)
    page = writer.get(HOME)
    assert "13:00 Goes out at one Goes live" in part(page, "timeline")
    assert "On hold by Mara Quist, since 11:59: “Wait for the court”" in part(page, "blocked")
    assert "Goes out at one Noor Bakker since 12:00" in part(page, "editing")


def test_who_is_in_which_story_is_told_and_who_has_gone_is_not(newsroom: Newsroom) -> None:
    editor, article, left = newsroom.desk(Role.EDITOR), ArticleFactory(headline="Open"), ArticleFactory(headline="Left")
    presence.beat(article, colleague("Noor Bakker"), at=NOON - MINUTE / 4, is_writing=True)
    presence.beat(article, colleague("Ida Holm"), at=NOON - MINUTE / 4, is_writing=False)
    presence.beat(article, editor.user, at=NOON, is_writing=True)
    presence.beat(left, colleague("Bo Lund"), at=NOON - 2 * MINUTE, is_writing=True)
    editing = part(editor.get(HOME), "editing")
    assert "Open Noor Bakker (writing) since 11:59 , Ida Holm since 11:59" in editing
    assert "Left" not in editing
    assert str(editor.user) not in editing


def test_what_is_blocked_says_by_whom_since_when_why_and_what_it_took_out(newsroom: Newsroom) -> None:
    editor = newsroom.desk(Role.EDITOR)
    article = published(headline="The minister").article
    updated(article, live_from=NOON + 6 * HOUR, at=NOON - HOUR, headline="The minister again")
    publishing.legal_block(article, reason="“Libel” <b>", by=colleague("Mara Quist"), at=NOON - 40 * MINUTE)
    embargoed = ArticleFactory(headline="The budget")
    publishing.set_embargo(embargoed, until=NOON + 3 * HOUR, by=managing_editor(), at=NOON - MINUTE)
    page = editor.get(HOME)
    blocked = part(page, "blocked")
    assert "Legal block by Mara Quist, since 11:20: ““Libel” &lt;b&gt;”" in blocked
    assert "Took out the edition of today 18:00 GMT." in blocked
    assert "The budget Under embargo until today 15:00 GMT." in blocked
    newsroom.at = NOON + 7 * HOUR
    blocked = part(editor.get(HOME), "blocked")
    assert "today 18:00 GMT, which is missed now" in blocked
    assert "The budget" not in blocked
    publishing.release(
        article, kind=Block.Kind.LEGAL, by=managing_editor(), at=newsroom.at, missed=publishing.IfMissed.LET_GO
    )
    assert part(editor.get(HOME), "blocked") == ""


def test_the_timeline_has_what_was_and_what_comes_until_tomorrow_morning_by_section(newsroom: Newsroom) -> None:
    editor, world, sport = newsroom.desk(Role.EDITOR), *(SectionFactory(name=name) for name in ("World", "Sport"))
    live = published(headline="Went out", section=world, at=NOON - 3 * HOUR).article
    publishing.withdraw(live, by=managing_editor(), at=NOON - MINUTE, live_until=NOON + 2 * HOUR)
    scheduled(headline="Night match", section=sport, live_from=NOON + 18 * HOUR)
    scheduled(headline="Tomorrow noon", section=sport, live_from=NOON + DAY)
    published(headline="Yesterday", section=world, at=NOON - DAY)
    timeline = part(editor.get(HOME), "timeline")
    assert re.search(
        "09:00 Went out Went live .*Now .*14:00 Went out Is withdrawn .*06:00 tomorrow Night match", timeline
    )
    assert "Yesterday" not in timeline
    assert "Tomorrow noon" not in timeline
    only = part(editor.get(HOME, section=sport.slug), "timeline")
    assert "Night match" in only
    assert "Went out" not in only
    assert "Went out" in part(editor.get(HOME, section="no-such-section"), "timeline")


def test_what_is_told_to_a_person_is_on_top_until_they_put_it_away(newsroom: Newsroom) -> None:
    writer, mara = newsroom.desk(Role.WRITER), colleague("Mara Quist")
    article = submitted("Harbour dues", created_by=writer.user)
    workflow.send_back(article, by=mara, at=NOON - MINUTE, reason="A <second> source")
    page = writer.get(HOME)
    assert "Harbour dues Mara Quist sent it back: A &lt;second&gt; source · 11:59" in part(page, "told")
    notice = Notice.objects.get(to=writer.user)
    newsroom.desk(Role.EDITOR).post(TODAY, {"put_away": notice.pk})
    assert notices.unseen(writer.user).exists()
    assert writer.post(TODAY, {"put_away": notice.pk})["Location"] == HOME
    assert part(writer.get(HOME), "told") == ""


def test_every_page_of_the_desk_counts_what_is_unseen_in_one_query(newsroom: Newsroom) -> None:
    writer = newsroom.desk(Role.WRITER)
    stories = "/admin/articles/article/"
    writer.get(stories)
    assert sum("articles_notice" in sql for sql in writer.queries) == 1
    for number in range(3):
        article = ArticleFactory(created_by=writer.user)
        notices.tell([writer.user], article, Notice.Kind.BLOCKED, by=managing_editor(), at=NOON + number * MINUTE)
    page = writer.get(stories).content.decode()
    assert re.search(r"data-unseen[^>]*>\s*3\s*<", page)
    assert sum("articles_notice" in sql for sql in writer.queries) == 1


def test_who_has_no_role_sees_no_page(newsroom: Newsroom) -> None:
    from tests.desk import Desk

    nobody = Desk(UserFactory())
    assert "has no role yet" in nobody.get(HOME).content.decode()
    assert nobody.get(TODAY, have="x").status_code == 403
    anonymous = Client().get(TODAY, secure=True)
    assert (anonymous.status_code, anonymous["Location"].split("?")[0]) == (302, "/admin/login/")


@pytest.mark.parametrize("pk", ["foreign", "999999", "x", "9" * 30])
def test_claiming_what_one_may_not_see_is_as_claiming_what_is_not_there(newsroom: Newsroom, pk: str) -> None:
    writer, article = newsroom.desk(Role.WRITER), submitted("Foreign")
    answer = writer.post(TODAY, {"claim": article.pk if pk == "foreign" else pk})
    assert "That story is not here any more." in said(answer)
    own = submitted("Own", created_by=writer.user)
    assert "Your role does not allow" in said(writer.post(TODAY, {"claim": own.pk}))
    article.refresh_from_db()
    assert article.assignee is None


# What the script asks


def pulse(desk: Desk) -> str:
    """The pulse of the page as it is now."""
    found = re.search(r'data-pulse="(\w+)"', desk.get(HOME).content.decode())
    assert found is not None
    return found[1]


def news(desk: Desk, have: str) -> bool:
    """Whether the page has changed since `have`."""
    status: int = desk.get(TODAY, have=have).status_code
    assert status in (200, 204)
    return status == 200


def test_nothing_is_sent_while_nothing_changes(newsroom: Newsroom) -> None:
    editor = newsroom.desk(Role.EDITOR)
    submitted("Waits")
    have = pulse(editor)
    assert not news(editor, have)
    newsroom.at = NOON + MINUTE
    assert not news(editor, have)
    newsroom.at = NOON + 5 * MINUTE
    assert news(editor, have), "“waits 5 min” must not stand there for ever"


def test_every_change_of_the_page_changes_its_pulse(newsroom: Newsroom) -> None:
    editor, writer = newsroom.desk(Role.EDITOR), colleague("Ida Holm", Role.WRITER)
    article = ArticleFactory(created_by=writer)
    kept(article)
    planned = scheduled(live_from=NOON + 2 * MINUTE)
    ending = published().article
    publishing.withdraw(ending, by=managing_editor(), at=NOON, live_until=NOON + 3 * MINUTE)

    def at(minutes: float) -> None:
        newsroom.at = NOON + minutes * MINUTE

    changes: dict[str, Callable[[], object]] = {
        "a story is submitted": lambda: workflow.submit(article, by=writer, at=newsroom.at),
        "a colleague claims it": lambda: workflow.claim(article, by=colleague("Mara"), at=newsroom.at),
        "somebody opens it": lambda: presence.beat(article, writer, at=newsroom.at, is_writing=False),
        "somebody leaves": lambda: at(1),
        "it is assigned": lambda: workflow.assign(article, to=editor.user, by=managing_editor(), at=newsroom.at),
        "a notice is put away": lambda: notices.put_away(editor.user, at=newsroom.at),
        "a schedule is moved": lambda: publishing.reschedule(
            planned, live_from=NOON + 2.5 * MINUTE, by=managing_editor(), at=newsroom.at
        ),
        "the clock publishes": lambda: at(2.75),
        "the clock withdraws": lambda: at(3.25),
        "something is held": lambda: publishing.hold(article, reason="x", by=managing_editor(), at=newsroom.at),
    }
    for what, change in changes.items():
        have = pulse(editor)
        assert not news(editor, have)
        change()
        assert news(editor, have), what


def test_a_poll_answers_with_the_parts_alone_and_the_section_that_was_chosen(newsroom: Newsroom) -> None:
    editor, section = newsroom.desk(Role.EDITOR), SectionFactory()
    scheduled(section=section, headline="In the section")
    scheduled(headline="Elsewhere")
    answer = editor.get(TODAY, have="old", section=section.slug)
    assert "<html" not in answer.content.decode()
    assert "In the section" in part(answer, "timeline")
    assert "Elsewhere" not in part(answer, "timeline")


# What it costs


@pytest.fixture
def busy_newsroom(newsroom: Newsroom) -> dict[str, Desk]:
    """A large archive, a full day, thirty people in stories; somebody of each role whose own stories are many."""
    sections, authors = [SectionFactory() for _ in range(8)], [AuthorFactory() for _ in range(40)]
    desks = {role.value: newsroom.desk(role) for role in Role}
    archive = archive_of(1500, sections=sections, authors=authors, tags=[])
    stories = [edition.article for edition in archive[:300]]
    for number, (desk, article) in enumerate(zip([*desks.values()] * 100, stories, strict=True)):
        article.created_by = desk.user
        article.stage = (Stage.DRAFT, Stage.IN_REVIEW, Stage.READY)[number % 3]
        article.stage_since = NOON - number * MINUTE
        article.embargo_until = NOON + HOUR if number % 50 == 0 else None
    Article.objects.bulk_update(stories, ["created_by", "stage", "stage_since", "embargo_until"])
    people = [UserFactory(role=Role.WRITER) for _ in range(30)]
    Presence.objects.bulk_create(
        Presence(article=article, person=person, since=NOON, seen_at=NOON, is_writing=True)
        for person, article in zip(people, stories, strict=False)
    )
    for desk in desks.values():
        for article in stories[:30]:
            notices.tell([desk.user], article, Notice.Kind.BLOCKED, by=people[0], at=NOON)
    for number in range(10):
        held = scheduled(live_from=NOON + (number + 1) * 10 * MINUTE).article
        publishing.hold(held, reason="Wait", by=managing_editor(), at=NOON - MINUTE)
        scheduled(live_from=NOON + (number + 1) * 10 * MINUTE)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    assert Revision.objects.count() >= 1500
    return desks


@pytest.mark.parametrize("role", list(Role))
def test_the_first_page_takes_at_most_15_queries_and_a_look_for_news_6(
    busy_newsroom: dict[str, Desk], role: Role
) -> None:
    desk = busy_newsroom[role.value]
    desk.get(HOME)
    page = desk.get(HOME)
    assert page.status_code == 200
    assert len(desk.queries) <= 15, "\n".join(desk.queries)
    rows = {"mine", "notice", "blocked", "time", "open"} | ({"waiting", "ready"} if role != Role.WRITER else set())
    assert rows == set(re.findall(r'data-row="(\w+)-', page.content.decode())), "every list has something in it"
    have = pulse(desk)
    assert not news(desk, have)
    assert len(desk.queries) <= 6, "\n".join(desk.queries)
