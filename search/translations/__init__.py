"""Words of one language for words of another, learned from texts that say the same."""
