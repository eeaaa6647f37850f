// Takes the build lock of a work folder and keeps it.
import { acquireBuildLock } from '../../src/compute/pipeline/buildLock.ts';

await acquireBuildLock(process.argv[2]!, { onWait: (holder) => console.log(`waiting for ${holder}`) });
console.log('held');
setInterval(() => undefined, 1000);
