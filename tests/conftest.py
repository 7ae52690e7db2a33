"""What holds for all tests."""

import os
import signal

# As the program does: matrix products of several threads round differently, and words follow the last digit.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# Tests started in the background inherit an ignored Ctrl-C, and would hand it on to what they start.
signal.signal(signal.SIGINT, signal.default_int_handler)

pytest_plugins = ["browsing", "practising"]
