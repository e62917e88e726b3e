// Escrows in as many states as there are, each made by those who hold the seats.

import { calls } from 'tranche-client';
import { DAY, milestone, ONE } from './localnet.mjs';

/** An escrow, and its steps as sentences of who does what. */
export class Scene {
  constructor(net, id) {
    this.net = net;
    this.id = id;
    this.a = net.address;
  }

  static async of(net, name, options) {
    return new Scene(net, await net.deploy(net.draft(name, options)));
  }

  read() {
    return this.net.read(this.id);
  }

  async do(who, make) {
    const state = await this.read();
    return this.net.call(this.a[who], this.id, make(state, this.a[who]));
  }

  fund(through) {
    return this.do('payer', (state) => calls.fund(state, through));
  }

  report(index, tag, note = 'done') {
    const update = { milestone: index, status: { tag }, note, evidence: null };
    return this.do('provider', (_, provider) => calls.changeStatus(provider, [update]));
  }

  vote(who, method, index) {
    return this.do(who, (state, address) => calls[method](address, [state.milestones[index]]));
  }

  reject(index) {
    return this.do('approver', (_, approver) => calls.reject(approver, [index], 'the colours'));
  }

  dispute(who, index) {
    return this.do(who, (_, party) => calls.dispute(party, [index], 'no'));
  }

  resume(who, index) {
    return this.do(who, (_, party) => calls.resume(party, [index]));
  }

  split(who, method, index, part) {
    const rulings = [{ milestone: index, to_receiver: part }];
    return this.do(who, (_, address) => calls[method](address, rulings));
  }
}

const of = (count, more) =>
  Array.from({ length: count }, (_, i) => milestone(`Part ${i}`, BigInt(i + 1) * ONE + 1n, more));

/** The scenes; `now` is the network's time. */
export async function scenes(net, now) {
  const { address } = net;
  const approvers = [address.approver, address.approver2];
  const due = now + 30n * DAY;

  const unfunded = await Scene.of(net, 'unfunded');

  const review = await Scene.of(net, 'review', {
    roles: { approvers, release_signers: [address.signer, address.approver] },
    policy: { release_quorum: 2 },
    milestones: of(9, { approvals_required: 2, due, receiver: address.receiver }),
  });
  await review.fund(7);
  await review.report(0, 'InProgress');
  await review.report(1, 'Completed');
  await review.report(2, 'Completed');
  await review.vote('approver', 'confirm', 2);
  await review.vote('approver', 'approve', 3);
  await review.vote('approver2', 'approve', 3);
  await review.vote('approver', 'approve', 4);
  await review.vote('approver2', 'approve', 4);
  await review.vote('signer', 'release', 4);
  await review.report(5, 'Completed');
  await review.reject(5);
  for (const one of ['approver', 'approver2']) await review.vote(one, 'approve', 6);
  for (const one of ['approver', 'signer']) await review.vote(one, 'release', 6);

  const disputes = await Scene.of(net, 'disputes', {
    roles: { dispute_resolvers: [address.resolver, address.resolver2] },
    policy: { resolve_quorum: 2 },
    milestones: of(7, { receiver: address.receiver, due }),
  });
  await disputes.fund(6);
  await disputes.report(2, 'Completed');
  for (const index of [0, 1, 2, 3, 4]) await disputes.dispute('payer', index);
  await disputes.split('resolver', 'resolve', 0, 5n);
  await disputes.resume('payer', 1);
  await disputes.split('resolver', 'resolve', 2, ONE);
  await disputes.split('resolver2', 'resolve', 2, ONE);
  await disputes.split('payer', 'settle', 3, ONE);
  await disputes.split('payer', 'settle', 5, ONE);
  await disputes.do('receiver', (state, receiver) => calls.refund(receiver, [state.milestones[6]]));

  const buyer = await Scene.of(net, 'buyer', {
    roles: {
      approvers: [address.payer],
      release_signers: [address.payer],
      dispute_resolvers: [],
      admin: address.payer,
    },
    policy: { resolve_quorum: 0, dispute_window: 0n },
    milestones: of(3),
  });
  await buyer.fund(1);
  await buyer.vote('payer', 'confirm', 0);

  const open = await Scene.of(net, 'open', {
    roles: { release_signers: [], dispute_resolvers: [address.resolver] },
    policy: { release_quorum: 0, dispute_window: 0n, review_window: 0n },
    milestones: of(3),
  });
  await open.fund(2);
  await open.vote('approver', 'approve', 0);
  await open.report(1, 'Completed');
  await open.dispute('provider', 2);

  return { unfunded, review, disputes, buyer, open };
}
