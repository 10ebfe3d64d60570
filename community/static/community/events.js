// Where the reader's clock shows another hour than the event's, hers is shown too.
for (const place of document.querySelectorAll("[data-yours]")) {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const shown = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long", timeStyle: "short" });
  const there = new Intl.DateTimeFormat(document.documentElement.lang, {
    dateStyle: "long", timeStyle: "short", timeZone: place.dataset.zone,
  });
  const starts = new Date(place.dataset.starts);
  if (timeZone && shown.format(starts) !== there.format(starts)) {
    place.querySelector("[data-time]").textContent = shown.formatRange(starts, new Date(place.dataset.ends));
    place.hidden = false;
  }
}
