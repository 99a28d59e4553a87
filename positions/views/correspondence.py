"""The log with the authority: what goes, what came, what is still owed."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import throttle
from core.files import LARGEST
from core.filestore import as_download, sent_as
from core.models import Stage
from core.once import once_only
from core.uploads import status_of, takes_files
from core.workflow import NotAllowed, SomethingMissing
from positions import conditions, corresponding, packing, policy
from positions.choices import LetterKind
from positions.foretold_letters import CORRECTING, LOGGING, PROVING, letter_of
from positions.forms.correspondence import CorrectionForm, LetterForm, MessageForm, ProofForm
from positions.models import Message, Position
from positions.page import submission_facts
from positions.views.attachments import UPLOADS
from positions.views.found import inside, visible

LETTERS = {LetterKind.REMINDER, LetterKind.REQUEST}


@require_safe
def correspondence(request, reference):
    """Everything to and from the authority, for those inside."""
    position = inside_with_all(request.user, reference)
    sent = position.sent
    log = of_log(position).order_by("-received_on", "-pk") if sent else []
    context = {
        "position": position,
        "sent": sent,
        "facts": submission_facts(position, sent, inside=True),
        "proofs": [each for each in sent.files.all() if not each.message_id] if sent else [],
        "log": log,
        "promises": position.promises.all(),
        "may": policy.may_follow_up(request.user, position),
        "is_watched": bool(sent and sent.package and sent.package.is_watched),
    }
    return render(request, "positions/correspondence.html", context)


@takes_files(up_to=LARGEST)
@require_http_methods(["GET", "HEAD", "POST"])
def log_message(request, reference):
    """Counted before `once_only`, which undoes all that a form led to that came to nothing."""
    if request.FILES:
        throttle.take(scope="upload", who=str(request.user.pk), rate=UPLOADS, request=request)
    return logged(request, reference)


@once_only
def logged(request, reference):
    position = followed_up(request.user, reference)
    form = MessageForm(*sent_with_files(request))
    if form.is_valid():
        facts = {k: v for k, v in form.cleaned_data.items() if k != "once"}
        if done(form, corresponding.log_message, position=position, by=request.user, **facts):
            messages.success(request, _("The message was logged."))
            return redirect("positions:correspondence", position.reference)
    context = {"title": _("Log a message"), "send": _("Log it"), "consequences": LOGGING}
    return shown(request, position, form, **context)


@takes_files(up_to=LARGEST)
@require_http_methods(["GET", "HEAD", "POST"])
def add_proof(request, reference):
    """Counted like the files of the log."""
    if request.FILES:
        throttle.take(scope="upload", who=str(request.user.pk), rate=UPLOADS, request=request)
    return proved(request, reference)


@once_only
def proved(request, reference):
    position = followed_up(request.user, reference)
    form = ProofForm(*sent_with_files(request))
    if form.is_valid():
        upload = form.cleaned_data["upload"]
        corresponding.add_proof(position=position, by=request.user, upload=upload)
        messages.success(request, _("The proof is on record."))
        return redirect("positions:correspondence", position.reference)
    context = {"title": _("Add a proof of sending"), "send": _("Put it on record")}
    return shown(request, position, form, consequences=PROVING, **context)


@require_http_methods(["GET", "HEAD", "POST"])
@once_only
def write_letter(request, reference, kind):
    """A reminder or an information request, begun from its template."""
    if kind not in LETTERS:
        raise Http404
    kind = LetterKind(kind)
    position = followed_up(request.user, reference)
    data = request.POST if request.method == "POST" else None
    form = LetterForm(data, position=position, kind=kind, asked=request.GET.get("letter", ""))
    if form.is_valid():
        facts = {k: v for k, v in form.cleaned_data.items() if k != "once"}
        facts |= {"position": position, "by": request.user, "kind": kind}
        if done(form, corresponding.write_letter, **facts):
            messages.success(request, _("The letter is being made; it is in the log."))
            return redirect("positions:correspondence", position.reference)
    context = {
        "title": kind.label.capitalize(),
        "send": _("Make the letter"),
        "consequences": letter_of(kind),
        "missing": list(conditions.letter_may_go(position, kind)),
        "letter_languages": settings.LANGUAGES,
        "chosen": form["language"].value(),
    }
    return shown(request, position, form, **context)


@require_http_methods(["GET", "HEAD", "POST"])
def correct_message(request, reference, pk):
    """An entry that said something wrong; somebody faster is shown beside it (409)."""
    position = followed_up(request.user, reference)
    message = get_object_or_404(of_log(position), pk=pk)
    data = request.POST if request.method == "POST" else None
    form, theirs = CorrectionForm(data, message=message), None
    if form.is_valid():
        facts = {"facts": form.facts(), "reason": form.cleaned_data["reason"]}
        facts |= {"message": message, "by": request.user, "seen": form.cleaned_data["seen"]}
        try:
            if done(form, corresponding.correct_message, **facts):
                messages.success(request, _("The entry was corrected."))
                return redirect("positions:correspondence", position.reference)
        except corresponding.MessageMoved as moved:
            theirs = moved.message
            form = on_top(form, theirs)
    context = {"title": _("Correct an entry"), "send": _("Save"), "consequences": CORRECTING}
    return shown(request, position, form, theirs=theirs, **context)


@require_POST
def settle_message(request, reference, pk):
    position = followed_up(request.user, reference)
    message = get_object_or_404(of_log(position), pk=pk)
    corresponding.settle_message(message=message, by=request.user)
    messages.success(request, _("The entry is settled."))
    return redirect("positions:correspondence", position.reference)


@require_safe
def record_file(request, reference, pk):
    """A file on record, for those inside."""
    position = inside(request.user, reference)
    sent = position.sent
    if sent is None:
        raise Http404
    return as_download(get_object_or_404(sent.files, pk=pk))


@require_safe
def package(request, reference, pk):
    return as_download(ready(request.user, reference, pk))


@require_safe
def package_file(request, reference, pk, place):
    file, told = packing.opened(ready(request.user, reference, pk), place)
    name = told["name"].rsplit("/", 1)[-1]
    return sent_as(file, name=name, media_type=told["media_type"])


def ready(person, reference, pk):
    position = inside(person, reference)
    return get_object_or_404(packing.of(position), pk=pk, stage=Stage.READY)


def inside_with_all(person, reference) -> Position:
    """The position as its page reads it, for those who read what is inside; else 404."""
    position = visible(person, reference)
    if not policy.sees_inside(person, position):
        raise Http404
    return position


def followed_up(person, reference) -> Position:
    """The position, for its coordinator once it was sent; 404 outside, 403 for the others."""
    position = inside_with_all(person, reference)
    if not policy.may_follow_up(person, position):
        raise NotAllowed(_("The coordinator keeps in touch with the authority, once it is sent."))
    return position


def of_log(position):
    joined = ("package", "recorded_by", "published_by", "submission__position__section")
    entries = Message.objects.filter(submission__position=position).select_related(*joined)
    return entries.prefetch_related("files")


def sent_with_files(request):
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def done(form, act, **facts) -> bool:
    """Act; where something is missing, the form says it beside its field."""
    try:
        act(**facts)
    except SomethingMissing as missing:
        form.add_error(missing.field if missing.field in form.fields else None, missing.sentences)
        return False
    return True


def on_top(form, theirs):
    """The same words, to be sent on top of what somebody else has saved meanwhile."""
    data = form.data.copy()
    data["seen"] = theirs.step
    again = type(form)(data, message=theirs)
    again.is_valid()
    return again


def shown(request, position, form, *, theirs=None, **context):
    status = 409 if theirs else status_of(form)
    shared = {"position": position, "form": form, "theirs": theirs}
    context = {"lead": position.title, **context, **shared}
    return render(request, "positions/correspondence_form.html", context, status=status)
