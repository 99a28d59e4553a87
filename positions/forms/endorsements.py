from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from members.models import Library
from positions.forms.drafting import OnceForm
from positions.models import Endorsement, MinorityOpinion, Position
from positions.stands import LibraryStand


class SayForm(OnceForm):
    """What a library says on a version. It carries the facts it was said upon, as they were shown;
    the ids of its fields tell the forms of several libraries apart."""

    name = ""
    library = forms.IntegerField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, library: Library, **kwargs):
        self.speaker = library
        super().__init__(*args, auto_id=f"{self.name}-{library.pk}-%s", **kwargs)

    def said(self) -> dict[str, Any]:
        carried = {"once", "library", "version"}
        return {name: value for name, value in self.cleaned_data.items() if name not in carried}

    def on_top_of(self, facts: dict[str, Any]) -> None:
        """What was typed is kept; what it is said upon is how things stand now."""
        self.data = self.data.copy()
        self.data.update(facts)


class EndorseForm(SayForm):
    name = "endorse"
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    reservation = forms.CharField(
        label=_("Reservation"),
        required=False,
        max_length=Endorsement._meta.get_field("reservation").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only if there is one; left empty, the library endorses the text as it is."),
    )

    @staticmethod
    def facts(position: Position, stand: LibraryStand) -> dict[str, Any]:
        """`seen`: the endorsement of this text whose place the new one takes."""
        given = stand.endorsement
        seen = given.pk if given and given.is_present else ""
        return {"library": stand.library.pk, "version": position.current.number, "seen": seen}


class OpinionForm(SayForm):
    name = "opinion"
    goes_public = forms.BooleanField(widget=forms.HiddenInput, required=False)
    text = forms.CharField(
        label=_("Minority opinion"),
        max_length=MinorityOpinion._meta.get_field("text").max_length,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("What the library holds against the text, with its reasons."),
    )

    @staticmethod
    def facts(position: Position, stand: LibraryStand) -> dict[str, Any]:
        """`goes_public`: what the page told of the section's rule."""
        return {
            "library": stand.library.pk,
            "version": position.section_ballot.version.number,
            "goes_public": position.section.publishes_minority_opinions,
        }
