"""Results against a person's marks."""
