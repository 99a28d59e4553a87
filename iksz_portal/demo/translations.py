"""Translations of what the fictional section published: one current, one older than its text."""

from iksz_portal.demo import texts
from iksz_portal.demo.cast import Cast
from positions import translating
from positions.models import Position

ENGLISH = {
    "title": "Sample: on the postage of interlibrary loans",
    "summary": "The postage of interlibrary loans weighs most on the smallest sample libraries. "
    "The section asks for a central fund that follows the traffic.",
    "body": "<p>In the sample libraries the postage of interlibrary loans has grown over the "
    "years, by 41 per cent according to our fictional survey.</p>"
    "<p>The cost weighs disproportionately on the smaller libraries.</p>",
    "points": [
        "A central fund should reimburse the postage.",
        "The fund should be distributed according to the traffic.",
        "Parcels should have a reduced rate.",
        "The rates should be reviewed every year.",
    ],
}
SLOVENIAN = {
    "title": "Vzorec: o poštnini medknjižnične izposoje",
    "summary": "Poštnina medknjižnične izposoje najbolj bremeni najmanjše vzorčne knjižnice.",
    "points": [
        "Poštnino naj povrne osrednji sklad.",
        "Sklad naj se deli glede na promet.",
        "Za pakete naj velja nižja cena.",
        "Cenik naj se pregleda vsako leto.",
    ],
}
LIBRARY = {
    "description_en": "A fictional library for trying the portal out.",
    "description_sl": "Izmišljena knjižnica za preizkušanje portala.",
}


def write(cast: Cast) -> None:
    position = Position.objects.get(title=texts.POSTAGE.title)
    first, last = position.versions.order_by("number")[0], position.current
    for language, version, said in (("en", last, ENGLISH), ("sl", first, SLOVENIAN)):
        translating.save_translation(
            position=position,
            language=language,
            by=cast.coordinator,
            seen=0,
            version=version,
            **said,
        )
    library = cast.libraries[0]
    for name, words in LIBRARY.items():
        setattr(library, name, words)
    library.save()
