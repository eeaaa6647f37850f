import { testEngine } from './testEngine.ts';
import { launchWebkit, webkitLacks } from './webkit.ts';

testEngine({
  name: 'WebKit',
  lacks: webkitLacks,
  // WebKitGTK leaves WebGL to the first worker of a browser that asks for it, and to none by default.
  withWebgl: () => launchWebkit(['AllowWebGLInWorkers']),
  withoutWebgl: () => launchWebkit(),
});
