"""The command line: parse, call app, show; one place that turns errors into exit statuses."""
