"""``python -m voicecoach`` and the ``voicecoach`` command."""

import os


def main() -> None:
    """Run the command line."""
    # Matrix products of several threads round differently, and the recogniser's words follow the last digit
    # of its spectra: with one thread the same recording gets the same words on any number of cores.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from voicecoach.cli.main import cli

    cli()


if __name__ == "__main__":
    main()
