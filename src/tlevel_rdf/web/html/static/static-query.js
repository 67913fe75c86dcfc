// The query page of a copy of the site on a host without its server: queries run in this browser, in a worker that
// ends when the time is over. The engine and the data are loaded with the first query.

const tool = document.getElementById("query-tool");
const notice = document.getElementById("query-notice");
const form = tool.querySelector("form");
const field = form.elements.namedItem("query");
const run = form.querySelector("button[type=submit]");
const stop = document.getElementById("query-stop");
const status = document.getElementById("query-status");
const place = document.getElementById("query-result");
const root = new URL("..", import.meta.url);
const base = tool.dataset.base;
const MAX_ADDRESS = 4000; // characters of a link, as hosts refuse long ones

const ROW_FORMS = [["CSV", "text/csv", "csv"], ["TSV", "text/tab-separated-values", "tsv"],
  ["JSON", "application/sparql-results+json", "json"], ["XML", "application/sparql-results+xml", "xml"]];
const GRAPH_FORMS = [["Turtle", "text/turtle", "ttl"], ["JSON-LD", "application/ld+json", "jsonld"],
  ["N-Triples", "application/n-triples", "nt"], ["RDF/XML", "application/rdf+xml", "rdf"]];
const XSD = "http://www.w3.org/2001/XMLSchema#";
const PLAIN = new Set(["string", "integer", "gYear", "anyURI", "boolean", "date"].map((name) => XSD + name));

