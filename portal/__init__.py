"""The site itself: settings, addresses, theme, home page, languages, health."""
