"""Trust and moderation: flags, decisions with their reasons, complaints, limits for new members."""
