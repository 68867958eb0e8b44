"""The quick scan: filled step by step, kept, shown as a flower, and what it asks for."""

import re
import threading
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from portal.content.models import HomePage
from portal.vocabulary.lookup import Vocabulary
from schools.enums import Role
from schools.models import Scan, ScanStatement, School
from schools.scan import services
from schools.scan.enums import Answer, Level
from schools.scan.flower import flowers_of, level_of
from schools.scan.loading import load_statements
from tests import factories
from tests.schools.making import a_school
from tests.schools.people import a_member

PATIENCE = 30


@pytest.fixture
def school(site: HomePage) -> School:
    """A school, on a site where the scan has its statements."""
    load_statements()
    return a_school()


@pytest.fixture
def coordinator(client: Client, school: School) -> Any:
    """Signed in as coordinator of the school."""
    person = a_member(school, Role.COORDINATOR).user
    client.force_login(person)
    return person


def step(school: School, domain: str) -> str:
    return reverse("schools:scan-step", args=[school.code, domain])


def answers(domain: str, value: int) -> dict[str, int]:
    """The same answer to all statements about a domain, as the form sends it."""
    return {f"s{pk}": value for pk in ScanStatement.objects.filter(domain__code=domain).values_list("pk", flat=True)}


def fill(school: School, **values: int) -> Scan:
    """A finished scan; `values` is domain (with underscores) → the answer to all its statements."""
    for domain, value in values.items():
        keys = ScanStatement.objects.filter(domain__code=domain.replace("_", "-")).values_list("pk", flat=True)
        services.answer(school=school, person=None, answers=dict.fromkeys(keys, value))
    scan = services.finish(school)
    assert scan is not None
    return scan


def test_there_are_a_few_statements_for_each_domain(vocabulary: Vocabulary) -> None:
    made = load_statements()
    assert 17 <= made <= 20
    steps = services.steps()
    assert [one.domain.code for one in steps] == [domain.code for domain in vocabulary.scheme("wsa")]
    assert all(3 <= len(one.statements) <= 4 for one in steps)
    assert all(statement.need for one in steps for statement in one.statements)


def test_loading_again_leaves_what_editors_changed(vocabulary: Vocabulary) -> None:
    load_statements()
    first = ScanStatement.objects.first()
    ScanStatement.objects.filter(pk=first.pk).update(text="Anders", retired=True)
    call_command("load_statements", verbosity=0)
    first.refresh_from_db()
    assert (first.text, first.retired) == ("Anders", True)
    assert first not in [statement for one in services.steps() for statement in one.statements]


def test_a_coordinator_fills_it_step_by_step_and_sees_the_flower(client: Client, school: School, coordinator: Any) -> None:
    overview = client.get(reverse("schools:scan", args=[school.code])).content.decode()
    address = step(school, "visie")
    assert f'href="{address}"' in overview
    for domain in ("visie", "curriculum", "pedagogiek-didactiek", "gebouw-bedrijfsvoering", "professionele-ontwikkeling"):
        response = client.post(address, answers(domain, Answer.LARGELY))
        assert response.status_code == 302, response.content.decode()
        address = response["Location"]
    assert address == step(school, "omgeving")
    response = client.post(address, answers("omgeving", Answer.NOT_YET))
    assert response["Location"] == reverse("schools:scan", args=[school.code])
    scan = Scan.objects.get()
    assert scan.finished_at
    assert scan.result["visie"] == 67
    assert scan.result["omgeving"] == 0
    page = client.get(response["Location"])
    text = page.content.decode()
    assert text.count("Going strong") + text.count("Goed op weg") >= 5
    assert page["Cache-Control"] == "private, no-store"


def test_what_was_answered_is_kept_and_one_goes_on_where_one_stopped(client: Client, school: School, coordinator: Any) -> None:
    response = client.post(step(school, "visie"), {**answers("visie", Answer.COMPLETELY), "stop": "1"})
    assert response["Location"] == reverse("schools:scan", args=[school.code])
    assert Scan.objects.get().finished_at is None
    assert f'href="{step(school, "curriculum")}"' in client.get(response["Location"]).content.decode()
    page = client.get(step(school, "visie")).content.decode()
    assert len(re.findall(r'value="3"[^>]* checked', page)) == 3


def test_a_colleague_goes_on_with_the_same_scan(client: Client, school: School, coordinator: Any) -> None:
    client.post(step(school, "visie"), answers("visie", Answer.A_LITTLE))
    client.force_login(a_member(school, Role.DIRECTOR).user)
    client.post(step(school, "curriculum"), answers("curriculum", Answer.A_LITTLE))
    assert Scan.objects.get().answers.count() == 6


