"""Images and files in the writing form."""

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from wagtail.images.models import Image as Picture

from practices import actions
from practices.models import CaseStudy
from tests.factories import a_case_study, an_editor, concept
from tests.factories.writing import a_photo, latest


def test_an_image_is_kept_without_where_it_was_taken(client, draft):
    client.post(f"/en/my/{draft.pk}/more/", {"new-image-image": a_photo(), "new-image-alt": "A teal square"})

    kept = latest(draft).images.get()
    with Image.open(kept.image.file.open()) as picture:
        assert dict(picture.getexif()) == {}
        assert picture.size == (640, 480)
    assert kept.alt == "A teal square"
    assert "IMG_1" not in kept.image.file.name


def test_an_image_without_a_description_is_not_taken_and_says_why(client, draft):
    page = client.post(f"/en/my/{draft.pk}/more/", {"new-image-image": a_photo()}).content.decode()

    assert "Say in one sentence what the image shows, then choose the image again." in page
    assert latest(draft).images.count() == 0


def test_a_file_of_a_draft_is_served_to_nobody(client, draft):
    client.post(
        f"/en/my/{draft.pk}/more/",
        {"new-file-file": SimpleUploadedFile("plan.csv", b"a;b\n1;2\n"), "new-file-title": "Plan",
         "new-file-origin": concept("origin/own-work").pk, "new-file-licence": concept("licence/cc-by-4.0").pk},
    )  # fmt: skip
    document = latest(draft).attachments.get().document
    client.logout()

    assert client.get(document.url).status_code == 404


def test_an_image_taken_out_is_gone_for_good(client, draft):
    client.post(f"/en/my/{draft.pk}/more/", {"new-image-image": a_photo(), "new-image-alt": "A teal square"})
    kept = latest(draft).images.get().image

    client.post(f"/en/my/{draft.pk}/more/", {f"image-{kept.pk}-out": "on"})

    assert latest(draft).images.count() == 0
    assert not Picture.objects.filter(pk=kept.pk).exists()


def test_a_draft_deleted_takes_its_images_and_files_along(client, draft):
    client.post(f"/en/my/{draft.pk}/more/", {"new-image-image": a_photo(), "new-image-alt": "A teal square"})

    client.post(f"/en/my/{draft.pk}/delete/")

    assert not CaseStudy.objects.filter(pk=draft.pk).exists()
    assert not Picture.objects.exists()


def test_a_file_is_saved_and_never_opened_under_our_address(client, author):
    page = a_case_study(owner=author)
    page.save_revision()
    client.post(
        f"/en/my/{page.pk}/more/",
        {"new-file-file": SimpleUploadedFile("plan.pdf", b"%PDF-1.7\n1"), "new-file-title": "Plan",
         "new-file-origin": concept("origin/own-work").pk, "new-file-licence": concept("licence/cc-by-4.0").pk},
    )  # fmt: skip
    actions.publish(CaseStudy.objects.get(pk=page.pk), by=an_editor())
    client.logout()

    response = client.get(CaseStudy.objects.get(pk=page.pk).attachments.get().document.url)

    assert response.status_code == 200
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
