// The contract, and what is a remote hub's own, with a real `careroute`.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import {
  FIRST_ADMINISTRATOR,
  Hub,
  Unauthenticated,
  Unavailable,
} from "careroute";
import { CaseService } from "careroute/api/v1/case_service";
import { hubContract } from "./hub_contract.js";
import { Program, run } from "./program.js";
import {
  COORDINATOR,
  furnish,
  inScratch,
  newCase,
} from "./world_of_tests.js";

const credentials = { actor: FIRST_ADMINISTRATOR };

hubContract("in another process", () =>
  inScratch(async (folder) => {
    const program = await Program.sandbox(folder);
    const hub = await Hub.connect(program.address, credentials);
    const close = async () => {
      await hub.close();
      await program.stop();
    };
    return { hub, close };
  }),
);

describe("a connection by certificates", () => {
  it("reaches the hub it names, as who the certificate says", () =>
    inScratch(async (folder) => {
      const at = (name: string) => join(folder, name);
      const certificates = ["--hub", "demo", "--system", "clinic", at("pem")];
      run("certificates", ...certificates);
      run("init", "--hub-id", "demo", at("hub"));
      const pem = (name: string) => at(`pem/${name}`);
      const program = await Program.start(
        ...["hub", "--config", at("hub/hub.textproto")],
        ...["--grpc-address", "127.0.0.1:0", "--tls"],
        `certificate: "${pem("demo.pem")}" key: "${pem("demo.key")}" ` +
          `authorities: "${pem("authority.pem")}"`,
      );
      try {
        const tls = {
          authorities: readFileSync(pem("authority.pem")),
          hubId: "demo",
          certificate: readFileSync(pem("clinic.pem")),
          key: readFileSync(pem("clinic.key")),
        };
        const to = (more: object) =>
          Hub.connect(program.address, { ...credentials, tls, ...more });
        const hub = await to({});
        const asked = hub.service(CaseService).listCases({});
        await assert.rejects(asked, (error) => {
          assert.ok(error instanceof Unauthenticated);
          assert.match(error.message, /CN=clinic/);
          return true;
        });
        await hub.close();
        const other = to({ tls: { ...tls, hubId: "chita" }, timeoutMs: 100 });
        await assert.rejects(other, /no hub with a certificate of chita/);
      } finally {
        await program.stop();
      }
    }));
});

describe("a connection to a hub", () => {
  let program: Program;
  before(async () => {
    program = await inScratch((folder) => Program.sandbox(folder));
  });
  after(() => program?.stop());

  it("is Unavailable where nobody serves", async () => {
    const asked = Hub.connect("127.0.0.1:1", { ...credentials, timeoutMs: 50 });
    await assert.rejects(asked, (error) => {
      assert.ok(error instanceof Unavailable);
      assert.match(error.message, /127\.0\.0\.1:1/);
      return true;
    });
  });

  it("tells watches and calls when the hub goes", async () => {
    const hub = await Hub.connect(program.address, credentials);
    const name = await newCase(await furnish(hub));
    const cases = hub.as(COORDINATOR).service(CaseService);
    const waiting = cases.watchCase({ name, afterVersion: 1_000n }).next();
    await program.stop();
    await assert.rejects(waiting, Unavailable);
    await assert.rejects(cases.getCase({ name }), Unavailable);
    await hub.close();
  });
});
