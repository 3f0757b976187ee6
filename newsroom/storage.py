"""Files that are whole or not there: written beside their place, linked into it, and gone with their row."""

from __future__ import annotations

import os
import weakref
from functools import lru_cache
from pathlib import Path
from tempfile import NamedTemporaryFile
from urllib.parse import urljoin

from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage, Storage
from django.db import transaction
from django.utils.deconstruct import deconstructible
from django.utils.encoding import filepath_to_uri


@deconstructible
class WholeFileStorage(FileSystemStorage):
    """Files on a disk, of which nobody sees half: a full disk or a killed process leaves the name free."""

    def url(self, name: str | None) -> str:
        """The address of a file, worked out once: a front page has some sixty."""
        return _address(str(self.base_url), name) if self.base_url and name else super().url(name)

    def _save(self, name: str, content: File[bytes]) -> str:
        """Write to a temporary neighbour, flush it to the disk, then link it to its name. Raises OSError."""
        target = Path(self.path(name))
        target.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=target.parent, prefix=".", suffix=".part", delete=False) as partial:
            temporary = Path(partial.name)
            try:
                for chunk in content.chunks():
                    partial.write(chunk)
                partial.flush()
                os.fsync(partial.fileno())
                temporary.chmod(self.file_permissions_mode or 0o644)
                # Unlike a rename, a link never takes the place of another upload's file of the same name.
                os.link(temporary, target)
            except FileExistsError:
                return self._save(self.get_available_name(name), content)
            finally:
                temporary.unlink(missing_ok=True)
        return Path(name).as_posix()


@lru_cache(maxsize=4096)
def _address(base: str, name: str) -> str:
    return urljoin(base, filepath_to_uri(name).lstrip("/"))


class Staged:
    """Files written for a row that is not committed yet. They go with this object, unless `keep` is called.

    Call `keep_on_commit` in the transaction that saves the row, before saving it, and let go of every other
    reference: a rollback, of a savepoint too, drops the last one and with it the files. After a kill -9 they
    stay, named by nobody.
    """

    def __init__(self) -> None:
        self._written: list[tuple[Storage, str]] = []
        self._removal = weakref.finalize(self, _remove, self._written)

    def write(self, storage: Storage, name: str, data: bytes) -> str:
        """Store `data` and return the name it got. Raises OSError where it cannot be stored."""
        stored = storage.save(name, ContentFile(data))
        self._written.append((storage, stored))
        return stored

    def keep(self) -> None:
        """The row is there: the files stay."""
        self._removal.detach()

    def discard(self) -> None:
        """Remove the files now."""
        self._removal()

    def keep_on_commit(self) -> None:
        """Let the files stay from the moment at which the present transaction is committed."""
        transaction.on_commit(self.keep)


def _remove(written: list[tuple[Storage, str]]) -> None:
    while written:
        storage, name = written.pop()
        storage.delete(name)
