"""Two people in one story: what they change joins, or they choose; nothing that either typed is ever lost."""

from __future__ import annotations

import pytest

from articles import publishing, workflow
from articles.models import Article, Edition
from articles.permissions import Role
from tests.articles.admin.conftest import Newsroom
from tests.articles.admin.late_saves import again, change, story_of_three_paragraphs, texts
from tests.desk import Desk, said, verb_path
from tests.factories import MINUTE, NOON, ArticleFactory, AuthorFactory, SectionFactory, UserFactory, kept, published


@pytest.fixture
def ada(newsroom: Newsroom) -> Desk:
    """An editor."""
    return newsroom.desk(Role.EDITOR)


@pytest.fixture
def ben(newsroom: Newsroom) -> Desk:
    """Another one."""
    return newsroom.desk(Role.EDITOR)


@pytest.fixture
def article(db: None) -> Article:
    """A story that both have open."""
    return story_of_three_paragraphs()


def test_different_fields_join_without_being_asked_and_it_is_said(ada: Desk, ben: Desk, article: Article) -> None:
    data, author = ben.form_of(article), AuthorFactory()
    ada.save(article, **{"bylines": [f"{author.pk}:by"], "bylines-shown": "1"})
    response = ben.post(change(article), data | {"body": "<p>One.</p><p>Two, rewritten.</p><p>Three.</p>"})
    assert response.status_code == 302
    assert said(response) == f"{ada.user} saved the byline at 12:00. Your text and theirs are both in revision 3."
    article.refresh_from_db()
    assert list(article.authors.all()) == [author]
    assert article.body == "<p>One.</p><p>Two, rewritten.</p><p>Three.</p>"
    assert article.head_revision is not None
    assert article.head_revision.content["bylines"] == [[author.pk, "by"]]
    assert article.head_revision.body == article.body


def test_different_paragraphs_join_too(ada: Desk, ben: Desk, article: Article) -> None:
    data = ben.form_of(article)
    ada.save(article, body="<p>One, by Ada.</p><p>Two.</p><p>Three.</p>")
    ben.post(change(article), data | {"body": "<p>One.</p><p>Two, by Ben.</p><p>Three.</p><p>Four.</p>"})
    article.refresh_from_db()
    assert article.body == "<p>One, by Ada.</p><p>Two, by Ben.</p><p>Three.</p><p>Four.</p>"


def test_slug_and_assignee_which_no_revision_has_join_too(ada: Desk, ben: Desk, article: Article) -> None:
    data, desk_chief = ben.form_of(article), UserFactory(role=Role.EDITOR)
    ada.save(article, assignee=desk_chief.pk, slug="by-ada")
    assert ben.post(change(article), data | {"kicker": "Trade"}).status_code == 302
    article.refresh_from_db()
    assert (article.assignee, article.slug, article.kicker) == (desk_chief, "by-ada", "Trade")
    clash = ben.post(change(article), data | {"slug": "by-ben"})
    assert list(clash.context["late"].choices) == ["slug"]
    ben.post(change(article), again(clash, **{"choose-slug": "theirs"}))
    article.refresh_from_db()
    assert article.slug == "by-ada"


def test_a_save_does_not_take_back_that_the_story_was_handed_over_meanwhile(
    ada: Desk, ben: Desk, article: Article
) -> None:
    data, colleague = ben.form_of(article), UserFactory(role=Role.WRITER)
    workflow.assign(article, to=colleague, by=ada.user, at=NOON - MINUTE)
    response = ben.post(change(article), data | {"kicker": "Trade"})
    assert said(response) == "Saved as revision 2."
    article.refresh_from_db()
    assert (article.assignee, article.kicker) == (colleague, "Trade")


