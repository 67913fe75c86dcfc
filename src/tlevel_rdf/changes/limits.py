"""Fixed limits of comparisons and of kept releases; see `tlevel_rdf.limits`."""

from __future__ import annotations

from typing import Final

# Comparisons of versions

#: Things that a comparison describes at a time. A batch of the register takes 2 MB.
MAX_COMPARED_THINGS: Final = 200
#: Characters of a code by which a comparison finds a renamed thing. The longest in the registers has 20.
MAX_CODE_CHARACTERS: Final = 100
#: Edits of one "what if". Each is compared with the rows of all standards.
MAX_EDITS: Final = 1_000

# Versions of things

#: Manifests of releases that a process has read and keeps; one has some 10 kB.
MAX_CACHED_MANIFESTS: Final = 256
#: Older releases that a process has open. One of the shipped data takes 4 MB.
MAX_OPEN_RELEASES: Final = 4
#: Parts of a thing, such as the options after a specialism, whose changes its history lists.
MAX_HISTORY_PARTS: Final = 1_000
#: Versions of a thing that its TimeMap lists, the newest. To look into a release takes 20 ms.
MAX_VERSIONS: Final = 50

#: Things on a page of the event stream. A page of new things has 400 kB.
MAX_STREAM_MEMBERS: Final = 250

# Removed releases

#: Removed releases that a site lists, those that were removed first; one each day for 27 years.
MAX_REMOVALS: Final = 10_000
#: Characters of the reason for removing releases; a line of the record has at most four times as many.
MAX_REMOVAL_CHARACTERS: Final = 500
