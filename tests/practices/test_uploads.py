"""What members upload is looked at before it is kept."""

import io
import struct
import zipfile
import zlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from practices import uploads


def upload(name: str, data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def png(width: int, height: int) -> bytes:
    """A PNG that says it is of this size; its pixels are all in one colour and take little room."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    line = b"\x00" + b"\x00" * ((width + 7) // 8)
    packer = zlib.compressobj(9)
    pixels = b"".join(packer.compress(line) for _line in range(min(height, 2000))) + packer.flush()
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("bomb.png", png(30_000, 30_000), "not an image we can read|too many pixels"),
        ("wide.png", png(9_000, 9_000), "too many pixels"),
        ("a.svg", SVG, "not an image we can read"),
        ("a.jpg", SVG, "not an image we can read"),
        ("a.png", b"\x89PNG\r\n\x1a\n" + b"\x00" * 40, "not an image we can read|damaged"),
        ("a.jpg", b"", "empty"),
        ("a.html", b"<html><script>alert(1)</script>", "not an image we can read"),
    ],
)
def test_what_is_no_picture_is_refused_with_a_reason(name, data, message):
    with pytest.raises(ValidationError, match=message):
        uploads.image(upload(name, data))


def test_a_polyglot_loses_what_hides_behind_the_picture():
    out = io.BytesIO()
    Image.new("RGB", (8, 8)).save(out, "PNG")

    kept = uploads.image(upload("x.png", out.getvalue() + b"<script>alert(1)</script>"))

    assert b"<script" not in kept.content.read()


def office(inside: str, **extra: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(inside, "<x/>")
        for name, data in extra.items():
            archive.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.pdf", b"%PDF-1.7\n..."),
        ("a.docx", office("word/document.xml")),
        ("a.odt", office("content.xml")),
        ("a.csv", "ä;b".encode()),
    ],
)
def test_usual_files_are_taken_under_a_name_nobody_can_guess(name, data):
    first, second = uploads.document(upload(name, data)), uploads.document(upload(name, data))

    assert first.content.name != second.content.name
    assert first.content.name.endswith(name[-4:].lstrip("."))


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.pdf", b"MZ\x90\x00"),
        ("a.docx", office("xl/workbook.xml")),
        ("a.docx", office("word/document.xml", **{"word/vbaProject.bin": b"x"})),
        ("a.xlsx", office("xl/workbook.xml", bomb=b"\x00" * 210_000_000)),
        ("a.csv", b"<html><script>"),
        ("a.txt", b"a\x00b"),
        ("a.svg", SVG),
        ("a.html", b"<p>"),
        ("a.zip", office("x")),
        ("a.exe", b"MZ"),
        ("noending", b"words"),
    ],
)
def test_other_files_are_refused(name, data):
    with pytest.raises(ValidationError, match="This kind of file is not taken"):
        uploads.document(upload(name, data))


def test_a_name_of_any_kind_becomes_harmless():
    kept = uploads.document(upload("../../\u202etxt.csv", b"a,b"))

    assert "/" not in kept.content.name
    assert "\u202e" not in kept.content.name + kept.title


def a_picture(form: str, **options) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(out, form, **options)
    return out.getvalue()


def hidden_words() -> Image.Exif:
    exif = Image.Exif()
    exif[0x010E] = "at home"
    exif[0x8825] = {1: "N", 2: (38.0, 43.0, 0.0)}
    return exif


@pytest.mark.parametrize(
    ("form", "options"),
    [
        ("JPEG", {"exif": hidden_words(), "comment": b"at home", "icc_profile": b"at home" * 20}),
        ("PNG", {"exif": hidden_words()}),
        ("WEBP", {"exif": hidden_words(), "xmp": b"at home"}),
        ("MPO", {"save_all": True, "append_images": [Image.new("RGB", (40, 30))], "exif": hidden_words()}),
    ],
)
def test_nothing_said_beside_the_pixels_is_kept(form, options):
    sent = a_picture(form, **options)

    kept = uploads.image(upload("IMG.jpg", sent)).content.read()

    assert b"at home" in sent
    assert b"at home" not in kept
    with Image.open(io.BytesIO(kept)) as picture:
        assert (picture.size, dict(picture.getexif())) == ((40, 30), {})


def test_a_picture_taken_upright_is_kept_upright():
    exif = Image.Exif()
    exif[0x0112] = 6

    kept = uploads.image(upload("IMG.jpg", a_picture("JPEG", exif=exif)))

    assert (kept.width, kept.height) == (30, 40)


def test_a_document_with_something_before_it_is_refused():
    with pytest.raises(ValidationError, match="This kind of file is not taken"):
        uploads.document(upload("a.docx", b"<html><script>alert(1)</script>" + office("word/document.xml")))
