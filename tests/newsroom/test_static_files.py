"""What is served of the packages' files, and what is not."""

from __future__ import annotations

import pytest
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.finders import get_finders

from newsroom import staticfiles
from newsroom.richtext.editor import REMOVED_PLUGINS


def collected() -> set[str]:
    """The paths that collectstatic would collect."""
    return {path for finder in get_finders() for path, _ in finder.list(["CVS", ".*", "*~"])}


def test_nothing_of_a_removed_plugin_or_a_sample_is_collected() -> None:
    paths = collected()
    unwanted = [f"/plugins/{plugin}/" for plugin in (*REMOVED_PLUGINS, "codesnippetgeshi")] + ["/samples/", ".php"]
    assert [path for path in paths if any(part in path for part in unwanted)] == []


@pytest.mark.parametrize(
    "path",
    [
        "ckeditor/ckeditor/ckeditor.js",
        "ckeditor/ckeditor/lang/en-gb.js",
        "ckeditor/ckeditor/lang/de.js",
        "ckeditor/ckeditor/plugins/divarea/plugin.js",
        "ckeditor/ckeditor/plugins/link/dialogs/link.js",
        "ckeditor/ckeditor/plugins/table/dialogs/table.js",
        "ckeditor/ckeditor/skins/moono-lisa/editor.css",
        "ckeditor/ckeditor-init.js",
    ],
)
def test_what_the_editor_asks_for_is_there(path: str) -> None:
    assert path in collected()
    assert finders.find(path)


def test_a_file_that_is_not_collected_is_not_found_either() -> None:
    assert finders.find("ckeditor/ckeditor/plugins/preview/preview.html") is None
    assert finders.find("ckeditor/ckeditor/plugins/wsc/dialogs/wsc.js") is None


@pytest.mark.parametrize("language", ["fr", "da", "de-ch", "es"])
def test_languages_that_the_newsroom_cannot_have_are_not_collected(language: str) -> None:
    assert finders.find(f"ckeditor/ckeditor/lang/{language}.js") is None


def test_the_editors_upload_views_are_not_installed() -> None:
    from django.conf import settings

    assert "ckeditor_uploader" not in settings.INSTALLED_APPS


def test_files_are_collected_again_when_one_of_them_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staticfiles, "_stamp", lambda: _Stamp("old"))
    assert staticfiles.are_outdated()
    monkeypatch.setattr(staticfiles, "_stamp", lambda: _Stamp(staticfiles._fingerprint()))
    assert not staticfiles.are_outdated()


class _Stamp:
    """A stamp file that holds a text."""

    def __init__(self, text: str) -> None:
        self.text = text

    def exists(self) -> bool:
        """It does."""
        return True

    def read_text(self) -> str:
        """What it holds."""
        return self.text
