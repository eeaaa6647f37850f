// Text in a figure: symbols in serif italics, parts in a colour of their own.
import type { Selection } from 'd3';

/** A text, or texts one after another, some with a class. Symbols stand between underscores: "_ε_ = 0.3". */
export type FigureText = string | readonly (string | { text: string; className: string })[];

/** Any selection of one SVG element. */
export type One<Element extends globalThis.Element> = Selection<Element, unknown, null, undefined>;

/** Appends a text, with the symbols between underscores as `tspan.m`. */
export function appendText<Element extends SVGTextContentElement>(
  parent: One<Element>,
  text: FigureText,
): void {
  if (typeof text !== 'string') {
    for (const part of text) {
      if (typeof part === 'string') appendText(parent, part);
      else appendText(parent.append('tspan').attr('class', part.className), part.text);
    }
    return;
  }
  text.split('_').forEach((piece, i) => {
    if (i % 2 === 1) parent.append('tspan').attr('class', 'm').text(piece);
    else if (piece)
      parent.append(() => parent.node()!.ownerDocument.createTextNode(piece) as unknown as SVGElement);
  });
}
