"""What visitors searched in vain, on the first screen of the editors."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from portal.content.desk.dashboard import SHOWN, DeskPanel, Row
from search.desk import DAYS
from search.models import SearchCount


class EmptySearchesPanel(DeskPanel):
    """The searches without a result of the last days, the most frequent first: one query."""

    name = "desk-searches"
    heading = _("Searched without a result")
    columns = (_("Search question"), "", _("Times"), "")
    empty = _("Every search of the last 30 days found something.")
    order = 140

    def all_url(self) -> str:
        return reverse("search-report")

    def rows(self, user: Any) -> list[Row]:
        since = timezone.localdate() - timedelta(days=DAYS)
        counts = SearchCount.objects.filter(day__gte=since, without_result__gt=0)
        sums = counts.values_list("text").annotate(times=Sum("without_result")).order_by("-times", "text")
        return [Row(text, _try_out(text), note=_times(times)) for text, times in sums[: SHOWN + 1]]


def _try_out(text: str) -> str:
    return f"{reverse('search-try-out')}?{urlencode({'q': text})}"


def _times(times: int) -> str:
    return ngettext("%(times)s time", "%(times)s times", times) % {"times": times}
