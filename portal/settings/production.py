"""For a real installation: everything secret or local comes from the environment, and a missing value stops the start."""

from .base import *  # noqa: F403
