"""Moderators keep the words and the promoted results of the finder."""

from django.db import migrations

from portal.accounts.groups import MODERATORS, grant

ACTIONS = ("add", "change", "delete", "view")


def let_keep(apps, schema_editor):
    grant(apps, MODERATORS, [f"search.{action}_{model}" for model in ("synonymgroup", "wholeword", "promotion") for action in ACTIONS])


class Migration(migrations.Migration):
    dependencies = [("search", "0004_saved_searches"), ("content", "0004_groups")]

    operations = [migrations.RunPython(let_keep, migrations.RunPython.noop)]
