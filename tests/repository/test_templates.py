import ast
import re
from importlib.util import find_spec
from pathlib import Path

import pytest
from django.apps import apps
from django.template import engines

from tests.repository.tree import ROOT, parsed, place, python_files, template_folders, templates

COMMENTS = re.compile(r"{#.*?#}|{%\s*comment.*?%}.*?{%\s*endcomment\s*%}|<!--.*?-->", re.DOTALL)
INLINE = {
    "a style attribute": re.compile(r"<[^<>]*?\sstyle\s*=", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "an event attribute": re.compile(r"<[^<>]*?\son[a-z]+\s*=", re.IGNORECASE),
    "an inline script": re.compile(
        r"<script\b(?! type=\"application/ld\+json\">{{ facts }}</script>)(?![^>]*\bsrc\s*=)",
        re.IGNORECASE,
    ),
    "a script address": re.compile(r"javascript:", re.IGNORECASE),
    "an htmx script": re.compile(r"hx-(on\b|vals=.js:|vars=)", re.IGNORECASE),
    "a mark past the escaping": re.compile(r"\|\s*safe\b|autoescape off"),
}
CALLED_BY_DJANGO = {"400.html", "403.html", "403_csrf.html", "404.html", "500.html"}
QUOTED = re.compile(r"""["']([\w./-]+\.(?:html|txt|svg|xml))["']""")


def inline_code(text):
    """What the content security policy would refuse to run, or the sanitiser never saw."""
    text = COMMENTS.sub("", text)
    return [what for what, pattern in INLINE.items() if pattern.search(text)]


def names_in_python(tree):
    """Template names as Python writes them: literally, or as an f-string with gaps."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield re.escape(node.value)
        if isinstance(node, ast.JoinedStr):
            yield "".join(
                re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"[\w./-]+"
                for part in node.values
            )


def unused(names, patterns):
    wanted = re.compile("|".join(f"(?:{pattern})" for pattern in sorted(patterns)))
    return {name for name in names if not wanted.fullmatch(name)}


def overrides_a_package(name):
    """A template of the same name that an installed package brings and asks for itself."""
    places = [Path(config.path) / "templates" for config in apps.get_app_configs()]
    places.append(Path(find_spec("django").origin).parent / "forms" / "templates")
    ours = set(template_folders())
    return any((folder / name).is_file() for folder in places if folder not in ours)


def asked_for_by_the_admin(name):
    parts = name.split("/")
    return parts[0] == "admin" and len(parts) > 2 and parts[1] in apps.app_configs


@pytest.mark.parametrize(
    ("sample", "finding"),
    [
        ('<p class="x" style="color: red">', "a style attribute"),
        ("<STYLE>p {}</STYLE>", "a style element"),
        ('<a\n href="#" onclick="go()">', "an event attribute"),
        ("<script>go()</script>", "an inline script"),
        ('<a href="javascript:go()">', "a script address"),
        ('<p data-hx-on:click="go()">', "an htmx script"),
        ("{{ text|safe }}", "a mark past the escaping"),
    ],
)
def test_inline_code_is_recognised(sample, finding):
    assert inline_code(sample) == [finding]


def test_data_is_no_code_where_one_value_is_all_of_it():
    """`core.structured.in_a_script` has escaped it; anything else in such an element is refused."""
    opening = '<script type="application/ld+json">'

    assert inline_code(opening + "{{ facts }}</script>") == []
    assert inline_code(opening + '{"name": "{{ name }}"}</script>') == ["an inline script"]
    assert inline_code("<script>{{ facts }}</script>") == ["an inline script"]


def test_code_in_files_is_not_inline_code():
    assert inline_code('<script src="{% static "x.js" %}" defer></script>{# style= #}') == []


@pytest.mark.parametrize("name", sorted(name for name in templates() if not name.endswith(".txt")))
def test_a_template_holds_no_inline_code(name):
    found = inline_code(templates()[name].read_text())

    assert found == []


def test_a_name_in_a_string_or_an_f_string_counts_as_use():
    tree = ast.parse('render("a/b.html")\nrender(f"mail/{kind}.txt")')

    assert unused({"a/b.html", "mail/x.txt", "a/c.html"}, set(names_in_python(tree))) == {
        "a/c.html"
    }


def test_every_template_is_used():
    patterns = {re.escape(name) for name in CALLED_BY_DJANGO}
    for file in python_files():
        patterns.update(names_in_python(parsed(file)))
    for file in templates().values():
        patterns.update(re.escape(name) for name in QUOTED.findall(file.read_text()))

    left = unused(templates(), patterns)

    assert {
        name for name in left if not overrides_a_package(name) and not asked_for_by_the_admin(name)
    } == set()


@pytest.mark.parametrize("name", sorted(templates()))
def test_a_template_compiles(name):
    engines["django"].get_template(name)


@pytest.mark.parametrize(
    "name", sorted(name for name in templates() if not name.startswith("components/"))
)
def test_a_page_reads_in_one_sitting(name):
    assert len(templates()[name].read_text().splitlines()) <= 80


def test_style_sheets_load_nothing_from_elsewhere():
    outside = re.compile(r"url\(\s*[\"']?(?:https?:|//|data:)|@import\s+[\"']https?:")
    sheets = [file for file in ROOT.glob("static/**/*.css") if "vendor" not in file.parts]

    assert [place(sheet) for sheet in sheets if outside.search(sheet.read_text())] == []
