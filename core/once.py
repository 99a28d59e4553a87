"""A form sent twice has one result: the second sending is led to where the first one led.

Only what is word for word the same is the same form: who goes back to it and writes something else
has sent another one.
"""

import json
import uuid
from functools import wraps

from django.db import IntegrityError, transaction
from django.http import HttpResponseRedirect

from core.models import OnceKey

FIELD = "once"


def new_key() -> str:
    return str(uuid.uuid4())


def once_only(view):
    """Run the view at most once for each key in the form's hidden field `once`.

    A POST without a proper key of one's own is run as it is; one that does not end in a redirect
    frees its key.
    """

    @wraps(view)
    def wrapper(request, *args, **kwargs):
        try:
            key = _with_words(request, uuid.UUID(request.POST.get(FIELD, "")))
        except ValueError:
            return view(request, *args, **kwargs)
        person = request.user if request.user.is_authenticated else None
        try:
            with transaction.atomic():
                sent = OnceKey.objects.create(key=key, person=person)
                response = view(request, *args, **kwargs)
                if response.status_code == 302:
                    sent.location = response["Location"]
                    sent.save(update_fields=["location"])
                else:
                    transaction.set_rollback(True)
        except IntegrityError:
            sent = OnceKey.objects.filter(key=key).first()
            if sent is None:
                raise
            if sent.person_id != getattr(person, "pk", None):
                return view(request, *args, **kwargs)
            return HttpResponseRedirect(sent.location)
        return response

    return wrapper


def _with_words(request, key):
    """The key, and all that came with it."""
    sent = [each for each in request.POST.lists() if each[0] != "csrfmiddlewaretoken"]
    files = [(name, file.name, file.size) for name, file in request.FILES.items()]
    return uuid.uuid5(key, json.dumps([request.path, sorted(sent), sorted(files)]))
