"""What the documentation names is there: its links, files of the repository, names in the code, commands."""

from __future__ import annotations

import pkgutil
import re
import shlex
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest

from voicecoach.cli.main import cli

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "voicecoach"
PAGES = {
    path.relative_to(ROOT).as_posix(): path
    for path in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
}
TEXTS = {name: path.read_text("utf-8") for name, path in PAGES.items()}
FOR_DEVELOPERS = ("docs/architecture.md", "docs/contributing.md")
"""Every path in these is one of the repository; elsewhere only what begins with one of its folders."""
ROOMS = tuple(sorted(path.name for path in PACKAGE.iterdir() if (path / "__init__.py").exists()))
FOLDERS = ("voicecoach", "tests", "docs", "prompts", "audio_fixtures", ".ci")

_LINK = re.compile(r"\]\(([^)\s]+)\)")
_FENCE = re.compile(r"^```\w*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"`([^`\n]+)`")
_PATH = re.compile(r"[\w.*-]+(?:/[\w.*-]+)*/?")
_PLACEHOLDER = re.compile(r"[A-Z]{2,}(?![a-z])")
_NAME = re.compile(rf"(?:voicecoach\.)?(?:{'|'.join((*ROOMS, 'errors', 'units'))})(?:\.\w+)+")
_CLASS = re.compile(r"[A-Z][a-z]+(?:[A-Z][a-z]+)*")
_COMMAND = re.compile(r"\s*(?:\.venv/bin/)?voicecoach (\S.*)")
_SCHEMA = re.compile(r"voicecoach\.\w+/(\d+)")


def prose(name: str) -> str:
    """The page without its fenced blocks."""
    return _FENCE.sub("", TEXTS[name])


def named(name: str) -> Iterator[str]:
    """What stands between backticks in the prose of a page."""
    yield from _CODE.findall(prose(name))


def there_is(path: str) -> bool:
    """Whether the repository or the package holds the path; capitals stand for any name, as ``*`` does."""
    pattern = _PLACEHOLDER.sub("*", path).rstrip("/")
    return any(any(base.glob(pattern)) for base in (ROOT, PACKAGE))


def is_named_path(text: str, page: str) -> bool:
    if not _PATH.fullmatch(text) or "/" not in text or text.startswith(".venv"):
        return False
    return page in FOR_DEVELOPERS or text.partition("/")[0] in {*FOLDERS, *ROOMS}


def slug(heading: str) -> str:
    """The anchor that GitHub gives a heading."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def commands(name: str) -> Iterator[tuple[str, bool]]:
    """Command lines of a page, and whether each is whole: in prose it may be cut short."""
    blocks = [*_FENCE.findall(TEXTS[name]), *re.findall(r"^    .*$", prose(name), re.MULTILINE)]
    for line in "\n".join(blocks).replace("\\\n", " ").splitlines():
        if typed := _COMMAND.fullmatch(line):
            yield typed[1], True
    for code in named(name):
        if typed := _COMMAND.fullmatch(code):
            yield typed[1], False


def words_of(line: str) -> list[str]:
    """The arguments of a line: without its comment, brackets of what may be left out, later alternatives."""
    words = shlex.split(line, comments=True)
    for end in ("|", ">", "<"):
        words = words[: words.index(end)] if end in words else words
    return [word.strip("[]").split("|")[0] for word in words]


def parse(line: str, *, whole: bool) -> None:
    """Let click read the line without running it. Raises click.UsageError for what it does not know."""
    words = words_of(line)
    command: click.Command = cli
    context = click.Context(cli, info_name="voicecoach")
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        name = words.pop(0)
        inner = command.get_command(context, name)
        if inner is None:
            raise click.UsageError(f"there is no command {name!r}")
        command, context = inner, click.Context(inner, info_name=name, parent=context)
    try:
        command.make_context(context.info_name, words, parent=context.parent)
    except click.exceptions.Exit:  # --help, --version
        pass
    except (click.MissingParameter, click.exceptions.BadOptionUsage, click.exceptions.NoArgsIsHelpError):
        if whole:
            raise
    except click.BadParameter as exc:
        left_open = not whole and _PLACEHOLDER.search(exc.message)
        if not left_open and not isinstance(getattr(exc.param, "type", None), click.Path | click.File):
            raise


@pytest.mark.parametrize("name", PAGES)
def test_every_link_leads_somewhere(name: str) -> None:
    for target in _LINK.findall(prose(name)):
        if "://" not in target:
            path, _, anchor = target.partition("#")
            linked = (PAGES[name].parent / path).resolve() if path else PAGES[name]
            assert linked.exists(), target
            headings = re.findall(r"^#+ (.+)$", linked.read_text("utf-8"), re.MULTILINE) if anchor else []
            assert not anchor or anchor in map(slug, headings), target


def test_the_index_leads_to_every_page() -> None:
    linked = {target.partition("#")[0] for target in _LINK.findall(TEXTS["docs/index.md"])}
    assert {path.name for name, path in PAGES.items() if name.startswith("docs/")} - linked == {"index.md"}


@pytest.mark.parametrize("name", PAGES)
def test_every_path_of_the_repository_is_there(name: str) -> None:
    paths = [text for text in named(name) if is_named_path(text, name) and not _SCHEMA.fullmatch(text)]
    assert [path for path in paths if not there_is(path)] == []
    assert name not in FOR_DEVELOPERS or len(paths) > 10


@pytest.mark.parametrize("name", PAGES)
def test_every_name_in_the_code_is_there(name: str) -> None:
    for text in named(name):
        if _NAME.fullmatch(text.partition("(")[0]):
            pkgutil.resolve_name(f"voicecoach.{text.partition('(')[0].removeprefix('voicecoach.')}")


@pytest.mark.parametrize("name", [*FOR_DEVELOPERS, "docs/engines.md"])
def test_every_class_is_there(name: str) -> None:
    code = "\n".join(path.read_text("utf-8") for path in PACKAGE.rglob("*.py"))
    classes = {text for text in named(name) if _CLASS.fullmatch(text)}
    assert {text for text in classes if not re.search(rf"^class {text}\b", code, re.MULTILINE)} == set()


@pytest.mark.parametrize("name", PAGES)
def test_every_command_is_understood(name: str) -> None:
    for line, whole in commands(name):
        try:
            parse(line, whole=whole)
        except click.UsageError as exc:
            pytest.fail(f"voicecoach {line}: {exc.format_message()}")


@pytest.mark.parametrize("name", PAGES)
def test_every_target_of_make_is_there(name: str) -> None:
    targets = re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    lines = "\n".join(_FENCE.findall(TEXTS[name])).splitlines()
    asked = [text.split()[1] for text in (*lines, *named(name)) if re.match(r"make \w", text)]
    assert [target for target in asked if target not in targets] == []


def test_the_house_is_drawn_as_the_import_linter_keeps_it() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
    layers = settings["contracts"][0]["layers"]
    (picture,) = (block for block in _FENCE.findall(TEXTS["docs/architecture.md"]) if "wiring/" in block)
    rows = picture.splitlines()
    drawn = [
        next(
            (n for n, row in enumerate(rows) if all(is_drawn(room, row) for room in layer.split(" | "))),
            layer,
        )
        for layer in layers
        if layer != "__main__"
    ]
    assert [layer for layer in drawn if isinstance(layer, str)] == []
    assert drawn == sorted(drawn)


def is_drawn(room: str, row: str) -> bool:
    """Whether a row of the picture names the room, not a part of another one."""
    return re.search(rf"(?<![\w/.]){room}(?:/|\.py)", row) is not None


@pytest.mark.parametrize(
    "line",
    ["sing", "score a.wav --loud", "prompts tri x", "history export --format NAME", "score a.wav --prompt"],
)
def test_a_command_that_there_is_not_is_found(line: str) -> None:
    with pytest.raises(click.UsageError):
        parse(line, whole=True)


def test_a_path_that_there_is_not_is_found() -> None:
    assert there_is("voicecoach/words/XX.ftl")
    assert there_is("audio/decode.py")
    assert not there_is("voicecoach/words/XX.po")
    assert not there_is("tests/verbs/")
