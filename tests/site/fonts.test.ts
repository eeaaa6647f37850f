// A page looks the same on each system: what it shows is set in the site's own faces, and they are there from the start.
import { describe, expect } from 'vitest';
import { test } from './test.ts';

const paths = ['', 'model/', 'methods/', 'networks/', 'lab/', '404.html'];

describe('the site’s faces', () => {
  for (const path of paths) {
    test(`${path || 'index'} shows no letter of a system’s face`, async ({ visit }) => {
      const { page } = await visit(path, { viewport: { width: 1440, height: 900 } });
      await page.evaluate(() => {
        for (const details of document.querySelectorAll('details')) details.open = true;
        for (const tab of document.querySelectorAll<HTMLElement>('.typescript')) tab.style.display = 'block';
      });
      await page.waitForLoadState('networkidle');
      const session = await page.context().newCDPSession(page);
      await session.send('DOM.enable');
      await session.send('CSS.enable');
      const { nodes } = await session.send('DOM.getFlattenedDocument', { depth: -1 });
      const byId = new Map(nodes.map((node) => [node.nodeId, node]));
      // MathML is read aloud, not shown.
      const apart = (id = 0): boolean => {
        const node = byId.get(id);
        return node !== undefined && (node.localName === 'math' || apart(node.parentId));
      };
      const texts = nodes.filter(
        ({ nodeType, nodeValue, parentId }) => nodeType === 3 && nodeValue.trim() !== '' && !apart(parentId),
      );
      const shown = await Promise.all(
        texts.map(async ({ nodeId, nodeValue }) => {
          const { fonts } = await session.send('CSS.getPlatformFontsForNode', { nodeId });
          return fonts.map((font) => ({ ...font, nodeValue }));
        }),
      );
      const foreign = shown
        .flat()
        .filter(({ isCustomFont }) => !isCustomFont)
        .map(({ familyName, nodeValue }) => `${familyName}: ${nodeValue}`);
      expect(texts.length).toBeGreaterThan(20);
      expect(foreign).toEqual([]);
    });
  }
});
