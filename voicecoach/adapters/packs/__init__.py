"""Prompt packs and scoring profiles: YAML files in, checked values out."""
