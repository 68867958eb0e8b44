"""Pages appear and disappear at the moment that was chosen, and one that cannot stops no other."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from celery import current_app
from django.core import mail
from django.test import Client
from django.utils import timezone
from wagtail.models import PageLogEntry, Revision

from portal.accounts.models import User
from portal.content.desk import scheduling
from portal.content.models import HomePage, KnowledgePage, SectionPage
from portal.content.tasks import publish_scheduled
from search.models import IndexRow
from tests import factories
from tests.content.conftest import edit, signed_in

SOON, AGO = timedelta(hours=1), timedelta(minutes=1)


@pytest.fixture
def section(site: HomePage) -> SectionPage:
    return factories.SectionFactory(parent=site, title="Kennis", slug="kennis")


def planned(section: SectionPage, title: str, *, due: bool = True, **values: object) -> KnowledgePage:
    """A page with a moment to go live; `due` puts that moment in the past, as if the time had gone by."""
    page = factories.KnowledgeFactory(parent=section, title=title, live=False, **values)
    page.go_live_at = timezone.now() + SOON
    page.save_revision().publish()
    if due:
        Revision.objects.filter(pk=page.latest_revision_id).update(approved_go_live_at=timezone.now() - AGO)
        # The moment also stands in the text of the revision, which Wagtail reads.
        revision = Revision.objects.get(pk=page.latest_revision_id)
        revision.content["go_live_at"] = (timezone.now() - AGO).isoformat()
        revision.save()
    page.refresh_from_db()
    return page


def test_a_page_appears_at_its_time_and_not_before(section: SectionPage, client: Client) -> None:
    early, due = planned(section, "Later", due=False), planned(section, "Nu")
    address = "/kennis/nu/"
    assert client.get(address).status_code == 404
    publish_scheduled.delay()
    early.refresh_from_db()
    due.refresh_from_db()
    assert due.live
    assert not early.live
    assert client.get(address).status_code == 200
    assert PageLogEntry.objects.filter(page=due.pk, action="wagtail.publish.scheduled").exists()


def test_the_finder_and_kept_pages_follow(section: SectionPage, client: Client) -> None:
    page = planned(section, "Nu")
    list_before = client.get("/kennis/").content.decode()
    IndexRow.objects.all().delete()
    publish_scheduled.delay()
    assert IndexRow.objects.filter(key=str(page.pk)).exists()
    assert "Nu" not in list_before
    assert 'href="/kennis/nu/"' in client.get("/kennis/").content.decode()


def test_a_page_disappears_at_its_time(section: SectionPage, client: Client) -> None:
    page = factories.KnowledgeFactory(parent=section, title="Tijdelijk", slug="tijdelijk")
    stays = factories.KnowledgeFactory(parent=section, title="Blijft", slug="blijft", expire_at=timezone.now() + SOON)
    assert client.get("/kennis/tijdelijk/").status_code == 200
    KnowledgePage.objects.filter(pk=page.pk).update(expire_at=timezone.now() - AGO)
    publish_scheduled.delay()
    page.refresh_from_db()
    stays.refresh_from_db()
    assert page.expired
    assert stays.live
    assert client.get("/kennis/tijdelijk/").status_code in {404, 410}


def test_a_page_that_is_not_ready_loses_its_date_stops_no_other_and_its_people_hear_why(
    section: SectionPage, editor: User
) -> None:
    bad, good = planned(section, "Kaal", owner=editor), planned(section, "Goed")
    revision = Revision.objects.get(pk=bad.latest_revision_id)
    revision.content["summary"] = ""
    revision.save()
    publish_scheduled.delay()
    publish_scheduled.delay()
    bad.refresh_from_db()
    good.refresh_from_db()
    assert good.live
    assert not bad.live
    assert bad.scheduled_revision is None
    assert [message.to for message in mail.outbox] == [[editor.email]]
    assert "Kaal" in mail.outbox[0].subject
    assert str(bad.required_to_publish["summary"]) in mail.outbox[0].body


@pytest.fixture
def worker_that_goes_on() -> Iterator[None]:
    """As in life: what goes wrong in a task stays in that task."""
    before = current_app.conf.task_eager_propagates
    current_app.conf.task_eager_propagates = False
    yield
    current_app.conf.task_eager_propagates = before


@pytest.mark.usefixtures("worker_that_goes_on")
def test_a_page_that_cannot_even_be_read_stops_no_other(section: SectionPage) -> None:
    broken, good = planned(section, "Kapot"), planned(section, "Goed")
    Revision.objects.filter(pk=broken.latest_revision_id).update(content={"pk": broken.pk, "content_type": "x"})
    publish_scheduled.delay()
    good.refresh_from_db()
    assert good.live


def test_asked_twice_it_is_published_once(section: SectionPage) -> None:
    page = planned(section, "Nu")
    revision = page.latest_revision_id
    assert scheduling.publish(revision) is True
    assert scheduling.publish(revision) is False


def test_an_editor_who_chooses_a_moment_gets_that_moment(section: SectionPage, moderator: User) -> None:
    page = factories.KnowledgeFactory(parent=section, title="Gepland", live=False)
    # Noon, as an hour of the night in which the clocks change may come twice or never.
    moment = timezone.localtime(timezone.now() + timedelta(days=2)).replace(hour=12, minute=0, second=0, microsecond=0)
    edit(signed_in(moderator), page, action__publish="1", go_live_at=moment.strftime("%Y-%m-%d %H:%M"))
    page.refresh_from_db()
    assert not page.live
    assert scheduling.due_revisions(moment) == [page.scheduled_revision.pk]
    assert scheduling.due_revisions(moment - SOON) == []
