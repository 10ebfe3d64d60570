// On a phone the writing form shows one section a screen; links to a field open the section it stands in.
const form = document.querySelector("[data-writing]");
if (form) {
  const sections = [...form.querySelectorAll(".writing__section")];
  const narrow = matchMedia("(max-width: 40rem)");
  let at = 0;

  const button = (text, move) => {
    const one = document.createElement("button");
    one.type = "button";
    one.className = "button button--second";
    one.textContent = text;
    one.addEventListener("click", () => show(at + move, true));
    return one;
  };
  const bar = document.createElement("div");
  bar.className = "writing__steps";
  const place = document.createElement("span");
  const previous = button(form.dataset.previous, -1);
  const next = button(form.dataset.next, 1);
  bar.append(previous, place, next);
  sections.at(-1).after(bar);
  sections.forEach((section) => { section.querySelector("h2").tabIndex = -1; });

  const show = (number, moved = false) => {
    at = Math.max(0, Math.min(number, sections.length - 1));
    sections.forEach((section, index) => { section.hidden = narrow.matches && index !== at; });
    bar.hidden = !narrow.matches;
    form.classList.toggle("writing--before-last", narrow.matches && at < sections.length - 1);
    previous.disabled = at === 0;
    next.hidden = at === sections.length - 1;
    place.textContent = `${at + 1} / ${sections.length}`;
    if (moved) {
      const heading = sections[at].querySelector("h2");
      heading.focus({ preventScroll: true });
      heading.scrollIntoView({ block: "start" });
    }
  };
  const open = (id) => {
    const target = document.getElementById(id);
    const index = sections.findIndex((section) => target && section.contains(target));
    if (index >= 0) show(index);
    return target;
  };

  narrow.addEventListener("change", () => show(at));
  addEventListener("hashchange", () => open(location.hash.slice(1))?.scrollIntoView());
  document.addEventListener("click", (event) => {
    const link = event.target.closest(".error-summary a[href^='#']");
    const target = link && open(link.hash.slice(1));
    if (!target) return;
    event.preventDefault();
    target.closest("details")?.setAttribute("open", "");
    target.scrollIntoView({ block: "center" });
    (target.matches("input, select, textarea") ? target : target.querySelector("input, select, textarea"))?.focus();
  });
  show(0);
  open(location.hash.slice(1));
}
