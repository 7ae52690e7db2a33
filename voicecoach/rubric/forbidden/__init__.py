"""Forbidden language: rules, and the context that lifts them."""
