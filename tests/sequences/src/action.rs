//! What can happen in a sequence: plain data, which prints as Rust and is made of bytes.
//!
//! What a call needs is chosen by what holds when its turn comes, so that a step means much the
//! same when those before it are left out.

use super::call::Call;
use super::dice;
use arbitrary::Arbitrary;

/// Somebody or something with an address; see [`super::cast`].
pub type Party = u8;

/// Everything that happens in one network, from its start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sequence {
    pub actions: Vec<Action>,
}

/// One step. What finds nothing to act on does nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// An escrow is opened in a slot, if that is empty.
    Open {
        escrow: u8,
        deal: Deal,
        signed: Signed,
    },
    Call {
        escrow: u8,
        call: Call,
        signed: Signed,
    },
    /// An earlier call that succeeded, counted from the latest, is made again word for word.
    Again(u8),
    Wait(Wait),
    /// So long that everything stored is archived.
    Sleep,
    /// Tokens from nowhere; to an escrow, a direct payment.
    Mint {
        token: u8,
        to: Party,
        amount: u16,
    },
    /// The issuer of the asset freezes a holder, or lets it go.
    Freeze {
        holder: Party,
        frozen: bool,
    },
    /// The issuer of the asset takes from an escrow so many 256ths of what it holds.
    ClawBack {
        escrow: u8,
        part: u8,
    },
    /// The account's trustline to the asset gets this much room beyond what it holds; before the
    /// first, there is none.
    Trust(u16),
    /// The coin misbehaves so from now on.
    Turn(Vec<Mischief>),
}

/// A choice among several. `Fit`: one with which the call gets through, by the model; where there
/// is none, the step is left out, but with the highest numbers it is made all the same. `Any`: one
/// of all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    Fit(u8),
    Any(u8),
}

/// Who signs a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signed {
    Rightly,
    ByNobody,
    /// Instead of whoever must.
    By(Party),
    /// By the right ones, for other arguments.
    ForOther,
    /// A handover by one side only; a funding without its transfer.
    InPart,
}

/// How time goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wait {
    Seconds(u8),
    Days(u8),
    /// To one of the moments that lie ahead, give or take a second.
    Until {
        nth: u8,
        offset: Offset,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Arbitrary)]
pub enum Offset {
    Before,
    At,
    After,
}

/// A text, by its length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text(pub u16);

/// What an escrow is made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deal {
    pub terms: Terms,
    pub milestones: Vec<New>,
    /// How far the total is off.
    pub off: i8,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    pub engagement_id: Text,
    pub title: Text,
    pub description: Text,
    pub document: Option<u8>,
    pub payer: Party,
    pub admin: Party,
    pub platform: Party,
    pub token: Party,
    pub fee_bps: u32,
    pub staff: Staff,
}

/// Role lists and policy: what can be updated, texts apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Staff {
    pub approvers: Vec<Party>,
    pub service_providers: Vec<Party>,
    pub release_signers: Vec<Party>,
    pub dispute_resolvers: Vec<Party>,
    pub observers: Vec<Party>,
    pub release_quorum: u32,
    pub resolve_quorum: u32,
    pub review_window: u64,
    pub dispute_window: u64,
    pub fallback: Fallback,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Arbitrary)]
pub enum Fallback {
    Refund,
    Release,
    Even,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct New {
    pub title: Text,
    pub description: Text,
    pub document: Option<u8>,
    pub amount: i128,
    pub receiver: Option<Party>,
    pub approvals_required: u32,
    pub due: Due,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    Never,
    /// In so many hours.
    In(u8),
    Now,
    Past,
}

/// How the coin misbehaves; see [`tests::tokens::Mischief`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Arbitrary)]
pub enum Mischief {
    Skims(u8),
    Overcharges(u8),
    Exaggerates(i8),
    Insists(u8),
    Idles,
    Refuses,
    RefusesTo(#[arbitrary(with = dice::receiver)] Party),
    PanicsInTransfer,
    PanicsInBalance,
    BabblesInBalance,
    BabblesInTransfer,
    CallsInTransfer(bool),
    CallsInBalance(bool),
}
