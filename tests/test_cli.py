"""The command line as people meet it: exit codes, where output goes, and messages without tracebacks."""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch
from urllib.request import Request, urlopen

import pytest

from tlevel_rdf.cli import main
from tlevel_rdf.shipped import shipped

if TYPE_CHECKING:
    from tlevel_rdf.release.release import Release

pytestmark = pytest.mark.usefixtures("small_data")

COMMANDS = ["import", "check", "build", "verify", "diff", "what-if", "query", "get", "export", "serve", "new"]
PROFILE = shipped("data") / "profiles" / "healthcare-science.yaml"


def run(*arguments: object, cwd: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command in this process, which takes a fifth of the time of a new one."""
    command = ["tlevel-rdf", *map(str, arguments)]
    out, err = streams = [io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2)]
    with (
        patch.object(sys, "argv", command),
        patch.dict(os.environ, {"NO_COLOR": "1", **environment}),
        contextlib.chdir(cwd or Path.cwd()),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
        pytest.raises(SystemExit) as ended,
    ):
        main()
    for stream in streams:
        stream.seek(0)
    return subprocess.CompletedProcess(command, int(ended.value.code or 0), out.read(), err.read())


@pytest.mark.parametrize("command", COMMANDS)
def test_help_has_an_example(command: str) -> None:
    done = run(command, "--help")
    assert done.returncode == 0
    assert f"Example: tlevel-rdf {command}" in re.sub(r"\s+", " ", done.stdout)


def test_check_of_the_shipped_data_passes_from_anywhere(tmp_path: Path) -> None:
    done = run("check", cwd=tmp_path)
    assert done.returncode == 0
    assert done.stderr.strip() == "12 notes"
    assert all("note R" in line or "hint:" in line for line in done.stdout.splitlines())


@pytest.mark.parametrize("line", [20, 22, 27, 45, 60, 81])
def test_a_fault_in_a_line_is_reported_at_that_line(line: int, tmp_path: Path) -> None:
    lines = PROFILE.read_text(encoding="utf-8").splitlines(keepends=True)
    lines[line - 1] = lines[line - 1].replace(":", "x:", 1)
    (tmp_path / "p.yaml").write_text("".join(lines), encoding="utf-8")
    done = run("check", "p.yaml", cwd=tmp_path)
    assert done.returncode == 1
    assert re.search(rf"^p\.yaml:{line}:\d+: violation TLR", done.stdout, re.MULTILINE), done.stdout


URLS = {
    "a profile": ["check", "https://e.org/a.yaml"],
    "the second of two": ["build", str(PROFILE), "http://e.org/profiles/"],
    "a release": ["verify", "ftp://e.org/2026-11-22"],
    "a document": ["import", "HTTPS://e.org/a.pdf"],
    "shapes": ["check", str(PROFILE), "--shapes", "file:///shapes"],
    "a folder of releases": ["releases", "prune", "--keep", "3", "https://e.org/public"],
    "tables": ["reference", "update", "https://e.org/list.csv"],
}


@pytest.mark.parametrize("name", URLS)
def test_a_url_in_the_place_of_a_file_is_refused_as_it_was_written(name: str, tmp_path: Path) -> None:
    done = run(*URLS[name], cwd=tmp_path)
    assert done.returncode == 2
    assert f"{URLS[name][-1].rstrip('/')} is a URL, and nothing is fetched" in done.stderr


def test_a_folder_whose_name_ends_in_a_colon_is_a_folder(tmp_path: Path) -> None:
    (tmp_path / "old:").mkdir()
    shutil.copy(PROFILE, tmp_path / "old:" / "p.yaml")
    assert run("check", "old:/p.yaml", cwd=tmp_path).returncode == 0


def test_json_names_the_place(tmp_path: Path) -> None:
    (tmp_path / "p.yaml").write_text(PROFILE.read_text(encoding="utf-8").replace("level: 2", "level: 12", 1))
    done = run("check", "p.yaml", "--format", "json", cwd=tmp_path)
    (found,) = [finding for finding in json.loads(done.stdout) if finding["severity"] == "Violation"]
    assert (found["file"], found["line"], found["column"]) == ("p.yaml", 23, 16)


BAD_INPUT = {
    "missing.yaml": (None, 2, "cannot be read"),
    "empty.yaml": (b"", 2, "The file is empty"),
    "binary.yaml": (b"\x00\x01\x02", 2, "binary"),
    "latin.yaml": ("t level: Caf\u00e9".encode("latin-1"), 2, "UTF-8"),
    "huge.yaml": (b"# " + b"x" * 50_000_000, 2, "more than"),
    "cycle.yaml": (b"a: &a [*a]\n", 1, "aliases"),
    "broken.ttl": (b"@prefix a: <https://e.org/> .\na:b a:c ; ; x\n", 2, r"broken\.ttl:2:\d+"),
    "broken.nq": (b"<https://e.org/a> <https://e.org/b> .\n", 2, r"broken\.nq:1:\d+"),
    "broken.rdf": (b"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>\n<a>", 2, r"broken\.rdf:"),
    "broken.jsonld": (b'{"@id": }', 2, r"broken\.jsonld:"),
    "remote.jsonld": (b'{"@context": "http://127.0.0.1:1/c", "@id": "https://e.org/a", "b": 1}', 2, r"remote\.jsonld"),
    "notes.docx": (b"x", 2, "of an unknown kind"),
}


@pytest.mark.parametrize("name", BAD_INPUT)
def test_bad_input_gets_one_clear_message(name: str, tmp_path: Path) -> None:
    data, status, message = BAD_INPUT[name]
    if data is not None:
        (tmp_path / name).write_bytes(data)
    done = run("check", name, cwd=tmp_path)
    assert done.returncode == status
    assert re.search(message, done.stdout + done.stderr), done.stdout + done.stderr
    assert "hint:" in done.stdout + done.stderr
    assert len(done.stdout + done.stderr) < 1000


@pytest.mark.parametrize(
    "base", ["example.org", "ftp://e.org/", "https://e.org", "https://e.org/a b/", "https://", "https://e.org/#"]
)
def test_a_base_that_is_not_an_iri_is_refused_with_a_hint(base: str, tmp_path: Path) -> None:
    done = run("build", "--base", base, "--out", tmp_path / "out")
    assert done.returncode == 2
    assert "https://data.example.org/" in done.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("arguments", [["chek"], ["build", "--oot", "x"], ["serve", "--port", "high"], []])
def test_misuse_ends_with_status_2_and_no_arguments_with_help(arguments: list[str]) -> None:
    assert run(*arguments).returncode in ({2} if arguments else {0})


def test_build_prints_the_release_and_verify_passes(tmp_path: Path) -> None:
    built = run("build", "--out", "releases", cwd=tmp_path)
    assert built.returncode == 0
    assert built.stderr.strip() == "12 notes (list them with `tlevel-rdf check`)"
    assert (tmp_path / built.stdout.strip() / "manifest.json").is_file()
    verified = run("verify", "releases", cwd=tmp_path)
    assert (verified.returncode, verified.stdout) == (0, "")
    checked = run("check", "releases", cwd=tmp_path)
    assert (checked.returncode, checked.stderr.strip()) == (0, "12 notes")
    rows = run("query", "degrees-after-t-level", "--on", "releases", cwd=tmp_path)
    assert rows.stdout.splitlines()[1:]


def test_a_build_can_have_another_base(tmp_path: Path) -> None:
    assert run("build", "--base", "https://data.example.org/", "--out", tmp_path).returncode == 0
    done = run("get", "/id/t-level/healthcare-science", "--accept", "text/turtle", "--on", tmp_path)
    assert "@prefix id: <https://data.example.org/id/> ." in done.stdout
    assert "id:t-level\\/healthcare-science a " in done.stdout


def test_violations_stop_a_build(tmp_path: Path) -> None:
    text = PROFILE.read_text(encoding="utf-8").replace("level: 7", "level: 8", 1)
    (tmp_path / "p.yaml").write_text(text, encoding="utf-8")
    done = run("build", "p.yaml", "--out", "releases", cwd=tmp_path)
    assert done.returncode == 1
    assert re.search(r"p\.yaml:84:\d+: violation R12", done.stderr), done.stderr
    assert "Nothing was published" in done.stderr
    assert not (tmp_path / "releases" / "current").exists()


@pytest.mark.parametrize("command", [["query", "ASK {}"], ["get", "/"], ["serve"]])
def test_profiles_with_violations_are_not_opened(command: list[str], tmp_path: Path) -> None:
    (tmp_path / "p.yaml").write_text("t level: x\n", encoding="utf-8")
    done = run(*command, *(["p.yaml"] if command == ["serve"] else ["--on", "p.yaml"]), cwd=tmp_path)
    assert done.returncode == 1
    assert "p.yaml:1:1: violation TLR120" in done.stdout


QUERIES = [
    (["query", "nonsense-name"], "TLR009"),
    (["query", "degrees-after-t-level", "-p", "t_levle=x"], "did you mean"),
    (["query", "degrees-after-t-level", "-p", "t_level"], "name=value"),
    (["query", "SELECT * WHERE { ?s ?p }"], "TLR006"),
    (["query", "SELECT * WHERE { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }"], "TLR007"),
    (["query", "INSERT DATA { <a:b> <a:b> <a:b> }"], "TLR006"),
    (["query", "nowhere.rq"], "cannot be read"),
    (["query", "ASK {}", "--format", "doc"], "there is no format"),
    (["query", "ASK {}", "--format", "turtle"], "TLR007"),
]


@pytest.mark.parametrize(("command", "message"), QUERIES)
def test_a_query_without_a_result_is_an_error_with_status_2(command: list[str], message: str) -> None:
    done = run(*command)
    assert done.returncode == 2
    assert message in done.stderr, done.stderr


@pytest.mark.parametrize(
    ("form", "begins"),
    [
        ("table", "\n"),
        ("json", "{"),
        ("csv", "specialism,"),
        ("tsv", "?specialism\t"),
        ("xml", "<?xml"),
        ("", "specialism,"),
    ],
)
def test_rows_have_several_formats(form: str, begins: str) -> None:
    done = run("query", "degrees-after-t-level", *(["--format", form] if form else []))
    assert done.returncode == 0
    assert done.stdout.startswith(begins) or form == "table"
    assert "Optometry" in done.stdout


def test_a_graph_is_turtle_on_a_terminal_too() -> None:
    command = [sys.executable, "-m", "tlevel_rdf", "query", "CONSTRUCT { <a:b> <a:c> ?x } { BIND(1 AS ?x) }"]
    ours, theirs = os.openpty()
    with subprocess.Popen(command, stdout=theirs, stderr=subprocess.PIPE, text=True) as process:
        _, errors = process.communicate()
    os.close(theirs)
    assert (process.returncode, errors) == (0, "")
    assert os.read(ours, 1000).decode().strip() == "<a:b> <a:c> 1 ."
    os.close(ours)


def test_a_query_from_a_file_runs_on_a_file(tmp_path: Path) -> None:
    (tmp_path / "q.rq").write_text("CONSTRUCT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }", encoding="utf-8")
    (tmp_path / "d.nq").write_text("<a:s> <a:p> <a:o> <a:g> .\n", encoding="utf-8")
    done = run("query", "q.rq", "--on", "d.nq", "--format", "ntriples", cwd=tmp_path)
    assert done.stdout == "<a:s> <a:p> <a:o> .\n"


def test_a_query_on_one_release_twice_finds_no_change(small_release: Release) -> None:
    on = ["--on", str(small_release.folder), "--on", str(small_release.folder.parent)]
    done = run("query", "what-changed", *on)
    assert (done.returncode, done.stdout, done.stderr) == (0, "thing,kind,property,change,value\n", "")
    assert "“2026-01-01” is not in the data" in run("query", "what-changed", *on, "-p", "old=2026-01-01").stderr


def test_get_follows_the_redirect_of_a_thing() -> None:
    done = run("get", "/id/t-level/healthcare-science", "--accept", "text/turtle")
    assert done.returncode == 0
    assert "tlp:TLevel" in done.stdout


def test_get_of_an_unknown_path_ends_with_status_1() -> None:
    done = run("get", "/id/t-level/astrology", "--accept", "application/json")
    assert done.returncode == 1
    assert "404" in done.stderr


def test_new_prints_a_profile_to_fill_in(tmp_path: Path) -> None:
    (tmp_path / "p.yaml").write_text(run("new", "Legal Services").stdout, encoding="utf-8")
    done = run("check", "p.yaml", cwd=tmp_path)
    assert "not YAML" not in done.stdout
    assert "TLR121" not in done.stdout


def test_serve_keeps_the_named_graphs_of_any_file(tmp_path: Path) -> None:
    (tmp_path / "some.nq").write_text("<https://e.org/s> <https://e.org/p> <https://e.org/o> <https://e.org/g> .\n")
    command = [sys.executable, "-m", "tlevel_rdf", "serve", "some.nq", "--port", "0"]
    with subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        address = next(line.split()[-1] for line in process.stderr if line.startswith("Serving at "))
        query = "query=SELECT%20%3Fg%20%7B%20GRAPH%20%3Fg%20%7B%20%3Fs%20%3Fp%20%3Fo%20%7D%20%7D"
        where = f"{address.rstrip('/')}/sparql?{query}"
        request = Request(where, headers={"Accept": "text/csv"})  # noqa: S310 - our own server
        with urlopen(request) as response:  # noqa: S310
            assert response.read().split() == [b"g", b"https://e.org/g"]
        process.terminate()
        assert process.wait(60) in {0, -15}


@pytest.mark.parametrize("command", [["serve"], ["get", "/", "--on"], ["query", "ASK {}", "--on"], ["check"]])
def test_a_missing_file_is_an_error_with_its_name(command: list[str], tmp_path: Path) -> None:
    done = run(*command, "nope.nq", cwd=tmp_path)
    assert done.returncode == 2
    assert "nope.nq" in done.stderr


def test_a_port_in_use_is_an_error_with_a_hint() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = run("serve", "--port", taken.getsockname()[1])
    assert done.returncode == 2
    assert "hint:" in done.stderr


def test_a_closed_pipe_is_no_error() -> None:
    command = f"{sys.executable} -m tlevel_rdf check --format json | head -c 10"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True, text=True, check=False)
    assert "Error" not in done.stderr


def test_a_folder_without_profiles_is_no_release(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    done = run("build", "empty", "--out", "releases", cwd=tmp_path)
    assert done.returncode == 2
    assert "has no profiles" in done.stderr


def test_another_base_never_replaces_the_current_release(tmp_path: Path) -> None:
    assert run("build", "--out", "releases", "--base", "https://data.example.org/", cwd=tmp_path).returncode == 0
    done = run("build", "--out", "releases", cwd=tmp_path)
    assert done.returncode == 2
    assert "--base https://data.example.org/" in done.stderr


def test_a_full_pipe_is_one_line() -> None:
    command = f"{sys.executable} -m tlevel_rdf query highest-levels > /dev/full"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("title", ["optical care services", "OPTICAL CARE SERVICES"])
def test_a_title_of_an_example_query_may_be_in_any_case(title: str) -> None:
    done = run("query", "options-after-specialism", "-p", f"specialism={title}")
    assert "Dispensing Optician" in done.stdout
    assert "is not in the data" not in done.stderr


def test_a_title_that_the_data_does_not_have_is_reported_with_the_nearest() -> None:
    done = run("query", "options-after-specialism", "-p", "specialism=optical care servces")
    assert done.returncode == 0
    assert "specialism: “optical care servces” is not in the data. Did you mean “Optical Care Services”?" in done.stderr


def test_export_writes_the_site_and_counts_its_files(tmp_path: Path) -> None:
    (tmp_path / "data.ttl").write_text(
        "<https://e.org/id/a> <https://e.org/p> <https://e.org/id/b> .", encoding="utf-8"
    )
    done = run(
        "export", tmp_path / "data.ttl", tmp_path / "site", "--base-path", "/tlevels/", TLEVEL_RDF_BASE="https://e.org/"
    )
    assert done.returncode == 0, done.stderr
    assert re.search(r"\d+ files, [\d,]+ bytes, \d+ redirects", done.stderr)
    assert 'href="/tlevels/doc/b"' in (tmp_path / "site/doc/a.html").read_text(encoding="utf-8")
    done = run("export", tmp_path / "data.ttl", tmp_path)
    assert (done.returncode, "not of an export" in done.stderr) == (2, True)


def test_build_says_under_which_path_of_the_base_the_site_must_be(tmp_path: Path) -> None:
    done = run("build", PROFILE, "--out", tmp_path, "--base", "https://data.example.org/tlevels/")
    assert "the site must be at the path /tlevels/" in done.stderr
    done = run("build", PROFILE, "--out", tmp_path, "--base", "https://data.example.org/a//b/")
    assert (done.returncode, "no site can answer for it" in done.stderr) == (2, True)
