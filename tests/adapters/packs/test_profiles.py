"""Profiles: the shipped ones, a file of the user's over them, and every fault with its message."""

# ruff: noqa: E501 - the table of faults has one a line

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from voicecoach.adapters.packs import profiles
from voicecoach.adapters.packs.profiles import load_profile, profile_names
from voicecoach.errors import UsageError
from voicecoach.model.assessment import Band

if TYPE_CHECKING:
    from pathlib import Path

    from voicecoach.model.profile import TargetBand
    from voicecoach.model.transcript import Language

LANGUAGES: tuple[Language, ...] = ("zh", "en")
OWN = """\
schema: voicecoach.profiles/1
defaults:
  bands:
    pause_rate: {green: [null, 12], amber: [null, 20], source: our house}
profiles:
  counter:
    title: {zh: 柜台}
    weights: {coverage: 80, measurements: {agitation: 10, politeness: 3}}
    bands:
      politeness: {green: [2, null], amber: [1, null], source: our house}
    advice:
      politeness.low: {zh: "请多用敬语（{value}）。"}
    languages:
      zh:
        bands:
          speech_rate: {green: [140, 200], amber: [120, 220], source: our house}
      en:
        bands:
          speech_rate: {green: [90, 140], amber: [80, 160], source: our house}
"""


def written(folder: Path, text: str) -> str:
    path = folder / "own.yaml"
    path.write_text(text, "utf-8")
    return f"{path}:counter"


def test_the_shipped_profiles() -> None:
    assert profile_names() == ("interview", "deescalation", "broadcast")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", profile_names())
def test_every_shipped_profile_is_whole(name: str, language: Language) -> None:
    profile = load_profile(name, language)
    assert profile.name == name
    assert profile.language == language
    assert set(profile.title) == set(LANGUAGES)
    banded: dict[str, Band | TargetBand] = {**profile.bands, **profile.target_bands}
    assert {figure for figure, worth in profile.weights.measurements.items() if worth} <= set(banded)
    assert all(band.source for band in banded.values())
    assert profile.weights.coverage > sum(profile.weights.measurements.values())


@pytest.mark.parametrize(
    ("name", "language", "green", "amber"),
    [
        ("interview", "zh", (150, 260), (120, 300)),
        ("deescalation", "zh", (120, 210), (100, 255)),
        ("broadcast", "zh", (190, 290), (150, 320)),
        ("interview", "en", (105, 175), (85, 195)),
    ],
)
def test_speech_rate_is_banded_as_the_table_of_the_benchmarks_has_it(
    name: str, language: Language, green: tuple[float, float], amber: tuple[float, float]
) -> None:
    band = load_profile(name, language).bands["speech_rate"]
    assert (band.green, band.amber) == (green, amber)


@pytest.mark.parametrize(
    ("language", "figure", "measured"),
    [
        ("zh", "pitch_variety", (1.00, 1.54, 2.33)),  # read utterances
        ("zh", "pitch_variety", (1.44, 1.67, 1.82)),  # takes of one reader
        ("zh", "pitch_variety", (1.8, 2.5, 3.2)),  # other speakers
        ("zh", "pitch_variety", (3.62, 4.31, 4.98)),  # acted neutral takes
        ("zh", "speech_rate", (158.8, 173.3, 183.7)),
        ("zh", "speech_rate", (248.8, 250.1, 251.4)),
        ("zh", "pause_rate", (13.3, 15.9, 18.6)),
        ("zh", "phonation_time_ratio", (0.76, 0.80, 0.85)),
        ("zh", "mean_length_of_run", (7.8, 10.8, 14.5)),
        ("zh", "agitation", (-0.28, -0.02, 0.27)),
        ("zh", "talk_share", (0.25, 0.50, 0.75)),
        ("en", "pitch_variety", (1.01, 1.15, 2.05)),
        ("en", "speech_rate", (147.7, 159.8, 171.9)),
        ("en", "pause_rate", (14.5, 21.1, 27.2)),
        ("en", "mean_length_of_run", (7.2, 8.8, 16.2)),
    ],
)
def test_ordinary_people_are_green(language: Language, figure: str, measured: tuple[float, ...]) -> None:
    """5th, 50th and 95th percentile of human recordings, as ``bench_bands.py`` measures them."""
    band = load_profile("interview", language).bands[figure]
    assert [band.verdict(value) for value in measured] == ["green"] * len(measured)


