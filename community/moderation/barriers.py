"""Members keeping other members away."""

from django.utils.translation import gettext as _

from community.models import Barrier
from community.moderation.deciding import NotNow
from people.models import User


def put(by: User, against: User, kind: str) -> Barrier:
    """Muted or blocked; the later choice counts."""
    if by.pk == against.pk:
        raise NotNow(_("That is you."))
    row, _is_new = Barrier.objects.update_or_create(by=by, against=against, defaults={"kind": kind})
    return row


def remove(by: User, against_id: int) -> None:
    Barrier.objects.filter(by=by, against=against_id).delete()
