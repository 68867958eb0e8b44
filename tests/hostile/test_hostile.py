"""No public address answers with a fault of ours, whatever it is asked: every route of the URL conf with every hostile value.

`make soak` asks ten thousand things instead of some hundreds, and looks at the clock too.
"""

import logging
import os
import random
from collections.abc import Iterator
from urllib.parse import parse_qsl

import pytest
from django.core.files.base import ContentFile
from django.core.handlers.wsgi import WSGIRequest
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import path
from pytest_django import Settings
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction, get_page_models

from lessons.models import LessonIndexPage
from portal import urls, wsgi
from portal.accounts.models import User
from portal.content.hostile import in_our_encoding
from portal.content.models import BasePage, HomePage
from portal.feedback.models import Feedback
from portal.media.renditions import ensure_renditions
from portal.media.storing import store_document
from portal.outbox.services import enqueue
from schools.models import Adviser
from search.indexing import drain
from search.models import SavedSearch
from search.registry import facets
from tests import factories
from tests.accounts.test_outside import switch_on
from tests.hostile.addresses import BOARD, SCHOOL, Address, Known, public_addresses
from tests.hostile.asking import MOST_SECONDS, Asker, Question, questions
from tests.hostile.values import FIELDS, GUARDS, HEADERS, NAMES, VALUES
from tests.patience import within
from tests.schools.making import a_board, a_school
from tests.search.saving import followed

