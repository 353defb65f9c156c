// Writes the messages and services of proto/ to dist/gen, as JavaScript with
// types. protoc is Debian's; the plugin comes with the packages of this one.
//
//   npm run generate

import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const home = dirname(dirname(fileURLToPath(import.meta.url)));
const protos = join(home, "../../proto");
const out = join(home, "dist/gen");

function protosIn(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return protosIn(path);
    return path.endsWith(".proto") ? [relative(protos, path)] : [];
  });
}

// What is left of a proto that was removed must not be packed.
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
execFileSync(
  "protoc",
  [
    `--proto_path=${protos}`,
    `--plugin=${join(home, "node_modules/.bin/protoc-gen-es")}`,
    `--es_out=${out}`,
    "--es_opt=target=js+dts,import_extension=js",
    ...protosIn(join(protos, "careroute")).sort(),
  ],
  { stdio: "inherit" },
);
