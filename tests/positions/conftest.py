import pytest

from positions import commenting
from positions.choices import Audience, State


@pytest.fixture
def consulted(way):
    """A position that is open for comments."""
    return way.to(State.CONSULTATION)


@pytest.fixture
def thread(consulted, representative, library):
    """The first library's comment on its second paragraph."""
    return commenting.comment(
        version=consulted.current, by=representative, library=library, text="Shorter!", paragraph=2
    )


@pytest.fixture
def secret(consulted, coordinator):
    """A comment on it between those who write."""
    return commenting.comment(
        version=consulted.current, by=coordinator, text="CANARY", audience=Audience.DRAFTERS
    )


@pytest.fixture
def folder(settings, tmp_path):
    """Where files are kept, empty and of this test alone."""
    settings.MEDIA_ROOT = tmp_path
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "arriving"
    settings.FILE_UPLOAD_TEMP_DIR.mkdir()
    return tmp_path
