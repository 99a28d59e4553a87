from django.contrib import admin, messages
from django.contrib.admin.models import LogEntry
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

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


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnlyAdmin):
    joined = ["actor", "content_type"]
    list_display = ["seq", "at", "actor", "what", "action", "source", "target"]
    list_filter = [("content_type", admin.RelatedOnlyFieldListFilter)]
    search_fields = ["action", "note", "actor__name"]
    date_hierarchy = "at"
    hidden = ["content_type", "object_id", "note_salt", "note_digest"]

    def get_fields(self, request, obj=None):
        return [*super().get_fields(request, obj), "what"]

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
    """The outbox. What is in a letter is its reader's business."""

    joined = ["to", "digest"]
    list_display = [
        "created_at",
        "kind",
        "reader",
        "state",
        "next_try",
        "attempts",
        "last_error",
    ]
    list_filter = [MailState, "kind"]
    search_fields = ["address", "to__name", "to__email", "kind"]
    date_hierarchy = "created_at"
    actions = ["send_again"]
    fields = [
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
        return None if mail.sent_at or mail.dropped_at or mail.digest_id else mail.not_before

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
    list_display = ["series", "year", "value"]
    list_filter = ["year"]
    search_fields = ["series"]
    ordering = ["series", "-year"]


@admin.register(Bucket)
class BucketAdmin(ReadOnlyAdmin):
    """Who has tried too often; deleting the row lets them try again at once."""

    list_display = ["scope", "key", "tokens"]
    list_filter = ["scope"]
    search_fields = ["scope", "key"]
    ordering = ["tokens"]

    def has_delete_permission(self, request, obj=None):
        return self.admin_site.has_permission(request)


@admin.register(LogEntry)
class LogEntryAdmin(ReadOnlyAdmin):
    joined = ["user", "content_type"]
    list_display = ["action_time", "user", "content_type", "object_repr", "action_flag", "message"]
    list_filter = ["action_flag", ("content_type", admin.RelatedOnlyFieldListFilter)]
    search_fields = ["object_repr", "user__name"]
    date_hierarchy = "action_time"
    fields = ["action_time", "user", "content_type", "object_repr", "action_flag", "message"]

    @admin.display(description=_("what changed"))
    def message(self, entry):
        return entry.get_change_message()
