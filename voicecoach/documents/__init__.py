"""What is written down, and read again by another version: one codec a document, each with its version."""
