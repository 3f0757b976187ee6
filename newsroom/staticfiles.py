"""Which files of the packages are served, and when to collect them again.

Not served are those of editor plugins that are switched off and the like: what no page asks for is only a place for
a hole, and CKEditor's advisories are about such files (see richtext/editor.py).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.utils import matches_patterns
from django.core.files.storage import Storage
from django.core.management import call_command

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

# Where each file is named by its language.
_IN_LANGUAGES = ("ckeditor/ckeditor/*lang", "admin/js/vendor/select2/i18n")

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
    # Languages other than those that the newsroom may have, English and German.
    *(f"{folder}/{other}" for folder in _IN_LANGUAGES for other in ("[!de]*", "d[!e]*", "de-*", "e[!n]*")),
)


class AppDirectoriesFinder(finders.AppDirectoriesFinder):
    """Finds what apps bring, except for UNSERVED."""

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:
        """Yield each file's path and storage."""
        yield from super().list([*(ignore_patterns or ()), *UNSERVED])

    def find_in_app(self, app: str, path: str) -> Any:
        """Return where the file `path` of `app` is, or None."""
        return None if matches_patterns(path, UNSERVED) else super().find_in_app(app, path)


def are_outdated() -> bool:
    """Whether the collected files may differ from what there is to collect."""
    stamp = _stamp()
    return not stamp.exists() or stamp.read_text() != _fingerprint()


def collect() -> None:
    """Collect, and note what of."""
    fingerprint = _fingerprint()
    call_command("collectstatic", verbosity=0, interactive=False)
    _stamp().write_text(fingerprint)


def _stamp() -> Path:
    return Path(settings.STATIC_ROOT) / ".collected"


def _fingerprint() -> str:
    """A digest of everything that static files are made from: our own files, the packages' versions, the rules."""
    base = Path(settings.BASE_DIR)
    sources = [base / "requirements.lock", *base.glob("newsroom/**/*.py")]
    sources += [
        file for folder in ("static", "articles/static", "authors/static") for file in base.glob(f"{folder}/**/*")
    ]
    digest = hashlib.sha256()
    for file in sorted(sources):
        if file.is_file():
            seen = file.stat()
            digest.update(f"{file.relative_to(base)} {seen.st_mtime_ns} {seen.st_size}\n".encode())
    return digest.hexdigest()
