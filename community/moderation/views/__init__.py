"""Pages of moderation: members reporting, moderators at work, whom a decision affects, outsiders with a notice."""
