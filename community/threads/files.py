"""Images and documents of posts: looked at as those of case studies are, before anything is kept."""

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from community.models import PostFile
from people.models import User
from practices import uploads

MOST = 6  # files of one post
PICTURES = ("jpg", "jpeg", "png", "webp", "gif")


def check(files: list[UploadedFile]) -> list[tuple[bool, uploads.Checked]]:
    """(is an image, checked) of each. Raises ValidationError naming the file and what to do."""
    if len(files) > MOST:
        raise ValidationError(_("At most %(limit)s files.") % {"limit": MOST})
    return [_checked(one) for one in files]


@transaction.atomic
def keep(checked: list[tuple[bool, uploads.Checked]], *, by: User, alt: str, origin: str) -> tuple[int, ...]:
    """Rows that belong to their uploader until they are posted."""
    return tuple(_kept(is_image, one, by, alt, origin).pk for is_image, one in checked)


def _checked(file: UploadedFile) -> tuple[bool, uploads.Checked]:
    is_image = (file.name or "").rpartition(".")[2].lower() in PICTURES
    try:
        return is_image, uploads.image(file) if is_image else uploads.document(file)
    except ValidationError as error:
        raise ValidationError([f"{file.name}: {message}" for message in error.messages]) from error


def _kept(is_image: bool, checked: uploads.Checked, by: User, alt: str, origin: str) -> PostFile:
    if is_image:
        return PostFile.objects.create(by=by, image=uploads.keep_image(checked, by=by), alt=alt, origin=origin)
    return PostFile.objects.create(by=by, document=uploads.keep_document(checked, by=by), origin=origin)
