"""What is killed, and what must not be lost by it."""
