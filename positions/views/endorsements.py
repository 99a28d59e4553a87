from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from core import errors
from core.once import once_only
from core.workflow import NotAllowed, Overtaken, SomethingMissing
from members.models import Library
from positions import endorsing, foretold, policy, said, stands
from positions.choices import DISSENTABLE, ENDORSABLE, Stand
from positions.forms.endorsements import EndorseForm, OpinionForm
from positions.models import Endorsement, MinorityOpinion
from positions.views.found import visible
from sections.standing import standing_of


@dataclass(frozen=True)
class Desk:
    """What may be said for one of the reader's libraries; a form is None where it has no place."""

    stand: stands.LibraryStand
    endorse: EndorseForm | None
    opinion: OpinionForm | None

    @property
    def tone(self) -> str:
        return "waiting" if self.stand.stand == Stand.WAITS else "plain"


@login_not_required
@require_safe
def endorsements(request, reference):
    """Where each library stands; for those who act for one, what they may say for it."""
    return shown(request, visible(request.user, reference))


@require_POST
@once_only
def endorse(request, reference):
    """For the first time, again for a changed text, or with other words of reservation."""
    done = _("The endorsement was given.")
    return say(request, reference, EndorseForm, endorsing.endorse, done)


@require_POST
@once_only
def file_opinion(request, reference):
    done = _("The minority opinion was filed.")
    return say(request, reference, OpinionForm, endorsing.file_opinion, done)


@require_POST
def withdraw_endorsement(request, reference, pk):
    done = _("The endorsement was withdrawn.")
    return take_back(request, reference, pk, Endorsement, endorsing.withdraw_endorsement, done)


@require_POST
def withdraw_opinion(request, reference, pk):
    done = _("The minority opinion was withdrawn.")
    return take_back(request, reference, pk, MinorityOpinion, endorsing.withdraw_opinion, done)


def take_back(request, reference, pk, kind, act, done):
    position = visible(request.user, reference)
    said_before = get_object_or_404(kind, pk=pk, version__position=position)
    try:
        act(said_before, by=request.user)
    except endorsing.SaidMeanwhile as meanwhile:
        return said_meanwhile(request, meanwhile)
    messages.success(request, done)
    return redirect("positions:endorsements", position.reference)


def say(request, reference, kind, act, done):
    """Does what the form says; where something is missing, the page comes back with the form."""
    position = visible(request.user, reference)
    form = kind(request.POST, library=speaker(request, position))
    if form.is_valid():
        version = get_object_or_404(position.versions, number=form.cleaned_data["version"])
        try:
            act(version=version, library=form.speaker, by=request.user, **form.said())
        except SomethingMissing as missing:
            form.add_error(missing.field, missing.sentences)
        except endorsing.SaidMeanwhile as meanwhile:
            return said_meanwhile(request, meanwhile)
        else:
            messages.success(request, done)
            return redirect("positions:endorsements", position.reference)
    return shown(request, visible(request.user, reference), form)


def speaker(request, position):
    """The reader's own library that the form speaks for (403), while the time is right (409)."""
    mine = {str(pk): pk for pk in standing_of(request.user).libraries_in(position.section_id)}
    chosen = mine.get(request.POST.get("library", ""))
    if chosen is None:
        raise NotAllowed(_("You do not act for this library in the section."))
    if position.status not in ENDORSABLE:
        raise Overtaken(position, by=request.user)
    return Library.objects.get(pk=chosen)


def said_meanwhile(request, meanwhile):
    """409: both are shown, what was typed and what somebody else has said for the library."""
    theirs = meanwhile.theirs
    told = errors.Conflict(
        message=_("Somebody else who acts for the library was faster: this has changed meanwhile."),
        hint=_("Go back to the page, see how things stand now, and decide again."),
        current_label=theirs.what if theirs else _("The library has said nothing on this text."),
        who=str(theirs.author) if theirs else "",
        when=theirs.created_at if theirs else None,
        mine="\n\n".join(errors.typed(request)),
        theirs=theirs.words if theirs else "",
    )
    back_url = reverse("positions:endorsements", args=[meanwhile.position.reference])
    return errors.conflict_page(request, told, back_url=back_url)


# What the page is made of ----------------------------------------------------------------------


def shown(request, position, sent=None):
    """`sent`: the form that comes back with an error."""
    inside = policy.sees_inside(request.user, position)
    of_all = stands.read(position, inside=inside)
    mine = of_all.of(standing_of(request.user).libraries_in(position.section_id))
    desks = [desk(position, stand, sent) for stand in mine] if of_all.is_open else []
    history = said.history(position) if inside else []
    context = {
        "position": position,
        "stands": of_all,
        "tabs": tabs(of_all, desks, history),
        "desks": desks,
        "history": history,
        "endorsing": foretold.ENDORSING,
        "withdrawing": foretold.WITHDRAWING,
        "filing": foretold.filing(goes_public=position.section.publishes_minority_opinions),
    }
    return render(request, "positions/endorsements.html", context)


def tabs(of_all, desks, history):
    """Label, anchor, and never the current one: they lead to parts of this page."""
    parts = [
        ("map", _("Map")),
        ("mine", ngettext("For my library", "For my libraries", len(desks)) if desks else ""),
        ("libraries", _("Library by library")),
        ("minority-opinions", _("Minority opinions") if of_all.opinions else ""),
        ("history", _("History") if history else ""),
    ]
    return [(label, f"#{anchor}", False) for anchor, label in parts if label]


def desk(position, stand, sent):
    """A library that endorses the text files no opinion on it, and the other way round."""
    given, held = stand.endorsement, stand.opinion
    may_endorse = not (held and held.is_present)
    may_dissent = position.status in DISSENTABLE and not held and not (given and given.is_present)
    words = {"reservation": given.text if given else ""}
    return Desk(
        stand,
        form_of(EndorseForm, position, stand, sent, **words) if may_endorse else None,
        form_of(OpinionForm, position, stand, sent) if may_dissent else None,
    )


def form_of(kind, position, stand, sent, **words):
    facts = kind.facts(position, stand)
    if isinstance(sent, kind) and sent.speaker == stand.library:
        sent.on_top_of(facts)
        return sent
    return kind(library=stand.library, initial={**facts, **words})
