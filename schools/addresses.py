"""Where the members of a school or board meet it: schools and boards have the same pages below addresses of their own."""

from django.urls import reverse

from schools.models.register import Board, School

PAGES = ("own", "people", "ask")


def page_of(place: School | Board, page: str = "own") -> str:
    """The path of a page of this school or board: own (its members' page), people or ask. Raises KeyError for others."""
    if page not in PAGES:
        raise KeyError(page)
    if isinstance(place, Board):
        return reverse(f"schools:board-{page}", args=[place.number])
    return reverse(f"schools:{page}", args=[place.code])
