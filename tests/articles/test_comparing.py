"""Two versions compared: every field that readers could see, in words, and no headline that the person may not know."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext

from articles.comparing import LABELS, Comparison, Version, compare
from articles.content import Content
from articles.models import Revision
from articles.permissions import Role
from articles.working_copy import PARTS
from authors.models import User
from newsroom.differences import Op
from newsroom.richtext.comparing import Fate
from tests.factories import (
    HOUR,
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
)

pytestmark = pytest.mark.django_db


def _compared(before: Revision, after: Revision, *, person: User | None = None) -> Comparison:
    versions = (Version.of_revision(before), Version.of_revision(after))
    return compare(*versions, person=person or managing_editor(), at=NOON)


def _told(comparison: Comparison) -> dict[str, Any]:
    """Each change in short."""
    told: dict[str, Any] = {}
    for change in comparison.changes:
        match change.kind:
            case "text":
                signs = {Op.SAME: "{}", Op.REMOVED: "[-{}-]", Op.ADDED: "{{+{}+}}"}
                told[change.name] = "".join(signs[piece.op].format(piece.text) for piece in change.pieces)
            case "list":
                told[change.name] = [(entry.text, entry.fate.value) for entry in change.entries]
            case "body":
                told[change.name] = [row.fate.value for part in change.parts for row in part.rows]
            case _:
                told[change.name] = (change.before, change.after)
    return told


def test_every_part_of_a_story_has_a_label_and_is_compared() -> None:
    assert set(LABELS) == {*Content.__annotations__, "body"} == set(PARTS)


def test_texts_are_told_word_by_word_and_only_those_that_changed() -> None:
    article = ArticleFactory(headline="Port raises tariffs", kicker="Trade")
    before = kept(article)
    after = revised(article, at=NOON, headline="Port lowers tariffs", seo_title="Tariffs")
    assert _told(_compared(before, after)) == {
        "headline": "Port [-raises-]{+lowers+} tariffs",
        "seo_title": "{+Tariffs+}",
    }


def test_versions_that_say_the_same_differ_in_nothing() -> None:
    article = ArticleFactory(body="<h2>One</h2><p>x</p>", standfirst="One\nTwo", tag_names=["A"])
    revision = kept(article)
    typed = Version.of_content({**revision.content, "standfirst": "One\r\nTwo"}, article.body)  # type: ignore[typeddict-item]
    comparison = compare(Version.of_revision(revision), typed, person=managing_editor(), at=NOON)
    assert comparison.is_same
    assert "Nothing that readers could see differs" in render_to_string(
        "admin/articles/article/_comparison.html", {"comparison": comparison}
    )


def test_bylines_tags_and_related_stories_are_told_by_name_with_what_moved() -> None:
    ada, ben, cy = (AuthorFactory(name=name) for name in ("Ada Kilbride", "Ben Orton", "Cy Marsh"))
    one, two = ArticleFactory(headline="One"), ArticleFactory(headline="Two")
    article = ArticleFactory(bylines=[ada, ben], tag_names=["Rail", "Ports"], related=[one])
    before = kept(article)
    article.bylines.all().delete()
    for place, (author, role) in enumerate([(ben, "by"), (ada, "photographs"), (cy, "by")]):
        article.bylines.create(author=author, role=role, position=place)
    article.tags.set(["Ports", "Salt"])
    article.related_picks.create(related=two, position=1)
    told = _told(_compared(before, revised(article, at=NOON)))
    assert told == {
        "bylines": [
            ("By Ada Kilbride", "removed"),
            ("By Ben Orton", "same"),
            ("Photographs by Ada Kilbride", "added"),
            ("By Cy Marsh", "added"),
        ],
        "tags": [("Ports", "same"), ("Rail", "removed"), ("Salt", "added")],
        "related": [("One", "same"), ("Two", "added")],
    }


def test_another_order_is_told_as_moved() -> None:
    stories = [ArticleFactory(headline=name) for name in ("One", "Two", "Three")]
    article = ArticleFactory(related=stories)
    before = kept(article)
    article.related_picks.filter(related=stories[0]).update(position=9)
    told = _told(_compared(before, revised(article, at=NOON)))
    assert told == {"related": [("Two", "same"), ("Three", "same"), ("One", "moved_here")]}


def test_section_kind_and_picture_are_told_by_name() -> None:
    world, trade = SectionFactory(name="World"), SectionFactory(name="Trade")
    SectionFactory(name="Ports", parent=trade, slug="ports")
    old, new = (
        photo(title="The quay", caption="A quay"),
        photo(title="The bell", alt_text="A bell", is_decorative=False),
    )
    article = ArticleFactory(section=world, lead_photo=old)
    before = kept(article)
    after = revised(
        article, at=NOON, section=trade.children.get(), kind="opinion", lead_photo=new, lead_photo_caption="Here"
    )
    told = _told(_compared(before, after))
    assert told["section"] == ("World", "Trade › Ports")
    assert told["kind"] == ("News", "Opinion")
    was, now = told["lead_photo"]
    assert (was.title, was.caption) == ("The quay", "A quay")
    assert (now.title, now.caption, now.alt) == ("The bell", "Here", "A bell")
    assert now.image.endswith(("640.jpg", "640.webp"))


def test_a_long_body_shows_what_changed_and_folds_the_rest() -> None:
    lines = [f"<p>Paragraph {number} of many.</p>" for number in range(20)]
    article = ArticleFactory(body="".join(lines))
    before = kept(article)
    changed = [*lines[:10], "<p>Paragraph 10 of a few.</p>", *lines[11:]]
    (change,) = _compared(before, revised(article, at=NOON, body="".join(changed))).changes
    assert [(part.is_folded, len(part.rows)) for part in change.parts] == [
        (True, 9), (False, 1), (False, 1), (False, 1), (True, 8)
    ]  # fmt: skip


def test_pictures_in_a_body_are_shown_by_name() -> None:
    picture = photo(title="The <quay>")
    article = ArticleFactory(body="<p>x</p>")
    before = kept(article)
    body = f'<p>x</p><figure data-photo="{picture.pk}"></figure><figure data-photo="987654"></figure>'
    (change,) = _compared(before, revised(article, at=NOON, body=body)).changes
    shown = [row for part in change.parts for row in part.rows if row.fate == Fate.ADDED]
    assert "Picture: The &lt;quay&gt;" in shown[0].both
    assert shown[1].both == "<p>A picture that is gone</p>"


def test_the_names_are_found_in_few_queries_however_many_changed() -> None:
    costs = []
    for count in (2, 12):
        article = ArticleFactory(body="<p>x</p>")
        before = kept(article)
        for place in range(count):
            article.bylines.create(author=AuthorFactory(), position=place + 1)
            article.related_picks.create(related=ArticleFactory(), position=place)
        article.tags.add(*(f"Tag {number} of {count}" for number in range(count)))
        figures = "".join(f'<figure data-photo="{photo().pk}"></figure>' for _ in range(count))
        links = "".join(f'<a data-article="{published().article.pk}">link</a>' for _ in range(count))
        after = revised(article, at=NOON, body=f"<p>{links}</p>{figures}", lead_photo=photo(), section=SectionFactory())
        writer = UserFactory(role=Role.WRITER)
        writer.get_all_permissions()
        with CaptureQueriesContext(connection) as captured:
            _compared(before, after, person=writer)
        costs.append(len(captured))
    assert costs[0] == costs[1] <= 7


def test_headlines_that_a_writer_may_not_know_are_left_out() -> None:
    writer = UserFactory(role=Role.WRITER)
    own = ArticleFactory(headline="Mine", created_by=writer)
    secret = ArticleFactory(headline="A secret of somebody else")
    live = published(headline="What readers see").article
    revised(live, at=NOON - HOUR / 2, headline="A secret rewording")
    article = ArticleFactory(created_by=writer, body="<p>the words</p>")
    before = kept(article)
    for place, story in enumerate((own, secret, live)):
        article.related_picks.create(related=story, position=place)
    after = revised(article, at=NOON, body=f'<p>the <a data-article="{secret.pk}">words</a></p>')
    comparison = _compared(before, after, person=writer)
    assert _told(comparison)["related"] == [
        ("Mine", "added"),
        ("A story that is not public yet", "added"),
        ("What readers see", "added"),
    ]
    page = render_to_string("admin/articles/article/_comparison.html", {"comparison": comparison})
    assert "now a link to “A story that is not public yet”" in page
    assert "secret" not in page


@pytest.mark.parametrize("beside", [True, False])
def test_what_changed_is_said_in_words_and_nothing_typed_is_markup(beside: bool) -> None:
    article = ArticleFactory(headline="<b>Old</b>", tag_names=["<i>"], body="<p>Old</p>")
    before = kept(article)
    article.tags.set(["<u>"])
    after = revised(
        article, at=NOON, headline="<script>alert(1)</script>", body="<p>New</p>", kind="opinion", lead_photo=photo()
    )
    page = render_to_string(
        "admin/articles/article/_comparison.html", {"comparison": _compared(before, after), "beside": beside}
    )
    for element in ("<b>", "<i>", "<u>", "<script", "style="):
        assert element not in page
    assert page.count('<ins><span class="desk-hidden">added: </span>') >= 4
    assert page.count('<del><span class="desk-hidden">removed: </span>') >= 4


def test_only_some_fields_are_compared_where_no_more_is_asked_or_there() -> None:
    one, other = {"headline": "A", "kicker": "B", "body": "<p>x</p>"}, {"headline": "C", "body": "<p>y</p>"}
    versions = Version.of_fields(one), Version.of_fields(other)
    person = managing_editor()
    assert compare(*versions, person=person, at=NOON).names == ["headline", "body"]
    assert compare(*versions, person=person, at=NOON, only={"body"}).names == ["body"]


def test_what_was_typed_and_cannot_be_saved_is_compared_all_the_same() -> None:
    before = kept(ArticleFactory(body="<p>One</p>", tag_names=["Rail"]))
    typed = Version.of_content(
        {**before.content, "kind": "no such kind", "lead_photo": None},  # type: ignore[typeddict-item]
        "<div>" * 400 + "One two",
        new_tags=["Salt"],
    )
    told = _told(compare(Version.of_revision(before), typed, person=managing_editor(), at=NOON))
    assert told == {
        "kind": ("News", "no such kind"),
        "tags": [("Rail", "same"), ("Salt", "added")],
        "body": "One {+two+}",
    }
