"""Files are whole or not there, and go with the row that they were written for."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import transaction

from newsroom import images
from newsroom.images import NotStored
from newsroom.storage import Staged, WholeFileStorage
from tests.pictures import file_of, quarters, stored


class TornFile(ContentFile):  # type: ignore[type-arg]  # no generic at run time
    """A file whose second chunk fails, as when a disk is full."""

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        yield b"half"
        raise OSError(errno.ENOSPC, "No space left on device")


def test_a_file_whose_writing_fails_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No space left"):
        WholeFileStorage(location=tmp_path).save("a/b.jpg", TornFile(b""))
    assert stored(tmp_path) == []


def test_an_existing_file_is_never_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    storage = WholeFileStorage(location=tmp_path)
    storage.save("a.jpg", ContentFile(b"first"))
    # As if another upload took the name between the look and the writing.
    looked: list[str] = []
    real = storage.get_available_name

    def late(name: str, max_length: int | None = None) -> str:
        looked.append(name)
        return name if len(looked) == 1 else real(name, max_length)

    monkeypatch.setattr(storage, "get_available_name", late)
    second = storage.save("a.jpg", ContentFile(b"second"))
    assert second != "a.jpg"
    assert (tmp_path / "a.jpg").read_bytes() == b"first"
    assert (tmp_path / second).read_bytes() == b"second"
    assert len(stored(tmp_path)) == 2


def test_a_stored_file_can_be_read_by_the_web_server(tmp_path: Path) -> None:
    WholeFileStorage(location=tmp_path).save("a.jpg", ContentFile(b"x"))
    assert (tmp_path / "a.jpg").stat().st_mode & 0o777 == 0o644


@pytest.mark.parametrize("failing", range(1, 9))
def test_a_disk_that_fills_up_at_any_file_leaves_nothing(
    media: Path, monkeypatch: pytest.MonkeyPatch, failing: int
) -> None:
    written: list[int] = []
    real = os.fsync

    def fsync(descriptor: int) -> None:
        written.append(descriptor)
        if len(written) == failing:
            raise OSError(errno.ENOSPC, "No space left on device")
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    with pytest.raises(NotStored, match="disk may be full"):
        images.ingest(file_of(quarters()))
    assert stored(media) == []


@pytest.mark.django_db(transaction=True)
def test_a_rollback_takes_the_files_along_and_a_commit_keeps_them(media: Path) -> None:
    def in_transaction(*, then: str) -> None:
        with transaction.atomic():
            staged = Staged()
            staged.write(WholeFileStorage(location=media), f"{then}.jpg", b"x")
            staged.keep_on_commit()
            del staged
            if then == "fail":
                raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        in_transaction(then="fail")
    assert stored(media) == []
    in_transaction(then="go on")
    assert stored(media) == [media / "go on.jpg"]


@pytest.mark.django_db(transaction=True)
def test_a_savepoint_that_is_rolled_back_takes_its_files_along(media: Path) -> None:
    def write(name: str) -> None:
        staged = Staged()
        staged.write(WholeFileStorage(location=media), name, b"x")
        staged.keep_on_commit()

    def fail() -> Any:
        with transaction.atomic():
            write("inner.jpg")
            raise ZeroDivisionError

    with transaction.atomic():
        write("outer.jpg")
        with pytest.raises(ZeroDivisionError):
            fail()
    assert stored(media) == [media / "outer.jpg"]
