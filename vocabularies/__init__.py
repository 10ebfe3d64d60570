"""Concept schemes in 24 languages: success factors, levels, countries, topics and whatever an operator loads."""
