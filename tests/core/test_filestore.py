"""Files on a disk that is full."""

import errno

import pytest
from django.core.files.base import ContentFile

from core.filestore import DurableStorage


class Endless(ContentFile):
    """Its second piece finds no room."""

    def chunks(self, chunk_size=None):
        yield b"first"
        raise OSError(errno.ENOSPC, "No space left on device")


def test_O_068_of_a_file_for_which_there_is_no_room_nothing_stays(tmp_path):
    storage = DurableStorage(location=tmp_path)

    with pytest.raises(OSError, match="No space left"):
        storage.save("dump/one", Endless(b"first second"))

    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_what_is_saved_stays(tmp_path):
    storage = DurableStorage(location=tmp_path)

    name = storage.save("dump/one", ContentFile(b"all of it"))

    assert (tmp_path / name).read_bytes() == b"all of it"
