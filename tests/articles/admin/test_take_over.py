"""Taking a story over: recorded, told, taken back. What the other had typed is a revision, whatever it clashes with."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from articles import presence, publishing, taking_over, workflow
from articles.models import Article, Buffer, Event, Notice, Presence
from articles.permissions import Role
from articles.refusals import NotAllowed, Refused
from authors.models import User
from tests.articles.admin.conftest import Newsroom
from tests.desk import Desk, said, verb_path
from tests.factories import MINUTE, NOON, ArticleFactory, AuthorFactory, UserFactory, kept, managing_editor, revised

BODY = "<p>One.</p><p>Two.</p><p>Three.</p>"
SECOND = timedelta(seconds=1)


@pytest.fixture
def ada(db: None) -> User:
    """A writer, in the story that she began."""
    made: User = UserFactory(username="ada", role=Role.WRITER)
    return made


@pytest.fixture
def ben(db: None) -> User:
    """An editor, in the same story."""
    made: User = UserFactory(username="ben", role=Role.EDITOR)
    return made


@pytest.fixture
def article(ada: User, ben: User) -> Article:
    """A story of three paragraphs that both have open."""
    made: Article = ArticleFactory(created_by=ada, headline="Port", body=BODY)
    kept(made, at=NOON - 10 * MINUTE)
    for person in (ada, ben):
        presence.beat(made, person, at=NOON - SECOND, is_writing=True)
    made.refresh_from_db()
    return made


def typed(article: Article, person: User, **fields: Any) -> Buffer:
    """Words that are not saved, begun from the story as it stands."""
    return Buffer.objects.create(
        person=person,
        article=article,
        base_version=article.lock_version,
        base_revision=article.head_revision,
        fields={"headline": article.headline, "body": article.body, "standfirst": article.standfirst} | fields,
        saved_at=NOON - SECOND,
    )


def take(article: Article, ada: User, ben: User, *, at: datetime = NOON) -> Event:
    """Ben takes over from Ada."""
    taking_over.take_over(article, from_person=ada, by=ben, at=at)
    event = Event.objects.filter(article=article, verb="take_over").first()
    assert event is not None
    article.refresh_from_db()
    return event


def test_it_is_recorded_and_the_other_is_told(article: Article, ada: User, ben: User) -> None:
    event = take(article, ada, ben)
    assert (event.by, event.at) == (ben, NOON)
    assert event.details == {"from": "ada", "person": ada.pk}
    notice = Notice.objects.get()
    assert (notice.to, notice.by, notice.kind, notice.text) == (ada, ben, Notice.Kind.TAKEN_OVER, "")
    row = Presence.objects.get(person=ada)
    assert (row.taken_over_by, row.taken_over_at) == (ben, NOON)
    assert article.revisions.count() == 1


def test_what_was_typed_and_not_saved_joins_the_story_as_a_revision_of_who_typed_it(
    article: Article, ada: User, ben: User
) -> None:
    typed(article, ada, headline="  Port \n tariffs ", body="<p>One.</p><p>Two, by Ada.</p><p>Three.</p>")
    revised(article, at=NOON - MINUTE, kicker="By Ben", body="<p>One, by Ben.</p><p>Two.</p><p>Three.</p>")
    event = take(article, ada, ben)
    assert (article.headline, article.kicker) == ("Port tariffs", "By Ben")
    assert article.body == "<p>One, by Ben.</p><p>Two, by Ada.</p><p>Three.</p>"
    head = article.head_revision
    assert head is not None
    assert (head.created_by, head.body, head.note) == (ada, article.body, "Not yet saved when ben took over.")
    assert event.details["revision"] == head.number
    assert event.details["is_joined"]
    # Her form goes on from her own text.
    own = article.revisions.get(pk=event.details["began"])
    assert own.body == "<p>One.</p><p>Two, by Ada.</p><p>Three.</p>"
    assert own.content["kicker"] == ""
    assert own.aside_of is not None
    assert not Buffer.objects.exists()
    assert f"revision {head.number}, in the story" in Notice.objects.get().text


def test_where_it_clashes_it_is_set_aside(article: Article, ada: User, ben: User) -> None:
    typed(article, ada, headline="Ada’s", note="My note")
    revised(article, at=NOON - MINUTE, headline="Ben’s")
    event = take(article, ada, ben)
    assert article.headline == "Ben’s"
    aside = article.revisions.get(number=event.details["revision"])
    assert (aside.content["headline"], aside.note) == ("Ada’s", "My note")
    assert aside.aside_of == article.revisions.get(number=1)
    assert not event.details["is_joined"]
    assert not Buffer.objects.exists()


@pytest.mark.parametrize(
    "fields", [{"headline": "x" * 300}, {"headline": ""}, {"canonical_url": "https://example.org/a"}], ids=str
)
def test_what_the_form_would_refuse_is_set_aside_and_not_lost(
    article: Article, ada: User, ben: User, fields: dict[str, str]
) -> None:
    typed(article, ada, standfirst="Words of Ada", **fields)
    event = take(article, ada, ben)
    assert article.headline == "Port"
    aside = article.revisions.get(number=event.details["revision"])
    assert aside.content["standfirst"] == "Words of Ada"
    assert not event.details["is_joined"]


def test_a_body_that_cannot_be_stored_keeps_its_words(article: Article, ada: User, ben: User) -> None:
    typed(article, ada, body="<blockquote>" * 200 + "Deep words" + "</blockquote>" * 200)
    event = take(article, ada, ben)
    assert "Deep words" in article.revisions.get(number=event.details["revision"]).body


def test_what_a_writer_may_not_change_stays_whatever_their_buffer_says(article: Article, ada: User, ben: User) -> None:
    signed = list(article.authors.all())
    section = article.section
    typed(
        article, ada, standfirst="Words", bylines=[f"{AuthorFactory().pk}:by"], tag_names=["Mine"], slug="mine",
        related=[str(ArticleFactory().pk)], section=str(ArticleFactory().section_id), assignee=str(ada.pk), kind="x",
    )  # fmt: skip
    take(article, ada, ben)
    assert article.standfirst == "Words"
    assert list(article.authors.all()) == signed
    assert (article.section, article.slug, article.assignee, article.kind) == (section, "", None, "news")
    assert not article.tags.exists()
    assert not article.related_picks.exists()


def test_an_editors_lists_are_taken_over_and_what_is_not_there_is_left_out(article: Article, ben: User) -> None:
    chief, author, other = managing_editor(), AuthorFactory(), ArticleFactory()
    typed(
        article, ben, bylines=[f"{author.pk}:by", "x:by", f"{10**30}:by", f"{author.pk}:nonsense", f"{author.pk}:by"],
        tag_names=["Trade", "!"], related=[str(other.pk), str(article.pk), "y", "987654321"],
        section=str(other.section_id), lead_photo="99999",
    )  # fmt: skip
    take(article, ben, chief)
    assert list(article.authors.all()) == [author]
    assert list(article.tags.names()) == ["Trade"]
    assert [pick.related for pick in article.related_picks.all()] == [other]
    assert (article.section, article.lead_photo) == (other.section, None)


def test_words_of_somebody_who_may_not_change_the_story_any_more_are_set_aside(
    article: Article, ada: User, ben: User
) -> None:
    typed(article, ada, standfirst="Too late")
    workflow.mark_ready(article, by=ben, at=NOON - SECOND)
    event = take(article, ada, ben)
    assert article.standfirst != "Too late"
    assert article.revisions.get(number=event.details["revision"]).content["standfirst"] == "Too late"


def test_text_that_was_erased_is_not_brought_back_by_what_an_open_form_buffers(
    article: Article, ada: User, ben: User
) -> None:
    base, version = article.head_revision, article.lock_version
    publishing.erase(article, reason="Order", by=managing_editor(), at=NOON - SECOND)
    workflow.retrieve(article, by=ben, at=NOON - SECOND)
    Buffer.objects.create(
        person=ada, article=article, base_version=version, base_revision=base, saved_at=NOON,
        fields={"headline": "Port", "body": BODY},
    )  # fmt: skip
    event = take(article, ada, ben)
    assert "revision" not in event.details
    assert article.body == ""
    assert Buffer.objects.count() == 1


def test_nobody_takes_over_a_story_that_they_may_not_change_or_from_somebody_who_is_not_there(
    article: Article, ada: User, ben: User
) -> None:
    stranger, cleo = UserFactory(role=Role.WRITER), UserFactory(role=Role.EDITOR)
    with pytest.raises(NotAllowed):
        taking_over.take_over(article, from_person=ben, by=stranger, at=NOON)
    for nobody in (cleo, ben):
        with pytest.raises(Refused):
            taking_over.take_over(article, from_person=nobody, by=ben, at=NOON)
    with pytest.raises(Refused, match="have left"):
        taking_over.take_over(article, from_person=ada, by=ben, at=NOON + MINUTE)
    workflow.mark_ready(article, by=ben, at=NOON)
    with pytest.raises(NotAllowed):
        taking_over.take_over(article, from_person=ben, by=ada, at=NOON)
    assert not Event.objects.filter(verb="take_over").exists()


def beat(desk: Desk, article: Article, **said: Any) -> Any:
    """A form's sign of life."""
    return desk.post(f"/admin/articles/article/{article.pk}/presence/", said)


