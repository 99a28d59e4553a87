from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.once import once_only
from core.richtext import shown
from core.workflow import Move, NotAllowed, Overtaken, SomethingMissing
from positions import foretold_amendments, policy, proposals, proposing
from positions.amended import woven
from positions.amending import AMENDMENTS
from positions.choices import AMENDABLE, AmendmentAction, AmendmentKind
from positions.forms.amendments import STEP_FORMS, AmendmentForm, PlaceForm, SupportForm
from positions.forms.moves import MoveForm
from positions.views.versions import inside
from sections.standing import standing_of


@require_safe
def amendments(request, reference):
    """The open ones in the order of the text, then those that were disposed of."""
    position = inside(request.user, reference)
    context = {
        "position": position,
        "groups": proposals.groups(position, request.user),
        "disposed_of": proposals.disposed_of(position),
        "may_propose": may_propose_now(request.user, position),
    }
    return render(request, "positions/amendments.html", context)


@require_safe
def amendment(request, reference, number):
    position = inside(request.user, reference)
    proposal = one(position, number, request.user)
    context = {
        "position": position,
        "proposal": proposal,
        "amendment": proposal.amendment,
        "supporting": proposals.supporting(proposal.amendment, request.user),
        "history": proposals.history(proposal.amendment),
    }
    return render(request, "positions/amendment.html", context)


def one(position, number, person):
    found = proposals.read(position, number, person)
    if found is None:
        raise Http404
    return found


# Proposing -------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@once_only
def propose(request, reference):
    """First the place in the text, then the words."""
    position = inside(request.user, reference)
    check_may_propose(request.user, position)
    if request.method == "POST":
        return send(request, position)
    asked = request.GET if "paragraph" in request.GET or "kind" in request.GET else None
    place = PlaceForm(asked, version=position.current)
    if not place.is_valid():
        return choose(request, position, place)
    kind, paragraph = AmendmentKind(place.cleaned_data["kind"]), place.cleaned_data["paragraph"]
    rewords = kind == AmendmentKind.WORDING
    initial = {
        "kind": kind,
        "paragraph": paragraph,
        "version": position.current.number,
        "body": position.current.wordings[paragraph - 1] if rewords else "",
    }
    return write(request, position, form_for(request.user, position, initial=initial))


def may_propose_now(person, position):
    return policy.may_amend(person, position) and not position.is_overdue


def check_may_propose(person, position):
    if may_propose_now(person, position):
        return
    if not (position.shared_at and policy.acts_for_a_library(person, position)):
        raise NotAllowed(_("Amendments are not open to you here."))
    if position.status not in AMENDABLE:
        raise Overtaken(position, by=person)
    raise NotAllowed(_("The time for comments is over."))


def form_for(person, position, data=None, **more):
    libraries = standing_of(person).libraries_in(position.section_id)
    return AmendmentForm(data, version=position.current, libraries=libraries, **more)


def send(request, position):
    form = form_for(request.user, position, request.POST)
    if form.is_valid():
        sent = form.cleaned_data
        try:
            made = proposing.propose(
                version=position.current,
                by=request.user,
                library=sent["library"],
                kind=AmendmentKind(sent["kind"]),
                paragraph=sent["paragraph"],
                body=sent.get("body", ""),
                reason=sent["reason"],
            )
        except SomethingMissing as missing:
            if missing.field == "version":  # saved by somebody else since this request began
                return send(request, inside(request.user, position.reference))
            form.add_error(missing.field, missing.sentences)
        else:
            messages.success(request, _("Your amendment was proposed."))
            return redirect(made)
    if form.place is None:
        place = PlaceForm(form.data, version=position.current)
        return choose(request, position, place, told=form.told)
    return write(request, position, form)


def choose(request, position, form, *, told=None):
    context = {"position": position, "form": form, "text": position.current, "told": told}
    return render(request, "positions/amendment_place.html", context)


def write(request, position, form):
    kind, paragraph = form.place
    context = {
        "position": position,
        "form": form,
        "kind": kind,
        "paragraph": paragraph,
        "where": proposals.where(kind, paragraph),
        "wording": shown(position.current.wordings[paragraph - 1]) if paragraph else "",
        "other_kinds": [(each, each.label) for each in AmendmentKind if each != kind],
        "consequences": foretold_amendments.of_proposing(position, by=request.user),
    }
    return render(request, "positions/amendment_new.html", context)


# Supporting ------------------------------------------------------------------------------------


@require_POST
def support(request, reference, number):
    position = inside(request.user, reference)
    found = one(position, number, request.user).amendment
    libraries = standing_of(request.user).libraries_in(position.section_id)
    form = SupportForm(request.POST, libraries=libraries)
    if not form.is_valid():
        raise NotAllowed(_("You do not act for this library in the section."))
    library = form.cleaned_data["library"]
    if form.cleaned_data["take_back"]:
        proposing.take_back_support(amendment=found, by=request.user, library=library)
        told = _("%(library)s no longer supports it.")
    else:
        proposing.support(amendment=found, by=request.user, library=library)
        told = _("%(library)s supports it now.")
    messages.success(request, told % {"library": library})
    return redirect(found)


# Deciding --------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def step(request, reference, number, action):
    """A decision on an amendment: says what it will do, then does it."""
    position = inside(request.user, reference)
    proposal = one(position, number, request.user)
    move = offered(action, proposal.amendment, request.user)
    form = step_form(request, proposal, move)
    if request.method == "POST" and form.is_valid() and made(form, move, proposal, request.user):
        messages.success(request, f"{proposals.ACTS[move.action]}.")
        return redirect(proposal.amendment)
    context = {
        "position": position,
        "proposal": proposal,
        "amendment": proposal.amendment,
        "move": move,
        "form": form,
        "missing": [str(sentence) for sentence in move.needs(proposal.amendment)],
        "consequences": foretold_amendments.of_step(
            proposal.amendment, move.action, by=request.user, rivals=proposal.rivals
        ),
    }
    return render(request, "positions/amendment_step.html", context)


def offered(action, amendment, person) -> Move:
    """The move, if people make it (404), if it is this person's (403) and fits the state (409)."""
    move = AMENDMENTS.moves.get(action)
    if move is None or action not in proposing.MADE_BY_PEOPLE:
        raise Http404
    position = amendment.position
    if not proposing.is_theirs(person, amendment, action):
        raise NotAllowed(_("This step is not yours to take."))
    if amendment.status not in move.sources:
        raise Overtaken(amendment, by=person, action=action)
    if not move.who(person, amendment):
        raise Overtaken(position, by=person, action=action)
    return move


def step_form(request, proposal, move):
    form_class = STEP_FORMS.get(move.action, MoveForm)
    data = request.POST if request.method == "POST" else None
    form = form_class(data, position=proposal.amendment, move=move, by=request.user)
    if move.action == AmendmentAction.ACCEPT_CHANGED:
        place, amendment = proposal.place, proposal.amendment
        form.starts_with(
            body=woven(place.old, place.now or "", amendment.body),
            base=amendment.position.current.number,
        )
    return form


def made(form, move, proposal, person) -> bool:
    """Make the move; where something is missing, the form says it beside its field."""
    amendment, note = proposal.amendment, form.cleaned_data.get("note", "")
    try:
        proposing.decide(
            amendment=amendment,
            by=person,
            action=move.action,
            note=note,
            seen=form.cleaned_data["seen"],
            **form.details(),
        )
    except SomethingMissing as missing:
        if missing.field == "base":
            form.look_again(amendment.position.versions.latest("number").number)
        form.add_error(missing.field if missing.field == "body" else None, missing.sentences)
        return False
    return True
