"""What the public pages of the register cost with as many schools as there are in the country."""

from django.core.management import call_command

from schools.models import School

SCHOOLS, BOARDS = 9_000, 1_200


def register_pages() -> dict[str, str]:
    """Invent the schools; then names and addresses of the pages to measure."""
    call_command("make_schools", schools=SCHOOLS, boards=BOARDS, verbosity=0)
    school = School.objects.select_related("board").order_by("code")[SCHOOLS // 2]
    return {
        "portal: list of schools": "/scholen/",
        "portal: schools found": "/scholen/?q=amsterdam+lyceum",
        "portal: school": school.get_absolute_url(),
        "portal: board": school.board.get_absolute_url(),
    }
