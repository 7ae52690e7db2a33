"""What holds for all tests."""

import os

# As the program does: matrix products of several threads round differently, and words follow the last digit.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

pytest_plugins = ["browsing", "practising"]
