import type { JsonObject } from "../trial/json.ts";
import type { Holder } from "../trial/trial.ts";
import { frozenCopy } from "./frozen-copy.ts";
import type { LeadOptions, Led } from "./store.ts";
import type { Control, DriverLease, StudyRecord, StudySettings, StudySpec, TestRecord } from "./study-record.ts";

/*
 * Every change of a study's record that is not a change of its trials, as functions from record to record, so that all
 * stores agree on them.
 */

export function newStudy(spec: StudySpec, settings: StudySettings, id: string, nowMs: number): StudyRecord {
  return Object.freeze({
    ...frozenCopy(spec),
    id,
    createdAtMs: nowMs,
    settings: frozenCopy(settings),
    control: "running",
    controlReason: null,
    resumedAt: 0,
    sequence: 0,
    nextNumber: 0,
    driver: null,
    tests: Object.freeze([]),
    notes: Object.freeze({}),
  });
}

export function withSettings(study: StudyRecord, patch: Partial<StudySettings>): StudyRecord {
  return Object.freeze({ ...study, settings: Object.freeze({ ...study.settings, ...frozenCopy(patch) }) });
}

/** Failures before the moment at which a study runs again no longer count: `resumedAt` remembers it. */
export function withControl(study: StudyRecord, control: Control, controlReason: string | null): StudyRecord {
  const resumes = control === "running" && study.control !== "running";
  const resumedAt = resumes ? study.sequence : study.resumedAt;
  return Object.freeze({ ...study, control, controlReason, resumedAt });
}

export function withNotes(study: StudyRecord, notes: JsonObject): StudyRecord {
  return Object.freeze({ ...study, notes: Object.freeze({ ...study.notes, ...frozenCopy(notes) }) });
}

/** The newest figures of a trial replace its earlier ones; `times` counts them all. */
export function withTest(
  study: StudyRecord,
  test: Pick<TestRecord, "trial" | "metrics">,
  nowMs: number,
): { readonly study: StudyRecord; readonly test: TestRecord } {
  const earlier = study.tests.find(({ trial }) => trial === test.trial);
  const times = (earlier?.times ?? 0) + 1;
  const taken: TestRecord = Object.freeze({ ...frozenCopy(test), times, takenAtMs: nowMs });
  const others = study.tests.filter(({ trial }) => trial !== test.trial);
  return { study: Object.freeze({ ...study, tests: Object.freeze([...others, taken]) }), test: taken };
}

/** The driver's lease after `holder` asked for it, and the answer. `null`: the lease stays with who has it. */
export function decideLead(
  current: DriverLease | null,
  holder: Holder,
  { leaseMs, slots, takeFrom, nowMs }: LeadOptions & { readonly nowMs: number },
): { readonly driver: DriverLease | null; readonly led: Led } {
  const isFree =
    current === null ||
    current.leaseUntilMs <= nowMs ||
    isSameHolder(current.holder, holder) ||
    (takeFrom !== undefined && isSameHolder(current.holder, takeFrom));
  if (!isFree) return { driver: null, led: { kind: "led", by: current } };
  const driver = Object.freeze({ holder: frozenCopy(holder), leaseUntilMs: nowMs + leaseMs, slots });
  return { driver, led: { kind: "leading" } };
}

/** Whether `holder` has the driver's seat and its lease still runs. */
export function leads(current: DriverLease | null, holder: Holder, nowMs: number): boolean {
  return current !== null && current.leaseUntilMs > nowMs && isSameHolder(current.holder, holder);
}

export function isSameHolder(left: Holder, right: Holder): boolean {
  return (
    left.host === right.host && left.pid === right.pid && left.started === right.started && left.slot === right.slot
  );
}
