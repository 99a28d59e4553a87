"""The rows of the permission table for meetings of the board and for resolutions.

The secretary takes the minutes; `board` is one of the two who authenticate them.
"""

from django.core.files.base import ContentFile
from django.urls import reverse

from core import clock
from core.models import Stage
from positions import excerpts, meetings, minutes
from positions.choices import DocumentKind, LinkKind, MeetingState, State
from positions.models import BoardPaper, Meeting
from tests.portal.permissions import read

MEETINGS = """
                                           visitor  stranger foreign  library  author   coord    board    secr     staff    admin
positions:meetings                         in/in    403/405  403/405  403/405  403/405  403/405  ok/405   ok/405   ok/405   ok/405
positions:plan_meeting                     in/in    403/403  403/403  403/403  403/403  403/403  403/403  ok/ok    403/403  403/403
positions:meeting @ planned                in/in    404/405  404/405  404/405  404/405  404/405  ok/405   ok/405   ok/405   ok/405
positions:agenda @ planned                 in/in    404/404  404/404  404/404  404/404  404/404  403/403  ok/ok    403/403  403/403
positions:change_item @ planned            in/in    404/404  404/404  404/404  404/404  404/404  403/403  ok/ok    403/403  403/403
positions:move_item @ planned              in/in    405/404  405/404  405/404  405/404  405/404  405/403  405/409  405/403  405/403
positions:remove_item @ planned            in/in    405/404  405/404  405/404  405/404  405/404  405/403  405/409  405/403  405/403
positions:attendance @ planned             in/in    404/404  404/404  404/404  404/404  404/404  403/403  409/409  403/403  403/403
positions:table_vote @ planned             in/in    404/404  404/404  404/404  404/404  404/404  403/403  409/409  403/403  403/403
positions:resolve_item @ planned           in/in    404/404  404/404  404/404  404/404  404/404  403/403  409/409  403/403  403/403
positions:note @ planned                   in/in    404/404  404/404  404/404  404/404  404/404  403/403  403/403  403/403  403/403
positions:minutes @ planned                in/in    404/404  404/404  404/404  404/404  404/404  404/404  404/404  404/404  404/404
positions:minutes_file @ planned           in/in    404/405  404/405  404/405  404/405  404/405  404/405  404/405  404/405  404/405
positions:meeting_step convene @ planned   in/in    404/404  404/404  404/404  404/404  404/404  403/403  ok/ok    403/403  403/403
positions:meeting_step nonsense @ planned  in/in    404/404  404/404  404/404  404/404  404/404  404/404  404/404  404/404  404/404
positions:agenda @ in_session              in/in    404/404  404/404  404/404  404/404  404/404  403/403  ok/ok    403/403  403/403
positions:attendance @ in_session          in/in    404/404  404/404  404/404  404/404  404/404  403/403  ok/ok    403/403  403/403
positions:table_vote @ in_session          in/in    404/404  404/404  404/404  404/404  404/404  403/403  ok/ok    403/403  403/403
positions:resolve_item @ in_session        in/in    404/404  404/404  404/404  404/404  404/404  403/403  ok/ok    403/403  403/403
positions:note @ in_session                in/in    404/404  404/404  404/404  404/404  404/404  403/403  ok/ok    403/403  403/403
positions:minutes @ in_session             in/in    404/404  404/404  404/404  404/404  404/404  ok/ok    ok/ok    ok/ok    ok/ok
positions:minutes @ closed                 in/in    404/404  404/404  404/404  404/404  404/404  ok/ok    ok/ok    ok/ok    ok/ok
positions:minutes_file @ closed            in/in    404/405  404/405  404/405  404/405  404/405  ok/405   ok/405   ok/405   ok/405
positions:note @ closed                    in/in    404/404  404/404  404/404  404/404  404/404  403/403  409/409  403/403  403/403
positions:agenda @ closed                  in/in    404/404  404/404  404/404  404/404  404/404  403/403  409/409  403/403  403/403
positions:meeting_step authenticate @ drafted  in/in    404/404  404/404  404/404  404/404  404/404  ok/ok    403/403  403/403  403/403
positions:meeting_step close @ drafted     in/in    404/404  404/404  404/404  404/404  404/404  403/403  409/409  403/403  403/403
positions:resolution @ accepted            404/405  404/405  404/405  ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
positions:link_resolution @ accepted       in/in    404/404  404/404  403/403  403/403  403/403  403/403  ok/ok    403/403  403/403
positions:undo_link @ accepted             in/in    404/404  404/404  403/403  403/403  403/403  403/403  ok/ok    403/403  403/403
positions:make_excerpt @ accepted          in/in    405/404  405/404  405/go   405/go   405/go   405/go   405/go   405/go   405/go
positions:excerpt_file @ accepted          in/in    404/405  404/405  ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
positions:resolution @ submitted           ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
positions:make_excerpt @ submitted         in/in    405/403  405/403  405/go   405/go   405/go   405/go   405/go   405/go   405/go
positions:excerpt_file @ submitted         in/in    404/405  404/405  ok/405   ok/405   ok/405   ok/405   ok/405   ok/405   ok/405
"""  # noqa: E501 - a table


