"""Fixed limits: each constant with its unit, what it bounds, and the measurement behind it.

docs/settings.md is made from this file: a line of `# text` opens a section, and the comment above a constant is its
row. What an operator may change is in `settings.py`.
"""

from __future__ import annotations

from typing import Final

# YAML and RDF input

#: Bytes of a YAML file. A profile of 26 options has 6 kB.
MAX_YAML_BYTES: Final = 500_000
#: Levels of nesting in a YAML file. A profile has six.
MAX_YAML_DEPTH: Final = 20
#: Findings listed for one file.
MAX_FINDINGS: Final = 100
#: Places listed in one finding.
MAX_LISTED_PLACES: Final = 20
#: Characters of a value that a message quotes.
MAX_QUOTED_CHARACTERS: Final = 80
#: YAML files whose positions are kept, for several findings about one file. A merge needs two; one takes 100 kB.
MAX_CACHED_POSITIONS: Final = 4
#: YAML scalars for which the need of quotation marks is kept. An import writes each profile twice.
MAX_CACHED_SCALARS: Final = 10_000
#: Bytes of an RDF file.
MAX_RDF_BYTES: Final = 8_000_000_000
#: Bytes of a JSON-LD file, which is held in memory while it is checked: 50 MB take 0.3 GB.
MAX_JSON_LD_BYTES: Final = 500_000_000
#: Levels of nesting in JSON-LD and RDF/XML, and of triples within triples. The parser ends the process at about 3,000
#: levels of JSON-LD, and takes quadratic time for RDF/XML.
MAX_RDF_DEPTH: Final = 200
#: Bytes of an RDF/XML file in which the place of a fault is looked for. The file is then held in memory.
MAX_LOCATED_BYTES: Final = 500_000_000
#: Bytes of a literal or an IRI in Turtle, TriG, N-Triples and N-Quads: 16 MiB, which pyoxigraph holds at most.
MAX_RDF_TERM_BYTES: Final = 16_777_216
#: Faults listed for one JSON-LD file.
MAX_RDF_FAULTS: Final = 20
#: Bytes of a line of Turtle that are read to quote the text at a fault.
MAX_RDF_LINE_BYTES: Final = 1_000_000
#: Bytes that any compressed RDF file may have when decompressed.
MAX_GZIP_FREE_BYTES: Final = 10_000_000
#: Bytes that a compressed RDF file may have when decompressed, beyond those, for each of its bytes. RDF has 10 to 50.
MAX_GZIP_RATIO: Final = 200

# Updates of the reference data

#: Bytes of a CSV table of reference data, or of the official table of standards, which has 1.1 MB.
MAX_TABLE_BYTES: Final = 20_000_000
#: Records of a download in JSON. The list of standards has 2,010, the occupational map 1,287. They are read one at a
#: time: a list of 86 MB takes 1.7 s and 60 MB of memory.
MAX_DOWNLOAD_RECORDS: Final = 20_000
#: Characters of a record of a download in JSON. A version of a standard has 40,000, a route 2,000,000.
MAX_DOWNLOAD_RECORD_CHARACTERS: Final = 20_000_000
#: Per cent of the rows of a table that an update may change or miss without `--accept`.
MAX_CHANGED_PERCENT: Final = 5

# Documents

