from django import forms
from django.utils.translation import gettext_lazy as _

from members.models import Person
from positions.conflicts import voting_members
from positions.forms.drafting import OnceForm
from positions.models import Exclusion


class LiftForm(OnceForm):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=Exclusion._meta.get_field("reason").max_length,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The section and the board read it. It does not become public."),
    )


class ExclusionForm(OnceForm):
    """Who takes no part, and why: of oneself, or by the chair or the secretary of anybody."""

    member = forms.ModelChoiceField(
        Person.objects.none(),
        label=_("Member of the board"),
        empty_label=_("choose a person"),
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=Exclusion._meta.get_field("reason").max_length,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The section and the board read it. It does not become public."),
    )

    field_order = ["member", "reason"]

    def __init__(self, *args, position, by, records, **kwargs):
        super().__init__(*args, **kwargs)
        self.by = by
        self.fields["reason"].required = records
        if not records:
            del self.fields["member"]
            return
        apart = position.exclusions.values("person")
        members = Person.objects.filter(pk__in=voting_members()).exclude(pk__in=apart)
        self.fields["member"].queryset = members.order_by("name", "pk")

    @property
    def chosen(self):
        return self.cleaned_data.get("member", self.by)
