"""Exit statuses and output of the commands."""

from __future__ import annotations

import pytest

from tlevel_rdf.cli_output import exit_status, finish, print_table
from tlevel_rdf.dataset.querying import Table
from tlevel_rdf.findings import Finding, Severity

VIOLATION = Finding("TLR050", Severity.VIOLATION, "a fault")
NOTE = Finding("TLR050", Severity.INFO, "a note")
UNREADABLE = Finding("TLR014", Severity.VIOLATION, "no file")


@pytest.mark.parametrize(
    ("findings", "status"), [([], 0), ([NOTE], 0), ([NOTE, VIOLATION], 1), ([VIOLATION, UNREADABLE], 2)]
)
def test_the_exit_status_is_that_of_the_worst_finding(findings: list[Finding], status: int) -> None:
    assert exit_status(findings) == status


def test_findings_go_to_standard_output_and_their_number_to_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        finish([VIOLATION], "text")
    assert ended.value.code == 1
    out, err = capsys.readouterr()
    assert "a fault" in out
    assert err == "1 violation\n"


def test_a_table_goes_to_standard_output_and_its_number_of_rows_to_standard_error(
    capsys: pytest.CaptureFixture[str],
) -> None:
    iri = f"https://e.org/{'long' * 40}"
    print_table(Table(("thing",), [{"thing": f"Optometry {iri}"}]))
    out, err = capsys.readouterr()
    assert "Optometry" in out
    assert iri in "".join(out.split())
    assert err == "1 row\n"
