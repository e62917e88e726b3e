//! Small numbers and lengths, turned into the contract's own types and back.

use crate::action::{self, Party, Text};
use crate::call;
use crate::order;
use crate::seen;
use escrow::{
    Escrow, Fallback, Milestone, MilestoneEdit, NewMilestone, Payout, Policy, Position, Role,
    Roles, Ruling, Status, StatusUpdate, Terms,
};
use soroban_sdk::{Address, BytesN, Env, IntoVal, String, TryFromVal, Val, Vec};

type List<T> = std::vec::Vec<T>;

/// Who is who in one environment.
pub struct Words {
    pub env: Env,
    pub parties: List<Address>,
}

impl Words {
    pub fn address(&self, party: Party) -> Address {
        self.parties[usize::from(party)].clone()
    }

    pub fn party(&self, address: &Address) -> Party {
        let place = self.parties.iter().position(|party| party == address);
        place.unwrap_or_else(|| panic!("{address:?} is nobody's address")) as Party
    }

    pub fn list<T, U>(&self, items: &[T], one: impl Fn(&T) -> U) -> Vec<U>
    where
        U: IntoVal<Env, Val> + TryFromVal<Env, Val>,
    {
        Vec::from_iter(&self.env, items.iter().map(one))
    }

    pub fn addresses(&self, parties: &[Party]) -> Vec<Address> {
        self.list(parties, |party| self.address(*party))
    }

    pub fn numbers(&self, numbers: &[u32]) -> Vec<u32> {
        self.list(numbers, |number| *number)
    }

    pub fn text(&self, text: Text) -> String {
        String::from_bytes(&self.env, &letters(text.0))
    }

    fn read(&self, text: &String) -> Text {
        let mut bytes = vec![0; text.len() as usize];
        text.copy_into_slice(&mut bytes);
        let length = text.len() as u16;
        assert_eq!(bytes, letters(length), "a text is as it was written");
        Text(length)
    }

    fn document(&self, document: Option<u8>) -> Option<BytesN<32>> {
        document.map(|byte| BytesN::from_array(&self.env, &[byte; 32]))
    }

    pub fn terms(&self, terms: &action::Terms) -> Terms {
        let staff = &terms.staff;
        Terms {
            engagement_id: self.text(terms.engagement_id),
            title: self.text(terms.title),
            description: self.text(terms.description),
            document: self.document(terms.document),
            roles: Roles {
                payer: self.address(terms.payer),
                admin: self.address(terms.admin),
                platform: self.address(terms.platform),
                approvers: self.addresses(&staff.approvers),
                service_providers: self.addresses(&staff.service_providers),
                release_signers: self.addresses(&staff.release_signers),
                dispute_resolvers: self.addresses(&staff.dispute_resolvers),
                observers: self.addresses(&staff.observers),
            },
            token: self.address(terms.token),
            platform_fee_bps: terms.fee_bps,
            policy: Policy {
                release_quorum: staff.release_quorum,
                resolve_quorum: staff.resolve_quorum,
                review_window: staff.review_window,
                dispute_window: staff.dispute_window,
                fallback: match staff.fallback {
                    action::Fallback::Refund => Fallback::Refund,
                    action::Fallback::Release => Fallback::Release,
                    action::Fallback::Even => Fallback::Even,
                },
            },
        }
    }

    pub fn new_milestone(&self, new: &order::NewMilestone) -> NewMilestone {
        NewMilestone {
            title: self.text(new.title),
            description: self.text(new.description),
            document: self.document(new.document),
            amount: new.amount,
            receiver: new.receiver.map(|receiver| self.address(receiver)),
            approvals_required: new.approvals_required,
            due: new.due,
        }
    }

    pub fn edit(&self, edit: &order::MilestoneEdit) -> MilestoneEdit {
        MilestoneEdit {
            milestone: edit.milestone,
            title: edit.title.map(|title| self.text(title)),
            description: edit.description.map(|description| self.text(description)),
            document: self.document(edit.document),
            receiver: edit.receiver.map(|receiver| self.address(receiver)),
            approvals_required: edit.approvals_required,
            due: edit.due,
        }
    }

    pub fn update(&self, update: &order::StatusUpdate) -> StatusUpdate {
        StatusUpdate {
            milestone: update.milestone,
            status: match update.status {
                call::Status::Pending => Status::Pending,
                call::Status::InProgress => Status::InProgress,
                call::Status::Completed => Status::Completed,
            },
            note: update.note.map(|note| self.text(note)),
            evidence: update.evidence.map(|evidence| self.text(evidence)),
        }
    }

