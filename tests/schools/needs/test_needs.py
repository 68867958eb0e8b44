"""Needs: written down, changed, taken in hand, closed; the history keeps each step; visitors see none."""

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from portal.content.models import HomePage
from portal.content.templatetags.dates import long_date
from portal.vocabulary.enums import Scheme
from portal.vocabulary.lookup import Vocabulary, vocabulary
from portal.vocabulary.models import Concept
from schools.enums import NeedAction, NeedState, Priority, Role
from schools.errors import NotPossibleError
from schools.models import Membership, NeedEvent, School, SupportNeed
from schools.needs.services import add_need, change_need
from schools.needs.workflow import TRANSITIONS, actions, transition
from tests.schools.making import a_school
from tests.schools.people import a_member, signed_in

LIST = "/mijn-school/99zz00/behoeften/"


def concept(scheme: Scheme, code: str) -> Concept:
    return Concept.objects.get(scheme=scheme, code=code)


def a_need(school: School, what: str = "Lessen over afval", **values: Any) -> SupportNeed:
    return add_need(school=school, actor=None, values={"what": what, "domain": concept(Scheme.WSA, "curriculum"), **values})


def form(**values: Any) -> dict[str, Any]:
    words = vocabulary()
    domain = words.get(Scheme.WSA, "omgeving")
    assert domain
    return {"what": "Een buur die helpt", "domain": domain.pk, "priority": 1, **values}


@pytest.fixture
def school(site: HomePage) -> School:
    return a_school("99ZZ00")


@pytest.fixture
def lead(school: School) -> Membership:
    return a_member(school, Role.COORDINATOR)


def test_needs_count_within_their_school(vocabulary: Vocabulary) -> None:
    one, other = a_school("99ZZ00"), a_school("99ZZ01")
    assert [a_need(one).number, a_need(one).number, a_need(other).number] == [1, 2, 1]
    with pytest.raises(IntegrityError), transaction.atomic():
        SupportNeed.objects.create(school=one, number=2, what="x", domain=concept(Scheme.WSA, "visie"))


@pytest.mark.parametrize("action", list(TRANSITIONS))
@pytest.mark.parametrize("state", NeedState.values)
def test_only_what_the_table_allows_happens(action: NeedAction, state: str, vocabulary: Vocabulary) -> None:
    need = a_need(a_school())
    SupportNeed.objects.filter(pk=need.pk).update(state=state)
    need.refresh_from_db()
    needed, then = TRANSITIONS[action]
    assert (action in actions(need)) is (state in needed)
    if state in needed:
        assert transition(need, action, actor=None, note="Zo ging het").state == then
        event = NeedEvent.objects.first()
        assert event
        assert (event.action, event.state, event.note) == (action, then, "Zo ging het")
    else:
        with pytest.raises(NotPossibleError):
            transition(need, action, actor=None)
        assert NeedEvent.objects.count() == 1


def test_every_state_can_be_left(vocabulary: Vocabulary) -> None:
    for state in NeedState:
        assert any(state in needed for needed, _then in TRANSITIONS.values())


def test_topics_are_kept_and_changed(vocabulary: Vocabulary) -> None:
    topics = [concept(Scheme.TOPIC, word.code) for word in vocabulary.scheme(Scheme.TOPIC)[:3]]
    need = add_need(
        school=a_school(), actor=None, values={"what": "x", "domain": concept(Scheme.WSA, "visie")}, topics=topics[:2]
    )
    assert set(SupportNeed.objects.get().topics.all()) == set(topics[:2])
    change_need(need=need, actor=None, values={"what": "y"}, topics=topics[2:])
    found = SupportNeed.objects.get()
    assert (found.what, list(found.topics.all())) == ("y", topics[2:])
    assert list(found.history.order_by("pk").values_list("action", flat=True)) == ["note", "change"]


def test_write_one_down_and_see_it(lead: Membership) -> None:
    client = signed_in(lead.user)
    topic = vocabulary().scheme(Scheme.TOPIC)[0]
    sent = client.post(f"{LIST}nieuw/", form(topics=[topic.pk], for_whom="het team", explanation="Graag iemand uit de wijk."))
    assert sent["Location"] == f"{LIST}1/"
    html = client.get(f"{LIST}1/").content.decode()
    for words in ("Een buur die helpt", "Omgeving", topic.label, "het team", "Graag iemand uit de wijk."):
        assert words in html
    assert "Een buur die helpt" in client.get(LIST).content.decode()
    assert "Een buur die helpt" in client.get("/mijn-school/99zz00/").content.decode()


