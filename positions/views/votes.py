from django.http import Http404


def vote(request, **kwargs):
    raise Http404
