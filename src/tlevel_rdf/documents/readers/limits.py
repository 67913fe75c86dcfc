"""Fixed limits of the readers of DOCX and PDF documents. Those of every document are in `tlevel_rdf.limits`.

docs/settings.md has them too.
"""

from __future__ import annotations

from typing import Final

# DOCX documents

#: Parts of a DOCX file.
MAX_DOCX_PARTS: Final = 5_000
#: Bytes of one unpacked part of a DOCX file. A megabyte of profiles has 2.3 MB of XML.
MAX_DOCX_PART_BYTES: Final = 20_000_000
#: Elements of one part of a DOCX file. A megabyte of profiles has 100,000, and a million take 5 s.
MAX_DOCX_ELEMENTS: Final = 1_000_000
#: Bytes of all unpacked parts of a DOCX file. Pictures do not shrink when packed.
MAX_DOCX_UNPACKED_BYTES: Final = 200_000_000

# PDF documents

#: Pages of a PDF.
MAX_PDF_PAGES: Final = 300
#: Seconds for reading a PDF. A full page has 6,000 letters and takes 60 ms.
MAX_PDF_SECONDS: Final = 60
#: Bytes of memory for the process that reads a PDF. It takes 90 MB with a usual document.
MAX_PDF_MEMORY: Final = 1_500_000_000
#: Pixels of the picture of a PDF page. A page of A4 has 2,000,000, and takes 20 ms.
MAX_PDF_PIXELS: Final = 8_000_000
#: Annotations of a PDF page. One with 300 links has 300.
MAX_PDF_ANNOTATIONS: Final = 2_000
#: Fields of a PDF form within one another.
MAX_PDF_FIELD_DEPTH: Final = 20
#: Ruled lines on a PDF page. A drawing has more, and finding its cells would take minutes.
MAX_PDF_RULES: Final = 400
#: Letters on a PDF page. A full page has 6,000.
MAX_PDF_LETTERS: Final = 50_000
#: Paragraphs and cells on a PDF page. A picture made of words has more.
MAX_PDF_BLOCKS: Final = 1_500
#: Lines of a PDF table without rules. A page has 60.
MAX_PDF_TABLE_LINES: Final = 100
#: Strips between the words of two column headers that can separate their columns.
MAX_PDF_TABLE_STRIPS: Final = 10
