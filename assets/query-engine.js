// The worker of the query page of an exported site: Oxigraph, compiled to WebAssembly, over the data of the release.
//
// The page sends a query; the worker answers with its stages and one result or problem. A query cannot be interrupted
// here, so the page ends the worker when the time is over. Nothing but the engine and the data is fetched.
import init, { Store, defaultGraph, namedNode } from "oxigraph";

const MAX_BYTES = 64_000_000; // of a result, as on the server
const MAX_SHOWN_ROWS = 1000;
const MAX_SHOWN_CELLS = 20_000;
const MAX_SHOWN_LINES = 1000;
const MAX_SHOWN_CHARACTERS = 2000; // of a literal, or of a line
const MUCH_MEMORY = 2 ** 26; // bytes that the engine took for a query that it could not finish
const ROWS_JSON = "application/sparql-results+json";
const N_TRIPLES = "application/n-triples";
const UPDATES = new Set("INSERT DELETE LOAD CLEAR CREATE DROP COPY MOVE ADD WITH".split(" "));
const GRAPHS = new Set(["CONSTRUCT", "DESCRIBE"]);
// Properties that state a label, the preferred first, as graph/labels.py has them.
const LABELS = ["http://www.w3.org/2004/02/skos/core#prefLabel", "http://www.w3.org/2000/01/rdf-schema#label",
  "http://purl.org/dc/terms/title", "http://xmlns.com/foaf/0.1/name", "http://www.w3.org/ns/shacl#name",
  "https://schema.org/name", "http://schema.org/name", "http://www.w3.org/ns/prov#value"];
const LANGUAGES = ["en-gb", "en", ""];
// The tokens of SPARQL 1.1 (section 19.8), as far as keywords, variables and positions need them.
const TOKEN = new RegExp([
  String.raw`#[^\n\r]*`,
  String.raw`<[^<>"{}|^\x60\\\x00-\x20]*>`,
  String.raw`"""(?:[^"\\]|\\.|"(?!""))*"""|'''(?:[^'\\]|\\.|'(?!''))*'''`,
  String.raw`"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*'`,
  String.raw`[?$][\p{L}\p{N}_]+`,
  String.raw`@[A-Za-z]+(?:-[A-Za-z0-9]+)*`,
  String.raw`(?:[\p{L}_][\p{L}\p{N}_.\-]*)?:(?:[\p{L}\p{N}_:%\-]|\\.|\.(?=[\p{L}\p{N}_:%\-\\]))*`,
  String.raw`[\p{L}_][\p{L}\p{N}_]*`,
  String.raw`\d+|&&|\|\||\^\^|[!<>]=|\S`,
].join("|"), "gsu");
const GAP = " ".repeat(24); // longer than any keyword

// A problem that the reader can do something about.
class QueryProblem extends Error {
  constructor(detail, hint = "") {
    super(detail);
    this.hint = hint;
  }
}

function report(stage, bytes = 0) {
  postMessage({ stage, bytes });
}

// Return the bytes of a file that is compressed with gzip; some hosts have them decompressed by the browser.
async function open(address, stage) {
  const answer = await fetch(address).catch(() => null);
  if (!answer?.ok) {
    throw new QueryProblem(`${new URL(address).pathname} could not be loaded${answer ? ` (status ${answer.status})` : ""}.`, "check the connection, and run the query again");
  }
  report(stage, Number(answer.headers.get("content-length")));
  const bytes = new Uint8Array(await answer.arrayBuffer());
  const isGzipped = bytes[0] === 0x1f && bytes[1] === 0x8b;
  return isGzipped ? new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip")) : new Blob([bytes]).stream();
}

let opening = null;
let engine = null;
let memoryBefore = 0;

// Return the store: the named graphs, and in the default graph each triple once, as the server has them.
async function openStore(data) {
  const code = await open(new URL("query-engine.wasm.gz", import.meta.url), "engine");
  engine = await init({ module_or_path: new Response(code, { headers: { "content-type": "application/wasm" } }) });
  const text = new Uint8Array(await new Response(await open(data, "data")).arrayBuffer());
  const store = new Store();
  store.load(text, { format: "application/trig" });
  store.update("INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }");
  return store;
}

// Return the tokens of a query, without its comments, each with its position.
function tokensOf(text) {
  return [...text.matchAll(TOKEN)].filter(([token]) => !token.startsWith("#")).map((found) => ({ text: found[0], start: found.index }));
}

