"""What packages say is said in the reader's language: a gap would be filled in Hungarian."""

import pytest
from django.contrib.auth.password_validation import MinimumLengthValidator
from django.core.exceptions import ValidationError
from django.utils.translation import ngettext, override

from members.borrowed import BACK_OFFICE, LACKING, SENTENCES


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("hu", "Ez a jelszó túl rövid: legalább 12 karakter legyen."),
        ("en", "This password is too short. It must contain at least 12 characters."),
        ("sl", "To geslo je prekratko: imeti mora vsaj 12 znakov."),
    ],
)
def test_a_short_password_is_refused_in_the_reader_s_language(language, said):
    with override(language), pytest.raises(ValidationError) as refused:
        MinimumLengthValidator(12).validate("kratko")

    assert refused.value.messages == [said]


def test_the_back_office_counts_its_hits_in_slovenian_as_slovenian_counts():
    with override("sl"):
        counted = [
            ngettext("%(counter)s result", "%(counter)s results", count) % {"counter": count}
            for count in (1, 2, 3, 5, 101)
        ]

    assert counted == ["1 zadetek", "2 zadetka", "3 zadetki", "5 zadetkov", "101 zadetek"]


def test_no_borrowed_sentence_is_said_in_hungarian_to_slovenian_readers():
    pairs = zip(said_in("sl"), said_in("hu"), strict=True)

    assert [slovenian for slovenian, hungarian in pairs if slovenian == hungarian] == []


def said_in(language):
    with override(language):
        return [str(sentence) for sentence in (*SENTENCES, *LACKING, *BACK_OFFICE)]
