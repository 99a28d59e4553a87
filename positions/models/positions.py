from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.db.models import Exists, F, FilteredRelation, OuterRef, Prefetch, Q, Subquery, Value
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from core import clock
from core.aggregates import Gathered
from core.fields import DerivedTextField
from core.localized import ORIGINAL, reading
from core.models import Stateful
from core.notices import follower_rows
from core.text import fold
from members.models import Authority
from positions.choices import (
    BOARD_QUEUE,
    HOLDERS,
    ON_THE_WAY,
    BallotKind,
    Holder,
    Kind,
    State,
)
from positions.models.subjects import subject_rows
from positions.models.urgency import nearest_first
from sections.models import Section, SectionMembership
from sections.standing import standing_of


class PositionQuerySet(models.QuerySet):
    def public(self):
        return self.filter(published_at__isnull=False)

    def visible_to(self, person):
        """Public ones; the section's from the first consultation on; drafts for those who write
        them; for the board what was forwarded; everything for staff."""
        if person.is_authenticated and person.is_active and person.is_staff:
            return self
        standing = standing_of(person)
        seen = Q(published_at__isnull=False)
        if standing.sections:
            written = Position.authors.through.objects.filter(
                position_id=OuterRef("pk"), person_id=person.pk
            )
            shared = Q(shared_at__isnull=False) | Exists(written)
            seen |= Q(section__in=standing.leads) | Q(section__in=standing.sections) & shared
        if standing.mandates.on_board:
            seen |= Q(forwarded_at__isnull=False)
        return self.filter(seen)

    def inside_of(self, person):
        """Those of which this person reads what is inside, as `policy.sees_inside` says of one."""
        seen = self.visible_to(person)
        if person.is_authenticated and person.is_active and person.is_staff:
            return seen
        standing = standing_of(person)
        inside = Q(section__in=standing.sections)
        if standing.mandates.on_board:
            inside |= Q(forwarded_at__isnull=False)
        return seen.filter(inside)

    def with_followers(self):
        """The keys of those who follow each, its section and its topics: forms foretell it."""
        about = self.model.topics.through.objects.filter(position=OuterRef(OuterRef("pk")))
        topic = self.model._meta.get_field("topics").related_model
        return self.annotate(
            follower_rows=follower_rows(self.model, object_id=OuterRef("pk")),
            section_follower_rows=follower_rows(Section, object_id=OuterRef("section")),
            topic_follower_rows=follower_rows(topic, object_id__in=about.values("topic")),
        )

    def cited_as(self, code: str, year: int, number: int):
        return self.filter(section__code=code, year=year, number=number)

    def of_section(self, section):
        return self.filter(section=section)

    def on_the_way(self):
        return self.filter(status__in=ON_THE_WAY)

    def decided(self):
        return self.exclude(status__in=ON_THE_WAY)

    def endorsed_by(self, library):
        """Whose present text the library endorses."""
        return self.filter(
            versions__fingerprint=F("current__fingerprint"),
            versions__endorsements__library=library,
            versions__endorsements__withdrawn_at=None,
        ).distinct()

    def newest_of_each(self, count: int):
        """The newest that are on their way and the newest that are not, `count` of each."""
        halves = [half.newest_first().values("pk") for half in (self.on_the_way(), self.decided())]
        return self.filter(Q(pk__in=halves[0][:count]) | Q(pk__in=halves[1][:count]))

    def awaiting_board(self):
        return self.filter(status__in=BOARD_QUEUE)

    def overdue(self):
        """Whose day has passed for whoever holds the ball (`Position.deadline`); a vote closes by
        itself, and what is parked wakes by itself."""
        today = clock.today()
        return self.filter(
            Q(status=State.CONSULTATION, comments_close_at__lt=clock.now())
            | Q(status=State.FORWARDED, authority_deadline__lt=today)
            | Q(status=State.BOARD_REVIEW, decide_on__lt=today)
            | Q(status=State.SUBMITTED, submission__due_on__lt=today)
        )

    def matching(self, typed: str):
        found = self
        for word in fold(typed).split():
            found = found.filter(search_text__contains=word)
        return found

    def newest_first(self):
        return self.order_by("-year", "-number", "section")

    def by_deadline(self):
        return self.order_by(nearest_first(), "status_since", "pk")

    def for_lists(self):
        return self.select_related("section", "addressee", "submission").with_titles()

    def with_titles(self, language: str = ""):
        """With the title as this language has it (`positions.translated.title_of`)."""
        language = language or reading()
        if language == ORIGINAL:
            return self
        rows = self.model._meta.get_field("translations").related_model._base_manager
        found = rows.filter(position=OuterRef("pk"), language=language).values("title")
        return self.annotate(title_translated=Subquery(found), title_language=Value(language))

    def with_translation(self, language: str = ""):
        """With the whole translation (`positions.translated.translation_of`), in the same query."""
        language = language or reading()
        if language == ORIGINAL:
            return self
        there = FilteredRelation("translations", condition=Q(translations__language=language))
        return self.annotate(
            translated=there,
            translated_number=F("translated__version__number"),
            translated_fingerprint=F("translated__version__fingerprint"),
        ).select_related("translated")

    def with_running_ballots(self):
        """As far as a list needs them, for its deadlines: those that run, with no vote counted."""
        ballots = self.model._meta.get_field("ballots").related_model._base_manager
        running = ballots.filter(closed_at=None, annulled_at=None)
        return self.prefetch_related(Prefetch("ballots", running))

    def for_page(self):
        """With all that belongs to exactly one position, its subjects and its present points."""
        return (
            self.annotate(author_rows=_authors(), **subject_rows(self.model))
            .select_related(
                "section",
                "addressee",
                "answers",
                "current__author",
                "proposed__author",
                "submission__addressee",
                "submission__law_profile",
                "submission__prepared_by",
                "submission__confirmed_by",
                "submission__package",
                "successor__section",
            )
            .prefetch_related("current__points")
            .with_translation()
        )


