"""The outbox as the staff see it: where each letter is, and why some were not sent."""

from datetime import timedelta

import pytest
from django.urls import reverse

from core import clock, notices, outbox
from core.models import Dropped, Mail
from core.notices import Group, Pace
from iksz_portal import queues
from tests.cast import make_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

RENDERERS = {"said": lambda mail: outbox.Message("Said", "Text")}
GROUPS = {"said": Group.COMMENTS}


@pytest.fixture
def letters():
    """A letter that is sent, one held, one switched off, one late, one that waits."""
    for name, pace in (("at.once", Pace.AT_ONCE), ("held", Pace.DAILY), ("off", Pace.OFF)):
        person = make_person(name)
        notices.choose(person=person, group=Group.COMMENTS, pace=pace)
        outbox.queue(kind="said", to=person, key=name)
    outbox.send_due(RENDERERS, GROUPS)
    with clock.at(clock.now() - timedelta(hours=1)):
        outbox.queue(kind="said", to=make_person("late"), key="late")
    outbox.queue(kind="said", to=make_person("waits"), key="waits")


def listed(office, state):
    page = office.get(reverse("admin:core_mail_changelist"), {"state": state})
    return sorted(mail.key for mail in page.context["cl"].result_list)


@pytest.mark.parametrize(
    ("state", "keys"),
    [
        ("waiting", ["late", "waits"]),
        ("stuck", ["late"]),
        ("held", ["held"]),
        ("sent", ["at.once"]),
        ("dropped", ["off"]),
        ("failed", []),
    ],
)
def test_letters_are_found_by_their_state(office, letters, state, keys):
    assert listed(office, state) == keys


def test_a_letter_says_why_it_was_not_sent(office, letters):
    off = Mail.objects.get(key="off")
    page = office.get(reverse("admin:core_mail_change", args=[off.pk])).content.decode()

    assert str(Dropped.OFF.label) in page


def test_the_front_page_shows_the_backlog(letters):
    (backlog,) = [queue for queue in queues.all_queues() if "state=stuck" in queue.url]

    assert ([item.note for item in backlog.items], backlog.count) == (["not taken up yet"], 1)


def test_what_was_dropped_is_sent_again_by_its_readers_choice(office, letters, staff):
    off = Mail.objects.get(key="off")
    notices.choose(person=off.to, group=Group.COMMENTS, pace=Pace.AT_ONCE)

    office.post(
        reverse("admin:core_mail_changelist"),
        {"action": "send_again", "_selected_action": [off.pk]},
    )
    outbox.send_due(RENDERERS, GROUPS)

    off.refresh_from_db()
    assert (off.sent_at is not None, off.dropped_for) == (True, "")
