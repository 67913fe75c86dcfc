"""Every setting and every limit, in one table: name, default and what it is for.

A value comes from the command line, else from the environment (`TLEVEL_RDF_` and the name in capitals), else
from `tlevel-rdf.toml` in the current folder, else it is the default given here.
"""

from __future__ import annotations

import datetime
import os
import tomllib
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from tlevel_rdf.errors import SettingError, UnreadableInputError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

#: The namespace of the vocabulary, its schemes and shapes. Not a setting: data under any base uses these terms.
DEFINITIONS: Final = "https://w3id.org/tlevel/def/"

#: Limits on what is read. A profile of 26 options has 6 kB; the largest document seen, under 1 MB.
MAX_YAML_BYTES: Final = 2_000_000
MAX_YAML_DEPTH: Final = 20
MAX_RDF_BYTES: Final = 8_000_000_000
#: Limits on a query, before any engine sees it. The engine's own stack ends at about 850 nested groups or
#: 2,600 patterns; every token beyond the text of a long analyst's query is a sign of an attack.
MAX_QUERY_CHARACTERS: Final = 100_000
MAX_QUERY_NESTING: Final = 64
MAX_QUERY_TOKENS: Final = 10_000
#: The longest body and request target that the server reads.
MAX_BODY_BYTES: Final = 1_000_000


def _setting(default: object, text: str) -> Any:  # noqa: ANN401 - dataclass fields are declared with their own types
    return field(default=default, metadata={"help": text})


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one run; see the help of each field."""

    base: str = _setting("https://w3id.org/tlevel/", "The IRI under which things are identified.")
    date: datetime.date | None = _setting(
        None, "The release's date. Default: SOURCE_DATE_EPOCH, else the newest date among the sources."
    )
    title: str = _setting("T Level progression profiles", "The title of the data set, 65 characters at most.")
    publisher: str = _setting("Independent publisher", "Who publishes the data set.")
    licence: str = _setting(
        "http://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/", "The licence of the data set."
    )
    attribution: str = _setting(
        "Contains public sector information licensed under the Open Government Licence v3.0.",
        "The wording that the licence asks for.",
    )
    host: str = _setting("127.0.0.1", "The address that the server listens on.")
    port: int = _setting(8000, "The port that the server listens on.")

    def __post_init__(self) -> None:
        check_base(self.base)
        if not 0 <= self.port <= 65535:
            raise SettingError(f"port is {self.port}, and ports run from 0 to 65535", hint="choose another port")
        if len(self.title) > 65:
            raise SettingError(
                f"title has {len(self.title)} characters, and catalogues show 65", hint="give a shorter title"
            )


def check_base(base: str) -> None:
    """Refuse a base that is no absolute http or https IRI ending in a slash.

    Raises:
        SettingError: it is none.
    """
    try:
        parts = urlsplit(base)
        port_is_fine = parts.port is None or parts.port > 0
    except ValueError:
        port_is_fine, parts = False, urlsplit("")
    allowed = not any(c.isspace() or c in '<>"{}|\\^`' or ord(c) < 33 for c in base)
    if not (
        parts.scheme in {"http", "https"}
        and parts.hostname
        and port_is_fine
        and base.endswith("/")
        and allowed
        and not parts.query
        and not parts.fragment
    ):
        raise SettingError(
            f"base is {base!r}, which is not an absolute http or https IRI that ends in a slash",
            hint="give one such as https://data.example.org/",
        )


def _date(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


_READERS: Final[Mapping[str, Callable[[str], object]]] = {"date": _date, "port": int}


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
            raise SettingError(f"{file}: {name} is no setting", hint=f"the settings are {', '.join(sorted(known))}")
        values[name] = _read(name, value, str(file))
    for name in known:
        if (text := environment.get(f"TLEVEL_RDF_{name.upper()}")) is not None:
            values[name] = _read(name, text, f"environment variable TLEVEL_RDF_{name.upper()}")
    if values.get("date") is None and (epoch := environment.get("SOURCE_DATE_EPOCH")):
        values["date"] = _epoch_day(epoch)
    values |= {name: value for name, value in (given or {}).items() if value is not None}
    return replace(Settings(), **values)  # type: ignore[arg-type]  # each value was read by its own reader


def _from_file(file: Path) -> dict[str, object]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UnreadableInputError(f"{file}: {error}", hint="mend or remove the file") from error


def _read(name: str, value: object, where: str) -> object:
    expected = type(getattr(Settings(), name))
    if isinstance(value, expected) and name != "date":
        return value
    if name == "date" and isinstance(value, datetime.date):
        return value
    if isinstance(value, str):
        try:
            return _READERS.get(name, str)(value)
        except ValueError:
            pass
    raise SettingError(f"{where}: {name} cannot be {value!r}", hint=_hint(name))


def _hint(name: str) -> str:
    return str(next(f.metadata["help"] for f in fields(Settings) if f.name == name))


def _epoch_day(text: str) -> datetime.date:
    try:
        return datetime.datetime.fromtimestamp(int(text), tz=datetime.UTC).date()
    except (ValueError, OverflowError, OSError) as error:
        raise SettingError(
            f"SOURCE_DATE_EPOCH is {text!r}, which is no count of seconds", hint="give a whole number of seconds"
        ) from error
