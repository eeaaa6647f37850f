import { describe, expect, it } from 'vitest';
import { codeClasses } from './codeClasses.ts';
import type { HastNode } from './hast.ts';

const span = (value: string, token: string): HastNode => ({
  type: 'element',
  tagName: 'span',
  properties: { style: `color:var(--astro-code-token-${token})` },
  children: [{ type: 'text', value }],
});

describe('codeClasses', () => {
  it('leaves a class on keywords and comments, and joins the rest to plain text', () => {
    const line: HastNode = {
      type: 'element',
      children: [
        span('const', 'keyword'),
        span(' a', 'constant'),
        span(' =', 'keyword'),
        span(' // b', 'comment'),
      ],
    };
    codeClasses.line(line);
    const classed = (name: string, value: string) => ({
      type: 'element',
      tagName: 'span',
      properties: { class: name },
      children: [{ type: 'text', value }],
    });
    expect(line.children).toEqual([
      classed('k', 'const'),
      { type: 'text', value: ' a =' },
      classed('c', ' // b'),
    ]);
  });

  it('keeps a line of a doc comment whole', () => {
    const line: HastNode = {
      type: 'element',
      children: [span(' * ', 'comment'), span('@param', 'keyword'), span(' a', 'comment')],
    };
    codeClasses.line(line);
    expect(line.children).toMatchObject([
      { properties: { class: 'c' }, children: [{ value: ' * @param a' }] },
    ]);
  });

  it('takes the inline style off the block and lets the keyboard scroll it', () => {
    const pre: HastNode = { type: 'element', properties: { style: 'color:red', tabindex: '0' } };
    codeClasses.pre(pre);
    expect(pre.properties).toEqual({ tabIndex: 0 });
  });

  it('lifts the limit of time, so that a busy machine colours the same', () => {
    const options = { tokenizeTimeLimit: 500 };
    codeClasses.preprocess('', options);
    expect(options.tokenizeTimeLimit).toBe(0);
  });
});
