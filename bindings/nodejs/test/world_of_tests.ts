// The organisations, people and callers of the tests; all invented.

import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ActorRole } from "careroute";
import type { ActorInit, Hub } from "careroute";
import type { MessageInitShape } from "@bufbuild/protobuf";
import { CaseService } from "careroute/api/v1/case_service";
import type {
  ReportNeedRequestSchema,
} from "careroute/api/v1/case_read_messages";
import { DirectoryService } from "careroute/api/v1/directory_service";
import { AgencyKind } from "careroute/model/v1/agency";
import { MemberKind } from "careroute/model/v1/directory";
import type { OrganisationSchema } from "careroute/model/v1/directory";
import { ContactMode } from "careroute/model/v1/step";

export const OVERLAY = "overlays/demo-region.early-help.textproto";
/** Before every deadline of the tests, within the known calendars. */
export const START = new Date("2026-03-02T00:00:00Z");

const CLINIC = "organisations/clinic";
const SCHOOL = "organisations/school";

function caller(member: string, role: ActorRole): ActorInit {
  return { member, role, purpose: "care" };
}

export const REGISTRAR = caller(
  `${CLINIC}/members/system`,
  ActorRole.REGISTRAR,
);
export const COORDINATOR = caller(
  `${CLINIC}/members/coordinator`,
  ActorRole.COORDINATOR,
);
/** Takes part in no case. */
export const STRANGER = caller(
  `${SCHOOL}/members/coordinator`,
  ActorRole.COORDINATOR,
);
export const NOBODY = caller(`${CLINIC}/members/nobody`, ActorRole.COORDINATOR);

type OrganisationInit = MessageInitShape<typeof OrganisationSchema>;

function organisation(
  name: string,
  title: string,
  kind: AgencyKind,
): OrganisationInit {
  const member = (
    id: string,
    roles: ActorRole[],
    kind = MemberKind.PERSON,
  ) => ({ name: `${name}/members/${id}`, kind, roles });
  const { COORDINATOR, PERFORMER, REGISTRAR } = ActorRole;
  return {
    name,
    title,
    kind,
    region: "RU-DEMO",
    district: "demo",
    settlement: "demo",
    calendar: "ru",
    zone: "RU-KHA",
    members: [
      member("coordinator", [COORDINATOR, PERFORMER]),
      member("deputy", [COORDINATOR]),
      member("system", [REGISTRAR, PERFORMER], MemberKind.SYSTEM),
    ],
    dutyCoordinator: `${name}/members/coordinator`,
    dutyDeputy: `${name}/members/deputy`,
    head: `${name}/members/deputy`,
  };
}

export const ORGANISATIONS = [
  organisation(CLINIC, "Поликлиника (демо)", AgencyKind.HEALTH),
  organisation(SCHOOL, "Школа (демо)", AgencyKind.EDUCATION),
];

/** Brings in the organisations, as the first administrator. */
export async function furnish(hub: Hub): Promise<Hub> {
  await hub.service(DirectoryService).importDirectory({
    requestId: randomUUID(),
    directory: { organisations: ORGANISATIONS },
  });
  return hub;
}

/** The same each time, so that the same calls give the same course. */
export function uuidOf(n: number): string {
  return `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`;
}

/** Word of need of the n-th child: nobody is the same as anybody. */
export function report(n: number): MessageInitShape<
  typeof ReportNeedRequestSchema
> {
  const day = String(1 + (n % 28)).padStart(2, "0");
  return {
    requestId: uuidOf(n),
    pathway: "early-help",
    entry: "health_identification",
    person: {
      identity: {
        familyName: "Примерова",
        givenName: "Анна",
        birthDate: `2025-0${1 + (Math.floor(n / 28) % 9)}-${day}`,
        // So low a number has no check digits.
        snils: `00${String(n + 1).padStart(7, "0")}00`,
        registeredAt: { region: "RU-DEMO", line: `улица Примерная, ${n}` },
      },
      needs: { language: "ru" },
    },
    criteria: [
      {
        criterion: "f2025_development",
        document: { kind: "development-screening-sheet" },
      },
    ],
  };
}

/** Opens a case, and returns its name. */
export async function newCase(hub: Hub, n = 1): Promise<string> {
  await hub.as(REGISTRAR).service(CaseService).reportNeed(report(n));
  const cases = hub.as(COORDINATOR).service(CaseService);
  const { cases: rows } = await cases.listCases({});
  const name = rows[0]?.name;
  if (name === undefined) throw new Error("the report opened no case");
  return name;
}

/** A talk with the family: what any open case takes. */
export async function talk(hub: Hub, name: string): Promise<void> {
  await hub.as(COORDINATOR).service(CaseService).recordContact({
    name,
    requestId: randomUUID(),
    command: { mode: ContactMode.TELEPHONE, note: "Поговорили." },
  });
}

/** A folder that is gone after `use`. */
export async function inScratch<T>(
  use: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "careroute-test-"));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
