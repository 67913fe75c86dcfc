// Suggestions below a text field, by the combobox pattern of the ARIA Authoring Practices (list autocomplete with
// manual selection). The field works without this script.
"use strict";
(() => {
  const WAIT = 120; // milliseconds without a key before the script asks
  const SHORTEST = 2; // characters of a text for which it asks

  for (const input of document.querySelectorAll("input[data-href]")) {
    const list = document.createElement("ul");
    const status = document.createElement("p");
    let chosen = -1;
    let timer = 0;
    let request = null;
    let typed = input.value;

    list.id = `${input.id}-suggestions`;
    list.className = "suggestions";
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "Suggestions");
    status.className = "unseen";
    status.setAttribute("role", "status");
    // The role of a search field cannot be changed.
    input.type = "text";
    input.autocomplete = "off";
    for (const [name, value] of Object.entries({
      role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id,
    })) input.setAttribute(name, value);
    const holder = document.createElement("span");
    holder.className = "combobox";
    input.replaceWith(holder);
    holder.append(input, list, status);

    const close = () => {
      window.clearTimeout(timer);
      request?.abort();
      list.hidden = true;
      list.replaceChildren();
      chosen = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    };

    const select = (number) => {
      const options = list.children;
      options[chosen]?.setAttribute("aria-selected", "false");
      chosen = (number + options.length + 1) % (options.length + 1);
      if (chosen === options.length) {
        chosen = -1;
        input.removeAttribute("aria-activedescendant");
        input.value = typed;
        return;
      }
      const option = options[chosen];
      option.setAttribute("aria-selected", "true");
      option.scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", option.id);
      input.value = option.dataset.name;
    };

    const take = (option) => {
      input.value = option.dataset.name;
      const page = option.dataset.page;
      close();
      if (page) window.location.assign(page);
    };

    const show = (found) => {
      list.replaceChildren(...found.map((one, number) => {
        const option = document.createElement("li");
        option.id = `${list.id}-${number}`;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.dataset.name = one.name;
        // A form about a thing takes its name; the search goes to its page.
        if (input.dataset.goes !== undefined) option.dataset.page = one.page;
        const kind = document.createElement("span");
        kind.className = "quiet";
        kind.textContent = [one.kind, one.level === null ? "" : `level ${one.level}`].filter(Boolean).join(", ");
        option.append(one.name, " ", kind);
        return option;
      }));
      chosen = -1;
      list.hidden = found.length === 0;
      input.setAttribute("aria-expanded", String(found.length > 0));
      input.removeAttribute("aria-activedescendant");
      status.textContent = found.length === 0 ? "No suggestions."
        : `${found.length} suggestion${found.length === 1 ? "" : "s"}. Use the up and down arrow keys to choose.`;
    };

    const ask = async () => {
      const address = new URL(input.dataset.href, window.location.href);
      address.searchParams.set("q", typed.trim());
      request = new AbortController();
      try {
        const response = await fetch(address, { signal: request.signal });
        // A copy of the site without its server has all names in one file.
        if (response.status === 404 && input.dataset.goes !== undefined) {
          const { search } = await import("./static-search.js");
          const found = await search(typed);
          if (document.activeElement === input) show(found.slice(0, 8));
        } else if (response.ok && document.activeElement === input) show((await response.json()).suggestions);
      } catch {
        // Without an answer, the form still works.
      }
    };

    input.addEventListener("input", () => {
      typed = input.value;
      window.clearTimeout(timer);
      request?.abort();
      if (typed.trim().length < SHORTEST) {
        close();
        status.textContent = "";
      } else timer = window.setTimeout(ask, WAIT);
    });
    input.addEventListener("keydown", (event) => {
      if (list.hidden || event.isComposing) return;
      if (event.key === "ArrowDown") select(chosen + 1);
      else if (event.key === "ArrowUp") select(chosen < 0 ? list.children.length - 1 : chosen - 1);
      else if (event.key === "Enter" && chosen >= 0) take(list.children[chosen]);
      else if (event.key === "Escape") {
        input.value = typed;
        close();
      } else return;
      event.preventDefault();
    });
    input.addEventListener("blur", close);
    // The field keeps the focus while a pointer chooses.
    list.addEventListener("pointerdown", (event) => event.preventDefault());
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) take(option);
    });
  }
})();
