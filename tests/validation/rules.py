"""The ids and severities of the rules."""

from __future__ import annotations

SEVERITY = {
    **dict.fromkeys((f"R{number:02}" for number in range(1, 29)), "Violation"),
    **dict.fromkeys(("R09", "R10", "R13", "R22"), "Warning"),
    **dict.fromkeys(("R19", "R28"), "Info"),
}
