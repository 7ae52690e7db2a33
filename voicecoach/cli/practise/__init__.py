"""The command practise."""
