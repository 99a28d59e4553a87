import pytest
from django.urls import reverse

from core.models import AuditEntry, Mail
from core.workflow import NotAllowed, Overtaken, SomethingMissing
from iksz_portal.mail import RENDERERS
from positions import board_papers, excerpts, meetings, minutes
from positions.choices import Action, Choice, DocumentKind, MeetingState, State
from positions.meeting_workflow import MEETINGS
from positions.models import BoardDecision, Meeting, Position
from tests.cast import signed_in
from tests.jobs import run_jobs

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def page(client, meeting, name="minutes"):
    return client.get(reverse(f"positions:{name}", args=[meeting.year, meeting.number]))


def write(meeting, by, note, base=0):
    item = Meeting.objects.get(pk=meeting.pk).items[0]
    return meetings.write_note(item=item, by=by, base=base, note=note)


@pytest.fixture
def decided(sitting, way):
    """A meeting that is held, with a position accepted at it and a resolution of its own."""
    meeting = sitting.plan()
    item = sitting.add_position(meeting)
    matter = sitting.add(meeting)
    sitting.came(sitting.open(sitting.move(meeting, "convene")), guests="A guest")
    sitting.vote(item, Choice.YES, Choice.YES, Choice.ABSTAIN)
    way.decide(Position.objects.get(pk=item.position_id), Action.ACCEPT)
    sitting.resolve(matter, 3, 0, 0, 0)
    return sitting.move(meeting, "end")


def test_the_minutes_say_what_is_recorded(decided, board_member):
    text = page(signed_in(board_member), decided).content.decode()

    for words in (
        "Members of the board: 3, present: 3, needed: 2. There is a quorum.",
        "A guest",
        "On the opening hours",
        "yes 2, abstention 1.",
        "The board adopts the budget.",
        "The board&#x27;s reasons.",
        "Board.Secretary",
        minutes.read(Meeting.objects.get(pk=decided.pk)).fingerprint,
    ):
        assert words in text


def test_minutes_and_excerpt_say_that_a_concern_was_outvoted(sitting, way, board_member):
    meeting = sitting.plan()
    item = sitting.add_position(meeting)
    sitting.came(sitting.open(sitting.move(meeting, "convene")))
    sitting.vote(item, Choice.YES, Choice.YES, Choice.CONCERN)
    way.decide(Position.objects.get(pk=item.position_id), Action.ACCEPT, outvoted=True)
    client, decision = signed_in(board_member), BoardDecision.objects.get()

    for read in (page(client, meeting), client.get(decision.get_absolute_url())):
        assert "A blocking concern was outvoted." in read.content.decode()


def test_a_vote_on_what_was_withdrawn_afterwards_leaves_a_word(sitting, way, board_member):
    meeting = sitting.plan()
    item = sitting.add_position(meeting)
    sitting.came(sitting.open(sitting.move(meeting, "convene")))
    sitting.vote(item, Choice.NO_OBJECTION, Choice.YES, Choice.YES)
    voted = minutes.read(Meeting.objects.get(pk=meeting.pk)).fingerprint
    withdrawn = Position.objects.get(pk=item.position_id)
    way.move(withdrawn, Action.WITHDRAW, note="The draft law is gone.")

    text = page(signed_in(board_member), meeting).content.decode()

    told = "It was voted on; the vote was annulled afterwards, for this reason: The draft law is"
    assert told in text
    assert minutes.read(Meeting.objects.get(pk=meeting.pk)).fingerprint != voted


def test_a_vote_entered_anew_leaves_no_such_word(sitting):
    meeting = sitting.plan()
    item = sitting.add_position(meeting)
    sitting.came(sitting.open(sitting.move(meeting, "convene")))
    for last in (Choice.YES, Choice.ABSTAIN):
        sitting.vote(item, Choice.YES, Choice.YES, last)

    [dealt] = minutes.read(Meeting.objects.get(pk=meeting.pk)).dealt

    assert (dealt.dropped, dict(dealt.counts)) == ("", {"yes": 2, "abstention": 1})


def test_only_the_minute_taker_writes_into_them(sitting, board_chair, board_secretary):
    meeting = sitting.to(MeetingState.HELD)

    with pytest.raises(NotAllowed):
        write(meeting, board_chair, "Mine.")
    assert write(meeting, board_secretary, "Ours.").note == "Ours."


def test_what_two_wrote_at_once_is_both_shown(sitting, board_secretary):
    meeting = sitting.to(MeetingState.HELD)
    write(meeting, board_secretary, "The first words.")
    item = Meeting.objects.get(pk=meeting.pk).items[0]

    response = signed_in(board_secretary).post(
        reverse("positions:note", args=[meeting.year, meeting.number, item.pk]),
        {"base": 0, "note": "The second words."},
    )

    text = response.content.decode()
    assert response.status_code == 409
    assert ("The first words." in text, "The second words." in text) == (True, True)
    item.refresh_from_db()
    assert item.note == "The first words."