@pytest.mark.parametrize(
    ("choice", "headline", "body"),
    [
        ("theirs", "Ada’s", "<p>One, by Ben.</p><p>Two, by Ada.</p><p>Three.</p>"),
        ("mine", "Ben’s", "<p>One, by Ben.</p><p>Two, by Ben.</p><p>Three.</p>"),
        ("both", "Theirs together", "<p>One.</p><p>Two, by both.</p>"),
    ],
)
def test_the_same_field_brings_both_texts_back_and_the_person_chooses(
    ada: Desk, ben: Desk, article: Article, choice: str, headline: str, body: str
) -> None:
    data = ben.form_of(article)
    ada.save(article, headline="Ada’s", body="<p>One.</p><p>Two, by Ada.</p><p>Three.</p>", kicker="Trade")
    typed = {"headline": "Ben’s", "body": "<p>One, by Ben.</p><p>Two, by Ben.</p><p>Three.</p>", "note": "Ben’s note"}
    asked = ben.post(change(article), data | typed)
    page = asked.content.decode()
    assert "Nothing is overwritten: what you typed is kept as revision 3" in page
    assert "<mark>Ben’s</mark>" in page
    assert "<mark>Ada’s</mark>" in page
    article.refresh_from_db()
    assert article.headline == "Ada’s"
    aside = article.revisions.get(number=3)
    assert (aside.content["headline"], aside.body) == ("Ben’s", typed["body"])
    assert aside.aside_of == article.revisions.get(number=1)
    assert article.head_revision == article.revisions.get(number=2)
    assert set(asked.context["late"].choices) == {"headline", "body"}
    assert asked.context["adminform"].form["kicker"].value() == "Trade"
    assert asked.context["adminform"].form["note"].value() == "Ben’s note"

    chosen = {"choose-headline": choice, "choose-body": choice}
    if choice == "both":
        chosen |= {"headline": headline, "body": body}
    done = ben.post(change(article), again(asked, **chosen))
    assert done.status_code == 302, done.context["errors"]
    assert "What was not chosen stays in the history" in said(done)
    article.refresh_from_db()
    assert (article.headline, article.body, article.kicker) == (headline, body, "Trade")
    assert article.head_revision is not None
    assert article.head_revision.aside_of is None


def test_nothing_is_chosen_for_anybody(ada: Desk, ben: Desk, article: Article) -> None:
    data = ben.form_of(article)
    ada.save(article, headline="Ada’s", kicker="Ada’s too")
    asked = ben.post(change(article), data | {"headline": "Ben’s", "kicker": "Ben’s too"})
    half = ben.post(change(article), again(asked, **{"choose-headline": "mine", "choose-kicker": "whatever"}))
    assert list(half.context["late"].choices) == ["kicker"]
    assert half.context["adminform"].form["headline"].value() == "Ben’s"
    article.refresh_from_db()
    assert article.headline == "Ada’s"
    assert article.revisions.count() == 3
    assert ben.post(change(article), again(half, **{"choose-kicker": "theirs"})).status_code == 302
    article.refresh_from_db()
    assert (article.headline, article.kicker) == ("Ben’s", "Ada’s too")


def test_a_third_save_while_somebody_chooses_is_joined_or_asked_about_again(
    newsroom: Newsroom, ada: Desk, ben: Desk, article: Article
) -> None:
    cleo, data = newsroom.desk(Role.EDITOR), ben.form_of(article)
    ada.save(article, headline="Ada’s")
    asked = ben.post(change(article), data | {"headline": "Ben’s"})
    cleo.save(article, headline="Cleo’s", dateline="Northmere")
    asked = ben.post(change(article), again(asked, **{"choose-headline": "mine"}))
    assert list(asked.context["late"].choices) == ["headline"]
    assert str(cleo.user) in asked.content.decode()
    assert asked.context["adminform"].form["dateline"].value() == "Northmere"
    ben.post(change(article), again(asked, **{"choose-headline": "mine"}))
    article.refresh_from_db()
    assert (article.headline, article.dateline) == ("Ben’s", "Northmere")
    for text in ("Ada’s", "Ben’s", "Cleo’s"):
        assert text in texts(article)


def test_who_chooses_theirs_takes_what_is_saved_meanwhile(
    newsroom: Newsroom, ada: Desk, ben: Desk, article: Article
) -> None:
    cleo, data = newsroom.desk(Role.EDITOR), ben.form_of(article)
    ada.save(article, headline="Ada’s")
    asked = ben.post(change(article), data | {"headline": "Ben’s"})
    cleo.save(article, headline="Cleo’s")
    assert ben.post(change(article), again(asked, **{"choose-headline": "theirs"})).status_code == 302
    article.refresh_from_db()
    assert article.headline == "Cleo’s"


