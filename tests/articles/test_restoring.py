"""Restoring: an earlier text comes back as a new revision, as far as the person may change it. Nothing is lost."""

from __future__ import annotations

from typing import Any

import pytest

from articles import content as contents
from articles import permissions, publishing, workflow
from articles.admin.article_form import EDITORS_FIELDS, ArticleForm
from articles.models import Article, Buffer, Event, Revision, Stage
from articles.permissions import Role
from articles.refusals import NotAllowed, Refused, Stale
from authors.models import User
from tests.factories import (
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
    readers_see,
    revised,
)

pytestmark = pytest.mark.django_db


def _rewritten(**attributes: Any) -> tuple[Article, Revision, Revision]:
    """A story with two revisions that differ in everything."""
    article = ArticleFactory(
        headline="First", body="<h2>Why</h2><p>First.</p>", tag_names=["One"], lead_photo=photo(), **attributes
    )
    first = kept(article)
    article.tags.set(["Two"])
    article.bylines.all().delete()
    article.bylines.create(author=AuthorFactory(), role="photographs")
    article.related_picks.create(related=ArticleFactory())
    second = revised(article, at=NOON, headline="Second", body="<p>Second.</p>", lead_photo=None)
    article.refresh_from_db()
    return article, first, second


def _says(article: Article) -> dict[str, Any]:
    fresh = Article.objects.get(pk=article.pk)
    return contents.snapshot(fresh) | {"body": fresh.body}


def _restore(article: Article, revision: Revision, *, by: User | None = None, **options: Any) -> Revision:
    return workflow.restore(
        article,
        revision=revision,
        by=by or managing_editor(),
        at=NOON + MINUTE,
        **{"over": article.head_revision, **options},
    )


def test_an_earlier_text_comes_back_as_a_new_revision_and_nothing_is_lost() -> None:
    article, first, second = _rewritten()
    version = article.lock_version
    third = _restore(article, first)
    assert (third.number, third.digest, third.note) == (3, first.digest, "Restored from revision 1")
    assert _says(article) == first.content | {"body": "<h2>Why</h2><p>First.</p>"}
    stored = Article.objects.get(pk=article.pk)
    assert stored.head_revision == third
    assert stored.lock_version > version, "a form that was opened before must not save over it unseen"
    assert stored.saved_at == NOON + MINUTE
    assert list(article.revisions.values_list("digest", flat=True)) == [first.digest, second.digest, first.digest]
    event = Event.objects.get(article=article, verb="restore")
    assert (event.at, event.from_state) == (NOON + MINUTE, "draft")
    assert (event.details["restored"], event.details["revision"]) == (1, 3)


def test_readers_see_nothing_of_it_until_it_is_published() -> None:
    edition = published(headline="First")
    article = edition.article
    first = article.head_revision
    second = revised(article, at=NOON, headline="Second")
    publishing.publish(article, revision=second, by=managing_editor(), at=NOON)
    assert first is not None
    _restore(article, first)
    assert readers_see(article, at=NOON + HOUR) == "Second"
    assert Article.objects.get(pk=article.pk).has_unpinned_changes


@pytest.mark.parametrize("parts", [["headline"], ["body", "tags"], ["lead_photo", "lead_photo_caption"]])
def test_only_what_is_chosen_comes_back(parts: list[str]) -> None:
    article, first, second = _rewritten()
    third = _restore(article, first, parts=parts)
    said = _says(article)
    for name, was in second.content.items():
        assert said[name] == (first.content[name] if name in parts else was), name
    assert third.note.startswith("Restored from revision 1: ")


def test_a_note_that_names_many_parts_fits() -> None:
    article, first, _ = _rewritten()
    assert len(_restore(article, first, parts=[*permissions.EDITORS_PARTS, *first.content][:-1]).note) <= 200


def test_what_nobody_had_kept_is_kept_before_it_is_replaced() -> None:
    article, first, _ = _rewritten()
    Article.objects.filter(pk=article.pk).update(standfirst="Written by a script")
    article.refresh_from_db()
    assert _restore(article, first).number == 4
    assert article.revisions.get(number=3).content["standfirst"] == "Written by a script"


