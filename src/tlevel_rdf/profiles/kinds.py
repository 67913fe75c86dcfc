"""The words of a profile with a fixed meaning: kinds, headings, flags, wording and readiness.

They stand apart from the model, so that queries and the server do not load pydantic (80 ms).
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Flag(StrEnum):
    """A flag of the legend of a profile."""

    ACCELERATED = "accelerated"
    NOT_APPLICABLE = "not applicable"
    IN_DEVELOPMENT = "in development"
    UNDER_REVISION = "under revision"


class Wording(StrEnum):
    """The strength with which a document speaks of an option."""

    STATED = "stated"
    MAY_INCLUDE = "may include"
    COULD_INCLUDE = "could include"


class Readiness(StrEnum):
    """The time at which, as a document says, a learner can take the step of an option."""

    DIRECTLY = "directly"
    AFTER_FURTHER_TRAINING = "after further training"
    NOT_STATED = "not stated"


class Kind(StrEnum):
    """A kind of destination. The value is the YAML key that holds the title."""

    APPRENTICESHIP = "apprenticeship"
    HTQ = "higher technical qualification"
    DEGREE = "degree"
    OCCUPATION = "occupation"


#: The headings of a specialism in the order of a profile. They are fields of Specialism and concepts of mode.
MODES: Final = ("technical", "education", "work")