def addresses_of_meetings(ask):
    sitting, way = ask("sitting"), ask("way")
    found = {
        "positions:meetings": reverse("positions:meetings"),
        "positions:plan_meeting": reverse("positions:plan_meeting"),
    }
    for state in ("planned", "in_session", "drafted", "closed"):
        meeting = with_everything(sitting, state)
        pages = pages_of(meeting)
        found |= {f"{name} @ {state}": url for name, url in pages.items()}
    for state in (State.ACCEPTED, State.SUBMITTED):
        pages = pages_of_resolution(way.to(state).decisions.get(), ask)
        found |= {f"{name} @ {state}": url for name, url in pages.items()}
    return {name: found[name] for name in read(MEETINGS)}


def with_everything(sitting, state):
    """A position is on its agenda where it is voted on."""
    if state != MeetingState.IN_SESSION:
        return sitting.to(state)
    meeting = sitting.plan()
    sitting.add(meeting)
    sitting.add_position(meeting)
    meeting = sitting.open(sitting.move(meeting, "convene"))
    return sitting.came(meeting)


def pages_of(meeting):
    here = [meeting.year, meeting.number]
    items = list(Meeting.objects.get(pk=meeting.pk).items)
    position = next((item for item in items if item.position_id), items[0])
    names = ("meeting", "agenda", "attendance", "minutes")
    found = {f"positions:{name}": reverse(f"positions:{name}", args=here) for name in names}
    for name in ("change_item", "move_item", "remove_item", "resolve_item", "note"):
        found[f"positions:{name}"] = reverse(f"positions:{name}", args=[*here, items[0].pk])
    found["positions:table_vote"] = reverse("positions:table_vote", args=[*here, position.pk])
    paper = made(meeting=meeting, content=minutes.read(meeting).fingerprint)
    found["positions:minutes_file"] = reverse("positions:minutes_file", args=[*here, paper.pk])
    for action in ("convene", "authenticate", "close", "nonsense"):
        url = reverse("positions:meeting_step", args=[*here, action])
        found[f"positions:meeting_step {action}"] = url
    return found


def pages_of_resolution(decision, ask):
    here = [decision.year, decision.number]
    names = ("resolution", "link_resolution", "make_excerpt")
    found = {f"positions:{name}": reverse(f"positions:{name}", args=here) for name in names}
    earlier = ask("way").to(State.REJECTED).decisions.get()
    first, last = sorted([decision, earlier], key=lambda each: each.number)
    by = ask("board_secretary")
    link = meetings.link_resolutions(source=last, kind=LinkKind.AMENDS, target=first, by=by)
    there = [link.source.year, link.source.number, link.pk]
    found["positions:undo_link"] = reverse("positions:undo_link", args=there)
    paper = made(decision=decision, content=excerpts.read(decision).fingerprint)
    found["positions:excerpt_file"] = reverse("positions:excerpt_file", args=[*here, paper.pk])
    return found


def made(**facts):
    """A paper that has been made; its file is a test's own."""
    paper = BoardPaper.objects.create(
        kind=DocumentKind.PDF, language="hu", stage=Stage.READY, ended_at=clock.now(), **facts
    )
    paper.file.save("", ContentFile(b"%PDF-1.7"))
    return paper


def rows_of_meetings(ask):
    """One of everything for the lists of the back office."""
    sitting = ask("sitting")
    meeting = sitting.came(sitting.to(MeetingState.IN_SESSION))
    earlier, later = (sitting.resolve(meeting.items[0], 3, 0, 0, 0) for _ in range(2))
    meetings.link_resolutions(
        source=later, kind=LinkKind.AMENDS, target=earlier, by=ask("board_secretary")
    )
    sitting.both(sitting.move(sitting.move(meeting, "end"), "present"))
    made(decision=later, content="0")