def test_a_writer_restores_the_words_and_not_what_is_an_editors_to_change() -> None:
    writer = UserFactory(role=Role.WRITER)
    article, first, second = _rewritten(created_by=writer)
    moved = revised(article, at=NOON, section=SectionFactory())
    article.refresh_from_db()
    third = _restore(article, first, by=writer)
    said = _says(article)
    assert (said["headline"], said["body"]) == ("First", "<h2>Why</h2><p>First.</p>")
    for name in ("bylines", "tags", "related"):
        assert said[name] == second.content[name]
    assert said["section"] == moved.content["section"]
    assert third.note == "Restored from revision 1"
    with pytest.raises(NotAllowed, match="an editor"):
        _restore(article, first, by=writer, parts=["tags", "section"])


def test_the_rule_of_restoring_is_the_rule_of_the_form() -> None:
    writer = UserFactory(role=Role.WRITER)
    names = {"bylines": "bylines", "tag_names": "tags", "related": "related", "section": "section"}
    for section in (None, SectionFactory()):
        article = ArticleFactory(created_by=writer, section=section)
        form_class = type("Form", (ArticleForm,), {"person": writer, "at": NOON})
        locked = {
            names[name]
            for name, field in form_class(instance=article).fields.items()
            if name in names and field.disabled
        }
        assert locked == permissions.closed_parts(writer, article)
    assert {names[name] for name in EDITORS_FIELDS if name in names} == permissions.EDITORS_PARTS
    assert permissions.closed_parts(UserFactory(role=Role.EDITOR), article) == frozenset()


@pytest.mark.parametrize("case", ["foreign", "ready", "binned", "inactive"])
def test_who_may_not_edit_the_story_restores_nothing(case: str) -> None:
    writer = UserFactory(role=Role.WRITER)
    article, first, _ = _rewritten(created_by=UserFactory() if case == "foreign" else writer)
    if case == "ready":
        Article.objects.filter(pk=article.pk).update(stage=Stage.READY)
    elif case == "binned":
        Article.objects.filter(pk=article.pk).update(binned_at=NOON)
    elif case == "inactive":
        writer.is_active = False
    before = _says(article)
    with pytest.raises(Refused if case == "binned" else NotAllowed):
        _restore(article, first, by=writer)
    assert _says(article) == before
    assert article.revisions.count() == 2


def test_who_has_not_seen_the_newest_text_is_told_so() -> None:
    article, first, second = _rewritten()
    revised(article, at=NOON, headline="Third")
    with pytest.raises(Stale, match="saved again"):
        _restore(article, first, over=second)
    assert _says(article)["headline"] == "Third"


def test_what_would_change_nothing_is_refused() -> None:
    article, first, _ = _rewritten()
    article.tags.set(["One"])
    with pytest.raises(Refused, match="says this already"):
        _restore(article, first, parts=["kicker"])
    assert not Event.objects.filter(verb="restore").exists()
    assert article.revisions.count() == 2, "nor is anything kept"


def test_a_revision_of_another_story_is_refused() -> None:
    article, _, _ = _rewritten()
    with pytest.raises(Refused, match="another story"):
        _restore(article, kept(ArticleFactory()))


def test_a_text_that_may_not_be_stored_any_more_is_refused_in_words() -> None:
    article, first, _ = _rewritten()
    old = Revision.objects.create(
        article=article,
        number=9,
        content=first.content,
        body="<div>" * 200 + "Deep",
        digest="x",
        created_at=NOON,
        created_by=managing_editor(),
    )
    before = _says(article)
    with pytest.raises(Refused, match="nested"):
        _restore(article, old)
    assert _says(article) == before


def test_words_that_somebody_has_not_saved_stay_theirs() -> None:
    article, first, second = _rewritten()
    buffer = Buffer.objects.create(
        person=UserFactory(), article=article, base_revision=second, fields={"headline": "Typing"}, saved_at=NOON
    )
    _restore(article, first)
    buffer.refresh_from_db()
    assert (buffer.fields, buffer.base_revision) == ({"headline": "Typing"}, second)


def test_words_that_were_set_aside_can_be_brought_back() -> None:
    article, _, second = _rewritten()
    aside = publishing.set_aside(
        article,
        {**second.content, "headline": "What lost"},  # type: ignore[typeddict-item]
        "<p>Lost words.</p>",
        base=second,
        by=managing_editor(),
        at=NOON,
        note="Not chosen",
    )
    article.refresh_from_db()
    kept_now = _restore(article, aside)
    assert _says(article)["headline"] == "What lost"
    assert kept_now.aside_of is None
