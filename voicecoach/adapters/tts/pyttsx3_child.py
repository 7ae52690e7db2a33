"""What runs apart from the program, as a process of its own: one call into pyttsx3, then the end.

A JSON object on standard input, one on standard output. ``{}`` asks for the voices, ``{"text", "voice",
"rate_wpm", "path"}`` for a sound file at ``path``. The answer holds ``error`` when it failed.

pyttsx3 2.99 needs some care: its queue loses or mixes up what is set just before a text, and
``runAndWait`` returns before espeak has spoken. So properties are set on the driver itself, one text is said
in one process, and the driver's loop is run until it says that the utterance is finished.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any, Final

ESPEAK: Final = "espeak"
NSSS: Final = "nsss"


def answer(request: dict[str, Any]) -> dict[str, Any]:
    """Do what is asked."""
    import pyttsx3

    engine = pyttsx3.init()
    driver = engine.proxy._driver  # noqa: SLF001 - its public queue races with itself
    if "text" not in request:
        return {
            "driver": engine.driver_name,
            "voices": [_voice(voice) for voice in driver.getProperty("voices")],
        }
    driver.setProperty("voice", request["voice"])
    driver.setProperty("rate", request["rate_wpm"])
    driver.setProperty("volume", 1.0)
    _save(engine, driver, request["text"], request["path"])
    return {"driver": engine.driver_name}


def _save(engine: Any, driver: Any, text: str, path: str) -> None:
    faults: list[object] = []
    engine.connect("error", lambda **told: faults.append(told["exception"]))
    if engine.driver_name not in (ESPEAK, NSSS):
        driver.save_to_file(text, path)  # sapi5 returns when the file is written
        return
    if engine.driver_name == NSSS:
        # espeak's loop ends by itself, and must not be ended from its own thread
        engine.connect("finished-utterance", lambda **_: engine.endLoop())
    engine.save_to_file(text, path)
    engine.startLoop()
    if faults:
        raise RuntimeError(str(faults[0]))


def _voice(voice: Any) -> dict[str, Any]:
    languages = [
        language.decode("utf-8", "ignore").strip("\x05\x02\x00")
        if isinstance(language, bytes)
        else str(language)
        for language in voice.languages or ()
    ]
    return {"id": voice.id, "name": voice.name, "languages": languages, "gender": voice.gender or ""}


def main() -> None:
    """Read the request, answer, and leave without any clean-up (drivers hang and crash in theirs)."""
    out = os.dup(1)
    os.dup2(2, 1)  # drivers print
    request = json.loads(sys.stdin.buffer.read())
    try:
        made = answer(request)
    except Exception as exc:  # noqa: BLE001 - whatever a driver raises is told to the parent
        made = {"error": f"{type(exc).__name__}: {exc}"}
    os.write(out, json.dumps(made).encode())
    os._exit(0)


if __name__ == "__main__":
    main()
