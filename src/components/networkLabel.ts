/** How a published network is called on the pages: "1" to "5" by its training, "defended" if it was trained against the attack. */
export function networkLabel(name: string): string {
  return /\d$/.exec(name)?.[0] ?? (name.endsWith('defended') ? 'defended' : '1');
}
