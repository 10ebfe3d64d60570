"""Images and files in the writing form: what is there can be described or taken out, one new one of each added at a time."""

from django import forms
from django.db.models import prefetch_related_objects
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from people.models import User
from portal.languages import LANGUAGES
from practices import uploads
from practices.models import Attachment, CaseStudy, CaseStudyImage
from practices.writing import concept_fields
from vocabularies.models import Concept

MOST = 12  # of each


class NewImageForm(forms.Form):
    marks_optional = False

    image = forms.FileField(
        label=_l("Add an image"),
        required=False,
        help_text=_l("JPEG, PNG, WebP or GIF, at most 10 MB. Where it was taken is removed."),
    )
    alt = forms.CharField(
        label=_l("What the image shows"), max_length=250, required=False, help_text=_l("For readers who can't see it.")
    )
    caption = forms.CharField(label=_l("Caption"), max_length=250, required=False)

    def clean_image(self):
        upload = self.cleaned_data["image"]
        return uploads.image(upload) if upload else None

    def clean(self):
        data = super().clean()
        if data.get("image") and not data.get("alt"):
            self.add_error("alt", _("Say in one sentence what the image shows, then choose the image again."))
        return data


class NewFileForm(forms.Form):
    marks_optional = False

    file = forms.FileField(
        label=_l("Add a file"),
        required=False,
        help_text=_l("PDF, Word, Excel, PowerPoint, OpenDocument, text or CSV, at most 10 MB."),
    )
    title = forms.CharField(label=_l("Title"), max_length=160, required=False)
    language = forms.ChoiceField(label=_l("Language"), choices=[("", "—"), *LANGUAGES], required=False)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["origin"] = concept_fields.menu(
            "origin", get_language(), label=_l("Origin"), help_text=_l("Where do the rights in it come from?")
        )
        self.fields["licence"] = concept_fields.menu("licence", get_language(), label=_l("Licence"))

    def clean_file(self):
        upload = self.cleaned_data["file"]
        return uploads.document(upload) if upload else None

    def clean(self):
        data = super().clean()
        if data.get("file"):
            for name in ("origin", "licence"):
                if not data.get(name):
                    self.add_error(name, _("Choose one, then choose the file again."))
        return data


def add_image(page: CaseStudy, form: NewImageForm, by: User) -> None:
    data = form.cleaned_data
    if data["image"] and page.images.count() < MOST:
        kept = uploads.keep_image(data["image"], by=by)
        page.images.add(CaseStudyImage(image=kept, alt=data["alt"], caption=data["caption"]))


def add_file(page: CaseStudy, form: NewFileForm, by: User) -> None:
    data = form.cleaned_data
    if data["file"] and page.attachments.count() < MOST:
        page.attachments.add(
            Attachment(
                document=uploads.keep_document(data["file"], by=by),
                title=data["title"] or data["file"].title,
                language=data["language"],
                origin=Concept.objects.filter(pk=data["origin"]).first(),
                licence=Concept.objects.filter(pk=data["licence"]).first(),
            )
        )


def fetch(page: CaseStudy) -> None:
    """What the form shows of images and files, for all of them at once."""
    prefetch_related_objects(list(page.images.all()), "image__renditions")
    prefetch_related_objects(list(page.attachments.all()), "document", "licence")


def update(page: CaseStudy, data) -> uploads.Uploads:
    """Descriptions changed and pieces taken out; returns the latter."""
    images, attachments = list(page.images.all()), list(page.attachments.all())
    images_out = [one for one in images if f"image-{one.image_id}-out" in data]
    attachments_out = [one for one in attachments if f"file-{one.document_id}-out" in data]
    page.images = [_described(one, data) for one in images if one not in images_out]
    page.attachments = [one for one in attachments if one not in attachments_out]
    return uploads.Uploads([one.image for one in images_out], [one.document for one in attachments_out])


def _described(one: CaseStudyImage, data) -> CaseStudyImage:
    one.alt = data.get(f"image-{one.image_id}-alt", one.alt)[:250] or one.alt
    one.caption = data.get(f"image-{one.image_id}-caption", one.caption)[:250]
    return one
