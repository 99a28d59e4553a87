"""Topics are renamed, and two that mean the same made one."""

import pytest
from django.urls import reverse

from core import audit
from positions import subjects
from positions.models import Topic
from tests.admin.test_office import change_url, save, typed_in

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def loans(way):
    """A topic of two positions; the second has the other topic, too."""
    way.start(title="First", topics=["Loans"])
    way.start(title="Second", topics=["Loans", "Lending"])
    return Topic.objects.get(name="Loans")


@pytest.fixture
def lending(loans):
    return Topic.objects.get(name="Lending")


def merge(client, gone, **sent):
    return client.post(reverse("admin:positions_topic_merge", args=[gone.pk]), sent, follow=True)


def errors(page):
    return page.context["adminform"].form.errors.get("name", [])


def test_a_topic_is_renamed_and_found_by_its_new_name(office, staff, loans):
    save(office, loans, name="Kölcsönzés")

    assert [topic.pk for topic in subjects.topics_named(["kolcsonzes"])] == [loans.pk]
    assert loans.history.get().history_user == staff


def test_a_topic_is_not_given_the_name_of_another(office, loans, lending):
    page = save(office, loans, name="LENDING")

    told = "There is a topic of this name already: merge the two instead."
    assert errors(page) == [told]


@pytest.mark.parametrize("name", ["a; b", "a, b", "--"])
def test_a_topic_is_a_few_words(name, office, loans):
    page = save(office, loans, name=name)

    assert errors(page) == ["A topic is a few words without semicolons or commas."]


def test_its_own_name_may_be_written_otherwise(office, loans):
    save(office, loans, name="LOANS")

    loans.refresh_from_db()
    assert loans.name == "LOANS"


def test_a_topic_saved_by_somebody_else_meanwhile_is_not_overwritten(office, loans):
    save(office, loans, name="Borrowing")
    opened = typed_in(office.get(change_url(loans)))
    save(office, loans, name="Lent books")

    page = office.post(change_url(loans), {**opened, "name": "Mine"})

    assert page.status_code == 200
    assert Topic.objects.get(pk=loans.pk).name == "Lent books"


def test_merged_topics_are_one(office, staff, loans, lending):
    page = merge(office, lending, kept=loans.pk)

    assert page.redirect_chain == [(change_url(loans), 302)]
    assert [topic.name for topic in Topic.objects.all()] == ["Loans"]
    assert sorted(loans.positions.values_list("title", flat=True)) == ["First", "Second"]
    entry = audit.last_of(loans)
    assert (entry.action, entry.actor, entry.payload["gone"]) == ("merge_topics", staff, "Lending")
    assert Topic.history.filter(history_type="-").get().name == "Lending"


@pytest.mark.parametrize("kept", ["", "0", "x", "itself"])
def test_a_topic_is_merged_into_another_one_only(kept, office, loans):
    page = merge(office, loans, kept=loans.pk if kept == "itself" else kept)

    assert [str(message) for message in page.context["messages"]] == [
        "Choose the topic that stays."
    ]
    assert Topic.objects.filter(pk=loans.pk).exists()


def test_a_merged_topic_is_gone(office, loans, lending):
    merge(office, lending, kept=loans.pk)

    assert merge(office, lending, kept=loans.pk).status_code == 404
