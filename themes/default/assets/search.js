// The search as the page shows it: results while one types, filters, and the
// state of both in the address. It takes the place of the page's main part, and
// gives it back when nothing is searched any more.

const perPage = 24;
const firstScreen = 8; // cards that are shown before the others have come

// start takes over the search box. It returns what site.js calls for links.
export async function start(form, index, engine) {
  const search = new Search(form, index, engine);
  await search.listen();
  return search;
}

class Search {
  constructor(form, index, engine) {
    this.box = form.elements.q;
    this.form = form;
    this.index = index;
    this.engine = engine;
    this.main = document.querySelector("main");
    this.action = new URL(form.action).pathname;
    this.tag = document.documentElement.lang;
    this.plural = new Intl.PluralRules(this.tag);
    this.number = new Intl.NumberFormat(this.tag);
    // Where the page is when nothing is searched.
    this.home = location.pathname === this.action ? this.action : location.pathname + location.search;
    this.own = location.pathname;
    this.title = document.title;
    this.languages = [...document.querySelectorAll(".languages a")].map((a) => [a, a.href]);
    this.state = { q: "", chosen: {}, shown: perPage };
    this.turn = 0; // of the newest update: answers to older ones are dropped
  }

  listen() {
    this.box.addEventListener("input", () => this.type());
    this.box.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !this.box.value) return;
      event.preventDefault();
      this.box.value = "";
      this.type();
    });
    this.box.addEventListener("keydown", (event) => {
      if (event.key !== "ArrowDown" || !this.view) return;
      event.preventDefault();
      this.view.first()?.focus();
    });
    this.form.addEventListener("submit", async (event) => {
      event.preventDefault();
      await this.type(true);
      this.view?.heading.focus();
    });
    addEventListener("popstate", () => {
      // The browser may have loaded another page of this history anew.
      if (![this.own, this.action].includes(location.pathname)) location.reload();
      else this.read();
    });
    if (this.box.value && this.box === document.activeElement) return this.type(); // typed while this was loading
    return this.read();
  }

  // type searches for what is in the box. One letter finds too much to be shown
  // before it is asked for.
  type(asked) {
    const q = this.box.value.trim();
    if (q === this.state.q || (q.length === 1 && !asked)) return;
    // One entry in the history a search, not one a letter.
    const replace = this.state.q !== "" && q !== "";
    return this.go({ q, chosen: this.state.chosen, shown: perPage }, replace);
  }

  // choose switches a value of a facet on or off.
  choose(key, id) {
    const chosen = { ...this.state.chosen, [key]: new Set(this.state.chosen[key]) };
    if (!chosen[key].delete(id)) chosen[key].add(id);
    return this.go({ q: this.state.q, chosen, shown: perPage });
  }

  // follow chooses what a link of the page stands for, and goes on there.
  async follow(key, id) {
    await this.choose(key, id);
    this.view?.focus(key, id);
  }

  // go shows a state and writes it into the address.
  go(state, replace) {
    const params = new URLSearchParams();
    if (state.q) params.set("q", state.q);
    for (const key of Object.keys(state.chosen).sort()) {
      for (const id of [...state.chosen[key]].sort()) params.append(key, id);
    }
    const url = params.size > 0 ? `${this.action}?${params}` : this.home;
    history[replace ? "replaceState" : "pushState"]({ shown: state.shown }, "", url);
    return this.show(state);
  }

  // read takes the state from the address.
  read() {
    const params = new URLSearchParams(location.pathname === this.action ? location.search : "");
    const chosen = {};
    for (const [key, id] of params) if (key !== "q") (chosen[key] ??= new Set()).add(id);
    const q = (params.get("q") ?? "").trim().slice(0, this.box.maxLength);
    this.box.value = q;
    return this.show({ q, chosen, shown: history.state?.shown ?? perPage });
  }

  async show(state, again = true) {
    const turn = ++this.turn;
    this.state = state;
    this.carry();
    if (!state.q && Object.values(state.chosen).every((ids) => ids.size === 0)) return this.leave();
    this.view?.list.setAttribute("aria-busy", "true");
    try {
      const found = await this.index.find(state.q);
      if (turn !== this.turn) return;
      this.enter();
      for (const f of this.index.facets) { // what the catalog no longer has cannot be chosen
        const known = new Set(f.values.map((v) => v.id));
        state.chosen[f.key] = new Set([...(state.chosen[f.key] ?? [])].filter((id) => known.has(id)));
      }
      const filtered = this.index.filter(found, state.chosen);
      this.view.update(state, found, filtered);
      let from = 0;
      for (const to of [firstScreen, state.shown]) {
        const cards = await this.index.cards(filtered.products.slice(from, to));
        if (turn !== this.turn) return;
        this.view.cards(cards, from);
        from = to;
      }
      this.view.done();
    } catch {
      if (turn !== this.turn) return;
      this.index = new this.engine.Index(this.index.address);
      if (again) return this.show(state, false); // the catalog may have been published anew
      this.fail();
    }
  }

  // enter puts the view in the place of the page.
  enter() {
    this.failure?.remove();
    if (this.view?.index === this.index) return;
    if (!this.view) {
      this.page = [...this.main.childNodes];
      scrollTo({ top: 0, behavior: "instant" });
    }
    this.view = new View(this);
    this.main.replaceChildren(this.view.root);
  }

  // fail says that there is no search, and leaves the page to browse.
  fail() {
    this.leave();
    this.failure ??= el("p", { className: "search-note", role: "alert" });
    this.failure.textContent = this.form.dataset.failed;
    this.main.prepend(this.failure);
  }

  leave() {
    if (!this.view) return;
    this.main.replaceChildren(...this.page);
    this.view = null;
    document.title = this.title;
  }

  // carry keeps the search when the language is switched.
  carry() {
    const searching = location.pathname === this.action && location.search;
    const root = this.action.slice(0, -`${this.tag}/products/`.length);
    for (const [a, href] of this.languages) {
      a.href = searching ? `${root}${a.hreflang}/products/${location.search}` : href;
    }
  }

  say(key, values = {}) {
    let phrase = this.index.phrases[key];
    if (typeof phrase === "object") {
      phrase = phrase[this.plural.select(values.n)] ?? phrase.other;
    }
    return phrase.replace(/\{(\w+)\}/g, (_, name) => {
      const value = values[name];
      return typeof value === "number" ? this.number.format(value) : value;
    });
  }
}

