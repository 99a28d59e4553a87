from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from core import clock
from members.models import Library
from members.policy import is_staff
from positions.choices import Audience
from positions.models.positions import Position
from positions.models.versions import Version
from sections.standing import standing_of

QUOTED = 150


class CommentQuerySet(models.QuerySet):
    def visible_to(self, person, position):
        """Of a position this person may see: all for those who lead the section, for its authors
        and staff; else what is meant for the reader, and what was begun by them or for a library
        they act for in the section. A reply is read by whoever reads what it replies to."""
        found = self.filter(version__position=position)
        standing = standing_of(person)
        if position.section_id in standing.leads or is_staff(person):
            return found
        acts_inside = position.section_id in standing.sections
        read = Q(pk__in=[])
        if standing.mandates.libraries:
            read |= Q(audience=Audience.MEMBERS)
        if acts_inside or (position.forwarded_at and standing.mandates.on_board):
            read |= Q(audience__in=[Audience.SECTION, Audience.MEMBERS])
        if acts_inside:
            read |= _begun_by(person, standing.libraries_in(position.section_id))
            read |= Exists(_authorship(person))
        return found.filter(read)


def _begun_by(person, libraries):
    first = Q(parent=None) & (Q(author=person) | Q(library__in=libraries))
    return first | Q(parent__author=person) | Q(parent__library__in=libraries)


def _authorship(person):
    through = Position.authors.through.objects
    return through.filter(position_id=OuterRef("version__position_id"), person_id=person.pk)


class Comment(models.Model):
    """A library's or office holder's remark on a version, or on one of its paragraphs.

    A remark with a `parent` answers it; threads have two levels. A thread is resolved once, with
    an answer, at its root.
    """

    version = models.ForeignKey(
        Version, on_delete=models.PROTECT, related_name="comments", verbose_name=_("version")
    )
    paragraph = models.PositiveSmallIntegerField(_("paragraph"), null=True, blank=True)
    quoted = models.CharField(
        _("how the paragraph begins"), max_length=QUOTED, blank=True, editable=False
    )
    wording = models.CharField(
        max_length=64,
        blank=True,
        editable=False,
        help_text="Fingerprint of the paragraph's words: whether it was reworded since.",
    )
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="replies",
        verbose_name=_("in reply to"),
    )
    audience = models.CharField(
        _("who reads it"), max_length=10, choices=Audience, default=Audience.SECTION
    )
    library = models.ForeignKey(
        Library,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("on behalf of"),
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("author"),
    )
    text = models.TextField(_("comment"), max_length=5000)
    created_at = models.DateTimeField(_("written"), default=clock.now)
    answer = models.TextField(_("answer"), max_length=2000, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("resolved by"),
    )
    resolved_at = models.DateTimeField(_("resolved"), null=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(resolved_at=None, resolved_by=None, answer="")
                | Q(resolved_at__isnull=False, resolved_by__isnull=False) & ~Q(answer=""),
                name="positions_comment_resolved_with_an_answer",
            ),
            models.CheckConstraint(
                condition=Q(parent=None) | Q(resolved_at=None),
                name="positions_comment_resolved_at_its_root",
            ),
        ]

    def __str__(self):
        return self.text[:60]
