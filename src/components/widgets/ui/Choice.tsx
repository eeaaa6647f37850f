import type { ComponentChildren } from 'preact';

interface Props<Value extends string> {
  label: string;
  value: Value;
  options: readonly { value: Value; text: ComponentChildren }[];
  onChange: (value: Value) => void;
}

/** A choice between few words, set in a row; the chosen one is underlined. */
export function Choice<Value extends string>({ label, value, options, onChange }: Props<Value>) {
  return (
    <span class="choice needs-js no-print" role="group" aria-label={label}>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          aria-pressed={option.value === value}
          onClick={() => onChange(option.value)}
        >
          {option.text}
        </button>
      ))}
    </span>
  );
}
