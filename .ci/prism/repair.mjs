// Prints OUTSCALE's OpenAPI document, from the file named, as Prism takes it: as JSON, with the operations that vitrine asks for.
//
//   node repair.mjs TOOLS OPENAPI.yaml
//
// TOOLS is the folder where Prism is installed. With --errors, Prism holds its own answers to the document too, and complains of
// the examples that stand in schemas: "NextPageToken" is not base64, and a boot mode is not null. They were made by a generator;
// without them, Prism answers with the operations' own examples, which were written by people.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const [tools, file] = process.argv.slice(2);
const yaml = createRequire(join(tools, "node_modules/"))("js-yaml");
// Dates stay texts.
const document = yaml.load(readFileSync(file, "utf8"), { schema: yaml.JSON_SCHEMA });

const asked = ["/ReadImages", "/ReadProductTypes", "/ReadPublicCatalog"];
for (const path of Object.keys(document.paths)) {
  if (!asked.includes(path)) delete document.paths[path];
}
for (const path of asked) {
  if (!document.paths[path]) throw new Error(`${file} has no ${path}`);
}
for (const schema of Object.values(document.components.schemas)) delete schema.example;
process.stdout.write(JSON.stringify(document));