def test_a_flat_voice_is_still_told() -> None:
    band = load_profile("interview", "zh").bands["pitch_variety"]
    assert [band.verdict(value) for value in (0.3, 0.7)] == ["red", "amber"]


def test_a_language_changes_its_bands_and_sentences_only() -> None:
    mandarin, english = load_profile("interview", "zh"), load_profile("interview", "en")
    assert mandarin.bands["pitch_variety"].green == (0.9, 5.5)
    assert english.bands["pitch_variety"].green == (0.9, None)
    assert mandarin.bands["longest_pause"] == english.bands["longest_pause"]
    assert mandarin.weights == english.weights


def test_a_file_of_the_users_names_only_what_it_changes(tmp_path: Path) -> None:
    profile = load_profile(written(tmp_path, OWN), "zh")
    shipped = load_profile("interview", "zh")
    assert profile.name == "counter"
    assert profile.title == {"zh": "柜台"}
    assert profile.bands["speech_rate"] == Band((140.0, 200.0), (120.0, 220.0), "our house")
    assert profile.bands["pause_rate"].green == (None, 12.0)
    assert profile.bands["politeness"].green == (2.0, None)
    assert profile.bands["agitation"] == shipped.bands["agitation"]
    assert profile.weights.coverage == 80.0
    assert profile.weights.order == shipped.weights.order
    assert profile.weights.measurements == {
        **shipped.weights.measurements,
        "agitation": 10.0,
        "politeness": 3.0,
    }
    assert profile.advice == {**shipped.advice, "politeness.low": {"zh": "请多用敬语（{value}）。"}}
    assert load_profile(written(tmp_path, OWN), "en").bands["speech_rate"].green == (90.0, 140.0)


def test_an_edited_file_counts_at_once(tmp_path: Path) -> None:
    load_profile(written(tmp_path, OWN), "zh")
    changed = OWN.replace("coverage: 80", "coverage: 70")
    assert load_profile(written(tmp_path, changed), "zh").weights.coverage == 70.0


def test_the_shipped_file_is_read_once() -> None:
    assert profiles._shipped() is profiles._shipped()


@pytest.mark.parametrize("name", ["nosuch", "typo:interview", "", "interview:"])
def test_an_unknown_profile_names_the_known_ones(name: str) -> None:
    with pytest.raises(UsageError, match=rf"no profile is called '{name}' \(one of interview, deesc"):
        load_profile(name, "zh")


def test_a_file_without_a_name_asks_which(tmp_path: Path) -> None:
    file_name = written(tmp_path, OWN).removesuffix(":counter")
    with pytest.raises(
        UsageError, match=r"is a file of profiles, not a profile \(say which: .*own.yaml:NAME"
    ):
        load_profile(file_name, "zh")
    with pytest.raises(UsageError, match=r"no profile is called 'other' \(one of counter\)"):
        load_profile(f"{file_name}:other", "zh")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"cannot read the profiles in .*gone\.yml.*No such file"):
        load_profile(f"{tmp_path / 'gone.yml'}:counter", "zh")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("a: [", "cannot read the profiles in .*own.yaml"),
        ("- one\n- two\n", "is no file of profiles.*schema: voicecoach.profiles/1"),
        ("", "is no file of profiles"),
        ("schema: voicecoach.prompts/1\nprofiles: {}\n", "is no file of profiles"),
        ("schema: voicecoach.profiles/1\n", "profiles must be keys with values, got None"),
        ("schema: voicecoach.profiles/1\nprofiles: [counter]\n", r"profiles must be keys with values"),
        (
            "schema: voicecoach.profiles/1\nprofiles: {}\nprofile: {}\n",
            "the file has no key 'profile'; it takes",
        ),
        (
            "schema: voicecoach.profiles/1\nprofiles: {1: {}}\n",
            r"no profile is called 'counter' \(one of 1\)",
        ),
    ],
)
def test_a_file_that_is_none_of_profiles(text: str, fault: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=fault):
        load_profile(written(tmp_path, text), "zh")


