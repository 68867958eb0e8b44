"""When schools are closed is known to everybody."""

from portal.privacy import classify

classify("workdays.SchoolHoliday", public="region kind school_year first_day last_day", internal="is_example")
