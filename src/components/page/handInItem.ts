/** One thing that a question asks to be handed in: what it is (`Code`), where it stands (`Listing 1`) and its anchor. */
export interface HandInItem {
  readonly kind: string;
  /** Left out where `to` is a label of the registry, whose text is then shown. */
  readonly label?: string;
  /** An id of src/site/labels.ts (`listing-1`) or an address (`#q1`, `handin/attack.py`). */
  readonly to: string;
}
