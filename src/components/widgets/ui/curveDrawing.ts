// The published drawings of a curve: where their points are, and live ones drawn over them.

interface Scales {
  x: { domain: [number, number]; range: [number, number] };
  y: { domain: [number, number]; range: [number, number] };
}

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
    const { x, y } = scalesOf(svg);
    const crosses = points
      .filter((point) => point.x <= x.domain[1])
      .map((point) => {
        const cross = document.createElementNS('http://www.w3.org/2000/svg', 'path');
        cross.setAttribute('class', 'cross');
        cross.setAttribute('d', 'M-6-6L6 6M-6 6L6-6');
        cross.setAttribute('transform', `translate(${project(point.x, x)} ${project(point.y, y)})`);
        return cross;
      });
    svg.querySelector('g.live')?.replaceChildren(...crosses);
  }
}

/** The value of x under the pointer, in the drawing's own scale. */
export function valueAt(svg: SVGSVGElement, clientX: number): number {
  const box = svg.getBoundingClientRect();
  const at = ((clientX - box.left) / box.width) * svg.viewBox.baseVal.width;
  const { domain, range } = scalesOf(svg).x;
  return domain[0] + ((at - range[0]) / (range[1] - range[0])) * (domain[1] - domain[0]);
}

/** Place of the value nearest to another in a list. */
export function nearest(values: readonly number[], wanted: number): number {
  return values.reduce(
    (best, value, i) => (Math.abs(value - wanted) < Math.abs(values[best]! - wanted) ? i : best),
    0,
  );
}

function scalesOf({ dataset }: SVGSVGElement): Scales {
  const pair = (text: string | undefined) => (text ?? '').split(' ').map(Number) as [number, number];
  return {
    x: { domain: pair(dataset.xDomain), range: pair(dataset.xRange) },
    y: { domain: pair(dataset.yDomain), range: pair(dataset.yRange) },
  };
}

function project(value: number, { domain, range }: Scales['x']): number {
  return range[0] + ((value - domain[0]) / (domain[1] - domain[0])) * (range[1] - range[0]);
}
