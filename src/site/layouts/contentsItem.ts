/** A line of a page's contents: the anchor, a number in the hanging column (`Q1`), and the label, which may hold HTML. */
export interface ContentsItem {
  readonly id: string;
  readonly number?: string;
  readonly label: string;
}
