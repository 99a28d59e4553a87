from django.http import Http404


def outcomes(request, **kwargs):
    raise Http404