def test_one_person_in_two_windows_is_told_so(ada: Desk, article: Article) -> None:
    first, second = ada.form_of(article), ada.form_of(article)
    ada.post(change(article), first | {"kicker": "Trade"})
    response = ada.post(change(article), second | {"headline": "Port"})
    assert said(response).startswith("Saved as revision 2. You saved the kicker at 12:00, in another window.")
    assert said(response).endswith("Both versions are in revision 3.")


def test_a_form_in_which_nothing_was_typed_changes_nothing(ada: Desk, ben: Desk, article: Article) -> None:
    data = ben.form_of(article)
    ada.save(article, headline="Ada’s", tag_names=["Trade"], **{"tag_names-shown": "1"})
    response = ben.post(change(article), data)
    assert "You had changed nothing" in said(response)
    article.refresh_from_db()
    assert (article.headline, article.revisions.count()) == ("Ada’s", 2)
    assert list(article.tags.names()) == ["Trade"]


def test_the_same_save_sent_twice_is_saved_once(ben: Desk, article: Article) -> None:
    data = ben.form_of(article) | {"headline": "Ben’s", "tag_names": ["New"], "tag_names-shown": "1"}
    for _ in range(2):
        assert ben.post(change(article), data).status_code == 302
    article.refresh_from_db()
    assert (article.headline, article.revisions.count()) == ("Ben’s", 2)


def test_a_verb_does_not_go_on_with_a_text_that_nobody_has_looked_at(ada: Desk, ben: Desk, article: Article) -> None:
    data = ben.form_of(article)
    ada.save(article, kicker="Ada’s")
    answers = {"publish-change": "substantive"}
    response = ben.post(verb_path(article, "publish"), data | {"headline": "Ben’s"} | answers)
    assert "saved the kicker at 12:00" in said(response)
    assert "Read it as it is now, then press the button again" in said(response)
    assert not Edition.objects.exists()
    article.refresh_from_db()
    assert (article.headline, article.kicker) == ("Ben’s", "Ada’s")
    assert "Published" in said(ben.post(verb_path(article, "publish"), ben.form_of(article) | answers))
    assert Edition.objects.live(at=NOON).get().headline == "Ben’s"


def test_a_verb_waits_for_the_choice_and_a_withdrawal_does_not(ada: Desk, ben: Desk) -> None:
    article = published(headline="As it was").article
    data = ben.form_of(article) | {"headline": "Ben’s"}
    ada.save(article, headline="Ada’s")
    count = article.editions.count()
    assert ben.post(verb_path(article, "publish"), data).context["late"].choices
    assert article.editions.count() == count
    response = ben.post(verb_path(article, "withdraw"), data)
    assert response.context["late"].choices
    assert not article.editions.live(at=NOON).exists()
    assert article.revisions.filter(aside_of__isnull=False).count() == 1


def test_a_late_form_that_cannot_be_saved_keeps_everything_and_joins_once_it_can(
    ada: Desk, ben: Desk, article: Article
) -> None:
    data = ben.form_of(article)
    ada.save(article, kicker="Ada’s")
    wrong = ben.post(change(article), data | {"headline": "", "standfirst": "Ben’s standfirst"})
    page = wrong.content.decode()
    assert "Ben’s standfirst" in page
    assert "your next save joins both" in page
    assert ben.post(change(article), again(wrong, headline="Ben’s")).status_code == 302
    article.refresh_from_db()
    assert (article.headline, article.standfirst, article.kicker) == ("Ben’s", "Ben’s standfirst", "Ada’s")


def test_what_can_be_saved_on_either_side_and_not_together_is_asked_about(ada: Desk, ben: Desk) -> None:
    article = ArticleFactory(source_name="The Gazette")
    kept(article)
    data = ben.form_of(article)
    ada.save(article, source_name="")
    asked = ben.post(change(article), data | {"canonical_url": "https://example.org/original"})
    assert list(asked.context["late"].choices) == ["source_name"]
    assert ben.post(change(article), again(asked, **{"choose-source_name": "mine"})).status_code == 302
    article.refresh_from_db()
    assert (article.canonical_url, article.source_name) == ("https://example.org/original", "The Gazette")


