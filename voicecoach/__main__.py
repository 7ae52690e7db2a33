"""``python -m voicecoach`` and the ``voicecoach`` command."""


def main() -> None:
    """Run the command line."""
    from voicecoach.cli.main import cli  # noqa: PLC0415 - heavy parts load only when needed

    cli()


if __name__ == "__main__":
    main()
