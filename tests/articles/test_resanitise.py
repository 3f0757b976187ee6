"""`manage.py resanitise`."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from articles.models import Article, Revision
from newsroom import clock
from tests.factories import NOON, ArticleFactory, kept, managing_editor, published

pytestmark = pytest.mark.django_db

LOOSE = '<p onclick="alert(1)">a</p><img src=x>'


@pytest.fixture(autouse=True)
def _at_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON)


def loosen(article: Article, body: str = LOOSE) -> None:
    """Let a body be as an older, looser list may have left it, past the field."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE articles_article SET body = %s WHERE id = %s", [body, article.pk])


def run(**options: object) -> str:
    """What the command prints."""
    out = StringIO()
    call_command("resanitise", by=managing_editor().username, stdout=out, no_color=True, **options)
    return out.getvalue()


def test_bodies_are_cleaned_and_kept_as_a_revision_of_the_person_named() -> None:
    loose, fine = ArticleFactory(), kept(ArticleFactory()).article
    first = kept(loose)
    loosen(loose)

    assert run() == "2 stories read, 1 changed, 0 refused.\n"
    loose.refresh_from_db()
    fine.refresh_from_db()
    assert loose.body == "<p>a</p>"
    assert loose.head_revision is not None
    assert (loose.head_revision.number, loose.head_revision.created_by) == (first.number + 1, managing_editor())
    assert fine.revisions.count() == 1
    assert run() == "2 stories read, 0 changed, 0 refused.\n"


def test_revisions_and_what_readers_see_stay_as_they_are() -> None:
    edition = published(body="<p>a</p>")
    before = list(Revision.objects.values())
    loosen(edition.article)
    run()
    edition.refresh_from_db()

    assert list(Revision.objects.order_by("pk").values()[: len(before)]) == before
    assert edition.revision_id == before[0]["id"]


def test_a_dry_run_changes_nothing() -> None:
    story = ArticleFactory()
    loosen(story)

    assert run(dry_run=True) == "1 stories read, 1 would change, 0 refused.\n"
    assert Article.objects.values_list("body", flat=True).get() == LOOSE
    assert not Revision.objects.exists()


def test_a_body_that_is_refused_is_named_and_stops_no_other() -> None:
    deep, loose = ArticleFactory(), ArticleFactory()
    loosen(deep, "<div>" * 500)
    loosen(loose)
    printed = run()

    assert "2 stories read, 1 changed, 1 refused." in printed
    assert f"Story {deep.pk} is too large" in printed


def test_somebody_has_to_be_named() -> None:
    with pytest.raises(CommandError, match="Nobody signs in"):
        call_command("resanitise", by="nobody")
