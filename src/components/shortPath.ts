/**
 * A path of straight lines with each point told from the one before it, to a tenth of a pixel: "M46,39.9L119.4,49" is
 * "M46 39.9l73.4 9.1". Steps on one level are one: "h88.4". Packed it takes half as much.
 */
export function shortPath(path: string): string {
  let [x, y] = [0, 0];
  const tenths = (value: number) => Math.round(value * 10) / 10;
  return path
    .replace(/([ML])(-?[\d.]+)[ ,](-?[\d.]+)/g, (_, command: string, right: string, down: string) => {
      const [fromX, fromY] = [x, y];
      [x, y] = [Number(right), Number(down)];
      return command === 'M' ? `M${x} ${y}` : `l${tenths(x - fromX)} ${tenths(y - fromY)}`;
    })
    .replace(/(?:l[\d.]+ 0(?=[lMZ]|$)){2,}|(?:l-[\d.]+ 0(?=[lMZ]|$)){2,}/g, (level) => {
      const steps = level.split('l').slice(1);
      return `h${tenths(steps.reduce((sum, step) => sum + parseFloat(step), 0))}`;
    })
    .replaceAll(' -', '-');
}
