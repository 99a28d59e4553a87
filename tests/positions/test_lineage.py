"""A paragraph keeps its identity from version to version."""

from positions import actions
from positions.lineage import identities, place_in
from positions.models import Version


def version(number, *paragraphs, ids=None):
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    kept = ids or [f"{number}.{place}" for place in range(1, len(paragraphs) + 1)]
    return Version(number=number, body=body, paragraph_ids=kept)


FIRST = version(1, "The reading room opens at eight.", "Books are lent for a month.", "Done.")


def known_again(*paragraphs, before=(FIRST,)):
    return identities(2, [f"<p>{text}</p>" for text in paragraphs], before=before)


def test_what_is_new_is_named_by_where_it_first_stood():
    found = known_again("Something quite different.", "The reading room opens at eight.")
    assert found == ["2.1", "1.1"]


def test_a_reworded_paragraph_is_the_same_one():
    found = known_again("The reading room opens at nine.", "Books are lent for a month.", "Done.")
    assert found == ["1.1", "1.2", "1.3"]


def test_a_paragraph_moved_elsewhere_is_the_same_one():
    found = known_again("Books are lent for a month.", "Done.", "The reading room opens at eight.")
    assert found == ["1.2", "1.3", "1.1"]


def test_one_that_was_doubled_is_the_old_one_once():
    found = known_again("Done.", "Books are lent for a month.", "Done.", "Done.")
    assert len(set(found)) == len(found)


def test_what_comes_back_is_known_again_from_the_older_version():
    without = version(2, "Done.", ids=["1.3"])
    found = identities(3, ["<p>Done.</p>", "<p>Books are lent for a month.</p>"], before=[without])
    assert found == ["1.3", "3.2"]
    texts = ["<p>Done.</p>", "<p>Books are lent for a month.</p>"]
    assert identities(3, texts, before=[without, FIRST]) == ["1.3", "1.2"]


def test_where_a_paragraph_stands_now_or_that_it_is_gone():
    now = version(2, "Books are lent for a month.", ids=["1.2"])
    assert place_in(now, paragraph=2, of=FIRST) == 1
    assert place_in(now, paragraph=1, of=FIRST) is None


def test_restoring_an_older_version_brings_its_paragraphs_back_as_themselves(way, drafter):
    position = way.start()
    first = position.current
    saved = actions.save_draft(
        position=position,
        by=drafter,
        base=first.number,
        title=first.title,
        body="<p>Second paragraph.</p>",
        points=[],
        addressee=position.addressee,
        addressed=position.addressee,
    )
    restored = actions.restore_version(position=saved, by=drafter, version=first, base=2)
    assert saved.current.paragraph_ids == ["1.2"]
    assert restored.current.paragraph_ids == ["1.1", "1.2"]
