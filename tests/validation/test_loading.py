"""Profiles and reference data read together; reference data compiled once for each state of its files."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph
import pytest

from tests.reference.samples import LINKS, sample, write_files
from tlevel_rdf.codes import Code
from tlevel_rdf.errors import OutputError, UnreadableInputError
from tlevel_rdf.findings import violations
from tlevel_rdf.graph.identifiers import Identifiers
from tlevel_rdf.graph.reference.describing import share
from tlevel_rdf.limits import MAX_COMPILED_REFERENCES, MAX_COMPILING_SECONDS
from tlevel_rdf.reference.index import index as index_reference
from tlevel_rdf.settings import Settings
from tlevel_rdf.shipped import shipped
from tlevel_rdf.validation.loading import check_links, load_reference, read_corpus, reference_folders

if TYPE_CHECKING:
    from tlevel_rdf.graph.compiled import CompiledReference

YAML = """\
t level: Optics
source: {document: a.txt, sha256: %s}
specialisms:
  - title: Lenses
""" % ("a" * 64)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_files(tmp_path)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(reference_cache=str(tmp_path / "cache"))


class Loading:
    """Loads reference data, and counts how often it is compiled."""

    def __init__(self) -> None:
        self.compiled = 0

    def __call__(self, folder: Path, settings: Settings) -> CompiledReference:
        compiled, findings = load_reference([folder], settings, self.count)
        assert findings == []
        assert compiled is not None
        return compiled

    def count(self, stage: str) -> None:
        assert "reference data" in stage
        self.compiled += 1


@pytest.fixture
def load() -> Loading:
    return Loading()


def kept_in(settings: Settings) -> set[str]:
    return {path.name for path in Path(settings.reference_cache).iterdir()}


def test_the_project_is_read_if_no_paths_are_given() -> None:
    corpus, findings = read_corpus([], Settings())
    assert corpus is not None
    assert [loaded.value.t_level for loaded in corpus.profiles] == ["Healthcare Science"]
    assert corpus.ids.base == Settings().base
    assert findings == []


def test_a_violation_in_a_file_stops_the_corpus(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(YAML.replace("t level", "t-level"), encoding="utf-8")
    corpus, findings = read_corpus([tmp_path], Settings())
    assert corpus is None
    assert {finding.code for finding in findings} == {Code.MISSING, Code.UNKNOWN_KEY}


def test_a_collision_stops_the_corpus(tmp_path: Path) -> None:
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text(YAML, encoding="utf-8")
    corpus, findings = read_corpus([tmp_path], Settings())
    assert corpus is None
    assert [finding.code for finding in violations(findings)] == [Code.DUPLICATE]


def test_damaged_reference_data_stops_the_corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "data" / "reference"
    folder.mkdir(parents=True)
    (folder / "areas.csv").write_text("x", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    corpus, findings = read_corpus([shipped("data") / "profiles"], Settings())
    assert corpus is None
    assert {finding.file for finding in findings} == {str(folder / "areas.csv")}


@pytest.mark.usefixtures("small_data")
def test_a_profile_of_a_t_level_that_its_own_folder_adds_has_no_warnings(tmp_path: Path) -> None:
    profiles, folder = tmp_path / "profiles", tmp_path / "reference"
    profiles.mkdir()
    folder.mkdir()
    (profiles / "optics.yaml").write_text(YAML, encoding="utf-8")
    (folder / "sources.csv").write_text(
        "key,title,page,gathered\ncouncil,List,https://example.org/list,2026-11-30\n", encoding="utf-8"
    )
    (folder / "t-levels.yaml").write_text(
        "t levels:\n"
        "  - title: Optics\n"
        "    route: health-and-science\n"
        "    sources: [council]\n"
        "    specialisms:\n"
        "      - {title: Lenses, sources: [council]}\n",
        encoding="utf-8",
    )
    corpus, findings = read_corpus([profiles], Settings())
    assert findings == []
    assert corpus is not None
    assert "council" in corpus.reference.sources


def test_the_shipped_folder_comes_first_and_each_folder_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folders = [tmp_path / name for name in ("data/reference", "mine/reference", "other")]
    for folder in folders:
        folder.mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    paths = [tmp_path / "mine", tmp_path / "mine" / "a.yaml", tmp_path / "none"]
    found = reference_folders(paths, Settings(reference=str(tmp_path / "other")))
    assert found == [(shipped("data") / "reference").resolve(), *folders]


def test_a_folder_that_is_set_must_exist(tmp_path: Path) -> None:
    assert reference_folders([], Settings(reference=str(tmp_path)))[-1] == tmp_path
    with pytest.raises(UnreadableInputError, match="none is not a folder"):
        reference_folders([], Settings(reference=str(tmp_path / "none")))


def test_reference_data_is_compiled_once(folder: Path, settings: Settings, load: Loading) -> None:
    first = load(folder, settings)
    assert load(folder, settings) == first
    assert load.compiled == 1
    assert kept_in(settings) == {first.folder.name}


def test_the_compiled_form_has_the_names_quads_and_store_of_the_data(
    folder: Path, settings: Settings, load: Loading, tmp_path: Path
) -> None:
    (tmp_path / "again").mkdir()
    reference = sample(tmp_path / "again")
    compiled = load(folder, settings)
    quads = share(reference, Identifiers(settings.base))
    assert compiled.index == index_reference(reference)
    assert set(compiled.quads) == set(quads)
    compiled.copy_store(tmp_path / "store")
    store = pyoxigraph.Store.read_only(str(tmp_path / "store"))
    assert {quad for quad in store if quad.graph_name != pyoxigraph.DefaultGraph()} == set(quads)
    assert len(list(store.quads_for_pattern(None, None, None, pyoxigraph.DefaultGraph()))) == len(
        {quad.triple for quad in quads}
    )


def test_a_copy_of_the_store_may_be_changed(folder: Path, settings: Settings, load: Loading, tmp_path: Path) -> None:
    load(folder, settings).copy_store(tmp_path / "store")
    store = pyoxigraph.Store(str(tmp_path / "store"))
    store.clear()
    store.flush()
    load(folder, settings)
    assert load.compiled == 1


@pytest.mark.parametrize("name", ["areas.csv", "t-levels.yaml"])
def test_a_changed_file_makes_a_new_form(name: str, folder: Path, settings: Settings, load: Loading) -> None:
    first = load(folder, settings)
    text = (folder / name).read_text(encoding="utf-8")
    (folder / name).write_text(text.replace("Bread", "Breads"), encoding="utf-8")
    if name == "t-levels.yaml":
        products = (folder / "t-level-products.csv").read_text(encoding="utf-8")
        (folder / "t-level-products.csv").write_text(products.replace("Bread", "Breads"), encoding="utf-8")
    assert load(folder, settings) != first
    assert load.compiled == 2


def test_a_changed_link_makes_a_new_form(folder: Path, settings: Settings, load: Loading) -> None:
    first = load(folder, settings)
    file = folder.parent / "links" / "jobs.sssom.tsv"
    file.write_text(file.read_text(encoding="utf-8").replace("See both", "See one"), encoding="utf-8")
    assert load(folder, settings) != first


def test_another_base_makes_a_new_form(folder: Path, settings: Settings, load: Loading) -> None:
    first = load(folder, settings)
    other = load(folder, Settings(base="https://example.org/", reference_cache=settings.reference_cache))
    assert other != first
    assert not any("w3id.org/tlevel/id/" in str(quad) for quad in other.quads)


def test_data_that_changes_back_is_not_compiled_again(folder: Path, settings: Settings, load: Loading) -> None:
    file = folder / "areas.csv"
    text = file.read_text(encoding="utf-8")
    first = load(folder, settings)
    file.write_text(text.replace("Bread", "Breads"), encoding="utf-8")
    load(folder, settings)
    file.write_text(text, encoding="utf-8")
    assert load(folder, settings) == first
    assert load.compiled == 2


def test_a_changed_byte_in_any_file_of_the_cache_is_noticed(folder: Path, settings: Settings, load: Loading) -> None:
    compiled = load(folder, settings)
    expected = set(compiled.quads)
    names = {file.relative_to(compiled.folder) for file in compiled.folder.rglob("*") if file.is_file()}
    lasting = {name for name in names if name.name not in {"LOCK", "LOG"}}
    for name in sorted(lasting):
        file = compiled.folder / name
        if not file.is_file():
            continue  # the engine has named its files differently this time
        data = bytearray(file.read_bytes() or b"x")
        data[len(data) // 2] ^= 1
        file.write_bytes(data)
        before = load.compiled
        assert set(load(folder, settings).quads) == expected, name
        assert load.compiled == before + 1, name
    assert load.compiled >= 6


@pytest.mark.parametrize("change", ["remove", "add", "empty"])
def test_a_cache_with_other_files_is_noticed(change: str, folder: Path, settings: Settings, load: Loading) -> None:
    file = load(folder, settings).folder / "index.json"
    if change == "remove":
        file.unlink()
    elif change == "add":
        file.with_name("other.json").write_text("{}", encoding="utf-8")
    else:
        file.write_text("", encoding="utf-8")
    again = load(folder, settings)
    assert load.compiled == 2
    assert again.index.t_levels
    assert not (again.folder / "other.json").exists()


def test_a_form_without_its_checksums_is_made_again(folder: Path, settings: Settings, load: Loading) -> None:
    (load(folder, settings).folder / "SHA256SUMS").unlink()
    load(folder, settings)
    assert load.compiled == 2


def test_only_the_last_forms_are_kept(folder: Path, settings: Settings, load: Loading) -> None:
    made = []
    for number in range(MAX_COMPILED_REFERENCES + 2):
        base = f"https://example.org/{number}/"
        compiled = load(folder, Settings(base=base, reference_cache=settings.reference_cache))
        os.utime(compiled.folder, (number, number))
        made.append(compiled.folder.name)
    assert kept_in(settings) == set(made[-MAX_COMPILED_REFERENCES:])


def test_a_form_that_a_process_may_be_reading_is_kept(folder: Path, settings: Settings, load: Loading) -> None:
    for number in range(MAX_COMPILED_REFERENCES + 2):
        load(folder, Settings(base=f"https://example.org/{number}/", reference_cache=settings.reference_cache))
    assert len(kept_in(settings)) == MAX_COMPILED_REFERENCES + 2


def test_another_version_of_the_store_makes_a_new_form(
    folder: Path, settings: Settings, load: Loading, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(folder, settings)
    monkeypatch.setattr(pyoxigraph, "__version__", "0.0.0")
    load(folder, settings)
    assert load.compiled == 2


@pytest.mark.parametrize(("age", "is_kept"), [(MAX_COMPILING_SECONDS + 60, False), (60, True)])
def test_what_a_stopped_process_left_is_removed_when_it_is_old(
    age: int, folder: Path, settings: Settings, load: Loading, *, is_kept: bool
) -> None:
    remnant = Path(settings.reference_cache, ".new-abc")
    (remnant / "compiled").mkdir(parents=True)
    os.utime(remnant, (time.time() - age,) * 2)
    load(folder, settings)
    assert remnant.exists() is is_kept


def test_a_form_that_was_used_again_outlives_a_newer_one(folder: Path, settings: Settings, load: Loading) -> None:
    def load_with(number: int) -> str:
        base = f"https://example.org/{number}/"
        return load(folder, Settings(base=base, reference_cache=settings.reference_cache)).folder.name

    made = [load_with(number) for number in range(MAX_COMPILED_REFERENCES)]
    for number, name in enumerate(made):
        os.utime(Path(settings.reference_cache, name), (number, number))
    assert load_with(0) == made[0]
    load_with(MAX_COMPILED_REFERENCES)
    assert made[0] in kept_in(settings)
    assert made[1] not in kept_in(settings)


def test_data_with_a_violation_is_not_kept(folder: Path, settings: Settings) -> None:
    file = folder / "map-edges.csv"
    file.write_text(file.read_text(encoding="utf-8") + "OCC0001,OCC0009,list-2\n", encoding="utf-8")
    compiled, findings = load_reference([folder], settings)
    assert compiled is None
    assert [finding.code for finding in findings] == [Code.UNKNOWN_REFERENCE]
    assert not Path(settings.reference_cache).exists()


def test_data_that_breaks_a_rule_is_not_kept(folder: Path, settings: Settings) -> None:
    """A T Level without a specialism passes the reading of files."""
    file = folder / "t-levels.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text[: text.rindex("    specialisms:")], encoding="utf-8")
    compiled, findings = load_reference([folder], settings)
    assert compiled is None
    assert [finding.code for finding in violations(findings)] == ["R02"]
    assert not Path(settings.reference_cache).exists()


def test_two_processes_may_compile_the_same_data_at_once(folder: Path, settings: Settings) -> None:
    program = (
        "import sys; from pathlib import Path\n"
        "from tlevel_rdf.settings import Settings\n"
        "from tlevel_rdf.validation.loading import load_reference\n"
        "print('ready', flush=True); sys.stdin.readline()\n"
        "compiled, findings = load_reference([Path(sys.argv[1])], Settings(reference_cache=sys.argv[2]))\n"
        "print(compiled.folder.name, len(compiled.quads), len(findings))\n"
    )
    command = [sys.executable, "-c", program, str(folder), settings.reference_cache]
    processes = [subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    answers = {process.communicate(timeout=60)[0] for process in processes}
    assert [process.returncode for process in processes] == [0, 0, 0]
    [answer] = answers
    assert kept_in(settings) == {answer.split()[0]}


@pytest.mark.parametrize("path", ["file", "file/cache"])
def test_a_cache_that_cannot_be_written_is_one_clear_error(path: str, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(OutputError) as caught:
        load_reference([folder], Settings(reference_cache=str(tmp_path / path)))
    assert caught.value.message.startswith(f"{tmp_path / path} cannot hold the compiled reference data: ")
    assert "reference_cache" in caught.value.hint


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_cache_that_may_only_be_read_is_used(folder: Path, settings: Settings, load: Loading) -> None:
    first = load(folder, settings)
    for path in (first.folder, Path(settings.reference_cache)):
        path.chmod(0o555)
    try:
        assert load(folder, settings) == first
    finally:
        for path in (first.folder, Path(settings.reference_cache)):
            path.chmod(0o755)
    assert load.compiled == 1


def test_without_a_setting_the_cache_is_that_of_the_user(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, load: Loading
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    assert load(folder, Settings()).folder.parent == tmp_path / "xdg" / "tlevel-rdf" / "reference"
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert load(folder, Settings()).folder.parent == tmp_path / "home" / ".cache" / "tlevel-rdf" / "reference"


def test_the_names_are_kept_as_json(folder: Path, settings: Settings, load: Loading) -> None:
    kept = json.loads((load(folder, settings).folder / "index.json").read_bytes())
    assert kept["t_levels"]["baking"] == {"title": "Baking", "specialisms": {"bread": "Bread"}}


def test_the_shipped_data_is_compiled_as_it_is_described(compiled: CompiledReference, index: object) -> None:
    assert compiled.index == index


def test_the_compiled_form_has_the_files_of_the_sets_of_links(folder: Path, settings: Settings, load: Loading) -> None:
    [file] = load(folder, settings).links
    assert (file.name, file.read_text(encoding="utf-8")) == ("jobs.sssom.tsv", LINKS)
    [other] = load(folder, Settings(base="https://example.org/", reference_cache=settings.reference_cache)).links
    assert "#  id: https://example.org/id/\n" in other.read_text(encoding="utf-8")


def test_a_link_from_a_thing_that_the_data_does_not_have_stops_the_reference(folder: Path, settings: Settings) -> None:
    file = folder.parent / "links" / "jobs.sssom.tsv"
    file.write_text(LINKS.replace("standard/ST0001", "standard/ST0009"), encoding="utf-8")
    compiled, findings = load_reference([folder], settings)
    assert compiled is None
    assert [(finding.code, finding.place) for finding in findings] == [(Code.UNKNOWN_REFERENCE, f"{file}:9:1")]


@pytest.mark.usefixtures("small_data")
def test_a_set_is_checked_with_the_reference_data_beside_it(settings: Settings, tmp_path: Path) -> None:
    file = tmp_path / "mine.sssom.tsv"
    file.write_text(LINKS.replace("standard/ST0001", "standard/ST9999"), encoding="utf-8")
    [finding] = check_links([file], settings)
    assert (finding.code, finding.place) == (Code.UNKNOWN_REFERENCE, f"{file}:9:1")


def test_a_folder_of_links_alone_adds_to_the_shipped_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "data" / "links").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    folders = reference_folders([], Settings())
    assert folders == [shipped("data") / "reference", tmp_path / "data" / "reference"]
