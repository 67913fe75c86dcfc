"""Every setting in one table: name, default and purpose. Fixed limits are in `limits.py`.

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
from typing import TYPE_CHECKING, Final
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
    from collections.abc import Callable, Mapping

#: The namespace of the vocabulary, its schemes and shapes. Not a setting: data under any base uses these terms.
DEFINITIONS: Final = "https://w3id.org/tlevel/def/"

#: A character of an IRI (RFC 3987, section 2.2), those beyond the basic plane and IPv6 hosts left out.
_CHARACTER: Final = re.compile(
    r"(?!\s)[!#$&'()*+,./0-9:;=?@A-Z_a-z~\u00a1-\ud7ff\uf900-\ufdcf\ufdf0-\uffef-]|%[0-9A-Fa-f]{2}"
)
#: The settings that are numbers, with the least and the most that each can be.
_NUMBERS: Final[Mapping[str, tuple[int, int]]] = {
    "port": (0, 65535),
    "operations_port": (0, 65535),
    "workers": (1, 256),
    "timeout": (1, 3600),
    # A worker itself takes about 60 MB.
    "memory": (200_000_000, 1 << 40),
    "queue": (0, 10_000),
    "cache": (0, 1 << 40),
    "connections": (10, 100_000),
    "body_bytes": (1_000, 64_000_000),
    "query_characters": (100, MAX_QUERY_CHARACTERS),
    "query_words": (10, MAX_QUERY_TOKENS),
    "query_patterns": (10, MAX_QUERY_STEPS),
    "query_nesting": (2, MAX_QUERY_NESTING),
    "answer_bytes": (1_000, 1_000_000_000),
}
#: The settings that are words for people.
_TEXTS: Final = ("title", "publisher", "attribution", "host")


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one run; see the help of each field."""

    base: str = field(
        default="https://w3id.org/tlevel/", metadata={"help": "The IRI under which things are identified."}
    )
    date: dt.date | None = field(
        default=None,
        metadata={"help": "The release's date. Default: SOURCE_DATE_EPOCH, else the newest date among the sources."},
    )
    title: str = field(
        default="T Level progression profiles",
        metadata={"help": "The title of the data set, 65 characters at most."},
    )
    publisher: str = field(default="Independent publisher", metadata={"help": "Who publishes the data set."})
    licence: str = field(
        default="http://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
        metadata={"help": "The licence of the data set."},
    )
    attribution: str = field(
        default="Contains public sector information licensed under the Open Government Licence v3.0.",
        metadata={"help": "The wording that the licence asks for."},
    )
    host: str = field(default="127.0.0.1", metadata={"help": "The address that the server listens on."})
    port: int = field(default=8000, metadata={"help": "The port that the server listens on."})
    address: str = field(
        default="",
        metadata={"help": "Where the public reaches the site, with a slash at the end; default: where it listens."},
    )
    workers: int = field(
        default_factory=lambda: max(2, os.cpu_count() or 1),
        metadata={"help": "Processes for slow requests, and twice as many for quick ones; default: one for each core."},
    )
    timeout: float = field(default=10.0, metadata={"help": "Seconds that a request may take."})
    memory: int = field(default=1_000_000_000, metadata={"help": "Bytes that a process may use for a request."})
    queue: int = field(default=64, metadata={"help": "Slow requests that may wait for a process."})
    cache: int = field(default=64_000_000, metadata={"help": "Bytes of answers that are kept; 0 keeps none."})
    connections: int = field(
        default=900,
        metadata={
            "help": "Connections; one more takes the place of one that is idle. A process has 1,024 files or so."
        },
    )
    body_bytes: int = field(default=1_000_000, metadata={"help": "Bytes of a request's body."})
    query_characters: int = field(default=MAX_QUERY_CHARACTERS, metadata={"help": "Characters of a query."})
    query_words: int = field(default=MAX_QUERY_TOKENS, metadata={"help": "Words and signs of a query."})
    query_patterns: int = field(default=MAX_QUERY_STEPS, metadata={"help": "Patterns and operators of a query."})
    query_nesting: int = field(
        default=MAX_QUERY_NESTING, metadata={"help": "Brackets of a query that stand one inside another."}
    )
    answer_bytes: int = field(default=MAX_ANSWER_BYTES, metadata={"help": "Bytes of the answer to a query."})
    operations_port: int | None = field(
        default=None, metadata={"help": "A port for /healthz, /readyz and /metrics; without one there are none."}
    )
    access_log: str = field(
        default="", metadata={"help": "The file for a line about each request; - is standard error; empty: none."}
    )

    def __post_init__(self) -> None:
        check_base(self.base)
        empty = [name for name in _TEXTS if not getattr(self, name).strip()]
        faults = {
            f"{' and '.join(empty)} cannot be empty": bool(empty),
            f"address is {self.address!r}, which is not an absolute http or https address that ends in a slash": (
                self.address != "" and not _is_base(self.address)
            ),
            f"licence is {self.licence!r}, which is no http or https IRI": not _is_web_iri(self.licence),
            **{
                f"{name} is {value}, and can be from {least:,} to {most:,}": value is not None
                and not least <= value <= most
                for name, (least, most) in _NUMBERS.items()
                for value in [getattr(self, name)]
            },
            f"title has {len(self.title)} characters, and catalogues show {MAX_TITLE_CHARACTERS}": (
                len(self.title) > MAX_TITLE_CHARACTERS
            ),
        }
        for message in (message for message, is_so in faults.items() if is_so):
            raise SettingError(message, hint="give another, or leave it out for the default")


