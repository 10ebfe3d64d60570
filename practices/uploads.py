"""Images and files from members: looked at before they are kept.

Images are decoded and written anew, so that position, camera and anything hidden in the file stay behind. Files are known by their content, not
by their name. Everything gets a name nobody can guess.
"""

import io
import secrets
import struct
import warnings
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass

import filetype
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _
from PIL import Image as Picture
from PIL import ImageOps, UnidentifiedImageError
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import Collection

from practices.models import Attachment, CaseStudy, CaseStudyImage

LARGEST = 10 * 1024 * 1024  # bytes
MOST_PIXELS = 40_000_000
LONGEST_SIDE = 2400  # pixels kept
UNPACKED = 200 * 1024 * 1024  # bytes an office file may hold
FORMATS = {"JPEG": "jpg", "MPO": "jpg", "PNG": "png", "WEBP": "webp", "GIF": "png"}
OFFICE = {"docx", "pptx", "xlsx", "odt", "odp", "ods"}
PLAIN = {"txt", "csv"}
COLLECTION = "Members"


@dataclass(frozen=True)
class Checked:
    content: ContentFile
    title: str
    width: int = 0
    height: int = 0


def image(upload: UploadedFile) -> Checked:
    """The picture, written anew. Raises ValidationError with what to do."""
    _check_size(upload)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Picture.DecompressionBombWarning)
            picture = Picture.open(upload, formats=["JPEG", "PNG", "WEBP", "GIF"])
            form = picture.format
            if picture.width * picture.height > MOST_PIXELS:
                raise ValidationError(_("The image has too many pixels. Save it smaller, at most 6000 by 6000."))
            picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # a JPEG is made smaller while it is read
            picture = ImageOps.exif_transpose(picture)
            picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            data = _written(picture, form)
    except (UnidentifiedImageError, Picture.DecompressionBombError, Picture.DecompressionBombWarning) as error:
        raise ValidationError(_("This is not an image we can read. Use JPEG, PNG, WebP or GIF.")) from error
    except (OSError, ValueError, SyntaxError, EOFError, struct.error, ArithmeticError, LookupError, TypeError) as error:
        raise ValidationError(_("The image is damaged. Save it anew and try again.")) from error
    name = f"{secrets.token_urlsafe(12)}.{FORMATS[form]}"
    return Checked(ContentFile(data, name), _title(upload), picture.width, picture.height)


def _written(picture: Picture.Image, form: str) -> bytes:
    has_alpha = "A" in picture.getbands() or "transparency" in picture.info
    picture = picture.convert("RGBA" if has_alpha and FORMATS[form] != "jpg" else "RGB")
    picture.info = {}  # comments and profiles, which the writers below would copy
    out = io.BytesIO()
    if FORMATS[form] == "jpg":
        picture.save(out, "JPEG", quality=85, optimize=True)
    elif FORMATS[form] == "webp":
        picture.save(out, "WEBP", quality=85)
    else:
        picture.save(out, "PNG")
    return out.getvalue()


def document(upload: UploadedFile) -> Checked:
    """The file as it is, under a name nobody can guess. Raises ValidationError with what to do."""
    _check_size(upload)
    data = upload.read()
    kind = _kind(data, upload.name or "")
    if kind is None:
        raise ValidationError(
            _("This kind of file is not taken. Use PDF, Word, Excel, PowerPoint, OpenDocument, text or CSV.")
        )
    stem = get_valid_filename(_title(upload)[:60]) or "file"
    return Checked(ContentFile(data, f"{secrets.token_urlsafe(9)}-{stem}.{kind}"), _title(upload))


def keep_image(checked: Checked, *, by) -> Image:
    return Image.objects.create(
        title=checked.title,
        file=checked.content,
        width=checked.width,
        height=checked.height,
        uploaded_by_user=by,
        collection=_collection(),
    )


def keep_document(checked: Checked, *, by) -> Document:
    return Document.objects.create(
        title=checked.title, file=checked.content, uploaded_by_user=by, collection=_collection()
    )


@dataclass(frozen=True)
class Uploads:
    """Images and files taken out of a case study."""

    images: Iterable[Image] = ()
    documents: Iterable[Document] = ()


def of(page: CaseStudy) -> Uploads:
    return Uploads(
        [one.image for one in page.images.select_related("image")],
        [one.document for one in page.attachments.select_related("document")],
    )


def drop_unused(uploads: Uploads) -> None:
    """What members uploaded and no case study holds any more goes for good."""
    images = CaseStudyImage.objects.filter(image__in=uploads.images).values_list("image_id", flat=True)
    documents = Attachment.objects.filter(document__in=uploads.documents).values_list("document_id", flat=True)
    for one in [image for image in uploads.images if image.pk not in set(images)] + [
        document for document in uploads.documents if document.pk not in set(documents)
    ]:
        if one.collection.name == COLLECTION:
            one.delete()


def _check_size(upload: UploadedFile) -> None:
    if not upload.size:
        raise ValidationError(_("The file is empty."))
    if upload.size > LARGEST:
        raise ValidationError(_("The file is too large. At most 10 MB."))


def _kind(data: bytes, name: str) -> str | None:
    ending = name.rpartition(".")[2].lower()
    found = filetype.guess_extension(data[:8192])
    if found == "pdf" and data.startswith(b"%PDF-"):
        return "pdf"
    if ending in OFFICE and data.startswith(b"PK\x03\x04") and zipfile.is_zipfile(io.BytesIO(data)):
        return ending if _is_office(data, ending) else None
    if ending in PLAIN and found is None and _is_text(data):
        return ending
    return None


def _is_office(data: bytes, ending: str) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            if sum(entry.file_size for entry in archive.infolist()) > UNPACKED or len(names) > 5000:
                return False
            if any("vbaproject" in name.lower() for name in names):
                return False
            inside = {"docx": "word/", "pptx": "ppt/", "xlsx": "xl/"}.get(ending)
            return any(name.startswith(inside) for name in names) if inside else "content.xml" in names
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, struct.error):
        return False


def _is_text(data: bytes) -> bool:
    if b"\x00" in data or data.lstrip()[:1] == b"<":
        return False
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return True


def _title(upload: UploadedFile) -> str:
    stem = (upload.name or "").replace("\\", "/").rpartition("/")[2].rpartition(".")[0]
    return "".join(character for character in stem if character.isprintable())[:120] or "file"


def _collection() -> Collection:
    collection = Collection.objects.filter(name=COLLECTION, depth=2).first()
    return collection or Collection.get_first_root_node().add_child(name=COLLECTION)
