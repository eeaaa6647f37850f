// Says after the tests' summary what this machine could not test, and why.
import { firefoxLacks } from './firefox.ts';
import { readsPaper } from './paper.ts';
import { webkitLacks } from './webkit.ts';

const lacks = {
  Firefox: firefoxLacks,
  WebKit: webkitLacks,
  'Their printed pages': readsPaper ? [] : ['poppler-utils'],
};

export default function globalSetup() {
  return () => {
    for (const [name, packages] of Object.entries(lacks)) {
      if (packages.length > 0) console.log(`${name}: not tested, this machine lacks ${packages.join(', ')}`);
    }
  };
}
