"""An author's portrait: a square, cleaned on every way in."""

from __future__ import annotations

from pathlib import Path

import pytest
from django import forms
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from authors.models import Author
from newsroom.images import ImageRefused
from tests.pictures import from_a_camera, quarters, stored, uploaded

pytestmark = pytest.mark.django_db

AuthorForm = forms.modelform_factory(Author, fields=["name", "slug", "portrait"])
CAMERA = from_a_camera(quarters(900, 1200)).getvalue()


def form(file: bytes) -> forms.ModelForm[Author]:
    """The desk's form with a portrait in it."""
    files = uploaded("portrait", SimpleUploadedFile("ines.jpg", file))
    return AuthorForm({"name": "Ines Halloran", "slug": "ines"}, files)


@pytest.mark.parametrize("way", ["form", "save"])
def test_only_the_square_is_kept_of_a_portrait(media: Path, way: str) -> None:
    if way == "form":
        author = form(CAMERA).save()
    else:
        portrait = ContentFile(CAMERA, name="ines.jpg")
        author = Author.objects.create(name="Ines Halloran", slug="ines", portrait=portrait)
    [path] = stored(media)
    assert path == media / "public" / str(author.portrait)
    assert b"SERIAL" not in path.read_bytes()
    with Image.open(path) as image:
        assert image.size == (384, 384)
    author.role = "Trade correspondent"
    author.save()
    assert stored(media) == [path]


def test_what_is_no_picture_is_refused_at_the_field(media: Path) -> None:
    refused = form(CAMERA + b"<script>alert(1)</script>")
    assert not refused.is_valid()
    assert list(refused.errors) == ["portrait"]
    with pytest.raises(ImageRefused):
        Author.objects.create(name="Ines Halloran", slug="ines", portrait=ContentFile(b"x", name="ines.jpg"))
    assert stored(media) == []
    assert not Author.objects.exists()
