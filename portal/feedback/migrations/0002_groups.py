"""Who reads the remarks of visitors and decides what becomes of them."""

from django.db import migrations

from portal.accounts.groups import EDITORS, MODERATORS, grant


def let_read(apps, schema_editor):
    for group in (EDITORS, MODERATORS):
        grant(apps, group, ["feedback.change_feedback", "feedback.view_feedback"])


class Migration(migrations.Migration):
    dependencies = [("feedback", "0001_initial"), ("content", "0004_groups")]

    operations = [migrations.RunPython(let_read, migrations.RunPython.noop)]
