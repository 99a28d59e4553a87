"""What the cast follows and looks for, how often letters come, and when it was here last."""

from datetime import timedelta

from core import clock, notices
from core.models import AuditHead, Cadence, ToldUpTo
from core.notices import Group, Pace
from core.search.asking import Question
from iksz_portal import saved_searches
from iksz_portal.demo.cast import Cast
from members.models import Person
from positions.models import Position, Topic

AWAY = timedelta(days=9)


def follow(cast: Cast) -> None:
    """Of what is past nobody is told: they follow from today on."""
    marta, second = cast.representatives[:2]
    position = Position.objects.on_the_way().of_section(cast.section).newest_first().first()
    topic = Topic.objects.filter(positions__in=Position.objects.public()).first()
    for thing in (cast.section, cast.libraries[1], position, topic):
        if thing:
            notices.follow(person=marta, thing=thing)
    notices.follow(person=second, thing=cast.section)
    notices.choose(person=second, group=Group.COMMENTS, pace=Pace.WEEKLY)
    notices.follow(person=cast.coordinator, thing=cast.libraries[0])
    Person.objects.filter(is_fictional=True).update(here_at=clock.now() - AWAY)
    seq = AuditHead.objects.values_list("seq", flat=True).first() or 0
    ToldUpTo.objects.update_or_create(pk=1, defaults={"seq": seq})


def save_searches(cast: Cast) -> None:
    """Once all is in the index: what a search finds now is known, only what comes is told."""
    marta, costs = cast.representatives[0], Question("postaköltség")
    positions = Question("könyvtár", kind="position")
    save = saved_searches.save
    save(by=marta, question=costs, name="Postaköltség", cadence=Cadence.DAILY)
    save(by=marta, question=positions, name="Állásfoglalások a könyvtárról", cadence=Cadence.WEEKLY)
    save(by=cast.coordinator, question=costs, name="Postaköltség", cadence=Cadence.AT_ONCE)
