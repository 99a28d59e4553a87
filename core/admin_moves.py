"""The workflow engine in the back office: the same verbs, as buttons with their reason field."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import audit, errors
from core.admin_base import ReadOnlyAdmin, admin_url
from core.workflow import (
    CLOCK,
    Move,
    NotAllowed,
    Note,
    Offer,
    Overtaken,
    SomethingMissing,
    Workflow,
)

TONES = {"primary": "primary", "secondary": "secondary", "refusal": "danger"}


class MoveForm(forms.Form):
    """The words a move is made with, and the step it was decided on."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    note = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Please give the reason.")},
    )

    def __init__(self, *args, move: Move, **kwargs):
        super().__init__(*args, **kwargs)
        if move.note is Note.NONE:
            del self.fields["note"]
        elif move.note is Note.OPTIONAL:
            self.fields["note"].required = False
            self.fields["note"].label = _("Remark (may be left empty)")


class WorkflowAdmin(ReadOnlyAdmin):
    """The thing as it is, the moves its reader may make, and everything that has happened to it.

    `acts` says what the audit trail calls by its codes.
    """

    workflow: Workflow
    acts: dict[str, Any] = {}
    change_form_template = "admin/workflow_change.html"

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_move"
        view = self.admin_site.admin_view(self.move_view)
        return [path("<int:pk>/move/<slug:action>/", view, name=name), *super().get_urls()]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context.update(self.context_of(request, obj))
        return super().render_change_form(request, context, add, change, form_url, obj)

    def context_of(self, request, thing) -> dict[str, Any]:
        """What the page shows around the fields."""
        return {
            "thing": thing,
            "rows": self.rows_of(thing),
            "moves": [
                self._button(offer, thing, request.user)
                for offer in self.workflow.offered_to(request.user, thing)
            ],
            "timeline": self.timeline_of(thing),
        }

    def _button(self, offer: Offer, thing, person) -> dict[str, Any]:
        """What a page with several such forms shows of one: hence its own ids."""
        move, form = offer.move, None
        if not (offer.missing or self.has_details(move)):
            form = self.form_of(move, thing, by=person)
            form.auto_id = f"id_{move.action}_%s"
        return {
            "label": move.label,
            "tone": TONES[move.tone],
            "url": self._url(thing, "move", move.action),
            "blocked": " ".join(offer.missing),
            "form": form,
            "foretold": self.foretold(move, thing, by=person) if form else (),
        }

    def foretold(self, move: Move, thing, *, by) -> Sequence[tuple[str, Any]]:
        """What the move will do, told before it is made: pairs of icon and sentence."""
        return ()

    def rows_of(self, thing):
        """Old and new, where the thing is a change: triples of field, old and new value."""
        return ()

    def has_details(self, move: Move) -> bool:
        """Whether the move asks for more than words: then its form has a page of its own."""
        return False

    def form_of(self, move: Move, thing, *, by, data=None) -> forms.Form:
        return MoveForm(data, move=move, initial={"seen": thing.step})

    def timeline_of(self, thing) -> list[dict[str, Any]]:
        return [
            {
                "when": entry.at,
                "what": self.name_of(entry.action),
                "who": entry.actor or (CLOCK if entry.action in self.workflow.moves else ""),
                "note": entry.note,
                "tone": "info" if entry.source != entry.target else "neutral",
            }
            for entry in audit.of(thing)
        ]

    def name_of(self, action: str):
        return self.acts.get(action, action)

    def move_view(self, request, pk, action):
        """The move's form on a page of its own: works without JavaScript, and shows what failed."""
        thing = get_object_or_404(self.get_queryset(request), pk=pk)
        move = self.workflow.moves.get(action)
        if move is None:
            raise Http404
        if not move.who(request.user, thing):
            raise NotAllowed(_("This step is not yours to take."))
        try:
            if thing.status not in move.sources:
                raise Overtaken(thing, by=request.user, action=action)
            data = request.POST if request.method == "POST" else None
            form = self.form_of(move, thing, by=request.user, data=data)
            if form.is_valid():
                return self._perform(request, thing, move, form)
        except Overtaken as overtaken:
            return errors.conflict(request, overtaken, back_url=self._url(thing, "change"))
        except SomethingMissing as missing:
            field = missing.field if missing.field in form.fields else None
            form.add_error(field, missing.sentences)
        return self._move_page(request, thing, move, form)

    def _perform(self, request, thing, move, form):
        self.workflow.perform(move.action, thing, by=request.user, **form.cleaned_data)
        messages.success(request, _("Done: %(step)s.") % {"step": self.name_of(move.action)})
        return HttpResponseRedirect(self._url(thing, "change"))

    def _move_page(self, request, thing, move, form):
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": move.label,
            "subtitle": None,
            "thing": thing,
            "rows": self.rows_of(thing),
            "form": form,
            "tone": TONES[move.tone],
            "foretold": self.foretold(move, thing, by=request.user),
            "change_url": self._url(thing, "change"),
            "missing": [str(sentence) for sentence in move.needs(thing)],
            "errors": form.errors,
            "media": self.media + form.media,
        }
        return TemplateResponse(request, "admin/move.html", context)

    def _url(self, thing, page, *args):
        return reverse(admin_url(self.model, page), args=[thing.pk, *args])
