import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  limits,
  parseState,
  sameAttack,
  sameState,
  stateQuery,
  withoutState,
  type WidgetState,
} from './state.ts';

const built: WidgetState = { image: 0, epsilon: 0.3, steps: 1, clip: true, target: undefined, unit: 'total' };

const states = fc.record({
  image: fc.integer({ min: 0, max: limits.images - 1 }),
  epsilon: fc.double({ min: 0, max: limits.epsilon, noNaN: true }),
  steps: fc.integer({ min: 1, max: limits.steps }),
  clip: fc.boolean(),
  target: fc.option(fc.nat(9), { nil: undefined }),
  unit: fc.constantFrom('total', 'step'),
}) as fc.Arbitrary<WidgetState>;

const read = (query: string) => parseState(new URLSearchParams(query), 'q1', built);

describe('parseState(query, name, built)', () => {
  it('reads back every state that stateQuery writes, with nothing to correct', () => {
    fc.assert(
      fc.property(states, (state) => {
        const parsed = read(stateQuery('q1', state).toString())!;
        expect(parsed.corrections).toEqual([]);
        expect(sameState(parsed.state, state)).toBe(true);
      }),
    );
  });

  it('makes a valid state of any text, and says so when it changed it', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (epsilon, steps, image) => {
        const query = new URLSearchParams({ widget: 'q1', epsilon, steps, image });
        const { state, corrections } = parseState(query, 'q1', built)!;
        expect(state.epsilon).toBeGreaterThanOrEqual(0);
        expect(state.epsilon).toBeLessThanOrEqual(limits.epsilon);
        expect(state.steps).toBeGreaterThanOrEqual(1);
        expect(state.steps).toBeLessThanOrEqual(limits.steps);
        expect(Number.isInteger(state.steps) && Number.isInteger(state.image)).toBe(true);
        const kept = [
          String(state.epsilon) === epsilon,
          String(state.steps) === steps,
          String(state.image) === image,
        ];
        expect(corrections).toHaveLength(kept.filter((same) => !same).length);
      }),
    );
  });

  it('takes what is missing from the build', () => {
    expect(read('widget=q1')).toEqual({ state: built, corrections: [] });
    expect(read('widget=q1&steps=5')!.state).toEqual({ ...built, steps: 5 });
  });

  it('replaces invalid values by the nearest valid one or the build’s, and names both', () => {
    expect(read('widget=q1&epsilon=7&steps=0&clip=maybe&target=12&unit=inch&image=-3')).toEqual({
      state: { image: 0, epsilon: 0.5, steps: 1, clip: true, target: 9, unit: 'total' },
      corrections: [
        'target 12 → 9',
        'image -3 → 0',
        'epsilon 7 → 0.5',
        'steps 0 → 1',
        'clip maybe → on',
        'unit inch → total',
      ],
    });
    expect(read('widget=q1&target=none')!.corrections).toEqual(['target none → any']);
    expect(read('widget=q1&epsilon=NaN')!.corrections).toEqual(['epsilon NaN → 0.3']);
    expect(read('widget=q1&steps=2.6')!.state.steps).toBe(3);
    // The test set has images 0 to 9,999.
    expect(read('widget=q1&image=10000')).toMatchObject({
      state: { image: 9999 },
      corrections: ['image 10000 → 9999'],
    });
  });

  it('cuts long values short in what it says', () => {
    expect(read(`widget=q1&epsilon=${'9'.repeat(400)}`)!.corrections[0]).toHaveLength(
      'epsilon 999999999999… → 0.3'.length,
    );
  });

  it('is undefined for another widget and for none', () => {
    expect(read('widget=q3&epsilon=0.1')).toBeUndefined();
    expect(read('epsilon=0.1')).toBeUndefined();
  });
});

describe('sameAttack(a, b)', () => {
  it.each([{ image: 1 }, { epsilon: 0.1 }, { steps: 2 }, { clip: false }, { target: 0 }])(
    'tells apart what differs in %o',
    (change) => {
      expect(sameAttack(built, { ...built, ...change })).toBe(false);
    },
  );

  it('minds no unit', () => {
    expect(sameAttack(built, { ...built, unit: 'step' })).toBe(true);
  });
});

describe('withoutState(query)', () => {
  it('keeps what is not about a widget', () => {
    const query = stateQuery('q1', { ...built, target: 3 }, 'defended');
    query.set('theme', 'dark');
    expect(withoutState(query).toString()).toBe('theme=dark');
  });
});
