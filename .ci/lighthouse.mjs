// Runs Lighthouse, as on a phone, over pages of a built site, and fails where one is below what we ask.
//
//   node lighthouse.mjs TOOLS SITE PAGE...
//
// TOOLS is the folder that .ci/install prints, SITE the folder of the site, which was built for http://127.0.0.1:PORT/ with the
// port in the environment's PORT. Prints a line a page: what, value, limit, with tabs between.
import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { extname, join, normalize } from "node:path";
import { pathToFileURL } from "node:url";
import { createGzip } from "node:zlib";

const [tools, site, ...pages] = process.argv.slice(2);
const port = Number(process.env.PORT);
const least = { performance: 98, accessibility: 100, "best-practices": 100, seo: 100 };

const types = {
  ".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml",
  ".png": "image/png", ".jpg": "image/jpeg", ".webp": "image/webp", ".json": "application/json", ".xml": "application/xml",
  ".atom": "application/atom+xml", ".txt": "text/plain; charset=utf-8", ".webmanifest": "application/manifest+json",
};

// serve answers as a web host does: compressed, with names below assets/ cached for ever.
function serve(request, response) {
  let file = join(site, normalize("/" + decodeURIComponent(new URL(request.url, "http://x/").pathname)));
  if (existsSync(file) && statSync(file).isDirectory()) file = join(file, "index.html");
  const found = existsSync(file);
  if (!found) file = join(site, "404.html");
  const type = types[extname(file)] ?? "application/octet-stream";
  const headers = {
    "Content-Type": type,
    "Cache-Control": request.url.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "no-cache",
    "X-Content-Type-Options": "nosniff",
  };
  const body = createReadStream(file);
  if (/text|xml|json|svg/.test(type)) {
    response.writeHead(found ? 200 : 404, { ...headers, "Content-Encoding": "gzip" });
    body.pipe(createGzip()).pipe(response);
  } else {
    response.writeHead(found ? 200 : 404, headers);
    body.pipe(response);
  }
}

// What npm installed is outside of the repository, where import does not look.
const load = name => import(pathToFileURL(createRequire(join(tools, "node_modules/")).resolve(name)));
const { default: lighthouse } = await load("lighthouse");
const chromeLauncher = await load("chrome-launcher");

const server = createServer(serve).listen(port, "127.0.0.1");
const chrome = await chromeLauncher.launch({
  chromePath: process.env.CHROMIUM || process.env.CHROME_PATH || "/usr/bin/chromium",
  chromeFlags: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
let failed = false;
try {
  for (const page of pages) {
    let scores, lacks;
    // A busy machine makes a page look slow: what is too slow is looked at again.
    for (let attempt = 0; attempt < 3; attempt++) {
      const { lhr } = await lighthouse(`http://127.0.0.1:${port}/${page}`, { port: chrome.port, logLevel: "silent", onlyCategories: Object.keys(least) });
      scores = Object.fromEntries(Object.entries(lhr.categories).map(([id, c]) => [id, Math.round(c.score * 100)]));
      lacks = Object.values(lhr.categories).filter(c => c.score * 100 < least[c.id]).flatMap(c =>
        c.auditRefs.map(r => lhr.audits[r.id]).filter(a => a.score !== null && a.score < 0.9 && a.scoreDisplayMode !== "informative").map(a => `${a.id}: ${a.title} ${a.displayValue ?? ""}`));
      if (Object.entries(least).every(([id, n]) => scores[id] >= n)) break;
      if (scores.accessibility < 100 || scores["best-practices"] < 100 || scores.seo < 100) break;
    }
    const bad = Object.entries(least).some(([id, n]) => !(scores[id] >= n));
    failed ||= bad;
    console.log(`Lighthouse, mobile: /${page}\t${Object.keys(least).map(id => scores[id]).join(" / ")}\t${Object.values(least).join(" / ")}`);
    if (bad) for (const l of lacks) console.error(`/${page}: ${l}`);
  }
} finally {
  await chrome.kill();
  server.close();
  server.closeAllConnections();
}
process.exit(failed ? 1 : 0);
