"""What a browser sends when somebody writes a case study, and how it was kept."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from practices.models import CaseStudy
from tests.factories import concept, concepts


def short_form(**changes) -> dict:
    """Everything the short form asks, well filled in."""
    return {
        "title": "Rede na serra",
        "one_line_result": "Funcionou em duas escolas.",
        "outcome": concept("outcome/worked").pk,
        "stage": concept("stage/piloted").pk,
        "levels": [one.pk for one in concepts("level", "isced-1", "isced-2")],
        "sectors": [concept("sector/school").pk],
        "countries": [concept("country/PT").pk],
        "summary": "Duas escolas, um ano.",
        "challenge": "A rede caía.",
        "what_was_done": "Um servidor local.",
        "lessons": "Começar pequeno.",
        "transferability": "Uma sala seca.",
        "cost": concept("cost/low").pk,
        "licence": concept("licence/cc-by-4.0").pk,
        "pupils_visible": "no",
        "rights_confirmed": "on",
        "privacy_confirmed": "on",
        "factors-TOTAL_FORMS": "2",
        "factors-INITIAL_FORMS": "0",
        "factors-0-factor": concept("factor/connectivity").pk,
        "factors-0-role": concept("role/barrier").pk,
        "factors-0-sentence": "A rede caiu 11 dias.",
        **changes,
    }


def latest(page) -> CaseStudy:
    return CaseStudy.objects.get(pk=page.pk).get_latest_revision_as_object()


def rows(name: str, *filled: dict) -> dict:
    """Rows of one part as a browser sends them."""
    sent = {f"{name}-TOTAL_FORMS": len(filled), f"{name}-INITIAL_FORMS": 0}
    return sent | {
        f"{name}-{number}-{field}": value for number, row in enumerate(filled) for field, value in row.items()
    }


def a_photo() -> SimpleUploadedFile:
    picture = Image.new("RGB", (640, 480), "teal")
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    exif[0x8825] = {1: "N", 2: (38.0, 43.0, 0.0)}
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=exif)
    return SimpleUploadedFile("IMG_1.jpg", out.getvalue(), "image/jpeg")
