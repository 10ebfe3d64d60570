"""What the writing form says of each field: what good looks like, with an example from another field of practice."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from practices.models import CaseStudy

LABELS = {
    "title": _l("Title"),
    "one_line_result": _l("Result in one line"),
    "outcome": _l("Did it work?"),
    "stage": _l("How far has it come?"),
    "levels": _l("Education levels"),
    "sectors": _l("Sectors"),
    "countries": _l("Countries"),
    "region": _l("Region"),
    "summary": _l("Summary"),
    "challenge": _l("The challenge"),
    "what_was_done": _l("What you did"),
    "lessons": _l("What you learnt, and would do differently"),
    "transferability": _l("What others need to do the same"),
    "cost": _l("Cost without staff time"),
    "resources_note": _l("What it took"),
    "licence": _l("Licence"),
    "pupils_visible": _l("Pupils in texts and images"),
    "rights_confirmed": _l("I may publish these texts, images and files"),
    "privacy_confirmed": _l("Nobody is named or shown without having agreed"),
    "factors": _l("Success factors"),
    "images": _l("Images"),
    "organisations": _l("Organisations"),
}
HELP = {
    "title": _l("Say what was done and for whom. Example: Night lessons by radio for shepherds' children"),
    "one_line_result": _l(
        "What happened, honestly. Example: Half of the choir came back; recordings helped, meetings by video did not."
    ),
    "region": _l("A region or town your readers may know."),
    "summary": _l("For a colleague with one minute: where, what for, who, what, and what came of it."),
    "challenge": _l(
        "What was the difficulty, and for whom? Example: The swimming pool is 40 km away, so most children never learnt to swim."
    ),
    "what_was_done": _l(
        "So that somebody could repeat it. Example: We drew a map of all taps, then the class measured each of them twice a week."
    ),
    "lessons": _l(
        "Failures help others most. Example: We bought bicycles first and asked for a shed later; do it the other way round."
    ),
    "transferability": _l(
        "Conditions, what to adapt, what not to copy. Example: Needs one room that stays dark; a cinema does."
    ),
    "resources_note": _l("People, hours, things. Example: Two gardeners for three afternoons, and a borrowed lorry."),
    "licence": _l("CC BY 4.0 lets others use and adapt your text if they name you."),
    "context_note": _l("Anything else a reader must know to compare with her own place."),
    "sustainability": _l("Does it go on? Who pays and who cares for it?"),
    "equity": _l("Who took part in shaping it, and who was left out?"),
    "standards": _l("For example LTI, QTI, xAPI"),
    "factors": _l("Example: Connectivity as a barrier: the ferry's network was down on 11 of 40 days."),
}


def label(name: str) -> str:
    text = str(LABELS.get(name) or CaseStudy._meta.get_field(name).verbose_name)
    return text[:1].upper() + text[1:]


def help_text(name: str) -> str:
    return str(HELP.get(name, ""))


def lacking(name: str) -> str:
    return _("Still missing: %(field)s") % {"field": label(name)}
