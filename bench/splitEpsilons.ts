/** Cuts a grid into groups of one ε other than 0 each; zeros, which need no gradient, go along with the next. */
export function splitEpsilons(epsilons: readonly number[]): number[][] {
  const groups: number[][] = [[]];
  for (const epsilon of epsilons) {
    const last = groups.at(-1)!;
    if (last.some((other) => other !== 0)) groups.push([epsilon]);
    else last.push(epsilon);
  }
  return groups;
}
