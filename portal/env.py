"""Every value Praxis takes from the environment, read here and nowhere else (docs/operating.md lists them)."""

import os
from email.utils import parseaddr
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


def flag(name: str, default: bool = False) -> bool:
    return text(name, "yes" if default else "no").lower() in {"1", "yes", "true", "on"}


def words(name: str, default: str = "") -> list[str]:
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def number(name: str, default: int) -> int:
    value = text(name, str(default))
    if not value.isdigit():
        raise SystemExit(f"{name}={value!r} is not a whole number. Set it to a number, for example {name}={default}.")
    return int(value)


DATA = Path(text("PRAXIS_DATA", str(ROOT / "var"))).expanduser().absolute()
DATABASE_URL = text("DATABASE_URL", f"sqlite:///{DATA / 'praxis.sqlite3'}")
SEARCH_URL = text("SEARCH_URL", "embedded://")
SEARCH_CA = text("SEARCH_CA")  # the certificate authority of an Elasticsearch cluster
SEARCH_VECTORS = text("SEARCH_VECTORS")  # the class of a vector model, for Elasticsearch
TRANSLATOR = text("TRANSLATOR")  # the class of a translation provider
TRANSLATE_INTO = words("TRANSLATE_INTO")  # languages it translates into; all, where none are named
SEARCH_SHARDS = number("SEARCH_SHARDS", 1)
SEARCH_REPLICAS = number("SEARCH_REPLICAS", 1)
PORT = number("PORT", 8000)
WORKERS = number("WORKERS", 2)
SECRET_KEY = text("SECRET_KEY")
BASE_URL = text("BASE_URL", f"http://127.0.0.1:{PORT}")
ALLOWED_HOSTS = words("ALLOWED_HOSTS")
EMAIL_URL = text("EMAIL_URL")
EMAIL_FROM = text("EMAIL_FROM", "Praxis <no-reply@localhost>")
MAIL_REPLY_ADDRESS = text("MAIL_REPLY_ADDRESS")  # where answers to mails go; with a plus sign and a token before the @
MAIL_REPLY_IMAP = text("MAIL_REPLY_IMAP")  # the mailbox that is looked through for them
CONTACT = text("CONTACT", parseaddr(EMAIL_FROM)[1])  # who answers about accessibility, privacy and images
SITE_NAME = text("SITE_NAME", "Praxis")
FACETS_FILE = text("FACETS_FILE")
TRUSTED_PROXIES = number("TRUSTED_PROXIES", 0)
CHROMIUM = text("CHROMIUM", "/usr/bin/chromium")
