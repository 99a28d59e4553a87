"""Everybody's own data over the whole demo: all of their rows, nothing of anybody else's."""

import json

import pytest
from django.apps import apps

from core import personal
from members.models import Person
from positions.models import Comment
from tests.portal.test_own_data import archive_of, made_for, tables_of

pytestmark = pytest.mark.xdist_group("demo")
PEOPLE = ("coordinator", "secretary", "board1", "representative1", "staff")


@pytest.mark.parametrize("name", PEOPLE)
def test_O_061_it_holds_every_row_of_the_person(demo, name):
    person = Person.objects.get(email=f"{name}@example.org")
    expected = {}
    for label, field in personal.ties():
        model = apps.get_model(label)
        if model._meta.get_field(field).related_model is Person:
            expected[f"{label.lower()}.{field}"] = model._base_manager.filter(
                **{field: person}
            ).count()

    found = tables_of(made_for(person))

    left = {"core.auditentry.actor", "members.dataexport.requested_by"}  # grow by asking
    differing = {
        name: (len(found.get(name, [])), count)
        for name, count in expected.items()
        if name not in left and len(found.get(name, [])) != count
    }
    assert differing == {}
    assert found["members.person.id"][0]["email"] == person.email


@pytest.mark.parametrize("name", PEOPLE)
def test_O_061_it_holds_nothing_about_others(demo, name):
    person = Person.objects.get(email=f"{name}@example.org")
    others = Person.objects.exclude(pk=person.pk)
    said = Comment.objects.exclude(author=person).exclude(text__in=texts_of(person))

    archive = archive_of(made_for(person))
    text = "".join(archive.read(name).decode() for name in archive.namelist())

    assert [email for email in others.values_list("email", flat=True) if email in text] == []
    assert [each.text for each in said if json.dumps(each.text, ensure_ascii=False) in text] == []


def texts_of(person):
    return Comment.objects.filter(author=person).values("text")
