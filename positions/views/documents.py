from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import throttle
from core.filestore import as_download
from core.models import Stage
from positions import documents as making
from positions import paper, policy
from positions.choices import DocumentKind
from positions.foretold import documents_of
from positions.forms.documents import INSIDE, DocumentForm, RedlineForm
from positions.models import Document
from positions.views.found import visible

FOR_A_VISITOR, FOR_A_PERSON = "20/h", "120/h"
MOST_LISTED = 60


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def documents(request, reference):
    """The documents there are, and a form for one more."""
    position = visible(request.user, reference)
    versions = versions_for(request.user, position)
    form = DocumentForm(request.POST if request.method == "POST" else None, versions=versions)
    if request.method == "POST" and form.is_valid():
        count(request)
        return told(request, ask(form.cleaned_data, position, versions, request.user), position)
    return page(request, position, versions, paper_form=form)


@require_POST
def redline(request, reference):
    """The tracked changes between two versions, for those inside."""
    position = visible(request.user, reference)
    versions = versions_for(request.user, position)
    if not versions[1:]:
        raise Http404
    form = RedlineForm(request.POST, versions=versions)
    if not form.is_valid():
        return page(request, position, versions, redline_form=form)
    count(request)
    older, newer = (chosen(versions, number, position) for number in form.numbers)
    language = form.cleaned_data["language"]
    asked = making.ask_for_redline(older=older, newer=newer, by=request.user, language=language)
    return told(request, asked, position)


@login_not_required
@require_safe
def document(request, reference, pk):
    """The file itself."""
    position = visible(request.user, reference)
    inside = policy.sees_inside(request.user, position)
    mine = Document.objects.of(position, inside=inside).for_lists().filter(stage=Stage.READY)
    found = get_object_or_404(mine, pk=pk)
    found.position = position
    return as_download(found)


def versions_for(person, position):
    """Those a person chooses from: inside all of them, newest first."""
    if not policy.sees_inside(person, position):
        return []
    return list(position.versions.select_related("author"))


def count(request):
    if request.user.is_authenticated:
        who = str(request.user.pk)
        throttle.take(scope="documents", who=who, rate=FOR_A_PERSON, request=request)
    else:
        throttle.limit(request, scope="documents", rate=FOR_A_VISITOR)


def ask(asked, position, versions, person):
    return making.ask(
        version=chosen(versions, asked.get("version"), position),
        by=person,
        kind=DocumentKind(asked["kind"]),
        language=asked["language"],
        inside=asked.get("reader") == INSIDE,
    )


def chosen(versions, number, position):
    """The version of the number; the current one for whoever has no choice."""
    found = next((each for each in versions if each.number == number), position.current)
    found = position.current if found.pk == position.current_id else found
    found.position = position
    return found


def told(request, asked, position):
    if asked.stage == Stage.READY and asked.size is not None:
        messages.success(request, _("This document is there already."))
    else:
        messages.success(request, _("The document is being made; it will be in the list below."))
    return redirect(f"{reverse('positions:documents', args=[position.reference])}#documents")


def page(request, position, versions, *, paper_form=None, redline_form=None):
    inside = bool(versions)
    listed = newest(Document.objects.of(position, inside=inside).for_lists())
    under_way = sum(each.is_under_way for each in listed)
    context = {
        "position": position,
        "documents": listed,
        "valid": fingerprints(position, listed),
        "is_watched": any(each.is_watched for each in listed),
        "said": being_made(under_way) if under_way else ready(listed),
        "days_kept": making.DAYS_KEPT,
        "paper_form": paper_form or DocumentForm(None, versions=versions),
        "redline_form": redline_form
        or (RedlineForm(None, versions=versions) if versions[1:] else None),
        "consequences": documents_of(position, inside=inside),
    }
    if request.htmx:
        return render(request, "positions/parts/documents.html", context)
    return render(request, "positions/documents.html", context)


def newest(found):
    """Of each kind, version, language and reader the one that was asked for last."""
    last = {}
    for each in found[:MOST_LISTED]:
        wish = (each.kind, each.version_id, each.older_id, each.language, each.inside)
        last.setdefault(wish, each)
    return list(last.values())


def fingerprints(position, listed):
    """Of what a paper of the current version would say today."""
    if not any(each.version_id == position.current_id and not each.older_id for each in listed):
        return set()
    papers = paper.read(position, position.current)
    return {each.fingerprint for each in papers.values()}


def being_made(number):
    sentence = ngettext(
        "%(count)d document is being made.", "%(count)d documents are being made.", number
    )
    return sentence % {"count": number}


def ready(listed):
    return _("All documents are ready.") if listed else ""
