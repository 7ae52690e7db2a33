"""One view model, several renderers: terminal, HTML, JSON."""