def test_two_forms_learn_of_each_other_and_of_what_happens(newsroom: Newsroom) -> None:
    ada, ben = newsroom.desk(Role.WRITER), newsroom.desk(Role.EDITOR)
    article = ArticleFactory(created_by=ada.user)
    kept(article)
    form = ada.form_of(article)
    known = {name: form[name] for name in ("version", "revision")} | {"seen": "0"}
    assert beat(ada, article, **known, writing="1").json() == {"here": [], "saved": None, "deed": None, "taken": None}
    told = beat(ben, article, **known).json()
    assert told["here"] == [
        {
            "id": ada.user.pk,
            "name": str(ada.user),
            "text": f"{ada.user}, editing since 12:00",
            "may_take_over": True,
        }
    ]
    ben.save(article, kicker="By Ben")
    newsroom.at += MINUTE / 2
    told = beat(ada, article, **known, writing="1").json()
    assert told["here"][0]["text"] == f"{ben.user}, reading since 12:00"
    assert told["saved"]["text"] == f"{ben.user} saved revision 2 at 12:00. Your next save joins both."
    address = f"/admin/articles/article/{article.pk}/history/compare/?before=1&after=2"
    assert told["saved"]["compare"] == address
    assert ada.get(address).status_code == 200
    assert "text from before" in beat(ada, article, **known).json()["saved"]["text"]
    ben.press("mark_ready", article)
    told = beat(ada, article, **known).json()
    assert told["deed"] == f"{ben.user} marked it as ready at 12:00."
    assert not told["here"][0]["may_take_over"]
    beat(ben, article, **known, leaving="1")
    assert beat(ada, article, **known).json()["here"] == []


