// Puts the shipped catalogue into dist/share, so that a packed hub knows the
// pathways, calendars, instruments and measures without this repository.
//
//   npm run catalogue

import { cpSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const home = dirname(dirname(fileURLToPath(import.meta.url)));
const out = join(home, "dist/share/careroute/catalogue");

// Folders below lib/, and what they are called in a catalogue.
const PARTS = {
  "pathway/catalogue/blocks": "blocks",
  "pathway/catalogue/congenital-pathology": "congenital-pathology",
  "pathway/catalogue/early-help": "early-help",
  "pathway/catalogue/long-term-care": "long-term-care",
  "pathway/catalogue/overlays": "overlays",
  "calendar/catalogue": "calendars",
  "scoring/catalogue": "instruments",
  "measures/catalogue": "measures",
};

rmSync(out, { recursive: true, force: true });
for (const [from, to] of Object.entries(PARTS)) {
  cpSync(join(home, "../../lib", from), join(out, to), {
    recursive: true,
    filter: (path) =>
      statSync(path).isDirectory() || path.endsWith(".textproto"),
  });
}