def test_a_body_that_would_be_too_large_together_is_asked_about(
    ada: Desk, ben: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from newsroom.richtext import limits

    refuse = limits.refuse_bytes
    monkeypatch.setattr(limits, "refuse_bytes", lambda size, max_bytes: refuse(size, max_bytes=3000))
    article = ArticleFactory(body="<p>One.</p><p>Two.</p>")
    kept(article)
    data = ben.form_of(article)
    ada.save(article, body=f"<p>{'Ada ' * 500}</p><p>Two.</p>")
    mine = f"<p>One.</p><p>{'Ben ' * 500}</p>"
    asked = ben.post(change(article), data | {"body": mine})
    assert list(asked.context["late"].choices) == ["body"]
    assert "Ben Ben" in texts(article)
    assert ben.post(change(article), again(asked, **{"choose-body": "mine"})).status_code == 302
    article.refresh_from_db()
    assert article.body.startswith("<p>One.</p><p>Ben")


def test_lists_clash_and_both_orders_are_there_to_choose_from(ada: Desk, ben: Desk, article: Article) -> None:
    first, second = AuthorFactory(name="Anna First"), AuthorFactory(name="Bert Second")
    data = ben.form_of(article)
    ada.save(article, **{"bylines": [*data["bylines"], f"{first.pk}:by"], "bylines-shown": "1"})
    asked = ben.post(change(article), data | {"bylines": [*data["bylines"], f"{second.pk}:by"], "bylines-shown": "1"})
    assert list(asked.context["late"].choices) == ["bylines"]
    page = asked.content.decode()
    assert "Anna First" in page
    assert "Bert Second" in page
    ben.post(change(article), again(asked, **{"choose-bylines": "theirs"}))
    assert first in article.authors.all()
    assert second not in article.authors.all()


def test_what_a_writer_may_not_change_is_taken_from_the_editor_without_a_question(
    newsroom: Newsroom, ada: Desk
) -> None:
    writer = newsroom.desk(Role.WRITER)
    article = ArticleFactory(created_by=writer.user, tag_names=["Old"])
    kept(article)
    data = writer.form_of(article)
    section, author, other = SectionFactory(), AuthorFactory(), published().article
    ada.save(
        article, section=section.pk, slug="by-ada", bylines=[f"{author.pk}:by"], tag_names=["New"],
        related=[str(other.pk)],
    )  # fmt: skip
    forged = {"slug": "forged", "tag_names": ["Forged"], "tag_names-shown": "1", "choose-slug": "mine", "clash": "slug"}
    assert writer.post(change(article), data | {"headline": "The writer’s"} | forged).status_code == 302
    article.refresh_from_db()
    assert (article.headline, article.slug, article.section) == ("The writer’s", "by-ada", section)
    assert list(article.tags.names()) == ["New"]
    assert list(article.authors.all()) == [author]
    assert [pick.related for pick in article.related_picks.all()] == [other]


def test_text_that_was_erased_does_not_come_back_whoever_had_it_open(ada: Desk, ben: Desk, newsroom: Newsroom) -> None:
    chief, article = newsroom.desk(Role.MANAGING_EDITOR), published(headline="Under an order").article
    data = ben.form_of(article) | {"seen": ben.get(change(article)).context["panel"].seen}
    ada.save(article, kicker="Before")
    publishing.erase(article, reason="Order of the court", by=chief.user, at=NOON)
    response = ben.post(change(article), data | {"standfirst": "Typed by Ben"})
    assert response.status_code == 403
    assert "Typed by Ben" in response.content.decode()
    assert "erased for a legal order" in response.content.decode()
    workflow.retrieve(article, by=ada.user, at=NOON)
    ada.save(article, headline="A new beginning")
    assert ben.post(verb_path(article, "submit"), data).status_code == 403
    assert "Under an order" not in texts(article)
    article.refresh_from_db()
    assert article.headline == "A new beginning"


def test_a_revision_of_another_story_is_no_base(ada: Desk, ben: Desk, article: Article) -> None:
    data = ben.form_of(article) | {"revision": kept(ArticleFactory()).pk}
    ada.save(article, headline="Ada’s")
    asked = ben.post(change(article), data | {"kicker": "Ben’s"})
    assert {"headline", "kicker"} <= set(asked.context["late"].choices)
    article.refresh_from_db()
    assert article.headline == "Ada’s"
