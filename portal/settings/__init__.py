"""Settings: base holds what all share; dev, test and production differ from it in few lines."""