def test_a_file_that_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_bytes(b"schema: \xff\xfe")
    with pytest.raises(UsageError, match="cannot read the profiles"):
        load_profile(f"{tmp_path / 'own.yaml'}:counter", "zh")


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ("  counter:", "  counter: 3\n  rest:", "counter must be keys with values, got 3"),
        ("title: {zh: 柜台}", "title: 柜台", "counter.title must be keys with values, got '柜台'"),
        ("    title: {zh: 柜台}\n", "", "counter.title must be keys with values, got None"),
        ("{zh: 柜台}", "{zh: 3}", "counter.title.zh must be a text, got 3"),
        ("{zh: 柜台}", "{tlh: raS}", "counter.title has no key 'tlh'; it takes .*en, zh"),
        ("    bands:\n      politeness", "    band:\n      politeness", "counter has no key 'band'; it takes"),
        ("[2, null]", "[2]", r"counter.bands.politeness.green must be \[low, high\], got \[2\]"),
        ("[2, null]", "2", r"counter.bands.politeness.green must be \[low, high\], got 2"),
        ("[2, null]", "[two, null]", "politeness.green must be a number, got 'two'"),
        ("[2, null]", "[.nan, null]", "politeness.green must be a number, got nan"),
        ("[2, null]", "[true, null]", "politeness.green must be a number, got True"),
        ("[2, null]", "[2, 1]", "counter.bands.politeness: amber must enclose green"),
        ("amber: [1, null]", "amber: [3, null]", "counter.bands.politeness: amber must enclose green"),
        (", source: our house}\n    advice", "}\n    advice", "counter.bands.politeness has no source"),
        ("source: our house}\n    advice", "source: 1}\n    advice", "politeness.source must be a text, got 1"),
        ("{green: [2, null]", "{gren: [2, null]", "counter.bands.politeness has no key 'gren'"),
        ("coverage: 80", "coverage: much", "counter.weights.coverage must be a number, got 'much'"),
        ("coverage: 80", "coverage: -1", "the weight of coverage must be finite and not negative, got -1"),
        ("coverage: 80", "maybe_ratio: 2", "maybe_ratio must lie in 0..1, got 2"),
        ("coverage: 80", "cover: 80", "counter.weights has no key 'cover'; it takes amber_ratio, coverage"),
        ("politeness: 3}", "politness: 3}", "a weight needs a band: politness"),
        ("agitation: 10", "agitation: [10]", r"counter.weights.measurements.agitation must be a number"),
        ("    pause_rate", "    pause_rates", "defaults.bands has no key 'pause_rates'; it takes agitation, answer_length, articulation_rate"),
        ("politeness.low:", "politeness.lower:", r"advice.politeness.lower belongs to no band's .low or .high"),
        ("politeness.low:", "politness.low:", "advice.politness.low belongs to no band"),
        ("{value}", "{figure}", r"counter.advice.politeness.low: only \{value\}, .* got '请多用敬语"),
        ("（{value}）", "}", "only .* can be filled in"),
        ('{zh: "请多用敬语（{value}）。"}', "请", "counter.advice.politeness.low must be keys with values, got '请'"),
        ("      en:", "      fr:", "counter.languages has no key 'fr'; it takes en, zh"),
        ("defaults:\n", "defaults:\nrest:\n", "the file has no key 'rest'"),
        ("  bands:\n    pause_rate", "  languages:\n    pause_rate", "defaults.languages has no key 'pause_rate'"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_the_key_that_leads_there(
    before: str, after: str, fault: str, tmp_path: Path
) -> None:
    assert OWN.count(before) == 1
    with pytest.raises(UsageError, match=fault) as caught:
        load_profile(written(tmp_path, OWN.replace(before, after)), "zh")
    assert caught.value.hint == "compare it with voicecoach/scoring/profiles.yaml"


TARGET = "answer_length: {amber_of_target: [0.5, 2], source: our house}"


def test_a_band_of_the_prompts_target_is_filled_in_by_the_prompt(tmp_path: Path) -> None:
    profile = load_profile(
        written(tmp_path, OWN.replace("    bands:\n", f"    bands:\n      {TARGET}\n", 1)), "zh"
    )
    assert "answer_length" not in profile.bands
    aimed = profile.for_target((30.0, 70.0))
    assert aimed.bands["answer_length"] == Band((30.0, 70.0), (15.0, 140.0), "our house")


def test_fixed_limits_of_the_users_go_before_the_prompts_target(tmp_path: Path) -> None:
    fixed = "answer_length: {green: [20, 40], amber: [10, 80], source: our house}"
    profile = load_profile(
        written(tmp_path, OWN.replace("    bands:\n", f"    bands:\n      {fixed}\n", 1)), "zh"
    )
    assert profile.for_target((30.0, 60.0)).bands["answer_length"].green == (20.0, 40.0)


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ("[0.5, 2]", "[null, 2]", r"answer_length.amber_of_target must be \[low, high\], got \[None, 2\]"),
        ("[0.5, 2]", "[1.5, 2]", "answer_length: amber must be a share of the shortest"),
        ("[0.5, 2]", "[0.5, 0.9]", "answer_length: amber must be a share of the shortest"),
        (", source: our house", "", "answer_length.source must be a text"),
        (", source", ", green: [1, 2], source", "answer_length has no key 'green'"),
    ],
)
def test_a_fault_in_a_band_of_the_target_is_told(before: str, after: str, fault: str, tmp_path: Path) -> None:
    band = TARGET.replace(before, after)
    text = OWN.replace("    bands:\n", f"    bands:\n      {band}\n", 1)
    with pytest.raises(UsageError, match=fault):
        load_profile(written(tmp_path, text), "zh")


