"""Following by the one button, the page of notices, and leaving from a letter."""

import threading
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connections
from django.test import Client
from django.urls import reverse
from django.utils import translation

from core import clock, digests, leaving, notices, outbox
from core.logs import masked
from core.models import AuditEntry, Follow, Mail, ToldUpTo
from core.news import NEWS
from core.notices import Group, Pace
from core.search.asking import Question
from iksz_portal import news, saved_searches
from iksz_portal.mail import GROUPS, RENDERERS
from members import actions, profiles
from members.choices import ChangeAction
from members.workflow import PROFILE_CHANGES
from positions.choices import State
from positions.models import Topic
from positions.subjects import merge_topics
from tests.cast import make_person, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def address(name, *args):
    return reverse(name, args=args)


def follow(person, kind, thing, name="follow", **more):
    sent = {"kind": kind, "pk": getattr(thing, "pk", thing), **more}
    return signed_in(person).post(address(name), sent)


def of(person):
    return [str(follow.thing) for follow in Follow.objects.filter(person=person)]


def text(response):
    return response.content.decode()


def everything_goes():
    """What the worker does; to whom news was sent, and of what."""
    news.tell_followers()
    Mail.objects.exclude(kind__in=[NEWS, outbox.DIGEST]).delete()
    mail.outbox.clear()
    outbox.send_due(RENDERERS, GROUPS)
    return sorted((letter.to[0].partition("@")[0], letter.subject) for letter in mail.outbox)


def at_once(*people):
    for person in people:
        person.language = "en"
        person.save()
        notices.choose(person=person, group=Group.FOLLOWED, pace=Pace.AT_ONCE)


# The button ------------------------------------------------------------------------------------


@pytest.fixture
def things(way, section, library):
    position = way.to(State.SUBMITTED)
    topic = Topic.objects.create(name="Opening hours")
    position.topics.add(topic)
    return {"section": section, "position": position, "library": library, "topic": topic}


@pytest.mark.parametrize("kind", ["section", "position", "library", "topic"])
def test_each_thing_is_followed_and_left_by_the_button_on_its_page(kind, things, stranger):
    thing, client = things[kind], signed_in(stranger)

    there = follow(stranger, kind, thing)
    page = text(client.get(there["Location"]))
    back = follow(stranger, kind, thing, "unfollow")

    address, fragment = there["Location"].split("#")
    assert (there.status_code, fragment) == (302, "followed")
    assert back["Location"] == f"{address}#follow"
    assert '<button class="btn btn-quiet"\n          type="submit" id="followed">' in page
    assert ("Stop following" in page, Follow.objects.exists()) == (True, False)
    assert "What happens here comes in one letter a day" in text(client.get(back["Location"]))


def test_visitors_see_no_button(client, things):
    assert "Follow" not in text(client.get(things["section"].get_absolute_url()))


NONSENSE = ["", "0", "x", "9" * 40, "-1", "１", "1\0", "0" * 5000, "0" * 20 + "9" * 30]


@pytest.mark.parametrize("pk", NONSENSE, ids=range(len(NONSENSE)))
def test_O_018_nonsense_is_not_found(pk, stranger):
    assert follow(stranger, "position", pk, "unfollow").status_code in {302, 400, 404}
    assert follow(stranger, "position", pk).status_code in {400, 404}
    assert follow(stranger, "nonsense", "1").status_code == 404


def test_what_one_may_not_see_cannot_be_followed_by_guessing(way, stranger, representative):
    draft = way.start(topics=["Secret"])
    hidden = draft.topics.get()

    found = [
        follow(person, kind, thing).status_code
        for person in (stranger, representative)
        for kind, thing in (("position", draft), ("topic", hidden))
    ]

    assert (found, Follow.objects.count()) == ([404] * 4, 0)


def test_what_one_may_not_see_any_more_is_not_listed_and_can_be_left(way, representative):
    position = way.to(State.CONSULTATION)
    notices.follow(person=representative, thing=position)
    representative.mandates.update(ended_on=clock.today() - timedelta(days=1))

    page = text(signed_in(representative).get(address("notices")))
    back = follow(representative, "position", position, "unfollow")

    assert (position.title in page, "You follow nothing yet" in page) == (False, True)
    assert (back["Location"], Follow.objects.count()) == (address("notices"), 0)


