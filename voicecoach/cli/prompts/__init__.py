"""The command prompts."""
