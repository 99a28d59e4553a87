"""Both catalogues say everything that the portal says."""

import re
import shutil
import subprocess
import sys

import polib
import pytest

from tests.repository.tree import APPS, ROOT

LANGUAGES = ("hu", "sl")
PLURAL_FORMS = {"hu": 2, "sl": 4}
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|{\w*}")


def catalogue(language, root=ROOT):
    return polib.pofile((root / "locale" / language / "LC_MESSAGES" / "django.po").read_text())


def key(entry):
    return entry.msgctxt, entry.msgid, entry.msgid_plural


def silent(entries, forms):
    """Messages that are empty, doubtful, or lack one of the language's plural forms."""
    return [
        entry.msgid
        for entry in entries
        if not entry.obsolete
        and (
            entry.fuzzy
            or not entry.translated()
            or (entry.msgid_plural and len(entry.msgstr_plural) != forms)
        )
    ]


def torn(entries):
    """Messages whose translation lost a placeholder or made one up."""
    return [entry.msgid for entry in entries if not entry.obsolete and not same_gaps(entry)]


def same_gaps(entry):
    texts = list(entry.msgstr_plural.values()) or [entry.msgstr]
    allowed = set(PLACEHOLDER.findall(entry.msgid + entry.msgid_plural))
    needed = set() if entry.msgid_plural else allowed
    return all(needed <= set(PLACEHOLDER.findall(text)) <= allowed for text in texts)


def test_a_missing_doubtful_or_incomplete_translation_is_recognised():
    empty = polib.POEntry(msgid="Empty")
    doubtful = polib.POEntry(msgid="Doubtful", msgstr="x", flags=["fuzzy"])
    short = polib.POEntry(msgid="One", msgid_plural="Many", msgstr_plural={0: "a", 1: "b"})
    good = polib.POEntry(msgid="Good", msgstr="Jó")

    assert silent([empty, doubtful, short, good], forms=4) == ["Empty", "Doubtful", "One"]


def test_a_lost_placeholder_is_recognised():
    lost = polib.POEntry(msgid="Hello %(name)s", msgstr="Szia")
    kept = polib.POEntry(msgid="Hello %(name)s", msgstr="Szia %(name)s")

    assert torn([lost, kept]) == ["Hello %(name)s"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_string_is_translated(language):
    assert silent(catalogue(language), PLURAL_FORMS[language]) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_keep_their_placeholders(language):
    assert torn(catalogue(language)) == []


@pytest.mark.skipif(not shutil.which("xgettext"), reason="xgettext (gettext) is not installed")
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogue_holds_what_the_code_says(language, tmp_path):
    for name in (*APPS, "templates", "locale"):
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("*.mo"))
    shutil.copy(ROOT / "manage.py", tmp_path)
    (tmp_path / "static").mkdir()
    before = {key(entry) for entry in catalogue(language, tmp_path) if not entry.obsolete}

    command = [sys.executable, "manage.py", "makemessages", "-l", language, "--no-obsolete"]
    subprocess.run(command, cwd=tmp_path, env=bare_environment(tmp_path), check=True)

    after = {key(entry) for entry in catalogue(language, tmp_path)}
    assert {"missing": after - before, "left over": before - after} == {
        "missing": set(),
        "left over": set(),
    }


def bare_environment(folder):
    return {"PATH": "/usr/local/bin:/usr/bin:/bin", "DATA_DIR": str(folder / "var")}
