import { join } from "node:path";
import { expect, it } from "vitest";
import { hp, openOrCreateStudy, openStore } from "../../src/index.ts";
import { temporaryFolder } from "../store/fixtures.ts";

it.each(["memory", "SQLite"])(
  "several who open or begin a study at once have one between them, in %s",
  async (kind) => {
    const path = kind === "memory" ? "memory:" : join(await temporaryFolder(), "store.db");
    const store = await openStore(path);
    const options = { name: "shared", space: { x: hp.uniform(0, 1) }, seed: 1, maxTrials: 8 };
    const studies = await Promise.all([1, 2, 3].map(() => openOrCreateStudy({ ...options, store })));
    const asked = await Promise.all(studies.map((study) => study.ask()));
    expect(asked.map((trial) => trial?.number).sort()).toEqual([0, 1, 2]);
    expect(await store.listStudies()).toHaveLength(1);
    await store.close();
  },
);
