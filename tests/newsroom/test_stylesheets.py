"""One stylesheet: what it imports is put in place, whole, in its layer, with its addresses mended."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.files.storage import FileSystemStorage
from django.core.management import call_command
from pytest_django.fixtures import Settings

from newsroom.stylesheets import bundled

CSS = Path(__file__).resolve().parent.parent.parent / "static" / "css"


def test_imports_are_put_in_their_layers_and_addresses_made_relative(tmp_path: Path) -> None:
    (tmp_path / "css" / "parts").mkdir(parents=True)
    (tmp_path / "css" / "site.css").write_text('@layer a, b;\n\n@import url("parts/x.css") layer(b);\np {}\n')
    (tmp_path / "css" / "parts" / "x.css").write_text(
        'a { src: url("../../fonts/f.woff2"); b: url("data:x"); c: url("/d"); }\n'
    )
    assert bundled(FileSystemStorage(tmp_path), "css/site.css") == (
        '@layer a, b;\n\n@layer b {\na { src: url("../fonts/f.woff2"); b: url("data:x"); c: url("/d"); }\n}\np {}\n'
    )


def test_every_component_is_imported_once_and_every_import_exists() -> None:
    imports = re.findall(r'@import url\("([^"]+)"\)', (CSS / "site.css").read_text())
    assert len(imports) == len(set(imports))
    every = set(CSS.rglob("*.css"))
    of_the_desk = {path for path in every if path.relative_to(CSS).parts[0].startswith("desk")}
    assert {CSS / name for name in imports} == every - {CSS / "site.css"} - of_the_desk


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_collected_stylesheet_asks_for_no_other_and_its_fonts_exist(tmp_path: Path, settings: Settings) -> None:
    settings.STATIC_ROOT = str(tmp_path)
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "newsroom.stylesheets.StaticFilesStorage"}}
    for _ in range(2):  # a second run finds its own work and must not trust it
        call_command("collectstatic", interactive=False, verbosity=0)
        [collected] = [path for path in tmp_path.glob("css/site.*.css") if path.name != "site.css"]
        css = collected.read_text()
        assert "@import" not in css
        fonts = re.findall(r'url\("\.\./(fonts/[^"]+)"\)', css)
        assert len(fonts) == 8
        assert all((tmp_path / font).is_file() for font in fonts)
        assert len(collected.with_name(f"{collected.name}.br").read_bytes()) < 12_000