def test_a_later_scan_begins_with_the_answers_of_the_one_before_and_leaves_it_as_it_was(school: School) -> None:
    before = fill(school, visie=Answer.A_LITTLE)
    assert set(services.known_answers(school).values()) == {Answer.A_LITTLE}
    after = fill(school, visie=Answer.COMPLETELY)
    before.refresh_from_db()
    assert (before.result["visie"], after.result["visie"]) == (33, 100)
    assert flowers_of([school.pk])[school.pk][0].level is Level.STRONG


def test_sending_the_last_step_twice_leaves_the_flower_whole(client: Client, school: School, coordinator: Any) -> None:
    whole = fill(school, visie=Answer.LARGELY, curriculum=Answer.A_LITTLE, omgeving=Answer.COMPLETELY)
    client.post(step(school, "omgeving"), answers("omgeving", Answer.COMPLETELY))
    assert Scan.objects.get() == whole
    client.post(step(school, "omgeving"), answers("omgeving", Answer.NOT_YET))
    again = Scan.objects.finished().first()
    assert again != whole
    assert again.result == {**whole.result, "omgeving": 0}


def test_the_same_answers_a_year_later_are_a_scan_of_their_own(school: School) -> None:
    first = fill(school, visie=Answer.LARGELY)
    Scan.objects.update(finished_at=first.finished_at - timedelta(days=365))
    fill(school, visie=Answer.LARGELY)
    assert Scan.objects.finished().count() == 2


def test_a_retired_statement_is_not_carried_over(school: School) -> None:
    fill(school, visie=Answer.LARGELY, omgeving=Answer.LARGELY)
    ScanStatement.objects.filter(domain__code="visie").update(retired=True)
    assert set(fill(school, omgeving=Answer.A_LITTLE).result) == {"omgeving"}


def test_an_answer_can_be_taken_back_and_what_one_does_not_know_counts_for_nothing(school: School) -> None:
    first, second, third = ScanStatement.objects.filter(domain__code="visie")
    services.answer(school=school, person=None, answers={first.pk: Answer.COMPLETELY, second.pk: Answer.UNKNOWN, third.pk: 0})
    scan = services.answer(school=school, person=None, answers={third.pk: None})
    assert services.result_of(scan) == {"visie": 100}


def test_nothing_answered_fills_no_flower(client: Client, school: School, coordinator: Any) -> None:
    client.post(step(school, "omgeving"), {}, follow=True)
    assert not Scan.objects.finished().exists()
    assert {petal.level for petal in flowers_of([school.pk])[school.pk]} == {Level.EMPTY}
    response = client.post(step(school, "omgeving"), answers("omgeving", Answer.UNKNOWN), follow=True)
    assert not Scan.objects.finished().exists()
    assert [message.level_tag for message in response.context["messages"]] == ["error"]


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("again", [Answer.COMPLETELY, Answer.LARGELY], ids=["finished", "thrown away as a twin"])
def test_what_is_answered_while_a_colleague_finishes_goes_into_the_next_scan(school: School, again: Answer) -> None:
    before = fill(school, visie=Answer.LARGELY)
    first, *rest = ScanStatement.objects.filter(domain__code="visie").values_list("pk", flat=True)
    services.answer(school=school, person=None, answers=dict.fromkeys([first, *rest], again))
    done, may_commit = threading.Event(), threading.Event()

    def finish_slowly() -> None:
        try:
            with transaction.atomic():
                services.finish(school)
                done.set()
                may_commit.wait(PATIENCE)
        finally:
            connection.close()

    colleague = threading.Thread(target=finish_slowly)
    colleague.start()
    assert done.wait(PATIENCE)
    threading.Timer(0.5, may_commit.set).start()
    scan = services.answer(school=school, person=None, answers={first: Answer.NOT_YET})
    colleague.join(PATIENCE)
    assert list(Scan.objects.unfinished()) == [scan]
    assert list(scan.answers.values_list("statement", "value")) == [(first, Answer.NOT_YET)]
    finished = Scan.objects.finished()
    assert finished.first().result == services.result_of(finished.first())
    assert finished.count() == (1 if again == Answer.LARGELY else 2)
    assert before in finished


@pytest.mark.parametrize(
    ("share", "level"),
    [
        (None, Level.EMPTY),
        (0, Level.BEGINNING),
        (33, Level.BEGINNING),
        (34, Level.UNDER_WAY),
        (67, Level.STRONG),
        (100, Level.STRONG),
    ],
)
def test_levels(share: int | None, level: Level) -> None:
    assert level_of(share) is level


