// The editor of the query page, over its text field. The page works without this script.
//
// CodeMirror puts its styles into a <style> element, which the policy of the site forbids; in a shadow root it uses
// constructed style sheets, which no policy restricts. Custom properties of the site's colours reach into the root.
import { autocompletion, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { HighlightStyle, bracketMatching, syntaxHighlighting, syntaxTree } from "@codemirror/language";
import { EditorState } from "@codemirror/state";
import { EditorView, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { sparql } from "codemirror-lang-sparql";

const MAX_TERMS = 1000; // most that the API sends at once
const KEYWORDS = ("SELECT DISTINCT WHERE CONSTRUCT ASK DESCRIBE PREFIX OPTIONAL UNION MINUS FILTER BIND VALUES GRAPH EXISTS "
  + "COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT STR LANG LANGMATCHES DATATYPE BOUND REGEX CONTAINS STRSTARTS STRENDS LCASE "
  + "UCASE CONCAT REPLACE COALESCE IF NOT IN AS HAVING LIMIT OFFSET").split(" ").concat("GROUP BY", "ORDER BY");

const field = document.querySelector("textarea#query");
const form = field.form;
const label = form.querySelector("label[for=query]");

let loading = null;

// Return what the data has to suggest, or nothing if that cannot be loaded.
function load() {
  // A copy of the site without its server has them in a file.
  const address = field.dataset.href ?? new URL(`../api/terms?limit=${MAX_TERMS}`, import.meta.url);
  loading ??= fetch(address).then((answer) => (answer.ok ? answer.json() : null)).catch(() => null);
  return loading;
}

// Return the changes that write a term, with the line of its prefix at the start if the query lacks it.
function write(state, text, from, to, prefixes) {
  const name = text.match(/^([\w-]+):/)?.[1];
  const iri = prefixes.get(name);
  const isDeclared = !iri || new RegExp(`\\bprefix\\s+${name}:`, "i").test(state.doc.toString());
  const line = isDeclared ? "" : `PREFIX ${name}: <${iri}>\n`;
  return {
    changes: [...(line ? [{ from: 0, insert: line }] : []), { from, to, insert: text }],
    selection: { anchor: line.length + from + text.length },
    userEvent: "input.complete",
  };
}

async function complete(context) {
  const node = syntaxTree(context.state).resolveInner(context.pos, -1).name;
  if (node === "Comment" || node === "String") return null;
  const variable = context.matchBefore(/[?$]\w*/);
  if (variable) {
    const rest = context.state.sliceDoc(0, variable.from) + context.state.sliceDoc(context.pos);
    const names = new Set(rest.match(/[?$]\w+/g));
    return { from: variable.from, options: [...names].map((one) => ({ label: one, type: "variable" })), validFor: /^[?$]\w*$/ };
  }
  const word = context.matchBefore(/<?[\w-]+(?::[\w-]*)?/);
  if (!word && !context.explicit) return null;
  const from = word ? word.from : context.pos;
  const data = await load();
  if (context.aborted) return null;
  const prefixes = new Map(data?.prefixes.map(({ prefix, iri }) => [prefix, iri]));
  if (/\bprefix\s+$/i.test(context.state.sliceDoc(Math.max(0, from - 20), from))) {
    const options = [...prefixes].map(([name, iri]) => ({ label: `${name}:`, apply: `${name}: <${iri}>`, detail: iri, type: "namespace" }));
    return { from, options, validFor: /^[\w-]*:?$/ };
  }
  const terms = (data?.terms ?? []).map((one, number) => ({
    label: one.term,
    detail: one.name,
    type: one.kind,
    boost: Math.max(0, 50 - number), // those with most uses come first
    apply: (view, _, start, end) => view.dispatch(write(view.state, one.term, start, end, prefixes)),
  }));
  const isPrefixed = word?.text.includes(":") || word?.text.startsWith("<");
  const words = isPrefixed ? [] : KEYWORDS.map((one) => ({ label: one, type: "keyword" }));
  return { from, options: [...words, ...terms], validFor: /^<?[\w-]+(?::[\w-]*)?$/ };
}

const colours = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--link)", fontWeight: "700" },
  { tag: [tags.string, tags.integer, tags.float, tags.bool], color: "var(--good)" },
  { tag: [tags.namespace, tags.url, tags.typeName], color: "var(--visited)" },
  { tag: [tags.comment, tags.annotation], color: "var(--quiet)" },
]);