function element(name, text = "", attributes = {}) {
  const made = document.createElement(name);
  made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

function counted(number, unit) {
  return `${number.toLocaleString("en-GB")} ${unit}${number === 1 ? "" : "s"}`;
}

// Return the page of a thing on this site, else its IRI if that is one of the web.
function hrefOf(iri) {
  const [whole, ...fragment] = iri.split("#");
  for (const [start, folder] of [[tool.dataset.definitions, "def/"], [`${base}id/`, "doc/"]]) {
    // Other names are in files that only the rules of the host lead to.
    const key = whole.startsWith(start) ? whole.slice(start.length) : "";
    if (/^[\w~-][\w/~-]*$/.test(key)) return new URL(`${folder}${key}.html${fragment.length ? `#${fragment.join("#")}` : ""}`, root).href;
  }
  return /^(?:https?|mailto):/i.test(iri) ? iri : "";
}

// Return the last part of an IRI of this site in words, and any other IRI as it is.
function nameOf(iri) {
  if (!iri.startsWith(base) && !iri.startsWith(tool.dataset.definitions)) return iri;
  const last = iri.match(/[^/#:?=]+(?=[/#]?$)/)?.[0] ?? iri;
  return last.replaceAll(/([a-z])(?=[A-Z])/g, "$1 ").toLowerCase();
}

function day(text) {
  const date = new Date(`${text}T00:00:00Z`);
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(date.getTime())
    ? date.toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" })
    : text;
}

function literal({ value, datatype = `${XSD}string`, "xml:lang": language = "" }) {
  if (datatype === `${XSD}date`) return [element("time", day(value), { datetime: value })];
  const text = datatype === `${XSD}boolean` ? { true: "yes", false: "no" }[value] ?? value : value;
  const parts = [element("span", text, language && !/^en\b/i.test(language) ? { lang: language } : {})];
  if (!language && !PLAIN.has(datatype)) {
    const name = datatype.match(/[^/#]*$/)[0].replaceAll(/([a-z])(?=[A-Z])/g, "$1 ").toLowerCase();
    parts.push(" ", element("small", `(${name})`));
  }
  return parts;
}

function cell(term, labels) {
  if (term.type === "bnode") return ["…"];
  if (term.type !== "uri") return literal(term);
  const text = labels[term.value] ?? nameOf(term.value);
  const href = hrefOf(term.value);
  return [href ? element("a", text, { href }) : element("span", text)];
}

function table({ columns, rows, total, labels }) {
  const made = element("table", "", { class: "cards" });
  made.createCaption().textContent = counted(total, "row");
  const head = made.createTHead().insertRow();
  head.append(...columns.map((name) => element("th", name, { scope: "col" })));
  const body = made.createTBody();
  for (const row of rows) {
    const line = body.insertRow();
    row.forEach((term, number) => {
      const shown = element("td", "", { "data-column": columns[number] });
      if (term) shown.append(...cell(term, labels));
      line.append(shown);
    });
  }
  const region = element("div", "", { class: "scroll", role: "region", "aria-label": "Result", tabindex: "0" });
  region.append(made);
  return region;
}

function graph(text) {
  const shown = element("pre", "", { class: "scroll", tabindex: "0", role: "region", "aria-label": "The result in Turtle" });
  shown.append(element("code", text));
  return shown;
}

// Return what a result has, in words.
function summary({ truth, columns, total }) {
  if (truth !== undefined) return truth ? "The answer is yes" : "The answer is no";
  return counted(total, columns ? "row" : "statement");
}

function showResult(result, query) {
  const parts = [element("h2", "Result")];
  if (result.truth !== undefined) parts.push(element("p", result.truth ? "Yes" : "No", { class: "lead" }));
  else if (result.columns) {
    if (result.total > result.rows.length) {
      parts.push(element("p", `This page shows the first ${counted(result.rows.length, "row")} of ${result.total.toLocaleString("en-GB")}. The downloads have all rows.`));
    }
    parts.push(table(result));
  } else {
    if (result.lines > result.shownLines) {
      parts.push(element("p", `This page shows the first ${counted(result.shownLines, "line")} of ${result.lines.toLocaleString("en-GB")}. The downloads have all lines.`));
    }
    parts.push(graph(result.graph));
  }
  const list = element("ul", "", { class: "inline" });
  for (const [label, format, ending] of result.graph === undefined ? ROW_FORMS : GRAPH_FORMS) {
    const button = element("button", label, { type: "button" });
    button.addEventListener("click", () => start(query, { format, ending, label }));
    const item = element("li");
    item.append(button);
    list.append(item);
  }
  const link = element("p");
  link.append(element("a", "Link to this query and its result", { href: linkTo(query), rel: "bookmark" }));
  place.replaceChildren(...parts, element("h2", "Take the result with you"), list, link);
}

function showProblem({ detail, hint }) {
  const box = element("div", "", { class: "error", role: "alert", id: "query-error" });
  box.append(element("h2", "There is a problem with the query"), element("p", detail));
  if (hint) box.append(element("p", `What to do: ${hint.replace(/\.$/, "")}.`));
  place.replaceChildren(box);
}

function save(text, { format, ending }) {
  const href = URL.createObjectURL(new Blob([text], { type: format }));
  element("a", "", { href, download: `result.${ending}` }).click();
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
}

// Return the address of a query; a long one is in the fragment, which no host sees.
function linkTo(query) {
  const parameters = new URLSearchParams({ query, format: "html" }).toString();
  return `${location.pathname}${parameters.length > MAX_ADDRESS ? "#" : "?"}${parameters}`;
}

let worker = null;
let running = null; // the query in hand, its download if it is for one, and the timer of its deadline

function end() {
  clearTimeout(running?.timer);
  running = null;
  // The focus must not go with the button.
  if (document.activeElement === stop) run.focus();
  stop.hidden = true;
}

function endWorker() {
  worker?.terminate();
  worker = null;
}

function fail(problem) {
  status.textContent = "";
  showProblem(problem);
  end();
}

function stages(stage, bytes) {
  const size = bytes ? `, ${(bytes / 1e6).toLocaleString("en-GB", { maximumFractionDigits: 1 })} MB` : "";
  return { engine: `Loading the query engine${size}…`, data: `Loading the data${size}…`, query: "Running the query…" }[stage];
}

function receive({ data: { stage, bytes, result, seconds: taken, problem, isBroken } }) {
  if (!running) return;
  const { query, download } = running;
  if (stage) {
    status.textContent = stages(stage, bytes);
    if (stage === "query") {
      const seconds = Number(tool.dataset.seconds);
      running.timer = setTimeout(() => {
        endWorker();
        fail({ detail: `The query took longer than ${counted(seconds, "second")}, so it was ended.`, hint: "add LIMIT, or make its patterns more specific" });
      }, seconds * 1000);
    }
    return;
  }
  if (isBroken) endWorker();
  if (problem) {
    fail(problem);
  } else if (download) {
    save(result.file, download);
    status.textContent = `The ${download.label} file has been made.`;
    end();
  } else {
    showResult(result, query);
    status.textContent = `${summary(result)}, in ${taken.toLocaleString("en-GB", { maximumSignificantDigits: 2 })} seconds.`;
    history.replaceState(null, "", linkTo(query));
    end();
  }
}

// Run a query in the worker, for the page or for a download.
function start(query, download = null) {
  if (running) return;
  running = { query, download, timer: 0 };
  stop.hidden = false;
  status.textContent = "Starting…";
  if (!worker) {
    worker = new Worker(new URL("query-engine.js", import.meta.url), { type: "module" });
    worker.addEventListener("message", receive);
    worker.addEventListener("error", (event) => {
      event.preventDefault();
      endWorker();
      if (running) fail({ detail: "The query engine could not be loaded.", hint: "check the connection, and run the query again" });
    });
  }
  worker.postMessage({ query, base: `${base}sparql`, data: new URL(tool.dataset.href, location.href).href, format: download?.format });
}

function queryOfAddress() {
  return new URLSearchParams(location.search).get("query") ?? new URLSearchParams(location.hash.slice(1)).get("query");
}

if (window.Worker && window.WebAssembly && window.DecompressionStream) {
  notice.hidden = true;
  tool.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!running) place.replaceChildren();
    start(field.value);
  });
  stop.addEventListener("click", () => {
    endWorker();
    end();
    status.textContent = "The query was stopped.";
  });
  const given = queryOfAddress();
  if (given) {
    field.value = given;
    start(given);
  }
}