def check_base(base: str) -> None:
    """Refuse a base that is no absolute http or https IRI ending in a slash.

    Raises:
        SettingError: it is none.
    """
    if not _is_base(base):
        message = f"base is {base!r}, which is not an absolute http or https IRI that ends in a slash"
        raise SettingError(message, hint="give one such as https://data.example.org/")


def _is_base(text: str) -> bool:
    return _is_web_iri(text) and text.endswith("/") and "?" not in text and "#" not in text


def _is_web_iri(text: str) -> bool:
    """Whether it is an absolute http or https IRI (RFC 3987) with a host and a port that can be."""
    try:
        parts = urlsplit(text)
        named = bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        return False
    return named and parts.scheme in {"http", "https"} and not _CHARACTER.sub("", text) and text.count("#") < 2


def _date(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


#: How a setting that is no text is written in TOML, and how it is read from text.
_TYPES: Final[Mapping[str, type]] = {"date": dt.date, **dict.fromkeys(_NUMBERS, int), "timeout": float}
_READERS: Final[Mapping[str, Callable[[str], object]]] = {
    "date": _date,
    **dict.fromkeys(_NUMBERS, int),
    "timeout": float,
}


def read_settings(
    given: Mapping[str, object] | None = None,
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
) -> Settings:
    """The settings of this run.

    Args:
        given: values from the command line; None among them means not given.
        environment: default the process's own.
        folder: where to look for `tlevel-rdf.toml`; default the current folder.

    Raises:
        SettingError: a name is not known or a value cannot be used.
        UnreadableInputError: `tlevel-rdf.toml` is there and cannot be read.
    """
    environment = os.environ if environment is None else environment
    values: dict[str, object] = {}
    file = (folder or Path.cwd()) / "tlevel-rdf.toml"
    known = {f.name for f in fields(Settings)}
    for name, value in _from_file(file).items():
        if name not in known:
            message = f"{file}: {name} is no setting"
            raise SettingError(message, hint=f"the settings are {', '.join(sorted(known))}")
        values[name] = _read(name, value, str(file))
    for name in sorted(known):
        if (text := environment.get(f"TLEVEL_RDF_{name.upper()}")) is not None:
            values[name] = _read(name, text, f"environment variable TLEVEL_RDF_{name.upper()}")
    if values.get("date") is None and (epoch := environment.get("SOURCE_DATE_EPOCH")):
        values["date"] = _epoch_day(epoch)
    for name, value in (given or {}).items():
        if name not in known:
            raise SettingError(f"{name} is no setting", hint=f"the settings are {', '.join(sorted(known))}")
        if value is not None:
            values[name] = _read(name, value, "the call")
    return replace(Settings(), **values)  # type: ignore[arg-type]  # each value was read by its own reader


def _from_file(file: Path) -> dict[str, object]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        message = f"{file}: {getattr(error, 'strerror', None) or error}"
        raise UnreadableInputError(message, hint="mend or remove the file") from error


def _read(name: str, value: object, where: str) -> object:
    if type(value) is _TYPES.get(name, str):
        return value
    if name == "timeout" and type(value) is int:
        return float(value)
    if isinstance(value, str):
        try:
            return _READERS[name](value)
        except ValueError:
            pass
    message = f"{where}: {name} cannot be {value!r}"
    raise SettingError(message, hint=_hint(name))


def _hint(name: str) -> str:
    return str(next(f.metadata["help"] for f in fields(Settings) if f.name == name))


def _epoch_day(text: str) -> dt.date:
    try:
        return dt.datetime.fromtimestamp(int(text), tz=dt.UTC).date()
    except (ValueError, OverflowError, OSError) as error:
        message = f"SOURCE_DATE_EPOCH is {text!r}, which is no count of seconds"
        raise SettingError(message, hint="give a whole number of seconds") from error
