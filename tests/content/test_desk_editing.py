"""Two editors at one page: the second is told before anything is replaced, and no text is lost."""

import json
import threading
import time

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.viewsets.pages import page_viewset_registry
from wagtail.models import Page

from portal.accounts.models import User
from portal.content.desk.editing import KNOWINGLY, DeskEditView
from portal.content.forms import PublishableForm
from portal.content.models import HomePage, KnowledgePage
from tests import factories
from tests.content.conftest import open_editor, send_form, signed_in


@pytest.fixture
def draft(site: HomePage) -> KnowledgePage:
    section = factories.SectionFactory(parent=site, title="Kennis", slug="kennis")
    return factories.KnowledgeFactory(parent=section, title="Zwerfafval", live=False)


@pytest.fixture
def two(draft: KnowledgePage, editor: User, moderator: User) -> tuple[Client, QueryDict]:
    """The second of two editors, with the form as it was before the first saved."""
    second = signed_in(moderator)
    form = open_editor(second, draft)
    first = signed_in(editor)
    send_form(first, draft, open_editor(first, draft), summary="Van de eerste.")
    return second, form


def summaries(page: Page) -> list[str]:
    """What every revision says, the oldest first."""
    return [revision.content["summary"] for revision in page.revisions.order_by("created_at", "pk")]


@pytest.mark.parametrize("action", ["action__publish", "action__submit", "nothing"])
def test_the_second_editor_is_told_and_nothing_is_replaced(
    action: str, two: tuple[Client, QueryDict], draft: KnowledgePage
) -> None:
    second, form = two
    answer = send_form(second, draft, form, summary="Van de tweede.", **{action: "1"})
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "Roos" in text
    assert "Van de tweede." in text
    assert summaries(draft)[-1] == "Van de eerste."
    draft.refresh_from_db()
    assert not draft.live


@pytest.mark.parametrize("number", ["²", "9" * 5_000, "9" * 18, "x"])
def test_what_is_no_revision_is_none(number: str, two: tuple[Client, QueryDict], draft: KnowledgePage) -> None:
    second, form = two
    answer = send_form(second, draft, form, summary="Van de tweede.", loaded_revision_id=number)
    assert answer.status_code == 200
    assert summaries(draft)[-1] == "Van de eerste."


def test_told_the_second_saves_all_the_same_and_both_texts_are_kept(two: tuple[Client, QueryDict], draft: KnowledgePage) -> None:
    second, form = two
    draft.refresh_from_db()
    answer = send_form(second, draft, form, summary="Van de tweede.", **{KNOWINGLY: str(draft.latest_revision_id)})
    assert answer.status_code == 302
    assert summaries(draft)[-2:] == ["Van de eerste.", "Van de tweede."]


def test_to_know_of_one_text_is_not_to_know_of_the_next(
    two: tuple[Client, QueryDict], draft: KnowledgePage, editor: User
) -> None:
    second, form = two
    draft.refresh_from_db()
    seen = str(draft.latest_revision_id)
    first = signed_in(editor)
    send_form(first, draft, open_editor(first, draft), summary="Nog eens van de eerste.")
    assert send_form(second, draft, form, summary="Van de tweede.", **{KNOWINGLY: seen}).status_code == 200
    assert "Van de tweede." not in summaries(draft)


def test_the_form_that_is_shown_again_is_not_saved_by_itself(two: tuple[Client, QueryDict], draft: KnowledgePage) -> None:
    second, form = two
    shown = send_form(second, draft, form, summary="Van de tweede.").content.decode()
    assert 'name="loaded_revision_created_at" value=""' in shown
    sent = form.copy()
    draft.refresh_from_db()
    sent["summary"], sent["loaded_revision_id"], sent["loaded_revision_created_at"] = (
        "Vanzelf.",
        str(draft.latest_revision_id),
        "",
    )
    address = reverse("wagtailadmin_pages:edit", args=(draft.pk,))
    answer = second.post(address, sent, headers={"accept": "application/json"})
    assert json.loads(answer.content)["error_code"] == "invalid_revision"
    assert "Vanzelf." not in summaries(draft)


