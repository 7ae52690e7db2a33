"""Personal data hidden in results."""
