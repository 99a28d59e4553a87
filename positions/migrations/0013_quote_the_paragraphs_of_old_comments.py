from itertools import groupby

from django.db import migrations

from core.richtext import blocks
from positions.lineage import beginning, wording


def quote(apps, schema_editor):
    """Comments from before: what they keep of their paragraph is read from the version."""
    Comment = apps.get_model("positions", "Comment")
    old = Comment.objects.exclude(paragraph=None).order_by("version").select_related("version")
    for version, comments in groupby(old.iterator(), key=lambda comment: comment.version):
        paragraphs = blocks(version.body)
        for comment in comments:
            if comment.paragraph <= len(paragraphs):
                block = paragraphs[comment.paragraph - 1]
                comment.quoted, comment.wording = beginning(block, most=150), wording(block)
                comment.save(update_fields=["quoted", "wording"])


class Migration(migrations.Migration):
    dependencies = [("positions", "0012_comments_quote_their_paragraph")]

    operations = [migrations.RunPython(quote, migrations.RunPython.noop, elidable=True)]
