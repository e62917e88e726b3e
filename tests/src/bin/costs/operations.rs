//! Every operation, each prepared on a copy of its own and then measured.

use crate::chain::{Chain, Cost, Receipt, account_id};
use crate::stage::*;
use escrow::*;
use soroban_sdk::{Address, IntoVal};
use tests::{DAY, network};

/// How large an escrow each operation is measured on.
pub const SIZES: [u32; 4] = [2, 10, 50, 1_000];
const LARGEST_BATCH: u32 = 50;
const TEXT: &str = "a text of one hundred bytes, as somebody might write it who reports, rejects or disputes some work .";

pub const FLOOR: &str = "floor";
pub const CREATE: &str = "create";
pub const UPLOAD: &str = "upload";
pub const RELEASE: &str = "release";
pub const TOGETHER: &str = "release, all to one receiver";
pub const ONE_BY_ONE: &str = "release, one by one, in all";
pub const APART: &str = "release, each to another receiver";

pub struct Row {
    pub operation: &'static str,
    pub milestones: u32,
    pub cost: Cost,
}

type Operation = (&'static str, fn(&mut Stage) -> Receipt);

/// On an escrow that is not funded.
const OPEN: &[Operation] = &[
    ("fund, all", |s| s.does(PAYER, "fund", s.funding())),
    ("count_deposit, all", |s| {
        s.sends(&s.escrow.clone(), s.gross_of_all());
        s.does(PAYER, "count_deposit", s.funding())
    }),
    ("update", |s| {
        let args = (s.address(ADMIN), s.terms(), s.revision()).into_val(&s.env);
        s.does(ADMIN, "update", args)
    }),
    ("manage_milestones, one added", |s| {
        let added = s.new_milestones(s.last()..s.last() + 1);
        s.does(ADMIN, "manage_milestones", s.additions(added, s.shape.milestones + 1))
    }),
];

/// On an escrow that is funded, to its last milestone.
const FUNDED: &[Operation] = &[
    ("change_status", |s| s.reports([s.last()], Status::Completed)),
    ("change_status, note of 100 bytes", |s| {
        let update = StatusUpdate {
            milestone: s.last(),
            status: Status::Completed,
            note: Some(s.text(TEXT)),
            evidence: None,
        };
        let args = (s.address(PROVIDER), s.list([update])).into_val(&s.env);
        s.does(PROVIDER, "change_status", args)
    }),
    ("approve", |s| {
        s.reports([s.last()], Status::Completed);
        s.approves([s.last()])
    }),
    ("approve, with rent for 90 days", |s| {
        s.reports([s.last()], Status::Completed);
        s.chain.wait(100 * DAY);
        s.approves([s.last()])
    }),
    ("reject", |s| s.rejects(s.last(), "")),
    ("reject, reason of 100 bytes", |s| s.rejects(s.last(), TEXT)),
    (RELEASE, |s| {
        s.reports([s.last()], Status::Completed);
        s.approves([s.last()]);
        s.releases([s.last()])
    }),
    ("release, receiver cannot be paid", |s| s.pays_nobody(s.last())),
    ("dispute", |s| s.disputes(s.last(), "")),
    ("dispute, reason of 100 bytes", |s| s.disputes(s.last(), TEXT)),
    ("resume, first", |s| {
        s.disputes(s.last(), "");
        s.resumes(PROVIDER, s.last())
    }),
    ("resume, second", |s| {
        s.disputes(s.last(), "");
        s.resumes(PROVIDER, s.last());
        s.resumes(PAYER, s.last())
    }),
    ("resolve, a vote", |s| {
        s.disputes(s.last(), "");
        s.splits(RESOLVER, "resolve")
    }),
    ("resolve, carrying", |s| {
        s.disputes(s.last(), "");
        s.splits(RESOLVER, "resolve");
        s.splits(SECOND_RESOLVER, "resolve")
    }),
    ("resolve_by_default", |s| {
        s.disputes(s.last(), "");
        s.chain.wait(DISPUTE_WINDOW);
        let args = (s.list([s.last()]),).into_val(&s.env);
        s.does(STRANGER, "resolve_by_default", args)
    }),
    ("settle, an offer", |s| s.splits(PROVIDER, "settle")),
    ("settle, carrying", |s| {
        s.splits(PROVIDER, "settle");
        s.splits(PAYER, "settle")
    }),
    ("refund", |s| {
        let args = (s.address(PROVIDER), s.list([s.last()]), AMOUNT + FEE).into_val(&s.env);
        s.does(PROVIDER, "refund", args)
    }),
    ("reclaim", |s| {
        s.chain.wait(31 * DAY);
        let args = (s.address(PAYER), s.list([s.last()]), AMOUNT + FEE).into_val(&s.env);
        s.does(PAYER, "reclaim", args)
    }),
    ("claim, platform", |s| {
        s.reports([s.last()], Status::Completed);
        s.approves([s.last()]);
        s.releases([s.last()]);
        s.claims(PLATFORM, &[])
    }),
    ("claim, receiver", |s| {
        s.pays_nobody(s.last());
        s.chain.trust(&account_id(PROVIDER), &s.asset.clone(), true);
        s.claims(PROVIDER, &[s.last()])
    }),
    ("withdraw", |s| {
        s.sends(&s.escrow.clone(), AMOUNT);
        let args = (s.address(PAYER), s.token.clone()).into_val(&s.env);
        s.does(PAYER, "withdraw", args)
    }),
    ("redirect", |s| {
        let args = (s.address(PROVIDER), s.last(), s.address(STRANGER)).into_val(&s.env);
        s.does(PROVIDER, "redirect", args)
    }),
    ("rotate", |s| {
        let args = (Role::Approver, s.address(APPROVER), s.address(STRANGER)).into_val(&s.env);
        s.does(APPROVER, "rotate", args)
    }),
    ("extend_ttl, one milestone, 30 days", |s| {
        let ledgers = tests::MIN_PERSISTENT_TTL + 30 * network::LEDGERS_PER_DAY;
        let args = (s.address(ADMIN), ledgers, s.last(), 1_u32).into_val(&s.env);
        s.does(ADMIN, "extend_ttl", args)
    }),
    ("get_escrow", |s| s.does(STRANGER, "get_escrow", ().into_val(&s.env))),
    ("get_milestone", |s| s.does(STRANGER, "get_milestone", (s.last(),).into_val(&s.env))),
    ("get_milestones, two", |s| {
        s.does(STRANGER, "get_milestones", (s.last() - 1, 2_u32).into_val(&s.env))
    }),
    ("get_claimable", |s| {
        let args = (s.address(PROVIDER), s.list([s.last()])).into_val(&s.env);
        s.does(STRANGER, "get_claimable", args)
    }),
    ("get_balances", |s| s.does(STRANGER, "get_balances", ().into_val(&s.env))),
];

/// On an escrow whose approver signs releases too.
const ONE_HAND: &[Operation] = &[("confirm", |s| {
    s.reports([s.last()], Status::Completed);
    let args = (s.address(APPROVER), s.payouts([s.last()])).into_val(&s.env);
    s.does(APPROVER, "confirm", args)
})];

/// The names of all that must cost the same on every escrow, in the order they are shown.
pub fn flat() -> impl Iterator<Item = &'static str> {
    [OPEN, FUNDED, ONE_HAND].into_iter().flatten().map(|(name, _)| *name)
}

