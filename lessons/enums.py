"""Fixed choices of lessons."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Phase(models.TextChoices):
    """Where in a lesson a step belongs."""

    START = "start", _("Start")
    INSTRUCTION = "instruction", _("Instruction")
    WORK = "work", _("Work")
    DISCUSSION = "discussion", _("Discussion")
    CLOSING = "closing", _("Closing")


class Audience(models.TextChoices):
    """For whom a piece of material is."""

    PUPIL = "pupil", _("for pupils")
    TEACHER = "teacher", _("for the teacher")
