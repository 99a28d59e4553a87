"""What is new, for readers of feeds: public for whoever asks, as the pages beside them."""

from django.contrib.auth.models import AnonymousUser
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core.addresses import tag_of
from core.feeds import NEWEST, Entry, PortalFeed, paragraphs
from positions.meeting_words import words_of
from positions.models import BoardDecision, Position
from positions.translated import point_of, title_of, translation_of
from sections.models import Section

EVERYBODY = AnonymousUser()


class PositionFeed(PortalFeed):
    """Each public position, the newest to become public first."""

    key = "positions"

    def words(self, section):
        title = _("Positions of our sections")
        return title, _("What our sections have said together, to whom, and what became of it.")

    def page(self, section):
        return reverse("positions:register")

    def entries(self, section):
        newest = _with_points(self.positions(section)).order_by("-published_at", "-pk")
        for position in newest[:NEWEST]:
            yield Entry(
                id=tag_of("position", position.reference),
                title=f"{position.reference} {title_of(position).words}",
                path=position.get_absolute_url(),
                summary=paragraphs(_facts_of(position), _state_of(position)) + _asked(position),
                published=position.published_at,
                updated=max(position.published_at, position.status_since),
                topics=(position.get_kind_display(),),
            )

    def positions(self, section):
        return Position.objects.public()


class SectionFeed(PositionFeed):
    """The public positions of one section."""

    key = "section"

    def found(self, slug):
        return get_object_or_404(Section, slug=slug)

    def words(self, section):
        title = _("%(section)s: positions") % {"section": section}
        return title, _("What our sections have said together, to whom, and what became of it.")

    def page(self, section):
        return section.get_absolute_url()

    def positions(self, section):
        return Position.objects.public().of_section(section)


class OutcomeFeed(PortalFeed):
    """What became of each point, once the evaluation is concluded: before that it may change."""

    key = "outcomes"

    def words(self, thing):
        return _("What came of it"), _(
            "What authorities did with what our sections submitted to them: answered in time or "
            "not, and how each point ended."
        )

    def page(self, thing):
        return reverse("positions:accountability")

    def entries(self, thing):
        found = Position.objects.public().filter(evaluated_at__isnull=False)
        for position in _with_points(found).order_by("-evaluated_at", "-pk")[:NEWEST]:
            yield Entry(
                id=tag_of("outcome", position.reference),
                title=f"{position.reference} {title_of(position).words}",
                path=position.get_absolute_url(),
                summary=paragraphs(_facts_of(position), position.result) + _ended(position),
                published=position.evaluated_at,
                updated=max(position.evaluated_at, position.status_since),
                topics=(position.get_kind_display(),),
            )


class ResolutionFeed(PortalFeed):
    """Resolutions of the board, the newest to become public first: with the position they decide
    on, or with the authenticated minutes."""

    key = "resolutions"

    def words(self, thing):
        title = _("Resolutions of the board")
        return title, _("Each decision of the board has a number. Listed is what is public.")

    def page(self, thing):
        return reverse("positions:resolutions")

    def entries(self, thing):
        became = Coalesce("position__published_at", "item__meeting__authenticated_at")
        public = BoardDecision.objects.visible_to(EVERYBODY).annotate(became_public=became)
        newest = public.order_by("-became_public", "-pk")
        for decision in newest.with_later_ones().select_related("version")[:NEWEST]:
            yield Entry(
                id=tag_of("resolution", decision.year, decision.number),
                title=f"{decision.resolution} {decision.title}",
                path=decision.get_absolute_url(),
                summary=paragraphs(words_of(decision), *_later(decision)),
                published=decision.became_public,
                updated=max([decision.became_public, *_links_of(decision)]),
                topics=(decision.get_verdict_display(),),
            )


def _with_points(positions):
    read = positions.for_lists().with_translation()
    return read.select_related("current").prefetch_related("current__points")


def _facts_of(position):
    facts = [capfirst(position.get_kind_display()), str(position.section)]
    if position.addressee:
        facts.append(_("to: %(addressee)s") % {"addressee": position.addressee})
    return ", ".join(facts)


def _state_of(position):
    return _("State: %(state)s, since %(day)s") % {
        "state": position.get_status_display(),
        "day": date_format(position.status_since, "DATE_FORMAT"),
    }


def _asked(position):
    """The points, in the language of the feed as far as they are translated."""
    return _listed((words,) for words, _point in _points_of(position))


def _ended(position):
    rows = ((words, point.settled) for words, point in _points_of(position) if point.settled)
    return _listed((f"{words} — {outcome.get_result_display()}",) for words, outcome in rows)


def _points_of(position):
    translation = translation_of(position)
    for point in position.current.points.all():
        yield point_of(translation, point.text).words, point


def _listed(rows):
    lines = format_html_join("", "<li>{}</li>", rows)
    return format_html("<ol>{}</ol>", lines) if lines else ""


def _later(decision):
    if decision.revoked_by:
        number = decision.revoked_by.resolution
        yield _("It was revoked by resolution %(number)s.") % {"number": number}
    for each in decision.amended_by:
        yield _("It was amended by resolution %(number)s.") % {"number": each.resolution}


def _links_of(decision):
    return [link.recorded_at for link in decision.linked_by.all()]
