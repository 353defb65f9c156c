// Builds the addon of native/ against libcareroute and puts both into
// dist/native, where they find each other.
//
//   npm run native
//   CAREROUTE_PREFIX=/usr/local npm run native      an installed library
//   CAREROUTE_BUILD=../../build/dev npm run native  that of a build tree

import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const home = dirname(dirname(fileURLToPath(import.meta.url)));
const out = join(home, "dist/native");
const build = join(home, "build/native");

// Where header and library are: an installed pair, or one of a build tree.
function places() {
  const { CAREROUTE_PREFIX, CAREROUTE_BUILD } = process.env;
  if (CAREROUTE_PREFIX) {
    const multiarch = `lib/${process.arch === "arm64" ? "aarch64" : "x86_64"}`;
    return ["lib", `${multiarch}-linux-gnu`].map((folder) => ({
      include: join(CAREROUTE_PREFIX, "include"),
      library: join(CAREROUTE_PREFIX, folder, "libcareroute.so"),
    }));
  }
  const builds = CAREROUTE_BUILD
    ? [resolve(CAREROUTE_BUILD)]
    : [join(home, "../../build/release"), join(home, "../../build/dev")];
  return builds.map((tree) => ({
    include: join(home, "../c/include"),
    library: join(tree, "bindings/c/libcareroute.so"),
  }));
}

function run(command, ...words) {
  execFileSync(command, words, { stdio: "inherit" });
}

// The name a program looks for, which a link in the build tree has.
function soname(library) {
  const text = execFileSync("readelf", ["-d", library], { encoding: "utf8" });
  const match = /\(SONAME\).*\[(.+)\]/.exec(text);
  if (match === null) throw new Error(`${library} has no SONAME`);
  return match[1];
}

const tried = places();
const found = tried.find(({ library }) => existsSync(library));
if (found === undefined) {
  const names = tried.map(({ library }) => library).join(" or ");
  console.error(
    `no ${names}; build bindings/c first, or name what is installed with ` +
      "CAREROUTE_PREFIX",
  );
  process.exit(1);
}

run(
  "cmake",
  "-S",
  join(home, "native"),
  "-B",
  build,
  "-DCMAKE_BUILD_TYPE=Release",
  `-DCAREROUTE_INCLUDE=${found.include}`,
  `-DCAREROUTE_LIBRARY=${found.library}`,
);
run("cmake", "--build", build);
mkdirSync(out, { recursive: true });
copyFileSync(join(build, "careroute.node"), join(out, "careroute.node"));
copyFileSync(found.library, join(out, soname(found.library)));
