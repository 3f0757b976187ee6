"""Which files of the packages are served: not those of editor plugins that are switched off, nor of unused widgets.

What no page asks for is only a place for a hole: CKEditor's advisories are about such files (see richtext/editor.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.utils import matches_patterns
from django.core.files.storage import Storage

from newsroom.richtext.editor import REMOVED_PLUGINS

# Beside the removed plugins: what they bring along, and what the editor's build does not contain.
_UNUSED_PLUGINS = [
    "adobeair",
    "bbcode",
    "codesnippet",
    "codesnippetgeshi",
    "devtools",
    "embedbase",
    "embedsemantic",
    "iframedialog",
    "language",
    "mathjax",
    "placeholder",
    "sourcedialog",
    "stylesheetparser",
    "uicolor",
    "uploadimage",
]

# Patterns of whole paths; a star takes slashes too.
UNSERVED = (
    *(f"ckeditor/ckeditor/plugins/{plugin}/*" for plugin in (*REMOVED_PLUGINS, *_UNUSED_PLUGINS)),
    "ckeditor/ckeditor/samples/*",
    "ckeditor/ckeditor/adapters/*",
    "ckeditor/ckeditor/skins/moono/*",
    "ckeditor/ckeditor/*.md",
    "ckeditor/ckeditor/b*-config*",
    "ckeditor/ckeditor/vendor/*",
    "ckeditor/file-icons/*",
    "ckeditor/galleriffic/*",
    # Languages other than English.
    "ckeditor/ckeditor/*lang/[!e]*",
    "ckeditor/ckeditor/*lang/e[!n]*",
    "admin/js/vendor/select2/i18n/[!e]*",
    "admin/js/vendor/select2/i18n/e[!n]*",
)


class AppDirectoriesFinder(finders.AppDirectoriesFinder):
    """Finds what apps bring, except for UNSERVED."""

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:
        """Yield each file's path and storage."""
        yield from super().list([*(ignore_patterns or ()), *UNSERVED])

    def find_in_app(self, app: str, path: str) -> Any:
        """Return where the file `path` of `app` is, or None."""
        return None if matches_patterns(path, UNSERVED) else super().find_in_app(app, path)
