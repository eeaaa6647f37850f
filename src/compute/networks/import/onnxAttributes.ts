// Attributes of an ONNX node.
import type { OnnxNode } from './onnxFile.ts';
import { check } from './refusal.ts';

/** An attribute of a node, if it is there. */
export function attribute({ attributes }: OnnxNode, name: string) {
  return attributes.find((one) => one.name === name);
}

/** The order of a transposition: that of its attribute, or all axes reversed. Throws a Refusal unless each is there once. */
export function orderOfAxes(node: OnnxNode, where: string, count: number): number[] {
  const axes = Array.from({ length: count }, (_, axis) => axis);
  const order = integers(node, 'perm', axes.toReversed());
  const each = order.toSorted((a, b) => a - b).join() === axes.join();
  check(each, where, `axes ${order.join(', ')}, expected each of ${count} once`);
  return order;
}

/** A whole number among the attributes. */
export function integer(node: OnnxNode, name: string, fallback: number): number {
  return attribute(node, name)?.i ?? fallback;
}

/** Whole numbers among the attributes. */
export function integers(node: OnnxNode, name: string, fallback: number[]): number[] {
  const found = attribute(node, name)?.ints ?? [];
  return found.length > 0 ? found : fallback;
}

/** Checks that an attribute, if it is there, has one value alone. */
export function only(where: string, node: OnnxNode, name: string, expected: number): void {
  for (const found of [integer(node, name, expected), ...integers(node, name, [])])
    check(found === expected, where, `${name} of ${found}, expected ${expected}`);
}
