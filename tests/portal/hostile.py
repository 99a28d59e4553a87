"""Words of somebody with bad intent, put into every row there is, and a reader of pages who tells
whether any of them became more than words."""

import re
from html.parser import HTMLParser

from django.apps import apps
from django.db import models
from django.db.models import F, Value
from django.db.models.functions import Concat, Replace, Substr
from django.forms import BaseForm

RUN = "window.__xss=1"
BREAKOUT = f'"><svg onload={RUN}>'
IN_A_PARAGRAPH = (
    f"<p><script>{RUN}</script><svg onload={RUN}></svg><a href='javascript:{RUN}'>b</a>"
)
ROOMS = ("members", "sections", "positions")
SHORTEST = 60
"""A column that holds less holds codes and numbers."""
NO_WORDS = {"password", "search_text", "sort_key", "sha256", "media_type", "fingerprint", "content"}
NO_WORDS |= {"wording"}  # of a paragraph, as it was when something was said of it
ADDRESSES = {"href", "src", "action", "formaction", "data", "poster", "xlink:href"}
SCHEMES = ("javascript:", "data:text", "vbscript:")


def poison():
    """Every free word of every row begins with the break-out; texts with structure hold scripts
    that no form would have let in. Straight into the database, behind every check."""
    for room in ROOMS:
        for model in apps.get_app_config(room).get_models():
            for field in filter(is_free, model._meta.concrete_fields):
                put_into(model, field)


def is_free(field):
    if type(field) not in {models.CharField, models.TextField} or field.name in NO_WORDS:
        return False
    long_enough = field.max_length is None or field.max_length >= SHORTEST
    return long_enough and not field.choices and not field.unique


def put_into(model, field):
    filled, words = model._base_manager.exclude(**{field.name: ""}), f"{BREAKOUT} "
    rest = Substr(F(field.name), 1, (field.max_length or 100_000) - len(words))
    hostile = Concat(Value(words), rest)
    if field.name == "body":
        hostile = Replace(F("body"), Value("<p>"), Value(IN_A_PARAGRAPH))
    filled.update(**{field.name: hostile})


class Reader(HTMLParser):
    """What in a page would run: handlers, scripts of its own, addresses that are code."""

    def __init__(self):
        super().__init__()
        self.dangers, self._script = [], ""

    def handle_starttag(self, tag, attrs):
        self._script = dict(attrs).get("type", "code") if tag == "script" else ""
        for name, value in attrs:
            target = "".join((value or "").split()).lower()
            coded = name in ADDRESSES and target.startswith(SCHEMES)
            if coded or name.startswith("on") or name == "srcdoc":
                self.dangers.append(self.get_starttag_text())

    def handle_endtag(self, tag):
        self._script = ""

    def handle_data(self, data):
        told = "<" if self._script.endswith("json") else RUN  # what would end data; what would run
        if self._script and told in data:
            self.dangers.append(data)


def dangers(page):
    """In a page as it was answered; nothing in what is no page."""
    if not page.headers.get("Content-Type", "").startswith("text/html"):
        return []
    reader = Reader()
    reader.feed(page.content.decode())
    return reader.dangers


class Forms(HTMLParser):
    """The names of what can be typed, ticked or chosen in the main part of a page."""

    def __init__(self):
        super().__init__()
        self.names, self._main = set(), False

    def handle_starttag(self, tag, attrs):
        self._main = self._main or tag == "main"
        told = dict(attrs)
        typed = tag in {"input", "select", "textarea"} and told.get("name")
        if self._main and typed and told.get("type") not in {"file", "hidden"}:
            self.names.add(told["name"])

    def handle_endtag(self, tag):
        self._main = self._main and tag != "main"


def fields_of(page):
    found = Forms()
    found.feed(page.content.decode())
    return sorted(found.names)


class Marks(HTMLParser):
    """The ids of a page, where its links within lead to, and its fields: id, whether it says
    that it is wrong, and the ids of what describes it or the group it belongs to."""

    def __init__(self):
        super().__init__()
        self.ids, self.links, self.fields = set(), set(), []
        self._groups = []

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        self.ids.add(told.get("id"))
        if tag == "a" and (told.get("href") or "").startswith("#"):
            self.links.add(told["href"][1:])
        if tag == "fieldset":
            self._groups.append(told.get("aria-describedby", ""))
        if tag in {"input", "select", "textarea"} and told.get("type") != "hidden":
            said = " ".join([told.get("aria-describedby", ""), *self._groups]).split()
            is_wrong = told.get("aria-invalid") == "true"
            self.fields.append((told.get("id") or "", is_wrong, said))

    def handle_endtag(self, tag):
        if tag == "fieldset":
            self._groups.pop()


def wrong_fields(answer):
    """The fields that somebody sees of the forms of an answer in which something is wrong."""
    contexts = [each for part in answer.context or () for each in getattr(part, "dicts", [part])]
    forms = {id(each): each for context in contexts for each in context.values()}
    bound = [each for each in forms.values() if isinstance(each, BaseForm) and each.is_bound]
    return [
        form[name]
        for form in bound
        for name in form.errors
        if name in form.fields and not form[name].is_hidden
    ]


def not_tied(answer):
    """The names of wrong fields to which no summary leads, which do not say that they are wrong, or
    which nothing on the page describes."""
    marks = Marks()
    marks.feed(answer.content.decode())
    return [field.html_name for field in wrong_fields(answer) if not _is_tied(field, marks)]


def _is_tied(field, marks):
    own = re.compile(re.escape(field.auto_id) + r"(_\d+)?")
    shown = [rest for name, *rest in marks.fields if own.fullmatch(name)]
    leads = (field.id_for_label or f"{field.auto_id}_0") in marks.links
    told = all(is_wrong and said and marks.ids.issuperset(said) for is_wrong, said in shown)
    return bool(shown) and leads and told
