import signal

# Where a shell runs the tests in the background, what they start would ignore Ctrl-C.
signal.signal(signal.SIGINT, signal.default_int_handler)
