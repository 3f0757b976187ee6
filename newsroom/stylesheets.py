"""One stylesheet for readers, out of one file for each component: collectstatic puts the imported files in place.

Without collectstatic (tests, a development server) the browser follows the imports itself; the look is the same.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import Any

import brotli
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from django.core.files.base import ContentFile, File
from django.core.files.storage.base import Storage
from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage

# Files whose imports are put in place.
BUNDLES = ("css/site.css",)

IMPORT = re.compile(r"""^@import url\("(?P<file>[^"]+)"\) layer\((?P<layer>[\w-]+)\);\n?""", re.MULTILINE)
URL = re.compile(r"""url\("(?P<target>(?![a-z]+:|/|#)[^"]+)"\)""")


class _Bundle:
    """A storage of source files that opens one stylesheet with its imports in place."""

    def __init__(self, storage: Storage) -> None:
        self.storage = storage

    def __getattr__(self, name: str) -> Any:
        return getattr(self.storage, name)

    def open(self, path: str, mode: str = "rb") -> File[bytes]:
        """The stylesheet as one file."""
        return ContentFile(bundled(self.storage, path).encode(), name=path)


def bundled(storage: Storage, path: str) -> str:
    """The stylesheet at `path` with every `@import url("…") layer(…);` replaced by that file, in its layer.

    Addresses in an imported file are made relative to the stylesheet that takes it in. One level deep.
    """
    folder = posixpath.dirname(path)

    def imported(match: re.Match[str]) -> str:
        source = posixpath.normpath(posixpath.join(folder, match["file"]))
        moved = posixpath.relpath(posixpath.dirname(source), folder or ".")

        def relative(url: re.Match[str]) -> str:
            return f'url("{posixpath.normpath(posixpath.join(moved, url["target"]))}")'

        return f"@layer {match['layer']} {{\n{URL.sub(relative, _read(storage, source))}}}\n"

    return IMPORT.sub(imported, _read(storage, path))


def _read(storage: Storage, path: str) -> str:
    with storage.open(path) as file:
        content: bytes = file.read()
    return content.decode()


class BundlingMixin(ManifestStaticFilesStorage):
    """Puts imports in place before names are hashed."""

    def post_process(
        self,
        paths: dict[str, Any],
        dry_run: bool = False,  # noqa: FBT001, FBT002 - Django's signature
        **options: Any,
    ) -> Iterator[Any]:
        """Let hashing read the bundles, always from the source files, whatever an earlier run left."""
        for name in BUNDLES:
            if name in paths:
                storage, path = paths[name]
                paths[name] = (_Bundle(storage), path)
        yield from super().post_process(paths, dry_run, **options)


class _Compressor(Compressor):  # type: ignore[misc]  # whitenoise has no types
    """Compresses to within a few per cent of the smallest, in a fraction of the time: a first start waits for it."""

    @staticmethod
    def compress_brotli(data: bytes) -> bytes:
        """The data, brotli-compressed."""
        compressed: bytes = brotli.compress(data, quality=9)
        return compressed


class StaticFilesStorage(BundlingMixin, CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise has no types
    """Static files as production serves them: bundled, named by their content, compressed ahead."""

    def create_compressor(self, **options: Any) -> Compressor:
        """What WhiteNoise compresses with."""
        return _Compressor(**options)
