from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import richtext
from core.localized import TRANSLATIONS
from core.translated import Freshness
from core.workflow import NotAllowed, Overtaken
from positions import policy, translating
from positions.foretold import TRANSLATION, TRANSLATION_KEPT
from positions.forms.translations import ConfirmTranslationForm, TranslationForm
from positions.timeline import CONFIRM_TRANSLATION
from positions.views.found import visible

NAMES = dict(settings.LANGUAGES)


@require_safe
def translations(request, reference):
    """In which languages the position can be read, and which translation is older than it."""
    position = to_translate(request.user, reference)
    rows = {
        row.language: row for row in position.translations.select_related("version", "saved_by")
    }
    lines = [line(position, language, rows.get(language)) for language in TRANSLATIONS]
    return render(request, "positions/translations.html", {"position": position, "lines": lines})


def to_translate(person, reference):
    position = visible(person, reference)
    if not policy.may_translate(person, position):
        raise NotAllowed(
            _("Translations are written by the coordinator of the section and by the staff.")
        )
    return position


def line(position, language, row):
    freshness, form = Freshness.MISSING, None
    if row:
        same = row.version.fingerprint == position.current.fingerprint
        freshness = Freshness.CURRENT if same else Freshness.OUTDATED
    if freshness == Freshness.OUTDATED:
        looked_at = {"seen": row.step, "version": position.current.number}
        form = ConfirmTranslationForm(initial=looked_at, auto_id=f"{language}_%s")
    name = NAMES[language]
    return {"language": language, "name": name, "row": row, "freshness": freshness, "form": form}


@require_http_methods(["GET", "HEAD", "POST"])
def translation(request, reference, language):
    """The translation into one language, written beside the original; somebody faster is shown
    beside it (409)."""
    position = to_translate(request.user, known(reference, language))
    row = position.translations.filter(language=language).select_related("version").first()
    data = request.POST if request.method == "POST" else None
    of = version_typed_on(position, data) or position.current
    form = TranslationForm(data, position=position, of=of, initial=as_typed(row, of))
    moved = None
    if data is not None and form.is_valid():
        facts = {"position": position, "language": language, "by": request.user}
        try:
            translating.save_translation(**facts, **form.told())
        except translating.TranslationMoved as faster:
            moved = faster.row
            form = on_top(data, moved, position=position, of=of)
        else:
            messages.success(request, _("The translation was saved."))
            return redirect("positions:translations", position.reference)
    context = {
        "position": position,
        "form": form,
        "of": of,
        "row": row,
        "moved": moved,
        "moved_body": richtext.shown(moved.body) if moved else "",
        "language": language,
        "language_name": NAMES[language],
        "consequences": TRANSLATION if position.is_public else TRANSLATION_KEPT,
    }
    status = 409 if moved else 200
    return render(request, "positions/translation.html", context, status=status)


def known(reference, language):
    if language not in TRANSLATIONS:
        raise Http404
    return reference


def version_typed_on(position, data):
    """The version that the form was opened with: what was typed meanwhile is its translation."""
    number = data.get("version", "") if data else ""
    if not (number.isascii() and number.isdecimal() and len(number) < 9):
        return None
    return position.versions.filter(number=number).first()


def as_typed(row, of):
    if row is None:
        return {"seen": 0, "version": of.number}
    originals = [point.text for point in of.points.all()]
    words = dict(translating.carried(row, originals))
    points = {f"point{n}": words.get(text, "") for n, text in enumerate(originals, start=1)}
    said = {"title": row.title, "summary": row.summary, "body": row.body}
    return {**said, **points, "seen": row.step, "version": of.number}


def on_top(data, row, *, position, of):
    """What was typed, to be saved on top of what somebody else has saved meanwhile."""
    data = data.copy()
    data["seen"] = row.step
    form = TranslationForm(data, position=position, of=of)
    form.is_valid()
    return form


@require_POST
def confirm_translation(request, reference, language):
    """Nothing of its words changes: somebody has compared it with the present text."""
    position = to_translate(request.user, known(reference, language))
    form = ConfirmTranslationForm(request.POST)
    if not form.is_valid():
        raise Overtaken(position, by=request.user, action=CONFIRM_TRANSLATION)
    facts = {"position": position, "language": language, "by": request.user}
    translating.confirm_translation(**facts, **form.cleaned_data)
    messages.success(request, _("The translation is marked as up to date."))
    return redirect("positions:translations", position.reference)
