"""A post in another language, where the operator has named a provider of translations: made once, labelled, the original one click away."""

import hashlib
import logging

from django.utils import timezone

from community.models import Post
from community.threads.rendering import rendered
from search.translating.provider import translator

log = logging.getLogger(__name__)


class NotTranslated(Exception):
    """The provider can't do it now."""


def is_possible() -> bool:
    return translator() is not None


def translated(post: Post, language: str) -> dict:
    """{"html", "engine", "at", "hash"}; asked for once for each text and language. Raises NotTranslated."""
    digest = hashlib.sha256(post.source.encode()).hexdigest()[:32]
    kept = post.translations.get(language)
    if kept and kept["hash"] == digest:
        return kept
    provider = translator()
    if provider is None:
        raise NotTranslated
    try:
        text = "\n".join(provider.translate(post.source.split("\n"), post.language, language))
    except Exception as error:  # whatever it is, the original is there
        log.warning("%s could not translate a post: %s", provider.name, error)
        raise NotTranslated from error
    made = {
        "html": rendered(text, None).html,
        "engine": provider.name,
        "at": timezone.now().isoformat(),
        "hash": digest,
    }
    post.translations[language] = made
    Post.objects.filter(pk=post.pk).update(translations=post.translations)
    return made
