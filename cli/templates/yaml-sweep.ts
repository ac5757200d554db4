/**
 * A sweep for a program.
 *
 * @param run the command that runs it
 * @param command the program and its arguments, without those for the params
 */
export function yamlSweep(run: string, command: readonly string[]): string {
  const argv = [...command, "{args}"].map((word) => JSON.stringify(word)).join(", ");
  return `# Run this sweep with: ${run}

# The program that evaluates one trial, argument by argument: no shell splits or expands them.
# {args} becomes --path=value for every param, such as --learning_rate=0.01. A param can also be placed by its name,
# as in "--lr={learning_rate}". docs/commands.md of parzen tells more.
command: [${argv}]

# What to try: objects and lists, nested as you like, of nodes and constants. An option may hold further nodes.
space:
  learning_rate: { loguniform: [1.0e-4, 0.5] }
  batch_size: { choice: [4, 8, 16] }
  optimizer:
    choice:
      - type: sgd
      - type: momentum
        beta: { uniform: [0.5, 0.99] }

# The figure that the program prints and that is minimized.
metric: loss
direction: minimize

# Stop after so many trials, two at a time.
maxTrials: 40
slots: 2
`;
}
