"""The error tree: one root, an exit status and a code for each, message and remedy in the text."""

import pytest

from voicecoach import errors

TREE = [
    (errors.VoicecoachError, 1, "error"),
    (errors.UsageError, 2, "usage"),
    (errors.PromptFileError, 2, "prompt_file"),
    (errors.InputError, 3, "input"),
    (errors.EngineError, 4, "engine"),
    (errors.DeviceError, 4, "device"),
    (errors.StoreError, 1, "store"),
]


@pytest.mark.parametrize(("kind", "status", "code"), TREE)
def test_every_error_has_its_exit_status_and_code(
    kind: type[errors.VoicecoachError], status: int, code: str
) -> None:
    with pytest.raises(errors.VoicecoachError, match=r"^too short \(speak longer\)$") as caught:
        raise kind("plain", message="too short", remedy="speak longer")
    assert (caught.value.exit_status, caught.value.kind) == (status, code)
    assert (caught.value.message, caught.value.hint) == ("too short", "speak longer")


def test_the_table_names_every_error_of_the_tree() -> None:
    def below(kind: type[errors.VoicecoachError]) -> set[type[errors.VoicecoachError]]:
        return {kind}.union(*(below(child) for child in kind.__subclasses__()))

    ours = {kind for kind in below(errors.VoicecoachError) if kind.__module__ == errors.__name__}
    assert ours == {kind for kind, _, _ in TREE}


def test_codes_differ_and_no_failure_looks_like_success() -> None:
    assert len({code for _, _, code in TREE}) == len(TREE)
    statuses = {status for _, status, _ in TREE}
    assert errors.SCORED not in statuses
    assert errors.NOT_SCORED not in statuses


def test_without_a_hint_there_are_no_empty_brackets() -> None:
    assert str(errors.InputError("plain", message="no sound", remedy="")) == "no sound"


def test_a_prompt_file_fault_is_a_usage_fault() -> None:
    with pytest.raises(errors.UsageError, match="line 3"):
        raise errors.PromptFileError("plain", message="line 3", remedy="mend it")


def test_a_fact_of_a_megabyte_is_told_by_its_ends() -> None:
    error = errors.InputError("sound-missing", path="a" * 1_000_000 + ".wav")
    told = error.words("en")
    assert len(told) < errors.FACT_MOST + 200
    assert ".wav" in told
    assert "aaa … aaa" in told


def test_a_fact_that_is_a_message_is_told_whole() -> None:
    inner = errors.InputError("sound-missing", path="x.wav")
    outer = errors.UsageError("profile-wrong", name="n", cause=inner.told)
    assert inner.words("zh") in outer.words("zh")
