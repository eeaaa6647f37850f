// Takes the build lock of a work folder and keeps it until it is killed or the process that started it is gone.
import { acquireBuildLock } from '../../src/compute/build/buildLock.ts';

process.stdin.on('end', () => process.exit()).resume();
await acquireBuildLock(process.argv[2]!, { onWait: (holder) => console.log(`waiting for ${holder}`) });
console.log('held');
