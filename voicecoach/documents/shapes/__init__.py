"""The shapes of the documents, which msgspec reads and writes."""
