import { expect, it } from 'vitest';
import { byline } from './site.config.ts';

it.each([
  [
    'Ada Lovelace and Emmy Noether',
    'Machine learning',
    '2025-05-14',
    'Ada Lovelace, Emmy Noether · Machine learning · 2025-05-14',
  ],
  ['Ada Lovelace', '', '2025-05-14', 'Ada Lovelace · 2025-05-14'],
  ['', '', '', ''],
])('byline() of author %j, course %j and date %j is %j', (author, course, date, expected) => {
  expect(byline({ author, course, date })).toBe(expected);
});
