"""What will happen when a member of the board is excluded from a decision."""

from django.utils.translation import gettext_lazy

EXCLUDING = [
    (
        "people",
        gettext_lazy(
            "Whoever takes no part counts neither for the quorum nor among those entitled; a vote "
            "cast before is kept and does not count."
        ),
    ),
    ("eye", gettext_lazy("They see the votes and their reasons once the board has decided.")),
    (
        "bookmark",
        gettext_lazy(
            "Name and reason stand with the decision. If it was a mistake, it can be lifted, with "
            "a reason, until the votes are known."
        ),
    ),
]
LIFTING = [
    ("people", gettext_lazy("The member votes like every other one; a vote cast before counts.")),
    ("bookmark", gettext_lazy("Who lifted it and why stays in the history of the position.")),
    ("envelope", gettext_lazy("The member gets mail, unless it is you.")),
]
EXCLUDED = {
    True: ("envelope", gettext_lazy("The member gets mail, unless it is you.")),
    False: ("envelope", gettext_lazy("Nobody gets mail.")),
}