#: Reference data in compiled form that the cache keeps: 26 MB each for the shipped data.
MAX_COMPILED_REFERENCES: Final = 4
#: Seconds after its last use in which a form is never removed: a build reads it for some seconds.
COMPILED_IN_USE_SECONDS: Final = 600
#: Seconds that a process may take to compile the reference data, which takes about 6. Later, its folder is a remnant.
MAX_COMPILING_SECONDS: Final = 3_600
#: Sets of profiles that the cache records as free of violations: an empty file each.
MAX_PASSED_DATASETS: Final = 200
#: Bytes of a YAML file that an import writes. With a person's comments it must stay below MAX_YAML_BYTES.
MAX_IMPORTED_YAML_BYTES: Final = MAX_YAML_BYTES * 9 // 10
#: Names of files that one finding lists.
MAX_LISTED_FILES: Final = 5
#: Bytes of a document. The largest document seen has less than 1 MB.
MAX_DOCUMENT_BYTES: Final = 20_000_000
#: Bytes of text in a document. A profile has 3 kB. The costliest text within these limits takes 6 s.
MAX_TEXT_BYTES: Final = 5_000_000
#: Lines of text in a document. A megabyte of profiles has 22,000 lines and is read in 0.7 s.
MAX_TEXT_LINES: Final = 100_000
#: Brackets, asterisks and other marks in a document. A megabyte of profiles has 17,000.
MAX_TEXT_MARKS: Final = 200_000
#: Control characters of a text that are reported. Text that has more of them was damaged in one way.
MAX_REPORTED_CONTROLS: Final = 20
#: Columns that a table cell spans. The tables of profiles have at most 12.
MAX_CELL_COLUMNS: Final = 100
#: Cells of a table row, and of the rows above it, that span rows. Each row compares its cells with them.
MAX_ROW_SPANS: Final = 200
#: Levels of nested HTML elements. Browsers stop at 512.
MAX_HTML_DEPTH: Final = 256
#: Characters of all style sheets and `style` attributes of a page. The parser takes 7 µs for each.
MAX_STYLE_CHARACTERS: Final = 300_000
#: Comparisons of a rule of a style sheet with an element of a page. Each takes 1 µs.
MAX_STYLE_MATCHES: Final = 3_000_000
#: Characters of hidden words that are searched for a statement. Scripts and styles have more.
MAX_HIDDEN_CHARACTERS: Final = 20_000
#: Notes and open points of one imported profile. The profiles seen have ten.
MAX_IMPORT_DOUBTS: Final = 1_000
#: Characters of a sentence that announces specialisms. The longest seen has 250.
MAX_ANNOUNCEMENT_CHARACTERS: Final = 2_000
#: Parts between commas and "and" in such a sentence. The most seen are 9.
MAX_ANNOUNCEMENT_PARTS: Final = 60
#: Characters of a sentence. The profiles seen have 400.
MAX_SENTENCE_CHARACTERS: Final = 20_000
#: Characters of a sentence that is matched with the patterns of the layout. The longest seen has 400.
MAX_LAYOUT_CHARACTERS: Final = 1_500
#: Characters of a heading of a profile or a specialism. The longest seen has 90.
MAX_HEADING_CHARACTERS: Final = 320
#: Characters of a title. The longest seen has 90.
MAX_READ_TITLE_CHARACTERS: Final = 300
#: Characters between brackets. A bracket that is closed later counts as unclosed.
MAX_BRACKET_CHARACTERS: Final = 300
#: Parts between commas and "and" that are tried as one title or name. The most seen are 4.
MAX_TITLE_PARTS: Final = 8
#: Characters of a sentence about a licence or a day of publication. The longest seen has 200.
MAX_LICENCE_CHARACTERS: Final = 600
#: Characters of a document that a message repeats.
MAX_REPEATED_CHARACTERS: Final = 160

# Queries, checked before the engine receives them, and their results

#: Characters of a query. A bind join of 5,000 IRIs has 300,000.
MAX_QUERY_CHARACTERS: Final = 500_000
#: Nested brackets in a query. pyoxigraph 0.5.13 dies, on the 8 MB stack of Linux, at 670 nested NOT EXISTS, 830 EXISTS,
#: 930 function calls and 2,200 groups; a query within this limit and the next was answered on a stack of 2 MB.
MAX_QUERY_NESTING: Final = 50
#: Patterns, operators, OPTIONAL and the like in a query: one tree in the engine, which ends at 2,560 of the costliest.
MAX_QUERY_STEPS: Final = 400
#: Tokens of a query. The rows of VALUES and the values of IN cost no stack (60,000 were answered), so this bounds them.
MAX_QUERY_TOKENS: Final = 40_000
#: Characters of a prefix in a query. This keeps the time for a text without colons linear.
MAX_PREFIX_CHARACTERS: Final = 201
#: Checked queries that are kept, since each request checks its query twice.
MAX_CHECKED_QUERIES: Final = 16
#: Bytes of a result: 64 MB are 220,000 rows of three IRIs in JSON.
MAX_ANSWER_BYTES: Final = 64_000_000
#: Triples of a resulting graph, which is gathered before it is written. So many have 70 MB in N-Triples.
MAX_ANSWER_TRIPLES: Final = 400_000
#: Triples of the graphs that FROM merges. Copying a triple takes 9 µs and 400 bytes.
MAX_MERGED_TRIPLES: Final = 400_000

