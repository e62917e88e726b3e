//! Every way in which a call can be refused. Numbers are for life: tens group them by what is wrong.

use soroban_sdk::{Env, contracterror, panic_with_error};

#[contracterror]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u32)]
pub enum Error {
    // The caller.
    /// Only the payer may do this.
    NotPayer = 1,
    /// Only the admin may do this.
    NotAdmin = 2,
    /// Only an approver may do this.
    NotApprover = 3,
    /// Only a service provider may do this.
    NotServiceProvider = 4,
    /// Only a release signer may do this now.
    NotReleaseSigner = 5,
    /// Only a dispute resolver may do this.
    NotDisputeResolver = 6,
    /// Only the milestone's receiver may do this.
    NotReceiver = 7,
    /// The caller has no say in this milestone.
    NotParty = 8,
    /// A resolver cannot rule on a milestone of which it is the receiver.
    ResolverIsReceiver = 9,
    /// The address to replace does not hold that seat.
    NotSeatHolder = 10,

    // The list.
    /// There is nothing to do.
    Empty = 20,
    /// A milestone is named twice.
    DuplicateMilestone = 21,
    /// This is more than one transaction can carry: split it.
    TooLarge = 22,
    /// There is no milestone of that number.
    UnknownMilestone = 23,
    /// The input is not of its declared type.
    Malformed = 24,

    // The terms.
    /// A text is longer than its limit.
    TextTooLong = 30,
    /// A role list has too few or too many members.
    SeatCount = 31,
    /// An address stands twice in one role list.
    DuplicateMember = 32,
    /// A dispute resolver may hold no other role but observer.
    ResolverOverlap = 33,
    /// The escrow's own address and the token's can neither hold a role nor receive.
    ReservedAddress = 34,
    /// The token's address does not answer as a token contract.
    NotAToken = 35,
    /// The platform fee is above 3,000 basis points.
    FeeTooHigh = 36,
    /// A quorum must lie between 1 and the number of seats, and be 0 where there are none.
    QuorumOutOfRange = 37,
    /// A window is longer than ten years.
    WindowTooLong = 38,
    /// An amount must be above zero.
    AmountNotPositive = 39,
    /// The approvals required must lie between 1 and the number of approvers.
    ApprovalsOutOfRange = 40,
    /// The due date lies in the past.
    DueInPast = 41,
    /// The milestones' amounts do not sum to the total.
    TotalMismatch = 42,
    /// An escrow has at least one milestone.
    NoMilestones = 43,
    /// Engagement id, payer, admin, platform, token and fee cannot be changed.
    FixedTerm = 44,

    // What was agreed to.
    /// The revision has moved on: look again before signing.
    RevisionMismatch = 50,
    /// The amount differs from what the escrow holds to.
    AmountMismatch = 51,
    /// The receiver differs from the milestone's.
    ReceiverMismatch = 52,
    /// The receiver's part must lie between zero and the milestone's amount.
    SplitOutOfRange = 53,

    // The milestone's state.
    /// The milestone is not funded.
    NotFunded = 60,
    /// The milestone is funded already.
    AlreadyFunded = 61,
    /// The milestone is settled.
    AlreadySettled = 62,
    /// The milestone is disputed.
    AlreadyDisputed = 63,
    /// The milestone is not disputed.
    NotDisputed = 64,
    /// The milestone is approved.
    AlreadyApproved = 65,
    /// The milestone is not approved.
    NotApproved = 66,
    /// The milestone is completed.
    AlreadyCompleted = 67,
    /// The milestone is not completed.
    NotCompleted = 68,
    /// The caller's vote is counted already.
    AlreadyVoted = 69,
    /// The due date has passed.
    PastDue = 70,
    /// The due date has not passed, or there is none.
    NotDue = 71,
    /// The dispute window has not passed, or there is none.
    DisputeWindowOpen = 72,
    /// This escrow has no dispute resolvers.
    NoResolvers = 73,
    /// Some milestone is funded.
    SomethingFunded = 74,

    // The money.
    /// The token refused the transfer.
    TransferFailed = 80,
    /// The token delivered less than was asked.
    ShortReceipt = 81,
    /// The tokens that are here and not reserved do not cover the amount.
    UnreservedTooLow = 82,
    /// The escrow's own balance does not cover the payment: somebody must top it up.
    BalanceTooLow = 83,
    /// Nothing is credited to this address here.
    NothingToClaim = 84,
    /// There is nothing to withdraw.
    NothingToWithdraw = 85,
    /// A sum is larger than the contract can count.
    Overflow = 86,
}

/// Ends the call; the host undoes all that it did.
#[inline(never)]
pub fn refuse(env: &Env, error: Error) -> ! {
    panic_with_error!(env, error)
}

/// Goes on only if this holds.
#[inline(never)]
pub fn require(env: &Env, holds: bool, error: Error) {
    if !holds {
        refuse(env, error)
    }
}

pub trait OrRefuse<T> {
    fn or_refuse(self, env: &Env) -> T;
}

/// What the rules refuse, the contract refuses.
impl<T> OrRefuse<T> for Result<T, Error> {
    #[inline(always)]
    fn or_refuse(self, env: &Env) -> T {
        match self {
            Ok(value) => value,
            Err(error) => refuse(env, error),
        }
    }
}
