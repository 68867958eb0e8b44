"""Pages are for everybody; who wrote, changed and discussed them is known to the desk."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from wagtail.models import COMMENTS_RELATION_NAME, Comment, CommentReply, ModelLogEntry, Page, PageLogEntry, Revision
from wagtail.users.models import UserProfile

from portal.privacy import classify, register

PAGE = "summary image"
CHECKED = f"{PAGE} checked_on review_on sectors wsa sdg47 sdgs topics"

classify("content.HomePage", public=f"{PAGE} lead examples doors")
classify("content.SectionPage", public=f"{PAGE} body")
classify("content.StandardPage", public=f"{PAGE} in_footer body")
classify("content.DomainPage", public=f"{CHECKED} domain question introduction begin body")
classify("content.KnowledgePage", public=f"{CHECKED} body")
classify("content.AnswerPage", public=f"{CHECKED} answer body")
classify("content.NewsPage", public=f"{CHECKED} date body")
classify("content.ExamplePage", public=f"{CHECKED} school_name municipality what why how costs result contact")
classify(
    "content.PracticalHelpPage",
    public=f"{CHECKED} help_kind for_whom cost amount deadline deadline_note contact website body",
)
# Whoever stands here is published on purpose, for their work.
classify("content.OrganisationPage", public=f"{CHECKED} offers cost contact_name email telephone website provinces")
classify("content.PageRelation", public="sort_order source target kind note")
classify("content.SiteSettings", public="site name tagline telephone email hours contact_intro")
classify("content.LoadedFile", internal="address digest")
classify("content.MovedSection", internal="site old_path page moved_at")
classify("content.ReviewNotice", internal="page review_on sent_at")


def _export(user: Any) -> dict[str, Any]:
    return {
        "pages": list(Page.objects.filter(owner=user).order_by("pk").values("title", "url_path", "first_published_at")),
        "versions": list(Revision.objects.filter(user=user).order_by("pk").values("object_str", "created_at")),
        "comments": list(Comment.objects.filter(user=user).order_by("pk").values("text", "created_at")),
        "replies": list(CommentReply.objects.filter(user=user).order_by("pk").values("text", "created_at")),
        "acts": list(PageLogEntry.objects.filter(user=user.pk).order_by("pk").values("action", "label", "timestamp")),
    }


def _erase(people: Sequence[Any]) -> None:
    """Wagtail keeps in its history who did what, and the name of an account that was made or changed there. Comments go with the
    account, and their copies here; pages and their versions stay, without an owner."""
    keys = {person.pk for person in people}
    _forget_comments_in_history(keys)
    _forget_comments_in_versions(keys)
    account = ContentType.objects.get_for_model(get_user_model())
    ModelLogEntry.objects.filter(content_type=account, object_id__in=[str(key) for key in keys]).delete()
    for history in (ModelLogEntry, PageLogEntry):
        history.objects.filter(user__in=keys).update(user=None)
    for profile in UserProfile.objects.filter(user__in=keys).exclude(avatar=""):
        profile.avatar.delete(save=False)


def _forget_comments_in_history(people: set[int]) -> None:
    """Empty what these people said wherever the history repeats it: when others answer, resolve or delete a comment too."""
    entries = PageLogEntry.objects.filter(action__startswith="wagtail.comments.")
    told = {"comment": {*Comment.objects.filter(user__in=people).values_list("pk", flat=True)}}
    told["reply"] = {*CommentReply.objects.filter(user__in=people).values_list("pk", flat=True)}
    for action, kind in (("create", "comment"), ("create_reply", "reply")):
        # Also of those that are deleted by now.
        made = entries.filter(user__in=people, action=f"wagtail.comments.{action}")
        told[kind] |= {entry.data[kind]["id"] for entry in made}
    for entry in entries.iterator(chunk_size=200):
        mine = [said for kind, keys in told.items() if (said := entry.data.get(kind)) and said["id"] in keys]
        for said in mine:
            said["text"] = ""
        if mine:
            PageLogEntry.objects.filter(pk=entry.pk).update(data=entry.data)


def _forget_comments_in_versions(people: set[int]) -> None:
    """Take these people's comments and answers out of the versions of pages, which hold a copy of all there were."""
    with_comments = Revision.objects.exclude(**{f"content__{COMMENTS_RELATION_NAME}": []})
    for revision in with_comments.iterator(chunk_size=50):
        comments = revision.content.get(COMMENTS_RELATION_NAME, [])
        others = [
            {**comment, "replies": [reply for reply in comment.get("replies", []) if reply["user"] not in people]}
            for comment in comments
            if comment["user"] not in people
        ]
        if others != comments:
            content = {**revision.content, COMMENTS_RELATION_NAME: others}
            Revision.objects.filter(pk=revision.pk).update(content=content)


register("desk", export=_export, erase=_erase)