# Titles and identifiers

#: Characters of a title, a name and any other line of text in a profile.
MAX_LINE_CHARACTERS: Final = 300
#: Characters of a note in a profile.
MAX_NOTE_CHARACTERS: Final = 2_000
#: Characters of a heading that a finding repeats.
MAX_SHOWN_HEADING_CHARACTERS: Final = 60
#: Characters of the words of one line or paragraph that a profile quotes. The longest of the seed has 408.
MAX_QUOTED_TEXT_CHARACTERS: Final = 5_000
#: Characters of an address in a profile.
MAX_ADDRESS_CHARACTERS: Final = 2_000
#: Characters of an identifier made from a title, which becomes the name of a file.
MAX_SLUG_CHARACTERS: Final = 120
#: Spellings of a title that are looked up, to suggest the right one. A word has three on average.
MAX_SPELLINGS: Final = 100
#: Titles whose normalised form and identifier are kept. 1,000 profiles have 30,000 different titles.
MAX_CACHED_TITLES: Final = 65_536
#: Characters of the data set's title that catalogues show.
MAX_TITLE_CHARACTERS: Final = 65

# Store and statistics

#: Characters of the IRIs in one VALUES block of the program's own queries: as few as other endpoints take.
MAX_VALUES_CHARACTERS: Final = 30_000
#: IRIs in one VALUES block of the program's own queries: as few as other endpoints take.
MAX_VALUES_IRIS: Final = 500
#: Classes or properties that one query counts, so that no query takes long.
MAX_COUNTED_TERMS: Final = 25
#: Classes and properties whose sizes are counted one by one.
MAX_PARTITIONS: Final = 2_000
#: Namespaces of other data sets to which links are counted.
MAX_LINK_TARGETS: Final = 200
#: Bytes of RDF files that are loaded and counted in this process. Loading so much leaves it with 300 MB of unused
#: memory; a process of its own gives all memory back, and takes 0.5 s to start.
MAX_IN_PROCESS_BYTES: Final = 100_000_000

# Validation and releases

#: Rows of a sheet, beside its heading, as Excel reads them.
MAX_SHEET_ROWS: Final = 1_048_575
#: Characters of a cell, as Excel reads them.
MAX_CELL_CHARACTERS: Final = 32_767
#: Profiles that pySHACL checks as one graph. They share a fixed cost for each shape; more than this gain no time.
MAX_PROFILES_PER_CHECK: Final = 25
#: Lines of N-Quads that are sorted in memory at a time, with 300 bytes each.
MAX_SORTED_LINES: Final = 200_000
#: Quads that the engine serialises in one call.
MAX_QUADS_PER_WRITE: Final = 10_000
#: Rows that are written at a time to the database of lexical forms.
MAX_FORM_ROWS_PER_WRITE: Final = 10_000
#: Lexical forms of one value in a description. Only hostile data has more.
MAX_LEXICAL_FORMS: Final = 100
#: Literals for which the form that the engine keeps is cached.
MAX_CACHED_LITERALS: Final = 10_000
#: Seconds for `ssh-keygen` to sign or to check. It takes a hundredth of one, unless it waits for a passphrase.
SIGNING_SECONDS: Final = 20
# HTTP messages and negotiation

