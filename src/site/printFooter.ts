/**
 * The rule that prints title and build at the foot of each sheet. A string, because it carries the build's hash and
 * the content security policy holds the hash of the rule.
 */
export function printFooter(name: string, build: string): string {
  return `@page{@bottom-left{content:${JSON.stringify(`${name}, build ${build}`)};font:9pt "Source Sans 3",sans-serif;color:#666}}`;
}
