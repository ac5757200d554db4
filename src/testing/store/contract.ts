import { describe, test } from "vitest";
import type { Store } from "../../store/store.ts";
import { ARCHIVE_CHECKS } from "./archives.ts";
import { ARTIFACT_CHECKS } from "./artifacts.ts";
import { ATTEMPT_CHECKS } from "./attempts.ts";
import { CHECKPOINT_CHECKS } from "./checkpoints.ts";
import { manualClock, type StoreCheck } from "./fixtures.ts";
import { LEAD_CHECKS } from "./lead.ts";
import { OUTCOME_CHECKS } from "./outcomes.ts";
import { READING_CHECKS } from "./reading.ts";
import { REPORT_CHECKS } from "./reports.ts";
import { RESERVATION_CHECKS } from "./reservations.ts";
import { SETTING_CHECKS } from "./settings.ts";
import { STUDY_CHECKS } from "./studies.ts";

export type { ManualClock, StoreCheck } from "./fixtures.ts";

/** Opens an empty store that takes its time from `now`, in milliseconds since the epoch. */
export type OpenStore = (options: { readonly now: () => number }) => Promise<Store>;

/** What every store must do, one law each. */
export const STORE_CHECKS: readonly StoreCheck[] = [
  ...STUDY_CHECKS,
  ...SETTING_CHECKS,
  ...RESERVATION_CHECKS,
  ...ATTEMPT_CHECKS,
  ...REPORT_CHECKS,
  ...CHECKPOINT_CHECKS,
  ...OUTCOME_CHECKS,
  ...LEAD_CHECKS,
  ...READING_CHECKS,
  ...ARTIFACT_CHECKS,
  ...ARCHIVE_CHECKS,
];

/** Runs one check on a store of its own. @throws AssertionError where the law is broken */
export async function checkStore({ run }: StoreCheck, open: OpenStore): Promise<void> {
  const clock = manualClock();
  const store = await open({ now: clock.now });
  try {
    await run(store, clock);
  } finally {
    await store.close();
  }
}

/** The contract of the store port as a vitest suite: `describeStoreContract("memory", (options) => openStore("memory:", options))`. */
export function describeStoreContract(label: string, open: OpenStore): void {
  describe(`store contract: ${label}`, () => {
    for (const check of STORE_CHECKS) test(check.name, () => checkStore(check, open));
  });
}
