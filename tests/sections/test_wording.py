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
        "Votes are by name: once a vote is closed, it is seen how each library voted.",
        "A vote is valid if more than half of the member libraries take part: at present 10 of 18.",
        "If too few take part, the vote may be repeated once; then any number of votes will do.",
        "A text is adopted if more libraries vote yes than no.",
        "A minority opinion is kept for the section and the board; it does not become public.",
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
    assert rules(quorum=quorum, entitled=17)[3] == sentence


def test_without_a_quorum_no_vote_is_repeated():
    assert len(rules(quorum=Quorum.ANY)) == 6


@pytest.mark.parametrize("rule", Quorum.values)
def test_every_quorum_of_a_repeated_vote_has_its_sentence(rule):
    assert rules(repeated_quorum=rule)[4].startswith("If too few take part")


@pytest.mark.parametrize("rule", Majority.values)
def test_every_majority_has_its_sentence(rule):
    assert rules(majority=rule)[-2].startswith("A text is adopted if")


def test_a_section_may_vote_secretly():
    sentence = rules(votes_secretly=True)[2]

    assert sentence == "Votes are secret: how a library voted is not recorded anywhere."


def test_a_section_may_publish_minority_opinions():
    sentence = rules(publishes_minority_opinions=True)[-1]

    assert sentence == "A minority opinion becomes public with the position."
