"""A person who left traces wherever the portal can keep any, all of them with one unusual word."""

from email.message import EmailMessage
from typing import Any

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialToken
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib.auth.models import Group
from django.contrib.sessions.backends.db import SessionStore
from django.core.files.base import ContentFile
from django.core.mail import send_mail
from django.db import models
from wagtail.models import Comment, CommentReply, Page
from wagtail.users.models import UserProfile

from lessons.models import ImportJob, LessonIndexPage
from portal import privacy
from portal.accounts.groups import EDITORS
from portal.accounts.models import User
from portal.outbox.models import Message
from portal.vocabulary.enums import Scheme
from portal.vocabulary.models import Concept
from schools.enums import Role
from schools.membership import services
from schools.models import School
from schools.needs.services import add_need
from schools.profiles.services import save_profile
from search.models import SavedSearch
from tests.accounts.people import make_person
from tests.factories import picture_bytes
from tests.schools.people import a_member


def plant(word: str, *, article: Page, index: LessonIndexPage, school: School) -> User:
    """Somebody who wrote, asked, invited, imported, searched and was mailed; each text about them holds the word."""
    user = make_person(email=f"{word}@planted.example", first_name=f"{word}-Ångström", last_name=f"van ‘t {word}")
    user.groups.add(Group.objects.get_or_create(name=EDITORS)[0])
    _at_the_entrance(user, word)
    _at_the_desk(user, word, article, index)
    _at_school(user, word, school)
    _in_the_mail(user, word)
    return user


def _at_the_entrance(user: User, word: str) -> None:
    beside = EmailAddress.objects.create(user=user, email=f"{word}@beside.example")
    EmailConfirmation.objects.create(email_address=beside, key=f"{word}key")
    Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data={"name": f"De sleutel van {word}"})
    UserSession.objects.create(
        user=user, ip="192.0.2.9", user_agent=f"{word}fox", session_key=f"{word}session", data={"of": word}
    )
    begun = SessionStore()
    begun["account_signup_email"] = user.email
    begun.save()
    account = SocialAccount.objects.create(user=user, provider="school", uid=word, extra_data={"name": f"{word} ë"})
    SocialToken.objects.create(account=account, token=f"{word}token", token_secret=f"{word}secret")
    User.objects.filter(pk=user.pk).update(password=f"!{word}")


def _at_the_desk(user: User, word: str, article: Page, index: LessonIndexPage) -> None:
    article.owner = user
    comment = Comment(user=user, contentpath="title", text=f"Vraag het aan {word}.")
    article.wagtail_admin_comments.add(comment)
    revision = article.save_revision(user=user, log_action=True)
    comment.log_create(page_revision=revision, user=user)
    for other in Comment.objects.exclude(user=user):
        reply = CommentReply.objects.create(comment=other, user=user, text=f"{word} denkt van wel.")
        reply.log_create(page_revision=revision, user=user)
    # The versions hold comments and answers too.
    type(article).objects.get(pk=article.pk).save_revision(user=user).publish()
    profile = UserProfile.get_for_user(user)
    profile.avatar.save(f"{word}.png", ContentFile(picture_bytes()))
    job = ImportJob(user=user, index=index, name=f"lessen van {word}.xlsx", message=f"Dag {word}", report={"sheet": word})
    job.file.save(f"{word}.xlsx", ContentFile(f"Les van {word}".encode()))


def _at_school(user: User, word: str, school: School) -> None:
    asked = services.ask(user=user, place=school, role=Role.COORDINATOR, remark=f"Ik ben {word}.")
    services.grant(membership=asked, actor=user)
    services.invite(actor=user, place=school, role=Role.TEACHER, email="een-collega@elsewhere.example")
    services.invite(actor=a_member(school, Role.DIRECTOR).user, place=school, role=Role.TEACHER, email=f"{word}@beside.example")
    domain = Concept.objects.get(scheme=Scheme.WSA, code="visie")
    add_need(school=school, actor=user, values={"what": "Een visie", "domain": domain})
    if not hasattr(school, "profile"):
        values = {"contact_name": user.get_full_name(), "contact_email": user.email.upper()}
        save_profile(school=school, actor=user, values=values, practices={})


def _in_the_mail(user: User, word: str) -> None:
    SavedSearch.objects.create(email=user.email, token=f"{word}token", query=f"q={word}", label=f"zoekt {word}")
    SavedSearch.objects.create(email=f"{word}@beside.example", query="q=water", label="water")
    mail = EmailMessage()
    mail["Subject"] = f"Dag {word}"
    mail.set_content(f"Beste {user.get_full_name()}, één vraag.", cte="base64")
    Message.objects.create(
        dedupe_key=f"mail:{word}",
        kind="mail",
        recipient=user.email,
        sender="post@portal.example",
        subject=f"Dag {word}",
        message_id=f"<{word}@portal.example>",
        error=f"550 {word} is vol",
        raw=mail.as_bytes(),
    )
    # To others, about this person: by name, or by address alone.
    long = "Er is iets nieuws aan een pagina waar je voor zorgt, en dat kwam van "
    send_mail("Een pagina is klaar", f"{long}{user.get_full_name()}.", None, ["moderator@elsewhere.example"])
    send_mail("Een vraag", f"Antwoord naar {word}@BESIDE.example.", None, ["ander@elsewhere.example"])


def personal_texts() -> set[str]:
    """`table.column` of every text that some app says is personal; a choice from a list is none."""
    return {
        f"{model._meta.db_table}.{field.column}"
        for model in apps.get_models()
        for field in model._meta.local_fields
        if privacy.classes(model._meta.label).get(field.name) == privacy.Class.PERSONAL and _is_text(field)
    }


def _is_text(field: Any) -> bool:
    texts = (models.CharField, models.TextField, models.JSONField, models.BinaryField, models.FileField)
    return isinstance(field, texts) and not field.choices
