from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.models import LogEntry
from django.contrib.admin.utils import display_for_value
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.text import Truncator
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from core import clock, outbox
from core.admin_base import HistoryAdmin, ReadOnlyAdmin
from core.admin_translations import TranslatedAdmin, TranslationFilter, side_by_side
from core.models import (
    AuditEntry,
    Bucket,
    Counter,
    Dropped,
    Mail,
    NoticeChoice,
    Recess,
    SpecialDay,
)
from core.text import fold


class InWords(admin.AllValuesFieldListFilter):
    """The values that there are, in the `words` of the list."""

    def __init__(self, field, request, params, model, model_admin, field_path):
        super().__init__(field, request, params, model, model_admin, field_path)
        self.words = model_admin.words

    def choices(self, changelist):
        for choice in super().choices(changelist):
            yield {**choice, "display": self.words.get(choice["display"], choice["display"])}


class KindOfThing(admin.RelatedOnlyFieldListFilter):
    """By what a thing is called, without the room it is in."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.title = _("kind of thing")

    def field_choices(self, field, request, model_admin):
        kinds = super().field_choices(field, request, model_admin)
        named = [(pk, str(label).rpartition(" | ")[2].capitalize()) for pk, label in kinds]
        return sorted(named, key=lambda kind: fold(kind[1]))


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnlyAdmin):
    """`acts` says by model what its acts are called; `on_anything`, those of any thing."""

    acts: dict[str, dict[str, Any]] = {}
    on_anything: dict[str, Any] = {}
    joined = ["actor", "content_type"]
    list_display = ["at", "seq", "actor", "what", "act", "states"]
    list_filter = [("content_type", KindOfThing)]
    search_fields = ["action", "note", "actor__name"]
    date_hierarchy = "at"
    fields = [
        *("seq", "at", "actor", "what", "act", "states", "payload", "note"),
        *("code", "link_before", "link"),
    ]

    @admin.display(description=_("action"), ordering="action")
    def act(self, entry):
        kind = entry.content_type
        known = self.acts.get(f"{kind.app_label}.{kind.model}", {})
        return known.get(entry.action) or self.on_anything.get(entry.action, entry.action)

    @admin.display(description=_("state"))
    def states(self, entry):
        model = entry.content_type.model_class()
        names = dict(model._meta.get_field("status").flatchoices) if entry.target else {}
        passed = dict.fromkeys(filter(None, (entry.source, entry.target)))
        return " → ".join(str(names.get(state, state)) for state in passed)

    @admin.display(description=_("as it is kept"))
    def code(self, entry):
        return " ".join(filter(None, (entry.action, entry.source, entry.target)))

    @admin.display(description=_("fingerprint of the entry before"))
    def link_before(self, entry):
        return entry.prev

    @admin.display(description=_("fingerprint"))
    def link(self, entry):
        return entry.hash

    @admin.display(description=_("what it was done to"))
    def what(self, entry):
        kind = entry.content_type
        label = f"{kind.name} {entry.object_id}"
        try:
            url = reverse(f"admin:{kind.app_label}_{kind.model}_change", args=[entry.object_id])
        except NoReverseMatch:
            return label
        return format_html('<a href="{}">{}</a>', url, label)


class MailState(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [
            ("waiting", _("waiting")),
            ("stuck", _("failed, or late")),
            ("held", _("held for a digest")),
            ("failed", _("not sent for an error")),
            ("sent", _("sent")),
            ("dropped", _("not sent on purpose")),
        ]

    def queryset(self, request, queryset):
        match self.value():
            case "waiting":
                return queryset.ready()
            case "stuck":
                return queryset.failed() | queryset.late(clock.now() - outbox.LATE)
            case "held":
                return queryset.waiting().exclude(held_for="")
            case "failed":
                return queryset.failed()
            case "sent":
                return queryset.exclude(sent_at=None)
            case "dropped":
                return queryset.exclude(dropped_at=None).exclude(
                    dropped_for=Dropped.GIVEN_UP, last_error__gt=""
                )
        return queryset


@admin.register(Mail)
class MailAdmin(ReadOnlyAdmin):
    """The outbox. What is in a letter is its reader's business. `words` say of which kind it is."""

    words: dict[str, Any] = {}
    joined = ["to", "digest"]
    list_display = ["created_at", "letter_to", "progress", "tries"]
    list_filter = [MailState, ("kind", InWords)]
    search_fields = ["address", "to__name", "to__email", "kind"]
    date_hierarchy = "created_at"
    actions = ["send_again"]
    fields = [
        "letter",
        "kind",
        "reader",
        "state",
        "created_at",
        "next_try",
        "digest",
        "attempts",
        "last_error",
        "sent_at",
        "dropped_at",
        "dropped_for",
    ]

    @admin.display(description=pgettext_lazy("of a letter", "what it is about"), ordering="kind")
    def letter(self, mail):
        return self.words.get(mail.kind, mail.kind)

    @admin.display(description=pgettext_lazy("of a letter", "to"))
    def reader(self, mail):
        return mail.to or mail.address

    @admin.display(description=_("state"))
    def state(self, mail):
        if mail.sent_at:
            return _("sent")
        if mail.dropped_at:
            return mail.get_dropped_for_display() or _("not sent on purpose")
        if mail.held_for:
            return _("held for a digest")
        return _("failed, to be tried again") if mail.attempts else _("waiting")

    @admin.display(description=_("next try"), ordering="not_before")
    def next_try(self, mail):
        gone = mail.sent_at or mail.dropped_at or mail.digest_id
        return display_for_value(None if gone else mail.not_before, "")

    @admin.display(description=_("mail"), ordering="kind")
    def letter_to(self, mail):
        return _one_below_the_other(self.letter(mail), self.reader(mail))

    @admin.display(description=_("state"), ordering="not_before")
    def progress(self, mail):
        return _one_below_the_other(self.state(mail), self.next_try(mail))

    @admin.display(description=_("attempts and last error"), ordering="attempts")
    def tries(self, mail):
        return _one_below_the_other(str(mail.attempts), Truncator(mail.last_error).chars(120))

    @admin.action(description=_("Send again"))
    def send_again(self, request, queryset):
        count = sum(outbox.send_again(mail=mail, by=request.user) for mail in queryset)
        told = ngettext(
            "%(count)d letter is on its way again.",
            "%(count)d letters are on their way again.",
            count,
        ) % {"count": count}
        left = queryset.count() - count
        messages.success(request, told)
        if left:
            messages.warning(
                request,
                ngettext(
                    "%(count)d letter was left: it has been sent, or its text is gone.",
                    "%(count)d letters were left: they have been sent, or their text is gone.",
                    left,
                )
                % {"count": left},
            )


