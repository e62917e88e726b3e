/** The build of the contract that these bindings were made from. */
export const BUILD = {
  version: '0.1.0',
  hash: 'd8f301da32c04943cfa2e1008a2200c2526297091b548b5c7542b2ca08ea6ecf',
} as const;
