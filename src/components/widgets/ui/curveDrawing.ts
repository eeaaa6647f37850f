// The published drawings of a curve: where their points are, and live ones drawn over them.

type Pair = readonly [number, number];

/** The drawings of a figure that live points can be drawn into; each says its own scales. */
export function drawingsOf(figure: Element): SVGSVGElement[] {
  return [...figure.querySelectorAll<SVGSVGElement>('svg[data-x-domain]')];
}

/** Draws a cross at each point into the drawings, in place of those drawn before. */
export function drawPoints(
  drawings: readonly SVGSVGElement[],
  points: readonly { x: number; y: number }[],
): void {
  for (const svg of drawings) {
    const [xDomain, xRange] = scaleOf(svg, 'x');
    const [yDomain, yRange] = scaleOf(svg, 'y');
    const crosses = points
      .filter(({ x }) => x <= xDomain[1])
      .map(({ x, y }) => {
        const cross = document.createElementNS('http://www.w3.org/2000/svg', 'path');
        const at = `${project(x, xDomain, xRange)} ${project(y, yDomain, yRange)}`;
        cross.setAttribute('class', 'cross');
        cross.setAttribute('d', 'M-6-6L6 6M-6 6L6-6');
        cross.setAttribute('transform', `translate(${at})`);
        return cross;
      });
    svg.querySelector('g.live')?.replaceChildren(...crosses);
  }
}

/** The value of x under the pointer, in the drawing's own scale. */
export function valueAt(svg: SVGSVGElement, clientX: number): number {
  const { left, right } = svg.getBoundingClientRect();
  const at = project(clientX, [left, right], [0, svg.viewBox.baseVal.width]);
  const [domain, range] = scaleOf(svg, 'x');
  return project(at, range, domain);
}

/** Place of the value nearest to another in a list. */
export function nearest(values: readonly number[], wanted: number): number {
  const distances = values.map((value) => Math.abs(value - wanted));
  return distances.indexOf(Math.min(...distances));
}

function scaleOf({ dataset }: SVGSVGElement, axis: 'x' | 'y'): [domain: Pair, range: Pair] {
  const pair = (text: string | undefined) => (text ?? '').split(' ').map(Number) as [number, number];
  return [pair(dataset[`${axis}Domain`]), pair(dataset[`${axis}Range`])];
}

/** Where a value of one interval lies in another. */
function project(value: number, from: Pair, to: Pair): number {
  return to[0] + ((value - from[0]) / (from[1] - from[0])) * (to[1] - to[0]);
}
