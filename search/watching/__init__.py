"""Questions that go on being asked: saved searches, alerts, and what is new since the last visit."""
