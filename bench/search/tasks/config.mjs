// Configurations: plain objects that hold the active parameters of a task.

/** Whether `config`, which holds the parents already, has a place for the parameter. */
export function isActive(task, config, param) {
  if (!param.when) return true;
  const parent = task.space.find(({ name }) => name === param.when.param);
  return isActive(task, config, parent) && param.when.in.includes(config[parent.name]);
}

/** The value of a parameter at quantile `u` in [0, 1). */
export function sampleParam(param, u) {
  if (param.type === "cat")
    return param.choices[Math.min(Math.floor(u * param.choices.length), param.choices.length - 1)];
  if (param.type === "float") return between(param.low, param.high, { u, log: param.log });
  const value = Math.round(between(param.low - 0.5, param.high + 0.5, { u, log: param.log }));
  return Math.min(Math.max(value, param.low), param.high);
}

function between(low, high, { u, log }) {
  if (!log) return low + u * (high - low);
  return Math.exp(Math.log(low) + u * (Math.log(high) - Math.log(low)));
}

/** Draws one quantile for each active parameter. */
export function randomConfig(task, next) {
  const config = {};
  for (const param of task.space) {
    if (isActive(task, config, param)) config[param.name] = sampleParam(param, next());
  }
  return config;
}
