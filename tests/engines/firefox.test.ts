import { expect, inject } from 'vitest';
import { firefoxLacks, launchFirefox } from './firefox.ts';
import { focus, keys, press, reaches, wake } from './page.ts';
import { readDrawnOne, testEngine, testIn } from './testEngine.ts';

testEngine({
  name: 'Firefox',
  lacks: firefoxLacks,
  withWebgl: () => launchFirefox(),
  withoutWebgl: () => launchFirefox({ 'webgl.disabled': true }),
});

// Reading WebGL or a canvas back gives random numbers then.
const protectedTest = testIn(() => launchFirefox({ 'privacy.resistFingerprinting': true }));

protectedTest.skipIf(firefoxLacks.length > 0)(
  'Firefox with resistFingerprinting computes as well, without WebGL, and reads what is drawn',
  async ({ driver }) => {
    await driver.open(new URL('#figure-1', inject('siteUrl')).href);
    await wake(driver, 'q1');
    expect(await reaches(driver, 'q1', 'reproduced')).toContain('cpu float32');
    await focus(driver, '[data-widget="q1"] input[type="range"]');
    await press(driver, keys.left);
    expect(await reaches(driver, 'q1', 'computed')).toContain('cpu float32');
    await driver.open(new URL('lab/', inject('siteUrl')).href);
    expect(await readDrawnOne(driver)).toContain('The true class, 1, is taken from the prediction.');
  },
);
