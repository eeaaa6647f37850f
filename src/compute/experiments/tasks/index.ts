// Every task by its name; the file of a task bears its name.
import { addRandomSigns } from './addRandomSigns.ts';
import { attackDigit } from './attackDigit.ts';
import { compareSigns } from './compareSigns.ts';
import { predictDigits } from './predictDigits.ts';
import { sweepDigits } from './sweepDigits.ts';
import { trainNetwork } from './trainNetwork.ts';

/** The tasks of the report's stages. */
export const tasks = { addRandomSigns, attackDigit, compareSigns, predictDigits, sweepDigits, trainNetwork };
