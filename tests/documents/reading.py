"""Reads documents as an import does: with the column headers of profiles."""

from __future__ import annotations

from functools import partial
from typing import Final

from tlevel_rdf.documents.profile.column_headers import header_lengths
from tlevel_rdf.documents.readers import detection

read_bytes: Final = partial(detection.read_bytes, header_lengths=header_lengths)
read_document: Final = partial(detection.read_document, header_lengths=header_lengths)
