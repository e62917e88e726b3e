export type * from './generated/types.js';
export { Client } from './generated/client.js';
export { BUILD } from './generated/build.js';
export { escrowActions, milestoneActions, type Action } from './actions.js';
export { addressProblem, escrowAddress, isAddress, isContract, tokenAddress } from './address.js';
export {
  amountProblem,
  feeOf,
  formatAmount,
  formatSum,
  parseAmount,
  plainAmount,
  splitOf,
} from './amounts.js';
export type { Page } from './assemble.js';
export { versionOf } from './builds.js';
export { calls, fundingOf, METHODS, prepare } from './calls.js';
export type { ArgumentsOf, Call, Method } from './calls.js';
export { firstBatch, nextBatch } from './batches.js';
export {
  coSign,
  handOver,
  prepareHandedBack,
  readHandedOver,
  type HandedOver,
} from './cosign.js';
export { readCreation, type AskedCreation } from './creation.js';
export { isUploaded, prepareDeploy, prepareUpload, restOf, wasmHashOf } from './deploy.js';
export {
  buyerConfirms,
  bytesOf,
  checkDraft,
  checkTerms,
  draftStuckWays,
  stuckMeaning,
  LIMITS,
  milestoneProblems,
  PRESETS,
  textProblem,
  type Draft,
  type DraftProblem,
} from './draft.js';
export { contractErrors, type ContractError } from './errors.js';
export { findEscrows, type Found } from './find.js';
export { readHistory, type History, type HistoryRow } from './history.js';
export * from './model.js';
export { connect, latestLedger } from './network.js';
export { untilStopped, watch, type Outcome, type Patience } from './outcome.js';
export { perform, type Progress } from './perform.js';
export type { Prepared } from './prepare.js';
export { problemOf, TrancheError, type Problem, type ProblemKind } from './problem.js';
export { readEscrow, readEscrows, readMilestones, type Escrows } from './read.js';
export { cannotReceive } from './receive.js';
export { receiptsCsv, receiptsOf, type Receipt } from './receipts.js';
export type { Network } from './rpc.js';
export { fallbackSplit, silences, standing, type Silence, type Standing } from './standing.js';
export { formatSpan, formatTime } from './time.js';
export { readBalance, readToken } from './token.js';
export { keyWallet, type SignOptions, type Wallet, type WalletError } from './wallet.js';
