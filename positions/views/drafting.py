from django.http import Http404


def start(request, **kwargs):
    raise Http404


def edit(request, **kwargs):
    raise Http404


def authors(request, **kwargs):
    raise Http404
