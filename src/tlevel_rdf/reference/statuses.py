"""The statuses of the register of standards and of the occupational map."""

from __future__ import annotations

from typing import Final

#: Each status as printed, and its concept.
STATUSES: Final = {
    "Approved for delivery": "approved-for-delivery",
    "Approved for delivery (paused for starts)": "paused-for-starts",
    "In development": "in-development",
    "Proposal in development": "proposal-in-development",
    "Retired": "retired",
    "Withdrawn": "withdrawn",
    "Approved occupation": "approved-occupation",
    "Potential occupational standard": "potential-standard",
    "Occupational standard in development": "standard-in-development",
    "Occupational standard without apprenticeship": "without-apprenticeship",
}
