"""What waits for the staff: a profile change, an application, a report, an invitation."""

from iksz_portal.demo.calendar import Story
from iksz_portal.demo.cast import Cast
from members import actions, invitations
from members.choices import LibraryKind
from members.models import County, Person
from members.profiles import fingerprint, values_of


def profile_change(cast: Cast) -> Story:
    library = cast.libraries[1]
    values = values_of(library) | {
        "street": "Minta utca 2.",
        "opening_hours": "Hétfő–péntek: 10–18\nSzombat: 9–13",
        "description": "Kitalált könyvtár a portál kipróbálásához, immár szombati nyitvatartással.",
    }
    actions.propose_change(
        library=library,
        by=cast.representatives[1],
        values=values,
        seen=fingerprint(library),
    )
    yield 0


def application(cast: Cast) -> Story:
    actions.apply_for_membership(
        library_name="10. Mintakönyvtár (kitalált)",
        county=County.objects.get(pk="HU-VE"),
        city="Mintafalva",
        kind=LibraryKind.CITY,
        applicant_name="Jelentkező Jenő",
        applicant_email="applicant@example.org",
        statement="Kitalált jelentkezés: könyvtárunk szeretne részt venni a tagozat munkájában.",
    )
    yield 0


def mistake(cast: Cast) -> Story:
    actions.report_mistake(
        library=cast.libraries[0],
        text="Kitalált bejelentés: a könyvtár bejárata nem a Minta, hanem a Próba utcából nyílik.",
        email="reader@example.org",
    )
    yield 0


def barrier(cast: Cast) -> Story:
    actions.report_barrier(
        page="/konyvtarak/",
        text="Kitalált bejelentés: a térképen nagyítva nem találom a megyék nevét.",
    )
    yield 0


def invitation(cast: Cast) -> Story:
    invited = Person(email="invited@example.org", name="Meghívott Manka", is_fictional=True)
    invited.set_unusable_password()
    invited.save()
    invitations.invite(person=invited, by=cast.staff)
    yield 0


PAPERWORK = {application: 5, invitation: 3, profile_change: 2, mistake: 1, barrier: 1}
