"""`manage.py typeset`."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from articles import typesetting
from articles.models import Article, Edition, Revision
from newsroom import clock
from tests.factories import (
    NOON,
    ArticleFactory,
    AuthorFactory,
    SectionFactory,
    kept,
    managing_editor,
    photo,
    published,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON)


def run(**options: object) -> str:
    """What the command prints."""
    out = StringIO()
    call_command("typeset", by=managing_editor().username, stdout=out, no_color=True, **options)
    return out.getvalue()


def old(**texts: Any) -> Article:
    """A story as it was typed before the desk set anything."""
    texts = {"headline": "It's '90s night", "body": '<p>"<em>No</em>," she said - 10 km on.</p>'} | texts
    return kept(ArticleFactory(**texts)).article


def test_every_text_of_a_story_is_set_and_kept_as_a_revision_of_the_person_named() -> None:
    story = old(
        **dict.fromkeys(("kicker", "standfirst", "short_headline", "teaser", "seo_title", "seo_description"), "It's"),
        **dict.fromkeys(("social_title", "source_name", "lead_photo_caption", "lead_photo_alt", "dateline"), "It's"),
        disclosure="It's",
        canonical_url="https://example.org/it's--so",
        slug="its",
    )
    fine = old(headline="It’s fine", body="<p>“Fine” for 10 km</p>")  # a no-break space alone is no reason

    assert run() == "2 stories read, 1 changed, 0 texts left as they are.\n"
    story.refresh_from_db()
    assert story.headline == "It’s ’90s night"
    assert story.body == "<p>“<em>No</em>,” she said&nbsp;– 10&nbsp;km on.</p>"
    assert {getattr(story, name) for name in typesetting.STORY} == {"It’s", story.headline, story.body}
    assert (story.canonical_url, story.slug) == ("https://example.org/it's--so", "its")
    head = story.head_revision
    assert (head.number, head.created_by, head.note) == (2, managing_editor(), typesetting.NOTE)
    assert fine.revisions.count() == 1
    assert run() == "2 stories read, 0 changed, 0 texts left as they are.\n"


def test_revisions_and_what_readers_see_stay_as_they_are() -> None:
    edition = published(headline="It's out", body="<p>It's out</p>")
    before = list(Revision.objects.values())
    run()

    assert list(Revision.objects.order_by("pk").values()[: len(before)]) == before
    assert Edition.objects.live(at=NOON).get().headline == "It's out"
    assert edition.article.revisions.count() == 2


def test_published_stories_can_be_left_out_and_are_counted() -> None:
    live, draft = published(headline="It's out").article, old()
    assert run(unpublished=True) == (
        "1 stories read, 1 changed, 0 texts left as they are.\n1 left out, which are or were published or scheduled.\n"
    )
    live.refresh_from_db()
    draft.refresh_from_db()
    assert (live.headline, draft.headline) == ("It's out", "It’s ’90s night")


def test_a_dry_run_shows_what_would_change_and_changes_nothing() -> None:
    story = old(standfirst="'a' 'b' 'c' 'd'")
    shown = run(dry_run=True)

    assert f"Story {story.pk}: It's '90s night\n" in shown
    assert "  headline: It's '90s night  →  It’s ’90s night\n" in shown
    assert '  body: "No," she said - 10 km  →  “No,” she said – 10 km' in shown
    assert "  standfirst: and 5 more\n" in shown
    assert shown.endswith("1 stories read, 1 would change, 0 texts left as they are.\n")
    story.refresh_from_db()
    assert story.headline == "It's '90s night"
    assert story.revisions.count() == 1


def test_what_cannot_be_set_is_named_and_stops_nothing_else() -> None:
    story = old(kicker=f"{'x' * 56}--ab")  # as long as a kicker may be, nearly
    printed = run()

    assert "1 stories read, 1 changed, 1 texts left as they are." in printed
    assert f"Story {story.pk}, kicker: It would be longer than 60 characters. Edit it by hand." in printed
    story.refresh_from_db()
    assert story.kicker.endswith("--ab")
    assert story.headline == "It’s ’90s night"


def test_a_stopped_run_says_where_to_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second, third = old(), old(), old()
    write = typesetting.set_story

    def stopped(pk: int, **given: Any) -> typesetting.Setting:
        if pk == second.pk:
            raise KeyboardInterrupt
        return write(pk, **given)

    monkeypatch.setattr(typesetting, "set_story", stopped)
    with pytest.raises(CommandError, match=f"go on with --from {first.pk + 1}"):
        run()
    assert Article.objects.filter(headline="It’s ’90s night").get() == first
    monkeypatch.setattr(typesetting, "set_story", write)
    assert run(first=first.pk + 1).startswith("2 stories read, 2 changed")
    third.refresh_from_db()
    assert third.headline == "It’s ’90s night"


def test_what_many_stories_share_is_set_on_demand_only() -> None:
    picture = photo(caption="It's here", credit='O\'Neill / "Agency"', alt_text="A dog's bowl")
    author = AuthorFactory(name="Sinéad O'Connor", slug="sinead-oconnor", biography="She's here.")
    section = SectionFactory(name="World", description="It's the world")
    run()
    picture.refresh_from_db()
    assert picture.caption == "It's here"

    run(shared=True)
    for thing in (picture, author, section):
        thing.refresh_from_db()
    assert (picture.caption, picture.credit, picture.alt_text) == ("It’s here", "O’Neill / “Agency”", "A dog’s bowl")
    assert (author.name, author.slug, author.biography) == ("Sinéad O’Connor", "sinead-oconnor", "She’s here.")
    assert section.description == "It’s the world"


def test_somebody_has_to_be_named() -> None:
    with pytest.raises(CommandError, match="Nobody signs in"):
        call_command("typeset", by="nobody")


def test_a_story_is_set_in_its_own_language_and_what_is_shared_in_the_newsrooms() -> None:
    german = old(language="de", headline='"Nein" sagt der Rat', body="<p>'Nein' - am 3. Mai.</p>")
    french = old(language="fr", headline='"Non" dit le conseil!', body="<p>« Non » à 10 %.</p>")
    author = AuthorFactory(name='Ada "Bo" Gray')

    assert "headline: " in run(shared=True, verbosity=2)
    german.refresh_from_db()
    french.refresh_from_db()
    author.refresh_from_db()
    assert german.headline == "„Nein“ sagt der Rat"
    assert german.body == "<p>‚Nein‘&nbsp;– am 3.&nbsp;Mai.</p>"
    assert french.headline == "«\u202fNon\u202f» dit le conseil\u202f!"
    assert french.body == "<p>«\u202fNon\u202f» à 10&nbsp;%.</p>"
    assert author.name == "Ada “Bo” Gray"
    assert run(shared=True).startswith("2 stories read, 0 changed")
