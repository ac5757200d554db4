/**
 * The x with P(X <= x) = p of N(0, 1), relative error about 1e-16.
 *
 * @param p where it is above 1/2 and what it leaves to 1 is known better, negate the value at 1 - p instead
 * @returns -Infinity at 0, Infinity at 1, NaN outside
 * @source Wichura 1988, "Algorithm AS 241: the percentage points of the normal distribution", Applied Statistics 37,
 * routine PPND16
 */
export function inverseNormalCdf(p: number): number {
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) return q * rational(CENTRAL, 0.180625 - q * q);
  const tail = q < 0 ? p : 1 - p;
  if (!(tail > 0)) return tail === 0 ? (q < 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY) : Number.NaN;
  const r = Math.sqrt(-Math.log(tail));
  const size = r <= 5 ? rational(MIDDLE, r - 1.6) : rational(FAR, r - 5);
  return q < 0 ? -size : size;
}

/** Coefficients of numerator and denominator, eight each, constant terms first. */
type Rational = readonly (readonly [top: number, bottom: number])[];

function rational(coefficients: Rational, x: number): number {
  let top = 0;
  let bottom = 0;
  for (let i = coefficients.length - 1; i >= 0; i--) {
    const [a, b] = coefficients[i] ?? [0, 0];
    top = top * x + a;
    bottom = bottom * x + b;
  }
  return top / bottom;
}

const CENTRAL: Rational = [
  [3.3871328727963665, 1],
  [133.14166789178438, 42.31333070160091],
  [1971.5909503065513, 687.1870074920579],
  [13731.69376550946, 5394.196021424751],
  [45921.95393154987, 21213.794301586597],
  [67265.7709270087, 39307.89580009271],
  [33430.57558358813, 28729.085735721943],
  [2509.0809287301227, 5226.495278852546],
];

const MIDDLE: Rational = [
  [1.4234371107496835, 1],
  [4.630337846156546, 2.053191626637759],
  [5.769497221460691, 1.6763848301838038],
  [3.6478483247632045, 0.6897673349851],
  [1.2704582524523684, 0.14810397642748008],
  [0.2417807251774506, 0.015198666563616457],
  [0.022723844989269184, 0.0005475938084995345],
  [0.0007745450142783414, 1.0507500716444169e-9],
];

const FAR: Rational = [
  [6.657904643501103, 1],
  [5.463784911164114, 0.599832206555888],
  [1.7848265399172913, 0.1369298809227358],
  [0.29656057182850487, 0.014875361290850615],
  [0.026532189526576124, 0.0007868691311456133],
  [0.0012426609473880784, 1.8463183175100548e-5],
  [2.7115555687434876e-5, 1.421511758316446e-7],
  [2.0103343992922881e-7, 2.0442631033899397e-15],
];