def test_the_scan_fills_the_form(lead: Membership) -> None:
    html = signed_in(lead.user).get(f"{LIST}nieuw/?domain=visie&what=Een+visie+%22samen%22").content.decode()
    visie = vocabulary().get(Scheme.WSA, "visie")
    assert visie
    assert "Een visie &quot;samen&quot;" in html
    assert f'value="{visie.pk}" id="id_domain_0" required checked' in html or f'value="{visie.pk}"' in html.split(" checked")[0]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("what", ""),
        ("what", "x" * 201),
        ("what", "a\x00b"),
        ("domain", ""),
        ("domain", "99999999999999999999"),
        ("domain", "abc"),
        ("priority", "9"),
        ("by_when", "gisteren"),
        ("by_when", "2020-01-01"),
        ("by_when", "9999-12-31"),
        ("topics", ["0"]),
        ("topics", ["99999999999999999999"]),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_on_top(field: str, value: Any, lead: Membership) -> None:
    answer = signed_in(lead.user).post(f"{LIST}nieuw/", form(**{field: value}))
    assert answer.status_code == 422
    html = answer.content.decode()
    assert f'id="id_{field}_error"' in html
    assert f'href="#id_{field}"' in html
    assert f'id="id_{field}"' in html
    assert not SupportNeed.objects.exists()


def test_a_concept_of_another_scheme_is_no_domain(lead: Membership) -> None:
    topic = vocabulary().scheme(Scheme.TOPIC)[0]
    assert signed_in(lead.user).post(f"{LIST}nieuw/", form(domain=topic.pk)).status_code == 422


def test_too_many_topics(lead: Membership) -> None:
    topics = [word.pk for word in vocabulary().scheme(Scheme.TOPIC)[:9]]
    assert signed_in(lead.user).post(f"{LIST}nieuw/", form(topics=topics)).status_code == 422
    assert signed_in(lead.user).post(f"{LIST}nieuw/", form(topics=topics[:8])).status_code == 302


def test_a_day_that_has_passed_may_stay(school: School, lead: Membership) -> None:
    passed = timezone.localdate() - timedelta(days=30)
    a_need(school, by_when=passed)
    client = signed_in(lead.user)
    assert f'value="{passed:%Y-%m-%d}"' in client.get(f"{LIST}1/wijzigen/").content.decode()
    assert client.post(f"{LIST}1/wijzigen/", form(by_when=passed.isoformat())).status_code == 302
    assert SupportNeed.objects.get().what == "Een buur die helpt"


def test_take_it_up_and_meet_it(school: School, lead: Membership) -> None:
    a_need(school)
    client = signed_in(lead.user)
    for word, state in (("oppakken", "in-hand"), ("vervuld", "met"), ("heropenen", "open"), ("vervallen", "dropped")):
        assert client.post(f"{LIST}1/{word}/", {"note": f"Stap {word}"}).status_code == 302
        assert SupportNeed.objects.get().state == state
    html = client.get(f"{LIST}1/").content.decode()
    assert "Stap vervuld" in html
    late = client.post(f"{LIST}1/oppakken/", follow=True)
    assert 'class="notice warning"' in late.content.decode()
    assert client.post(f"{LIST}1/weg/").status_code == 404
    assert client.get(f"{LIST}1/oppakken/").status_code == 405


def test_a_teacher_reads_and_does_not_write(school: School) -> None:
    a_need(school)
    client = signed_in(a_member(school).user)
    assert client.get(LIST).status_code == client.get(f"{LIST}1/").status_code == 200
    assert "/oppakken/" not in client.get(f"{LIST}1/").content.decode()
    for path in (f"{LIST}nieuw/", f"{LIST}1/wijzigen/"):
        assert client.get(path).status_code == client.post(path, form()).status_code == 404
    assert client.post(f"{LIST}1/oppakken/").status_code == 404
    assert SupportNeed.objects.get().state == "open"


def test_visitors_see_none_of_it(school: School, client: Client) -> None:
    a_need(school, "Iets over waterschapskunde")
    board = f"/besturen/{school.board.number}/"
    for path in ("/scholen/", "/scholen/99zz00/", board, LIST, f"{LIST}1/", "/zoeken/?q=waterschapskunde", "/sitemap.xml"):
        assert "Iets over waterschapskunde" not in client.get(path, follow=True).content.decode()


@pytest.mark.parametrize("number", ["0", "2", "99999999999999999999", "-1", "x"])
def test_a_need_that_is_not_there(number: str, school: School, lead: Membership) -> None:
    a_need(school)
    assert signed_in(lead.user).get(f"{LIST}{number}/").status_code == 404


