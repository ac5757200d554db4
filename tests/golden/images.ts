import { readFileSync } from "node:fs";

export interface GoldenImage {
  readonly name: string;
  /** Base64. */
  readonly file: string;
  readonly width: number;
  readonly height: number;
  /** Largest difference of a sample, of 255. */
  readonly tolerance: number;
  /** Shape [height, width, 3], 0 to 255. */
  readonly colours: readonly number[];
  /** Shape [height, width], 0 to 255. */
  readonly luminance: readonly number[];
}

export const { images }: { readonly images: readonly GoldenImage[] } = JSON.parse(
  readFileSync(new URL("./images.json", import.meta.url), "utf8"),
);