def test_taking_over_from_the_form_saves_what_its_person_typed_too_and_it_can_be_taken_back(
    newsroom: Newsroom,
) -> None:
    ada, ben = newsroom.desk(Role.WRITER), newsroom.desk(Role.EDITOR)
    article = ArticleFactory(created_by=ada.user, body=BODY)
    kept(article)
    article.refresh_from_db()
    hers, his = ada.form_of(article), ben.form_of(article)
    for desk in (ada, ben):
        beat(desk, article, writing="1")
    typed(article, ada.user, body="<p>One.</p><p>Two.</p><p>Three, by Ada.</p>")
    answers = {"take_over-person": ada.user.pk, "body": "<p>One, by Ben.</p><p>Two.</p><p>Three.</p>"}
    response = ben.post(verb_path(article, "take_over"), his | answers)
    assert "You have taken it over" in said(response)
    article.refresh_from_db()
    assert article.body == "<p>One, by Ben.</p><p>Two.</p><p>Three, by Ada.</p>"
    newsroom.at += 10 * SECOND
    taken = beat(ada, article, version=hers["version"], revision=hers["revision"]).json()["taken"]
    assert taken["by"] == ben.user.pk
    assert taken["text"] == f"{ben.user} took over at 12:00. What you had typed is revision 3."
    assert taken["compare"].endswith("/history/compare/?after=3")
    # She takes it back with a word more, which is joined as her words after those that were taken over.
    more = {"body": "<p>One.</p><p>Two.</p><p>Three, by Ada, and more.</p>", "revision": taken["base"]}
    back = ada.post(verb_path(article, "take_over"), hers | more | {"take_over-person": ben.user.pk, "seen": "0"})
    assert "You have taken it over" in said(back)
    article.refresh_from_db()
    assert article.body == "<p>One, by Ben.</p><p>Two.</p><p>Three, by Ada, and more.</p>"
    newsroom.at += SECOND
    assert beat(ada, article).json()["taken"] is None
    assert beat(ben, article).json()["taken"]["by"] == ada.user.pk


