"""The public pages of the register: the list of schools, a school, a board. They hold no personal byte and set no cookie."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from schools.models import Board, School


@require_safe
def school_list(request: HttpRequest) -> HttpResponse:
    """All open schools, found by name, place or board."""
    schools = School.objects.open().select_related("board")[:50]
    return render(request, "schools/list.html", {"schools": schools})


@require_safe
def school(request: HttpRequest, code: str) -> HttpResponse:
    """The page of one school. Addresses are in lower case."""
    if code != code.lower():
        return redirect("schools:school", code=code.lower(), permanent=True)
    found = get_object_or_404(School.objects.select_related("board"), code=code.upper())
    return render(request, "schools/school.html", {"school": found})


@require_safe
def board(request: HttpRequest, number: str) -> HttpResponse:
    """The page of one board, with its schools."""
    found = get_object_or_404(Board, number=number)
    schools = found.schools.open()
    return render(request, "schools/board.html", {"board": found, "schools": schools})
