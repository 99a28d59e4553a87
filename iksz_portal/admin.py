"""The lists of the outbox, the journal and the counters, in the words of all the rooms."""

from django.contrib import admin

from core.admin import AuditEntryAdmin, BucketAdmin, CounterAdmin, MailAdmin
from core.models import AuditEntry, Bucket, Counter, Mail
from iksz_portal import office_words


class MailInWordsAdmin(MailAdmin):
    words = office_words.LETTERS


class JournalInWordsAdmin(AuditEntryAdmin):
    acts = office_words.ACTS
    on_anything = office_words.ON_ANYTHING


class CounterInWordsAdmin(CounterAdmin):
    words = office_words.SERIES


class BucketInWordsAdmin(BucketAdmin):
    words = office_words.LIMITS


for model, page in (
    (Mail, MailInWordsAdmin),
    (AuditEntry, JournalInWordsAdmin),
    (Counter, CounterInWordsAdmin),
    (Bucket, BucketInWordsAdmin),
):
    admin.site.unregister(model)
    admin.site.register(model, page)