    pub fn payout(&self, payout: &order::Payout) -> Payout {
        let order::Payout { milestone, revision, receiver, amount } = *payout;
        Payout { milestone, revision, receiver: self.address(receiver), amount }
    }

    pub fn seen_escrow(&self, escrow: &Escrow) -> seen::Escrow {
        seen::Escrow {
            terms: self.read_terms(&escrow.terms),
            revision: escrow.revision,
            state: escrow.state,
            totals: escrow.totals,
            stuck: escrow.stuck.iter().collect(),
        }
    }

    pub fn seen_milestone(&self, m: &Milestone) -> seen::Milestone {
        let texts = [&m.note, &m.evidence, &m.reason];
        let [note, evidence, reason] = texts.map(|text| text.as_ref().map(|text| self.read(text)));
        seen::Milestone {
            milestone: m.milestone,
            title: self.read(&m.title),
            description: self.read(&m.description),
            document: read_document(&m.document),
            amount: m.amount,
            fee: m.fee,
            receiver: self.party(&m.receiver),
            approvals_required: m.approvals_required,
            due: m.due,
            revision: m.revision,
            funded: m.funded,
            status: m.status,
            note,
            evidence,
            reason,
            flags: m.flags,
            approved_by: self.read_parties(&m.approved_by),
            signed_by: self.read_parties(&m.signed_by),
            resumed_by: self.read_parties(&m.resumed_by),
            rulings: self.read_positions(&m.rulings),
            offers: self.read_positions(&m.offers),
            completed_at: m.completed_at,
            approved_at: m.approved_at,
            disputed_at: m.disputed_at,
            open_at: m.open_at,
            reclaim_at: m.reclaim_at,
            default_at: m.default_at,
            to_receiver: m.to_receiver,
            credited: m.credited,
        }
    }

    fn read_terms(&self, terms: &Terms) -> action::Terms {
        let (roles, policy) = (&terms.roles, &terms.policy);
        action::Terms {
            engagement_id: self.read(&terms.engagement_id),
            title: self.read(&terms.title),
            description: self.read(&terms.description),
            document: read_document(&terms.document),
            payer: self.party(&roles.payer),
            admin: self.party(&roles.admin),
            platform: self.party(&roles.platform),
            token: self.party(&terms.token),
            fee_bps: terms.platform_fee_bps,
            staff: action::Staff {
                approvers: self.read_parties(&roles.approvers),
                service_providers: self.read_parties(&roles.service_providers),
                release_signers: self.read_parties(&roles.release_signers),
                dispute_resolvers: self.read_parties(&roles.dispute_resolvers),
                observers: self.read_parties(&roles.observers),
                release_quorum: policy.release_quorum,
                resolve_quorum: policy.resolve_quorum,
                review_window: policy.review_window,
                dispute_window: policy.dispute_window,
                fallback: match policy.fallback {
                    Fallback::Refund => action::Fallback::Refund,
                    Fallback::Release => action::Fallback::Release,
                    Fallback::Even => action::Fallback::Even,
                },
            },
        }
    }

    fn read_parties(&self, addresses: &Vec<Address>) -> List<Party> {
        addresses.iter().map(|address| self.party(&address)).collect()
    }

    fn read_positions(&self, positions: &Vec<Position>) -> List<(Party, i128)> {
        let read = |position: Position| (self.party(&position.party), position.to_receiver);
        positions.iter().map(read).collect()
    }
}

pub fn ruling(ruling: &order::Ruling) -> Ruling {
    Ruling { milestone: ruling.milestone, to_receiver: ruling.to_receiver }
}

pub fn role(role: call::Role) -> Role {
    match role {
        call::Role::Payer => Role::Payer,
        call::Role::Admin => Role::Admin,
        call::Role::Platform => Role::Platform,
        call::Role::Approver => Role::Approver,
        call::Role::ServiceProvider => Role::ServiceProvider,
        call::Role::ReleaseSigner => Role::ReleaseSigner,
        call::Role::DisputeResolver => Role::DisputeResolver,
        call::Role::Observer => Role::Observer,
    }
}

/// So many letters, which are others for another number.
fn letters(length: u16) -> List<u8> {
    (0..length).map(|place| b'a' + ((place + length) % 26) as u8).collect()
}

fn read_document(document: &Option<BytesN<32>>) -> Option<u8> {
    document.as_ref().map(|document| {
        let bytes = document.to_array();
        assert_eq!(bytes, [bytes[0]; 32], "a document is as it was written");
        bytes[0]
    })
}
