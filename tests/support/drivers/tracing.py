"""A program in a network namespace without interfaces, under strace: whom it called, and what it wrote."""

from __future__ import annotations

import ipaddress
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from requirements import lack, need_programs

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

NAMESPACE: Final = ("unshare", "--user", "--map-root-user", "--net")
LOOPBACK_UP: Final = """
import fcntl, os, socket, struct, sys
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
    fcntl.ioctl(any_socket, 0x8914, struct.pack("16sH14s", b"lo", 0x41, b""))  # SIOCSIFFLAGS: up and running
os.execvp(sys.argv[1], sys.argv[1:])
"""
SENDING: Final = frozenset({"connect", "bind", "sendto", "sendmsg", "sendmmsg"})
MAKING: Final = {
    "open": 0, "openat": 0, "creat": 0, "mkdir": 0, "mkdirat": 0, "mknod": 0, "mknodat": 0, "truncate": 0,
    "rename": 1, "renameat": 1, "renameat2": 1, "link": 1, "linkat": 1, "symlink": 1, "symlinkat": 1,
}  # fmt: skip
"""Calls that make a file, and which of the paths that they name is the one made."""
TRACED: Final = ",".join(["network", *MAKING])
SHARED_MEMORY: Final = Path("/dev/shm")  # noqa: S108 - where programs make files that outlive them
_CALL = re.compile(r"(\d+)\s+(\w+)\((.*)")
_RESUMED = re.compile(r"(\d+)\s+<\.\.\. (\w+) resumed>(.*)")
_ADDRESS = re.compile(r'inet_addr\("([^"]+)"\)|inet_pton\(AF_INET6, "([^"]+)"')
_PATH = re.compile(r'(?:(?:AT_FDCWD|\d+)<([^>]*)>, )?"((?:[^"\\]|\\.)*)"')
_UNFINISHED = "<unfinished ...>"


def need_tracing() -> None:
    """End the test where programs cannot be traced, or have no network namespace of their own."""
    need_programs("tracing", "strace", "unshare")
    tried = subprocess.run(
        [*NAMESPACE, "strace", "-o", "/dev/null", "true"], capture_output=True, check=False
    )
    if tried.returncode:
        lack("tracing", f"a namespace to trace in: {tried.stderr.decode().strip()}")


@dataclass(frozen=True, slots=True)
class Trace:
    """What strace wrote into ``file`` about a program that began in the folder ``start``."""

    file: Path
    start: Path

    def command(self, *command: str | Path) -> list[str]:
        """The command line that runs ``command`` traced and without a network but for the loopback."""
        strace = ["strace", "-f", "--seccomp-bpf", "-qq", "-y", "-s", "80", "-o", str(self.file)]
        prelude = [*NAMESPACE, sys.executable, "-c", LOOPBACK_UP, *strace]
        return [*prelude, "-e", f"trace={TRACED}", *map(str, command)]

    def calls(self) -> Iterator[tuple[str, str]]:
        """Every traced call that did not fail: its name, and arguments with the result."""
        begun: dict[str, str] = {}
        with self.file.open(encoding="utf-8", errors="replace") as lines:
            for line in lines:
                if match := _CALL.match(line):
                    process, name, told = match.groups()
                    if told.rstrip().endswith(_UNFINISHED):
                        begun[process] = told.rstrip().removesuffix(_UNFINISHED)
                        continue
                elif match := _RESUMED.match(line):
                    process, name, told = match.groups()
                    told = begun.pop(process, "") + told
                else:
                    continue
                yield name, told

    def strangers(self) -> list[str]:
        """Addresses other than the loopback's that were called, bound to or sent to, each with its call."""
        met = {
            f"{name} {first or second}"
            for name, told in self.calls()
            if name in SENDING
            for first, second in _ADDRESS.findall(told)
            if not _is_loopback(first or second)
        }
        return sorted(met)

    def loopback_calls(self) -> int:
        """How often the loopback was called: more than none shows that the trace sees addresses."""
        return sum(name == "connect" and bool(_ADDRESS.search(told)) for name, told in self.calls())

    def written(self) -> set[Path]:
        """Files and folders that were made, or opened to be written."""
        return {path for name, told in self.calls() if (path := self._made(name, told)) is not None}

    def _made(self, name: str, told: str) -> Path | None:
        which = MAKING.get(name)
        if which is None or re.search(r"\)\s+= -1 ", told):
            return None
        if name in {"open", "openat"} and not re.search(r"O_WRONLY|O_RDWR|O_CREAT|O_TRUNC", told):
            return None
        named = _PATH.findall(told)[which]
        folder, path = Path(named[0] or self.start), named[1].encode().decode("unicode_escape")
        return Path(os.path.normpath(folder / path))


def _is_loopback(address: str) -> bool:
    met = ipaddress.ip_address(address)
    inner = getattr(met, "ipv4_mapped", None)
    return met.is_loopback or (inner is not None and inner.is_loopback)


def bare_environment(home: Path, **more: str) -> Mapping[str, str]:
    """An environment with a home of its own, in which a library that reports would do so.

    Nothing in it says that a test or a CI runs: onnxruntime reports nothing where it finds that.
    """
    kept = ("PATH", "LD_LIBRARY_PATH", "PYTHONPATH")
    return {name: os.environ[name] for name in kept if name in os.environ} | {
        "HOME": str(home), "LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1", **more,
    }  # fmt: skip


def outside(written: set[Path], allowed: Sequence[Path]) -> list[Path]:
    """What was written neither under an ``allowed`` folder nor to a device, and is still there."""
    roots = [root for folder in allowed for root in (folder, folder.resolve())]
    return sorted(
        path
        for path in written
        if not any(path == root or path.is_relative_to(root) for root in roots)
        and not (path.is_relative_to("/dev") and not path.is_relative_to(SHARED_MEMORY))
        and not path.is_relative_to("/proc")
        and os.path.lexists(path)
    )
