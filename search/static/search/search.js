// Live results: keeps facets open across updates, moves to the top of a new page, follows chips and pages without a reload.
const form = document.getElementById("search-form");
const results = document.getElementById("results");
let open = new Map();

// The browser would send an empty question and the default order too: leave out what says nothing.
form.addEventListener("htmx:configRequest", (event) => {
  const parameters = event.detail.parameters;
  for (const name of ["q", "sort"]) if (!parameters[name]) delete parameters[name];
});

// A factor stands for any of its roles: choosing a role narrows it, choosing the factor again widens it.
form.addEventListener(
  "change",
  ({ target }) => {
    if (target.type !== "checkbox" || !target.checked) return;
    const [whole, role] = target.value.split(":");
    for (const other of form.elements[target.name].length ? form.elements[target.name] : []) {
      const kin = role ? other.value === whole : other.value.startsWith(`${whole}:`);
      if (kin) other.checked = false;
    }
  },
  true,
);

form.addEventListener("htmx:beforeSwap", () => {
  open = new Map([...form.querySelectorAll("details[id]")].map((one) => [one.id, one.open]));
});
form.addEventListener("htmx:afterSettle", restore);
form.addEventListener("htmx:oobAfterSwap", restore);

function restore() {
  for (const [id, was] of open) {
    const now = document.getElementById(id);
    if (now) now.open = was;
  }
}

// What is still being typed isn't kept as a question nobody could answer; what was typed and left without an answer is.
let submitted = false;
form.addEventListener("submit", () => (submitted = true), true);
document.getElementById("q").addEventListener("change", () => {
  submitted = false;
  setTimeout(() => {
    if (submitted || !results.querySelector(".nothing")) return;
    fetch(location, { headers: { "HX-Request": "true", "HX-Trigger": form.id } });
  }, 1000);
});

// Chips and page numbers are plain links: with a script they change only the results, and the form follows them.
results.addEventListener("click", (event) => {
  const link = event.target.closest("a.chip, .pages a, .nothing ul a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button !== 0) return;
  event.preventDefault();
  const turning = link.closest(".pages");
  const address = new URL(link.href);
  htmx.ajax("GET", address.pathname + address.search, { target: "#results", source: results }).then(() => {
    if (turning) form.querySelector(".search__bar").scrollIntoView({ block: "start" });
    const next = turning ? results : results.querySelector("a.chip") || document.getElementById("q");
    if (turning) results.setAttribute("tabindex", "-1");
    next.focus({ preventScroll: true });
  });
});
