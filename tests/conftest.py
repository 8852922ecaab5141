import os
import signal

import hypothesis

# Where a shell runs the tests in the background, what they start would ignore Ctrl-C.
signal.signal(signal.SIGINT, signal.default_int_handler)
# Where make runs them, the make that they start is none of its parts.
os.environ.pop("MAKEFLAGS", None)

# The same examples in every run: what is found once is found again.
hypothesis.settings.register_profile("repeatable", deadline=None, derandomize=True)
hypothesis.settings.load_profile("repeatable")
