// The preview's own part of each page that it serves: it shows the page anew
// when its files are saved, and the findings over it. It is in no built page.
"use strict";

(() => {
  const script = document.currentScript;
  const base = new URL(".", script.src); // …/_preview/
  const loaded = Number(script.dataset.generation); // of the site that the page was loaded of
  let content = script.dataset.page; // a hash of the page, to tell whether it changed

  // The page as it was sent, before other scripts add to it, and which node of
  // the document each of its nodes is.
  const sent = document.documentElement.cloneNode(true);
  const live = new Map();
  const pair = (copy, node) => {
    live.set(copy, node);
    for (let i = 0; i < copy.childNodes.length; i++) pair(copy.childNodes[i], node.childNodes[i]);
  };
  pair(sent, document.documentElement);

  // Its elements stand beside the body, so that a new body leaves them alone.
  const layer = document.createElement("div");
  layer.id = "vitrine-preview";
  document.documentElement.append(layer);

  const make = (name, props = {}, ...children) => {
    const e = Object.assign(document.createElement(name), props);
    e.append(...children);
    return e;
  };

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

  // A page that cannot be changed where it stands is loaded anew, and put back to
  // where its reader was.
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

  // Texts and plain elements change where they stand, which is seen at once and
  // leaves everything else alone. What other scripts act on does not: plan returns
  // false where the page has to be loaded anew, before anything was changed.
  const mine = (n) => n.nodeType === Node.ELEMENT_NODE && n.matches(`script[src*="/_preview/"], link[href*="/_preview/"]`);
  const children = (n) => [...n.childNodes].filter((c) => !mine(c));
  const acted = "[id], [hidden], [open], button, details, dialog, form, iframe, input, link[rel=stylesheet], nav, script, select, style, template, textarea";
  const plain = (n) => n.nodeType !== Node.ELEMENT_NODE ||
    [n, ...n.querySelectorAll("*")].every((e) => !e.matches(acted) && !e.matches("a.shot") && [...e.attributes].every((a) => !a.name.startsWith("data-")));
  const still = (name) => name === "id" || name === "hidden" || name === "open" || name.startsWith("data-");
  const plan = (was, now, steps) => {
    if (was.isEqualNode(now) || was.nodeName === "NOSCRIPT" && now.nodeName === "NOSCRIPT") return true;
    if (was.nodeType !== now.nodeType || was.nodeName !== now.nodeName) return replace(was, now, steps);
    if (was.nodeType !== Node.ELEMENT_NODE) {
      steps.push(() => { live.get(was).data = was.data = now.data; });
      return true;
    }
    if (was.matches("script[src], style, link[rel=stylesheet], meta[http-equiv]") && !was.cloneNode(false).isEqualNode(now.cloneNode(false))) return false;
    for (const name of new Set([...was.getAttributeNames(), ...now.getAttributeNames()])) {
      const value = now.getAttribute(name);
      if (value === was.getAttribute(name)) continue;
      if (still(name)) return false;
      for (const e of [live.get(was), was]) steps.push(() => { value === null ? e.removeAttribute(name) : e.setAttribute(name, value); });
    }
    const before = children(was), after = children(now);
    let from = 0, end = 0; // equal ones at both ends
    while (from < Math.min(before.length, after.length) && before[from].isEqualNode(after[from])) from++;
    while (end < Math.min(before.length, after.length) - from && before.at(-1 - end).isEqualNode(after.at(-1 - end))) end++;
    const common = Math.min(before.length, after.length) - end;
    for (let i = from; i < common; i++) if (!plan(before[i], after[i], steps)) return false;
    for (let i = common; i < before.length - end; i++) if (!replace(before[i], null, steps)) return false;
    const next = before[before.length - end]; // undefined: at the end
    for (let i = common; i < after.length - end; i++) if (!insert(was, after[i], next, steps)) return false;
    return true;
  };
  const replace = (was, now, steps) => {
    if (!plain(was) || now && !insert(was.parentNode, now, was, steps)) return false;
    steps.push(() => { live.get(was).remove(); was.remove(); });
    return true;
  };
  const insert = (parent, now, next, steps) => {
    if (!plain(now)) return false;
    steps.push(() => {
      const copy = now.cloneNode(true), node = document.importNode(now, true);
      pair(copy, node);
      parent.insertBefore(copy, next || null);
      const after = next ? live.get(next) : parent.lastChild === copy && copy.previousSibling ? live.get(copy.previousSibling).nextSibling : null;
      live.get(parent).insertBefore(node, after);
    });
    return true;
  };
  const show = (html) => {
    const next = new DOMParser().parseFromString(html, "text/html");
    const tag = next.querySelector("script[data-page]");
    for (const n of next.querySelectorAll("noscript")) n.textContent = n.innerHTML; // as a browser with scripts reads it
    const steps = [];
    if (!tag || !plan(sent, next.documentElement, steps)) return reload();
    try {
      for (const step of steps) step();
    } catch { return reload(); } // a script moved something
    content = tag.dataset.page;
  };

  let words = {}; // in the author's language
  const finding = (f) => make("li", { className: f.severity }, make("pre", { textContent: f.text }),
    f.edit ? make("a", { href: f.edit, textContent: words.edit }) : "");

  let dismissed = ""; // the generation whose overlay was closed
  const overlay = (state) => {
    layer.querySelector("[data-overlay]")?.remove();
    const failed = state.failure || state.findings.length > 0;
    if (!failed || dismissed === state.generation) return;
    const close = make("button", { type: "button", textContent: words.close });
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
      p.edit ? make("a", { href: p.edit, textContent: words.edit }) : "",
      p.shown ? make("a", { href: new URL("side?path=" + encodeURIComponent(location.pathname), base).href, textContent: words.side }) : "",
      make("a", { href: base.href, textContent: words.all }));
    if (p.findings.length > 0) {
      box.append(make("details", {}, make("summary", { textContent: p.count }), make("ul", {}, ...p.findings.map(finding))));
    }
    box.dataset.bar = "";
    box.setAttribute("role", "region");
    box.setAttribute("aria-label", words.preview);
    layer.append(box);
  };

  class Failure extends Error {} // what the server says of a page that it cannot make
  const page = async () => {
    const r = await fetch(location.pathname, { cache: "no-store", headers: { "If-None-Match": `"${content}"` } });
    const text = r.status === 304 ? null : await r.text();
    if (r.status >= 500) throw new Failure(text);
    return text;
  };
  const update = async () => {
    const asked = fetch(new URL("state?path=" + encodeURIComponent(location.pathname), base), { cache: "no-store" });
    const shown = page().catch((e) => e);
    const [html, state] = await Promise.all([shown, asked.then((r) => r.json())]);
    words = state.words;
    if (html instanceof Failure) Object.assign(state, { stale: true, failure: state.failure || html.message, title: state.title || state.words.failed });
    else if (html instanceof Error) throw html;
    if (!state.stale) { // else the last good page stays
      if (html !== null) show(html);
      else if (Number(state.files) > loaded) reload(); // a picture has its name still
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
