"""Answers by mail: signed addresses, what a mail says, and posting it."""
