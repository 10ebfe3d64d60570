"""Writing a case study outside the admin: the short form, the deep form, files, submission."""
