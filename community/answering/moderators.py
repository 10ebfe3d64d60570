"""Who looks after a thread: the moderators of its group, or those of the portal."""

from django.contrib.auth.models import Permission
from django.db.models import Q

from community.models import Membership, Thread
from people.models import User


def of(thread: Thread) -> list[int]:
    if thread.group_id:
        rows = Membership.objects.moderating().filter(group=thread.group_id, person__is_active=True)
        if found := list(rows.order_by("pk").values_list("person", flat=True)):
            return found
    return list(of_portal().values_list("pk", flat=True))


def of_portal():
    allowed = Permission.objects.filter(codename="moderate", content_type__app_label="community")
    named = Q(is_superuser=True) | Q(user_permissions__in=allowed) | Q(groups__permissions__in=allowed)
    return User.objects.filter(pk__in=User.objects.filter(named).values("pk"), is_active=True).order_by("pk")