@admin.register(NoticeChoice)
class NoticeChoiceAdmin(ReadOnlyAdmin):
    """People choose for themselves; staff see why somebody gets no letters."""

    joined = ["person"]
    list_display = ["person", "group", "pace", "changed_at"]
    list_filter = ["group", "pace"]
    search_fields = ["person__name", "person__email"]
    ordering = ["person__name", "group"]


@admin.register(SpecialDay)
class SpecialDayAdmin(TranslatedAdmin, HistoryAdmin):
    fields = ["day", "kind", *side_by_side(SpecialDay), "source"]
    list_display = ["day", "name_hu", "kind", "source"]
    list_filter = ["kind", TranslationFilter]
    search_fields = ["name_hu", "name_en", "name_sl", "source"]
    date_hierarchy = "day"


@admin.register(Recess)
class RecessAdmin(HistoryAdmin):
    fields = ["first_day", "last_day", "source"]
    list_display = ["first_day", "last_day", "source"]
    search_fields = ["source"]


@admin.register(Counter)
class CounterAdmin(ReadOnlyAdmin):
    words: dict[str, Any] = {}
    list_display = ["counted", "year", "value"]
    fields = ["counted", "series", "year", "value"]
    list_filter = ["year"]
    search_fields = ["series"]
    ordering = ["series", "-year"]

    @admin.display(description=_("what is counted"), ordering="series")
    def counted(self, counter):
        group, _colon, code = counter.series.partition(":")
        if code:
            return gettext("positions of %(code)s") % {"code": code}
        return self.words.get(group, group)


@admin.register(Bucket)
class BucketAdmin(ReadOnlyAdmin):
    """Who has tried too often; deleting the row lets them try again at once."""

    words: dict[str, Any] = {}
    list_display = ["limited", "key", "tokens"]
    list_filter = [("scope", InWords)]
    fields = ["limited", "scope", "key", "tokens", "filled_at"]
    search_fields = ["scope", "key"]
    ordering = ["tokens"]

    @admin.display(description=_("what is limited"), ordering="scope")
    def limited(self, bucket):
        return self.words.get(bucket.scope, bucket.scope)

    def has_delete_permission(self, request, obj=None):
        return self.admin_site.has_permission(request)


@admin.register(LogEntry)
class LogEntryAdmin(ReadOnlyAdmin):
    joined = ["user", "content_type"]
    list_display = ["action_time", "user", "kind", "thing", "action_flag", "message"]
    list_filter = ["action_flag", ("content_type", KindOfThing)]
    search_fields = ["object_repr", "user__name"]
    date_hierarchy = "action_time"
    fields = ["action_time", "user", "kind", "thing", "action_flag", "message"]

    @admin.display(description=_("kind of thing"), ordering="content_type")
    def kind(self, entry):
        return entry.content_type.name if entry.content_type else ""

    @admin.display(description=_("what it was done to"), ordering="object_repr")
    def thing(self, entry):
        return entry.object_repr

    @admin.display(description=_("what changed"))
    def message(self, entry):
        return entry.get_change_message()


def _one_below_the_other(*words):
    return format_html_join(mark_safe("<br>"), "{}", [[each] for each in words if each])
