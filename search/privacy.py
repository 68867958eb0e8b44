"""Searches are counted without anybody's name; only who asks to be mailed about a search is known, by address."""

from collections.abc import Sequence
from typing import Any

from portal.privacy import classify, of_person, register
from search.models import SavedSearch

classify("search.SearchCount", internal="day text searches without_result found not_found")
classify("search.ClickCount", internal="day text key position clicks")
classify("search.FoldedBatch", internal="folded_at")
classify("search.SynonymGroup", internal="words note")
classify("search.WholeWord", internal="word")
classify("search.Promotion", internal="text page order until")
classify("search.DocumentRevision", internal="revision")
classify("search.IndexRow", internal="key sink revision attempts not_before")
classify(
    "search.SavedSearch", personal="token email query label", internal="state created_at confirmed_at last_sent_at last_seen"
)


def _export(user: Any) -> list[dict[str, Any]]:
    mine = SavedSearch.objects.filter(of_person("email", user)).order_by("pk")
    return [dict(search) for search in mine.values("label", "query", "state", "created_at", "last_sent_at")]


def _erase(people: Sequence[Any]) -> None:
    for person in people:
        SavedSearch.objects.filter(of_person("email", person)).delete()


register("saved-searches", export=_export, erase=_erase)
