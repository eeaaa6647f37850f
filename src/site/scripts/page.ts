/** What a page does beyond its text; everything here is an addition, and the page is complete without it. */
import { copyButtons } from './copyButtons.ts';
import { failedWidgets } from './failedWidgets.ts';
import { followContents } from './followContents.ts';
import { peeks } from './peeks.ts';
import { printOpen } from './printOpen.ts';
import { scrollRegions } from './scrollRegions.ts';
import { themeButton } from './themeButton.ts';

themeButton();
copyButtons();
followContents();
peeks();
printOpen();
scrollRegions();
failedWidgets();
// From here on the controls are shown.
document.documentElement.dataset.ready = '';
