import { BarChart, CustomChart, LineChart, ParallelChart, ScatterChart } from "echarts/charts";
import {
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  ParallelComponent,
  TitleComponent,
  VisualMapComponent,
} from "echarts/components";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import type { Figure, Option } from "./figure.ts";
import { escaped, wellFormed } from "./html.ts";

use([BarChart, CustomChart, LineChart, ParallelChart, ScatterChart]);
use([GridComponent, LegendComponent, MarkLineComponent, ParallelComponent, TitleComponent, VisualMapComponent]);
use(SVGRenderer);

/** The part of the SVG renderer that is used here; the library's type of a painter is that of every renderer. */
interface SvgPainter {
  renderToString(options: { readonly cssEmphasis: boolean; readonly useViewBox: boolean }): string;
}

/**
 * Draws a chart as the text of an SVG file, without a browser; the same chart is the same text.
 *
 * @param id distinguishes it from others on the same page
 */
export function drawSvg(option: Option, { width, height }: Pick<Figure, "width" | "height">, id: string): string {
  const chart = init(null, null, { renderer: "svg", ssr: true, width, height });
  try {
    chart.setOption(option);
    const painter: object = chart.getZr().painter;
    // `renderToSVGString` of the library adds a style rule for each mark, for a pointer that nothing here answers.
    const svg = (painter as SvgPainter).renderToString({ cssEmphasis: false, useViewBox: true }); // "svg" is chosen above
    return wellFormed(withTexts(svg, option).replaceAll(UNREAD, "").replaceAll(COUNTED, `$1${id}-`));
  } finally {
    chart.dispose(); // its clock would keep the process alive
  }
}

/** Gives each mark whose datum has a name that name, which browsers show where the pointer is. */
function withTexts(svg: string, { series }: Option): string {
  const all = [series].flat() as readonly { readonly data?: readonly { readonly name?: unknown }[] }[]; // as all of ours
  return svg.replaceAll(MARK, (mark: string, start: string, of: string, datum: string) => {
    const name = all[Number(of)]?.data?.[Number(datum)]?.name;
    return typeof name === "string" ? `${start}><title>${escaped(name)}</title></path>` : mark;
  });
}

/** A mark of a chart, not of its legend, in which the library says of which series it is and of which datum. */
const MARK =
  /(<path [^>]* ecmeta_series_index="(\d+)" ecmeta_data_index="(\d+)"[^>]* ecmeta_ssr_type="chart"[^>]*)><\/path>/g;

/** What the library adds to each mark for a script that nothing here runs: a third of a figure of many marks. */
const UNREAD = / ecmeta_\w+="[^"]*"| pointer-events="[^"]*"/g;

/** Where the library names a part of the drawing by how many charts it has drawn before. No text holds a quote. */
const COUNTED = /(\bid="|="url\(#)zr\d+-/g;
