"""Both catalogues say everything that the portal says."""

import json
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


# How they are written --------------------------------------------------------------------------

GAP = re.compile(r"%\(\w+\)[a-z]|%[sd]|{\w*}|<[^>]*>")
ADDRESS = re.compile(r"/$|\.\w{2,7}$|^robots")
CARELESS = {
    "hu": {
        "an article that is guessed": r"\ba\(z\)",
        "quotation marks of another language": r"[“«»‘\"]",
        "three dots": r"\.\.\.",
        "a hyphen for a dash": r"\w{2} - \w",
        "an informal word": r"\b(kérlek|kattints|válassz|válaszd|próbáld|add|adj|nézd|írd|írj|"
        r"küldd|küldj|lépj|jelentkezz|használd|használj|neked|téged|fiókod|jelszavad|címed)\b",
        "a space before a mark": r" [,.;:!?]",
    },
    "sl": {
        "quotation marks of another language": r"[“”„‘\"]",
        "three dots": r"\.\.\.",
        "a hyphen for a dash": r"\w{2} - \w",
        "an informal word": r"\b(klikni|tvoj|tvoja|tvoje|tvojo|tebi|imaš|želiš|lahko \w+š)\b",
        "a space before a mark": r" [,.;:!?]",
    },
}
WORDS = [
    # as they stand in an English message, in its Hungarian and in its Slovenian translation
    (r"\bsections?\b", "tagozat", "sekcij"),
    (r"\bmember librar(y|ies)\b", "tagkönyvtár", "članic"),
    (r"\bcount(y|ies)\b", "megy", "županij"),
    (r"\bamendments?\b", "indítván", "dopolnil"),
    (r"\bendorse", "csatlako", "podp"),
    (r"\bminority opinions?\b", "különvélemény", r"ločen\w+ mnenj"),
    (r"\bquorum", "határozatkép", "sklepčn"),
    (r"\bmajority\b", "többség", "večin"),
    (r"\bresolutions?\b", "határozat", "sklep"),
    (r"\baddressees?\b", "címzett", "naslovnik"),
    (r"\bfile number", "iktatószám", "opraviln"),
    (r"\brepresentatives?\b", "képviselő", "predstavni|zastopa"),
    (r"\bcoordinators?\b", "koordinátor", "koordinator"),
    (r"\bdrafts?\b", "tervezet", "osnut"),
    (r"\bversions?\b", "változat", "različic"),
    (r"\bmandates?\b", "megbízatás", "mandat"),
    (r"\bauthorit(y|ies)\b", "szerv", "organ"),
]
OTHERWISE = (
    "It was assigned to sections",
    "Link the resolutions",
    "answered by their addressee",
    "If you get no answer within 30 days",  # a section of an act
)
"""Sentences that say it without the word, or with another one on purpose."""


def said(entry):
    return list(entry.msgstr_plural.values()) or [entry.msgstr]


def careless(entries, language):
    return [
        (what, text)
        for entry in entries
        for text in said(entry)
        for what, pattern in CARELESS[language].items()
        if re.search(pattern, GAP.sub("X", text), re.IGNORECASE)
    ]


def other_words(entries, column):
    """Messages with a word of the house in English, and without it in the translation."""
    found = []
    for entry in entries:
        message = GAP.sub("", entry.msgid)
        if entry.obsolete or ADDRESS.search(entry.msgid) or entry.msgid.startswith(OTHERWISE):
            continue
        for row in WORDS:
            if re.search(row[0], message, re.IGNORECASE) and not all(
                re.search(row[column], text, re.IGNORECASE) for text in said(entry)
            ):
                found.append((row[0], entry.msgid))
    return found


def test_careless_writing_is_recognised():
    texts = ["A(z) X", "„jó”", "Várjon...", "Add meg a kódot", "egy - kettő", "Jó : nem"]
    entries = [polib.POEntry(msgid=text, msgstr=text) for text in texts]

    assert [text for _what, text in careless(entries, "hu")] == [texts[0], *texts[2:]]


def test_another_word_than_the_houses_is_recognised():
    other = polib.POEntry(msgid="The section votes", msgstr="A szekció szavaz")
    ours = polib.POEntry(msgid="The section decides", msgstr="A tagozat dönt")

    assert other_words([other, ours], 1) == [(WORDS[0][0], "The section votes")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_are_written_with_care(language):
    assert careless(catalogue(language), language) == []


def content(part, language, inside=False):
    """What the files beside the code say in a language: guides, glossary, templates of letters."""
    if isinstance(part, str):
        return [part] if inside else []
    if isinstance(part, list):
        return [text for each in part for text in content(each, language, inside)]
    if isinstance(part, dict):
        whole = inside or part.get("language") == language
        return [
            text
            for name, each in part.items()
            for text in content(each, language, whole or name == language)
        ]
    return []


def test_the_content_of_a_language_is_found():
    letter = {"language": "hu", "paragraphs": ["Tisztelt Címzett!"]}
    guide = {"id": "start", "steps": [{"hu": "Kezdés", "sl": "Začetek"}], "days": 8}

    assert content([letter, guide], "hu") == ["hu", "Tisztelt Címzett!", "Kezdés"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_content_is_written_with_care(language):
    files = sorted((ROOT / "iksz_portal" / "data").rglob("*.json"))
    texts = [text for file in files for text in content(json.loads(file.read_text()), language)]

    assert careless([polib.POEntry(msgstr=text) for text in texts], language) == []


@pytest.mark.parametrize(("language", "column"), [("hu", 1), ("sl", 2)])
def test_the_words_of_the_house_are_the_same_everywhere(language, column):
    assert other_words(catalogue(language), column) == []
