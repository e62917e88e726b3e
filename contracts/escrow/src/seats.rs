//! Who holds which seat: the rules of roles, handing a seat over, and telling wallets about it.

use crate::batch::{Load, item};
use crate::context::{Context, seat};
use crate::error::{Error, OrRefuse, require};
use crate::event::{Redirected, Rotated, Seat};
use crate::rules::MAX_SEATS;
use crate::storage;
use crate::terms::next;
use crate::types::{Role, Roles};
use soroban_sdk::{Address, Env, Symbol, Vec};

/// What a `seat` event takes.
const SEAT_EVENT_BYTES: u32 = 116;

/// The addresses that got or lost a seat in this call.
pub struct Changes {
    gained: Vec<Address>,
    lost: Vec<Address>,
}

impl Changes {
    pub fn new(env: &Env) -> Self {
        Self { gained: Vec::new(env), lost: Vec::new(env) }
    }

    #[inline(never)]
    pub fn note(&mut self, holder: &Address, gained: bool) {
        let list = if gained { &mut self.gained } else { &mut self.lost };
        if !list.contains(holder) {
            list.push_back(holder.clone());
        }
    }

    /// Those of `list` that are not in `other`.
    pub fn note_all(&mut self, list: &Vec<Address>, other: &Vec<Address>, gained: bool) {
        for position in 0..list.len() {
            let holder = item(list, position);
            if !other.contains(&holder) {
                self.note(&holder, gained);
            }
        }
    }

    /// One event for each address: who both got and lost a seat has got one.
    pub fn tell(self, env: &Env, load: &mut Load) {
        for (list, gained) in [(&self.gained, true), (&self.lost, false)] {
            for position in 0..list.len() {
                let holder = item(list, position);
                if gained || !self.gained.contains(&holder) {
                    load.bytes(env, SEAT_EVENT_BYTES);
                    Seat { holder, gained }.publish(env);
                }
            }
        }
    }
}

/// The five role lists.
pub fn lists(roles: &Roles) -> [&Vec<Address>; 5] {
    [
        &roles.approvers,
        &roles.service_providers,
        &roles.release_signers,
        &roles.dispute_resolvers,
        &roles.observers,
    ]
}

/// The rules of roles.
pub fn check(env: &Env, roles: &Roles, token: &Address) {
    for holder in [&roles.payer, &roles.admin, &roles.platform] {
        may_receive(env, token, holder);
    }
    for list in &lists(roles) {
        check_list(env, token, list);
    }
    let staffed = !roles.approvers.is_empty() && !roles.service_providers.is_empty();
    require(env, staffed, Error::SeatCount);
    for position in 0..roles.dispute_resolvers.len() {
        let resolver = item(&roles.dispute_resolvers, position);
        let overlaps = [&roles.payer, &roles.admin, &roles.platform].contains(&&resolver)
            || [&roles.approvers, &roles.service_providers, &roles.release_signers]
                .iter()
                .any(|list| list.contains(&resolver));
        require(env, !overlaps, Error::ResolverOverlap);
    }
}

/// Neither the escrow nor the token may be paid or hold a role.
#[inline(never)]
pub fn may_receive(env: &Env, token: &Address, address: &Address) {
    let reserved = *address == env.current_contract_address() || address == token;
    require(env, !reserved, Error::ReservedAddress);
}

pub fn redirect(env: &Env, receiver: Address, milestone: u32, to: Address) {
    let context = Context::open(env);
    let mut record = context.milestone(milestone);
    require(env, record.receiver == receiver, Error::NotReceiver);
    may_receive(env, &context.agreement.terms.token, &to);
    require(env, to != receiver, Error::Empty);
    record.state.redirect().or_refuse(env);
    record.receiver = to.clone();
    context.save(milestone, &record);
    hand_over(env, &receiver, &to);
    Redirected { receiver, milestone, to }.publish(env);
}

pub fn rotate(env: &Env, role: Role, from: Address, to: Address) {
    let mut context = Context::open(env);
    let agreement = &mut context.agreement;
    let terms = &mut agreement.terms;
    require(env, from != to, Error::Empty);
    replace(&mut terms.roles, role, &from, &to).or_refuse(env);
    check(env, &terms.roles, &terms.token);
    if role != Role::Observer {
        agreement.seats = next(env, agreement.seats);
    }
    storage::save_agreement(
        env,
        agreement.revision,
        agreement.seats,
        agreement.former,
        &agreement.terms,
    );
    hand_over(env, &from, &to);
    Rotated { from, role: Symbol::new(env, name(role)), to }.publish(env);
}

fn hand_over(env: &Env, from: &Address, to: &Address) {
    let mut changes = Changes::new(env);
    changes.note(from, false);
    changes.note(to, true);
    changes.tell(env, &mut Load::default());
}

fn replace(roles: &mut Roles, role: Role, from: &Address, to: &Address) -> Result<(), Error> {
    let list = match role {
        Role::Payer => return replace_one(&mut roles.payer, from, to),
        Role::Admin => return replace_one(&mut roles.admin, from, to),
        Role::Platform => return replace_one(&mut roles.platform, from, to),
        Role::Approver => &mut roles.approvers,
        Role::ServiceProvider => &mut roles.service_providers,
        Role::ReleaseSigner => &mut roles.release_signers,
        Role::DisputeResolver => &mut roles.dispute_resolvers,
        Role::Observer => &mut roles.observers,
    };
    let index = seat(list, from).ok_or(Error::NotSeatHolder)?;
    list.set(index, to.clone());
    Ok(())
}

fn name(role: Role) -> &'static str {
    match role {
        Role::Payer => "Payer",
        Role::Admin => "Admin",
        Role::Platform => "Platform",
        Role::Approver => "Approver",
        Role::ServiceProvider => "ServiceProvider",
        Role::ReleaseSigner => "ReleaseSigner",
        Role::DisputeResolver => "DisputeResolver",
        Role::Observer => "Observer",
    }
}

fn replace_one(holder: &mut Address, from: &Address, to: &Address) -> Result<(), Error> {
    if holder != from {
        return Err(Error::NotSeatHolder);
    }
    *holder = to.clone();
    Ok(())
}

#[inline(never)]
fn check_list(env: &Env, token: &Address, list: &Vec<Address>) {
    require(env, list.len() as usize <= MAX_SEATS, Error::SeatCount);
    for index in 0..list.len() {
        let member = item(list, index);
        may_receive(env, token, &member);
        require(env, seat(list, &member) == Some(index), Error::DuplicateMember);
    }
}
