"""For `make run` on one's own machine: no secrets needed, mail as files unless EMAIL_URL names a server, plain http."""

import dj_email_url

from portal import env

from .base import *  # noqa: F403
from .base import DATA_DIR

SECRET_KEY = env.SECRET_KEY or "only-for-development-never-in-production-0000000000000000000000000"
ALLOWED_HOSTS = env.ALLOWED_HOSTS or ["127.0.0.1", "localhost", "[::1]"]
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = DATA_DIR / "mail"
if env.EMAIL_URL:
    vars().update(dj_email_url.parse(env.EMAIL_URL))
PRAXIS_SERVE_MEDIA = True
