import { type EscrowState } from 'tranche-client';
import { Scene } from '../client/test/scenes.mjs';
import { DAY, milestone, ONE } from '../client/test/localnet.mjs';
import { expect, someone, test, type Net, type Person } from './support/test.ts';

/** An action that several roles may take, by those that `actions.spec.ts` leaves out. */
interface Case {
  by: string[];
  unsigned?: boolean;
  /** It is about the escrow as a whole. */
  whole?: boolean;
  before: (scene: Scene, net: Net) => Promise<unknown>;
  fill?: (person: Person) => Promise<unknown>;
  after: (one: EscrowState['milestones'][number], state: EscrowState) => void;
}

const completed = async (scene: Scene) => {
  await scene.fund(0);
  await scene.report(0, 'Completed');
};

const disputed = async (scene: Scene) => {
  await scene.fund(0);
  await scene.dispute('payer', 0);
};

const late = async (scene: Scene, net: Net) => {
  await completed(scene);
  await net.advanceTime(7n * DAY);
};

const CASES: Record<string, Case> = {
  dispute: {
    by: ['receiver', 'approver', 'provider', 'signer'],
    before: completed,
    fill: ({ sheet }) => sheet.getByLabel('Reason').fill('It leaks'),
    after: ({ flags }) => expect(flags.disputed).toBe(true),
  },
  'resume, as the first to ask': {
    by: ['payer', 'receiver'],
    before: disputed,
    after: ({ flags, resumed_by }) => {
      expect(flags.disputed).toBe(true);
      expect(resumed_by).toHaveLength(1);
    },
  },
  'settle, as the first to offer': {
    by: ['payer', 'receiver'],
    before: completed,
    fill: ({ sheet }) => sheet.getByRole('button', { name: 'Half each' }).click(),
    after: ({ offers }) => expect(offers.map((one) => one.to_receiver)).toEqual([5n * ONE]),
  },
  'release, after the review window': {
    by: ['stranger', 'receiver', 'payer', 'signer'],
    before: late,
    after: ({ flags }) => expect(flags.released).toBe(true),
  },
  'release, where nobody has to sign': {
    by: ['stranger', 'provider'],
    unsigned: true,
    before: async (scene) => {
      await completed(scene);
      await scene.vote('approver', 'approve', 0);
    },
    after: ({ flags }) => expect(flags.released).toBe(true),
  },
  'confirm, after the review window': {
    by: ['approver'],
    before: late,
    after: ({ flags }) => expect(flags.released).toBe(true),
  },
  'claim, for the platform': {
    by: ['stranger'],
    whole: true,
    before: async (scene) => {
      await completed(scene);
      await scene.vote('approver', 'approve', 0);
      await scene.vote('signer', 'release', 0);
    },
    after: (_, { escrow }) => expect(escrow.totals.credited).toBe(0n),
  },
  'resolve_by_default, as a side': {
    by: ['payer', 'receiver'],
    before: async (scene, net) => {
      await disputed(scene);
      await net.advanceTime(14n * DAY);
    },
    after: ({ flags }) => expect(flags.resolved).toBe(true),
  },
};

for (const [name, { by, unsigned, whole, before, fill, after }] of Object.entries(CASES)) {
  const [method = ''] = name.split(',');
  for (const role of by) {
    test(`${name}: ${role}`, async ({ net, site, page, wallet }) => {
      const { receiver } = net.address;
      const scene = await Scene.of(net, `${name}, ${role}`, {
        milestones: [milestone('Work', 10n * ONE, { receiver })],
        ...(unsigned && { roles: { release_signers: [] }, policy: { release_quorum: 0 } }),
      });
      await before(scene, net);
      const person = await someone(page, site, wallet, net.address[role]);
      await person.open(`#/escrow/${scene.id}/${whole ? '' : '0/'}${method}`);
      await fill?.(person);
      await person.sign();
      await person.done();
      const state = await scene.read();
      after(state.milestones[0], state);
    });
  }
}
