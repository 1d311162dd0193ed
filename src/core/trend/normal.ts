const ROOT_TWO_PI = Math.sqrt(2 * Math.PI);

/**
 * The chance of a standard normal value above `z`, right to about 1e-13 of itself. Series and continued fraction of
 * Abramowitz & Stegun, 26.2.11 and 26.2.14: the series where it is quick, the fraction where the series would cancel.
 */
export function normalTail(z: number): number {
  if (z < 0) return 1 - normalTail(-z);
  const density = Math.exp((-z * z) / 2) / ROOT_TWO_PI;
  if (z < 3) {
    let term = z;
    let sum = z;
    for (let odd = 3; term > sum * 1e-17; odd += 2) {
      term *= (z * z) / odd;
      sum += term;
    }
    return 0.5 - density * sum;
  }
  let fraction = z;
  for (let step = 120; step > 0; step--) fraction = z + step / fraction;
  return density / fraction;
}

/** The z above which a standard normal value lies with chance `tail`, from 0 to 0.5. Halves an interval 60 times. */
export function normalQuantile(tail: number): number {
  let low = 0;
  let high = 40;
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (normalTail(middle) > tail) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