function isWord(token) {
  return /^[A-Za-z]+$/.test(token.text);
}

// Return the number of the first token after BASE and PREFIX.
function afterPrologue(tokens) {
  let number = 0;
  for (;;) {
    const word = tokens[number]?.text.toUpperCase();
    if (word === "BASE") number += 2;
    else if (word === "PREFIX") number += 3;
    else return number;
  }
}

// Return the form of a query, or refuse it.
function check(tokens) {
  const first = tokens[afterPrologue(tokens)];
  if (!first) throw new QueryProblem("The query is empty.", "begin with SELECT, ASK, CONSTRUCT or DESCRIBE");
  const form = first.text.toUpperCase();
  if (UPDATES.has(form)) throw new QueryProblem(`${form} begins an update, not a query; this data is read-only.`, "use SELECT to read it");
  const words = tokens.filter(isWord).map((token) => token.text.toUpperCase());
  if (words.includes("SERVICE")) {
    throw new QueryProblem("SERVICE queries another endpoint, which this page does not do.", "send the query to that endpoint");
  }
  const merged = tokens.filter((token, number) => token.text.toUpperCase() === "FROM" && tokens[number + 1]?.text.toUpperCase() !== "NAMED");
  if (merged.length > 1) throw new QueryProblem("This page does not merge several graphs of FROM.", "name one graph, or ask each with GRAPH");
  return form;
}

// Return the query with the variables of its SELECT * in the order in which it has them; the engine sorts them by name.
function withColumns(text, tokens, base) {
  let star = afterPrologue(tokens) + 1;
  if (/^(?:distinct|reduced)$/i.test(tokens[star]?.text ?? "")) star += 1;
  if (tokens[star]?.text !== "*") return text;
  const selected = new Set(JSON.parse(new Store().query(text, { base_iri: base, results_format: ROWS_JSON })).head.vars);
  const named = new Set(tokens.filter((token) => /^[?$]./.test(token.text)).map((token) => token.text.slice(1)));
  const columns = [...named].filter((name) => selected.has(name));
  const { start } = tokens[star];
  return columns.length ? `${text.slice(0, start)} ?${columns.join(" ?")} ${text.slice(start + 1)}` : text;
}

function bounded(text) {
  if (text.length > MAX_BYTES) {
    throw new QueryProblem(`The result is larger than ${MAX_BYTES / 1e6} MB.`, "add LIMIT, or select less");
  }
  return text;
}

// Return the best label of each thing: by property, then in English, without a language, in another language.
function labelsOf(store, iris) {
  const labels = {};
  for (const iri of iris) {
    for (const property of LABELS) {
      const found = store.match(namedNode(iri), namedNode(property), null, defaultGraph())
        .filter(({ object }) => object.termType === "Literal")
        .map(({ object }) => [(LANGUAGES.indexOf(object.language.toLowerCase()) + 4) % 4, object.value]);
      if (!found.length) continue;
      labels[iri] = found.reduce((best, one) => (one[0] < best[0] || (one[0] === best[0] && one[1] < best[1]) ? one : best))[1];
      break;
    }
  }
  return labels;
}

function rowsOf(store, text) {
  const { head, results, boolean } = JSON.parse(text);
  if (results === undefined) return { truth: boolean };
  const columns = head.vars ?? [];
  const number = Math.min(MAX_SHOWN_ROWS, Math.ceil(MAX_SHOWN_CELLS / Math.max(1, columns.length)));
  const rows = results.bindings.slice(0, number).map((row) => columns.map((name) => row[name] && shown(row[name])));
  const iris = new Set(rows.flat().filter((term) => term?.type === "uri").map((term) => term.value));
  return { columns, rows, total: results.bindings.length, labels: labelsOf(store, iris) };
}

function cut(text) {
  return text.length > MAX_SHOWN_CHARACTERS ? `${text.slice(0, MAX_SHOWN_CHARACTERS)}…` : text;
}

// Return a term for the page; long literals are cut, and a quoted triple becomes text.
function shown(term) {
  if (term.type === "uri") return term;
  if (term.type === "triple") return { type: "literal", value: cut(JSON.stringify(term.value)) };
  return { ...term, value: cut(term.value) };
}

// Return a resulting graph in a syntax, each triple once.
function graphOf(text, format) {
  const graph = new Store();
  graph.load(text, { format: N_TRIPLES });
  return { text: bounded(graph.dump({ format, from_graph_name: defaultGraph() })), total: graph.size };
}

