import { expect, it } from "vitest";
import { SHADES, shadeAt, withCaptionRoom } from "../../plots/style.ts";

it("what stands below a caption of two lines is a line lower than below one of one", () => {
  const option = {
    legend: { top: 58 },
    grid: [{ top: 96 }, { top: 300 }],
    xAxis: { top: 1 },
    visualMap: { show: false },
  };
  const figure = { caption: "One line.", width: 880, height: 460, option };
  expect(withCaptionRoom(figure)).toEqual(figure);
  expect(withCaptionRoom({ ...figure, caption: "word ".repeat(40) })).toMatchObject({
    height: 474,
    option: { ...option, legend: { top: 72 }, grid: [{ top: 110 }, { top: 314 }] },
  });
});

it("shades lie between their neighbours, and pale with white", () => {
  expect([shadeAt(0, 0), shadeAt(1, 0)]).toEqual(["rgb(184,211,230)", "rgb(0,48,77)"]);
  expect(SHADES[1]).toBe("#6ba6cd");
  expect([shadeAt(1 / 3, 0), shadeAt(1 / 6, 0)]).toEqual(["rgb(107,166,205)", "rgb(146,189,218)"]);
  expect([shadeAt(1, 1), shadeAt(1, 0.5)]).toEqual(["rgb(255,255,255)", "rgb(128,152,166)"]);
});
