"""What services answer when something cannot be done."""


class NotPossibleError(Exception):
    """What was asked cannot be done (any more), mostly because somebody was first. The message is a sentence for who asked."""


class ChangedMeanwhileError(NotPossibleError):
    """Somebody else changed what a form was filled for, after the form was opened."""
