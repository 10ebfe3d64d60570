"""Partner search: offers and requests that expire, matches, contact without showing addresses."""
