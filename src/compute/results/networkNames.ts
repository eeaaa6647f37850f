// What the published networks are called: models/NAME.

/** Names of the networks that the report's recipe made with other seeds. */
export const otherNames = ['mnist-cnn-2', 'mnist-cnn-3', 'mnist-cnn-4', 'mnist-cnn-5'] as const;

/** Names of the published networks: the report's own first, the one trained against the attack last. */
export const networkNames = ['mnist-cnn', ...otherNames, 'mnist-cnn-defended'] as const;

export type NetworkName = (typeof networkNames)[number];
