"""Members deleted in the admin go as they would go themselves."""

from wagtail import hooks

from people import personal_data
from people.models import User


@hooks.register("before_bulk_action")
def erase_before_deletion(request, action_type, objects, action) -> None:
    if action_type == "delete" and User in action.models and request.method == "POST":
        for person in objects:
            personal_data.erase(person)
