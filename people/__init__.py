"""Members: user model, profiles, sign-up."""
