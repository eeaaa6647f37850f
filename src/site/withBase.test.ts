import { expect, it } from 'vitest';
import { withBase } from './withBase.ts';

it.each([
  ['model/', '/', '/model/'],
  ['/model/', '/report', '/report/model/'],
  ['', '/report/', '/report/'],
  ['og.png', '/', '/og.png'],
])('withBase(%j, %j) is %j', (path, base, expected) => {
  expect(withBase(path, base)).toBe(expected);
});