def _authors() -> Subquery:
    written = Position.authors.through.objects.filter(position=OuterRef("pk"))
    return Subquery(written.order_by().values("position").values(rows=Gathered("person")))


class Position(Stateful):
    """A joint opinion, proposal or position statement of a section, on its way."""

    section = models.ForeignKey(
        Section, on_delete=models.PROTECT, related_name="positions", verbose_name=_("section")
    )
    year = models.PositiveSmallIntegerField(_("year"), editable=False)
    number = models.PositiveIntegerField(_("number"), editable=False)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    title = models.CharField(_("title"), max_length=200)
    status = models.CharField(
        _("state"), max_length=20, choices=State, default=State.DRAFT, editable=False
    )
    addressee = models.ForeignKey(
        Authority,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="positions",
        verbose_name=_("addressee"),
    )
    authority_deadline = models.DateField(
        _("deadline set by the authority"),
        null=True,
        blank=True,
        help_text=_("The last day on which the authority takes the position into account."),
    )
    answers = models.ForeignKey(
        "Consultation",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="positions",
        verbose_name=_("consultation it answers"),
    )
    authors = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="drafts", verbose_name=_("authors")
    )
    topics = models.ManyToManyField(
        "Topic", blank=True, related_name="positions", verbose_name=_("topics")
    )
    laws = models.ManyToManyField(
        "Law", editable=False, related_name="positions", verbose_name=_("laws it speaks of")
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
        verbose_name=_("started by"),
    )
    created_at = models.DateTimeField(_("started"), default=clock.now, editable=False)
    current = models.OneToOneField(
        "Version",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("current version"),
    )
    proposed = models.OneToOneField(
        "Version",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("wording proposed by the board"),
    )
    consulted = models.ForeignKey(
        "Version", on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    comments_close_at = models.DateTimeField(_("comments close"), null=True, editable=False)
    expedited_reason = models.TextField(_("why it is urgent"), blank=True, editable=False)
    cover_note = models.TextField(_("cover note"), blank=True, editable=False)
    burden = models.TextField(_("cost or other burden for the members"), blank=True, editable=False)
    signatory = models.CharField(_("signatory"), max_length=150, blank=True, editable=False)
    decide_on = models.DateField(_("day of the board's decision"), null=True, editable=False)
    shared_at = models.DateTimeField(_("first opened for comments"), null=True, editable=False)
    forwarded_at = models.DateTimeField(_("forwarded"), null=True, editable=False)
    published_at = models.DateTimeField(_("made public"), null=True, editable=False)
    evaluated_at = models.DateTimeField(_("evaluated"), null=True, editable=False)
    result = models.TextField(_("result in a sentence"), blank=True, editable=False)
    review_on = models.DateField(_("to be looked at again"), null=True, editable=False)
    escalated_for = models.DateField(_("told to be overdue since"), null=True, editable=False)
    parked_from = models.CharField(max_length=20, choices=State, blank=True, editable=False)
    wake_on = models.DateField(_("to be resumed"), null=True, editable=False)
    successor = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="predecessors",
        verbose_name=_("superseded by"),
    )
    search_text = DerivedTextField(
        derive=lambda position: fold(f"{position.reference} {position.title}")
    )

    objects = PositionQuerySet.as_manager()

    class Meta:
        verbose_name = _("position")
        verbose_name_plural = _("positions")
        ordering = ["-year", "-number", "section"]
        indexes = [
            models.Index(fields=["status", "status_since"]),
            models.Index(fields=["section", "status"]),
            models.Index(fields=["published_at"]),
            models.Index(fields=["-year", "-number", "section"], name="positions_position_newest"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["section", "year", "number"], name="positions_position_numbered_once"
            ),
            models.CheckConstraint(
                condition=Q(status=State.PARKED, wake_on__isnull=False)
                | ~Q(status=State.PARKED) & Q(wake_on=None),
                name="positions_position_parked_until_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(status=State.SUPERSEDED) | Q(successor__isnull=False),
                name="positions_position_superseded_by_another",
            ),
        ]

    def __str__(self):
        return f"{self.reference} {self.title}"

    def get_absolute_url(self):
        return reverse("positions:position", args=[self.reference])

    @property
    def reference(self) -> str:
        """The number it is cited by, as MT-2026/014."""
        return f"{self.section.code}-{self.year}/{self.number:03}"

    @property
    def author_pks(self) -> set[int]:
        """Of those who write it: known where it was read for its page, else asked."""
        if hasattr(self, "author_rows"):
            return set(self.author_rows or ())
        return {author.pk for author in self.authors.all()}

    @property
    def holder(self) -> Holder:
        return HOLDERS[State(self.status)]

    @property
    def is_on_the_way(self) -> bool:
        return self.status in ON_THE_WAY

    @property
    def is_public(self) -> bool:
        return self.published_at is not None

    @cached_property
    def section_ballot(self):
        """The last ballot of the section, with its tally, or None."""
        return self._last_ballot(BallotKind.SECTION)

    @cached_property
    def board_ballot(self):
        """The last ballot of the board, with its tally, or None."""
        return self._last_ballot(BallotKind.BOARD)

    @cached_property
    def amendment_ballots(self):
        """The ballots on amendments that are running, with their tallies."""
        return [b for b in self.ballots.all() if b.kind == BallotKind.AMENDMENT and b.is_running]

    @cached_property
    def resolutions(self):
        """Those of the board on it, newest first."""
        return list(self.decisions.all())

    @cached_property
    def has_voters(self) -> bool:
        return SectionMembership.objects.in_force().filter(section=self.section_id).exists()

    def forget_ballots(self):
        """After one was opened: the next question finds it."""
        for name in ("section_ballot", "board_ballot", "amendment_ballots"):
            self.__dict__.pop(name, None)

    def _last_ballot(self, kind):
        found = [b for b in self.ballots.all() if b.kind == kind and b.annulled_at is None]
        return max(found, key=lambda ballot: ballot.round, default=None)

    @property
    def sent(self):
        """The submission once it is prepared, else None."""
        try:
            return self.submission
        except ObjectDoesNotExist:
            return None

    @property
    def deadline(self):
        """The moment until which whoever holds the ball has time, or None."""
        match self.status:
            case State.CONSULTATION:
                return self.comments_close_at
            case State.SECTION_VOTE:
                return self.section_ballot.closes_at
            case State.FORWARDED if self.authority_deadline:
                return clock.end_of_day(self.authority_deadline)
            case State.BOARD_REVIEW:
                return clock.end_of_day(self.decide_on)
            case State.SUBMITTED if self.sent.due_on:
                return clock.end_of_day(self.sent.due_on)
            case State.PARKED:
                return clock.end_of_day(self.wake_on)
        return None

    @property
    def is_overdue(self) -> bool:
        return self.deadline is not None and self.deadline < clock.now()
