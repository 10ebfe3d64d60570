// Suggestions under the search field: an ARIA combobox with a list one can walk by arrow keys. Without it the form just searches.
const WAIT = 120; // milliseconds after the last letter

for (const box of document.querySelectorAll("[data-suggest]")) start(box);

function start(box) {
  const field = box.querySelector("input");
  const list = box.querySelector("[role=listbox]");
  let timer, asked, active = -1;

  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
  field.setAttribute("aria-expanded", "false");

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  field.addEventListener("keydown", (event) => {
    const options = list.children;
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && options.length && !list.hidden) {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      choose(active + step < -1 ? options.length - 1 : active + step >= options.length ? -1 : active + step);
    } else if (event.key === "Enter" && active >= 0 && !list.hidden) {
      event.preventDefault();
      location.href = options[active].dataset.url;
    } else if (event.key === "Enter") close();
  });
  field.addEventListener("blur", () => setTimeout(close, 150));
  list.addEventListener("mousedown", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) {
      event.preventDefault();
      location.href = option.dataset.url;
    }
  });

  async function ask() {
    const words = field.value.trim();
    asked = words;
    if (words.length < 2) return close();
    try {
      const answer = await fetch(`${box.dataset.suggest}?q=${encodeURIComponent(words)}`);
      const { suggestions } = await answer.json();
      if (asked === words && document.activeElement === field) show(suggestions);
    } catch {
      close(); // suggestions are a help: the search works without
    }
  }

  function show(suggestions) {
    active = -1;
    list.replaceChildren(...suggestions.slice(0, 8).map(option));
    list.hidden = !suggestions.length;
    field.setAttribute("aria-expanded", String(!list.hidden));
    field.removeAttribute("aria-activedescendant");
  }

  function option(row, at) {
    const item = document.createElement("li");
    item.id = `${list.id}-${at}`;
    item.role = "option";
    item.lang = row.lang;
    item.className = `seek__option seek__option--${row.kind}`;
    item.dataset.url = row.url;
    item.textContent = row.text;
    item.setAttribute("aria-selected", "false");
    return item;
  }

  function choose(at) {
    list.children[active]?.setAttribute("aria-selected", "false");
    active = at;
    const chosen = list.children[active];
    chosen?.setAttribute("aria-selected", "true");
    chosen?.scrollIntoView({ block: "nearest" });
    if (chosen) field.setAttribute("aria-activedescendant", chosen.id);
    else field.removeAttribute("aria-activedescendant");
  }

  function close() {
    list.hidden = true;
    active = -1;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  }
}
