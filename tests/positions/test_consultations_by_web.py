"""Consultations as they are recorded, listed, read and moved by their pages."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from core import audit, clock
from core.models import Mail
from positions.choices import (
    Confidentiality,
    ConsultationAction,
    ConsultationKind,
    ConsultationState,
    Kind,
)
from positions.models import Assignment, Consultation, Position
from tests.positions.web import at, errors_of

pytestmark = pytest.mark.usefixtures("english")

ADD = "admin:positions_consultation_add"
CANARY = "CANARY-C1-7f3a"


@pytest.fixture
def office(staff, client_of):
    return client_of(staff)


@pytest.fixture
def typed(authority):
    """What staff would send from the form of a new one."""
    return {
        "kind": ConsultationKind.DRAFT_LAW,
        "title": "An act on reading rooms",
        "authority": authority.pk,
        "received_on": clock.today().isoformat(),
        "confidentiality": Confidentiality.MEMBERS,
        "text": "Rooms should be quiet.",
    }


def page(thing):
    return reverse("positions:consultation", args=[thing.pk])


def step(thing, action):
    return reverse("positions:consultation_step", args=[thing.pk, action])


def in_office(thing, action):
    return reverse("admin:positions_consultation_move", args=[thing.pk, action])


def send(client, thing, action, **sent):
    thing.refresh_from_db()
    return client.post(step(thing, action), {"seen": thing.step, **sent})


def listed(client, **query):
    response = client.get(reverse("positions:consultations"), query)
    return [each.consultation.title for each in response.context["shown"]]


def text_of(client, thing):
    return client.get(page(thing)).content.decode()


# Recording it ----------------------------------------------------------------------------------


def test_staff_record_it_and_the_day_is_reckoned(office, coming, typed, staff):
    law = coming.law()

    response = office.post(reverse(ADD), {**typed, "law_profile": law.pk})

    thing = Consultation.objects.get()
    assert response.status_code == 302
    assert (thing.due_on, thing.recorded_by) == (coming.in_days(8), staff)
    assert [entry.action for entry in audit.of(thing)] == ["record"]
    assert Mail.objects.count() == 0


def test_O_038_what_the_form_does_not_ask_for_is_ignored(office, typed, coordinator):
    more = {
        "status": ConsultationState.CLOSED,
        "recorded_by": coordinator.pk,
        "given_days": 90,
        "lawful_until": "2020-01-01",
        "summary_published_on": "2020-01-01",
        "step": 7,
    }

    office.post(reverse(ADD), {**typed, **more})

    thing = Consultation.objects.get()
    kept = (thing.status, thing.given_days, thing.lawful_until, thing.summary_published_on)
    assert kept == (ConsultationState.RECEIVED, None, None, None)
    assert (thing.step, thing.recorded_by == coordinator) == (0, False)


def test_O_050_sent_twice_it_is_recorded_once(office, typed):
    once = {**typed, "once": str(uuid.uuid4())}

    first, second = (office.post(reverse(ADD), once) for _ in range(2))

    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"]
    assert Consultation.objects.count() == 1


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"authority": "0"}, "authority"),
        ({"kind": "nonsense"}, "kind"),
        ({"confidentiality": "nobody"}, "confidentiality"),
        ({"law_profile": "99999999999999999999"}, "law_profile"),
        ({"received_on": "9999-12-31"}, "received_on"),
        ({"received_on": "yesterday"}, "received_on"),
        ({"due_on": "1999-01-01"}, "due_on"),
        ({"due_on": "9999-12-31"}, "due_on"),
        ({"link": "javascript:alert(1)"}, "link"),
        ({"link": "https://" + "a" * 600}, "link"),
        ({"text": "x" * 20_001}, "text"),
        ({"file_number": "x" * 61}, "file_number"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(office, typed, sent, field):
    response = office.post(reverse(ADD), {**typed, **sent})

    assert response.status_code == 200
    assert list(response.context["adminform"].form.errors) == [field]
    assert Consultation.objects.count() == 0


def test_O_024_a_title_is_one_line_in_letters_too(office, typed, coming):
    office.post(reverse(ADD), {**typed, "title": "One\r\nBcc: x@evil.test"})

    assert Consultation.objects.get().title == "One Bcc: x@evil.test"


def test_staff_correct_it_and_the_law_is_reckoned_anew(office, coming, typed):
    thing = coming.record(due_on=coming.in_days(4))
    law, received = coming.law(), clock.days_after(clock.today(), -2)
    sent = {**typed, "law_profile": law.pk, "received_on": received.isoformat()}

    response = office.post(in_office(thing, "correct"), {**sent, "seen": thing.step})

    thing.refresh_from_db()
    assert response.status_code == 302
    assert (thing.title, thing.due_on) == ("An act on reading rooms", coming.in_days(4))
    assert (thing.lawful_until, thing.given_days) == (coming.in_days(6), 6)


def test_a_correction_that_cannot_be_leaves_it(office, coming, typed):
    thing = coming.record(due_on=coming.in_days(4))
    sent = {**typed, "received_on": coming.in_days(1).isoformat(), "seen": 0}

    response = office.post(in_office(thing, "correct"), sent)

    assert errors_of(response, "received_on") != []
    assert Consultation.objects.get().title == thing.title


# Moving it -------------------------------------------------------------------------------------


def test_staff_assign_it_and_the_section_hears(office, coming, section, chair, coordinator):
    thing = coming.record()

    response = office.post(in_office(thing, "assign"), {"seen": 0, "sections": [section.pk]})

    assert response.status_code == 302
    assert Assignment.objects.get().section == section
    heard = Mail.objects.values_list("to__name", flat=True)
    assert sorted(heard) == [chair.name, coordinator.name]


def test_O_039_the_same_step_a_second_time_is_a_conflict(office, coming, section):
    thing = coming.record()
    sent = {"seen": 0, "sections": [section.pk]}

    answers = [office.post(in_office(thing, "assign"), sent).status_code for _ in range(2)]

    assert answers[0] == 302
    assert (answers[1], Assignment.objects.count()) == (200, 1)  # the section is offered no more
    assert office.post(in_office(thing, "let_go"), {"seen": 1, "note": "x"}).status_code == 409


def test_a_section_is_let_go_for_with_a_reason(coming, client_of, coordinator, section):
    thing, client = coming.assign(coming.record()), client_of(coordinator)

    without = send(client, thing, "pass", section=section.pk)
    given = send(client, thing, "pass", section=section.pk, note="It is not ours.")

    assert errors_of(without, "note") == ["Please give the reason."]
    assert (given.status_code, given["Location"]) == (302, page(thing))
    assert Assignment.objects.get().let_go_reason == "It is not ours."


def test_another_section_is_not_offered(coming, client_of, coordinator, section, other_section):
    thing = coming.assign(coming.record(), section, other_section)

    response = send(
        client_of(coordinator), thing, "pass", section=other_section.pk, note="Not theirs."
    )

    assert errors_of(response, "section") != []
    assert Assignment.objects.held().count() == 2


def test_a_step_decided_on_before_somebody_elses_is_a_conflict(
    coming, client_of, coordinator, section
):
    thing = coming.assign(coming.record())
    seen = thing.step
    coming.change_due(thing, coming.in_days(60))

    response = client_of(coordinator).post(
        step(thing, "pass"), {"seen": seen, "section": section.pk, "note": "No."}
    )

    assert (response.status_code, Assignment.objects.held().count()) == (409, 1)


@pytest.mark.parametrize("action", ["pass", "take_up"])
def test_O_040_nothing_happens_by_looking_or_without_a_token(
    coming, client_of, coordinator, action
):
    state = ConsultationState.ASSIGNED if action == "pass" else ConsultationState.LET_GO
    thing = coming.to(state)
    client_of(coordinator)  # has a password now
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(coordinator)
    before = thing.step

    answers = [
        strict.get(step(thing, action)).status_code,
        strict.head(step(thing, action)).status_code,
        strict.post(step(thing, action), {"seen": before, "note": "No."}).status_code,
        strict.put(step(thing, action)).status_code,
    ]

    thing.refresh_from_db()
    assert (answers, thing.step) == ([200, 200, 403, 405], before)


@pytest.mark.parametrize("seen", ["", "x", "-1", "99999999999999999999", "1e3"])
def test_a_step_nobody_saw_changes_nothing(coming, client_of, coordinator, section, seen):
    thing = coming.assign(coming.record())

    response = client_of(coordinator).post(
        step(thing, "pass"), {"seen": seen, "section": section.pk, "note": "No."}
    )

    assert response.status_code in {200, 409}
    assert Assignment.objects.held().count() == 1


def test_every_form_says_what_it_will_do(office, coming):
    thing = coming.assign(coming.record())
    for action in ConsultationAction:
        response = office.get(step(thing, action))
        if response.status_code == 200:
            assert response.context["consequences"] != [], action


# The list --------------------------------------------------------------------------------------


@pytest.fixture
def three(coming):
    return {
        each: coming.record(title=each, confidentiality=each)
        for each in (Confidentiality.PUBLIC, Confidentiality.MEMBERS, Confidentiality.SECTIONS)
    }


def test_each_sees_what_they_may_know_of(
    three, client_of, stranger, representative, board_member, staff
):
    found = [
        len(listed(client))
        for client in (Client(), *map(client_of, (stranger, representative, board_member, staff)))
    ]

    assert found == [1, 1, 2, 3, 3]


def test_O_005_the_filters_let_nothing_on(coming, client_of, representative, authority):
    coming.record(title=CANARY, confidentiality=Confidentiality.SECTIONS)
    client = client_of(representative)
    for query in (
        {"q": CANARY[:6]},
        {"authority": authority.pk},
        {"recorded_by__password__startswith": "p"},
        {"order_by": "-title"},
        {"state": "nonsense"},
        {"authority": "x"},
        {"page": "99999999999999999999"},
        {"q": "a" * 100_000},
    ):
        response = client.get(reverse("positions:consultations"), query)
        assert response.status_code == 200
        assert CANARY not in response.content.decode()


def test_it_is_found_by_kind_state_authority_and_words(coming, office, authority):
    coming.record(title="Reading", kind=ConsultationKind.CALL, file_number="K/7")
    coming.assign(coming.record(title="Writing", kind=ConsultationKind.REQUEST))

    found = [
        listed(office, **query)
        for query in (
            {"kind": "call"},
            {"state": "assigned"},
            {"authority": authority.pk, "q": "k/7"},
            {"q": "nothing like it"},
        )
    ]

    assert found == [["Reading"], ["Writing"], ["Reading"], []]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_however_long(
    coming, client_of, coordinator, count, django_assert_num_queries
):
    for number in range(count):
        coming.answer(coming.assign(coming.record(title=f"Number {number}")))
    client = client_of(coordinator)
    client.get(reverse("positions:consultations"))

    # session, person, mandates, sections; authorities, count, rows, assignments, positions
    with django_assert_num_queries(9):
        client.get(reverse("positions:consultations"))


@pytest.mark.parametrize("count", [1, 3])
def test_its_page_asks_the_same_however_much_is_done(
    coming, client_of, coordinator, count, django_assert_num_queries
):
    thing = coming.assign(coming.record())
    for _ in range(count):
        coming.answer(thing)
    client = client_of(coordinator)
    client.get(page(thing))

    # session, person, mandates, sections; it, assignments, positions, files, history, names of
    # sections
    with django_assert_num_queries(10):
        client.get(page(thing))


def test_results_are_replaced_in_place(coming):
    coming.record(confidentiality=Confidentiality.PUBLIC)

    response = Client().get(reverse("positions:consultations"), headers={"HX-Request": "true"})

    assert "<html" not in response.content.decode()


# Its page --------------------------------------------------------------------------------------


def test_those_outside_read_no_reason_no_name_and_no_draft(coming, representative, client_of):
    thing = coming.assign(coming.record(confidentiality=Confidentiality.PUBLIC))
    position = coming.answer(thing, title=CANARY)
    coming.move(thing, ConsultationAction.CHANGE_DUE, note=CANARY, due_on=coming.in_days(50))
    passed = coming.pass_on(coming.assign(coming.record(confidentiality=Confidentiality.PUBLIC)))

    outside = text_of(Client(), thing) + text_of(Client(), passed)
    inside = text_of(client_of(representative), passed)

    hidden = (CANARY, position.reference, "It is not ours.", "Coordinator", "Staff")
    assert [word for word in hidden if word in outside] == []
    assert "It is not ours." in inside


def test_members_learn_that_a_section_is_at_it_and_not_what(
    coming, client_of, foreign_representative
):
    thing = coming.assign(coming.record())
    coming.answer(thing, title=CANARY)

    text = text_of(client_of(foreign_representative), thing)

    assert "Is preparing a position." in text
    assert CANARY not in text


def test_O_019_what_is_typed_is_shown_as_text(coming, client_of, coordinator):
    vector = '"><svg onload=__xss=1>'
    thing = coming.assign(coming.record(title=vector, text=vector, file_number=vector))
    coming.move(
        thing,
        ConsultationAction.RECORD_SUMMARY,
        published_on=clock.today(),
        text=vector,
        note=vector,
    )

    client = client_of(coordinator)
    text = text_of(client, thing) + client.get(reverse("positions:consultations")).content.decode()

    assert "<svg onload" not in text


@pytest.mark.parametrize("number", [0, 10**18, 10**30])
def test_one_that_is_not_there_is_not_found(client_of, coordinator, number):
    url = reverse("positions:consultation", args=[number])

    assert client_of(coordinator).get(url).status_code == 404


def test_O_001_one_that_may_not_be_known_of_is_as_one_that_is_not_there(
    coming, client_of, representative
):
    thing = coming.record(title=CANARY, confidentiality=Confidentiality.SECTIONS)
    client = client_of(representative)
    nowhere = reverse("positions:consultation", args=[10**9])

    hidden, absent = (client.get(url) for url in (page(thing), nowhere))

    assert (hidden.status_code, absent.status_code) == (404, 404)
    assert CANARY not in hidden.content.decode()


# A position started from it --------------------------------------------------------------------


def starting(thing):
    return f"{reverse('positions:start')}?answers={thing.pk}"


@pytest.fixture
def draft(section, authority):
    return {
        "section": section.pk,
        "kind": Kind.OPINION,
        "title": "Our opinion",
        "addressee": authority.pk,
        "body": "Words.",
    }


def test_the_form_is_filled_in_from_it(coming, client_of, coordinator):
    thing = coming.assign(coming.record())

    form = client_of(coordinator).get(starting(thing)).context["form"]

    assert [form[name].value() for name in ("title", "addressee", "kind")] == [
        thing.title,
        thing.authority_id,
        Kind.OPINION,
    ]


def test_what_is_started_answers_it(coming, client_of, coordinator, draft):
    thing, client = coming.assign(coming.record()), client_of(coordinator)
    sent = {**draft, "once": str(uuid.uuid4())}

    first, second = (client.post(starting(thing), sent) for _ in range(2))

    position = Position.objects.get()
    assert first["Location"] == second["Location"] == position.get_absolute_url()
    assert (position.answers, position.authority_deadline) == (thing, thing.due_on)
    assert thing.title in client.get(at(position)).content.decode()


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("representative", 403),
        ("foreign_representative", 403),
        ("other_coordinator", 403),
        ("stranger", 403),
    ],
)
def test_it_is_started_by_those_who_lead_the_section(
    request, coming, client_of, draft, name, answer
):
    thing = coming.assign(coming.record())
    client = client_of(request.getfixturevalue(name))

    found = [client.get(starting(thing)), client.post(starting(thing), draft)]

    assert [each.status_code for each in found] == [answer, answer]
    assert Position.objects.count() == 0


def test_O_003_one_that_may_not_be_known_of_cannot_be_answered(
    coming, client_of, other_coordinator, draft
):
    thing = coming.assign(coming.record(confidentiality=Confidentiality.SECTIONS, title=CANARY))
    client = client_of(other_coordinator)

    found = [client.get(starting(thing)), client.post(starting(thing), draft)]

    assert [each.status_code for each in found] == [404, 404]
    assert Position.objects.count() == 0


@pytest.mark.parametrize("number", ["x", "-1", "99999999999999999999", "１", "1e3", "0"])
def test_O_018_a_number_that_is_none_is_not_found(client_of, coordinator, number):
    url = f"{reverse('positions:start')}?answers={number}"

    assert client_of(coordinator).get(url).status_code == 404


def test_one_that_was_taken_back_meanwhile_starts_nothing(
    coming, client_of, coordinator, section, draft
):
    thing = coming.assign(coming.record())
    coming.move(thing, ConsultationAction.TAKE_BACK, note="A mistake.", section=section)

    response = client_of(coordinator).post(starting(thing), draft)

    assert (response.status_code, Position.objects.count()) == (403, 0)


def test_once_public_a_position_names_only_what_everybody_may_know_of(coming, way, client_of):
    secret = coming.assign(coming.record(title=CANARY, confidentiality=Confidentiality.SECTIONS))
    members = coming.assign(coming.record(title="For members"))
    public = coming.assign(coming.record(title="For all", confidentiality=Confidentiality.PUBLIC))
    sent = {each: coming.send(coming.answer(each)) for each in (secret, members, public)}

    readers = (Client(), client_of(coming.cast("foreign_representative")))
    named = [
        [thing.title in reader.get(at(position)).content.decode() for reader in readers]
        for thing, position in sent.items()
    ]

    assert named == [[False, False], [False, True], [True, True]]


def test_a_section_that_has_begun_is_asked_for_nothing_more(coming, client_of, coordinator):
    thing, client = coming.assign(coming.record()), client_of(coordinator)
    before = client.get(page(thing)).context["page"]

    coming.answer(thing)
    after = client.get(page(thing)).context["page"]

    assert [button.tone for button in before.buttons] == ["primary", "secondary"]
    assert [(button.label, button.tone) for button in after.buttons] == [
        ("Start a position from it", "secondary")
    ]
    assert (before.ball_tone, after.ball_tone) == ("mine", "waiting")


def test_staff_are_waited_for_only_until_a_section_has_it(coming, office):
    thing = coming.record()
    before = office.get(page(thing)).context["page"]

    coming.assign(thing)
    after = office.get(page(thing)).context["page"]

    assert (before.ball_tone, after.ball_tone) == ("mine", "waiting")
    assert [button.label for button in after.buttons][:1] == ["Assign to sections"]
