"""Demonstration content: case studies, members and sign-ins of a portal that is alive, marked as demonstration."""