def test_both_authenticate_the_same_text(sitting):
    meeting = sitting.to(MeetingState.DRAFTED)

    first = sitting.authenticate(meeting, 1).status
    second = sitting.authenticate(meeting, 2).status

    assert (first, second) == (MeetingState.DRAFTED, MeetingState.AUTHENTICATED)
    assert meeting.authentications.values("fingerprint").distinct().count() == 1
    assert AuditEntry.objects.filter(action="authenticate").count() == 2


def test_a_change_asks_for_a_new_authentication(sitting, board_secretary):
    meeting = sitting.to(MeetingState.DRAFTED)
    sitting.authenticate(meeting, 1)
    write(meeting, board_secretary, "Another word.")

    status = sitting.authenticate(meeting, 2).status
    assert status == MeetingState.DRAFTED
    assert sitting.authenticate(meeting, 1).status == MeetingState.AUTHENTICATED


def test_nobody_authenticates_a_text_they_have_not_read(sitting, board_secretary, board):
    meeting = sitting.to(MeetingState.DRAFTED)
    read = minutes.read(Meeting.objects.get(pk=meeting.pk)).fingerprint
    write(meeting, board_secretary, "Another word.")

    with pytest.raises(Overtaken):
        MEETINGS.perform("authenticate", meeting, by=board[1], fingerprint=read)

    assert meeting.authentications.count() == 0


def test_nobody_authenticates_twice(sitting):
    meeting = sitting.to(MeetingState.DRAFTED)
    sitting.authenticate(meeting, 1)

    with pytest.raises(SomethingMissing):
        sitting.authenticate(meeting, 1)


def test_authenticated_minutes_are_not_written_on(sitting, board_secretary):
    meeting = sitting.to(MeetingState.AUTHENTICATED)

    with pytest.raises(Overtaken):
        write(meeting, board_secretary, "Another word.")


def test_minutes_wait_for_what_was_voted_on_to_be_decided(sitting):
    meeting = sitting.plan()
    item = sitting.add_position(meeting)
    sitting.came(sitting.open(sitting.move(meeting, "convene")))
    sitting.vote(item, Choice.YES, Choice.YES, Choice.YES)
    meeting = sitting.move(meeting, "end")

    with pytest.raises(SomethingMissing) as refused:
        sitting.move(meeting, "present")

    assert refused.value.sentences == ["Item 1 has been voted on: record the resolution."]


# The excerpt -------------------------------------------------------------------------------


def excerpts_sent():
    return sorted(Mail.objects.filter(kind="positions.excerpt").values_list("to__name", flat=True))


def test_the_excerpt_of_a_vote_in_writing_returns_with_the_decision(position_in):
    position_in(State.ACCEPTED)

    assert excerpts_sent() == ["Chair", "Coordinator"]


def test_the_excerpt_of_a_meeting_returns_with_the_authenticated_minutes(sitting, decided):
    before = excerpts_sent()
    sitting.both(sitting.move(decided, "present"))

    assert (before, excerpts_sent()) == ([], ["Chair", "Coordinator"])


def test_the_letter_leads_to_the_excerpt(position_in, coordinator):
    decision = position_in(State.ACCEPTED).decisions.get()
    mail = Mail.objects.get(kind="positions.excerpt", to=coordinator)

    message = RENDERERS[mail.kind](mail)

    assert decision.get_absolute_url() in message.text
    text = signed_in(coordinator).get(decision.get_absolute_url()).content.decode()
    assert "The board&#x27;s reasons." in text


def test_who_leads_the_section_no_more_gets_no_excerpt(position_in, coordinator):
    position_in(State.ACCEPTED)
    mail = Mail.objects.get(kind="positions.excerpt", to=coordinator)
    coordinator.offices.all().delete()

    assert RENDERERS[mail.kind](mail) is None


# On paper ----------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [DocumentKind.PDF, DocumentKind.DOCX])
def test_minutes_and_excerpts_are_made_by_the_worker(folder, decided, staff, kind):
    meeting = Meeting.objects.get(pk=decided.pk)
    decision = BoardDecision.objects.for_page().exclude(position=None).get()
    wish = {"by": staff, "kind": kind, "language": "en"}
    made = [
        board_papers.ask(of=meeting, content=minutes.read(meeting).fingerprint, **wish),
        board_papers.ask(of=decision, content=excerpts.read(decision).fingerprint, **wish),
    ]

    run_jobs()

    for paper in made:
        paper.refresh_from_db()
    assert [(paper.stage, paper.fault) for paper in made] == [("ready", ""), ("ready", "")]
    assert [paper.name.split(".")[0] for paper in made] == [
        f"minutes-{meeting.year}-1",
        f"excerpt-{decision.year}-{decision.number}",
    ]


def test_a_file_of_minutes_that_changed_meanwhile_is_not_made(folder, sitting, staff):
    meeting = sitting.to(MeetingState.HELD)
    content = minutes.read(meeting).fingerprint
    paper = board_papers.ask(of=meeting, content=content, by=staff, kind="pdf", language="en")
    write(meeting, sitting.cast("board_secretary"), "Another word.")

    run_jobs()

    paper.refresh_from_db()
    assert paper.stage == "failed"