def test_somebody_alone_is_never_held_back(draft: KnowledgePage, editor: User) -> None:
    browser = signed_in(editor)
    for text in ("Een.", "Twee."):
        assert send_form(browser, draft, open_editor(browser, draft), summary=text).status_code == 302
    assert summaries(draft)[-2:] == ["Een.", "Twee."]


def test_who_saves_while_the_script_is_saving_is_not_held_back(draft: KnowledgePage, editor: User) -> None:
    browser = signed_in(editor)
    form = open_editor(browser, draft)
    by_itself = form.copy()
    by_itself["summary"] = "Vanzelf."
    address = reverse("wagtailadmin_pages:edit", args=(draft.pk,))
    assert browser.post(address, by_itself, headers={"accept": "application/json"}).json()["success"]
    assert send_form(browser, draft, form, summary="Met de knop.").status_code == 302
    assert summaries(draft)[-1] == "Met de knop."


def test_an_own_newer_text_does_not_hide_that_of_another(two: tuple[Client, QueryDict], draft: KnowledgePage) -> None:
    second, form = two
    send_form(second, draft, open_editor(second, draft), summary="Op de hoogte.")
    assert send_form(second, draft, form, summary="Uit een oud tabblad.").status_code == 200
    assert summaries(draft)[-1] == "Op de hoogte."


def test_control_wagtail_itself_replaces_without_a_word(
    two: tuple[Client, QueryDict], draft: KnowledgePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(DeskEditView, "post", EditView.post)
    second, form = two
    assert send_form(second, draft, form, summary="Van de tweede.").status_code == 302
    assert summaries(draft)[-1] == "Van de tweede."


def test_every_page_type_is_edited_in_our_editor() -> None:
    views = {page_viewset_registry.get_by_type(model).edit_view_class for model in Page.__subclasses__()}
    assert all(issubclass(view, DeskEditView) for view in views)


def test_a_locked_page_is_saved_by_nobody_else(draft: KnowledgePage, editor: User, moderator: User) -> None:
    boss = signed_in(moderator)
    browser = signed_in(editor)
    form = open_editor(browser, draft)
    boss.post(reverse("wagtailadmin_pages:lock", args=(draft.pk,)))
    answer = send_form(browser, draft, form, summary="Toch.")
    assert answer.status_code == 200
    assert "Toch." not in summaries(draft)
    boss.post(reverse("wagtailadmin_pages:unlock", args=(draft.pk,)))
    assert send_form(browser, draft, form, summary="Nu wel.").status_code == 302


def send_at_once(page: Page, people: list[User]) -> list[int]:
    """Each of these people opened the same text and sends the form in the same moment; what each was answered."""
    browsers = [signed_in(person) for person in people]
    forms = [open_editor(browser, page) for browser in browsers]
    start = threading.Barrier(len(people))
    answers: list[int] = []

    def send(browser: Client, form: QueryDict) -> None:
        start.wait()
        answers.append(send_form(browser, page, form, summary=f"Van {threading.get_ident()}.").status_code)
        connection.close()

    threads = [threading.Thread(target=send, args=pair) for pair in zip(browsers, forms, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(answers)


@pytest.fixture
def slow_form(monkeypatch: pytest.MonkeyPatch) -> None:
    """Checking the form takes so long that both have read the page before either saves."""
    clean = PublishableForm.clean

    def slowly(form: PublishableForm) -> dict[str, object]:
        time.sleep(0.4)
        return clean(form)

    monkeypatch.setattr(PublishableForm, "clean", slowly)


@pytest.fixture
def two_people() -> list[User]:
    """After tests that empty the database there are no groups."""
    return [factories.UserFactory(is_superuser=True) for _ in range(2)]


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("slow_form")
def test_of_two_forms_sent_at_once_one_is_held_back(draft: KnowledgePage, two_people: list[User]) -> None:
    assert send_at_once(draft, two_people) == [200, 302]


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("slow_form")
def test_control_without_the_lock_both_are_saved(
    draft: KnowledgePage, two_people: list[User], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(DeskEditView, "dispatch", EditView.dispatch)
    assert send_at_once(draft, two_people) == [302, 302]