def test_who_followed_a_topic_that_is_merged_follows_the_other(way, stranger, staff):
    gone, kept = (Topic.objects.create(name=name) for name in ("Hours", "Opening hours"))
    notices.follow(person=stranger, thing=gone)

    merge_topics(gone=gone, kept=kept, by=staff)

    assert of(stranger) == ["Opening hours"]


# The page of notices ---------------------------------------------------------------------------


def test_the_list_names_what_is_followed_with_a_button_to_leave_it(things, stranger):
    for kind, thing in things.items():
        follow(stranger, kind, thing)

    page = text(signed_in(stranger).get(address("notices")))
    back = follow(stranger, "library", things["library"], "unfollow", list="1")

    assert page.count('name="list"') == 4
    assert (back["Location"], len(of(stranger))) == (address("notices"), 3)


def test_the_paces_are_chosen_group_by_group(stranger):
    sent = {"tasks": "daily", "deadlines": "weekly", "comments": "off", "followed": "at_once"}
    sent["searches"] = "weekly"

    signed_in(stranger).post(address("notices"), sent)

    assert notices.paces_of(stranger) == {**sent, "account": "at_once"}


@pytest.mark.parametrize("sent", [{}, {"tasks": "hourly"}, {"account": "off"}])
def test_what_is_no_choice_is_said_beside_its_field_and_changes_nothing(stranger, sent):
    before = notices.paces_of(stranger)

    page = signed_in(stranger).post(address("notices"), sent)

    assert (page.status_code, notices.paces_of(stranger)) == (200, before)
    assert "invalid-feedback" in text(page)


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_the_same_however_much_is_followed(
    way, county, section, libraries, stranger, django_assert_num_queries, count
):
    for number in range(count):
        position = way.to(State.SUBMITTED)
        topic = Topic.objects.create(name=f"Topic {number}")
        position.topics.add(topic)
        for thing in (position, topic, libraries[number], section):
            notices.follow(person=stranger, thing=thing)
    client = signed_in(stranger)
    client.get(address("notices"))

    # session, person, mandates, places in sections; choices, follows, and each of four kinds
    with django_assert_num_queries(10):
        client.get(address("notices"))


# Who hears of what -----------------------------------------------------------------------------


def test_followers_of_section_and_position_hear_of_a_move_once(way, section, stranger, staff):
    position = way.to(State.ACCEPTED)
    news.tell_followers()
    at_once(stranger, staff)
    for thing in (section, position):
        notices.follow(person=staff, thing=thing)
        notices.follow(person=stranger, thing=thing)
    everything_goes()

    way.submit(position)

    assert [to for to, _subject in everything_goes()] == ["staff", "stranger"]
    assert mail.outbox[-1].subject == f"It was submitted to the authority: {position.title}"


def test_O_059_news_of_what_is_not_public_yet_reach_nobody_outside(way, section, stranger):
    at_once(stranger)
    notices.follow(person=stranger, thing=section)

    way.to(State.ACCEPTED)

    assert (everything_goes(), Mail.objects.filter(kind=NEWS).count()) == ([], 0)


def test_O_059_the_right_is_asked_again_when_the_letter_goes(way, representative, coordinator):
    position = way.to(State.CONSOLIDATION)
    at_once(representative)
    news.tell_followers()
    notices.follow(person=representative, thing=position)
    way.park(position)
    news.tell_followers()
    queued = Mail.objects.filter(kind=NEWS).count()
    representative.mandates.update(ended_on=clock.today() - timedelta(days=1))

    assert (queued, everything_goes()) == (1, [])


def test_nobody_hears_of_one_act_twice_nor_of_their_own(way, section, representatives, coordinator):
    at_once(*representatives, coordinator)
    for person in (*representatives, coordinator):
        notices.follow(person=person, thing=section)

    way.to(State.CONSULTATION)  # it is the representatives' turn, by the coordinator's act
    turns = Mail.objects.filter(kind="positions.turn").count()

    assert (turns, everything_goes()) == (4, [])  # with the drafter, who follows nothing