#: Characters of a path. IRIs are shorter; the site looks up no longer ones.
MAX_PATH_CHARACTERS: Final = 8_000
#: Parameters of a query string.
MAX_PARAMETERS: Final = 200
#: Characters of the name or the value of a parameter.
MAX_PARAMETER_CHARACTERS: Final = 500
#: Parameters of a SPARQL request, in its query string or its form.
MAX_SPARQL_PARAMETERS: Final = 1_000
#: Characters of an Accept header that the server reads to choose between a problem as JSON and as a page. It makes
#: those responses between other work, and no browser sends a longer header.
MAX_PROBLEM_ACCEPT_CHARACTERS: Final = 4_000
#: Accept headers for which the acceptable media types are cached. Clients send few different ones.
MAX_CACHED_ACCEPT_HEADERS: Final = 1_024
#: Characters of an Accept header for which the acceptable media types are cached.
MAX_CACHED_ACCEPT_CHARACTERS: Final = 500
#: Accept-Encoding headers for which the content coding is cached.
MAX_CACHED_ACCEPT_ENCODING_HEADERS: Final = 256
#: Characters of an Accept-Encoding header for which the content coding is cached.
MAX_CACHED_ACCEPT_ENCODING_CHARACTERS: Final = 200
#: Members of an Accept-Encoding header that the server reads. There are fewer content codings.
MAX_ACCEPTED_CODINGS: Final = 50
#: Bytes of a body that is sent in a content coding, at least. A shorter body fits into one packet with its headers.
MIN_CODED_BYTES: Final = 500
#: Bytes of a file that is sent in a content coding. The longer dumps are also available compressed.
MAX_CODED_FILE_BYTES: Final = 8_000_000
#: Redirects that `tlevel-rdf get` follows. A thing redirects once, to its document.
MAX_REDIRECTS: Final = 5
#: Characters of an HTTP date. Dates have 29, and the parser of the standard library accepts any length.
MAX_HTTP_DATE_CHARACTERS: Final = 64
#: Digits of a position in a Range header. No file has a longer length.
MAX_RANGE_DIGITS: Final = 18

# Pages, descriptions and the API

#: Statements that refer to a thing in its description. Nobody reads longer pages, and a query finds the rest.
MAX_INCOMING_STATEMENTS: Final = 1_000
#: Links from and to a thing that the site searches for fragments of the thing, which takes 0.02 s.
MAX_SEARCHED_LINKS: Final = 10_000
#: Statements that the site samples once for the fragments in use, which takes 0.02 s.
MAX_SAMPLED_STATEMENTS: Final = 10_000
#: Fragments that the site looks up for a document, the most frequent ones, which takes 1 ms.
MAX_FRAGMENTS: Final = 100
#: Characters of a code of a public register. No register has longer ones.
MAX_CODE_CHARACTERS: Final = 40
#: Things that the site finds for a code. More than one is as good as none.
MAX_CODE_MATCHES: Final = 1_000
#: Classes on the first page of data that is not about T Levels. The page of statistics has all classes.
MAX_LISTED_CLASSES: Final = 200
#: Links to the classes of a thing in a Link header. Proxies reject long headers.
MAX_TYPE_LINKS: Final = 10
#: Characters of the IRI of a class in a Link header.
MAX_TYPE_LINK_CHARACTERS: Final = 1_000
#: Entries that a list of the API skips (`offset`).
MAX_OFFSET: Final = 100_000
#: Entries of a list that the API returns at once (`limit`).
MAX_PAGE_ENTRIES: Final = 1_000
#: Characters of a text parameter of the API.
MAX_API_TEXT_CHARACTERS: Final = 200
#: Values of one parameter of an example query.
MAX_PARAMETER_VALUES: Final = 50
#: Rows of a result on the page of an example query. Its downloads have all rows.
MAX_PAGE_ROWS: Final = 1_000
#: Values that the form of an example query suggests for a parameter. If the data has more, the form suggests none.
MAX_SUGGESTIONS: Final = 500
#: Values of the data among which those nearest to an unknown value are looked for. The data has 6,000 codes.
MAX_COMPARED_VALUES: Final = 20_000
#: Properties and classes of a query that are looked up in the data, beside those that its statistics list.
MAX_CHECKED_TERMS: Final = 50
#: Nearest values that a message offers for an unknown one.
MAX_NEAR_VALUES: Final = 3
#: Levels of nested blank nodes on a page. Blank nodes may refer to each other in a circle.
MAX_PAGE_NESTING: Final = 20
#: Blank nodes on a page.
MAX_PAGE_BLANK_NODES: Final = 10_000
#: Options on the map of a page; beyond them, the page has its tables only. A map of 1,000 takes 0.8 s.
MAX_MAPPED_OPTIONS: Final = 1_000
#: Things in the index of the search.
MAX_SEARCH_THINGS: Final = 500_000
#: Addresses of the site map, as its protocol bounds them.
MAX_SITEMAP_ADDRESSES: Final = 50_000
#: Words of a search.
MAX_SEARCH_WORDS: Final = 12
#: Characters of a search.
MAX_SEARCH_CHARACTERS: Final = 200
#: First year about which the page of open T Levels answers.
MIN_YEAR: Final = 2000
#: Last year about which the page of open T Levels answers.
MAX_YEAR: Final = 2100
#: Suggestions for a search that is still being written.
MAX_SEARCH_SUGGESTIONS: Final = 20
#: Results on a page of the search.
MAX_SEARCH_RESULTS: Final = 30
#: Values of a facet on the page.
MAX_FACET_VALUES: Final = 12
#: Lines and things on the page of a source document. A profile has 50.
MAX_SOURCE_LINES: Final = 2_000
#: Items of a section of a page. The rest are counted.
MAX_SECTION_ITEMS: Final = 40

