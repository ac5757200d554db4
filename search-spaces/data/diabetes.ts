import { type RegressionDataset, readTable } from "parzen/training";

const measurements = new URL("diabetes_data_raw.csv.gz", import.meta.url);
const progression = new URL("diabetes_target.csv.gz", import.meta.url);

/** The two files of diabetes data as one dataset: measurements are the features, progression is what to predict. */
export function readDiabetes(): RegressionDataset {
  const names = ["age", "sex", "bmi", "pressure", "tc", "ldl", "hdl", "tch", "ltg", "glucose"];
  const { rows, columns, values } = readTable(measurements, { header: false, separator: " ", names });
  const target = readTable(progression, { header: false });
  return {
    task: "regression",
    rows,
    columns,
    features: values,
    featureNames: names,
    labels: target.values,
    targetName: "progression",
  };
}