def test_new_versions_are_told_to_followers_of_the_position_once_an_hour(
    way, rewrite, section, representative, coordinator, chair
):
    position = way.to(State.CONSOLIDATION)
    at_once(representative, chair)
    news.tell_followers()
    notices.follow(person=representative, thing=position)
    notices.follow(person=chair, thing=section)
    for words in ("One.", "Two."):
        position = rewrite(position, body=f"<p>{words}</p>")

    assert everything_goes() == [("representative", f"Version 2 was saved: {position.title}")]


def test_a_topics_followers_hear_of_its_new_position(way, other_representative, board_member):
    topic = Topic.objects.create(name="Opening hours")
    at_once(board_member)
    notices.follow(person=board_member, thing=topic)
    position = way.start(topics=["Opening hours"])

    position = way.adopt(way.open_vote(way.consolidate(way.consult(position))))
    before = everything_goes()  # the board does not see it yet
    way.forward(position)

    assert (before, everything_goes()[-1:]) == (
        [],
        [("board.member", f"It was forwarded to the board: {position.title}")],
    )


def test_followers_hear_that_a_profile_has_changed(library, representative, stranger, staff):
    at_once(stranger, representative)
    for person in (stranger, representative):
        notices.follow(person=person, thing=library)
    change = actions.propose_change(
        library=library,
        by=representative,
        values={**profiles.values_of(library), "phone": "+36 1 000 0000"},
        seen=profiles.fingerprint(library),
    )
    PROFILE_CHANGES.perform(ChangeAction.APPROVE, change, by=staff)

    assert everything_goes() == [("stranger", "Its profile has changed: Library 1")]


def test_the_office_tells_of_profiles_and_memberships(library, section, stranger, staff):
    at_once(stranger)
    for thing in (library, section):
        notices.follow(person=stranger, thing=thing)
    client = signed_in(staff)
    membership = section.memberships.get(library=library)
    edited = client.post(
        reverse("admin:members_library_change", args=[library.pk]),
        as_shown(client, "members_library", library) | {"phone": "+36 1 000 0000"},
    )
    ended = client.post(
        reverse("admin:sections_sectionmembership_change", args=[membership.pk]),
        as_shown(client, "sections_sectionmembership", membership) | {"ended_on": "2026-12-31"},
    )

    assert (edited.status_code, ended.status_code) == (302, 302)
    told = [subject for _to, subject in everything_goes()]
    assert told[0] == "Its profile has changed: Library 1"
    assert told[1].startswith("Last day of Library 1 in the section: ")


def as_shown(client, name, thing):
    """The fields of a form of the office, as the page shows them."""
    page = client.get(reverse(f"admin:{name}_change", args=[thing.pk]))
    form = page.context["adminform"].form
    fields = {field: form[field].value() for field in form.fields}
    inlines = {}
    for inline in page.context["inline_admin_formsets"]:
        management = inline.formset.management_form
        inlines |= {
            management.add_prefix(each): management[each].value() for each in management.fields
        }
    return {key: "" if value is None else value for key, value in (fields | inlines).items()}


def test_what_happened_before_one_followed_is_not_told(way, stranger):
    position = way.to(State.SUBMITTED)
    at_once(stranger)
    with clock.at(clock.now() + timedelta(hours=1)):
        notices.follow(person=stranger, thing=position)

    assert everything_goes() == []


def test_a_closed_account_is_not_told(way, section, stranger):
    at_once(stranger)
    notices.follow(person=stranger, thing=section)
    stranger.is_active = False
    stranger.save()
    way.to(State.SUBMITTED)

    assert (everything_goes(), Mail.objects.filter(kind=NEWS).count()) == ([], 0)


def test_an_account_that_is_erased_takes_its_follows_along(section):
    person = make_person("leaving")
    notices.follow(person=person, thing=section)
    notices.choose(person=person, group=Group.TASKS, pace=Pace.DAILY)

    person.delete()

    assert Follow.objects.count() == 0


