"""Making an answer likely: whom to ask, who takes a question on, what is still unanswered."""