pub fn measure(code: &Code) -> Vec<Row> {
    let mut rows = Vec::new();
    rows.push(upload_alone(code));
    create(code, &mut rows);
    for size in SIZES {
        let shape = Shape::of(size);
        let one_hand = Shape { one_hand: true, ..shape };
        let mut run = |stage: &Stage, operations: &[Operation]| {
            for (operation, act) in operations {
                let cost = act(&mut stage.clone()).cost;
                rows.push(Row { operation, milestones: size, cost });
            }
        };
        let open = Stage::open(code, shape);
        run(&open, OPEN);
        run(&open.after(|s| drop(s.does(PAYER, "fund", s.funding()))), FUNDED);
        run(&Stage::funded(code, one_hand), ONE_HAND);
    }
    batches(code, &mut rows);
    rows.push(Row { operation: FLOOR, milestones: 0, cost: pay_at_the_floor(code).cost });
    rows
}

/// What goes on the network before the first escrow.
fn upload_alone(code: &Code) -> Row {
    let stage = Stage::bare(code, Shape::of(0));
    let empty = Chain::new(stage.network_id);
    let cost = empty.try_call(&account_id(ADMIN), &upload(&code.escrow)).expect("an upload").cost;
    Row { operation: UPLOAD, milestones: 0, cost }
}

