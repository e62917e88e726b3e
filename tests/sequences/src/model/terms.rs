//! The rules of terms and of milestones as terms.

use super::Escrow;
use crate::action::{Party, Staff, Terms, Text};
use crate::call::Role;
use crate::order::MilestoneEdit;
use escrow::Error;

const TEN_YEARS: u64 = 315_360_000;

/// Refuses with an error unless something holds.
pub fn check(holds: bool, error: Error) -> Result<(), Error> {
    if holds { Ok(()) } else { Err(error) }
}

pub fn check_text(text: Text, limit: u16) -> Result<(), Error> {
    check(text.0 <= limit, Error::TextTooLong)
}

pub fn check_due(due: u64, now: u64) -> Result<(), Error> {
    check(due == 0 || due >= now, Error::DueInPast)
}

impl Terms {
    /// The rules of terms, for the escrow at an address.
    pub fn check(&self, escrow: Party) -> Result<(), Error> {
        check_text(self.engagement_id, 64)?;
        check_text(self.title, 100)?;
        check_text(self.description, 500)?;
        self.check_roles(escrow)?;
        check(self.fee_bps <= 3_000, Error::FeeTooHigh)?;
        let staff = &self.staff;
        check_quorum(staff.release_quorum, &staff.release_signers)?;
        check_quorum(staff.resolve_quorum, &staff.dispute_resolvers)?;
        let in_bounds = staff.review_window <= TEN_YEARS && staff.dispute_window <= TEN_YEARS;
        check(in_bounds, Error::WindowTooLong)
    }

    pub fn check_roles(&self, escrow: Party) -> Result<(), Error> {
        for holder in [self.payer, self.admin, self.platform] {
            self.check_party(escrow, holder)?;
        }
        for list in self.staff.lists() {
            check(list.len() <= 10, Error::SeatCount)?;
            for (seat, member) in list.iter().enumerate() {
                self.check_party(escrow, *member)?;
                check(!list[..seat].contains(member), Error::DuplicateMember)?;
            }
        }
        let staff = &self.staff;
        let staffed = !staff.approvers.is_empty() && !staff.service_providers.is_empty();
        check(staffed, Error::SeatCount)?;
        let holds_another = |resolver| {
            [self.payer, self.admin, self.platform].contains(resolver)
                || staff.lists()[..3].iter().any(|list| list.contains(resolver))
        };
        check(!staff.dispute_resolvers.iter().any(holds_another), Error::ResolverOverlap)
    }

    /// Whether an address may hold a role or be paid.
    pub fn check_party(&self, escrow: Party, party: Party) -> Result<(), Error> {
        check(party != escrow && party != self.token, Error::ReservedAddress)
    }

    /// Whether all that is fixed for life is the same.
    pub fn keeps(&self, old: &Self) -> bool {
        let fixed = |t: &Self| (t.engagement_id, t.payer, t.admin, t.platform, t.token, t.fee_bps);
        fixed(self) == fixed(old)
    }

    pub fn seat_mut(&mut self, role: Role, holder: Party) -> Option<&mut Party> {
        let staff = &mut self.staff;
        let list = match role {
            Role::Payer => return Some(&mut self.payer).filter(|payer| **payer == holder),
            Role::Admin => return Some(&mut self.admin).filter(|admin| **admin == holder),
            Role::Platform => return Some(&mut self.platform).filter(|p| **p == holder),
            Role::Approver => &mut staff.approvers,
            Role::ServiceProvider => &mut staff.service_providers,
            Role::ReleaseSigner => &mut staff.release_signers,
            Role::DisputeResolver => &mut staff.dispute_resolvers,
            Role::Observer => &mut staff.observers,
        };
        list.iter_mut().find(|member| **member == holder)
    }

    pub fn check_approvals(&self, approvals: u32) -> Result<(), Error> {
        let in_range = approvals >= 1 && approvals as usize <= self.staff.approvers.len();
        check(in_range, Error::ApprovalsOutOfRange)
    }
}

impl Staff {
    pub fn lists(&self) -> [&Vec<Party>; 5] {
        [
            &self.approvers,
            &self.service_providers,
            &self.release_signers,
            &self.dispute_resolvers,
            &self.observers,
        ]
    }
}

impl Escrow {
    /// Changes a milestone that is not funded.
    pub fn edit(&mut self, edit: &MilestoneEdit) -> Result<(), Error> {
        let (at, now) = (self.at, self.now);
        let Self { terms, milestones, .. } = self;
        let milestone =
            milestones.get_mut(edit.milestone as usize).ok_or(Error::UnknownMilestone)?;
        check(!milestone.funded, Error::AlreadyFunded)?;
        edit.title.map_or(Ok(()), |title| check_text(title, 100))?;
        edit.description.map_or(Ok(()), |description| check_text(description, 500))?;
        edit.due.map_or(Ok(()), |due| check_due(due, now))?;
        edit.approvals_required.map_or(Ok(()), |approvals| terms.check_approvals(approvals))?;
        if let Some(receiver) = edit.receiver.filter(|receiver| *receiver != milestone.receiver) {
            terms.check_party(at, receiver)?;
            milestone.receiver = receiver;
        }
        milestone.title = edit.title.unwrap_or(milestone.title);
        milestone.description = edit.description.unwrap_or(milestone.description);
        milestone.document = edit.document.or(milestone.document);
        milestone.due = edit.due.unwrap_or(milestone.due);
        milestone.approvals_required =
            edit.approvals_required.unwrap_or(milestone.approvals_required);
        milestone.move_on();
        Ok(())
    }
}

fn check_quorum(quorum: u32, seats: &[Party]) -> Result<(), Error> {
    let right =
        if seats.is_empty() { quorum == 0 } else { (1..=seats.len()).contains(&(quorum as usize)) };
    check(right, Error::QuorumOutOfRange)
}