def test_texts_may_be_in_a_further_language_of_the_catalogue(tmp_path: Path, brackets: str) -> None:
    text = OWN.replace("{zh: 柜台}", f"{{zh: 柜台, {brackets}: counter}}").replace(
        '。"}', f'。", {brackets}: Bow}}'
    )
    profile = load_profile(written(tmp_path, text), "zh")
    assert profile.title[brackets] == "counter"
    assert profile.advice["politeness.low"][brackets] == "Bow"


def test_an_empty_section_is_told_and_not_a_crash(tmp_path: Path) -> None:
    text = "schema: voicecoach.profiles/1\ndefaults:\nprofiles: {counter: {title: {zh: 柜台}}}\n"
    with pytest.raises(UsageError, match="defaults must be keys with values, got None"):
        load_profile(written(tmp_path, text), "zh")


BOMB = "title: {a: &a [1, 1, 1, 1, 1, 1, 1, 1, 1], " + ", ".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]"
    for before, name in zip("abcdef", "bcdefg", strict=True)
)
BOMB += "}"


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ("coverage: 80", "coverage: 1.0e+308", r"weights.coverage must lie within ±1e\+09, got 1e\+308"),
        ("coverage: 80", "coverage: " + "9" * 400, "weights.coverage must be a number, got inf"),
        ("coverage: 80", "coverage: " + "9" * 5000, "weights.coverage must be a number, got inf"),
        ("coverage: 80", "coverage: .inf", "weights.coverage must be a number, got inf"),
        ("coverage: 80", "coverage: 1:30", "weights.coverage must be a number, got '1:30'"),
        ("coverage: 80", "coverage: 010", "weights.coverage must be a number, got '010'"),
        ("coverage: 80", "coverage: !!bool hello", "own.yaml:8: 'hello' is no bool"),
        ("coverage: 80", "coverage: !!int ''", "own.yaml:8: '' is no int"),
        ("coverage: 80", "coverage: !!timestamp soon", "own.yaml:8: the tag timestamp is not allowed"),
        ("coverage: 80", "coverage: 80, coverage: 70", "own.yaml:8: this key stands twice"),
        ("coverage: 80", "coverage: " + "[" * 30_000, "own.yaml:8: nested deeper than 20 levels"),
        ("[2, null]", "[-1.0e+300, null]", "politeness.green must lie within"),
        ("title: {zh: 柜台}", "title: &t {zh: *t}", r"own.yaml:7: \*t stands inside of &t"),
        (
            "title: {zh: 柜台}",
            BOMB,
            "own.yaml:7: it holds more than 100000 values",
        ),
    ],
)
def test_a_profile_that_would_grow_or_overflow_is_one_line(
    before: str, after: str, fault: str, tmp_path: Path
) -> None:
    with pytest.raises(UsageError, match=fault) as caught:
        load_profile(written(tmp_path, OWN.replace(before, after)), "zh")
    assert len(caught.value.words("zh").splitlines()) == 1


@pytest.mark.parametrize("name", ["/dev/zero", "/dev/null", "~nosuchuser/own.yaml", "a\0.yaml", "x" * 5000])
def test_a_profile_in_no_ordinary_file_is_told(name: str, tmp_path: Path) -> None:
    link = tmp_path / "own.yaml"
    if name.startswith("/dev"):
        link.symlink_to(name)
    with pytest.raises(UsageError, match=r"cannot read the profiles|there is no such user"):
        load_profile(f"{link if link.is_symlink() else name.removesuffix('.yaml') + '.yaml'}:counter", "zh")
