"""Addresses and forms of a position's pages, for tests."""

from django.urls import reverse

from positions.workflow import WORKFLOW


def at(position, name="position", *args):
    return reverse(f"positions:{name}", args=[position.reference, *args])


def step(position, action):
    return at(position, "move", action)


def make(client, position, action, **sent):
    """Send the move's form as it would be sent from a page read just now."""
    position.refresh_from_db()
    return client.post(step(position, action), {"seen": position.step, **sent})


def offered(person, position):
    return [offer.move.action for offer in WORKFLOW.offered_to(person, position)]


def errors_of(response, field):
    """What the form says beside a field; None stands for the form as a whole."""
    form = response.context["form"]
    return list(form.non_field_errors() if field is None else form.errors.get(field, []))


def page_of(client, position):
    """What the position's page shows to whoever is signed in."""
    return client.get(at(position)).context["page"]


def said_in(thread):
    """The texts of a thread as it is shown, in their order."""
    return [said.text for said in (thread.first, *thread.replies)]