// el makes an element.
function el(name, properties = {}, ...children) {
  const e = Object.assign(document.createElement(name), properties);
  e.append(...children);
  return e;
}

// View is the results and the filters.
class View {
  constructor(search) {
    this.search = search;
    this.index = search.index;
    const say = (key, values) => search.say(key, values);
    this.heading = el("h1", { tabIndex: -1 });
    this.count = el("p", { className: "meta search-count", ariaHidden: "true" });
    this.status = el("p", { className: "hidden", role: "status" });
    this.note = el("p", { className: "search-note", hidden: true });
    this.chips = el("ul", { className: "chips", ariaLabel: say("search.chosen") });
    this.list = el("ul", { className: "cards", ariaBusy: "true" });
    this.more = el("button", { type: "button", className: "button", textContent: say("search.more"), hidden: true });
    this.more.addEventListener("click", () => this.showMore());
    this.exits = el("p", { className: "exits" });
    this.facets = search.index.facets.filter((f) => f.values.length > 0).map((f) => new Facet(search, f));
    const filters = el("details", {}, el("summary", { textContent: say("search.filters") }), ...this.facets.map((f) => f.root));
    filters.open = matchMedia("(min-width: 60rem)").matches;
    this.root = el("div", { className: "search-view" },
      this.heading, this.count, this.status, this.chips,
      el("div", { className: "browse" },
        el("section", { className: "filters", ariaLabel: say("search.filters") }, filters),
        el("div", { className: "browse-list" }, this.note,
          el("h2", { className: "hidden", textContent: say("search.results") }), this.list, this.exits, this.more)));
  }