def test_weak_answers_propose_needs_that_the_form_knows(client: Client, school: School, coordinator: Any) -> None:
    fill(school, visie=Answer.NOT_YET, omgeving=Answer.COMPLETELY)
    page = client.get(reverse("schools:scan", args=[school.code])).content.decode()
    addresses = [unescape(found) for found in re.findall(r'href="([^"]*/behoeften/nieuw/[^"]*)"', page)]
    assert len(addresses) == 3
    assert all("domain=visie" in address for address in addresses)
    form = client.get(addresses[0])
    assert form.status_code == 200
    what = services.proposals(Scan.objects.get())[0].what
    assert what in unescape(form.content.decode())


def test_a_need_that_is_on_the_list_is_not_proposed_again(school: School) -> None:
    scan = fill(school, visie=Answer.NOT_YET)
    first, *rest = services.proposals(scan)
    assert services.proposals(scan, known=[first.what]) == rest


@pytest.mark.parametrize("values", [{"x": "1"}, {"s1": "7"}, {"s1": "abc\x00"}, {"s999999": "1"}])
def test_strange_answers_break_nothing(client: Client, school: School, coordinator: Any, values: dict[str, str]) -> None:
    first = ScanStatement.objects.first()
    sent = {name.replace("s1", f"s{first.pk}"): value for name, value in values.items()}
    assert client.post(step(school, "visie"), sent).status_code in (302, 422)
    assert not Scan.objects.filter(answers__value__gt=3).exists()


def test_a_teacher_sees_the_flower_and_does_not_fill_it(client: Client, school: School) -> None:
    fill(school, visie=Answer.LARGELY)
    client.force_login(a_member(school, Role.TEACHER).user)
    assert client.get(reverse("schools:scan", args=[school.code])).status_code == 200
    assert client.get(step(school, "visie")).status_code == 404
    assert client.post(step(school, "visie"), answers("visie", 0)).status_code == 404


def test_others_find_nothing_and_visitors_sign_in(client: Client, school: School) -> None:
    fill(school, visie=Answer.LARGELY)
    for address in (reverse("schools:scan", args=[school.code]), step(school, "visie")):
        assert client.get(address).status_code == 302
    client.force_login(a_member(a_school("99ZZ09"), Role.DIRECTOR).user)
    for address in (reverse("schools:scan", args=[school.code]), step(school, "visie")):
        assert client.get(address).status_code == 404
    assert client.post(step(school, "visie"), {}).status_code == 404


def test_an_unknown_step_is_not_found(client: Client, school: School, coordinator: Any) -> None:
    assert client.get(step(school, "maan")).status_code == 404


def test_flowers_of_many_schools_cost_one_query(school: School, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    fill(school, visie=Answer.LARGELY)
    others = [a_school(f"99ZZ{number:02}") for number in range(10, 20)]
    keys = [school.pk, *(other.pk for other in others)]
    flowers_of(keys)
    with django_assert_num_queries(2):
        flowers = flowers_of(keys)
    assert flowers[school.pk][0].level is Level.STRONG
    assert flowers[others[0].pk][0].level is Level.EMPTY


def test_the_pages_of_the_scan_cost_as_many_queries_after_many_scans(
    client: Client, school: School, coordinator: Any, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    def count(address: str) -> int:
        with django_assert_max_num_queries(14) as queries:
            client.get(address)
        return len(queries)

    addresses = [reverse("schools:scan", args=[school.code]), step(school, "visie")]
    fill(school, visie=Answer.A_LITTLE)
    for address in addresses:
        client.get(address)
    before = [count(address) for address in addresses]
    for _ in range(4):
        fill(school, visie=Answer.A_LITTLE, omgeving=Answer.NOT_YET)
    assert [count(address) for address in addresses] == before


def test_an_editor_changes_a_statement_and_nobody_deletes_one(client: Client, school: School) -> None:
    editor = factories.UserFactory()
    editor.groups.add(Group.objects.get(name="Redacteuren"))
    client.force_login(editor)
    statement = ScanStatement.objects.first()
    assert client.get(reverse("scan_statements:index")).status_code == 200
    values = {"domain": statement.domain_id, "text": "Wij weten wat we willen.", "order": "1", "explanation": "", "need": ""}
    assert client.post(reverse("scan_statements:edit", args=[statement.pk]), values).status_code == 302
    statement.refresh_from_db()
    assert statement.text == "Wij weten wat we willen."
    client.force_login(factories.UserFactory(is_superuser=True))
    client.post(reverse("scan_statements:delete", args=[statement.pk]))
    assert ScanStatement.objects.filter(pk=statement.pk).exists()
