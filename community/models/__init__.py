"""Everything the community keeps."""

from community.models.answering import Ask, Routing
from community.models.attention import Attention, MailedReply, Notification, Watch
from community.models.events import Event, Registration
from community.models.groups import Group, Membership, Pin
from community.models.learning import Quotation
from community.models.moderation import Barrier, Decision, Flag, FormerPlace, LogEntry, Notice, Suspension
from community.models.partners import Contact, Offer
from community.models.threads import Draft, Post, PostFile, PostVersion, Reaction, ReadingPlace, SummaryPoint, Thread

__all__ = [
    "Ask",
    "Attention",
    "Barrier",
    "Contact",
    "Decision",
    "Draft",
    "Event",
    "Flag",
    "FormerPlace",
    "Group",
    "LogEntry",
    "MailedReply",
    "Membership",
    "Notice",
    "Notification",
    "Offer",
    "Pin",
    "Post",
    "PostFile",
    "PostVersion",
    "Quotation",
    "Reaction",
    "ReadingPlace",
    "Registration",
    "Routing",
    "SummaryPoint",
    "Suspension",
    "Thread",
    "Watch",
]
