"""The portal's own words in 24 languages: found in the sources, kept in locale/, checked and compiled without gettext's binaries."""
