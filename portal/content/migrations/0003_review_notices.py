import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('content', '0002_moved_sections'),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ReviewNotice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('review_on', models.DateField(verbose_name='review date')),
                ('sent_at', models.DateTimeField(auto_now_add=True, verbose_name='sent at')),
                ('page', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.WAGTAIL_PAGE_MODEL, verbose_name='page')),
            ],
            options={
                'verbose_name': 'review notice',
                'verbose_name_plural': 'review notices',
                'constraints': [models.UniqueConstraint(fields=('page', 'review_on'), name='content_review_notice')],
            },
        ),
    ]
