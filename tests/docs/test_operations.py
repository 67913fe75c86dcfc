"""The files for running the server agree with what it does, and with good practice."""

from __future__ import annotations

import configparser
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tlevel_rdf import __version__
from tlevel_rdf.limits import (
    CLOSE_SECONDS,
    FAST_WORKERS,
    MAX_TARGET_BYTES,
    SHUTDOWN_SECONDS,
    SPARE_WORKERS,
)
from tlevel_rdf.server import metrics
from tlevel_rdf.server.memory import max_bytes
from tlevel_rdf.server.pool.process import ExitReason
from tlevel_rdf.settings import Settings, read_settings

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "operations"
README = (FOLDER / "README.md").read_text(encoding="utf-8")
DOCKERFILE = (FOLDER / "Dockerfile").read_text(encoding="utf-8")
NGINX = (FOLDER / "nginx.conf").read_text(encoding="utf-8")
SEVERAL = (FOLDER / "nginx-several.conf").read_text(encoding="utf-8")


class Unit(configparser.RawConfigParser):
    """A unit of systemd, in which names have capitals and may come more than once."""

    def __init__(self) -> None:
        super().__init__(strict=False, interpolation=None, delimiters=("=",), comment_prefixes=("#",))

    def optionxform(self, optionstr: str) -> str:
        return optionstr


@pytest.fixture(scope="module")
def service() -> configparser.SectionProxy:
    unit = Unit()
    unit.read(FOLDER / "tlevel-rdf.service", encoding="utf-8")
    assert unit.sections() == ["Unit", "Service", "Install"]
    return unit["Service"]


@pytest.fixture(scope="module")
def unit_settings() -> Settings:
    text = (FOLDER / "tlevel-rdf.service").read_text(encoding="utf-8")
    return read_settings(environment=dict(re.findall(r"^Environment=(\w+)=(.*)$", text, re.MULTILINE)), folder=FOLDER)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("Type", "exec"),
        ("DynamicUser", "yes"),
        ("NoNewPrivileges", "yes"),
        ("CapabilityBoundingSet", ""),
        ("ProtectSystem", "strict"),
        ("ProtectHome", "yes"),
        ("PrivateTmp", "yes"),
        ("PrivateDevices", "yes"),
        ("RestrictAddressFamilies", "AF_INET AF_INET6 AF_UNIX"),
        ("IPAddressDeny", "any"),
        ("IPAddressAllow", "localhost"),
        ("PrivateUsers", "yes"),
        ("DevicePolicy", "closed"),
        ("DeviceAllow", "/dev/null rw"),
        ("RestrictNamespaces", "yes"),
        ("MemoryDenyWriteExecute", "yes"),
        ("SystemCallFilter", "@system-service"),
        ("Restart", "on-failure"),
        ("KillMode", "mixed"),
        ("KillSignal", "SIGTERM"),
        ("OOMPolicy", "continue"),
    ],
)
def test_the_unit_is_hardened(service: configparser.SectionProxy, key: str, value: str) -> None:
    assert service[key] == value


def test_the_unit_serves_a_folder_of_releases(service: configparser.SectionProxy) -> None:
    program, command, folder, *_ = service["ExecStart"].split()
    assert (Path(program).name, command) == ("tlevel-rdf", "serve")
    assert Path(program).is_absolute()
    assert folder in README


def test_the_unit_waits_longer_than_the_server_needs_to_end(service: configparser.SectionProxy) -> None:
    assert int(service["TimeoutStopSec"]) >= 2 * (SHUTDOWN_SECONDS + CLOSE_SECONDS)


def test_the_unit_has_memory_for_every_worker(service: configparser.SectionProxy, unit_settings: Settings) -> None:
    assert max_bytes(unit_settings) <= int(service["MemoryMax"].removesuffix("G")) * 2**30


def test_hadolint_finds_nothing_in_the_dockerfile() -> None:
    done = subprocess.run(
        [str(Path(sys.executable).with_name("hadolint")), "--no-color", FOLDER / "Dockerfile"],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stdout) == (0, "")


def instructions() -> list[tuple[str, str]]:
    joined = re.sub(r"\\\n\s*", " ", re.sub(r"^#.*\n", "", DOCKERFILE, flags=re.MULTILINE))
    return [(name, rest) for name, _, rest in (line.partition(" ") for line in joined.splitlines() if line)]


@pytest.mark.parametrize("rest", [rest for name, rest in instructions() if name == "FROM"])
def test_the_base_image_is_pinned_by_its_digest(rest: str) -> None:
    assert re.fullmatch(r"python:3\.\d+-slim-bookworm@sha256:[0-9a-f]{64}( AS \w+)?", rest)
    assert len(set(re.findall("sha256:[0-9a-f]{64}", DOCKERFILE))) == 1


