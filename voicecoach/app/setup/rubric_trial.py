"""A rubric tried on written answers, before anybody has to speak."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from voicecoach.app.setup.typed_dialogue import parse_dialogue
from voicecoach.documents.assessment import encode_coverage
from voicecoach.documents.checked import parsed
from voicecoach.errors import SCORED, EngineError, UsageError, VoicecoachError
from voicecoach.rubric.text.conversation import Conversation
from voicecoach.rubric.text.spoken import SpokenText
from voicecoach.words.visible import whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from voicecoach.model.assessment import Coverage
    from voicecoach.model.prompt import Prompt
    from voicecoach.model.transcript import Language
    from voicecoach.ports import PromptLibrary
    from voicecoach.rubric.engine import RubricEngine

Json = dict[str, Any]
MAX_CHARS: Final = 20_000
"""Characters of an answer, and of each side of a dialogue: what is said in an hour."""


class RubricTrial:
    """Rubric and forbidden language on written answers; ``engine`` is asked for when it is needed."""

    def __init__(
        self, library: PromptLibrary, engine: Callable[[], RubricEngine], *, language: Language
    ) -> None:
        self._library, self._engine, self._language = library, engine, language

    def answer(self, prompt_id: str, text: str) -> tuple[Prompt, Coverage]:
        """The prompt and its coverage by ``text``. Raises UsageError, EngineError."""
        prompt = self._prompt(prompt_id)
        if not text.strip():
            raise UsageError("trial-empty")
        _check_length(text, MAX_CHARS)
        spoken = SpokenText.from_text(text)
        return prompt, self._engine().judge(prompt, spoken, language=self._language)[1]

    def dialogue(self, prompt_id: str, text: str) -> tuple[Prompt, Coverage]:
        """The same by the agent's side of a typed dialogue. Raises UsageError, EngineError."""
        prompt = self._prompt(prompt_id)
        _check_length(text, 2 * MAX_CHARS)
        conversation = Conversation.typed(parse_dialogue(text))
        _, coverage = self._engine().judge(
            prompt, conversation.agent.spoken, language=self._language, conversation=conversation
        )
        return prompt, coverage

    def rows(self, text: str, prompt_id: str | None) -> Iterator[tuple[Json, int]]:
        """One document and exit status a line of ``text``, each a JSON object with an answer.

        A line that cannot be used gives its ``error`` and stops nothing. ``prompt_id`` is for lines that name
        no prompt. Raises EngineError: no other line would fare better.
        """
        for number, line in enumerate(text.split("\n"), start=1):  # JSON may hold other ends of a line
            if not line.strip():
                continue
            document: Json = {}
            status = SCORED
            try:
                row = _row(line, number)
                document |= {key: row[key] for key in ("id",) if key in row}
                wanted = row.get("prompt", prompt_id)
                if not isinstance(wanted, str):
                    raise UsageError("trial-row-without-prompt", line=number)
                document |= encode_coverage(self.answer(wanted, whole(row["text"]))[1])
            except EngineError:
                raise
            except VoicecoachError as exc:
                status = exc.exit_status
                error = {"code": exc.kind, "message": exc.message, "hint": exc.hint}
                document |= {"line": number, "error": error}
            yield document, status

    def _prompt(self, prompt_id: str) -> Prompt:
        """The prompt; its plain points must have exemplars in the language, rules without words drop out."""
        prompt = self._library.prompt(prompt_id)
        missing = [
            point.id
            for point in prompt.points
            if point.rule is None and not point.exemplars.get(self._language)
        ]
        if missing:
            raise UsageError(
                "trial-no-exemplars",
                prompt=repr(prompt.id),
                language=repr(self._language),
                points=", ".join(missing),
            )
        return prompt


def _check_length(text: str, most: int) -> None:
    if len(text) > most:
        raise UsageError("text-long", n=len(text), most=most)


def _row(line: str, number: int) -> Json:
    try:
        row = parsed(line)
    except ValueError as exc:  # no JSON, a number of 5,000 digits, lists without end
        cause = getattr(exc, "msg", None) or str(exc)
        raise UsageError("trial-row-no-json", line=number, cause=cause) from exc
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        raise UsageError("trial-row-without-text", line=number)
    return row
