"""Repeatable parts of a case study: steps, results, technologies, links, funding."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from portal.languages import LANGUAGES


class StepBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("What"), max_length=120)
    when = blocks.CharBlock(label=_("When"), max_length=80, required=False)
    text = blocks.TextBlock(label=_("How"), required=False)

    class Meta:
        label = _("Step")
        icon = "list-ol"


class ResultBlock(blocks.StructBlock):
    indicator = blocks.CharBlock(label=_("What was measured"), max_length=160)
    baseline = blocks.CharBlock(label=_("Before"), max_length=80, required=False)
    after = blocks.CharBlock(label=_("After"), max_length=80, required=False)
    n = blocks.IntegerBlock(label=_("Number of people"), min_value=1, required=False)
    period = blocks.CharBlock(label=_("Period"), max_length=80, required=False)
    instrument = blocks.CharBlock(label=_("How it was measured"), max_length=160, required=False)

    class Meta:
        label = _("Result")
        icon = "order"


class TechnologyBlock(blocks.StructBlock):
    name = blocks.CharBlock(label=_("Name"), max_length=120)
    open_source = blocks.ChoiceBlock(
        label=_("Open source"), required=False, choices=[("yes", _("Yes")), ("no", _("No"))]
    )
    hosting = blocks.ChoiceBlock(
        label=_("Hosting"),
        required=False,
        choices=[("own", _("Our own servers")), ("eu", _("In the EU")), ("other", _("Outside the EU"))],
    )
    personal_data = blocks.ChoiceBlock(
        label=_("Personal data processed"), required=False, choices=[("yes", _("Yes")), ("no", _("No"))]
    )
    ai = blocks.BooleanBlock(label=_("Uses AI"), required=False)
    ai_note = blocks.CharBlock(label=_("How risks of AI were handled"), max_length=300, required=False)

    class Meta:
        label = _("Technology")
        icon = "desktop"


class LinkBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=160)
    url = blocks.URLBlock(label=_("Address"))
    language = blocks.ChoiceBlock(label=_("Language"), required=False, choices=LANGUAGES)

    class Meta:
        label = _("Link")
        icon = "link"


class FundingBlock(blocks.StructBlock):
    programme = blocks.CharBlock(label=_("Programme"), max_length=160)
    action_type = blocks.CharBlock(label=_("Action"), max_length=200, required=False)
    reference = blocks.CharBlock(
        label=_("Project reference"),
        max_length=80,
        required=False,
        help_text=_("For example 2021-1-DE03-KA220-SCH-000012345"),
    )
    title = blocks.CharBlock(label=_("Project title"), max_length=400, required=False)
    coordinator = blocks.CharBlock(label=_("Coordinator"), max_length=300, required=False)
    start = blocks.DateBlock(label=_("Start"), required=False)
    end = blocks.DateBlock(label=_("End"), required=False)
    amount = blocks.DecimalBlock(
        label=_("Grant in euros"), min_value=0, max_digits=14, decimal_places=2, required=False
    )
    label = blocks.ChoiceBlock(
        label=_("Label"),
        required=False,
        choices=[("good-practice", _("Good practice")), ("success-story", _("Success story"))],
    )

    class Meta:
        label = _("Funding")
        icon = "tag"
