// The index of the catalog's products: which of them a query finds, how many
// each filter gives, and their cards. docs/search.md describes its files, which
// package internal/search makes. Nothing here knows the page, so that tests run
// it without one.

const letters = { œ: "oe", æ: "ae", ß: "ss", ø: "o", ł: "l", đ: "d", ς: "σ" };

// fold writes a text in lower case and without accents, as Fold in Go does.
export function fold(text) {
  return text.normalize("NFD").replace(/\p{Mn}/gu, "").toLowerCase().replace(/[œæßøłđς]/g, (c) => letters[c]);
}

// tokens returns the words of a text with their places in it. Elided articles
// are no words: "l’archive" has the word "archive".
export function tokens(text, language) {
  const out = [];
  for (const run of text.matchAll(/[\p{L}\p{N}\p{Mn}'’]+/gu)) {
    let start = run.index;
    const end = start + run[0].length;
    for (const piece of run[0].split(/['’]/)) {
      const word = fold(piece);
      const next = start + piece.length + 1;
      if (word && !(next < end && language.elisions.includes(word))) {
        out.push({ word, start, end: start + piece.length });
      }
      start = next;
    }
  }
  return out;
}

// stem takes the plural's ending off a folded word.
export function stem(word, language) {
  const fits = language.endings.find((e) => word.endsWith(e.end) && word.length >= e.min);
  return fits ? word.slice(0, word.length - fits.end.length) + fits.by : word;
}

// near reports whether one typo makes the word the term or, where it may go on,
// the term's beginning: a letter too many, too few, another one, or two
// neighbours the wrong way round.
export function near(word, term, goesOn) {
  let i = 0;
  while (i < word.length && word[i] === term[i]) i++;
  const rest = (skip, by) => {
    const tail = word.slice(i + skip);
    return goesOn ? term.startsWith(tail, i + by) : term.slice(i + by) === tail;
  };
  return rest(1, 1) || rest(1, 0) || rest(0, 1) || (word[i] === term[i + 1] && word[i + 1] === term[i] && rest(2, 2));
}

// How much a match counts: by the field that has the word (key points, summary,
// names of seller and categories, title), and by how well the word fits.
const weights = [1, 2, 4, 8];
const exact = 1, prefix = 0.6, typo = 0.3;

export class Index {
  // The address is that of index.json; get(url, fresh) promises what a JSON file
  // holds, not from a cache where it must be fresh.
  constructor(address, get = fetchJSON) {
    this.address = address;
    this.get = get;
    this.parts = new Map();
  }

  // open loads what every use needs: the list of the parts, and the facets.
  open() {
    this.opening ??= (async () => {
      this.entry = await this.get(this.address, true);
      const { count, facets } = await this.part("facets", this.entry.facets);
      this.count = count;
      this.facets = facets.map((f) => ({ ...f, values: f.values.map((v) => ({ ...v, products: undelta(v.products) })) }));
      this.phrases = this.entry.phrases;
    })();
    this.opening.catch(() => (this.opening = null)); // the next use tries again
    return this.opening;
  }

  part(name, digest) {
    const file = `${name}.${digest}.json`;
    if (!this.parts.has(file)) {
      const loading = this.get(new URL(file, this.address).href, false);
      loading.catch(() => this.parts.delete(file));
      this.parts.set(file, loading);
    }
    return this.parts.get(file);
  }

  // loadWords loads the terms of the index.
  async loadWords() {
    if (this.terms) return;
    const data = await this.part("words", this.entry.words);
    this.language = data;
    this.stop = new Set(data.stop);
    this.first = data.first;
    let before = "";
    this.terms = (data.terms ? data.terms.split(" ") : []).map((coded) => {
      before = before.slice(0, parseInt(coded[0], 36)) + coded.slice(1);
      return before;
    });
  }

  // words returns the words of a query that count, each once.
  words(query) {
    const all = [...new Set(tokens(query, this.language).map((t) => t.word))];
    const known = all.filter((w) => !this.stop.has(w) && (w.length > 1 || this.terms.includes(w)));
    return known.length > 0 ? known : all;
  }

  // match returns the terms that a word means, each with how well it fits.
  match(word) {
    const root = stem(word, this.language);
    let found = [];
    this.terms.forEach((term, i) => {
      if (term === root || term === word) found.push([i, exact]);
      else if (word.length > 1 && term.startsWith(word)) found.push([i, prefix]);
    });
    for (const goesOn of [false, true]) {
      if (found.length > 0 || word.length < (goesOn ? 5 : 4) || /\p{N}/u.test(word)) break;
      this.terms.forEach((term, i) => {
        if (near(root, term, goesOn)) found.push([i, typo]);
      });
    }
    return found;
  }

  // find promises what a query finds: { scores, partial, terms }. Scores has a
  // number above 0 for each product found; it is null where the query is
  // empty, which every product answers. All words must be met; where no product
  // has them all, those that have most are found, and partial is true. Terms are
  // the terms that were met.
  async find(query) {
    await this.open();
    await this.loadWords();
    const words = this.words(query);
    if (words.length === 0) {
      const scores = query.trim() ? new Float64Array(this.count) : null; // signs alone are in no product
      return { scores, partial: false, terms: new Set() };
    }
    const matches = words.map((w) => this.match(w));
    await Promise.all(matches.flat().map(([i]) => this.postings(i)));

    const scores = new Float64Array(this.count);
    const met = new Uint8Array(this.count);
    for (const match of matches) {
      const best = new Float64Array(this.count);
      let documents = 0;
      for (const [i, quality] of match) {
        let document = 0;
        for (const coded of await this.postings(i)) {
          document += coded >> 2;
          const score = quality * weights[coded & 3];
          if (best[document] === 0) documents++;
          if (score > best[document]) best[document] = score;
        }
      }
      const rarity = Math.log(1 + this.count / (documents || 1));
      best.forEach((score, d) => {
        if (score > 0) {
          scores[d] += score * rarity;
          met[d]++;
        }
      });
    }
    const most = met.reduce((a, b) => Math.max(a, b), 0);
    scores.forEach((_, d) => {
      if (met[d] < most) scores[d] = 0;
    });
    const terms = new Set(matches.flat().map(([i]) => this.terms[i]));
    return { scores, partial: most > 0 && most < words.length, terms };
  }

  // postings promises the coded documents of the term with this number.
  async postings(i) {
    let p = this.first.length - 1;
    while (this.first[p] > i) p--;
    const part = await this.part(`postings-${p}`, this.entry.postings[p]);
    return part[i - this.first[p]];
  }

  // filter applies chosen values, a Set of ids by facet: one of a facet's values
  // must fit, in every facet that has any. It returns the products' numbers, the
  // best first, and counts, by facet and value: with nothing chosen in the
  // facet, how many products choosing the value leaves; else how many it adds.
  filter(found, chosen) {
    const { scores } = found;
    const misses = new Uint8Array(this.count); // in how many facets no value fits
    const fits = this.facets.map((f) => {
      const ids = chosen[f.key];
      if (!ids?.size) return null;
      const mask = new Uint8Array(this.count);
      for (const v of f.values) if (ids.has(v.id)) for (const d of v.products) mask[d] = 1;
      mask.forEach((fit, d) => (misses[d] += 1 - fit));
      return mask;
    });
    const counts = {};
    this.facets.forEach((f, i) => {
      const counted = fits[i] ? (d) => misses[d] === 1 && !fits[i][d] : (d) => misses[d] === 0;
      counts[f.key] = {};
      for (const v of f.values) {
        let n = 0;
        for (const d of v.products) if ((!scores || scores[d] > 0) && counted(d)) n++;
        counts[f.key][v.id] = n;
      }
    });
    const products = [];
    misses.forEach((n, d) => {
      if (n === 0 && (!scores || scores[d] > 0)) products.push(d);
    });
    if (scores) products.sort((a, b) => scores[b] - scores[a] || a - b);
    return { products, counts };
  }

  // cards promises the products' cards, as the lists of the site have them.
  cards(products) {
    const size = this.entry.chunk;
    return Promise.all(products.map(async (d) => {
      const chunk = Math.floor(d / size);
      return (await this.part(`cards-${chunk}`, this.entry.cards[chunk]))[d % size];
    }));
  }
}

function undelta(distances) {
  let at = 0;
  return distances.map((by) => (at += by));
}

async function fetchJSON(url, fresh) {
  // Before the pictures of the results that are shown just now.
  const answer = await fetch(url, { priority: "high", cache: fresh ? "no-cache" : "default" });
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return answer.json();
}
