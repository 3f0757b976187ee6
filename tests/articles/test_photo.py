"""A picture in the library: cleaned on every way in, its files and its row kept or lost together."""

from __future__ import annotations

import errno
import gc
import os
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from PIL import Image

from articles.models import Photo
from newsroom.images import ImageRefused
from tests.factories import NOON, managing_editor
from tests.pictures import BLUE, RED, file_of, from_a_camera, near, quarters, stored, uploaded

pytestmark = pytest.mark.django_db

PhotoForm = forms.modelform_factory(Photo, fields=["original", "title", "focal_x", "focal_y"])


def taken_in(**texts: Any) -> Photo:
    """A photo of the four quarters."""
    return Photo.objects.take_in(from_a_camera(), by=None, at=NOON, title="Quarters", **texts)


def form(file: bytes, *, instance: Photo | None = None, name: str = "harbour.jpg") -> forms.ModelForm[Photo]:
    """The desk's form with a file in it."""
    photo = instance or Photo(created_at=NOON)
    data = {"title": "Harbour", "focal_x": "50", "focal_y": "50"}
    return PhotoForm(data, uploaded("original", SimpleUploadedFile(name, file)), instance=photo)


def test_a_picture_taken_in_has_its_size_renditions_and_credit(media: Path) -> None:
    editor = managing_editor()
    photo = Photo.objects.take_in(from_a_camera(), by=editor, at=NOON, title="Quarters", caption="Four of them.")
    photo.refresh_from_db()
    assert (photo.width, photo.height, photo.created_by, photo.created_at) == (800, 600, editor, NOON)
    assert photo.credit == "Samir Haddow / Northmere Courier"
    assert photo.largest is not None
    assert photo.largest["width"] == 800
    assert photo.social is not None
    assert (photo.social["width"], photo.social["height"]) == (800, 420)
    names = {one["name"] for one in (*photo.renditions, *photo.crops)}
    assert {str(path.relative_to(media / "public")) for path in stored(media / "public")} == names
    with photo.original.open() as original:
        assert original.read() == from_a_camera().getvalue()


def test_the_desk_s_own_credit_goes_before_the_file_s(media: Path) -> None:
    assert taken_in(credit="Merrow Pictures").credit == "Merrow Pictures"


@pytest.mark.parametrize("way", ["form", "save", "create"])
def test_every_way_in_cleans(media: Path, way: str) -> None:
    file = ContentFile(from_a_camera().getvalue(), name="../../etc/harbour.svg")
    if way == "form":
        photo = form(from_a_camera().getvalue(), name="harbour.svg").save()
    elif way == "create":
        photo = Photo.objects.create(original=file, title="Harbour", created_at=NOON)
    else:
        photo = Photo(original=file, title="Harbour", created_at=NOON)
        photo.save()
    assert str(photo.original).endswith(".jpg")
    assert all(b"SERIAL" not in path.read_bytes() for path in stored(media / "public"))
    assert len(photo.renditions) == 6


def test_what_is_wrong_with_a_file_is_said_at_its_field(media: Path) -> None:
    refused = form(b"<svg xmlns='http://www.w3.org/2000/svg'/>")
    assert not refused.is_valid()
    assert "SVG" in str(refused.errors["original"])
    assert stored(media) == []


def test_a_full_disk_is_said_at_the_field(media: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    refused = form(from_a_camera().getvalue())
    assert not refused.is_valid()
    assert "disk may be full" in str(refused.errors["original"])
    assert stored(media) == []


def test_a_form_that_is_refused_for_another_reason_leaves_no_file(media: Path) -> None:
    files = uploaded("original", SimpleUploadedFile("a.jpg", from_a_camera().getvalue()))
    refused = PhotoForm({}, files)
    assert not refused.is_valid()
    assert stored(media) != []
    del refused
    gc.collect()
    assert stored(media) == []


def test_a_file_is_stored_once_though_it_is_checked_and_saved(media: Path) -> None:
    form(from_a_camera().getvalue()).save()
    assert len(stored(media / "originals")) == 1
    assert len(stored(media / "public")) == 10


@pytest.mark.django_db(transaction=True)
def test_no_row_no_files(media: Path) -> None:
    with pytest.raises(ImageRefused):
        Photo.objects.take_in(ContentFile(b"no picture"), by=None, at=NOON, title="Nothing")
    with pytest.raises(DatabaseError):
        taken_in(caption="x" * 401)
    assert not Photo.objects.exists()
    assert stored(media) == []


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_fails_later_takes_the_files_along(media: Path) -> None:
    def save_both() -> None:
        with transaction.atomic():
            taken_in()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        save_both()
    assert stored(media) == []
    taken_in()
    assert len(stored(media)) == 11


def test_moving_the_focal_point_makes_the_crops_anew(media: Path) -> None:
    photo = Photo.objects.take_in(file_of(quarters(1300, 2600)), by=None, at=NOON, title="Tall", focal_x=50, focal_y=0)
    renditions, before = photo.renditions, photo.social
    photo.focal_y = 100
    photo.save(update_fields=["focal_y"])
    photo.refresh_from_db()
    assert photo.renditions == renditions
    assert photo.social is not None
    assert before is not None
    assert photo.social["name"] != before["name"]
    with Image.open(media / "public" / photo.social["name"]) as after:
        assert near(after.getpixel((100, 315)), BLUE)
    with Image.open(media / "public" / before["name"]) as held:
        assert near(held.getpixel((100, 315)), RED)


def test_saving_texts_touches_no_file(media: Path) -> None:
    photo = taken_in()
    before = stored(media)
    photo.caption = "Another caption."
    photo.save()
    assert stored(media) == before
