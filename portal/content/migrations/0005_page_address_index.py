"""An index on the addresses of pages: every public request finds its page by them, and Wagtail itself has none."""

from django.db import migrations

NAME = "content_page_address"


def add_index(apps, schema_editor):
    # PostgreSQL keeps the hash alone: an address may be longer than an entry of an ordinary index.
    method = "USING hash (url_path)" if schema_editor.connection.vendor == "postgresql" else "(url_path)"
    schema_editor.execute(f"CREATE INDEX IF NOT EXISTS {NAME} ON wagtailcore_page {method}")


def remove_index(apps, schema_editor):
    schema_editor.execute(f"DROP INDEX IF EXISTS {NAME}")


class Migration(migrations.Migration):
    dependencies = [("content", "0004_groups"), ("wagtailcore", "0098_apitoken")]
    operations = [migrations.RunPython(add_index, remove_index)]
