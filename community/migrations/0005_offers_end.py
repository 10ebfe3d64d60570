"""A reason to be told of: an offer ends soon."""

from django.db import migrations, models

REASONS = [
    ("reply", "answered you"),
    ("mention", "mentioned you"),
    ("quote", "quoted you"),
    ("accepted", "accepted your answer"),
    ("asked", "a question you may be able to answer"),
    ("posted", "a new post in what you watch"),
    ("opened", "a new thread in what you watch"),
    ("thanked", "thanked you"),
    ("membership", "about your membership of a group"),
    ("moderation", "a decision of the moderators"),
    ("consent", "asks to quote you in a case study"),
    ("event", "about an event you registered for"),
    ("contact", "wrote to you about your offer"),
    ("expires", "your offer ends soon"),
    ("escalated", "a question without an answer"),
]


class Migration(migrations.Migration):
    dependencies = [("community", "0004_routing")]

    operations = [
        migrations.AlterField("notification", "reason", models.CharField(choices=REASONS, max_length=10)),
    ]
