"""Demonstration content: groups, threads, events and partner offers of a community that has lived for a year."""
