"""Copy becomes a story: what is made, what is found, and that it is all or nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from articles.importers import Copy, CopyError, RelatedCopy, read_pasted
from articles.importers.story import take_in, with_headline
from articles.models import Article, Edition, Event, Revision
from articles.permissions import Role
from articles.refusals import Incomplete, NotAllowed, Refused
from articles.state import State, state_of
from authors.models import Author, User
from authors.naming import author_named
from tests.factories import (
    HOUR,
    NOON,
    ArticleFactory,
    AuthorFactory,
    SectionFactory,
    UserFactory,
    kept,
    managing_editor,
    published,
)

pytestmark = pytest.mark.django_db

AVERLAND = Path(__file__).parents[2] / "data" / "copy" / "averland.txt"


def averland() -> Copy:
    """The analysis piece."""
    return read_pasted(AVERLAND.read_text(encoding="utf-8"))


def editor() -> User:
    """A new editor."""
    return UserFactory(role=Role.EDITOR)


def test_copy_becomes_a_draft_with_byline_and_related_drafts() -> None:
    section, by = SectionFactory(), editor()
    report = take_in(averland(), section=section, by=by, at=NOON)
    story = Article.objects.get(pk=report.article.pk)

    assert (story.headline, story.section, story.created_by, story.stage) == (
        "What the Kelder tariffs would cost Averland", section, by, "draft",
    )  # fmt: skip
    assert (story.created_at, story.saved_at) == (NOON, NOON)
    assert [(each.author.name, each.author.user, each.role) for each in story.bylines.all()] == [
        ("Maren Oakley", None, "by")
    ]
    picks = [pick.related for pick in story.related_picks.all()]
    assert [pick.headline for pick in picks] == [each.headline for each in averland().typeset().related]
    assert picks[1].headline.startswith("Port Sorrel’s")  # typed with a straight mark
    assert picks[2].body == "<p>The treaty was written for coal and signed in a railway carriage</p>"
    assert {pick.section for pick in picks} == {section}
    assert all(pick.head_revision is not None for pick in picks)
    assert story.head_revision is not None
    assert story.head_revision.content["related"] == [pick.pk for pick in picks]
    assert not Edition.objects.exists()
    assert report.outcome(at=NOON) == "“What the Kelder tariffs would cost Averland” was taken in as a draft."
    assert report.warnings == []
    assert "Maren Oakley (new, without a login)" in report.notices()[0]
    assert "kept as drafts" in report.notices()[1]


def test_authors_are_matched_without_regard_to_case_and_made_once() -> None:
    known = AuthorFactory(name="Maren Oakley")
    with_login = AuthorFactory(name="maren oakley", user=UserFactory())

    assert author_named("MAREN  oakley") == (with_login, False)
    with_login.delete()
    assert author_named("Maren Oakley") == (known, False)
    assert author_named("Tom Reed")[1] is True
    assert author_named("tom reed")[1] is False


def test_a_new_author_gets_an_address_that_nobody_has_or_had() -> None:
    other = AuthorFactory(name="T. Reed", slug="tom-reed")
    other.slug = "t-reed"
    other.save()
    AuthorFactory(name="Somebody", slug="tom-reed-2")

    assert author_named("Tom Reed")[0].slug == "tom-reed-3"


def test_two_names_of_one_author_sign_once() -> None:
    AuthorFactory(name="Maren Oakley")
    copy = Copy("Headline", body="<p>x</p>", bylines=["Maren Oakley", "Tom Reed", "MAREN OAKLEY"])
    report = take_in(copy, section=SectionFactory(), by=editor(), at=NOON)

    assert [each.author.name for each in report.article.bylines.all()] == ["Maren Oakley", "Tom Reed"]


@pytest.mark.parametrize(
    "written",
    ["Farmers’ “early” lamb — and hay", 'FARMERS\' "EARLY" LAMB - AND HAY', "Farmers' ‘early’  lamb – and hay"],
)
def test_headlines_are_the_same_in_any_case_and_with_any_quotation_marks(written: str) -> None:
    story = ArticleFactory(headline="Farmers’ “early” lamb – and hay")
    ArticleFactory(headline="Farmers’ early lamb and hay")
    found = set(with_headline(written))

    assert found == ({story} if "‘" not in written else set())


def test_related_stories_that_exist_are_linked_and_a_live_one_first() -> None:
    live = published(headline="Farmers ask for an early lamb season").article
    ArticleFactory(headline="Farmers ask for an early lamb season")
    binned = ArticleFactory(headline="Kelder names new chief negotiator", binned_at=NOON)
    report = take_in(averland(), section=SectionFactory(), by=editor(), at=NOON)

    assert report.linked == [live]
    assert len(report.drafted) == 5
    assert binned not in [pick.related for pick in report.article.related_picks.all()]
    assert [pick.position for pick in report.article.related_picks.all()] == list(range(6))
    assert "“Farmers ask for an early lamb season”" in report.notices()[1]


def test_taking_the_same_copy_in_twice_links_its_related_stories_and_says_so() -> None:
    section, by = SectionFactory(), editor()
    first = take_in(averland(), section=section, by=by, at=NOON)
    second = take_in(averland(), section=section, by=by, at=NOON)

    assert second.linked == first.drafted
    assert second.drafted == []
    assert second.warnings == ["A story with this headline was there already; this is another one."]


def test_a_story_is_not_related_to_itself_or_twice_to_another() -> None:
    story = ArticleFactory(headline="Harbour reopens")
    related = [RelatedCopy("headline"), RelatedCopy("Harbour reopens"), RelatedCopy("harbour reopens")]
    copy = Copy("Headline", body="<p>x</p>", related=related)
    report = take_in(copy, section=SectionFactory(), by=editor(), at=NOON)

    assert [pick.related for pick in report.article.related_picks.all()] == [story]
    assert report.warnings == ["The copy names itself as a related story; that was left out."]


def test_a_teaser_is_text_whatever_is_in_it() -> None:
    copy = Copy("Headline", body="<p>x</p>", related=[RelatedCopy("Other", "<script>alert(1)</script> & more")])
    report = take_in(copy, section=SectionFactory(), by=editor(), at=NOON)

    assert report.drafted[0].body == "<p>&lt;script&gt;alert(1)&lt;/script&gt; &amp; more</p>"


def test_what_was_not_placed_is_reported() -> None:
    copy = Copy("Headline", body="<p>x</p>", unplaced=["3 February"], notes=["A picture was left out."])
    report = take_in(copy, section=SectionFactory(), by=editor(), at=NOON)

    assert report.warnings == ["Kept in the body, as it fitted nowhere: “3 February”", "A picture was left out."]


def test_it_is_published_at_once_where_that_is_asked_for() -> None:
    report = take_in(averland(), section=SectionFactory(), by=editor(), at=NOON, publish_at=NOON)

    assert state_of(report.article, at=NOON) == State.LIVE
    assert report.outcome(at=NOON).endswith("is live.")
    assert Edition.objects.count() == 1, "related stories stay drafts"
    assert len(Edition.objects.get().teaser) <= 120


def test_it_is_scheduled_where_that_is_asked_for() -> None:
    report = take_in(averland(), section=SectionFactory(), by=editor(), at=NOON, publish_at=NOON + HOUR)

    assert state_of(report.article, at=NOON) == State.SCHEDULED
    assert report.outcome(at=NOON).endswith("is scheduled for today 13:00 GMT.")


@pytest.mark.parametrize(
    ("copy", "publish_at", "refusal"),
    [
        (Copy("", body="<p>x</p>"), None, CopyError),
        (Copy("Headline", bylines=["Tom Reed"], related=[RelatedCopy("Other")]), NOON, Incomplete),
        (Copy("Headline", body="<p>x</p>", related=[RelatedCopy("Other")]), NOON, Incomplete),
        (Copy("Headline", body="<p>x</p>", bylines=["Tom Reed"]), NOON - HOUR, Refused),
        (Copy("Headline", body="<div>" * 500, bylines=["Tom Reed"]), None, CopyError),
    ],
)
def test_a_refusal_leaves_nothing_behind(copy: Copy, publish_at: object, refusal: type[Exception]) -> None:
    by, section = editor(), SectionFactory()
    with pytest.raises(refusal):
        take_in(copy, section=section, by=by, at=NOON, publish_at=publish_at)  # type: ignore[arg-type]

    for model in (Article, Author, Revision, Event):
        assert not model.objects.exists()


def test_a_person_without_a_role_takes_nothing_in() -> None:
    for by in (UserFactory(), UserFactory(role=Role.EDITOR, is_active=False)):
        with pytest.raises(NotAllowed):
            take_in(averland(), section=SectionFactory(), by=by, at=NOON)


def test_a_writer_publishes_nothing() -> None:
    by = UserFactory(role=Role.WRITER)
    AuthorFactory(user=by)
    with pytest.raises(NotAllowed):
        take_in(averland(), section=SectionFactory(), by=by, at=NOON, publish_at=NOON)

    assert not Article.objects.exists()


def test_a_writer_signs_only_for_themselves_and_links_nothing() -> None:
    by = UserFactory(role=Role.WRITER)
    own = AuthorFactory(name="Ada Lunt", user=by)
    secret = kept(ArticleFactory(headline="Farmers ask for an early lamb season"), by=managing_editor()).article
    report = take_in(averland(), section=SectionFactory(), by=by, at=NOON)

    assert [each.author for each in report.article.bylines.all()] == [own]
    assert not report.article.related_picks.exists()
    assert set(Article.objects.all()) == {secret, report.article}
    assert not Author.objects.filter(name="Maren Oakley").exists()
    assert report.article.body.endswith(
        "<p><strong>Kelder names new chief negotiator</strong><br>Tobias Renn is known in Averland for the cement "
        "deal, and for having walked out of two meetings before it</p>"
    )
    assert report.warnings == [
        "Bylines are an editor’s to set; this copy names Maren Oakley.",
        "Related stories are an editor’s to link; those of this copy stand below its text.",
    ]


def test_a_writer_named_in_the_copy_is_not_reported() -> None:
    by = UserFactory(role=Role.WRITER)
    own = AuthorFactory(name="MAREN Oakley", user=by)
    report = take_in(
        Copy("Headline", body="<p>x</p>", bylines=["Maren Oakley"]), section=SectionFactory(), by=by, at=NOON
    )

    assert report.authors == [(own, False)]
    assert report.warnings == []
