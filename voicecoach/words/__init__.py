"""All words that people read: one catalogue, a file a language, looked up by code.

``zh.ftl`` and ``en.ftl`` are `Fluent <https://projectfluent.org>`_ files with the same codes; a third
language is a third file. :func:`~voicecoach.words.catalogue.word` gives the words of a code in the
reader's language.
"""
