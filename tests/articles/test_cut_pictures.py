"""`manage.py cut_pictures`."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from articles.models import Photo
from tests.factories import NOON
from tests.pictures import file_of, quarters, stored

pytestmark = pytest.mark.django_db

CUTS = ["social", "1x1", "4x3", "16x9"]


def older(**focal: int) -> Photo:
    """A picture as it was taken in before there was more than the crop for shared links."""
    photo = Photo.objects.take_in(file_of(quarters(1600, 1200)), by=None, at=NOON, title="Old", **focal)
    Photo.objects.filter(pk=photo.pk).update(crops=photo.crops[:1])
    return photo


def run(**options: object) -> str:
    """What the command prints."""
    out = StringIO()
    call_command("cut_pictures", stdout=out, no_color=True, **options)
    return out.getvalue()


def test_what_is_lacking_is_made_around_the_focal_point_and_the_rest_stays(media: Path) -> None:
    photo = older(focal_x=0, focal_y=0)
    before = photo.social
    assert run() == "1 pictures cut.\n"
    photo.refresh_from_db()
    assert [one["cut"] for one in photo.crops] == CUTS
    assert photo.social == before
    files = {str(path.relative_to(media / "public")) for path in stored(media / "public")}
    assert {one["name"] for one in photo.crops} < files
    assert [one["width"] for one in photo.crops] == [1200] * 4


def test_second_run_finds_nothing_and_writes_nothing(media: Path) -> None:
    older()
    Photo.objects.create(title="Without a file", created_at=NOON)
    run()
    before = stored(media)
    assert run() == "0 pictures cut.\n"
    assert stored(media) == before


def test_limit_takes_the_oldest_first_and_the_next_run_goes_on(media: Path) -> None:
    first, second = older(), older()
    run(limit=1)
    assert list(Photo.objects.lacking_parts()) == [second]
    run(limit=1)
    first.refresh_from_db()
    assert [one["cut"] for one in first.crops] == CUTS
    assert not Photo.objects.lacking_parts().exists()


def test_picture_without_its_original_is_named_and_the_others_are_cut(media: Path) -> None:
    lost, other = older(), older()
    (media / "originals" / str(lost.original)).unlink()
    errors = StringIO()
    with pytest.raises(CommandError, match="1 pictures could not be cut"):
        run(stderr=errors)
    assert f"Picture {lost.pk}:" in errors.getvalue()
    other.refresh_from_db()
    assert [one["cut"] for one in other.crops] == CUTS