def test_who_writes_on_after_a_take_over_loses_nothing(newsroom: Newsroom) -> None:
    ada, ben = newsroom.desk(Role.WRITER), newsroom.desk(Role.EDITOR)
    article = ArticleFactory(created_by=ada.user, body=BODY)
    kept(article)
    hers = ada.form_of(article)
    beat(ada, article, writing="1")
    ben.post(verb_path(article, "take_over"), ben.form_of(article) | {"take_over-person": ada.user.pk})
    response = ada.post(f"/admin/articles/article/{article.pk}/change/", hers | {"kicker": "Still typing"})
    assert response.status_code == 302
    article.refresh_from_db()
    assert article.kicker == "Still typing"


@pytest.mark.parametrize("person", ["", "x", "0", "987654321", "99999999999999999999"])
def test_a_take_over_from_nobody_is_refused(newsroom: Newsroom, person: str) -> None:
    ben, article = newsroom.desk(Role.EDITOR), ArticleFactory()
    kept(article)
    response = ben.press("take_over", article, person=person)
    assert response.status_code == 302
    assert "You have taken it over" not in said(response)
    assert not Event.objects.exists()


def test_a_sign_of_life_is_answered_for_those_who_may_see_the_story_and_for_nobody_else(newsroom: Newsroom) -> None:
    owner = newsroom.desk(Role.WRITER)
    article = ArticleFactory(created_by=owner.user)
    kept(article)
    path = f"/admin/articles/article/{article.pk}/presence/"
    for desk in (owner, newsroom.desk(Role.EDITOR), newsroom.desk(Role.MANAGING_EDITOR)):
        assert desk.post(path).status_code == 200
    foreign, nobody = newsroom.desk(Role.WRITER), Desk(UserFactory())
    for desk in (foreign, nobody):
        refused, absent = desk.post(path), desk.post("/admin/articles/article/987654321/presence/")
        assert refused.status_code == absent.status_code == 404
        assert refused.content == absent.content
    assert not Presence.objects.filter(person__in=[foreign.user, nobody.user]).exists()
    owner.client.logout()
    assert owner.post(path).headers["Location"].startswith("/admin/login/")
    assert foreign.get(path).status_code == 405


def test_a_sign_of_life_costs_three_queries_beside_those_of_every_page(newsroom: Newsroom) -> None:
    article, people = ArticleFactory(), [newsroom.desk(Role.EDITOR) for _ in range(5)]
    kept(article)
    for desk in people:
        beat(desk, article)
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        beat(people[0], article, version=article.lock_version, seen="0")
    own = [each["sql"] for each in captured.captured_queries if "articles_" in each["sql"]]
    assert len(own) == 3, own
    assert len(captured) <= 7
