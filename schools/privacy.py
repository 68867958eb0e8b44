"""What the tables of this floor hold. The register and the advisers are public; what schools write is theirs."""

from importlib import import_module

from portal.privacy import classify

_PLACE = (
    "name street house_number postcode place municipality_code municipality denomination telephone website status closed_on words"
)

classify("schools.Board", public=f"{_PLACE} number kvk_number")
classify(
    "schools.School",
    public=f"{_PLACE} code board sectors province partnership latitude longitude own_holiday_region",
)
# With their consent: nobody is shown unless an editor ticks so.
classify(
    "schools.Adviser",
    public="slug name role introduction image telephone email reachable provinces sectors wsa",
    internal="is_shown",
)
classify("schools.ScanStatement", public="domain text explanation need", internal="code order retired")
classify("schools.Scan", personal="person", internal="school begun_at finished_at result")
classify("schools.ScanAnswer", internal="scan statement value")
classify("schools.PageUse", personal="person", internal="school page need verdict told_at")

for room in ("membership", "needs", "scan", "matching"):
    import_module(f"schools.{room}.privacy")
