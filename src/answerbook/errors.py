"""The one exception a user may see."""


class AnswerbookError(Exception):
    """A mistake that the user can mend.

    Its message says what is wrong, where, and what to do; it is shown without a traceback.
    """
