"""Work leaves the request: Wagtail's indexes follow after the commit, and a broker in trouble harms nobody."""

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import pytest
from django.db import connection, transaction
from django.test import Client
from django_tasks import task, task_backends
from django_tasks.backends.immediate import ImmediateBackend
from django_tasks.exceptions import InvalidTaskError
from wagtail.models import Page, ReferenceIndex
from wagtail.search.models import IndexEntry

from portal.background.backend import run
from portal.background.handover import after_commit
from portal.background.tasks import mend_admin_search, mend_references
from portal.content.models import KnowledgePage, SectionPage
from portal.media.models import PortalImage
from tests import factories
from tests.patience import within
from tests.worker import MEMORY, REFUSED, broker, waiting, work


@pytest.fixture
def section(site: Page) -> SectionPage:
    return factories.SectionFactory(parent=site, title="Kennis")


@pytest.fixture
def draft(section: SectionPage) -> KnowledgePage:
    """A page that neither of Wagtail's indexes knows."""
    with broker(MEMORY):
        return factories.KnowledgeFactory(parent=section, title="Wormenhotel", image=factories.make_image(), live=False)


@pytest.fixture
def wagtails_own_backend() -> Iterator[None]:
    """What Wagtail uses where `TASKS` says nothing."""
    task_backends["default"] = ImmediateBackend("default", {})
    yield
    del task_backends["default"]


def publish(client: Client, page: Page) -> float:
    """Publish as an editor does; returns the seconds until the answer."""
    client.force_login(factories.UserFactory(is_superuser=True))
    before = time.perf_counter()
    response = client.post(f"/admin/bulk/wagtailcore/page/publish/?id={page.pk}")
    assert response.status_code == 302
    page.refresh_from_db()
    assert page.live
    return time.perf_counter() - before


def is_indexed(page: Page) -> bool:
    return IndexEntry.objects.filter(object_id=str(page.pk)).exists()


def is_referenced(image: PortalImage) -> bool:
    return ReferenceIndex.get_references_to(image).exists()


@pytest.mark.django_db(transaction=True)
def test_publishing_leaves_the_indexes_to_a_worker(draft: KnowledgePage, client: Client) -> None:
    with broker(MEMORY):
        publish(client, draft)
        assert not is_indexed(draft)
        assert not is_referenced(draft.image)
        assert "portal.background.backend.run" in work()
    assert is_indexed(draft)
    assert is_referenced(draft.image)


@pytest.mark.django_db(transaction=True)
def test_control_by_default_wagtail_updates_them_in_the_request(
    draft: KnowledgePage, client: Client, wagtails_own_backend: None
) -> None:
    with broker(MEMORY):
        publish(client, draft)
        assert is_indexed(draft)
        assert is_referenced(draft.image)


@pytest.mark.django_db(transaction=True)
def test_a_refusing_broker_does_not_slow_publishing_down(draft: KnowledgePage, client: Client) -> None:
    with broker(REFUSED):
        assert publish(client, draft) < within(1)
    assert not is_indexed(draft)


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_says_nothing_costs_a_request_a_second(draft: KnowledgePage, client: Client) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        with broker("redis://{}:{}/0".format(*silent.getsockname())):
            assert publish(client, draft) < within(2)


@pytest.mark.django_db(transaction=True)
def test_the_night_mends_what_was_lost(draft: KnowledgePage) -> None:
    mend_references()
    mend_admin_search()
    assert is_indexed(draft)
    assert is_referenced(draft.image)


@pytest.mark.django_db(transaction=True)
def test_the_night_forgets_pages_and_references_that_are_gone(draft: KnowledgePage) -> None:
    image = draft.image
    mend_references()
    mend_admin_search()
    KnowledgePage.objects.update(image=None)
    mend_references()
    assert not is_referenced(image)
    assert is_indexed(draft)


@pytest.mark.django_db(transaction=True)
def test_each_task_once_a_transaction_and_only_after_the_commit() -> None:
    with broker(MEMORY):
        with transaction.atomic():
            for number in (1, 2, 1, 2):
                after_commit(run, "wagtail.tasks.x", [number], {})
            assert waiting() == []
        assert [arguments[1] for _, arguments in waiting()] == [[1], [2]]


@pytest.mark.django_db(transaction=True)
def test_a_rollback_leaves_no_task() -> None:
    with broker(MEMORY):
        with transaction.atomic():
            after_commit(run, "wagtail.tasks.x", [1], {})
            transaction.set_rollback(True)
        assert waiting() == []


@pytest.mark.django_db(transaction=True)
def test_a_rolled_back_savepoint_does_not_take_later_work_with_it() -> None:
    with broker(MEMORY):
        with transaction.atomic():
            with transaction.atomic():
                after_commit(run, "wagtail.tasks.x", [1], {})
                transaction.set_rollback(True)
            after_commit(run, "wagtail.tasks.x", [2], {})
        assert [arguments[1] for _, arguments in waiting()] == [[2]]


@pytest.mark.django_db(transaction=True)
def test_a_broker_in_trouble_costs_one_try_not_one_a_task(caplog: pytest.LogCaptureFixture) -> None:
    with broker(REFUSED):
        before = time.perf_counter()
        with transaction.atomic():
            for number in range(50):
                after_commit(run, "wagtail.tasks.x", [number], {})
        after_commit(run, "wagtail.tasks.x", [50], {})
        assert time.perf_counter() - before < within(0.5)
    assert len([record for record in caplog.records if "broker" in record.message]) == 1


@pytest.mark.django_db
def test_a_task_about_something_that_is_gone_is_done() -> None:
    run("wagtail.tasks.update_reference_index_task", ["content", "knowledgepage", "4711"], {})


def test_only_tasks_are_run() -> None:
    with pytest.raises(TypeError, match="is not a task"):
        run("os.getcwd", [], {})


def test_tasks_that_want_a_context_are_refused() -> None:
    with pytest.raises(InvalidTaskError):
        task(takes_context=True)(wants_context)


def wants_context(context: object) -> None:
    """A task of the kind that the backend cannot run."""


@pytest.mark.django_db
def test_capturing_commits_sees_what_was_asked_for_before(
    django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[list[object]]],
) -> None:
    after_commit(run, "wagtail.tasks.x", [1], {})
    with django_capture_on_commit_callbacks() as callbacks:
        after_commit(run, "wagtail.tasks.x", [1], {})
    assert len(callbacks) == 1
    connection.run_on_commit.clear()
