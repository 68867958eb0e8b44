"""A school that chose no topics still gets what its words are about."""

import pytest

from portal.content.models import HomePage
from portal.vocabulary.lookup import vocabulary
from portal.vocabulary.models import Concept
from schools.enums import Role
from schools.matching.from_needs import wanted_of
from schools.matching.topics import MOST, topics_in
from schools.needs.services import add_need
from tests.schools.making import a_school
from tests.schools.people import a_member


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("Minder afval op het plein en in de klas", ("afval",)),
        # Any form, any other name, part of a compound; the longer name first.
        ("Hulp bij onze moestuinen", ("schooltuin",)),
        ("Energie besparen in ons gebouw", ("energiebesparing", "energie")),
        ("Een compostbakje bij de keuken", ("compost",)),
        # Everything here is about these.
        ("Lessen over duurzaamheid", ()),
        ("Partners in de buurt om mee samen te werken", ()),
        ("", ()),
    ],
)
def test_words_name_topics(site: HomePage, text: str, topics: tuple[str, ...]) -> None:
    assert topics_in(text, vocabulary()) == topics


def test_a_long_list_of_words_names_few_topics(site: HomePage) -> None:
    assert len(topics_in("afval energie water bijen bomen vogels voedsel kleding", vocabulary())) == MOST


def test_another_name_serves_as_soon_as_it_is_there(site: HomePage) -> None:
    assert topics_in("Een wadi op het plein", vocabulary()) == ()
    topic = Concept.objects.get(scheme="topic", code="regenwater")
    topic.alt_labels = [*topic.alt_labels, "wadi"]
    topic.save()
    assert topics_in("Een wadi op het plein", vocabulary()) == ("regenwater",)


def test_chosen_topics_go_before_those_of_the_words(site: HomePage) -> None:
    school = a_school()
    lead = a_member(school, Role.COORDINATOR)
    values = {"what": "Minder afval in de klas", "domain": Concept.objects.get(scheme="wsa", code="curriculum")}
    without = add_need(school=school, actor=lead.user, values=values, topics=[])
    chosen = add_need(school=school, actor=lead.user, values=values, topics=[Concept.objects.get(scheme="topic", code="water")])
    assert [wanted.topics for wanted in wanted_of([without, chosen], school)] == [("afval",), ("water",)]
