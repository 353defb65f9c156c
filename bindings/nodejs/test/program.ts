// A `careroute` process of the tests: that of the same build, or the one that
// CAREROUTE_PROGRAM names.

import { execFileSync, spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { OVERLAY, START } from "./world_of_tests.js";

// Compiled into build/test.
const ROOT = fileURLToPath(new URL("../../../..", import.meta.url));

export function programPath(): string {
  const { CAREROUTE_PROGRAM } = process.env;
  const paths = CAREROUTE_PROGRAM
    ? [CAREROUTE_PROGRAM]
    : ["release", "dev"].map((preset) =>
        join(ROOT, "build", preset, "services/hub/careroute"),
      );
  const found = paths.find((path) => existsSync(path));
  if (found === undefined) {
    throw new Error(`no ${paths.join(" or ")}; build it first`);
  }
  return found;
}

/** A command that does its work and ends. */
export function run(...words: string[]): void {
  execFileSync(programPath(), words);
}

/** A hub in another process, until it is stopped. */
export class Program {
  readonly address: string;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, port: string) {
    this.#child = child;
    this.address = `127.0.0.1:${port}`;
  }

  /** Waits until it serves. */
  static async start(...words: string[]): Promise<Program> {
    const child = spawn(programPath(), words, {
      stdio: ["ignore", "inherit", "pipe"],
    });
    const log: string[] = [];
    for await (const line of createInterface({ input: child.stderr })) {
      log.push(line);
      const port = /serves gRPC on port (\d+)/.exec(line)?.[1];
      if (port !== undefined) {
        child.stderr.resume();
        return new Program(child, port);
      }
    }
    throw new Error(`it ended before it served:\n${log.join("\n")}`);
  }

  /** On a virtual clock, in memory, in a folder for its keys. */
  static sandbox(folder: string): Promise<Program> {
    return Program.start(
      "sandbox",
      "--start",
      START.toISOString(),
      "--grpc-address",
      "127.0.0.1:0",
      "--key-ring",
      join(folder, "sandbox.keys"),
      "--overlays",
      OVERLAY,
    );
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    const gone = once(this.#child, "exit");
    this.#child.kill("SIGTERM");
    await gone;
  }
}
