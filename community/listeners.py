"""Who listens to what happens: each sub-package's receivers, registered by being imported."""

from community import touching  # noqa: F401
from community.answering import listeners as answering  # noqa: F401
from community.attention import listeners as attention  # noqa: F401
from community.events import listeners as events  # noqa: F401
from community.learning import listeners as learning  # noqa: F401
from community.moderation import listeners as moderation  # noqa: F401
from community.partners import listeners as partners  # noqa: F401
