"""Threads and posts: discussions, questions, clinics, written discussions."""
