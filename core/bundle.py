"""One style sheet out of many: collected, `css/portal.css` holds what it names."""

import posixpath
import re
from collections.abc import Callable
from pathlib import Path

from whitenoise.storage import CompressedManifestStaticFilesStorage

BUNDLE = "css/portal.css"
IMPORT = re.compile(r'@import url\("([^"]+)"\)\s*([a-z ]*);')
ADDRESS = re.compile(r'url\("(?!data:|/|https?:)([^"]+)"\)')
CHARSET = re.compile(r'^@charset "[^"]*";')


def bundled(name: str, read: Callable[[str], str]) -> str:
    """The style sheet with those it imports in their places; `read` gives a file by its name."""
    folder = posixpath.dirname(name)

    def put_in(found: re.Match) -> str:
        imported = posixpath.normpath(posixpath.join(folder, found[1]))
        text = _seen_from(folder, imported, CHARSET.sub("", bundled(imported, read)))
        return f"@media {found[2]} {{\n{text}\n}}" if found[2] else text

    return IMPORT.sub(put_in, read(name))


def _seen_from(folder: str, name: str, text: str) -> str:
    """The text with its addresses, which were relative to the file, relative to the folder."""
    own = posixpath.dirname(name)

    def seen(found: re.Match) -> str:
        target = posixpath.normpath(posixpath.join(own, found[1]))
        return f'url("{posixpath.relpath(target, folder)}")'

    return ADDRESS.sub(seen, text)


class BundlingStorage(CompressedManifestStaticFilesStorage):
    def post_process(self, paths, dry_run=False, **options):
        if not dry_run and BUNDLE in paths:
            whole = bundled(BUNDLE, lambda name: _read(paths[name]))
            Path(self.path(BUNDLE)).write_text(whole, encoding="utf-8")
            paths = {**paths, BUNDLE: (self, BUNDLE)}
        yield from super().post_process(paths, dry_run, **options)


def _read(place):
    storage, path = place
    with storage.open(path) as file:
        return file.read().decode()
