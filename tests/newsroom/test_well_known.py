"""Files that machines look for by their names: manifest, icons, security.txt, the way to a new password."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured
from django.core.management import call_command
from PIL import Image, ImageChops
from pytest_django.fixtures import Settings

from newsroom import well_known
from newsroom.management.commands.draw_icons import BARS, FIELD, icons
from tests.factories import NOON
from tests.readers import Reader

pytestmark = pytest.mark.django_db

STATIC = Path(configured.BASE_DIR) / "static"


def test_manifest_names_the_newspaper_and_icons_of_the_sizes_that_it_says(reader: Reader) -> None:
    response = reader.get("/manifest.webmanifest")
    assert response.headers["Content-Type"] == "application/manifest+json"
    manifest = json.loads(response.content)
    assert (manifest["name"], manifest["lang"], manifest["start_url"]) == ("The Northmere Courier", "en-GB", "/")
    assert {"any", "192x192", "512x512"} == {icon["sizes"] for icon in manifest["icons"]}
    assert "maskable" in [icon.get("purpose") for icon in manifest["icons"]]
    for icon in manifest["icons"]:
        file = STATIC / icon["src"].removeprefix("/static/")
        if icon["type"] == "image/png":
            with Image.open(file) as picture:
                assert f"{picture.width}x{picture.height}" == icon["sizes"]
        assert file.exists()
    page = reader.page("/")
    assert page.one("link", rel="manifest")["href"] == "/manifest.webmanifest"


def test_colours_of_the_browser_are_those_of_the_page(reader: Reader) -> None:
    light, dark = re.findall(r"--paper: (#[0-9a-f]{6})", (STATIC / "css" / "tokens.css").read_text())[:2]
    colours = {each["media"]: each["content"] for each in reader.page("/").all("meta", name="theme-color")}
    assert colours == {"(prefers-color-scheme: light)": light, "(prefers-color-scheme: dark)": dark}
    assert light == well_known.PAPER


def test_browsers_find_icons_at_the_root_without_being_told(reader: Reader) -> None:
    sizes = {}
    for path in ("/favicon.ico", "/apple-touch-icon.png"):
        response: Any = reader.client.get(path, secure=True)
        assert response.status_code == 200
        with Image.open(BytesIO(b"".join(response.streaming_content))) as picture:
            sizes[path] = picture.info.get("sizes", {picture.size})
        assert reader.client.head(path, secure=True).status_code == 200
    assert sizes == {"/favicon.ico": {(16, 16), (32, 32), (48, 48)}, "/apple-touch-icon.png": {(180, 180)}}


def test_icons_are_what_the_command_draws_and_what_the_vector_icon_shows(tmp_path: Path, settings: Settings) -> None:
    vector = (STATIC / "icons" / "icon.svg").read_text()
    bars, x, y = [], 0.0, 0.0
    for across, down, width, height in re.findall(r"[Mm]([\d.]+) ([\d.]+)h([\d.]+)v([\d.]+)", vector):
        x, y = x + float(across), y + float(down)
        bars.append((x, y, x + float(width), y + float(height)))
    assert bars == [*BARS]
    assert f'viewBox="0 0 {FIELD} {FIELD}"' in vector
    for name, drawn in icons().items():
        with Image.open(STATIC / "icons" / name) as kept:
            assert kept.size == drawn.size
            difference = ImageChops.difference(kept.convert("RGBA"), drawn.convert("RGBA"))
            assert max(high for _, high in difference.getextrema()) <= 2, name  # type: ignore[misc]
    (tmp_path / "static" / "icons" / "root").mkdir(parents=True)
    settings.BASE_DIR = tmp_path
    call_command("draw_icons", verbosity=0)
    assert {path.name for path in (tmp_path / "static").rglob("*.*")} == {Path(name).name for name in icons()}


def test_security_txt_names_the_contacts_and_stands_for_less_than_a_year(reader: Reader, settings: Settings) -> None:
    settings.NEWSROOM_SECURITY_CONTACT = ["mailto:security@example.org", "https://www.example.org/security/"]
    response = reader.get("/.well-known/security.txt")
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    fields = [line.split(": ", 1) for line in response.content.decode().splitlines()]
    assert [value for name, value in fields if name == "Contact"] == settings.NEWSROOM_SECURITY_CONTACT
    said = dict(fields)
    assert said["Canonical"] == "https://www.example.org/.well-known/security.txt"
    assert said["Preferred-Languages"] == "en-GB"
    expires = datetime.fromisoformat(said["Expires"])
    assert timedelta(days=100) < expires - NOON < timedelta(days=365)
    assert expires.tzinfo is not None
    reader.at = datetime(2027, 2, 3, tzinfo=UTC)
    assert reader.get("/.well-known/security.txt").content != response.content
    redirect = reader.get("/security.txt")
    assert (redirect.status_code, redirect.headers["Location"]) == (301, "/.well-known/security.txt")


def test_without_a_contact_there_is_no_security_txt(reader: Reader, settings: Settings) -> None:
    settings.NEWSROOM_SECURITY_CONTACT = []
    for path in ("/.well-known/security.txt", "/security.txt"):
        assert reader.status(path) == 404


def test_password_managers_are_sent_to_the_desk(reader: Reader) -> None:
    response = reader.get("/.well-known/change-password")
    assert (response.status_code, response.headers["Location"]) == (302, "/admin/password_change/")
    assert reader.status("/.well-known/resource-that-should-not-exist-whose-status-code-should-not-be-200") == 404
