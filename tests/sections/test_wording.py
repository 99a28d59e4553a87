import pytest

from sections.choices import Majority, Quorum
from sections.models import Section
from sections.wording import rules_in_words

pytestmark = pytest.mark.usefixtures("english")


def rules(*, entitled=18, **fields):
    return rules_in_words(Section(**fields), entitled=entitled)


def test_the_usual_rules_read_as_sentences():
    assert rules() == [
        "Comments on a draft stay open for at least 8 days.",
        "Each member library has one vote.",
        "A vote is valid if more than half of the member libraries take part: at present 10 of 18.",
        "If too few take part, the vote may be repeated once; then any number of votes will do.",
        "A text is adopted if more libraries vote yes than no.",
    ]


def test_a_single_day_is_one_day():
    assert rules(comment_days=1)[0] == "Comments on a draft stay open for at least 1 day."


@pytest.mark.parametrize(
    ("quorum", "sentence"),
    [
        (
            Quorum.TWO_THIRDS,
            "A vote is valid if at least two thirds of the member libraries take part: "
            "at present 12 of 17.",
        ),
        (Quorum.ANY, "A vote is valid however few member libraries take part."),
    ],
)
def test_the_quorum_is_told_in_numbers_of_today(quorum, sentence):
    assert rules(quorum=quorum, entitled=17)[2] == sentence


def test_without_a_quorum_no_vote_is_repeated():
    assert len(rules(quorum=Quorum.ANY)) == 4


@pytest.mark.parametrize("rule", Quorum.values)
def test_every_quorum_of_a_repeated_vote_has_its_sentence(rule):
    assert rules(repeated_quorum=rule)[3].startswith("If too few take part")


@pytest.mark.parametrize("rule", Majority.values)
def test_every_majority_has_its_sentence(rule):
    assert rules(majority=rule)[-1].startswith("A text is adopted if")
