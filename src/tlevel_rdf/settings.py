"""The settings: name, default, range and purpose of each. Fixed limits are in `limits.py`.

A value comes from the command line, else from the environment (`TLEVEL_RDF_` and the name in capitals), else
from `tlevel-rdf.toml` in the current folder, else it is the default given here.
"""

from __future__ import annotations

import datetime as dt
import os
import re
import tomllib
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from tlevel_rdf.errors import SettingError, UnreadableInputError
from tlevel_rdf.limits import (
    MAX_ANSWER_BYTES,
    MAX_QUERY_CHARACTERS,
    MAX_QUERY_NESTING,
    MAX_QUERY_STEPS,
    MAX_QUERY_TOKENS,
    MAX_TITLE_CHARACTERS,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

#: A character of an IRI (RFC 3987, section 2.2), without those beyond the basic plane and IPv6 hosts.
_CHARACTER: Final = re.compile(
    r"(?!\s)[!#$&'()*+,./0-9:;=?@A-Z_a-z~\u00a1-\ud7ff\uf900-\ufdcf\ufdf0-\uffef-]|%[0-9A-Fa-f]{2}"
)
#: The settings that are text for people, and the host.
#: The line and the column in a message of the TOML parser.
_PLACE: Final = re.compile(r"(?:line|column) (\d+)")
_TEXTS: Final = ("title", "publisher", "attribution", "host")
#: Empty and dot segments of a path, which clients remove (RFC 3986, section 5.2.4).
_SHORTENED: Final = re.compile(r"//|/(?:\.|%2[Ee]){1,2}/")
_CONTACT: Final = re.compile(r"(?:https://|mailto:[^@\s]+@)[^\s<>\"]+")
_BASE_FORM: Final = "an absolute http or https IRI that ends in a slash"


# Both return Any, as `dataclasses.field` does for type checkers: the value is a field while the class is made.
def _text(default: str, purpose: str) -> Any:
    return field(default=default, metadata={"help": purpose, "type": str})


def _number(default: float | None, between: tuple[int, int], purpose: str) -> Any:
    kind = float if isinstance(default, float) else int
    return field(default=default, metadata={"help": purpose, "type": kind, "range": between})


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one run; the metadata of each field has its purpose, type and range."""

    base: str = _text("https://w3id.org/tlevel/", "The IRI that the identifiers of the data begin with.")
    date: dt.date | None = field(
        default=None,
        metadata={
            "help": "The date of the release. Default: SOURCE_DATE_EPOCH, else the newest date among the sources.",
            "type": dt.date,
        },
    )
    title: str = _text("T Level progression profiles", "The title of the data set, at most 65 characters.")
    publisher: str = _text("Independent publisher", "The publisher of the data set.")
    licence: str = _text(
        "http://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
        "The IRI of the data set's licence.",
    )
    attribution: str = _text(
        "Contains public sector information licensed under the Open Government Licence v3.0.",
        "The attribution that the licence requires.",
    )
    reference: str = _text("", "A folder of reference data that adds to the shipped one.")
    reference_cache: str = _text(
        "", "The folder that keeps reference data in compiled form. Default: tlevel-rdf in the user's cache."
    )
    host: str = _text("127.0.0.1", "The address that the server listens on.")
    port: int = _number(8000, (0, 65_535), "The port that the server listens on; 0 takes a free one.")
    address: str = _text("", "The public URL of the site, with a slash at the end. Default: where the server listens.")
    workers: int = field(
        default_factory=lambda: max(2, os.cpu_count() or 1),
        metadata={
            "help": "Worker processes for slow requests; there are twice as many for fast ones.",
            "type": int,
            "range": (1, 256),
        },
    )
    timeout: float = _number(10.0, (1, 3600), "Seconds that a request may take.")
    # A worker itself takes about 60 MB.
    memory: int = _number(1_000_000_000, (200_000_000, 1 << 40), "Bytes of memory that a request may use.")
    queue: int = _number(64, (0, 10_000), "Slow requests that may wait for a worker process.")
    cache: int = _number(64_000_000, (0, 1 << 40), "Bytes of answers that the server keeps; 0 keeps none.")
    connections: int = _number(
        900,
        (10, 100_000),
        "Open connections; another one closes an idle one. Linux lets a process open about 1,024 files.",
    )
    body_bytes: int = _number(1_000_000, (1_000, 64_000_000), "Bytes of a request's body.")
    buffers: int = _number(
        256_000_000,
        (16_000_000, 1 << 40),
        "Bytes of all requests being received and all answers not yet read; one answer and one body always fit.",
    )
    query_characters: int = _number(MAX_QUERY_CHARACTERS, (100, MAX_QUERY_CHARACTERS), "Characters of a query.")
    query_words: int = _number(MAX_QUERY_TOKENS, (10, MAX_QUERY_TOKENS), "Words and signs of a query.")
    query_patterns: int = _number(MAX_QUERY_STEPS, (10, MAX_QUERY_STEPS), "Patterns and operators of a query.")
    query_nesting: int = _number(MAX_QUERY_NESTING, (2, MAX_QUERY_NESTING), "Nested brackets of a query.")
    answer_bytes: int = _number(MAX_ANSWER_BYTES, (1_000, 1_000_000_000), "Bytes of the result of a query.")
    check_seconds: float = _number(
        10.0, (0, 3600), "Seconds for comparing a release with its checksums before it is ready; 0 trusts it."
    )
    operations_port: int | None = _number(
        None, (0, 65_535), "A port for /healthz, /readyz and /metrics. Default: the server does not offer them."
    )
    security_contact: str = _text(
        "", "Where to report faults of security, for security.txt: a URL that begins with https: or mailto:."
    )
    access_log: str = _text("", "A file for one line per request; - is standard error. Default: no log.")

    def __post_init__(self) -> None:
        for message in self._faults():
            raise SettingError(message, hint="use another value, or leave it out for the default")

    def _faults(self) -> Iterator[str]:
        yield from self._faults_of_urls()
        for name in _TEXTS:
            if not getattr(self, name).strip():
                yield f"{name} is empty"
        if len(self.title) > MAX_TITLE_CHARACTERS:
            yield f"title has {len(self.title)} characters; catalogues show {MAX_TITLE_CHARACTERS}"
        for setting in fields(self):
            minimum, maximum = setting.metadata.get("range", (None, None))
            value = getattr(self, setting.name)
            if minimum is not None and value is not None and not minimum <= value <= maximum:
                yield f"{setting.name} is {value}; it must be from {minimum:,} to {maximum:,}"

    def _faults_of_urls(self) -> Iterator[str]:
        if not _is_base(self.base):
            yield f"base is {self.base!r}, which is not {_BASE_FORM}, such as https://data.example.org/"
        elif _SHORTENED.search(urlsplit(self.base).path):
            yield f"base is {self.base!r}; clients would change its path, so no site can answer for it"
        if self.address and (not _is_base(self.address) or _SHORTENED.search(urlsplit(self.address).path)):
            yield f"address is {self.address!r}, which is not {_BASE_FORM}"
        if self.security_contact and not _CONTACT.fullmatch(self.security_contact):
            yield f"security_contact is {self.security_contact!r}, which is not an https: or mailto: URL"
        if not _is_web_iri(self.licence):
            yield f"licence is {self.licence!r}, which is not an http or https IRI"


def _is_base(text: str) -> bool:
    return _is_web_iri(text) and text.endswith("/") and "?" not in text and "#" not in text


def _is_web_iri(text: str) -> bool:
    """Return True for an absolute http or https IRI (RFC 3987) with a host and a possible port."""
    try:
        parts = urlsplit(text)
        has_host = bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        return False
    return has_host and parts.scheme in {"http", "https"} and not _CHARACTER.sub("", text) and text.count("#") < 2


_METADATA: Final[Mapping[str, Mapping[str, Any]]] = {setting.name: setting.metadata for setting in fields(Settings)}


def read_settings(
    given: Mapping[str, object] | None = None,
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
) -> Settings:
    """Read the settings of this run.

    Args:
        given: values from the command line or the caller; None stands for no value.
        environment: default: the environment of the process.
        folder: the folder of `tlevel-rdf.toml`; default: the current folder.

    Raises:
        SettingError: a name is unknown or a value unsuitable.
        UnreadableInputError: `tlevel-rdf.toml` exists and cannot be read.
    """
    environment = os.environ if environment is None else environment
    values: dict[str, object] = {}
    file = (folder or Path.cwd()) / "tlevel-rdf.toml"
    for name, value in _from_file(file).items():
        values[name] = _read(name, value, f"{file}: ")
    for name in _METADATA:
        variable = f"TLEVEL_RDF_{name.upper()}"
        if (text := environment.get(variable)) is not None:
            values[name] = _read(name, text, f"environment variable {variable}: ")
    if values.get("date") is None and (epoch := environment.get("SOURCE_DATE_EPOCH")):
        values["date"] = _epoch_day(epoch)
    for name, value in (given or {}).items():
        if value is not None:
            values[name] = _read(name, value, "")
    return replace(Settings(), **values)  # type: ignore[arg-type]  # `_read` has checked the type of each value


def _from_file(file: Path) -> dict[str, object]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except OSError as error:
        message = f"{file}: {error.strerror or error}"
        raise UnreadableInputError(message, hint="fix or remove the file") from error
    except UnicodeDecodeError as error:
        raise UnreadableInputError(f"{file} is not UTF-8", hint="save the file as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        place = "".join(f":{number}" for number in _PLACE.findall(str(error)))
        message = f"{file}{place}: this is not TOML"
        raise UnreadableInputError(message, hint='write lines such as title = "My data"') from error


def _read(name: str, value: object, source: str) -> object:
    """Return the value of a setting in its own type, which text from any source can express."""
    if name not in _METADATA:
        raise SettingError(f"{source}there is no setting {name}", hint=f"use one of {', '.join(sorted(_METADATA))}")
    kind = _METADATA[name]["type"]
    if type(value) is kind:
        return value
    if kind is float and type(value) is int:
        return float(value)
    if isinstance(value, str):
        try:
            return dt.date.fromisoformat(value) if kind is dt.date else kind(value)
        except ValueError:
            pass
    raise SettingError(f"{source}{name} cannot be {value!r}", hint=_METADATA[name]["help"])


def _epoch_day(text: str) -> dt.date:
    try:
        return dt.datetime.fromtimestamp(int(text), tz=dt.UTC).date()
    except (ValueError, OverflowError, OSError) as error:
        message = f"SOURCE_DATE_EPOCH is {text!r}, which is not a number of seconds"
        raise SettingError(message, hint="use a whole number of seconds since 1970") from error
