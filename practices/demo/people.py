"""The members of the demonstration: one sign-in for each role, and the authors."""

import secrets

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.models import Group

from people.models import User
from practices.site_tree import EDITORS
from vocabularies.models import Concept

DOMAIN = "demo.invalid"  # a domain that can't exist: no mail ever leaves for it

# Who writes in which language: a name usual there, the role, the country of the organisation.
AUTHORS = {
    "bg": ("Елена Маринова", "educator", "BG"),
    "cs": ("Jana Horáková", "school-leader", "CZ"),
    "da": ("Mette Lindholm", "educator", "DK"),
    "de": ("Katrin Vogel", "trainer", "DE"),
    "el": ("Μαρία Σταύρου", "educator", "GR"),
    "en": ("Aoife Brennan", "researcher", "IE"),
    "es": ("Lucía Ferrer", "educator", "ES"),
    "et": ("Kadri Lepik", "school-leader", "EE"),
    "fi": ("Sanna Koskela", "educator", "FI"),
    "fr": ("Claire Vasseur", "trainer", "FR"),
    "ga": ("Sorcha Ní Laoi", "educator", "IE"),
    "hr": ("Ivana Matić", "educator", "HR"),
    "hu": ("Réka Bodnár", "educator", "HU"),
    "it": ("Giulia Moretti", "school-leader", "IT"),
    "lt": ("Rasa Petraitė", "educator", "LT"),
    "lv": ("Inese Kalniņa", "educator", "LV"),
    "mt": ("Graziella Farrugia", "educator", "MT"),
    "nl": ("Femke de Wit", "trainer", "NL"),
    "pl": ("Agnieszka Wrona", "educator", "PL"),
    "pt": ("Teresa Valadares", "educator", "PT"),
    "ro": ("Ioana Stănescu", "educator", "RO"),
    "sk": ("Zuzana Krajčová", "school-leader", "SK"),
    "sl": ("Maja Zupan", "educator", "SI"),
    "sv": ("Elin Sandberg", "researcher", "SE"),
}
SIGN_INS = {
    "educator": ("Teresa Valadares", "educator", "pt"),
    "editor": ("Bram Maes", "other", "nl"),
    "ministry": ("Liis Tamm", "policy-officer", "et"),
    "admin": ("Office", "other", "en"),
}


def make() -> dict[str, User]:
    """Authors by language, and "editor". Passwords of the four sign-ins are new for each installation and kept in a file."""
    lines, people = [], {}
    for role, (name, occupation, language) in SIGN_INS.items():
        password = secrets.token_urlsafe(9)
        person = _member(f"{role}@{DOMAIN}", name, occupation, language, "PT" if role == "educator" else "")
        person.set_password(password)
        person.is_superuser = person.is_staff = role == "admin"
        person.save()
        if role == "editor":
            person.groups.add(Group.objects.get(name=EDITORS))
        people[role] = person
        lines.append(f"  {role:9} {person.email:24} {password}")
    for language, (name, occupation, country) in AUTHORS.items():
        people[language] = (
            people["educator"]
            if language == "pt"
            else _member(f"{language}@{DOMAIN}", name, occupation, language, country)
        )
    _keep(lines)
    return people


def _member(email: str, name: str, role: str, language: str, country: str) -> User:
    person = User.objects.filter(email=email).first() or User.objects.create_user(email)
    person.name, person.role, person.language = name, role, language
    person.languages = list(dict.fromkeys([language, "en"]))
    person.country = Concept.objects.of("country").filter(notation=country).first()
    person.adult_confirmed_at = person.date_joined
    person.save()
    EmailAddress.objects.get_or_create(user=person, email=email, defaults={"verified": True, "primary": True})
    return person


def _keep(lines: list[str]) -> None:
    path = settings.DATA_DIR / "demo-logins.txt"
    path.touch(mode=0o600)
    path.write_text("Sign in to the demonstration as:\n" + "\n".join(lines) + "\n", encoding="utf-8")
