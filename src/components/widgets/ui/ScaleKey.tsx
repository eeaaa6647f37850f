import { epsilon as writeEpsilon } from '../../format.ts';

const stops = [-1, -0.75, -0.5, -0.25, 0, 0.25, 0.5, 0.75, 1];

/** The scale of the changes: −ε green, 0 the ground, +ε magenta. */
export function ScaleKey({ epsilon }: { epsilon: number }) {
  const end = writeEpsilon(epsilon);
  return (
    <div class="scale-key">
      <i aria-hidden="true">
        {stops.map((stop) => (
          <s
            key={stop}
            style={`background:rgb(var(--scale-${stop < 0 ? 'neg' : 'pos'}) / ${Math.abs(stop)})`}
          />
        ))}
      </i>
      <span>−{end}</span>
      <span>0</span>
      <span>+{end}</span>
    </div>
  );
}
