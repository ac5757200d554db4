/** A chart before it is drawn. */
export interface Figure {
  /** What the charting library takes; the title and what all figures look like are added. */
  readonly option: Option;
  /** One sentence: what is to be seen. */
  readonly caption: string;
  /** In pixels. */
  readonly width: number;
  readonly height: number;
}

/** Part of an option of the charting library, which passes over what it does not know. */
export type Option = { readonly [key: string]: unknown };
