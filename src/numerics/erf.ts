/**
 * The error function and its complements, to the last bits of a double, tails included.
 *
 * @source FreeBSD msun s_erf.c, whose notice follows:
 * Copyright (C) 1993 by Sun Microsystems, Inc. All rights reserved. Developed at SunPro, a Sun Microsystems, Inc.
 * business. Permission to use, copy, modify, and distribute this software is freely granted, provided that this
 * notice is preserved.
 */
export function erf(x: number): number {
  const size = Math.abs(x);
  if (size < 0.84375) return x + x * ratio(NEAR_ZERO, x * x);
  const value = size < 1.25 ? NEAR_ONE_OFFSET + ratio(NEAR_ONE, size - 1) : size < 6 ? 1 - erfcTail(size) : 1;
  return Number.isNaN(x) ? x : x < 0 ? -value : value;
}

/** 1 - erf(x), without the cancellation for large x; 0 above 28. */
export function erfc(x: number): number {
  const size = Math.abs(x);
  if (size < 0.84375) return 1 - (x + x * ratio(NEAR_ZERO, x * x));
  if (size < 1.25) {
    const value = NEAR_ONE_OFFSET + ratio(NEAR_ONE, size - 1);
    return x < 0 ? 1 + value : 1 - value;
  }
  if (size < 28) return x < 0 ? 2 - erfcTail(size) : erfcTail(size);
  return Number.isNaN(x) ? x : x < 0 ? 2 : 0;
}

/** exp(x²)·erfc(x), which falls like 1/(x√π) where erfc itself underflows; Infinity below -27. */
export function erfcx(x: number): number {
  if (x >= 1.25) return Math.exp(tailCorrection(x) - 0.5625) / x;
  if (x < -27) return Number.POSITIVE_INFINITY;
  const z = Math.fround(x);
  return Math.exp(z * z) * Math.exp((x - z) * (x + z)) * erfc(x);
}

/** erfc(x) for x in [1.25, 28). */
function erfcTail(x: number): number {
  const z = Math.fround(x); // exp(-x²) in two steps: z² is exact
  return (Math.exp(-z * z - 0.5625) * Math.exp((z - x) * (z + x) + tailCorrection(x))) / x;
}

/** ln(x·erfc(x)) + x² + 0.5625 for x >= 1.25. */
function tailCorrection(x: number): number {
  return ratio(x < 1 / 0.35 ? MIDDLE : FAR, 1 / (x * x));
}

/** A rational function by the coefficients of its numerator and denominator, constant terms first. */
interface Rational {
  readonly top: readonly number[];
  readonly bottom: readonly number[];
}

function ratio({ top, bottom }: Rational, x: number): number {
  return polynomial(top, x) / polynomial(bottom, x);
}

function polynomial(coefficients: readonly number[], x: number): number {
  let value = 0;
  for (let i = coefficients.length - 1; i >= 0; i--) value = value * x + (coefficients[i] ?? 0);
  return value;
}

/** erf(x)/x - 1 for |x| < 0.84375, as a function of x². */
const NEAR_ZERO: Rational = {
  top: [0.12837916709551256, -0.3250421072470015, -0.02848174957559851, -0.005770270296489442, -2.3763016656650163e-5],
  bottom: [
    1, 0.39791722395915535, 0.0650222499887673, 0.005081306281875766, 0.00013249473800432164, -3.960228278775368e-6,
  ],
};

/** erf(1), rounded to single precision. */
const NEAR_ONE_OFFSET = 0.8450629115104675;

/** erf(1 + s) - erf(1) for s in [-0.15625, 0.25]. */
const NEAR_ONE: Rational = {
  top: [
    -0.0023621185607526594, 0.41485611868374833, -0.3722078760357013, 0.31834661990116175, -0.11089469428239668,
    0.035478304325618236, -0.002166375594868791,
  ],
  bottom: [
    1, 0.10642088040084423, 0.540397917702171, 0.07182865441419627, 0.12617121980876164, 0.01363708391202905,
    0.011984499846799107,
  ],
};

/** ln(x·erfc(x)) + x² + 0.5625 for x in [1.25, 1/0.35), as a function of 1/x². */
const MIDDLE: Rational = {
  top: [
    -0.009864944034847148, -0.6938585727071818, -10.558626225323291, -62.375332450326006, -162.39666946257347,
    -184.60509290671104, -81.2874355063066, -9.814329344169145,
  ],
  bottom: [
    1, 19.651271667439257, 137.65775414351904, 434.56587747522923, 645.3872717332679, 429.00814002756783,
    108.63500554177944, 6.570249770319282, -0.0604244152148581,
  ],
};

/** The same from 1/0.35 on; its constant term makes it right for every larger x. */
const FAR: Rational = {
  top: [
    -0.0098649429247001, -0.799283237680523, -17.757954917754752, -160.63638485582192, -637.5664433683896,
    -1025.0951316110772, -483.5191916086514,
  ],
  bottom: [
    1, 30.33806074348246, 325.7925129965739, 1536.729586084437, 3199.8582195085955, 2553.0504064331644,
    474.52854120695537, -22.44095244658582,
  ],
};