# Connections of the server

#: Bytes of a request's target. The parser cannot split a target of 64 kB or more; a longer query comes in a body.
MAX_TARGET_BYTES: Final = 60_000
#: Bytes of a request's head: a target of full length, and 64 kB of headers.
MAX_HEAD_BYTES: Final = MAX_TARGET_BYTES + 65_536
#: Headers of a request. Browsers send 20; a proxy adds 10. 100 heads of 31,000 empty headers took 2 s.
MAX_HEADERS: Final = 100
#: Bytes of the trailers of a chunked body, which the server discards. 40 MB of them took 960 MB.
MAX_TRAILER_BYTES: Final = 8_192
#: Bytes of the line with the size of a chunk and its extensions, which nobody uses.
MAX_CHUNK_LINE_BYTES: Final = 4_096
#: Bytes of pipelined requests that a connection keeps while the server answers the one before; then it stops reading,
#: after one more read of 256 kB at most. 4.8 MB of them, parsed at once, took 400 MB and 13 s.
MAX_PIPELINED_BYTES: Final = 65_536
#: Bytes of a body that must arrive each second, from the first check on. Checks are 7.5 s apart.
MIN_BODY_RATE: Final = 1_000
#: Seconds after which a client that is still sending a request is the first to lose its place to a new connection.
SLOW_SENDER_SECONDS: Final = 1.0
#: Seconds that a client may take to send a request, from the first byte that the server waits for.
REQUEST_SECONDS: Final = 30
#: Seconds in which a client must read at least one byte of its answer.
UNREAD_ANSWER_SECONDS: Final = 15
#: Seconds that the server works on a request whose client has closed its sending side. Later it has most likely gone.
HALF_CLOSED_SECONDS: Final = 0.5
#: Seconds that the server reads on when it has refused a body that is too large, so that the client sees the answer.
DISCARD_BODY_SECONDS: Final = 2
#: Bytes of an answer that are handed to a connection at once.
CHUNK_BYTES: Final = 262_144
#: Connections that the operating system holds until the server accepts them.
MAX_PENDING_CONNECTIONS: Final = 2_048
#: Bytes of the server's own process beside what it holds for clients. It takes 85 MB with the shipped data.
SERVER_BYTES: Final = 150_000_000
#: Bytes of the process that forks workers. It takes 55 MB.
FORKSERVER_BYTES: Final = 80_000_000
#: Bytes that an open connection takes beside the requests and responses that count towards the setting `buffers`.
CONNECTION_BYTES: Final = 65_536
#: The largest answer that is kept takes one part in so many of the setting `cache`.
MAX_CACHE_PARTS: Final = 16
#: Characters of a path and of a query in the logs.
MAX_LOGGED_CHARACTERS: Final = 200
#: Lines of each log that wait to be written, with 7 MB in all; further ones are dropped and counted.
MAX_QUEUED_LOG_LINES: Final = 10_000
#: Seconds that the server waits, when it stops, for its last lines in a log.
LOG_FLUSH_SECONDS: Final = 0.5
#: Seconds that an idle connection may still send a request after the server begins to stop.
LAST_REQUEST_SECONDS: Final = 0.3
#: Seconds that requests may still take after the server begins to stop. Then they are answered with 503.
SHUTDOWN_SECONDS: Final = 3.0
#: Seconds for sending those last answers.
CLOSE_SECONDS: Final = 1
#: Seconds between two looks for a newer release.
RELEASE_CHECK_SECONDS: Final = 1.0
#: Seconds between two comparisons of a release with its checksums, however many workers fail.
RELEASE_RECHECK_SECONDS: Final = 60

