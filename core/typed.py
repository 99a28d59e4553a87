"""What was typed is not lost with the session.

A form that says `{% keep_typed form=form %}` carries a signed mark: who it was shown to, on which
page. When it is sent after the session has run out, what was typed is laid aside in the new one,
which nobody has signed in to yet, and is back in the form once that person has. Whoever else signs
in there never sees it, and it goes; so does it when the form is sent again, or the person signs
out. Without a valid mark nothing is kept: strangers get no session by sending forms. How much is
kept is bounded by `DATA_UPLOAD_MAX_MEMORY_SIZE` and `MOST`.

In the browser `static/js/kept.js` keeps unsent work of the same forms.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core import signing
from django.shortcuts import resolve_url
from django.utils.datastructures import MultiValueDict

from core import clock

FIELD = "typed_by"
WITH_TEXT = "data-with-text"
"""Marks hidden fields that belong to what was typed, as the version it was written on."""
AFRESH = "afresh"
KEY = "typed"
SALT = "core.typed"
MOST = 3
MARKS_LAST = 7 * 24 * 3600


@dataclass(frozen=True)
class Mark:
    """Whose a form is, and where it stands."""

    person: Any
    page: str
    form: str

    @classmethod
    def of(cls, request: Any, form: forms.BaseForm, name: str) -> "Mark":
        return cls(request.user.pk, request.path, f"{type(form).__name__} {name}".strip())

    @classmethod
    def read(cls, signed: str) -> "Mark | None":
        try:
            return cls(**signing.loads(signed, salt=SALT, max_age=MARKS_LAST))
        except signing.BadSignature:
            return None

    @property
    def signed(self) -> str:
        return signing.dumps(asdict(self), salt=SALT)

    @property
    def key(self) -> str:
        return f"{self.person} {self.form} {self.page}"


def put_back(request: Any, form: forms.BaseForm, mark: Mark) -> bool:
    """Shows a form that was not sent yet with what was typed in it before the session ran out."""
    kept = request.session.get(KEY, {}).get(mark.key)
    if kept is None or form.is_bound or AFRESH in request.GET:
        return False
    data = MultiValueDict(kept["fields"])
    for name, field in form.fields.items():
        html_name = form.add_prefix(name)
        own = not field.widget.is_hidden or WITH_TEXT in field.widget.attrs
        if own and not field.widget.value_omitted_from_data(data, {}, html_name):
            form.initial[name] = field.widget.value_from_datadict(data, {}, html_name)
    return True


class TypedMiddleware:
    """Stands where it is known who is signed in, and before they are asked to."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        mark = Mark.read(request.POST.get(FIELD, "")) if request.method == "POST" else None
        if request.user.is_authenticated:
            _let_go(request, mark)
        elif mark and getattr(view, "login_required", True):
            _lay_aside(request, mark)
            return redirect_to_login(mark.page, resolve_url(settings.LOGIN_URL))
        return None


def _lay_aside(request: Any, mark: Mark) -> None:
    fields = {name: texts for name, texts in request.POST.lists() if _is_kept(name)}
    kept = {"person": mark.person, "at": clock.now().timestamp(), "fields": fields}
    every = request.session.get(KEY, {}) | {mark.key: kept}
    newest = sorted(every.items(), key=lambda item: item[1]["at"])[-MOST:]
    request.session[KEY] = dict(newest)


def _let_go(request: Any, sent: Mark | None) -> None:
    """Of what another person typed, and of what is being sent now."""
    kept: Mapping[str, dict] = request.session.get(KEY, {})
    left = {
        key: each
        for key, each in kept.items()
        if each["person"] == request.user.pk and not (sent and sent.key == key)
    }
    if left != kept:
        request.session[KEY] = left


def _is_kept(name: str) -> bool:
    return name not in {FIELD, "csrfmiddlewaretoken"} and "password" not in name
