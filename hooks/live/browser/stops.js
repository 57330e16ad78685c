// Along a field: sheet.js and chart.js, of which a page may load either, each bring it.

/**
 * What a field's slider steps through, in base units: powers of two for counts, five percent, else 1, 2, 5.
 * @type {(name: string) => number[]}
 */
live.steps = (name) => {
  const { of, low = 0, high = Infinity, whole } = live.declaration(name),
    most = { chip: 1024, seq: 8192 }[of.text] || 2 ** 20;
  const plain = whole
    ? Array.from({ length: 21 }, (_, k) => 2 ** k).filter((step) => step <= most)
    : of.text === "%"
      ? Array.from({ length: 20 }, (_, k) => 5 * (k + 1))
      : [
          0,
          ...[0.01, 0.1, 1, 10, 100, 1000].flatMap((ten) =>
            [1, 2, 5].map((step) => +(step * ten).toPrecision(3))
          )
        ];
  return plain.map((step) => step * of.factor).filter((step) => step >= low && step <= high);
};
