"""Case studies and their parts."""

from practices.models.case_study import CaseStudy, CaseStudyIndex
from practices.models.parts import (
    Attachment,
    CaseStudyImage,
    FactorStatement,
    Organisation,
    Participation,
    Suggestion,
)

__all__ = [
    "Attachment",
    "CaseStudy",
    "CaseStudyImage",
    "CaseStudyIndex",
    "FactorStatement",
    "Organisation",
    "Participation",
    "Suggestion",
]
