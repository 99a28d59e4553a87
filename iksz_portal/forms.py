from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core import notices, outbox
from core.notices import CHOSEN, Group, Pace

WHAT_IS_IN = {
    Group.TASKS: _("It is your turn, the board meets, a paper is to be signed."),
    Group.DEADLINES: _("A vote is about to end, something is overdue, a date has changed."),
    Group.COMMENTS: _("A reply to you, an answer, an amendment of your library or section."),
    Group.FOLLOWED: _("What happens to the things you follow, as far as you may read it."),
    Group.SEARCHES: _("What is new in the searches you keep, each as often as you have set it."),
}


class PacesForm(forms.Form):
    """How often the letters of each group come."""

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, **kwargs)
        self.person = person
        self.before = notices.paces_of(person)
        for group in CHOSEN:
            self.fields[group.value] = forms.ChoiceField(
                label=group.label,
                help_text=WHAT_IS_IN[group],
                choices=Pace.choices,
                initial=self.before[group],
            )

    @transaction.atomic
    def save(self):
        """What is held already goes by the new pace."""
        for group, pace in self.cleaned_data.items():
            if pace != self.before[Group(group)]:
                notices.choose(person=self.person, group=group, pace=pace)
        outbox.ask_anew(self.person)
