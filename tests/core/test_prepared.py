"""Questions put together once: the same answer as the queryset's, whatever the values."""

from datetime import date, timedelta

import pytest

from core.prepared import Prepared
from members.models import Library, Mandate
from tests.cast import make_library, make_person, mandate

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def libraries(county):
    return [make_library(county, number) for number in (1, 2, 3)]


def test_it_answers_as_the_queryset_does_for_every_value(libraries):
    people = [mandate(make_person(f"p{n}"), "representative", libraries[n]) for n in (0, 1)]
    today = date(2026, 3, 1)
    Mandate.objects.filter(person=people[1]).update(started_on=today, ended_on=today)

    def make(person, day):
        return Mandate.objects.current(day).filter(person=person).values_list("kind", "library")

    ask = Prepared(make)
    for person in (*people, make_person("nobody")):
        for day in (today - timedelta(days=1), today, today + timedelta(days=1)):
            assert ask(person.pk, day) == list(make(person.pk, day))
    assert [len(ask(people[1].pk, today + timedelta(days=n))) for n in (-1, 0, 1)] == [0, 1, 0]


def test_it_is_put_together_once_for_each_number_of_values(libraries, django_assert_num_queries):
    made = []

    @Prepared
    def ask(*keys):
        made.append(keys)
        return Library.objects.filter(pk__in=keys).order_by("pk").values_list("pk")

    first, second, third = (library.pk for library in libraries)
    with django_assert_num_queries(4):
        assert ask(first, second) == [(first,), (second,)]
        assert ask(second, third) == [(second,), (third,)]
        assert ask(first) == [(first,)]
        assert ask(third) == [(third,)]
    assert [len(keys) for keys in made] == [2, 1]


def test_values_the_query_has_of_its_own_stay(libraries):
    ask = Prepared(lambda key: Library.objects.filter(pk=key, is_fictional=False).values_list("pk"))

    assert ask(libraries[0].pk) == [(libraries[0].pk,)]
    Library.objects.update(is_fictional=True)
    assert ask(libraries[0].pk) == []


@pytest.mark.parametrize(
    "make",
    [
        lambda key: Library.objects.filter(pk=key + 1).values_list("pk"),
        lambda key: Library.objects.filter(name__contains=str(key)).values_list("pk"),
        lambda _key: Library.objects.values_list("pk"),
    ],
)
def test_a_value_that_is_not_used_as_it_is_is_refused_at_once(make):
    with pytest.raises(ValueError, match="must stand in the query by themselves"):
        Prepared(make)(1)


def test_a_value_of_another_type_is_refused():
    with pytest.raises(KeyError):
        Prepared(lambda name: Library.objects.filter(name=name).values_list("pk"))("a name")
