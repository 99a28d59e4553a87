from django.http import Http404


def position(request, **kwargs):
    raise Http404


def version(request, **kwargs):
    raise Http404
