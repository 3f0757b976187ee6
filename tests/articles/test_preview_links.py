"""Preview links: signed, of one revision, for a while, useless after revocation, and each opening logged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from articles import preview_links, publishing
from articles.models import Article, PreviewLink, PreviewOpening
from articles.permissions import Role
from articles.refusals import NotAllowed, Refused, Stale
from tests.desk import Desk
from tests.factories import DAY, HOUR, MINUTE, NOON, ArticleFactory, UserFactory, kept, managing_editor, revised

if TYPE_CHECKING:
    from tests.readers import Reader

pytestmark = pytest.mark.django_db


def _shared(article: Article | None = None, **given: Any) -> tuple[PreviewLink, str]:
    article = article or ArticleFactory(headline="Not out yet")
    details: dict[str, Any] = {
        "revision": kept(article),
        "expires_at": NOON + DAY,
        "by": managing_editor(),
        "at": NOON - HOUR,
    } | given
    link = preview_links.share(article, **details)
    return link, reverse("shared_preview", args=[preview_links.token(link)])


def test_whoever_has_the_address_reads_the_pinned_revision_and_nothing_newer(reader: Reader) -> None:
    link, address = _shared()
    revised(link.article, at=NOON - MINUTE, headline="Changed since")
    response = reader.get(address)
    page = response.content.decode()
    assert response.status_code == 200
    assert "Not out yet" in page
    assert "Changed since" not in page
    assert "Please do not pass it on." in page


def test_a_preview_is_kept_by_no_cache_and_indexed_by_nobody(reader: Reader) -> None:
    _, address = _shared()
    response = reader.get(address)
    assert response["Cache-Control"] == "no-store"
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert response["Referrer-Policy"] == "no-referrer"
    assert not response.cookies
    page = response.content.decode()
    assert '<meta name="robots" content="noindex">' in page
    assert 'rel="canonical"' not in page
    assert "application/ld+json" not in page


def test_each_opening_is_logged_with_its_instant(reader: Reader) -> None:
    link, address = _shared()
    reader.get(address)
    reader.at = NOON + MINUTE
    reader.get(address)
    assert sorted(link.openings.values_list("at", flat=True)) == [NOON, NOON + MINUTE]
    assert link.openings.first().address == "127.0.0.1"


def test_an_expired_and_a_revoked_link_show_nothing_and_log_nothing(reader: Reader) -> None:
    _, expired = _shared(expires_at=NOON)
    revoked, address = _shared()
    preview_links.revoke(revoked, by=managing_editor(), at=NOON - MINUTE)
    for path in (expired, address):
        response = reader.get(path)
        assert response.status_code == 410
        assert "Not out yet" not in response.content.decode()
        assert response["Cache-Control"] == "no-store"
    assert not PreviewOpening.objects.exists()
    with pytest.raises(Stale):
        preview_links.revoke(revoked, by=managing_editor(), at=NOON)


def test_a_forged_address_is_not_found(reader: Reader) -> None:
    link, address = _shared()
    token = preview_links.token(link)
    other = f"{link.pk + 1}:{token.split(':')[1]}"
    for forged in (token[:-1], f"{token}x", other, str(link.pk), f"{link.pk}:", "x", "1:x:y"):
        assert reader.status(f"/preview/{forged}/") == 404, forged
    assert reader.status(address) == 200


def test_an_erased_story_is_shown_to_nobody(reader: Reader) -> None:
    link, address = _shared()
    publishing.erase(link.article, reason="Court order.", by=managing_editor(), at=NOON - MINUTE)
    assert reader.get(address).status_code == 410


def test_a_link_needs_a_time_ahead_and_not_too_far(reader: Reader) -> None:
    with pytest.raises(Refused, match="has passed"):
        _shared(expires_at=NOON - HOUR)
    with pytest.raises(Refused, match="90 days"):
        _shared(expires_at=NOON + 100 * DAY)
    with pytest.raises(NotAllowed):
        _shared(by=UserFactory(role=Role.WRITER))


def test_an_editor_makes_copies_and_revokes_links_at_the_desk(reader: Reader) -> None:
    editor, article = Desk(UserFactory(role=Role.EDITOR)), ArticleFactory(headline="Not out yet")
    kept(article)
    page = f"/admin/articles/article/{article.pk}/links/"
    assert "Share a preview" in editor.get(f"/admin/articles/article/{article.pk}/change/").content.decode()
    editor.post(page, {"for_whom": "<b>Counsel</b>", "until": "2026-02-04T12:00"})
    link = article.preview_links.get()
    assert (link.expires_at, link.for_whom) == (NOON + DAY, "<b>Counsel</b>")
    address = reverse("shared_preview", args=[preview_links.token(link)])
    reader.at = NOON + MINUTE
    assert reader.status(address) == 200
    shown = editor.get(page).content.decode()
    assert address in shown
    assert "&lt;b&gt;Counsel" in shown
    assert "Opened 1 time." in shown
    reader.at = NOON + 2 * MINUTE
    editor.post(f"{page}{link.pk}/revoke/")
    assert reader.status(address) == 410
    assert address not in editor.get(page).content.decode()
    assert [event.verb for event in article.events.order_by("pk")] == ["share", "revoke"]


def test_a_time_that_the_clocks_skip_is_refused_where_it_was_typed(reader: Reader) -> None:
    editor, article = Desk(UserFactory(role=Role.EDITOR)), ArticleFactory()
    kept(article)
    page = f"/admin/articles/article/{article.pk}/links/"
    response = editor.post(page, {"for_whom": "Counsel", "until": "2026-03-29T01:30"})
    assert "does not exist in Europe/London" in response.content.decode()
    assert "Counsel" in response.content.decode()
    assert not article.preview_links.exists()


def test_only_editors_come_to_the_page_of_links(reader: Reader) -> None:
    writer = Desk(UserFactory(role=Role.WRITER))
    own, foreign = ArticleFactory(created_by=writer.user), ArticleFactory()
    link, _ = _shared(own)
    _shared(foreign)
    for article in (own, foreign):
        for path in ("links/", f"links/{link.pk}/revoke/"):
            address = f"/admin/articles/article/{article.pk}/{path}"
            assert writer.post(address, {"until": "2026-02-04T12:00"}).status_code == 302
    link.refresh_from_db()
    assert link.revoked_at is None
    assert PreviewLink.objects.count() == 2


def test_the_preview_of_the_form_shows_what_is_typed_and_saves_nothing(reader: Reader) -> None:
    editor, article = Desk(UserFactory(role=Role.EDITOR)), ArticleFactory(headline="Stored")
    kept(article)
    typed = {
        "headline": "Typed <b>now</b>",
        "body": "<p>Fresh <script>alert(1)</script>words.</p>",
        "story": article.pk,
    }
    tags = {"tag_names-shown": "1", "tag_names": ["Brand new"]}
    response = editor.post("/admin/articles/article/preview/", editor.form_of(article) | typed | tags)
    page = response.content.decode()
    assert response.status_code == 200
    assert "Typed &lt;b&gt;now&lt;/b&gt;" in page
    assert "Fresh words." in page
    assert "Brand new" in page
    assert "frame-ancestors 'self'" in response["Content-Security-Policy"]
    assert "no-store" in response["Cache-Control"]
    article.refresh_from_db()
    assert (article.headline, article.revisions.count(), article.tags.count()) == ("Stored", 1, 0)


def test_the_preview_of_a_form_that_would_be_refused_and_of_a_new_story_show_it_all_the_same(reader: Reader) -> None:
    writer = Desk(UserFactory(role=Role.WRITER))
    data = writer.form_of(None) | {"headline": "A" * 230, "body": "<p>Words.</p>"}
    page = writer.post("/admin/articles/article/preview/", data).content.decode()
    assert "A" * 230 in page
    assert "Words." in page
    assert not Article.objects.exists()


def test_the_preview_of_a_foreign_story_is_not_there(reader: Reader) -> None:
    writer, foreign = Desk(UserFactory(role=Role.WRITER)), ArticleFactory(headline="Secret")
    kept(foreign)
    answers = [writer.post("/admin/articles/article/preview/", {"story": pk}) for pk in (foreign.pk, 10**9)]
    assert {answer.status_code for answer in answers} == {302}
    assert len({answer["Location"] for answer in answers}) == 1
