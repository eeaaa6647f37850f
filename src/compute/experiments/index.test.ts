import { describe, expect, it } from 'vitest';
import { reportOptions } from '../options.ts';
import { stages } from './index.ts';
import { optionsAt } from './stage.ts';

describe('stages', () => {
  it('have names of their own', () => {
    const names = stages.map(({ name }) => name);
    for (const name of names) expect(name).toMatch(/^[a-z][a-z0-9-]*$/);
    expect(new Set(names).size).toBe(names.length);
  });

  it('write files of their own, in the folders of a root', () => {
    const outputs = stages.flatMap((stage) => stage.outputs);
    expect(new Set(outputs).size).toBe(outputs.length);
    for (const path of outputs) expect(path).toMatch(/^(models|results)(\/[\w-][\w.-]*)+$/);
    for (const stage of stages) expect(stage.outputs.length).toBeGreaterThan(0);
  });

  it('read what earlier ones write', () => {
    const written = new Set<string>();
    for (const { inputs = [], outputs } of stages) {
      for (const path of inputs) expect([...written]).toContain(path);
      for (const path of outputs) written.add(path);
    }
  });
});

it('optionsAt(paths) picks whole groups and single choices, and nothing else', () => {
  const { seeds, evaluation } = reportOptions;
  expect(optionsAt(['seeds.training', 'evaluation', 'seeds.testImages'])(reportOptions)).toEqual({
    seeds: { training: seeds.training, testImages: seeds.testImages },
    evaluation,
  });
});
