import { expect, it } from "vitest";
import { resumeCommand } from "../../cli/run/resume-command.ts";

it("the command that resumes names the pruner that a flag chose", () => {
  const flags = { store: "s.db", pruner: "median", fresh: true };
  expect(resumeCommand("train.yaml", flags)).toMatch(/parzen run train\.yaml --pruner median --store s\.db$/);
});
