"""A YAML template for a new profile."""

from __future__ import annotations

from typing import Final

from tlevel_rdf.profiles.yaml_writer import value_to_yaml


def profile_template(title: str) -> str:
    """Return an empty profile with comments that explain each key.

    Args:
        title: the T Level, without the words 'T Level in'.
    """
    return _TEMPLATE.replace("{title}", value_to_yaml(" ".join(title.split())))


_TEMPLATE: Final = """\
# The progression profile of one T Level. Fill in what the document says, repeat an entry as often as you need,
# and remove what the document does not say.

t level: {title}

source:
  document:  # its name
  sha256:  # 64 characters, as sha256sum prints them
  section:  # the part of the document that holds the profile

specialisms:
  - title:
    line:  # the line in the document, counted from 1; the same in every entry below
    technical:
      - apprenticeship:
        level:  # from 1 to 8
        relevant: false  # true if the document calls it the relevant occupation
        flags: []  # accelerated, not applicable, in development, under revision
        line:
      - higher technical qualification:
        level:
        line:
    education:
      - degree:
        line:
    work:
      - occupation:
        line:

notes:  # sentences that describe no option
  - note:
    line:
"""