@pytest.mark.parametrize("name", ["ENTRYPOINT", "CMD"])
def test_the_container_runs_the_server_without_a_shell(name: str) -> None:
    assert [rest[0] for found, rest in instructions() if found == name] == ["["]


def test_the_container_is_no_root_and_ends_by_sigterm() -> None:
    last = dict(instructions())
    assert int(last["USER"]) > 0
    assert last["STOPSIGNAL"] == "SIGTERM"
    assert "ADD" not in last


def test_the_container_has_the_version_of_the_package_with_hashes_of_the_lock() -> None:
    assert f"tlevel-rdf[server]=={__version__}" in DOCKERFILE
    assert '"--require-hashes"' in DOCKERFILE
    assert "://" not in DOCKERFILE


def test_the_health_check_asks_the_operations_port() -> None:
    port = re.search(r"TLEVEL_RDF_OPERATIONS_PORT=(\d+)", DOCKERFILE)
    assert port is not None
    check = dict(instructions())["HEALTHCHECK"]
    assert f"'127.0.0.1', {port[1]}" in check
    assert "/readyz" in check


@pytest.mark.parametrize("text", [NGINX, SEVERAL], ids=["one server", "several"])
def test_nginx_leaves_limits_to_the_server(text: str) -> None:
    sizes = dict(
        re.findall(r"^\s*(client_max_body_size|large_client_header_buffers)\s+(?:4 )?(\d+)k?;", text, re.MULTILINE)
    )
    assert int(sizes["client_max_body_size"]) == Settings().body_bytes
    assert int(sizes["large_client_header_buffers"]) * 1024 >= MAX_TARGET_BYTES
    waits = re.search(r"proxy_read_timeout\s+(\d+)s;", text)
    assert waits is not None
    assert int(waits[1]) > Settings().timeout


def test_nginx_sends_no_request_to_another_server_that_took_too_long_at_one() -> None:
    limits = dict(re.findall(r"^\s*proxy_(read_timeout|next_upstream_timeout)\s+(\d+)s;", SEVERAL, re.MULTILINE))
    assert Settings().timeout < int(limits["next_upstream_timeout"]) < int(limits["read_timeout"])


@pytest.mark.parametrize("part", ["$request_uri", "$http_accept", "$http_accept_encoding"])
def test_nginx_keeps_each_representation_by_itself(part: str) -> None:
    key = re.search(r'proxy_cache_key\s+"([^"]*)"', NGINX)
    assert key is not None
    assert part in key[1].split()


def test_the_page_explains_every_metric() -> None:
    source = Path(metrics.__file__).read_text(encoding="utf-8")
    whole = set(re.findall(r'(?:Counter|Gauge|Histogram)MetricFamily\(\s*"(tlevel_rdf_\w+)"', source))
    gauges = {f"tlevel_rdf_{name}" for name in re.findall(r'_gauge\(f?"(\w+)"', source)}
    queues = {f"tlevel_rdf_{queue}_{figure}" for queue in ("fast", "slow") for figure in ("busy", "waiting")}
    explained = {name.removesuffix("_total") for name in re.findall(r"`(tlevel_rdf_\w+?)(?:\{\w+\})?`", README)}
    assert explained == whole | gauges | queues


def test_the_page_names_every_reason_for_which_workers_end() -> None:
    assert {reason for reason in ExitReason if f"`{reason}`" not in README} == set()


@pytest.fixture(scope="module")
def container() -> dict[str, Any]:
    text = (FOLDER / "compose.yaml").read_text(encoding="utf-8")
    service: dict[str, Any] = yaml.safe_load(text)["services"]["tlevel-rdf"]
    return service


def test_the_container_writes_nothing_and_has_no_rights(container: dict[str, Any]) -> None:
    assert container["read_only"] is True
    assert [mount.partition(":")[0] for mount in container["tmpfs"]] == ["/tmp"]  # noqa: S108 - within the container
    assert [volume.rpartition(":")[2] for volume in container["volumes"]] == ["ro"]
    assert container["cap_drop"] == ["ALL"]
    assert container["security_opt"] == ["no-new-privileges:true"]
    assert all(port.startswith("127.0.0.1:") for port in container["ports"])


def test_the_container_and_the_unit_have_the_same_bounds(
    container: dict[str, Any], service: configparser.SectionProxy, unit_settings: Settings
) -> None:
    assert container["mem_limit"].upper() == service["MemoryMax"]
    assert container["pids_limit"] == int(service["TasksMax"])
    assert container["stop_grace_period"] == f"{service['TimeoutStopSec']}s"
    given = read_settings(environment=container["environment"], folder=FOLDER)
    assert (given.workers, given.memory, given.address) == (
        unit_settings.workers,
        unit_settings.memory,
        unit_settings.address,
    )
    # Each worker has 4 threads, and for a moment there are those of two releases.
    assert 2 * 4 * (FAST_WORKERS + 1 + SPARE_WORKERS) * given.workers < container["pids_limit"]
