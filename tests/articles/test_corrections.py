"""Corrections: with their story for good, in feeds and structured data, and in one public list that loses nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import IntegrityError, transaction

from articles import publishing
from articles.models import Correction, Edition
from articles.permissions import Role
from articles.refusals import NotAllowed, Refused, Stale
from tests.desk import Desk
from tests.factories import DAY, HOUR, MINUTE, NOON, UserFactory, kept, managing_editor, published, revised

if TYPE_CHECKING:
    from tests.readers import Reader

pytestmark = pytest.mark.django_db


def _corrected(edition: Edition, **given: Any) -> Correction:
    details: dict[str, Any] = {
        "wrong": "It said nine.",
        "text": "It was eleven.",
        "by": managing_editor(),
        "at": NOON - HOUR,
    } | given
    publishing.correct(edition.article, revision=kept(edition.article, at=NOON - DAY), **details)
    return Correction.objects.latest("pk")


def test_a_correction_says_what_was_wrong_and_what_is_right(reader: Reader) -> None:
    edition = published(at=NOON - DAY)
    with pytest.raises(Refused, match="what was wrong and what is right"):
        _corrected(edition, wrong=" ")
    with pytest.raises(Refused, match="what was wrong and what is right"):
        _corrected(edition, text=" ")
    _corrected(edition)
    page = reader.text(edition.path)
    assert "What was wrong:" in page
    assert "It said nine." in page
    assert "It was eleven." in page


@pytest.mark.parametrize("kind", [kind for kind in Correction.Kind if kind != Correction.Kind.CORRECTION])
def test_other_notes_may_do_without_what_was_wrong(reader: Reader, kind: Correction.Kind) -> None:
    edition = published(at=NOON - DAY)
    _corrected(edition, wrong="", kind=kind)
    page = reader.text(edition.path)
    assert str(kind.label) in page
    assert "What was wrong" not in page


@pytest.mark.parametrize("placement", list(Correction.Placement))
def test_its_weight_says_where_it_stands(reader: Reader, placement: Correction.Placement) -> None:
    edition = published(at=NOON - DAY, body="<p>The first paragraph.</p>")
    _corrected(edition, placement=placement)
    page = reader.text(edition.path).split("</head>")[1]
    stands_above = page.index("It was eleven.") < page.index("The first paragraph.")
    assert stands_above == (placement == Correction.Placement.ABOVE)
    feed = reader.text("/feed/")
    assert (feed.index("It was eleven.") < feed.index("The first paragraph.")) == stands_above


def test_a_mistaken_note_is_struck_out_by_another_and_both_stay(reader: Reader) -> None:
    edition = published(at=NOON - DAY)
    note = _corrected(edition)
    publishing.strike_out(note, wrong="We said eleven.", text="It was ten.", by=managing_editor(), at=NOON - MINUTE)
    page = reader.page(edition.path)
    assert "<del>It was eleven.</del>" in page.html
    assert "It was ten." in page.html
    assert [one["text"] for one in page.json_ld[0]["correction"]] == ["We said eleven. It was ten."]
    assert page.json_ld[0]["dateModified"] == "2026-02-03T11:59:00+00:00"
    listed = reader.text("/corrections/")
    assert "It was ten." in listed
    assert "<del>It was eleven.</del>" in listed
    with pytest.raises(Stale, match="struck out meanwhile"):
        publishing.strike_out(note, text="Again.", by=managing_editor(), at=NOON)


def test_nothing_changes_or_deletes_a_note() -> None:
    note = _corrected(published(at=NOON - DAY))
    for write in (
        lambda: Correction.objects.filter(pk=note.pk).update(text="Nothing."),
        lambda: Correction.objects.filter(pk=note.pk).delete(),
    ):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            write()


def test_writers_neither_correct_nor_strike_out() -> None:
    writer = UserFactory(role=Role.WRITER)
    edition = published(at=NOON - DAY, created_by=writer)
    note = _corrected(edition)
    with pytest.raises(NotAllowed):
        _corrected(edition, by=writer, at=NOON)
    with pytest.raises(NotAllowed):
        publishing.strike_out(note, text="No.", by=writer, at=NOON)


def test_the_list_has_the_newest_first_and_keeps_notes_of_withdrawn_stories_without_their_headline(
    reader: Reader,
) -> None:
    older, newer = published(at=NOON - DAY, headline="Older"), published(at=NOON - DAY, headline="Newer")
    _corrected(older, text="Older note.", at=NOON - 2 * HOUR)
    _corrected(newer, text="Newer note.", at=NOON - HOUR)
    page = reader.text("/corrections/")
    assert page.index("Newer note.") < page.index("Older note.")
    assert f'href="{older.path}"' in page
    publishing.withdraw(older.article, by=managing_editor(), at=NOON - MINUTE)
    page = reader.text("/corrections/")
    assert "Older note." in page
    assert older.path not in page
    assert ">Older<" not in page


def test_an_erased_story_leaves_nothing_in_the_list(reader: Reader) -> None:
    edition = published(at=NOON - DAY)
    _corrected(edition)
    publishing.erase(edition.article, reason="Court order.", by=managing_editor(), at=NOON - MINUTE)
    assert "Nothing has been corrected yet." in reader.text("/corrections/")


def test_the_list_goes_on_by_cursor_and_ends(reader: Reader) -> None:
    edition = published(at=NOON - DAY)
    for number in range(52):
        _corrected(edition, text=f"Note {number:02}.", at=NOON - 2 * HOUR + number * MINUTE)
    first = reader.text("/corrections/")
    assert "Note 51." in first
    assert "Note 01." not in first
    older = first.split('href="?after=')[1].split('"')[0]
    second = reader.text(f"/corrections/?after={older}")
    assert "Note 01." in second
    assert "Note 02." not in second
    assert reader.status("/corrections/?after=nonsense") == 404
    assert reader.status("/corrections/?after=0-0") == 404


def test_an_editor_strikes_a_note_out_at_the_desk(reader: Reader) -> None:
    editor = Desk(UserFactory(role=Role.EDITOR))
    edition = published(at=NOON - DAY)
    path = f"/admin/articles/article/{edition.article_id}/change/"
    assert "Strike out a note" not in editor.get(path).content.decode()
    note = _corrected(edition)
    assert "Strike out a note" in editor.get(path).content.decode()
    foreign = _corrected(published(at=NOON - DAY))
    editor.press("strike_out", edition.article, note=foreign.pk, text="It was ten.")
    assert not Correction.objects.filter(strikes=foreign).exists()
    editor.press("strike_out", edition.article, note=note.pk, text="It was ten.")
    assert Correction.objects.get(strikes=note).text == "It was ten."


def test_a_correction_over_a_scheduled_update_is_in_it(reader: Reader) -> None:
    edition = published(at=NOON - DAY, standfirst="Nine hours.")
    head = revised(edition.article, at=NOON - 3 * HOUR, headline="At one")
    later = publishing.schedule(
        edition.article, revision=head, live_from=NOON + HOUR, by=managing_editor(), at=NOON - 2 * HOUR
    )
    revised(edition.article, at=NOON - 2 * HOUR, standfirst="Eleven hours.")
    _corrected(edition, carry=[later.pk])
    reader.at = NOON + HOUR
    page = reader.text(edition.path)
    assert "Eleven hours." in page
    assert "It was eleven." in page
