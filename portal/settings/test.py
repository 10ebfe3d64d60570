"""For the tests: fast password hashes, mail in memory, local cache."""

from portal import env

from .base import *  # noqa: F403
from .base import DATABASES

SECRET_KEY = "test-only-000000000000000000000000000000000000000000000000000000"
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "test"},
    "renditions": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "renditions"},
}
# Tests of other things write as much as they need; those of the limits set their own.
PRAXIS_NEW_MEMBERS = PRAXIS_MEMBERS = {"posts": 1000, "threads": 1000, "a_minute": 1000, "mentions": 100}
PRAXIS_SERVE_MEDIA = True
WHITENOISE_AUTOREFRESH = True
if DATABASES["default"]["ENGINE"].endswith("sqlite3") and not env.text("DATABASE_URL"):
    DATABASES["default"]["NAME"] = ":memory:"
