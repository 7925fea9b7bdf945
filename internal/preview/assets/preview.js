// The preview's own part of each page that it serves: it shows the page anew
// when its files are saved, and the findings over it. It is in no built page.
"use strict";

(() => {
  const script = document.currentScript;
  const base = new URL(".", script.src); // …/_preview/
  let generation = script.dataset.generation; // of the site that the page is of
  const content = script.dataset.page; // a hash of the page, to tell whether it changed

  // Its elements stand beside the body, so that a new body leaves them alone.
  const layer = document.createElement("div");
  layer.id = "vitrine-preview";
  document.documentElement.append(layer);

  const make = (name, props = {}, ...children) => {
    const e = Object.assign(document.createElement(name), props);
    e.append(...children);
    return e;
  };

  const page = () => fetch(location.pathname, { cache: "no-store" }).then((r) => r.text());

  // What the reader did to the page: opened parts, and how far it is scrolled.
  const keep = () => ({
    details: [...document.querySelectorAll("details")].map((d) => d.open),
    scroll: [scrollX, scrollY],
    focus: document.activeElement && document.activeElement.id,
  });
  const restore = (was) => {
    const details = document.querySelectorAll("details");
    if (details.length === was.details.length) details.forEach((d, i) => { d.open = was.details[i]; });
    if (was.focus) document.getElementById(was.focus)?.focus({ preventScroll: true });
    scrollTo({ left: was.scroll[0], top: was.scroll[1], behavior: "instant" });
  };

  // A page that changed is loaded anew, since its scripts have to see it, and put
  // back to where its reader was.
  const key = "vitrine-preview";
  const reload = () => {
    sessionStorage.setItem(key, JSON.stringify({ path: location.pathname, ...keep() }));
    location.reload();
  };
  try {
    const was = JSON.parse(sessionStorage.getItem(key));
    sessionStorage.removeItem(key);
    if (was && was.path === location.pathname) addEventListener("load", () => restore(was));
  } catch { /* nothing was kept */ }
  const refresh = async () => {
    const next = new DOMParser().parseFromString(await page(), "text/html").querySelector("script[data-page]");
    if (!next || next.dataset.page !== content) reload();
  };

  const finding = (f) => make("li", { className: f.severity }, make("pre", { textContent: f.text }),
    f.edit ? make("a", { href: f.edit, textContent: "Open in the editor" }) : "");

  let dismissed = ""; // the generation whose overlay was closed
  const overlay = (state) => {
    layer.querySelector("[data-overlay]")?.remove();
    const failed = state.failure || state.findings.length > 0;
    if (!failed || dismissed === state.generation) return;
    const close = make("button", { type: "button", textContent: "Close" });
    const box = make("div", { className: "overlay" },
      make("div", { className: "head" }, make("h2", { id: "vitrine-preview-title", textContent: state.title }), close),
      make("p", { textContent: state.hint }),
      state.failure ? make("pre", { textContent: state.failure }) : "",
      make("ul", {}, ...state.findings.map(finding)));
    box.dataset.overlay = "";
    box.setAttribute("role", "alertdialog");
    box.setAttribute("aria-labelledby", "vitrine-preview-title");
    close.onclick = () => { dismissed = state.generation; box.remove(); };
    box.onkeydown = (e) => { if (e.key === "Escape") close.onclick(); };
    layer.append(box);
  };

  const bar = (state) => {
    layer.querySelector("[data-bar]")?.remove();
    const p = state.page;
    if (!p || (p.marks.length === 0 && p.findings.length === 0)) return;
    const box = make("div", { className: "bar" },
      ...p.marks.map((m) => make("strong", { textContent: m })),
      make("code", { textContent: p.source }),
      p.edit ? make("a", { href: p.edit, textContent: "Open in the editor" }) : "",
      make("a", { href: new URL("side?path=" + encodeURIComponent(location.pathname), base).href, textContent: "Languages side by side" }),
      make("a", { href: base.href, textContent: "All entries" }));
    if (p.findings.length > 0) {
      box.append(make("details", {}, make("summary", { textContent: p.count }), make("ul", {}, ...p.findings.map(finding))));
    }
    box.dataset.bar = "";
    box.setAttribute("role", "region");
    box.setAttribute("aria-label", "Preview");
    layer.append(box);
  };

  const update = async () => {
    const r = await fetch(new URL("state?path=" + encodeURIComponent(location.pathname), base), { cache: "no-store" });
    const state = await r.json();
    if (!state.stale) { // else the last good page stays
      if (generation !== state.generation) await refresh();
      generation = state.generation;
    }
    overlay(state);
    bar(state);
  };

  // One update at a time; a newer one follows when it is done.
  let running = false, again = false;
  const look = async () => {
    if (running) { again = true; return; }
    running = true;
    do {
      again = false;
      try { await update(); } catch { /* the server stopped: the events say when it is back */ }
    } while (again);
    running = false;
  };
  const events = new EventSource(new URL("events", base)); // connects again by itself
  events.onmessage = look;
  addEventListener("pageshow", (e) => { if (e.persisted) look(); });
})();
