import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from core import audit, clock
from core.models import AuditEntry, Mail
from core.throttle import Throttled
from core.workflow import SomethingMissing
from iksz_portal import tasks
from members import invitations
from members.models import Invitation, Person
from tests.people import PASSWORD, a_person, sign_in

pytestmark = pytest.mark.django_db

CHOSEN = {"password1": "a shelf of old atlases", "password2": "a shelf of old atlases"}


@pytest.fixture
def staff():
    return a_person("staff@example.org", is_staff=True, second_factor=True)


@pytest.fixture
def newcomer():
    return a_person("newcomer@example.org", password=None)


def address_of(invitation):
    return reverse("invitation", args=[invitations.token_of(invitation)])


def test_an_invited_person_chooses_a_password_and_signs_in_with_it(client, staff, newcomer):
    invitations.invite(person=newcomer, by=staff)
    tasks.send_mail()
    link = re.search(r"https://portal\.example(\S+)", mail.outbox[0].body)[1]

    shown = client.get(link)
    accepted = client.post(link, CHOSEN)
    signed_in = sign_in(client, "newcomer@example.org", CHOSEN["password1"])

    assert (shown.status_code, shown["Referrer-Policy"]) == (200, "strict-origin")
    assert accepted["Location"] == reverse("account_login")
    assert signed_in.status_code == 302


def test_accepting_does_not_sign_in_by_itself(client, staff, newcomer):
    invitation = invitations.invite(person=newcomer, by=staff)

    client.post(address_of(invitation), CHOSEN)

    assert "_auth_user_id" not in client.session


def test_inviting_and_accepting_stand_in_the_audit_chain(client, staff, newcomer):
    invitation = invitations.invite(person=newcomer, by=staff)
    client.post(address_of(invitation), CHOSEN)

    entries = AuditEntry.objects.order_by("seq").values_list("action", "actor__email")

    assert list(entries) == [
        ("invite", "staff@example.org"),
        ("accept_invitation", "newcomer@example.org"),
    ]
    assert audit.faults() == []


def test_the_letter_is_in_the_language_of_the_person(staff, newcomer):
    Person.objects.filter(pk=newcomer.pk).update(language="en")
    newcomer.refresh_from_db()

    invitations.invite(person=newcomer, by=staff)
    tasks.send_mail()

    assert (mail.outbox[0].to, mail.outbox[0].subject) == (
        ["newcomer@example.org"],
        "Invitation to the portal",
    )


def used(invitation, client):
    invitations.accept(token=invitations.token_of(invitation), password=CHOSEN["password1"])


def expired(invitation, client):
    Invitation.objects.update(expires_at=clock.now() - timedelta(seconds=1))


def revoked(invitation, client):
    invitations.revoke(invitation=invitation, by=invitation.invited_by)


def of_a_closed_account(invitation, client):
    Person.objects.filter(pk=invitation.person_id).update(is_active=False)


def unknown(invitation, client):
    Invitation.objects.update(token_digest="0" * 64)


@pytest.mark.parametrize("spoil", [used, expired, revoked, of_a_closed_account, unknown])
def test_O_028_every_invitation_that_is_not_valid_gets_the_same_answer(
    client, staff, newcomer, spoil
):
    invitation = invitations.invite(person=newcomer, by=staff)
    address = address_of(invitation)
    spoil(invitation, client)
    before = Person.objects.get(pk=newcomer.pk).password

    shown, sent = client.get(address), client.post(address, CHOSEN)
    never_was = client.get(reverse("invitation", args=["x" * 43]))
    texts = {
        re.sub(r'href="[^"]*"', "", answer.content.decode()) for answer in (shown, sent, never_was)
    }

    assert [answer.status_code for answer in (shown, sent, never_was)] == [404] * 3
    assert len(texts) == 1
    assert Person.objects.get(pk=newcomer.pk).password == before


def test_O_032_a_forgotten_password_does_not_replace_an_expired_invitation(client, staff, newcomer):
    with time_machine.travel(clock.now() - timedelta(days=15), tick=False):
        invitations.invite(person=newcomer, by=staff)
    Mail.objects.all().delete()

    client.post(reverse("account_reset_password"), {"email": "newcomer@example.org"})
    tasks.send_mail()

    assert mail.outbox == []


def test_O_081_opening_the_link_changes_nothing(client, staff, newcomer):
    invitation = invitations.invite(person=newcomer, by=staff)

    client.get(address_of(invitation), follow=True)

    newcomer.refresh_from_db()
    invitation.refresh_from_db()
    assert (newcomer.has_usable_password(), invitation.accepted_at) == (False, None)


def test_a_second_invitation_replaces_the_first(client, staff, newcomer):
    first = invitations.invite(person=newcomer, by=staff)
    second = invitations.invite(person=newcomer, by=staff)

    assert client.get(address_of(first)).status_code == 404
    assert client.get(address_of(second)).status_code == 200


def test_a_letter_is_not_sent_for_an_invitation_withdrawn_meanwhile(staff, newcomer):
    invitation = invitations.invite(person=newcomer, by=staff)

    invitations.revoke(invitation=invitation, by=staff)
    tasks.send_mail()

    assert mail.outbox == []
    assert Mail.objects.get().dropped_at is not None


def test_the_token_is_nowhere_in_the_database(staff, newcomer):
    invitation = invitations.invite(person=newcomer, by=staff)
    token = invitations.token_of(invitation)
    tasks.send_mail()

    kept = [str(list(model.objects.values())) for model in (Invitation, Mail, AuditEntry)]

    assert [text for text in kept if token in text] == []


def test_only_staff_invite(newcomer):
    with pytest.raises(PermissionDenied):
        invitations.invite(person=newcomer, by=a_person())


@pytest.mark.parametrize("fields", [{"password": PASSWORD}, {"password": None, "is_active": False}])
def test_nobody_is_invited_who_has_a_password_or_a_closed_account(staff, fields):
    with pytest.raises(SomethingMissing):
        invitations.invite(person=a_person(**fields), by=staff)

    assert not Mail.objects.exists()


def test_twenty_invitations_a_day(staff, newcomer):
    for _turn in range(20):
        invitations.invite(person=newcomer, by=staff)

    with pytest.raises(Throttled):
        invitations.invite(person=newcomer, by=staff)


@pytest.mark.parametrize(
    ("chosen", "field"),
    [
        ({"password1": "short", "password2": "short"}, "password1"),
        ({"password1": "passwordpassword", "password2": "something else here"}, "password2"),
        ({"password1": "", "password2": ""}, "password1"),
        ({"password1": "newcomer@example.org", "password2": "newcomer@example.org"}, "password1"),
    ],
)
def test_a_bad_password_is_explained_beside_its_field(client, staff, newcomer, chosen, field):
    invitation = invitations.invite(person=newcomer, by=staff)

    response = client.post(address_of(invitation), chosen)

    assert response.status_code == 200
    assert field in response.context["form"].errors
    assert client.get(address_of(invitation)).status_code == 200
