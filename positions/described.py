"""Positions and resolutions as schema.org describes them, once they are public."""

from core import clock
from core.addresses import absolute
from core.structured import Facts, association, known, organization
from positions.models import BoardDecision, Position
from positions.translated import title_of


def position_facts(position: Position) -> Facts | None:
    """A report of its section, published by the association on the day it became public."""
    if not position.is_public:
        return None
    section, title = position.section, title_of(position)
    return known(
        {
            "@type": "Report",
            "@id": absolute(position.get_absolute_url()),
            "url": absolute(position.get_absolute_url()),
            "name": title.words,
            "reportNumber": position.reference,
            "genre": position.get_kind_display(),
            "inLanguage": title.language,
            "datePublished": clock.day_of(position.published_at).isoformat(),
            "author": organization(name=section, path=section.get_absolute_url()),
            "publisher": association(),
        }
    )


def resolution_facts(decision: BoardDecision, *, words: str) -> Facts | None:
    """On a position that is public, or on another matter that the board made public."""
    position = decision.position
    if not (position.is_public if position else decision.goes_public):
        return None
    return known(
        {
            "@type": "CreativeWork",
            "@id": absolute(decision.get_absolute_url()),
            "url": absolute(decision.get_absolute_url()),
            "name": decision.resolution,
            "description": words,
            "dateCreated": decision.decided_on.isoformat(),
            "publisher": association(),
            "about": position
            and {
                "@type": "Report",
                "@id": absolute(position.get_absolute_url()),
                "name": position.title,
            },
        }
    )
