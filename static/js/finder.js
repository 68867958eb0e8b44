// Applies filters at once: asks for the same page the form would, and swaps what changed. Without this script the form's
// own button does the same.
const form = document.getElementById("finder");
const parts = ["filters", "gevonden", "gevraagd"];
let running;
let telling;
let here = place();

function place() {
  return location.pathname + location.search;
}

function address() {
  const fields = [...new FormData(form)].filter(([name, value]) => value && !(name === "sort" && value === "relevance"));
  const query = new URLSearchParams(fields).toString();
  return form.getAttribute("action") + (query ? "?" + query : "");
}

async function show(url, { keep = true, top = false } = {}) {
  running?.abort();
  running = new AbortController();
  const found = document.getElementById("gevonden");
  found.setAttribute("aria-busy", "true");
  let text;
  try {
    const answer = await fetch(url, { signal: running.signal });
    if (!answer.ok) throw new Error(answer.statusText);
    text = await answer.text();
  } catch (error) {
    if (error.name !== "AbortError") location.assign(url);
    return;
  }
  const page = new DOMParser().parseFromString(text, "text/html");
  try {
    swap(page, found);
  } finally {
    // Whatever the page looks like: the address is that of what was asked, and nobody waits for more.
    if (keep) history.pushState(null, "", url);
    here = place();
    document.title = page.title;
    found.removeAttribute("aria-busy");
  }
  if (top) form.scrollIntoView();
}

function swap(page, found) {
  const focused = document.activeElement;
  const filters = document.getElementById("filters");
  const filtering = filters.contains(focused);
  const mail = document.getElementById("save-email");
  const opened = new Set(folds().filter((details) => details.open).map(name));
  for (const id of parts) document.getElementById(id).innerHTML = page.getElementById(id).innerHTML;
  for (const details of folds()) details.open ||= opened.has(name(details));
  // The field itself moves over, with the address that somebody is typing in it.
  if (mail) document.getElementById("save-email")?.replaceWith(mail);
  // Without an engine there is no number of results, but a notice.
  const said = found.querySelector(".toolbar h2") ?? found.querySelector(".notice");
  tell([said, found.querySelector(".pages [aria-current]")]);
  if (document.activeElement !== focused) refocus(focused, filtering ? filters.querySelector("h2") : said);
}

// Said aloud: a live region that stays, because one that is swapped in is not announced; emptied first, because the same words
// are not announced either.
function tell(elements) {
  const region = document.getElementById("melding");
  region.textContent = "";
  clearTimeout(telling);
  telling = setTimeout(() => {
    region.textContent = elements.flatMap((element) => element?.textContent ?? []).join(". ");
  }, 100);
}

// To what took the place of the element that had the focus, or else to a heading, so that Tab goes on from there.
function refocus(gone, heading) {
  const [field, value] = [CSS.escape(gone.name ?? ""), CSS.escape(gone.value ?? "")];
  const again = gone.isConnected ? gone : form.querySelector(`[name="${field}"][value="${value}"], select[name="${field}"]`);
  again?.focus();
  if (document.activeElement !== document.body || !heading) return;
  heading.tabIndex = -1;
  heading.focus();
}

function folds() {
  return parts.flatMap((id) => [...document.getElementById(id).querySelectorAll("details")]);
}

function name(details) {
  return details.querySelector("summary").textContent;
}

if (form) {
  form.addEventListener("change", (event) => {
    if (event.target.type === "checkbox" || event.target.name === "sort") show(address());
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    document.getElementById("filters").hidePopover?.();
    show(address());
  });
  form.addEventListener("click", (event) => {
    const link = event.target.closest(".chips a, .pages a, .did-you-mean a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const url = new URL(link.href);
    // What stands in the field follows the link, so that the next tick of a filter keeps it.
    form.elements.q.value = url.searchParams.get("q") ?? "";
    show(url.pathname + url.search, { top: link.closest(".pages") !== null });
  });
  // Which result helped is counted, without who; the page that opens waits for nothing.
  form.addEventListener("click", (event) => {
    const hit = event.target.closest(".hit");
    const q = new URLSearchParams(location.search).get("q");
    if (q && hit && event.target.closest("h3 a")) {
      navigator.sendBeacon("/zoeken/klik/", new URLSearchParams({ q, key: hit.dataset.key, position: hit.dataset.position }));
    }
  });
  addEventListener("popstate", () => {
    // A link within the page, such as the one to the content, comes by here too and asks for nothing.
    if (place() === here) return;
    here = place();
    form.elements.q.value = new URLSearchParams(location.search).get("q") ?? "";
    show(location.pathname + location.search, { keep: false });
  });
}
