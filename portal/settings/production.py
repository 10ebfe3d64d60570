"""For a real installation: everything secret or local comes from the environment, and a missing value stops the start."""

import dj_email_url
from django.core.exceptions import ImproperlyConfigured

from portal import env

from .base import *  # noqa: F403

for name, example in (
    ("SECRET_KEY", "50 random characters: python3 -c 'import secrets; print(secrets.token_urlsafe(50))'"),
    ("ALLOWED_HOSTS", "praxis.example.org"),
    ("BASE_URL", "https://praxis.example.org"),
    ("EMAIL_URL", "smtp+tls://user:password@mail.example.org:587"),
):
    if not env.text(name):
        raise ImproperlyConfigured(f"Set {name} in the environment, for example to {example}")

vars().update(dj_email_url.parse(env.EMAIL_URL))
CSRF_TRUSTED_ORIGINS = [env.BASE_URL]
USE_HTTPS = env.BASE_URL.startswith("https://")
SECURE_SSL_REDIRECT = USE_HTTPS
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SECURE_HSTS_SECONDS = 63_072_000 if USE_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = USE_HTTPS
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = USE_HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.TRUSTED_PROXIES else None
