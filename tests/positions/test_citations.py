"""The laws that a text cites, however they are written."""

import time
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from positions.citations import MOST, citations

LIBRARY_ACT = "1997. évi CXL. törvény"
DECREE = "379/2017. (XII. 11.) Korm. rendelet"
ENOUGH = 100_000
FRAGMENTS = [
    *("a", "[", "<b>", ">", "@@@@", "1", "1/", "1/1997. (", "1/1997. (X. 1.) A", "AA-", "X"),
    *(
        "1997. évi ",
        "1997. évi C",
        "1997.:",
        "(EU) ",
        "(EU) 1/",
        "zakon o ",
        "zakon o (",
        "ZA",
        "Z",
    ),
    *("\u0301\u0316", "\u00ad", "\u2011", " ", "Uradni list RS ", "1997. évi C. törvény "),
]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("az 1997. évi CXL. törvény", [LIBRARY_ACT]),
        ("Az 1997. ÉVI CXL. TÖRVÉNYRŐL", [LIBRARY_ACT]),
        ("az 1997. évi CXL. tv. 55. §-a szerint", [LIBRARY_ACT]),
        ("az 1997:CXL. tv.", [LIBRARY_ACT]),
        ("az 1997. évi CXL. sz. törvénnyel", [LIBRARY_ACT]),
        ("2012. évi I. törvény 5. § (2) bekezdés", ["2012. évi I. törvény"]),
        ("az 1976. évi 15. tvr.", ["1976. évi 15. törvényerejű rendelet"]),
        ("a 379/2017. (XII. 11.) Korm. rendelet 3. §-a", [DECREE]),
        ("a 379/2017.(XII.11.) kormányrendelettel", [DECREE]),
        ("A 379/2017. (XII. 11.) KORM. RENDELET", [DECREE]),
        ("a 379/2017. (XII. 11.) Korm. r. 3. §-a", [DECREE]),
        ("22/2005. (VII. 18.) NKÖM rendelet", ["22/2005. (VII. 18.) NKÖM rendelet"]),
        ("39/2013. (V. 31.) EMMI rendeletet", ["39/2013. (V. 31.) EMMI rendelet"]),
        ("3/1975. (VIII. 17.) KM–PM együttes r.", ["3/1975. (VIII. 17.) KM-PM együttes rendelet"]),
        ("1404/2019. (VII. 5.) Korm. határozatban", ["1404/2019. (VII. 5.) Korm. határozat"]),
        ("20/2008. (III. 26.) OGy határozat", ["20/2008. (III. 26.) OGY határozat"]),
        ("az (EU) 2019/790 irányelv", ["(EU) 2019/790"]),
        ("a 2016/679/EU rendelet", ["(EU) 2016/679"]),
        ("Direktiva (EU) 2019/790", ["(EU) 2019/790"]),
        ("a 2001/29/EK irányelv", ["2001/29/EK"]),
        ("Uredba (ES) št. 1907/2006", ["1907/2006/EK"]),
        ("Zakon o knjižničarstvu (ZKnj-1)", ["ZKnj-1"]),
        ("novela zakona ZKnj-1A", ["ZKnj-1"]),
        ("Zakon o izmišljenih stvareh (ZIS)", ["ZIS"]),
        ("zakon (Uradni list RS, št. 87/01, 96/02)", ["Uradni list RS, št. 87/01"]),
        ("zakon (Ur. l. RS, št. 87/2001)", ["Uradni list RS, št. 87/01"]),
    ],
)
def test_the_usual_forms_are_one_citation(text, found):
    assert citations(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1997-ben törvény született",
        "a 2020. évi II. félévben",
        "a 2020. évi II. törvényjavaslat",
        "a 379/2017. (XII. 11.) Korm. rendelettervezet",
        "a 379/2017. Korm. rendelet",
        "a 12/2026. (XI. 21.) számú levél",
        "az 5/2019 számú levél",
        "a ZTE-12 jelű doboz",
    ],
)
def test_what_only_looks_like_a_law_is_none(text):
    assert citations(text) == []


def test_breaks_hyphens_and_accents_make_no_difference():
    nothing_breaks = "1997.\u00a0évi\u202fCXL.\u2009törvény, 3/1975. (VIII.\u00a017.) KM\u2011PM r."
    broken = "1997.\névi CXL.\r\n törvény, 3/1975. (VIII. 17.) KM-\u00adPM r."
    found = [LIBRARY_ACT, "3/1975. (VIII. 17.) KM-PM rendelet"]

    assert citations(nothing_breaks) == found
    assert citations(broken) == found
    assert citations(unicodedata.normalize("NFD", nothing_breaks)) == found


def test_they_come_once_each_in_the_order_of_their_first_mention():
    text = f"A {DECREE} az {LIBRARY_ACT} alapján készült; a {DECREE} 1. §-a az (EU) 2019/790"

    assert citations(text) == [DECREE, LIBRARY_ACT, "(EU) 2019/790"]


def test_an_endless_list_of_laws_is_cut():
    text = " ".join(f"{number}/2019. (I. 1.) Korm. rendelet" for number in range(1, 300))

    assert len(citations(text)) == MOST


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=4), min_size=1, max_size=6))
@example(["\u0301\u0316"])
@example(["zakon o ", "a"])
def test_O_017_whatever_is_repeated_takes_no_time(pieces):
    repeated = ("".join(pieces) or "a") * ENOUGH
    began = time.process_time()

    citations(repeated[:ENOUGH])

    assert time.process_time() - began < 1


YEARS = st.integers(min_value=1900, max_value=2099)
ROMAN = st.sampled_from(["I", "IV", "IX", "XL", "CXL", "CCIV"])
SPACES = st.sampled_from([" ", "\u00a0", "\u202f", "\n", "  ", "\r\n"])
ENDINGS = st.sampled_from(["", "ről", "nek", "t", ", ", ".", " 5. §-a"])


@settings(deadline=None)
@given(YEARS, ROMAN, SPACES, ENDINGS, st.sampled_from(["törvény", "törvénny", "TÖRVÉNY", "tv."]))
def test_an_act_is_known_however_it_is_broken_and_ended(year, number, space, ending, word):
    text = f"Az {year}.{space}évi{space}{number}.{space}{word}{ending} szerint"

    assert citations(text) == [f"{year}. évi {number}. törvény"]
