import { readResult } from '../../compute/results/readResult.ts';
import type { BoundFigure, Results } from './defineFigure.ts';
import { figures, type FigureName } from './registry.ts';

/**
 * A figure with the build's results.
 *
 * @param root folder that holds `results/`
 * @throws if a result is missing or does not fit its schema, with the way out
 */
export async function loadFigure(name: FigureName, { root = 'public' } = {}): Promise<BoundFigure> {
  const figure = figures[name];
  const results = await Promise.all(
    figure.results.map(async (result) => [result, await readResult(result, { root })]),
  );
  return figure.bind(name, Object.fromEntries(results) as Results);
}
