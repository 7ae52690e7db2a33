"""Personal data in spoken text."""
