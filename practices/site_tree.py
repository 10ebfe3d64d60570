"""The pages and roles every installation has: a home page and a case study index in each language, editors and their workflow."""

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Locale,
    Page,
    Site,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from portal.languages import CODES
from portal.models import HomePage
from practices.models import CaseStudyIndex, Organisation

EDITORS = "Editors"
INDEX_SLUG = "practices"


@transaction.atomic
def ensure_site(*, name: str, hostname: str = "localhost", port: int = 80) -> None:
    """Create what is missing; run it as often as you like."""
    locales = {code: Locale.objects.get_or_create(language_code=code)[0] for code in CODES}
    root = Page.get_first_root_node()
    homes = _homes(root, locales, name)
    _indexes(homes)
    _site(homes["en"], name, hostname, port)
    _editors(homes.values())


def index_in(language: str) -> CaseStudyIndex:
    return CaseStudyIndex.objects.get(locale__language_code=language)


def _homes(root: Page, locales: dict, name: str) -> dict[str, HomePage]:
    homes = {home.locale.language_code: home for home in HomePage.objects.select_related("locale")}
    if not homes:
        _clear_welcome(root)
        root = Page.get_first_root_node()
    key = next(iter(homes.values())).translation_key if homes else None
    for code in ["en", *[code for code in CODES if code != "en"]]:
        if code not in homes:
            home = HomePage(title=name, slug=f"home-{code}", locale=locales[code])
            if key:
                home.translation_key = key
            root.add_child(instance=home)
            key = home.translation_key
            homes[code] = home
            root.refresh_from_db()
    return homes


def _clear_welcome(root: Page) -> None:
    """What Wagtail's migrations made for a site of its own kind: a page, a second group and its workflow."""
    Page.objects.filter(depth=2, slug="home").delete()
    Workflow.objects.filter(workflow_pages__page=root).delete()
    GroupApprovalTask.objects.filter(groups__name="Moderators").delete()
    Group.objects.filter(name="Moderators", user=None).delete()
    GroupPagePermission.objects.filter(group__name=EDITORS, page=root).delete()


def _indexes(homes: dict[str, HomePage]) -> None:
    have = {index.locale.language_code: index for index in CaseStudyIndex.objects.select_related("locale")}
    key = next(iter(have.values())).translation_key if have else None
    for code, home in homes.items():
        if code not in have:
            index = CaseStudyIndex(title="Practices", slug=INDEX_SLUG, locale=home.locale)
            if key:
                index.translation_key = key
            home.add_child(instance=index)
            key = index.translation_key


def _site(home: HomePage, name: str, hostname: str, port: int) -> None:
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        Site.objects.create(is_default_site=True, hostname=hostname, port=port, site_name=name, root_page=home)
    elif site.root_page_id != home.pk:
        site.root_page = home
        site.save()


def _editors(homes) -> None:
    """Editors work on everything below the home pages and approve what members submit."""
    group, _made = Group.objects.get_or_create(name=EDITORS)
    group.permissions.add(Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin"))
    for home in homes:
        for codename in ("add_page", "change_page", "publish_page", "lock_page", "unlock_page"):
            permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
            GroupPagePermission.objects.get_or_create(group=group, page=home, permission=permission)
    _parts_of_case_studies(group)
    task, _made = GroupApprovalTask.objects.get_or_create(name="An editor reads it")
    task.groups.add(group)
    workflow, _made = Workflow.objects.get_or_create(name="Editorial check")
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task, defaults={"sort_order": 0})
    for home in homes:
        WorkflowPage.objects.get_or_create(page=home, defaults={"workflow": workflow})


def _parts_of_case_studies(group: Group) -> None:
    """What editors need beside pages: organisations, images, files, translations."""
    of_organisations = ContentType.objects.get_for_model(Organisation)
    group.permissions.add(
        *Permission.objects.filter(content_type=of_organisations, codename__regex="^(add|change|view)_"),
        *Permission.objects.filter(content_type__app_label="wagtail_localize", codename="submit_translation"),
    )
    root = Collection.get_first_root_node()
    for model in (Image, Document):
        name = model._meta.model_name
        for codename in (f"add_{name}", f"change_{name}", f"choose_{name}"):
            permission = Permission.objects.get(content_type__app_label=model._meta.app_label, codename=codename)
            GroupCollectionPermission.objects.get_or_create(group=group, collection=root, permission=permission)
