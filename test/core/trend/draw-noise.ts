/** Draws of one seed, the same on every machine. */
export interface Noise {
  /** 0 to 1, 1 excluded. */
  uniform(): number;
  /** Standard normal. */
  normal(): number;
  /** Cauchy: so heavy in the tails that it has no mean. */
  cauchy(): number;
  /** Whole numbers with this mean, up to some hundreds. */
  poisson(mean: number): number;
}

/** The generator is Mulberry32; the normal values come by Box and Muller, Poisson's by adding up chances. */
export function drawNoise(seed: number): Noise {
  let state = seed;
  const uniform = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    uniform,
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
    cauchy: () => Math.tan(Math.PI * (uniform() - 0.5)),
    poisson: (mean) => {
      const wanted = uniform();
      let chance = Math.exp(-mean);
      let below = chance;
      let count = 0;
      while (below < wanted && count < 1000) {
        count += 1;
        chance *= mean / count;
        below += chance;
      }
      return count;
    },
  };
}
