// The color steps of heat maps.
const maxBounds = 5;
const nice = [1, 2, 2.5, 5, 10];

// Returns the values that separate the color steps, at most five. They are round numbers at even distances, so that equal differences look equal; the last step is open, so that
// one outlier does not leave all other cells pale. If the large values are more than eight times the median, as amounts of companies are, each bound is about twice the one before.
export function createBounds(values, isWhole) {
  const sorted = [...values].sort((a, b) => a - b);
  const at = share => sorted[Math.round((sorted.length - 1) * share)];
  const [low, high] = [at(.03), at(.97)];
  if (!(high > low)) return [];
  return (sorted[0] >= 0 && high > 8 * at(.5) ? createGrowingBounds(high) : createEvenBounds(low, high, isWhole)).filter(bound => bound > sorted[0] && bound <= sorted.at(-1));
}

function createEvenBounds(low, high, isWhole) {
  // Values that are far from zero, such as ratings between 5 and 7, need not start there.
  const start = low > high - low ? low : Math.min(0, low);
  const size = (high - start) / (maxBounds + 1);
  const scale = 10 ** Math.floor(Math.log10(size));
  const step = Math.max(isWhole ? 1 : 0, scale * nice.find(factor => factor * scale >= size * .999));
  const first = Math.floor(start / step) + 1;
  return Array.from({ length: maxBounds }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

function createGrowingBounds(high) {
  const all = Array.from({ length: 60 }, (_, i) => [1, 2, 5][i % 3] * 10 ** (Math.floor(i / 3) - 6));
  return all.filter(bound => bound <= high).slice(-maxBounds);
}
