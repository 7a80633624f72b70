// What gltf-validator says of files: `node tools/validate_glb.mjs FILE…` prints one JSON object,
// {errors, warnings, messages: [{file, code, message, pointer, severity}]}.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const client = createRequire(new URL("../client/package.json", import.meta.url));
const { validateBytes } = client("gltf-validator");

const found = { errors: 0, warnings: 0, messages: [] };
for (const file of process.argv.slice(2)) {
  const { issues } = await validateBytes(new Uint8Array(readFileSync(file)), { maxIssues: 100 });
  found.errors += issues.numErrors;
  found.warnings += issues.numWarnings;
  // severity 0 is an error, 1 a warning; the rest says that extensions are not known to it
  const bad = issues.messages.filter((each) => each.severity < 2);
  found.messages.push(...bad.map((each) => ({ file, ...each })));
}
console.log(JSON.stringify(found));
