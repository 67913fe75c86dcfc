// For copies of the site on a host without its server: searches, and finds documents by the query of the address.
import { search } from "./static-search.js";

const root = new URL("..", import.meta.url);
const parameters = new URLSearchParams(location.search);

function element(name, text = "", attributes = {}) {
  const made = document.createElement(name);
  made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

const facets = [["kind", "Kind", (one) => [one.kind]], ["level", "Level", (one) => [one.level === null ? "" : `Level ${one.level}`]], ["t-level", "T Level", (one) => one.tLevels]];

function path(changes) {
  const changed = new URLSearchParams(parameters);
  for (const [name, value] of Object.entries(changes)) value ? changed.set(name, value) : changed.delete(name);
  return `?${changed}`;
}

function facetList(found) {
  const nav = element("nav", "", { "aria-label": "Narrow the results", class: "facets" });
  for (const [name, heading, valuesOf] of facets) {
    const numbers = new Map();
    for (const one of found) for (const value of valuesOf(one)) if (value) numbers.set(value, (numbers.get(value) ?? 0) + 1);
    if (!numbers.size) continue;
    const list = element("ul", "", { class: "plain" });
    for (const [value, number] of [...numbers].sort((a, b) => b[1] - a[1]).slice(0, 12)) {
      const item = element("li");
      if (parameters.get(name) === value) item.append(element("strong", value), " ", element("a", `remove ${value}`, { href: path({ [name]: "", page: "" }) }));
      else item.append(element("a", value, { href: path({ [name]: value, page: "" }) }), element("span", ` (${number})`, { class: "quiet" }));
      list.append(item);
    }
    nav.append(element("h2", heading), list);
  }
  return nav;
}

function resultList(found) {
  const list = element("ol", "", { class: "results" });
  for (const one of found) {
    const item = element("li");
    const heading = element("h2");
    heading.append(element("a", one.name, { href: one.page }));
    item.append(heading, element("p", [one.kind, one.level === null ? "" : `level ${one.level}`, one.codes.join(", ")].filter(Boolean).join(" · "), { class: "quiet" }));
    if (one.tLevels.length) item.append(element("p", `T Level: ${one.tLevels.join(", ")}`));
    list.append(item);
  }
  return list;
}

async function showResults(place) {
  const text = (parameters.get("q") ?? "").trim();
  if (!text) return;
  document.getElementById("q").value = text;
  document.title = `Search for “${text}”`;
  const status = element("p", "Searching…", { role: "status" });
  place.append(status);
  let found = await search(text).catch(() => null);
  if (!found) {
    status.textContent = "The list of names could not be loaded. Load this page again.";
    return;
  }
  for (const [name, , valuesOf] of facets) if (parameters.get(name)) found = found.filter((one) => valuesOf(one).includes(parameters.get(name)));
  const pages = Math.max(1, Math.ceil(found.length / 30));
  const page = Math.min(pages, Math.max(1, parseInt(parameters.get("page"), 10) || 1));
  status.textContent = `${found.length.toLocaleString("en-GB")} result${found.length === 1 ? "" : "s"}${pages > 1 ? `, page ${page} of ${pages}` : ""}`;
  if (!found.length) {
    place.append(element("p", "Nothing was found. Try fewer words, the name of a job or a T Level, or a code such as ST0774, OCC0774 or 603/7083/X."));
    return;
  }
  const shown = element("div", "", { class: "found" });
  shown.append(facetList(found), resultList(found.slice((page - 1) * 30, page * 30)));
  place.append(shown);
  const steps = element("ul", "", { class: "inline" });
  for (const [label, number] of [["Previous page", page - 1], ["Next page", page + 1]]) {
    if (number < 1 || number > pages) continue;
    const item = element("li");
    item.append(element("a", label, { href: path({ page: String(number) }) }));
    steps.append(item);
  }
  if (steps.children.length) place.append(steps);
}

function showQuery(place) {
  const query = parameters.get("query");
  if (!query) return;
  const shown = element("pre", "", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Your query" });
  shown.append(element("code", query));
  place.append(element("h2", "Your query"), shown);
}

// The value as the links have it: the file has the same escapes in its name.
function openDocument(place) {
  const found = location.search.match(/^\?iri=(https?):\/\/(.+)$/);
  if (!found) return;
  const target = new URL(`_/iri/${found[1]}/${found[2].replaceAll("%", "%25")}.html`, root);
  place.append(element("p", "The document is at "), element("a", target.pathname, { href: target.href }));
  location.replace(target);
}

const tasks = { "static-results": showResults, "static-query": showQuery, "static-document": openDocument };
for (const [id, task] of Object.entries(tasks)) {
  const place = document.getElementById(id);
  if (place) task(place);
}
