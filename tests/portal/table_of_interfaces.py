"""The rows of the permission table for what is open to programs: nobody signs in, nobody writes."""

from django.urls import reverse

from iksz_portal import dump
from positions import recounting
from positions.choices import State
from positions.models import Topic
from tests.portal.permissions import read

INTERFACES = """
                  visitor  stranger foreign  library  author   coord    board    secr     staff    admin
oai               ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok    ok/ok
open_data         ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
interface         ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
open_data_file    ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
api:openapi       ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
api:counties      ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
api:county        ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
api:libraries     ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
api:library       ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
api:sections      ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
api:section       ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
api:positions     ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
api:position      ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
api:resolutions   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
api:resolution    ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
api:topics        ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
api:topic         ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
api:authorities   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
api:authority     ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
api:nothing       404/405  404/405  404/405  404/405  404/405  404/405  404/405  404/405  404/405  404/405
api_nothing       404/405  404/405  404/405  404/405  404/405  404/405  404/405  404/405  404/405  404/405
"""  # noqa: E501 - a table


def things_to_ask_for(ask):
    """The parts of each address that names one thing, which is made to be there."""
    position = ask("way").to(State.SUBMITTED)
    topic = Topic.objects.create(name="Nyitvatartás")
    position.topics.add(topic)
    recounting.recount()
    series, _slash, number = position.reference.partition("/")
    decision = position.decisions.get()
    return {
        "api:county": {"code": ask("county").pk},
        "api:library": {"slug": ask("library").slug},
        "api:section": {"slug": ask("section").slug},
        "api:position": {"series": series, "number": number},
        "api:resolution": {"year": decision.year, "number": decision.number},
        "api:topic": {"key": topic.pk},
        "api:authority": {"key": ask("authority").pk},
        "api:nothing": {"rest": "nothing/of/this/name"},
    }


def addresses_of_interfaces(ask):
    args = things_to_ask_for(ask) | {"open_data_file": {"name": dump.NAME}}
    dump.make()
    return {name: reverse(name, kwargs=args.get(name)) for name in read(INTERFACES)}