/// With two milestones, with ten, and with as many as fit.
fn create(code: &Code, rows: &mut Vec<Row>) {
    let stage = Stage::bare(code, Shape::of(0));
    let try_with = |milestones| {
        let function = stage.create_function(milestones);
        let cost = stage.chain.try_call(&account_id(ADMIN), &function).ok()?.cost;
        Some(Row { operation: CREATE, milestones, cost })
    };
    rows.extend([2, 10].map(|milestones| try_with(milestones).expect("an escrow")));
    rows.extend((11..=LARGEST_BATCH).rev().find_map(try_with));
}

fn batches(code: &Code, rows: &mut Vec<Row>) {
    let mut push = |operation, milestones, cost| rows.push(Row { operation, milestones, cost });

    let shape = Shape::of(LARGEST_BATCH);
    let approved = Stage::funded(code, shape).after(|s| s.work_is_approved());
    let together = approved.clone().releases(0..LARGEST_BATCH).cost;
    push(TOGETHER, LARGEST_BATCH, together);
    let mut stage = approved;
    let one_by_one = (0..LARGEST_BATCH).map(|milestone| stage.releases([milestone]).cost).sum();
    push(ONE_BY_ONE, LARGEST_BATCH, one_by_one);

    let shape = Shape { own_receivers: true, ..shape };
    let approved = Stage::funded(code, shape).after(|s| s.work_is_approved());
    let most = (1..=LARGEST_BATCH).rev().find_map(|count| {
        let cost = approved.clone().try_releases(0..count).ok()?.cost;
        Some((count, cost))
    });
    let (count, cost) = most.expect("at least one receiver");
    push(APART, count, cost);

    let mut last = Stage::funded(code, Shape::of(2)).after(|s| s.work_is_approved());
    last.releases([0]);
    push("release, of the last milestone", 2, last.releases([1]).cost);
}

/// The calls of which it is told where their instructions go.
pub fn examples(code: &Code) -> [(&'static str, Receipt); 3] {
    let mut stage = Stage::funded(code, Shape::of(SIZES[0]));
    stage.reports([0], Status::Completed);
    let approval = stage.approves([0]);
    [("approve", approval), (RELEASE, stage.releases([0])), (FLOOR, pay_at_the_floor(code))]
}

fn pay_at_the_floor(code: &Code) -> Receipt {
    let mut s = Stage::bare(code, Shape::of(0));
    s.create_floor();
    let (receiver, platform) = (s.address(PROVIDER), s.address(PLATFORM));
    let args = (s.address(SIGNER), s.token.clone(), receiver, AMOUNT, platform, FEE);
    let pay = s.invocation(&s.floor, "pay", args.into_val(&s.env));
    s.chain.try_call(&account_id(SIGNER), &pay).expect("a payment")
}

impl Stage {
    fn last(&self) -> u32 {
        self.shape.milestones - 1
    }

    fn gross_of_all(&self) -> i128 {
        (AMOUNT + FEE) * i128::from(self.shape.milestones)
    }

    fn after(&self, act: impl FnOnce(&mut Self)) -> Self {
        let mut stage = self.clone();
        act(&mut stage);
        stage
    }

    fn work_is_approved(&mut self) {
        self.reports(0..self.shape.milestones, Status::Completed);
        self.approves(0..self.shape.milestones);
    }

    /// A release to a receiver whose trustline is frozen.
    fn pays_nobody(&mut self, milestone: u32) -> Receipt {
        self.reports([milestone], Status::Completed);
        self.approves([milestone]);
        self.chain.trust(&account_id(PROVIDER), &self.asset.clone(), false);
        self.releases([milestone])
    }

    fn rejects(&mut self, milestone: u32, reason: &str) -> Receipt {
        self.reports([milestone], Status::Completed);
        let args = (self.address(APPROVER), self.list([milestone]), self.text(reason));
        self.does(APPROVER, "reject", args.into_val(&self.env))
    }

    fn resumes(&mut self, who: u8, milestone: u32) -> Receipt {
        let args = (self.address(who), self.list([milestone])).into_val(&self.env);
        self.does(who, "resume", args)
    }

    /// Rules or offers that the last milestone is split in half.
    fn splits(&mut self, who: u8, function: &str) -> Receipt {
        let ruling = Ruling { milestone: self.last(), to_receiver: AMOUNT / 2 };
        let args = (self.address(who), self.list([ruling])).into_val(&self.env);
        self.does(who, function, args)
    }

    fn claims(&mut self, who: u8, milestones: &[u32]) -> Receipt {
        let milestones = self.list(milestones.iter().copied());
        let args = (self.address(who), milestones, None::<Address>).into_val(&self.env);
        self.does(who, "claim", args)
    }
}
