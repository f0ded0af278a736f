// Letters as strokes, for the marks of products: drawn by us, so that a mark needs no font.

type Stroke = readonly (readonly number[])[];

/** In a square from 0 to 1. Two numbers lead to a point, six are a curve; each stroke begins with a point. */
const strokes: Readonly<Record<string, readonly Stroke[]>> = {
  A: [
    [
      [0, 1],
      [0.5, 0],
      [1, 1],
    ],
    [
      [0.2, 0.64],
      [0.8, 0.64],
    ],
  ],
  C: [
    [
      [0.95, 0.16],
      [0.7, -0.06, 0, -0.06, 0, 0.5],
      [0, 1.06, 0.7, 1.06, 0.95, 0.84],
    ],
  ],
  E: [
    [
      [0.9, 0],
      [0, 0],
      [0, 1],
      [0.9, 1],
    ],
    [
      [0, 0.5],
      [0.75, 0.5],
    ],
  ],
  H: [
    [
      [0, 0],
      [0, 1],
    ],
    [
      [1, 0],
      [1, 1],
    ],
    [
      [0, 0.5],
      [1, 0.5],
    ],
  ],
  J: [
    [
      [0.8, 0],
      [0.8, 0.7],
      [0.8, 1.1, 0.1, 1.1, 0, 0.75],
    ],
  ],
  K: [
    [
      [0, 0],
      [0, 1],
    ],
    [
      [0.9, 0],
      [0, 0.6],
    ],
    [
      [0.35, 0.4],
      [0.95, 1],
    ],
  ],
  M: [
    [
      [0, 1],
      [0, 0],
      [0.5, 0.62],
      [1, 0],
      [1, 1],
    ],
  ],
  N: [
    [
      [0, 1],
      [0, 0],
      [1, 1],
      [1, 0],
    ],
  ],
  P: [
    [
      [0, 1],
      [0, 0],
      [0.55, 0],
      [1.08, 0, 1.08, 0.56, 0.55, 0.56],
      [0, 0.56],
    ],
  ],
  R: [
    [
      [0, 1],
      [0, 0],
      [0.55, 0],
      [1.08, 0, 1.08, 0.54, 0.55, 0.54],
      [0, 0.54],
    ],
    [
      [0.5, 0.54],
      [1, 1],
    ],
  ],
  S: [
    [
      [0.92, 0.14],
      [0.7, -0.08, 0.05, -0.04, 0.05, 0.27],
      [0.05, 0.6, 0.97, 0.4, 0.97, 0.74],
      [0.97, 1.06, 0.25, 1.08, 0, 0.82],
    ],
  ],
  T: [
    [
      [0, 0],
      [1, 0],
    ],
    [
      [0.5, 0],
      [0.5, 1],
    ],
  ],
  B: [
    [
      [0, 0.5],
      [0.55, 0.5],
      [1.02, 0.5, 1.02, 1, 0.55, 1],
      [0, 1],
      [0, 0],
      [0.5, 0],
      [0.95, 0, 0.95, 0.5, 0.5, 0.5],
    ],
  ],
  V: [
    [
      [0, 0],
      [0.5, 1],
      [1, 0],
    ],
  ],
  Y: [
    [
      [0, 0],
      [0.5, 0.5],
      [1, 0],
    ],
    [
      [0.5, 0.5],
      [0.5, 1],
    ],
  ],
};

/** The letter as path data, in the box given by its corner and size. */
export function letter(name: string, x: number, y: number, width: number, height: number): string {
  const at = (value: number, index: number) =>
    String(Math.round((index % 2 === 0 ? x + value * width : y + value * height) * 100) / 100);
  return (strokes[name] ?? [])
    .flatMap((stroke) =>
      stroke.map((step, index) => `${index === 0 ? 'M' : step.length === 2 ? 'L' : 'C'}${step.map(at).join(' ')}`),
    )
    .join('');
}