# Worker pool of the server

#: Processor seconds that a request may use in the fast queue. Pages and example queries take 5 ms.
FAST_SECONDS: Final = 0.1
#: The same while other requests wait.
CONTENDED_SECONDS: Final = 0.01
#: Workers of the fast queue for each one of the setting `workers`. With one, small queries come 0.83 as often.
FAST_WORKERS: Final = 2
#: Spare workers for each one of the setting `workers`: as many runaway queries may come at once, and starting a worker
#: takes ten times as long as finding that a query runs away.
SPARE_WORKERS: Final = 3
#: The niceness of slow workers. On a core that a busy process of niceness 0 shares with one of 10, the latter gets a
#: tenth of the time. By SCHED_IDLE it gets next to nothing, and a query of 0.3 s passed its deadline of 10 s.
SLOW_NICENESS: Final = 10
#: Requests that may wait for the fast queue: two seconds' work, at a millisecond each.
MAX_FAST_WAITING: Final = 2_000
#: Requests that a worker holds at once. With one at a time, small queries come 0.8 as often.
MAX_REQUESTS_AT_WORKER: Final = 4
#: Requests that the server remembers as slow, by their hashes. They take 2 MB.
MAX_SLOW_REQUESTS: Final = 10_000
#: Seconds between two checks of what each worker has used.
POOL_CHECK_SECONDS: Final = 0.005
#: Seconds after a runaway request in which the server expects more of them.
RUNAWAY_SECONDS: Final = 1.0
#: Seconds that a worker may take to start. It takes a tenth of a second.
WORKER_START_SECONDS: Final = 30
#: Seconds between two checks that the process that forks workers is alive.
FORKSERVER_CHECK_SECONDS: Final = 1.0
#: Seconds to the next attempt after a worker could not be started.
WORKER_RETRY_SECONDS: Final = 1.0
#: Attempts in a row, at once, before that wait: a worker or the fork server may be killed while another starts.
WORKER_STARTS: Final = 3

# Engines elsewhere

#: Seconds until the connection to an engine stands.
ENGINE_CONNECT_SECONDS: Final = 5.0
#: Seconds for one answer of an engine. The server ends a request after its own time, which is shorter by default.
ENGINE_SECONDS: Final = 60.0
#: Characters of an engine's error message that ours quotes.
MAX_ENGINE_MESSAGE_CHARACTERS: Final = 300
#: Blank nodes in a row that a description from an engine follows. The shipped data has none.
MAX_REMOTE_BLANK_NODE_DEPTH: Final = 3
#: Bytes of N-Triples in one request of a load. An engine holds a whole request in memory.
LOAD_PART_BYTES: Final = 4_000_000
#: Things whose descriptions are compared after a load.
COMPARED_THINGS: Final = 25
