"""A retired concept makes way for another: shown beforehand, then on all pages at once."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry, Revision, TaskState

from lessons.models import LessonIndexPage, LessonPage
from lessons.models.curriculum import CurriculumLink
from portal.accounts.models import User
from portal.content.desk import replacing
from portal.content.desk.contents import concepts_in, with_replaced
from portal.content.desk.replacing import ACTION, find, replace, still_carried
from portal.content.models import DomainPage, HomePage, KnowledgePage, SectionPage
from portal.stamps.models import CONTENT, read
from portal.vocabulary.enums import Scheme
from portal.vocabulary.lookup import Vocabulary
from portal.vocabulary.models import Concept
from search.models import IndexRow
from tests import factories
from tests.content.conftest import signed_in


@pytest.fixture
def section(site: HomePage) -> SectionPage:
    return factories.SectionFactory(parent=site, title="Kennis", slug="kennis")


def topic(position: int) -> Concept:
    return Concept.objects.filter(scheme=Scheme.TOPIC).order_by("pk")[position]


@pytest.fixture
def old(vocabulary: Vocabulary) -> Concept:
    """A retired topic."""
    concept = topic(0)
    concept.retired = True
    concept.save()
    return concept


@pytest.fixture
def new(vocabulary: Vocabulary) -> Concept:
    return topic(1)


def topics(page: KnowledgePage) -> set[Concept]:
    """What visitors see."""
    return set(KnowledgePage.objects.get(pk=page.pk).topics.all())


def draft_topics(page: KnowledgePage) -> set[Concept]:
    """What the editor sees."""
    return set(KnowledgePage.objects.get(pk=page.pk).get_latest_revision_as_object().topics.all())


def with_draft(page: KnowledgePage, concepts: list[Concept]) -> None:
    """Save a text that is not live, with other topics."""
    page.topics = concepts
    page.save_revision()


def test_a_live_page_changes_with_a_revision_and_stays_as_it_is_otherwise(
    section: SectionPage, old: Concept, new: Concept, moderator: User
) -> None:
    page = factories.KnowledgeFactory(parent=section, topics=[old.code, topic(5).code])
    before = KnowledgePage.objects.get(pk=page.pk)
    assert replace(old, new, moderator) == 1
    page = KnowledgePage.objects.get(pk=page.pk)
    assert topics(page) == draft_topics(page) == {new, topic(5)}
    assert page.latest_revision_id != before.latest_revision_id
    assert page.live_revision_id == page.latest_revision_id
    assert not page.has_unpublished_changes
    assert page.latest_revision.user == moderator
    assert page.last_published_at == before.last_published_at


def test_a_page_that_has_the_new_one_already_has_it_once(
    section: SectionPage, old: Concept, new: Concept, moderator: User
) -> None:
    page = factories.KnowledgeFactory(parent=section, topics=[old.code, new.code])
    replace(old, new, moderator)
    assert list(KnowledgePage.objects.get(pk=page.pk).topics.all()) == [new]
    assert draft_topics(page) == {new}


def test_the_draft_of_a_live_page_changes_and_does_not_go_live(
    section: SectionPage, old: Concept, new: Concept, moderator: User
) -> None:
    page = factories.KnowledgeFactory(parent=section, title="Zoals het is", topics=[old.code])
    page.title = "Zoals het wordt"
    with_draft(page, [old, topic(5)])
    replace(old, new, moderator)
    page = KnowledgePage.objects.get(pk=page.pk)
    assert (page.title, topics(page)) == ("Zoals het is", {new})
    assert (page.get_latest_revision_as_object().title, draft_topics(page)) == ("Zoals het wordt", {new, topic(5)})
    assert page.has_unpublished_changes
    assert page.live_revision_id != page.latest_revision_id


def test_a_concept_only_in_the_draft_or_only_on_the_site_is_found(
    section: SectionPage, old: Concept, new: Concept, moderator: User
) -> None:
    only_draft = factories.KnowledgeFactory(parent=section, title="A")
    with_draft(only_draft, [old])
    only_site = factories.KnowledgeFactory(parent=section, title="B", topics=[old.code])
    with_draft(only_site, [])
    factories.KnowledgeFactory(parent=section, title="C")
    assert [(row.page.title, row.on_site, row.in_work) for row in find(old, moderator)] == [
        ("A", False, True),
        ("B", True, False),
    ]
    assert still_carried() == [(old, 2, 0)]
    assert replace(old, new, moderator) == 2
    assert (topics(only_draft), draft_topics(only_draft)) == (set(), {new})
    assert (topics(only_site), draft_topics(only_site)) == ({new}, set())
    assert still_carried() == []
    assert replace(old, new, moderator) == 0


def test_a_planned_page_keeps_its_moment_and_one_in_moderation_its_place(
    section: SectionPage, old: Concept, new: Concept, editor: User, moderator: User
) -> None:
    planned = factories.KnowledgeFactory(parent=section, topics=[old.code], live=False)
    planned.go_live_at = timezone.now() + timedelta(days=1)
    planned.save_revision().publish()
    waits = factories.KnowledgeFactory(parent=section, topics=[old.code], live=False)
    waits.get_workflow().start(waits, editor)
    replace(old, new, moderator)
    scheduled = Revision.objects.get(object_id=str(planned.pk), approved_go_live_at__isnull=False)
    assert scheduled == KnowledgePage.objects.get(pk=planned.pk).latest_revision
    assert scheduled.as_object().topics.get() == new
    state = TaskState.objects.get(workflow_state__object_id=str(waits.pk))
    assert state.revision == KnowledgePage.objects.get(pk=waits.pk).latest_revision
    state.approve(user=moderator)
    assert topics(waits) == {new}
    assert KnowledgePage.objects.get(pk=waits.pk).live


def test_inline_items_and_single_choices_change_too(lesson_index: LessonIndexPage, moderator: User) -> None:
    goals = Concept.objects.filter(scheme=Scheme.CURRICULUM).order_by("pk")[:2]
    licences = Concept.objects.filter(scheme=Scheme.LICENCE).order_by("pk")[:2]
    lesson = factories.LessonFactory(parent=lesson_index, licence=licences[0])
    lesson.curriculum = [CurriculumLink(concept=goals[0], why="Daarom.")]
    lesson.save_revision().publish()
    for pair in (goals, licences):
        assert replace(pair[0], pair[1], moderator) == 1
    for found in (LessonPage.objects.get(pk=lesson.pk), LessonPage.objects.get(pk=lesson.pk).get_latest_revision_as_object()):
        assert found.licence == licences[1]
        assert [(link.concept, link.why) for link in found.curriculum.all()] == [(goals[1], "Daarom.")]


def test_content_of_a_revision(lesson_index: LessonIndexPage, vocabulary: Vocabulary) -> None:
    content = {"topics": [1, 2], "licence": 1, "minutes": 1, "curriculum": [{"pk": 1, "concept": 1, "why": "x"}], "wsa": []}
    assert concepts_in(content, LessonPage) == {1, 2}
    after = with_replaced(content, LessonPage, 1, 2)
    assert after == {"topics": [2], "licence": 2, "minutes": 1, "curriculum": [{"pk": 1, "concept": 2, "why": "x"}], "wsa": []}
    assert content["topics"] == [1, 2]


def test_history_index_and_kept_pages_follow(
    section: SectionPage, old: Concept, new: Concept, moderator: User, client: Client
) -> None:
    page = factories.KnowledgeFactory(parent=section, slug="afval", topics=[old.code])
    draft = factories.KnowledgeFactory(parent=section, topics=[old.code], live=False)
    client.get("/kennis/afval/")
    IndexRow.objects.all().delete()
    before = read()[CONTENT]
    replace(old, new, moderator)
    assert read()[CONTENT] != before
    assert set(IndexRow.objects.values_list("key", flat=True)) == {str(page.pk)}
    assert new.label_nl in client.get("/kennis/afval/").content.decode()
    entries = PageLogEntry.objects.filter(action=ACTION)
    assert {entry.page_id for entry in entries} == {page.pk, draft.pk}
    for changed in (page, draft):
        history = signed_in(moderator).get(reverse("wagtailadmin_pages:history", args=(changed.pk,))).content.decode()
        assert old.label_nl in history
        assert new.label_nl in history


def test_all_or_nothing(
    section: SectionPage, old: Concept, new: Concept, moderator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = factories.KnowledgeFactory(parent=section, topics=[old.code])

    def broken(*args: object) -> None:
        raise OSError

    monkeypatch.setattr(replacing, "_write_history", broken)
    with pytest.raises(OSError):  # noqa: PT011
        replace(old, new, moderator)
    assert topics(page) == draft_topics(page) == {old}


def test_two_pages_never_come_to_be_about_one_domain(site: HomePage, moderator: User) -> None:
    for code in ("visie", "omgeving"):
        factories.DomainFactory(parent=site, domain=code)
    visie, omgeving = (Concept.objects.get(scheme=Scheme.WSA, code=code) for code in ("visie", "omgeving"))
    Concept.objects.filter(pk=visie.pk).update(retired=True)
    answer = signed_in(moderator).post(reverse("replace_concept", args=(visie.pk,)), {"new": omgeving.pk})
    assert answer.status_code == 200
    assert DomainPage.objects.filter(domain=visie).exists()


def test_a_moderator_chooses_looks_and_does_it(section: SectionPage, old: Concept, new: Concept, moderator: User) -> None:
    page = factories.KnowledgeFactory(parent=section, title="Alles over afval", topics=[old.code])
    browser = signed_in(moderator)
    address = reverse("replace_concept", args=(old.pk,))
    assert address in browser.get(reverse("retired_concepts")).content.decode()
    assert "Alles over afval" in browser.get(address).content.decode()
    preview = browser.get(address, {"new": new.pk}).content.decode()
    assert "Alles over afval" in preview
    assert new.label_nl in preview
    assert topics(page) == {old}
    assert browser.post(address, {"new": new.pk}).status_code == 302
    assert topics(page) == {new}
    assert address not in browser.get(reverse("retired_concepts")).content.decode()


def test_only_another_concept_of_the_scheme_that_is_in_use_can_be_chosen(
    section: SectionPage, old: Concept, moderator: User
) -> None:
    page = factories.KnowledgeFactory(parent=section, topics=[old.code])
    other_scheme = Concept.objects.filter(scheme=Scheme.SECTOR).first()
    browser = signed_in(moderator)
    for wrong in (old.pk, other_scheme.pk, "", "x", 10**9):
        assert browser.post(reverse("replace_concept", args=(old.pk,)), {"new": wrong}).status_code == 200
    assert topics(page) == {old}


def test_who_may_not(section: SectionPage, old: Concept, new: Concept, editor: User, moderator: User) -> None:
    page = factories.KnowledgeFactory(parent=section, topics=[old.code])
    address = reverse("replace_concept", args=(old.pk,))
    assert signed_in(editor).post(address, {"new": new.pk}).status_code == 302
    assert signed_in(editor).get(reverse("retired_concepts")).status_code == 302
    assert signed_in(moderator).get(reverse("replace_concept", args=(new.pk,))).status_code == 404
    assert find(old, editor) == []
    assert topics(page) == {old}


def test_the_number_of_queries_does_not_grow_with_the_pages(
    section: SectionPage, old: Concept, new: Concept, moderator: User
) -> None:
    def queries(count: int) -> int:
        for _ in range(count):
            page = factories.KnowledgeFactory(parent=section, topics=[old.code])
            with_draft(page, [old])
        with CaptureQueriesContext(connection) as captured:
            assert replace(old, new, moderator) == count
        return len(captured)

    queries(1)
    assert queries(2) == queries(8)