def test_queries_do_not_grow_with_needs(
    school: School, lead: Membership, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(15):
        a_need(school, f"Behoefte {number}")
    client = signed_in(lead.user)
    client.get(LIST)
    with django_assert_max_num_queries(9):
        client.get(LIST)
    with django_assert_max_num_queries(16):
        client.get("/mijn-school/99zz00/")
    with django_assert_max_num_queries(12):
        client.get(f"{LIST}1/")


def seen(client: Client, address: str) -> str:
    """The mark that a form carries along."""
    return re.search(r'name="seen" value="([^"]*)"', client.get(address).content.decode()).group(1)


def test_who_is_second_is_told_before_words_of_a_colleague_are_replaced(school: School, lead: Membership) -> None:
    need = a_need(school)
    address = f"{LIST}{need.number}/wijzigen/"
    first, second = signed_in(lead.user), signed_in(a_member(school, Role.DIRECTOR).user)
    mine, other = (seen(client, address) for client in (first, second))
    topic, day = vocabulary().scheme(Scheme.TOPIC)[0], timezone.localdate() + timedelta(days=40)
    by_first = form(what="Van de eerste", topics=[topic.pk], by_when=day.isoformat(), seen=mine)
    assert first.post(address, by_first).status_code == 302
    answer = second.post(address, form(what="Van de tweede", explanation="Getypt", seen=other))
    assert answer.status_code == 422
    page = answer.content.decode()
    for text in ("Van de tweede", "Getypt"):
        assert text in page
    stands = unescape(re.search(r'<dl class="facts-list">.*?</dl>', page, re.DOTALL).group(0))
    for text in ("Van de eerste", "Omgeving", Priority.HIGH.label, topic.title, long_date(day)):
        assert str(text) in stands
    need.refresh_from_db()
    assert need.what == "Van de eerste"
    again = re.search(r'name="seen" value="([^"]*)"', page).group(1)
    assert second.post(address, form(what="Van de tweede", seen=again)).status_code == 302
    need.refresh_from_db()
    assert need.what == "Van de tweede"


def test_a_step_between_opening_and_saving_is_kept(school: School, lead: Membership) -> None:
    need = a_need(school)
    address = f"{LIST}{need.number}/wijzigen/"
    client = signed_in(lead.user)
    mark = seen(client, address)
    transition(need, NeedAction.TAKE_UP, actor=lead.user)
    assert client.post(address, form(seen=mark)).status_code == 302
    need.refresh_from_db()
    assert (need.what, need.state) == ("Een buur die helpt", NeedState.IN_HAND)
    stale = SupportNeed.objects.get(pk=need.pk)
    transition(need, NeedAction.MEET, actor=lead.user)
    change_need(need=stale, actor=lead.user, values={"what": "Nog anders"}, topics=())
    need.refresh_from_db()
    assert (need.what, need.state) == ("Nog anders", NeedState.MET)


def test_a_form_that_is_sent_twice_writes_one_need(school: School, lead: Membership) -> None:
    client = signed_in(lead.user)
    addresses = {client.post(f"{LIST}nieuw/", form())["Location"] for _ in range(2)}
    assert len(addresses) == SupportNeed.objects.count() == 1
    client.post(f"{LIST}nieuw/", form(what="Iets anders"))
    SupportNeed.objects.update(created_at=timezone.now() - timedelta(minutes=2))
    client.post(f"{LIST}nieuw/", form())
    assert SupportNeed.objects.count() == 3


@pytest.mark.parametrize(
    "more", [{"by_when": "soon"}, {"priority": 2}, {"for_whom": "het team"}, {"explanation": "Op maandag."}, {"topics": "one"}]
)
def test_what_is_added_before_sending_again_is_kept(lead: Membership, more: dict[str, Any]) -> None:
    """Who saves, goes back and adds something meant it, however soon."""
    values = {"soon": (timezone.localdate() + timedelta(days=9)).isoformat(), "one": [vocabulary().scheme(Scheme.TOPIC)[0].pk]}
    more = {name: values.get(value, value) if isinstance(value, str) else value for name, value in more.items()}
    client = signed_in(lead.user)
    client.post(f"{LIST}nieuw/", form())
    again = [client.post(f"{LIST}nieuw/", form(**more))["Location"] for _ in range(2)]
    assert again == [f"{LIST}2/", f"{LIST}2/"]
    client.post(f"{LIST}nieuw/", form())
    assert SupportNeed.objects.count() == 2


@pytest.mark.parametrize("note", ["a\x00b", "x" * 5000])
def test_a_step_is_taken_whatever_the_word_with_it(school: School, lead: Membership, note: str) -> None:
    need = a_need(school)
    assert signed_in(lead.user).post(f"{LIST}{need.number}/oppakken/", {"note": note}).status_code == 302
    event = need.history.first()
    assert event.state == NeedState.IN_HAND
    assert event.note in ("ab", "x" * 300)