const theme = EditorView.theme({
  "&": { border: "2px solid var(--ink)", background: "var(--paper)", color: "var(--ink)" },
  "&.cm-focused": { outline: "3px solid var(--ink)", boxShadow: "0 0 0 6px var(--focus)" },
  ".cm-scroller": { fontFamily: 'ui-monospace, "Liberation Mono", Consolas, monospace', fontSize: "0.9375rem", lineHeight: "1.5", maxHeight: "70vh" },
  ".cm-content": { minHeight: "18em", padding: "0.5rem 0", caretColor: "var(--ink)" },
  ".cm-gutters": { background: "var(--pale)", color: "var(--quiet)", borderRight: "1px solid var(--line)" },
  "&.cm-focused .cm-matchingBracket": { background: "none", outline: "1px solid var(--quiet)" },
  "&.cm-focused .cm-nonmatchingBracket": { background: "none", outline: "2px solid var(--bad)" },
  ".cm-tooltip": { background: "var(--paper)", color: "var(--ink)", border: "2px solid var(--ink)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "inherit", fontSize: "0.9375rem", maxWidth: "min(90vw, 40rem)", maxHeight: "none" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "0.25rem 0.5rem", whiteSpace: "normal", overflowWrap: "break-word" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": { background: "#1d3d5c", color: "#fff", outline: "2px solid transparent", outlineOffset: "-2px" },
  ".cm-completionDetail": { fontStyle: "normal", color: "var(--quiet)" },
  "li[aria-selected] .cm-completionDetail": { color: "inherit" },
});

// Replace what is selected by what is typed. A browser that does it would keep the look of the old text in a style
// attribute, which the policy of the site forbids.
function replaceSelection(event, view) {
  if (event.inputType !== "insertText" || !event.data || event.isComposing || view.state.selection.main.empty) return false;
  view.dispatch(view.state.replaceSelection(event.data), { userEvent: "input.type", scrollIntoView: true });
  event.preventDefault();
  return true;
}

const host = document.createElement("div");
host.id = "query-editor";
const hint = document.createElement("p");
hint.className = "hint";
hint.id = "query-keys";
hint.textContent = "Suggestions appear while you type: choose one with the arrow keys and Enter. Tab leaves the editor. Ctrl and Enter run the query.";
const described = [...field.getAttribute("aria-describedby").split(" ").map((id) => document.getElementById(id)), hint].filter(Boolean);

const view = new EditorView({
  doc: field.value,
  root: host.attachShadow({ mode: "open" }),
  parent: host.shadowRoot,
  extensions: [
    lineNumbers(),
    history(),
    bracketMatching(),
    EditorView.lineWrapping,
    sparql(),
    autocompletion({ override: [complete], icons: false, maxRenderedOptions: 8 }),
    syntaxHighlighting(colours),
    theme,
    keymap.of([
      { key: "Mod-Enter", run: () => (form.requestSubmit(), true) },
      ...completionKeymap,
      ...historyKeymap,
      ...defaultKeymap,
    ]),
    EditorState.allowMultipleSelections.of(false),
    EditorView.domEventHandlers({ beforeinput: replaceSelection }),
    EditorView.contentAttributes.of({
      "aria-label": label.textContent,
      "aria-description": described.map((one) => one.textContent.trim()).join(" "),
      ...(field.getAttribute("aria-invalid") ? { "aria-invalid": "true" } : {}),
    }),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) field.value = update.state.doc.toString();
    }),
  ],
});

field.before(hint, host);
field.hidden = true;
label.removeAttribute("for");
label.addEventListener("click", () => view.focus());
// A browser that goes back to this page may bring back what was typed after the script began.
window.addEventListener("pageshow", () => {
  if (field.value !== view.state.doc.toString()) {
    view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: field.value } });
  }
});
