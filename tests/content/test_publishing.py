"""Drafts may be incomplete; what goes live may not. Whichever button publishes, the editor is told what is missing and nothing is
half done."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.contrib.messages import get_messages
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils.html import escape
from wagtail.models import GroupApprovalTask, Page, Workflow, WorkflowPage, WorkflowTask

from lessons.models import LessonPage
from portal.accounts.groups import MODERATORS
from portal.content.models import BasePage, DomainPage, HomePage, KnowledgePage, NotReadyToPublish
from portal.vocabulary.models import Concept
from tests.content.test_page_types import PAGE_TYPES
from tests.desk import add_address, form_of, send
from tests.factories import DomainFactory, KnowledgeFactory, LessonFactory, make_page

STEP = ("step", {"phase": "start", "title": "Kijken", "minutes": "5", "body": {"count": "0"}})


def edit_address(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def told(answer: HttpResponse) -> list[str]:
    return [str(message) for message in get_messages(answer.wsgi_request)]


def errors(answer: HttpResponse) -> dict[str, list[str]]:
    """Field → messages of the form that came back."""
    assert answer.status_code == 200
    return {name: list(messages) for name, messages in answer.context["form"].errors.items()}


def empty_draft(model: type[Any], site: HomePage, title: str = "Alleen een titel") -> Any:
    """A draft with nothing but a title, as the first press on "save" leaves it."""
    page = make_page(model, site)
    above = page.get_parent()
    draft = model(title=title, live=False, **({"date": page.date} if hasattr(page, "date") else {}))
    above.add_child(instance=draft)
    draft.save_revision(clean=False)
    return draft


@pytest.mark.parametrize("model", [model for model in PAGE_TYPES if model is not HomePage], ids=lambda model: model.__name__)
def test_a_title_is_enough_for_a_draft(model: type[Any], site: HomePage, admin_client: Client) -> None:
    parent = make_page(model, site).get_parent()
    address = add_address(model, parent)
    answer = send(admin_client, address, form_of(admin_client, address, model), title="Alleen een titel", slug="alleen-een-titel")
    assert answer.status_code == 302, errors(answer)
    draft = Page.objects.get(slug="alleen-een-titel")
    assert not draft.live
    again = send(admin_client, edit_address(draft), form_of(admin_client, edit_address(draft), model), title="Andere titel")
    assert again.status_code == 302


MISSING = {
    LessonPage: {"summary", "wsa", "sectors", "sdg47", "steps"},
    KnowledgePage: {"summary", "wsa"},
    DomainPage: {"summary", "wsa", "domain"},
}


@pytest.mark.parametrize("button", ["action__publish", "action__submit"])
@pytest.mark.parametrize("model", MISSING, ids=lambda model: model.__name__)
def test_what_is_missing_is_said_beside_each_field(
    model: type[Any], button: str, site: HomePage, admin_client: Client, workflow: Workflow
) -> None:
    draft = empty_draft(model, site)
    address = edit_address(draft)
    answer = send(admin_client, address, form_of(admin_client, address, model), **{button: "1"})
    assert set(errors(answer)) == MISSING[model]
    # As the badge of a tab, the minimap and "go to the first error" count them: messages that a script draws come too late.
    counted = " ".join(re.findall(r'<p class="error-message">(.*?)</p>', answer.content.decode(), re.DOTALL))
    for messages in errors(answer).values():
        for message in messages:
            assert counted.count(escape(message)) == 1
    draft.refresh_from_db()
    assert not draft.live
    assert draft.current_workflow_state is None


@pytest.fixture
def workflow(site: HomePage) -> Workflow:
    """Pages of the site are approved by moderators."""
    workflow = Workflow.objects.create(name="Meelezen")
    task = GroupApprovalTask.objects.create(name="Lezen")
    task.groups.add(Group.objects.get(name=MODERATORS))
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=1)
    WorkflowPage.objects.create(workflow=workflow, page=site)
    return workflow


def test_a_complete_page_is_published(site: HomePage, admin_client: Client) -> None:
    draft = empty_draft(LessonPage, site)
    address = edit_address(draft)
    tags = {name: [str(Concept.objects.get(scheme=scheme, code=code).pk)] for name, scheme, code in (
        ("sectors", "sector", "po"), ("wsa", "wsa", "curriculum"), ("sdg47", "sdg47", "duurzame-levenswijzen"))}  # fmt: skip
    form = form_of(admin_client, address, LessonPage, steps=[STEP])
    answer = send(admin_client, address, form, summary="Een zin.", action__publish="1", **tags)
    assert answer.status_code == 302, errors(answer)
    draft.refresh_from_db()
    assert draft.live
    assert [concept.code for concept in LessonPage.objects.get(pk=draft.pk).sectors.all()] == ["po"]


def test_a_lesson_that_stands_elsewhere_needs_its_address_and_maker_and_no_steps(site: HomePage, admin_client: Client) -> None:
    lesson = make_page(LessonPage, site)
    form = form_of(admin_client, edit_address(lesson), LessonPage)
    answer = send(admin_client, edit_address(lesson), form, elsewhere="on", action__publish="1")
    assert set(errors(answer)) == {"source_url", "maker"}
    answer = send(
        admin_client,
        edit_address(lesson),
        form,
        elsewhere="on",
        source_url="https://example.org/les",
        maker="NME",
        action__publish="1",
    )
    assert answer.status_code == 302, errors(answer)


def test_words_without_content_are_empty(site: HomePage) -> None:
    article = make_page(KnowledgePage, site)
    article.summary = "   "
    with pytest.raises(NotReadyToPublish):
        article.save_revision().publish()


def test_a_draft_of_a_live_page_may_be_incomplete(site: HomePage, admin_client: Client) -> None:
    article = make_page(KnowledgePage, site)
    form = form_of(admin_client, edit_address(article), KnowledgePage)
    form.setlist("wsa", [])
    answer = send(admin_client, edit_address(article), form, summary="")
    assert answer.status_code == 302, errors(answer)
    article.refresh_from_db()
    assert article.live
    assert article.summary
    assert article.get_latest_revision_as_object().summary == ""


def test_a_live_page_cannot_become_incomplete(site: HomePage, admin_client: Client) -> None:
    article = make_page(KnowledgePage, site)
    form = form_of(admin_client, edit_address(article), KnowledgePage)
    form.setlist("wsa", [])
    answer = send(admin_client, edit_address(article), form, summary="", action__publish="1")
    assert set(errors(answer)) == {"summary", "wsa"}
    article.refresh_from_db()
    assert article.summary


def test_two_live_pages_about_one_domain_are_refused(site: HomePage, admin_client: Client) -> None:
    make_page(DomainPage, site)
    draft = empty_draft_of_domain(site)
    form = form_of(admin_client, edit_address(draft), DomainPage)
    answer = send(admin_client, edit_address(draft), form, action__publish="1")
    assert set(errors(answer)) == {"domain"}
    with pytest.raises(NotReadyToPublish):
        draft.get_latest_revision().publish()


def empty_draft_of_domain(site: HomePage) -> DomainPage:
    return DomainFactory(parent=site, live=False)


def bulk_publish(client: Client, *pages: Page) -> HttpResponse:
    query = "&".join(f"id={page.pk}" for page in pages)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    assert client.get(f"{address}?{query}").status_code == 200
    return client.post(f"{address}?{query}&next=/admin/", {"include_descendants": "on"})


def test_bulk_publishing_of_an_incomplete_draft_publishes_nothing_and_says_why(site: HomePage, admin_client: Client) -> None:
    incomplete = empty_draft(LessonPage, site, "Onaf")
    complete = LessonFactory(parent=incomplete.get_parent(), live=False)
    answer = bulk_publish(admin_client, complete, incomplete)
    assert (answer.status_code, answer["Location"]) == (302, edit_address(incomplete))
    assert any("Onaf" in message for message in told(answer))
    assert len(told(answer)) == len(MISSING[LessonPage])
    for page in (complete, incomplete):
        page.refresh_from_db()
        assert not page.live, "all or nothing"
        assert not page.get_latest_revision().approved_go_live_at
    assert bulk_publish(admin_client, complete).status_code == 302
    complete.refresh_from_db()
    assert complete.live, "control: what is complete is published"


def test_a_moderator_cannot_approve_what_is_incomplete(site: HomePage, admin_client: Client, workflow: Workflow) -> None:
    draft = empty_draft(KnowledgePage, site, "Onaf")
    workflow.start(draft, user=None)
    state = draft.current_workflow_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[draft.pk, "approve", state.current_task_state.pk])
    answer = admin_client.post(address, {"comment": ""})
    assert answer.status_code == 302
    assert any("Onaf" in message for message in told(answer))
    draft.refresh_from_db()
    assert not draft.live
    state.refresh_from_db()
    assert state.status == state.STATUS_IN_PROGRESS, "the task is still to be done"


def test_a_moderator_approves_what_is_complete(article: KnowledgePage, admin_client: Client, workflow: Workflow) -> None:
    draft = KnowledgeFactory(parent=article.get_parent(), live=False)
    workflow.start(draft, user=None)
    state = draft.current_workflow_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[draft.pk, "approve", state.current_task_state.pk])
    assert admin_client.post(address, {"comment": ""}).status_code == 302
    draft.refresh_from_db()
    assert draft.live


def test_copying_a_live_page_whose_copy_may_not_go_live(site: HomePage, admin_client: Client) -> None:
    """The copy was made in the transaction that is undone: the message cannot lead to its editor."""
    domain = make_page(DomainPage, site)
    address = reverse("wagtailadmin_pages:copy", args=[domain.pk])
    values = {"new_title": "Kopie", "new_slug": "kopie", "new_parent_page": site.pk, "publish_copies": "on"}
    answer = admin_client.post(address, values)
    assert (answer.status_code, answer["Location"]) == (302, address)
    assert told(answer)
    assert not Page.objects.filter(slug="kopie").exists()


def test_reverting_to_an_incomplete_version_is_told(site: HomePage, admin_client: Client) -> None:
    article = make_page(KnowledgePage, site)
    kept = article.summary
    article.summary = ""
    old = article.save_revision(clean=False)
    article.summary = kept
    article.save_revision().publish()
    address = reverse("wagtailadmin_pages:revisions_revert", args=[article.pk, old.pk])
    form = form_of(admin_client, address, KnowledgePage)
    answer = send(admin_client, edit_address(article), form, action__publish="1", revision=str(old.pk))
    assert set(errors(answer)) == {"summary"}


def test_a_page_does_not_point_to_itself(site: HomePage, admin_client: Client) -> None:
    article = make_page(KnowledgePage, site)
    form = form_of(admin_client, edit_address(article), KnowledgePage)
    form.update({"relations-TOTAL_FORMS": "1", "relations-0-target": str(article.pk), "relations-0-kind": "related",
                 "relations-0-note": "", "relations-0-ORDER": "1", "relations-0-id": ""})  # fmt: skip
    answer = send(admin_client, edit_address(article), form, action__publish="1")
    assert answer.status_code == 200
    assert article.relations.count() == 0


def test_whoever_saves_a_live_page_is_held_to_it(article: KnowledgePage) -> None:
    article.summary = ""
    with pytest.raises(NotReadyToPublish) as refused:
        article.save()
    assert refused.value.page_id == article.pk
    assert set(refused.value.message_dict) == {"summary"}


@pytest.mark.parametrize("model", PAGE_TYPES, ids=lambda model: model.__name__)
def test_every_type_names_fields_that_it_has(model: type[BasePage]) -> None:
    assert set(model.required_to_publish) <= {field.name for field in model._meta.get_fields()}
