// What a printed report carries besides its pages: dates and ids, which differ between two prints of the same page,
// and links, which must lead somewhere.
import {
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFHexString,
  PDFName,
  PDFString,
  type PDFObject,
  type PDFPage,
} from 'pdf-lib';
import { HAND_IN_FOLDER } from './contents.ts';

const name = (text: string) => PDFName.of(text);

/**
 * The document without dates and its own id, its elements' ids counted from one, so that equal pages give equal bytes. Links to files of the bundle
 * become relative, for the document lies among them; links to other pages of the site stay if the site can be reached.
 *
 * @param pdf a PDF document
 * @param site address under which it was printed, and whether that can be reached
 * @throws if the bytes are not PDF
 */
export async function settlePdf(
  pdf: Uint8Array,
  { url, reachable }: { url: string; reachable: boolean },
): Promise<Uint8Array> {
  const document = await PDFDocument.load(pdf, { updateMetadata: false });
  const { context } = document;
  const information = context.trailerInfo.Info ? context.lookup(context.trailerInfo.Info) : undefined;
  if (information instanceof PDFDict) {
    information.delete(name('CreationDate'));
    information.delete(name('ModDate'));
  }
  delete context.trailerInfo.ID;
  document.catalog.delete(name('Metadata'));
  const target = (address: string): string | undefined => {
    if (!address.startsWith(url)) return address;
    const path = address.slice(url.length);
    if (path.startsWith(`${HAND_IN_FOLDER}/`)) return path.slice(HAND_IN_FOLDER.length + 1);
    return reachable ? address : undefined;
  };
  for (const page of document.getPages()) settleLinks(page, target);
  settleElementIds(document);
  return document.save();
}

function settleLinks(page: PDFPage, target: (address: string) => string | undefined): void {
  const annotations = page.node.Annots();
  for (let i = (annotations?.size() ?? 0) - 1; i >= 0; i--) {
    const action = annotations!.lookupMaybe(i, PDFDict)?.lookupMaybe(name('A'), PDFDict);
    const address = action?.lookup(name('URI'));
    if (!(address instanceof PDFString || address instanceof PDFHexString)) continue;
    const settled = target(address.decodeText());
    if (settled === undefined) annotations!.remove(i);
    else action!.set(name('URI'), PDFString.of(settled));
  }
}

/** The browser numbers elements through its own life; here the same order starts at one. */
function settleElementIds(document: PDFDocument): void {
  const roots = document.context.enumerateIndirectObjects().map(([, object]) => object);
  const ids = new Set<string>();
  for (const root of roots) {
    mapElementIds(root, (id) => {
      ids.add(id);
      return id;
    });
  }
  // Padded with zeros, they sort as numbers.
  const settled = new Map([...ids].sort().map((id, i) => [id, `node${String(i + 1).padStart(8, '0')}`]));
  for (const root of roots) mapElementIds(root, (id) => settled.get(id)!);
}

/** Replaces each id of an element in an object and what it directly holds. */
function mapElementIds(object: PDFObject, change: (id: string) => string): void {
  const changed = (value: PDFObject): PDFObject | undefined => {
    if (value instanceof PDFString && /^node\d{8}$/.test(value.asString())) {
      return PDFString.of(change(value.asString()));
    }
    mapElementIds(value, change);
    return undefined;
  };
  if (object instanceof PDFDict) {
    for (const [key, value] of object.entries()) {
      const next = changed(value);
      if (next) object.set(key, next);
    }
  } else if (object instanceof PDFArray) {
    object.asArray().forEach((value, i) => {
      const next = changed(value);
      if (next) object.set(i, next);
    });
  }
}

/** Addresses that the document's links lead to, page by page. */
export async function pdfLinks(pdf: Uint8Array): Promise<string[]> {
  const document = await PDFDocument.load(pdf, { updateMetadata: false });
  return document.getPages().flatMap((page) => {
    const annotations = page.node.Annots() ?? PDFArray.withContext(document.context);
    return Array.from({ length: annotations.size() }, (_, i) => {
      const address = annotations
        .lookupMaybe(i, PDFDict)
        ?.lookupMaybe(name('A'), PDFDict)
        ?.lookup(name('URI'));
      return address instanceof PDFString || address instanceof PDFHexString ? [address.decodeText()] : [];
    }).flat();
  });
}