SOAK = "HOSTILE_REQUESTS" in os.environ
NUMBER = int(os.environ.get("HOSTILE_REQUESTS", "500"))
pytestmark = [
    pytest.mark.django_db,
    # A body that claims to be what it is not is said to be so in the log.
    pytest.mark.filterwarnings("default"),
]


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """Each refusal is a line in the log, as long as what was asked."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def table(site: HomePage, settings: Settings) -> list[Question]:
    """Everything to ask of a site with a page of each type, a picture, a document, a mail and a school."""
    settings.DEMO = True
    # The page of lessons comes with the lesson.
    models = [model for model in get_page_models() if issubclass(model, BasePage) and model is not LessonIndexPage]
    pages = [factories.make_page(model, site) for model in models]
    known = _values_of_files() | _values_of_mails() | _values_behind_doors(site, settings) | _values_of_schools()
    drain("embedded")
    for name in ("feedback", "feedback-thanks"):
        known[name] = {"kind": "used", "page_id": str(pages[-1].pk)}
    return list(questions(public_addresses(known), ["/lessen/", *(page.url for page in pages)]))


def _values_of_files() -> Known:
    image = factories.make_image()
    ensure_renditions(image)
    document = store_document(ContentFile(b"Weeg het.", name="blad.txt"), title="Een blad")
    return {
        "wagtaildocs_serve": {"document_id": str(document.pk), "document_filename": document.filename},
        "media": {"path": image.renditions.all()[0].file.name},
        "feed-kind": {"kind": "les"},
        "sitemap-part": {"number": "1"},
    }


def _values_of_mails() -> Known:
    sheet = ("blad.txt", "Weeg het.", "text/plain")
    mail = enqueue(kind="test", recipient="sam@example.org", subject="Dag", text="Hallo.", attachments=[sheet])
    token = followed("q=afval").token
    return {
        **{name: {"key": str(mail.pk), "number": "0"} for name in ("mail", "html", "markup", "attachment")},
        **{name: {"token": token} for name in ("search-saved", "search-stop")},
    }


def _values_behind_doors(site: HomePage, settings: Settings) -> Known:
    """What asks for a password, and an organisation to sign in by where nobody answers."""
    page = factories.SectionFactory(parent=site)
    shut = PageViewRestriction.objects.create(page=page, restriction_type="password", password="x")
    cupboard = Collection.get_first_root_node().add_child(name="Kast")
    locked = CollectionViewRestriction.objects.create(collection=cupboard, restriction_type="password", password="x")
    switch_on(settings, "http://127.0.0.1:9/realms/school")
    return {
        "wagtailcore_authenticate_with_password": {"page_view_restriction_id": str(shut.pk), "page_id": str(page.pk)},
        "wagtaildocs_authenticate_with_password": {"restriction_id": str(locked.pk)},
        **{name: {"provider_id": "school"} for name in ("openid_connect_login", "openid_connect_callback")},
    }


def _values_of_schools() -> Known:
    a_school(SCHOOL.upper(), board=a_board(BOARD))
    Adviser.objects.create(name="Ada", slug="ada", is_shown=True)
    return {"school": {"code": SCHOOL}, "board": {"number": BOARD}, "adviser": {"slug": "ada"}}


def test_no_question_is_answered_with_a_fault(table: list[Question]) -> None:
    asker = Asker()
    for question in random.Random(4).sample(table, min(NUMBER, len(table))):
        asker.ask(question)
    print(f"{asker.asked} of {len(table)} questions; the slowest took {asker.slowest:.2f} s")
    assert asker.complaints == []
    if SOAK:
        assert asker.slowest < within(MOST_SECONDS)


def test_what_is_asked_reaches_the_views(table: list[Question]) -> None:
    """Else all of this would be one long 404."""
    asker = Asker()
    good = sorted({question.path for question in table if question.headers})
    statuses = {path: asker.ask(Question(path)) for path in good}
    lost = [path for path, status in statuses.items() if status == 404]
    assert lost == []
    assert asker.complaints == []


def test_a_long_value_stands_under_every_name() -> None:
    long = VALUES["one long word"]
    asked = list(questions([Address("x/", {})], []))
    queries = {name for question in asked for name, value in parse_qsl(question.query) if value == long}
    fields = {name for question in asked for name, value in parse_qsl(question.body.decode(errors="replace")) if value == long}
    assert queries == {*NAMES, *facets(), long}
    assert fields == {*FIELDS, *GUARDS}


def test_what_is_sent_gets_through_the_forms(table: list[Question]) -> None:
    """Else all of them would say that a field is missing, or a token."""
    asker = Asker()
    with CaptureQueriesContext(connection) as queries:
        for question in table:
            if question.from_form and f"first_name={VALUES['a name for a number']}&" in question.body.decode():
                asker.ask(question)
    written = {
        model for model in (Feedback, SavedSearch, User) for query in queries if f'INTO "{model._meta.db_table}"' in query["sql"]
    }
    assert written == {Feedback, SavedSearch, User}
    assert asker.complaints == []


@pytest.mark.parametrize("kind", HEADERS["CONTENT_TYPE"])
def test_control_django_alone_falls_over_what_a_request_says_of_itself(kind: str) -> None:
    environ = RequestFactory().get("/?q=%2BAAA-").environ | {"CONTENT_TYPE": kind}
    assert WSGIRequest(in_our_encoding(environ)).GET["q"] == "+AAA-"
    with pytest.raises((LookupError, UnicodeError, ValueError, AssertionError)):
        assert WSGIRequest(environ).GET["q"] == "+AAA-"


def test_the_door_stands_before_django(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(wsgi, "django_application", lambda environ, _start: said.append(environ["CONTENT_TYPE"]) or [])
    wsgi.application(RequestFactory().get("/").environ | {"CONTENT_TYPE": "text/plain; charset=hex"}, None)
    assert said == ["text/plain"]


def test_the_pieces_of_a_form_with_files_stay_apart() -> None:
    for kind in (
        "multipart/form-data; boundary=----WebKitFormBoundary7MA4",
        'multipart/form-data; boundary="a b=c"; charset=utf-8',
    ):
        request = WSGIRequest(in_our_encoding(RequestFactory().generic("POST", "/", b"x", kind).environ))
        assert request.content_type == "multipart/form-data"
        assert request.content_params == {"boundary": kind.split("=", 1)[1].split(";")[0].strip('"')}


def counts(request: HttpRequest) -> HttpResponse:
    """What one writes without thinking."""
    return HttpResponse(str(int(request.GET.get("page", 1))))


def repeats(request: HttpRequest) -> HttpResponse:
    """And another one."""
    return HttpResponse(request.GET.get("q", ""))


class Careless:
    """The portal's URL conf, with two addresses more."""

    handler400 = urls.handler400
    urlpatterns = [path("telt/", counts), path("herhaalt/", repeats), *urls.urlpatterns]


@pytest.mark.parametrize(("route", "complaint"), [("telt/", "500: GET"), ("herhaalt/", "said after us: GET")])
def test_control_a_careless_view_is_caught(route: str, complaint: str, site: HomePage, settings: Settings) -> None:
    settings.ROOT_URLCONF = Careless
    (address,) = (address for address in public_addresses({}) if str(address) == route)
    asker = Asker()
    for question in questions([address], []):
        if question.path == address.good and question.method == "GET":
            asker.ask(question)
    assert any(found.startswith(f"{complaint} /{route}") for found in asker.complaints)