  // update shows everything but the cards.
  update(state, found, { products, counts }) {
    const { search } = this;
    this.terms = found.terms;
    this.products = products;
    this.heading.textContent = state.q ? search.say("search.heading", { q: state.q }) : search.say("products.title");
    document.title = state.q ? search.say("search.title", { q: state.q }) : search.title;
    const count = products.length > 0 ? search.say("count.products", { n: products.length }) : search.say("search.none");
    this.count.textContent = count;
    clearTimeout(this.saying); // said when one stops typing, not at every key
    this.saying = setTimeout(() => (this.status.textContent = count), 500);
    this.note.hidden = !found.partial || products.length === 0;
    this.note.textContent = search.say("search.partial");
    for (const f of this.facets) f.update(state.chosen[f.facet.key], counts[f.facet.key]);
    this.showChips(state);
    this.showExits(state, products.length);
  }

  showChips(state) {
    const { search } = this;
    const had = this.chips.contains(document.activeElement);
    const chips = [];
    for (const f of search.index.facets) {
      for (const v of f.values) {
        if (!state.chosen[f.key]?.has(v.id)) continue;
        const chip = el("button", { type: "button", className: "chip", textContent: v.name, ariaLabel: search.say("search.remove", { name: v.name }) });
        chip.addEventListener("click", () => search.choose(f.key, v.id));
        chips.push(chip);
      }
    }
    if (chips.length > 1) {
      const all = el("button", { type: "button", className: "chip-all", textContent: search.say("search.clear") });
      all.addEventListener("click", () => search.go({ q: state.q, chosen: {}, shown: perPage }));
      chips.push(all);
    }
    this.chips.replaceChildren(...chips.map((c) => el("li", {}, c)));
    this.chips.hidden = chips.length === 0;
    if (had) (chips[0] ?? search.box).focus(); // the one that had the focus is gone
  }

  // showExits offers ways out where nothing is found.
  showExits(state, n) {
    const { search } = this;
    const exits = [];
    const exit = (key, to) => {
      const b = el("button", { type: "button", className: "button", textContent: search.say(key) });
      b.addEventListener("click", () => {
        search.box.value = to.q;
        search.box.focus();
        search.go({ ...to, shown: perPage });
      });
      exits.push(b);
    };
    if (n === 0) {
      if (Object.values(state.chosen).some((ids) => ids.size > 0)) exit("search.unfilter", { q: state.q, chosen: {} });
      if (state.q) exit("search.empty", { q: "", chosen: state.chosen });
    }
    this.exits.replaceChildren(...exits);
  }

  // cards shows products in the place of those from a place in the list on. The
  // cards are pieces of our own pages.
  cards(cards, from) {
    const template = document.createElement("template");
    template.innerHTML = cards.join("");
    if (this.terms.size > 0) this.mark(template.content, this.terms);
    while (this.list.children.length > from) this.list.lastElementChild.remove();
    this.list.append(template.content);
    this.list.dispatchEvent(new Event("cards", { bubbles: true })); // site.js offers to compare them
  }

  done() {
    this.list.removeAttribute("aria-busy");
    this.more.hidden = this.list.children.length >= this.products.length;
  }

  // mark highlights the words that were searched for.
  mark(root, terms) {
    const { index, engine } = this.search;
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walker.nextNode()) {
      const within = walker.currentNode.parentElement;
      if (within && !within.closest(".tags")) texts.push(walker.currentNode);
    }
    for (const text of texts) {
      // From the last word to the first, so that places before stay right.
      for (const { word, start, end } of engine.tokens(text.data, index.language).reverse()) {
        if (index.stop.has(word) || !terms.has(engine.stem(word, index.language))) continue;
        const rest = text.splitText(start);
        rest.splitText(end - start);
        const mark = document.createElement("mark");
        rest.replaceWith(mark);
        mark.append(rest);
      }
    }
  }

  async showMore() {
    const { state, turn, index } = this.search;
    const from = state.shown;
    const cards = await index.cards(this.products.slice(from, from + perPage)).catch(() => null);
    if (turn !== this.search.turn) return;
    if (!cards) return this.search.fail();
    state.shown += perPage;
    history.replaceState({ shown: state.shown }, "");
    this.cards(cards, from);
    this.done();
    this.list.children[from]?.querySelector("a")?.focus(); // the first new one
  }

  // first returns the link of the first product.
  first() {
    return this.list.querySelector("a");
  }

  focus(key, id) {
    this.facets.find((f) => f.facet.key === key)?.values.find((v) => v.id === id)?.box?.focus();
  }
}

