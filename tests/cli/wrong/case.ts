/** One wrong input, and what it must lead to. */
export interface WrongInput {
  readonly name: string;
  /** Written into the folder beside a store that holds the study `demo`. */
  readonly files?: { readonly [name: string]: string | Uint8Array };
  /** Whatever else must be so; gets the folder. */
  readonly arrange?: (folder: string) => void;
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  /** Whether it ends its process. Default no: then many share one. */
  readonly endsProcess?: boolean;
  /** The documented exit code. */
  readonly code: number;
  /** Of the one message. */
  readonly message: RegExp;
}

/** A sweep in YAML that is right, some of its lines replaced or added. */
export function yaml(changes: { readonly [key: string]: string | null } = {}): string {
  const keys = { command: '[echo, "loss={x}"]', space: "{ x: { uniform: [0, 1] } }", ...changes };
  return Object.entries(keys)
    .flatMap(([key, value]) => (value === null ? [] : [`${key}: ${value}`]))
    .join("\n");
}

/** A sweep, in JavaScript and as well in TypeScript, whose objective has this body. */
export function objective(body: string): string {
  return `import { defineSweep, hp } from "parzen";
export default defineSweep({
  space: { x: hp.uniform(0, 1) },
  objective: async () => { ${body} },
});
`;
}
