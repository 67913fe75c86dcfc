// The search of a copy of the site on a host without its server, over one file with all names and codes.

const root = new URL("..", import.meta.url);
let loading = null;

async function load() {
  const answer = await fetch(new URL("_/search.json", root));
  if (!answer.ok) throw new Error(`the list of names could not be loaded (${answer.status})`);
  return answer.json();
}

function wordsOf(text) {
  return text.toLowerCase().replaceAll("&", " and ").match(/[\p{L}\p{N}]+/gu) ?? [];
}

// The words around a name when people ask in a sentence, as search/index.py has them.
const AROUND_NAMES = new Set(("a about after am an and are as at be become by can could do does fit fits for from get go how i if in into is it"
  + " job lead leads level levels like me my of on or qualification should t that the there to train want was what when"
  + " where which who will with work would you your").split(" "));

// Return the things that have, for each word of a text, a word that begins with it. Codes and whole names come first,
// then beginnings of names; the file has the better ones of each first. If
// there are none, the words around a name are left out.
export async function search(text) {
  loading ??= load();
  const data = await loading;
  const words = wordsOf(text);
  const kept = words.filter((word) => !AROUND_NAMES.has(word));
  const found = matches(data, words);
  return found.length || !kept.some((word) => word.length > 2) ? found : matches(data, kept);
}

function matches(data, words) {
  const whole = words.join(" ");
  const joined = words.join("");
  if (!joined) return [];
  const found = [];
  for (const [name, page, kind, level, codes, others, tLevels] of data.things) {
    const isCode = codes.some((code) => wordsOf(code).join("") === joined);
    const known = [name, ...others, ...codes].flatMap(wordsOf);
    if (!isCode && !words.every((word) => known.some((one) => one.startsWith(word)))) continue;
    const own = wordsOf(name).join(" ");
    const rank = isCode || own === whole ? 0 : own.startsWith(whole) ? 1 : 2;
    found.push({ name, page: new URL(page.slice(1), root).href, kind, level, codes, tLevels: tLevels.map((one) => data.tLevels[one]), rank });
  }
  return found.sort((one, other) => one.rank - other.rank);
}