const long = 8; // how many values of a long list a facet shows at once

// Facet is the checkboxes of one facet. A list may have a thousand values: only
// those that are shown are elements.
class Facet {
  constructor(search, facet) {
    this.search = search;
    this.facet = facet;
    this.values = facet.values.map((v) => ({ id: v.id, name: v.name, folded: search.engine.fold(v.name), n: 0, chosen: false }));
    this.list = el("ul");
    this.root = el("fieldset", {}, el("legend", { textContent: facet.name }));
    if (facet.values.length > 2 * long) {
      this.narrow = el("input", { type: "search", ariaLabel: search.say("search.narrow", { facet: facet.name }), placeholder: search.say("search.find") });
      this.narrow.addEventListener("input", () => this.fold());
      this.root.append(this.narrow);
    }
    this.root.append(this.list);
    if (facet.values.length > long + 2) {
      this.all = el("button", { type: "button", className: "link", ariaExpanded: "false" });
      this.all.addEventListener("click", () => {
        this.all.ariaExpanded = String(this.all.ariaExpanded === "false");
        this.fold();
      });
      this.root.append(this.all);
    }
  }

  // make makes a value's element.
  make(v) {
    v.box = el("input", { type: "checkbox", name: this.facet.key, value: v.id });
    v.box.addEventListener("change", () => this.search.choose(this.facet.key, v.id));
    v.count = el("span", { className: "count", ariaHidden: "true" });
    v.said = el("span", { className: "hidden" });
    v.item = el("li", {}, el("label", {}, v.box, el("span", { className: "value", textContent: v.name }), v.count, v.said));
  }

  // update takes what choosing each value gives: how many products are left
  // where none is chosen yet, how many come to them where some are.
  update(chosen, counts) {
    this.adds = chosen.size > 0;
    for (const v of this.values) {
      v.n = counts[v.id];
      v.chosen = chosen.has(v.id);
    }
    this.fold();
  }

  // fold shows the values that can be chosen; of a long list, those which give
  // most. They keep their order, so that none moves away below a finger.
  fold() {
    const { search } = this;
    const wanted = this.narrow ? search.engine.fold(this.narrow.value.trim()) : "";
    const kept = (v) => v.chosen || (v.box && v.box === document.activeElement);
    const fits = this.values.filter((v) => (v.n > 0 || kept(v)) && v.folded.includes(wanted));
    const open = !this.all || this.all.ariaExpanded === "true" || wanted !== "";
    const shown = new Set(open ? fits : fits.toSorted((a, b) => b.n - a.n).slice(0, long));
    let next = this.list.firstChild;
    for (const v of this.values) {
      if (shown.has(v) || kept(v)) {
        if (!v.item) this.make(v);
        if (v.item === next) next = next.nextSibling;
        else this.list.insertBefore(v.item, next);
        this.tell(v);
      } else if (v.item?.parentNode) {
        if (v.item === next) next = next.nextSibling;
        v.item.remove();
      }
    }
    this.root.hidden = fits.length === 0 && wanted === "";
    if (this.narrow) this.narrow.hidden = wanted === "" && fits.length <= 2 * long;
    if (this.all) {
      this.all.hidden = wanted !== "" || fits.length <= long;
      this.all.textContent = this.all.ariaExpanded === "true" ? search.say("search.fewer") : search.say("search.all", { n: fits.length });
    }
  }

  // tell writes a value's count; a chosen one has none.
  tell(v) {
    const { search, adds } = this;
    v.box.checked = v.chosen;
    v.count.textContent = v.chosen ? "" : (adds ? "+" : "") + search.number.format(v.n);
    v.said.textContent = v.chosen ? "" : `, ${search.say(adds ? "search.added" : "count.products", { n: v.n })}`;
  }
}
