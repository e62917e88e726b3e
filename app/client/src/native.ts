import { scValToNative, type xdr } from '@stellar/stellar-sdk/base';

/** What a contract that may be anybody's stores or answers; undefined where it cannot be read. */
export function nativeOf(value: xdr.ScVal | null | undefined): unknown {
  try {
    return value ? (scValToNative(value) as unknown) : undefined;
  } catch {
    return undefined;
  }
}
