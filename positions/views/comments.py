from django.http import Http404


def comment(request, **kwargs):
    raise Http404
