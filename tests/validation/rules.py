"""The ids and severities of the rules."""

from __future__ import annotations

SEVERITY = {
    # R29, about identifiers that a release has lost, compares two releases, and is no shape.
    **dict.fromkeys((f"R{number:02}" for number in range(1, 49) if number != 29), "Violation"),
    **dict.fromkeys(("R09", "R10", "R13", "R22", "R31"), "Warning"),
    **dict.fromkeys(("R19", "R28", "R35"), "Info"),
}
