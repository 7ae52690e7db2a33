"""What the operating system says of a fault, in the reader's language: it speaks English or its locale."""

from __future__ import annotations

import errno
import os
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

CODES: Final = {
    errno.ENOENT: "cause-missing",
    errno.EACCES: "cause-denied",
    errno.EPERM: "cause-denied",
    errno.EISDIR: "cause-folder",
    errno.ENOTDIR: "cause-no-folder",
    errno.EEXIST: "cause-exists",
    errno.ENOSPC: "cause-full",
    errno.EDQUOT: "cause-full",
    errno.EROFS: "cause-read-only",
    errno.EIO: "cause-device",
    errno.ELOOP: "cause-loop",
    errno.ENAMETOOLONG: "cause-long-name",
    errno.EFBIG: "cause-big",
    errno.EMFILE: "cause-open-files",
    errno.EBUSY: "cause-busy",
    errno.EPIPE: "cause-pipe",
    errno.EBADF: "cause-closed",
    errno.ENXIO: "cause-device",
    errno.ENODEV: "cause-device",
    errno.ENOMEM: "cause-memory",
    errno.EINVAL: "cause-unfit",
}
"""Fault of the system -> the code of its words."""


LIBRARY_CODES: Final = {
    "Invalid data found when processing input": "cause-data",
    "End of file": "cause-end",
    "File is not a zip file": "cause-no-zip",
}
"""What FFmpeg and the reader of workbooks say of broken files -> the code of our words."""


@cache
def of_system() -> Mapping[str, str]:
    """A text that the system or a library has for a fault -> the code of our words for it."""
    return {os.strerror(number): code for number, code in CODES.items()} | LIBRARY_CODES
