"""Who moderates the whole community: a role every installation has, given to people in the admin."""

from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db.models.signals import post_migrate
from django.dispatch import receiver

MODERATORS = "Community moderators"


@receiver(post_migrate)
def ensure_moderators(app_config, using, **_kwargs) -> None:
    """After each migration of the package; what is there stays."""
    if app_config.label != "community":
        return
    create_permissions(app_config, verbosity=0, using=using)
    wanted = Permission.objects.using(using).filter(
        content_type__app_label__in=("community", "wagtailadmin"), codename__in=("moderate", "access_admin")
    )
    group, _made = Group.objects.using(using).get_or_create(name=MODERATORS)
    group.permissions.add(*wanted)
