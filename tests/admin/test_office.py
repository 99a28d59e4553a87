"""The door, the front page, and the rules of the forms."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.admin import site
from django.urls import NoReverseMatch, reverse

from core import clock, outbox
from core.admin_base import ChooseOrSearch
from core.models import AuditEntry, Mail
from members.models import Invitation, Library, Mandate, Person
from members.sessions import BEGAN, SEEN
from positions.choices import State
from positions.models import Position
from tests.cast import make_person
from tests.people import give_second_factor

pytestmark = pytest.mark.usefixtures("english")

FRONT_PAGE_QUERIES = 13


def change_url(thing):
    opts = thing._meta
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[thing.pk])


def typed_in(page):
    """What the form of a page would send if nothing were changed."""
    form = page.context["adminform"].form
    values = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in values.items() if value not in {None, False}}


def with_inlines(page, data):
    management = {
        f"{formset.formset.prefix}-{name}": 0
        for formset in page.context["inline_admin_formsets"]
        for name in ("TOTAL_FORMS", "INITIAL_FORMS")
    }
    return {**management, **data}


def save(client, thing, **changes):
    page = client.get(change_url(thing))
    return client.post(change_url(thing), with_inlines(page, {**typed_in(page), **changes}))


# The door -------------------------------------------------------------------------------------


def test_the_back_office_has_no_sign_in_of_its_own(client, db):
    response = client.get(reverse("admin:login"))

    assert (response.status_code, response.url.split("?")[0]) == (302, reverse("account_login"))


@pytest.mark.parametrize("name", ["logout", "password_change", "password_change_done"])
def test_there_is_no_second_door(name):
    with pytest.raises(NoReverseMatch):
        reverse(f"admin:{name}")


def test_an_old_proof_is_not_enough(office):
    now = clock.now()
    session = office.session
    session[BEGAN] = (now - timedelta(minutes=16)).timestamp()
    session[SEEN] = now.timestamp()
    session.save()

    response = office.get(reverse("admin:index"))

    proofs = {reverse("account_reauthenticate"), reverse("mfa_reauthenticate")}
    assert response.status_code == 302
    assert response.url.split("?")[0] in proofs


# The front page -------------------------------------------------------------------------------


def test_the_front_page_shows_what_waits(
    office, application, change, mistake, coming, position_in, django_assert_num_queries
):
    coming.record()
    position = position_in(State.FORWARDED)
    Position.objects.filter(pk=position.pk).update(
        authority_deadline=clock.today() - timedelta(days=1)
    )
    Mail.objects.update(attempts=1, last_error="no answer")
    office.get(reverse("admin:index"))

    with django_assert_num_queries(FRONT_PAGE_QUERIES):
        page = office.get(reverse("admin:index"))

    mails = Mail.objects.count()
    assert [(queue.title, queue.count) for queue in page.context["queues"]] == [
        ("Membership applications", 1),
        ("Profile changes", 1),
        ("Reports of mistakes", 1),
        ("Reports of barriers", 0),
        ("Erasures to be confirmed", 0),
        ("Consultations to be assigned", 1),
        ("Invitations not taken up", 0),
        ("Letters that could not be sent", mails),
        ("Positions before the board", 1),
        ("Overdue positions", 1),
    ]


def test_a_queue_shows_its_oldest_and_counts_them_all(office):
    for number in range(7):
        outbox.queue(kind="test", address=f"{number}@example.org")
    Mail.objects.update(attempts=1, last_error="no answer")

    queues = office.get(reverse("admin:index")).context["queues"]

    assert [(queue.count, len(queue.items)) for queue in queues if queue.count] == [(7, 5)]


def test_every_link_of_a_queue_leads_somewhere(
    office, application, change, mistake, coming, position_in
):
    coming.record()
    position_in(State.FORWARDED)

    queues = office.get(reverse("admin:index")).context["queues"]

    urls = [queue.url for queue in queues] + [item.url for queue in queues for item in queue.items]
    assert {url: office.get(url).status_code for url in urls} == dict.fromkeys(urls, 200)


# People ---------------------------------------------------------------------------------------


def test_somebody_new_cannot_sign_in_before_the_invitation(office):
    data = {"name": "New", "email": "New@Example.org", "language": "hu", "is_active": "on"}

    office.post(reverse("admin:members_person_add"), data)

    person = Person.objects.get(email="new@example.org")
    assert (person.has_usable_password(), person.is_staff) == (False, False)


def test_an_invitation_is_sent_by_a_button(office, staff):
    person = make_person("new", password=None)

    response = office.post(reverse("admin:members_person_invite", args=[person.pk]))

    assert (response.status_code, person.invitations.get().invited_by) == (302, staff)


def test_who_has_a_password_is_not_invited(office, representative):
    representative.set_password("a quiet reading room")
    representative.save()

    office.post(reverse("admin:members_person_invite", args=[representative.pk]))

    assert Invitation.objects.count() == 0
    assert office.get(change_url(representative)).context["may_invite"] is False


def test_staff_do_not_invite_into_the_accounts_of_staff(office):
    person = make_person("new", password=None, is_staff=True)

    response = office.post(reverse("admin:members_person_invite", args=[person.pk]))

    assert (response.status_code, Invitation.objects.count()) == (403, 0)


def test_an_invitation_is_not_sent_by_looking(office, representative):
    url = reverse("admin:members_person_invite", args=[representative.pk])

    assert office.get(url).status_code == 405


def test_invitations_can_be_revoked(office, staff):
    person = make_person("new", password=None)
    office.post(reverse("admin:members_person_invite", args=[person.pk]))
    invitation = person.invitations.get()

    data = {"action": "revoke", "_selected_action": [invitation.pk]}
    office.post(reverse("admin:members_invitation_changelist"), data)

    assert Invitation.objects.get().revoked_at is not None


def test_staff_do_not_make_staff(office, representative):
    save(office, representative, is_staff="on")

    assert Person.objects.get(pk=representative.pk).is_staff is False


def test_a_superuser_makes_staff(client_of, admin, representative):
    save(client_of(admin), representative, is_staff="on")

    assert Person.objects.get(pk=representative.pk).is_staff is True


def test_staff_do_not_touch_the_accounts_of_staff(office, admin):
    response = office.post(change_url(admin), {"email": "mine@example.org", "name": "x"})

    assert (response.status_code, Person.objects.get(pk=admin.pk).email) == (403, admin.email)


def test_no_page_shows_or_takes_a_password(office, representative):
    page = office.get(change_url(representative))

    assert "password" not in page.context["adminform"].form.fields
    assert representative.password not in page.content.decode()


# Forms ----------------------------------------------------------------------------------------


def test_a_new_library_gets_its_address(office, county):
    data = {"name": "Új Könyvtár", "city": "Újváros", "county": county.pk, "kind": "city"}

    office.post(reverse("admin:members_library_add"), data)

    assert Library.objects.get(name="Új Könyvtár").slug == "uj-konyvtar"


def test_a_library_is_changed_and_its_history_kept(office, library, staff):
    response = save(office, library, phone="+36 1 234")

    library.refresh_from_db()
    assert (response.status_code, library.phone, library.step) == (302, "+36 1 234", 1)
    assert library.history.first().history_user == staff


def test_nothing_is_overwritten_in_silence(office, library):
    page = office.get(change_url(library))
    mine = with_inlines(page, {**typed_in(page), "phone": "+36 1 234"})
    save(office, library, phone="+36 9 999")

    response = office.post(change_url(library), mine)

    sentence = "Somebody else changed this after you opened it. Open it anew and try again."
    assert response.context["adminform"].form.non_field_errors() == [sentence]
    assert Library.objects.get(pk=library.pk).phone == "+36 9 999"


def test_a_former_state_is_shown_and_not_brought_back(office, library):
    save(office, library, phone="+36 1 234")
    former = library.history.last()
    url = reverse("admin:members_library_simple_history", args=[library.pk, former.pk])

    assert office.get(url).status_code == 200
    assert office.post(url, {"name": "Former"}).status_code == 403


def test_two_mandates_of_a_kind_do_not_overlap(office, representative, library):
    data = {"person": representative.pk, "kind": "representative", "library": library.pk}

    response = office.post(reverse("admin:members_mandate_add"), data)

    sentence = "These dates overlap with another entry of the same kind."
    assert response.context["adminform"].form.non_field_errors() == [sentence]
    assert Mandate.objects.filter(person=representative).count() == 1


def test_people_and_libraries_can_be_chosen_without_javascript(office, representative, library):
    page = office.get(reverse("admin:members_mandate_add")).content.decode()

    assert f'<option value="{representative.pk}">' in page
    assert f'<option value="{library.pk}">' in page
    assert page.count('<option value="" selected>---------</option>') == 3


def test_a_long_list_is_searched_instead(office, representative, library, monkeypatch):
    monkeypatch.setattr(ChooseOrSearch, "SHORT", 0)

    page = office.get(reverse("admin:members_mandate_add")).content.decode()

    assert f'<option value="{library.pk}">' not in page
    assert page.count('data-field-name="library"') == 1


def test_a_list_is_searched_whatever_accents_and_hyphens(office, library, county):
    Library.objects.filter(pk=library.pk).update(name="Katona József Könyvtár")
    Library.objects.get(pk=library.pk).save()

    page = office.get(reverse("admin:members_library_changelist"), {"q": "KONYVTAR bacs-kiskun"})

    assert list(page.context["cl"].result_list) == [library]


def test_what_has_happened_is_never_deleted(rf, staff):
    request = rf.get("/")
    request.user = staff
    deletable = {
        model.__name__
        for model, page in site._registry.items()
        if page.has_delete_permission(request)
    }

    assert deletable == {"Bucket"}


# The outbox -----------------------------------------------------------------------------------


def test_a_letter_that_was_given_up_is_sent_again(office, staff):
    outbox.queue(kind="test", to=staff)
    Mail.objects.update(dropped_at=clock.now(), last_error="no answer")
    mail = Mail.objects.get()

    data = {"action": "send_again", "_selected_action": [mail.pk]}
    office.post(reverse("admin:core_mail_changelist"), data)

    assert Mail.objects.waiting().count() == 1
    assert AuditEntry.objects.get().action == "send_again"


def test_a_letter_is_never_shown(office, staff):
    mail = Mail.objects.create(kind=outbox.READY, address="a@example.org", body="secret link")

    pages = [office.get(change_url(mail)), office.get(reverse("admin:core_mail_changelist"))]

    assert ["secret link" in page.content.decode() for page in pages] == [False, False]


def take_away(office, person, reason="Called back on the library's number."):
    url = reverse("admin:members_person_second_factor", args=[person.pk])
    return office.post(url, {"reason": reason})


def test_a_lost_second_factor_is_taken_away_with_its_reason(office, staff, board_member):
    give_second_factor(board_member)

    response = take_away(office, board_member)

    entry, letter = AuditEntry.objects.first(), Mail.objects.get(kind="account_changed")
    assert response["Location"] == change_url(board_member)
    assert Authenticator.objects.filter(user=board_member).count() == 0
    assert (entry.thing, entry.actor) == (board_member, staff)
    assert entry.note == "Called back on the library's number."
    assert (letter.to, letter.context["what"]) == (board_member, "totp_taken_away")


def test_without_a_reason_the_second_factor_stays(office, board_member):
    give_second_factor(board_member)

    take_away(office, board_member, reason=" ")

    assert Authenticator.objects.filter(user=board_member).exists()


def test_staff_keep_their_own_second_factor_and_that_of_other_staff(office, staff, admin):
    give_second_factor(admin)
    before = Authenticator.objects.count()

    assert [take_away(office, person).status_code for person in (staff, admin)] == [403, 403]
    assert Authenticator.objects.count() == before


def test_who_has_no_second_factor_is_offered_nothing(office, representative):
    take_away(office, representative)

    page = office.get(change_url(representative))
    assert page.context["may_take_away_second_factor"] is False
    assert AuditEntry.objects.count() == 0
