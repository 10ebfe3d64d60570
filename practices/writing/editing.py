"""One part of the writing form, all its pieces together: fields, rows and files over one case study."""

from collections.abc import Mapping

from django.urls import reverse
from django.utils.translation import gettext as _

from people.models import User
from practices import actions, uploads
from practices.models import CaseStudy
from practices.writing import files, rows, suggestions, wording
from practices.writing.forms import WritingForm
from practices.writing.sections import PARTS

ADDRESSES = {"short": "edit_case_study", "deep": "deepen_case_study"}


class Editing:
    """What was typed is in `data`, files in `sent`; before that, `more` names the rows to begin, `factor` one to begin with."""

    def __init__(self, page: CaseStudy, part: str, data=None, sent=None, more: str = "", factor: str = ""):
        self.page, self.part, self.data = page, part, data
        begun = {"factors": ({"factor": int(factor)},)} if factor.isdecimal() else {}
        self.sections = PARTS[part]
        self.form = WritingForm(page, self.sections, data)
        self.formsets = {
            name: rows.formset(name, page, data, more=2 if more == name else 0, begun=begun.get(name, ()))
            for section in self.sections
            for name in section.rows
            if name in rows.ROWS and (data is None or f"{name}-TOTAL_FORMS" in data)
        }
        self.has_files = any("images" in section.rows for section in self.sections)
        if self.has_files:
            files.fetch(page)
        asked = (data, sent) if self.has_files and data is not None else (None, None)
        self.new_image = files.NewImageForm(*asked, prefix="new-image")
        self.new_file = files.NewFileForm(*asked, prefix="new-file")

    @property
    def address(self) -> str:
        """Where this part is sent: not always the address it is shown at."""
        return reverse(ADDRESSES[self.part], args=[self.page.pk])

    @property
    def is_valid(self) -> bool:
        parts = [self.form, *self.formsets.values()]
        if self.has_files:
            parts += [self.new_image, self.new_file]
        return [part.is_valid() for part in parts].count(False) == 0  # every part, so that each has its messages

    @property
    def differs(self) -> bool:
        """Whether anything was typed that is not kept already; pictures and files are not compared."""
        return self.has_files or any(part.has_changed() for part in (self.form, *self.formsets.values()))

    def save(self, by: User) -> None:
        """Keep everything that is valid, whatever else is not: nothing typed well is lost to something typed wrong."""
        valid = self.is_valid
        self.form.store()
        for name, formset in self.formsets.items():
            rows.store(name, self.page, formset)
        taken_out = uploads.Uploads()
        if self.has_files:
            taken_out = files.update(self.page, self.data)
            if self.new_image.is_valid():
                files.add_image(self.page, self.new_image, by)
            if self.new_file.is_valid():
                files.add_file(self.page, self.new_file, by)
        suggestions.settle(self.page)
        actions.save_draft(self.page, by=by)
        uploads.drop_unused(taken_out)
        self.saved_whole = valid

    def faults(self) -> list[tuple[str, str]]:
        """(address on the page, message) of everything that can't be used."""
        found = [
            (f"#{self.form[name].id_for_label or self.form[name].auto_id}", f"{self.form[name].label}: {error}")
            for name, errors in self.form.errors.items()
            for error in errors
        ]
        for name, formset in self.formsets.items():
            for number, row in enumerate(formset.forms, 1):
                for field, errors in row.errors.items():
                    place = _("%(part)s, row %(number)s") % {"part": rows.TITLES[name], "number": number}
                    found += [(f"#{row[field].auto_id}", f"{place}, {row[field].label}: {error}") for error in errors]
        for form in (self.new_image, self.new_file) if self.has_files else ():
            for field, errors in form.errors.items():
                found += [(f"#{form[field].auto_id}", f"{form[field].label}: {error}") for error in errors]
        return found


def lacking(names: list[str]) -> list[tuple[str, str]]:
    """(address on the page, message) of what a submission still needs."""
    anchors = {"factors": "#section-factors"}
    return [(anchors.get(name, f"#id_{name}"), wording.lacking(name)) for name in names]


def version_of(page: CaseStudy) -> str:
    """Changes with every save, whoever makes it."""
    moment = page.latest_revision_created_at
    return moment.isoformat() if moment else ""


def is_stale(page: CaseStudy, data: Mapping) -> bool:
    return bool(data.get("version")) and data.get("version") != version_of(page)