function answer(store, { query, base, format }) {
  const tokens = tokensOf(query);
  const isGraph = GRAPHS.has(check(tokens));
  const options = { base_iri: base, results_format: isGraph ? N_TRIPLES : format ?? ROWS_JSON };
  const text = bounded(store.query(withColumns(query, tokens, base), options));
  if (!isGraph) return format ? { file: text } : rowsOf(store, text);
  const graph = graphOf(text, format ?? "text/turtle");
  if (format) return { file: graph.text };
  const lines = graph.text.split("\n").filter(Boolean);
  return { graph: lines.slice(0, MAX_SHOWN_LINES).map(cut).join("\n"), lines: lines.length, shownLines: Math.min(lines.length, MAX_SHOWN_LINES), total: graph.total };
}

function inWords(reason, token) {
  if (reason === "Prefix not found" && token) return `the prefix ${token.text.split(":")[0]}: is not declared`;
  return reason.includes("unbound") ? "SELECT has a variable that is neither in GROUP BY nor in an aggregate" : reason;
}

// Return a syntax error with the token that the engine rejects. The engine reports how far it has read, which is often
// after that token; with gaps between all tokens, the position lies in the gap after it.
function located(query, base) {
  const tokens = tokensOf(query);
  const spaced = tokens.map((token) => token.text + GAP).join("");
  let place = null;
  try {
    new Store().query(spaced, { base_iri: base });
  } catch (error) {
    if (!(error instanceof WebAssembly.RuntimeError)) place = error.message.match(/^error at (\d+):(\d+): expected (?:one of )?(.*)$/s);
  }
  if (!place) return null;
  const offset = spaced.split("\n").slice(0, place[1] - 1).reduce((sum, line) => sum + line.length + 1, 0) + Number(place[2]) - 1;
  let end = 0;
  const number = tokens.findIndex((token) => (end += token.text.length + GAP.length) > offset);
  const token = tokens[number];
  const at = token ? token.start : query.trimEnd().length;
  const before = query.slice(0, at).split("\n");
  // A sentence among the expected tokens states the error.
  const reasons = place[3].split(", ").filter((one) => /^[A-Z]?[a-z]+(?: \S+)* [a-z]{2,}/.test(one));
  const reason = reasons.map((one) => inWords(one, token)).join("; ")
    || (token ? `unexpected ${token.text.slice(0, 30)}` : "the query ends too early");
  return new QueryProblem(`Line ${before.length}, column ${before.at(-1).length + 1}: ${reason}.`, "see the examples below, or SPARQL 1.1 Query, section 19.8");
}

// Return the problem with a file that was cut short, or with a browser that cannot compile the engine.
function unopened(error) {
  if (error instanceof QueryProblem) return { detail: error.message, hint: error.hint };
  return { detail: `The engine or the data could not be opened: ${error.message}`, hint: "load this page again, or use another browser" };
}

function problemOf(error, { query, base }) {
  if (error instanceof QueryProblem) return { detail: error.message, hint: error.hint };
  if (error instanceof WebAssembly.RuntimeError || error instanceof RangeError) {
    return engine && engine.memory.buffer.byteLength - memoryBefore > MUCH_MEMORY
      ? { detail: "The query needs more memory than this page gives it, 1 GB.", hint: "add LIMIT, or ask for less" }
      : { detail: "The query is nested too deeply, or too long, for the engine.", hint: "simplify it" };
  }
  if (error.message.startsWith("error at ")) {
    const found = located(query, base);
    return found ? { detail: found.message, hint: found.hint } : { detail: error.message, hint: "" };
  }
  return { detail: `The engine cannot answer this query: ${error.message}`, hint: "use the functions of SPARQL 1.1 Query, section 17.4" };
}

onmessage = async ({ data: request }) => {
  let isOpen = false;
  try {
    opening ??= openStore(request.data);
    const store = await opening;
    isOpen = true;
    memoryBefore = engine.memory.buffer.byteLength;
    report("query");
    const begin = performance.now();
    const result = answer(store, request);
    postMessage({ result, seconds: (performance.now() - begin) / 1000 });
  } catch (error) {
    // What the engine had in its memory cannot be trusted after a fault, so the page ends this worker.
    const isBroken = !isOpen || error instanceof WebAssembly.RuntimeError || error instanceof RangeError;
    postMessage({ problem: isOpen ? problemOf(error, request) : unopened(error), isBroken });
  }
};
