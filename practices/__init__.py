"""Case studies: writing, publishing, importing, reading."""