def test_the_mark_goes_along_even_if_one_act_cannot_be_told(way, section, stranger, monkeypatch):
    notices.follow(person=stranger, thing=section)
    way.to(State.SUBMITTED)
    monkeypatch.setattr("core.news._tell_of", lambda entry, sources: 1 / 0)

    news.tell_followers()

    assert ToldUpTo.objects.get().seq == AuditEntry.objects.first().seq


@pytest.mark.parametrize(
    ("language", "subject", "what"),
    [
        ("hu", "A nap a portálon: 2 hír", "Nyilvános"),
        ("en", "The day on the portal: 2 pieces of news", "It was submitted to the authority"),
        ("sl", "Dan na portalu: 2 novici", "Vloženo"),
    ],
)
def test_the_digest_speaks_its_readers_language(way, section, stranger, language, subject, what):
    stranger.language = language
    stranger.save()
    position = way.to(State.ACCEPTED)
    news.tell_followers()
    notices.follow(person=stranger, thing=section)
    position = way.answer(way.submit(position))
    everything_goes()
    with clock.at(notices.next_morning(Pace.DAILY, clock.now())):
        digests.make_due()
        everything_goes()

    (letter,) = mail.outbox
    with translation.override(language):
        lines = [str(position.section).upper(), str(position), position.get_absolute_url()]
    assert letter.subject == subject
    assert [line for line in lines if line not in letter.body] == []


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_O_085_three_workers_tell_of_each_act_once(way, stranger, staff, coordinator):
    position = way.to(State.SUBMITTED)
    for person in (stranger, staff):
        notices.follow(person=person, thing=position)
    before = Mail.objects.filter(kind=NEWS).count()
    for _turn in range(5):
        facts = {"received_on": clock.today(), "text": "Later."}
        position = way.move(position, "record_interim_answer", **facts)

    def work():
        try:
            for _turn in range(10):
                news.tell_followers()
        finally:
            connections.close_all()

    workers = [threading.Thread(target=work) for _number in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert (before, Mail.objects.filter(kind=NEWS).count()) == (0, 10)
    assert ToldUpTo.objects.get().seq == AuditEntry.objects.first().seq


# What is said before -----------------------------------------------------------------------------


def foretold(client, position, *page):
    return text(client.get(reverse(f"positions:{page[0]}", args=[position.reference, *page[1:]])))


def test_before_a_move_the_page_counts_the_followers_who_get_no_other_letter(
    way, section, client_of, coordinator, representatives, stranger, staff
):
    position = way.start()
    for person in (stranger, staff, coordinator, *representatives):
        notices.follow(person=person, thing=section)
    notices.follow(person=staff, thing=position)

    page = foretold(client_of(coordinator), position, "move", "open_consultation")

    assert "2 people who follow it hear of it, as far as they may read it." in page
    assert "4 people get mail: those whose turn it is then." in page


@pytest.mark.parametrize(
    ("state", "page"),
    [
        (State.DRAFT, ("edit",)),
        (State.DRAFT, ("comment",)),
        (State.CONSULTATION, ("comment",)),
        (State.ANSWERED, ("outcomes",)),
        (State.SUBMITTED, ("move", "record_interim_answer")),
        (State.CONSOLIDATION, ("move", "withdraw")),
    ],
)
def test_every_form_that_makes_news_says_who_hears_of_it(
    way, client_of, coordinator, staff, state, page
):
    position, client = way.to(state), client_of(coordinator)
    before = foretold(client, position, *page)
    notices.follow(person=staff, thing=position)
    after = foretold(client, position, *page)

    sentence = "1 person who follows it hears of it, as far as they may read it."
    assert (sentence in before, sentence in after) == (False, True)
    assert "Nobody gets mail." not in after


# Leaving ---------------------------------------------------------------------------------------


@pytest.fixture
def letter(way, section, stranger):
    """A letter of what the stranger follows."""
    at_once(stranger)
    notices.follow(person=stranger, thing=section)
    way.to(State.SUBMITTED)
    everything_goes()
    return mail.outbox[-1]


def way_out(letter):
    return (
        letter.extra_headers["List-Unsubscribe"].strip("<>").removeprefix("https://portal.example")
    )


def pace(person):
    return notices.pace_of(person, Group.FOLLOWED)


def test_O_060_a_letter_can_be_left_with_one_click(letter, stranger):
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert way_out(letter) in letter.body

    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(way_out(letter), {"List-Unsubscribe": "One-Click"})

    assert (answer.status_code, pace(stranger)) == (200, Pace.OFF)


def test_O_081_looking_at_the_address_changes_nothing(letter, stranger):
    client = Client()

    seen = [client.get(way_out(letter)), client.head(way_out(letter))]

    assert ([each.status_code for each in seen], pace(stranger)) == ([200, 200], Pace.AT_ONCE)
    assert "Nothing has changed yet." in text(seen[0])
    assert seen[0]["Referrer-Policy"] == "strict-origin"


def test_O_058_no_log_holds_the_addresses_by_which_letters_are_left(letter, stranger):
    search = saved_searches.save(by=stranger, question=Question("a"), name="a", cadence="daily")
    paths = [
        way_out(letter),
        leaving.path(stranger, Pace.DAILY),
        reverse("search:end", args=[saved_searches.token_of(search)]),
    ]

    written = [masked(f"Not Found: {path}?a=b") for path in paths]

    assert [line.count("/…/?a=b") for line in written] == [1, 1, 1]
    assert [path.split(":")[-1] in line for path, line in zip(paths, written, strict=True)] == [
        False
    ] * 3


def test_people_leave_by_a_form_and_may_come_back(letter, stranger):
    client = Client()

    left = text(client.post(way_out(letter)))
    gone = pace(stranger)
    client.post(way_out(letter), {"again": "1", "group": ["followed", "account", "x"]})

    assert ("No more of these letters" in left, gone) == (True, Pace.OFF)
    assert pace(stranger) == Pace.DAILY


@pytest.mark.parametrize("sent", [{}, {"List-Unsubscribe": "One-Click", "again": "1"}])
def test_only_the_one_word_of_mail_programs_needs_no_token(letter, stranger, sent):
    answer = Client(enforce_csrf_checks=True).post(way_out(letter), sent)

    assert (answer.status_code, pace(stranger)) == (403, Pace.AT_ONCE)


def test_an_address_that_is_not_whole_is_not_found(letter):
    assert Client().get(way_out(letter)[:-2] + "/").status_code == 404


def test_every_kind_of_mail_has_its_group():
    assert set(RENDERERS) - set(GROUPS) == {outbox.DIGEST}


def test_letters_about_the_account_have_no_way_out(stranger):
    outbox.queue(kind="account_changed", to=stranger, what="password_changed")

    outbox.send_due(RENDERERS, GROUPS)

    assert "List-Unsubscribe" not in mail.outbox[0].extra_headers


def test_O_060_all_letters_of_a_whole_way_keep_the_rules(way, settings, representatives, section):
    at_once(*representatives)
    for person in representatives:
        notices.follow(person=person, thing=section)
    position = way.to(State.CLOSED)
    news.tell_followers()
    outbox.send_due(RENDERERS, GROUPS, most=1000)

    odd = {}
    for letter in mail.outbox:
        message = letter.message()
        kept = {
            "one reader": len(letter.recipients()) == 1,
            "written by a machine": message["Auto-Submitted"] == "auto-generated",
            "can be left": message["List-Unsubscribe-Post"] == leaving.ONE_CLICK,
            "plain text": message.get_content_type() == "text/plain",
            "the site's own links": links_of(letter) <= {"https://portal.example"},
            "no word of the text": "First paragraph" not in letter.body,
        }
        if faults := [name for name, holds in kept.items() if not holds]:
            odd[letter.subject] = faults

    assert position.status == State.CLOSED
    assert (odd, len(mail.outbox) > 20) == ({}, True)


def links_of(letter):
    words = [word for word in letter.body.split() if "://" in word]
    return {"/".join(word.split("/")[:3]) for word in words}
