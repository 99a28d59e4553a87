"""Whether the demo may be loaded here, and loading it."""

from collections.abc import Callable

from django.db import transaction
from django.utils import translation

from core import clock
from core.models import Mail
from iksz_portal.demo import translations
from iksz_portal.demo.calendar import Story, play
from iksz_portal.demo.cast import DAYS_AGO, SECTION_CODE, Cast
from iksz_portal.demo.following import follow
from iksz_portal.demo.meetings import MEETINGS_OF_THE_BOARD
from iksz_portal.demo.paperwork import PAPERWORK
from iksz_portal.demo.stories import STORIES
from members.models import County, Person
from positions import recounting
from sections.models import Section


def is_loaded() -> bool:
    return Section.objects.filter(code=SECTION_CODE).exists()


def is_seeded() -> bool:
    return County.objects.exists()


def in_real_use() -> bool:
    return Person.objects.filter(is_fictional=False).exists()


@transaction.atomic
def load() -> Cast:
    """Everything or nothing. The letters of the past are not sent: nobody is there to read them."""
    long_ago = clock.end_of_day(clock.days_after(clock.today(), -DAYS_AGO))
    with translation.override("hu"):
        with clock.at(long_ago):
            cast = Cast()
        play(_begun(STORIES | MEETINGS_OF_THE_BOARD | PAPERWORK, cast))
        translations.write(cast)
    Mail.objects.waiting().update(dropped_at=clock.now())
    recounting.recount()
    follow(cast)
    return cast


def _begun(stories: dict[Callable[[Cast], Story], int], cast: Cast) -> dict[str, tuple[int, Story]]:
    return {story.__name__: (days, story(cast)) for story, days in stories.items()}
