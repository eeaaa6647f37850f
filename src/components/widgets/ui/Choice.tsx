import type { ComponentChildren } from 'preact';

interface Props<Value extends string> {
  label: string;
  value: Value;
  options: Readonly<Record<Value, ComponentChildren>>;
  onChange: (value: Value) => void;
}

/** A choice between few words, set in a row; the chosen one is underlined. */
export function Choice<Value extends string>({ label, value, options, onChange }: Props<Value>) {
  return (
    <span class="choice needs-js no-print" role="group" aria-label={label}>
      {(Object.keys(options) as Value[]).map((option) => (
        <button key={option} type="button" aria-pressed={option === value} onClick={() => onChange(option)}>
          {options[option]}
        </button>
      ))}
    </span>
  );
}
