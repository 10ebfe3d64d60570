"""Texts a machine translates, for readers of languages nobody has translated a thing into."""
