import { expect, it } from "vitest";
import { resumeCommand } from "../../cli/run/resume-command.ts";

it("the command that resumes names the pruner that a flag chose", () => {
  expect(resumeCommand("train.yaml", { pruner: "median", fresh: true })).toMatch(
    /parzen run train\.yaml --pruner median$/,
  );
});
