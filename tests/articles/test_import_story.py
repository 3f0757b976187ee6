"""`manage.py import_story`."""

from __future__ import annotations

from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from articles.models import Article, Edition
from articles.permissions import Role
from newsroom import clock
from tests.factories import NOON, SectionFactory, UserFactory

pytestmark = pytest.mark.django_db

COPY = Path(__file__).parents[1] / "data" / "copy"


@pytest.fixture(autouse=True)
def _at_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON)


@pytest.fixture(autouse=True)
def _newsroom(db: None) -> None:
    SectionFactory(name="World", slug="world")
    UserFactory(username="root", is_superuser=True)


def run(*files: Path | str, **options: Any) -> str:
    """What the command prints."""
    out = StringIO()
    call_command("import_story", *map(str, files), **{"section": "World"} | options, stdout=out, no_color=True)
    return out.getvalue()


def test_every_kind_of_file_becomes_a_draft() -> None:
    printed = run(*(COPY / f"averland.{suffix}" for suffix in ("txt", "md", "html")))

    assert Article.objects.filter(headline="What the Kelder tariffs would cost Averland").count() == 3
    assert not Edition.objects.exists()
    assert printed.count("was taken in as a draft.") == 3
    assert "Byline: Maren Oakley (new, without a login)." in printed
    assert "Related stories linked" in printed
    assert "A picture was left out." in printed


@pytest.mark.parametrize("name", ["world", "WORLD", " World "])
def test_the_section_is_found_by_name_or_address(name: str) -> None:
    assert "draft" in run(COPY / "averland.txt", section=name)


def test_the_person_is_the_one_named_or_the_first_superuser() -> None:
    editor = UserFactory(username="ada", role=Role.EDITOR)
    run(COPY / "averland.txt", by="ada")
    assert Article.objects.get(headline__startswith="What the Kelder").created_by == editor


@pytest.mark.parametrize(
    ("typed", "live_from"),
    [
        ("now", NOON),
        ("2026-02-04T06:00", datetime(2026, 2, 4, 6, tzinfo=UTC)),
        ("2026-07-01 06:00", datetime(2026, 7, 1, 5, tzinfo=UTC)),
        ("2026-02-04T06:00:00+02:00", datetime(2026, 2, 4, 4, tzinfo=UTC)),
    ],
)
def test_it_is_published_when_that_is_asked_for(typed: str, live_from: datetime) -> None:
    run(COPY / "averland.txt", publish_at=typed)

    assert Edition.objects.get().live_from == live_from


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"section": "Wrold"}, "There is no section called “Wrold”. There are: World."),
        ({"by": "nobody"}, "Nobody signs in as “nobody”."),
        ({"publish_at": "tomorrow"}, "“tomorrow” is no time."),
        ({"publish_at": "2026-02-03T11:59"}, "That time has passed."),
        ({"publish_at": "2026-03-29T01:30"}, "01:30 does not exist"),
        ({"publish_at": "2026-10-25T01:30"}, "comes twice"),
    ],
)
def test_a_wrong_option_is_said_and_nothing_is_made(options: dict[str, str], said: str) -> None:
    with pytest.raises(CommandError, match=said.replace(".", r"\.")):
        run(COPY / "averland.txt", **options)

    assert not Article.objects.exists()


def test_one_file_that_cannot_be_read_stops_all(tmp_path: Path) -> None:
    broken = tmp_path / "broken.docx"
    broken.write_bytes(b"not a zip")
    with pytest.raises(CommandError, match="cannot be read"):
        run(COPY / "averland.txt", broken)
    with pytest.raises(CommandError, match="cannot be opened: No such file"):
        run(COPY / "averland.txt", tmp_path / "missing.txt")

    assert not Article.objects.exists()


def test_one_story_that_is_refused_stops_all(tmp_path: Path) -> None:
    unsigned = tmp_path / "unsigned.txt"
    unsigned.write_text("Headline\nA body that nobody signed.")
    with pytest.raises(CommandError, match="needs a byline"):
        run(COPY / "averland.txt", unsigned, publish_at="now")

    assert not Article.objects.exists()


def test_without_a_superuser_somebody_has_to_be_named() -> None:
    UserFactory(username="ada", role=Role.EDITOR)
    type(UserFactory()).objects.filter(username="root").update(is_superuser=False)

    with pytest.raises(CommandError, match="--by USERNAME"):
        run(COPY / "averland.txt")
