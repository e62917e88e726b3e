//! The rules of milestones, new and edited.

use super::{DESCRIPTION_BYTES, Setting, TITLE_BYTES, seat, small};
use crate::amount;
use crate::escrow::{Roles, Units};
use crate::reader::{Object, Reader};
use crate::terms::{MilestoneEdit, NewMilestone, total};
use serde_json::Value;

const MILESTONE: [&str; 7] =
    ["title", "description", "document", "amount", "receiver", "approvals_required", "due"];
const EDIT: [&str; 7] =
    ["milestone", "title", "description", "document", "receiver", "approvals_required", "due"];

/// Reads a list of new milestones, or what stands under `milestones` of a file of terms.
pub fn new_milestones(
    reader: &mut Reader,
    file: &Value,
    roles: &Roles,
    setting: &Setting,
) -> Vec<NewMilestone> {
    let list = file.get("milestones").unwrap_or(file).as_array();
    let Some(list) = list else {
        reader.problem(
            "the file",
            "this has to be a list of milestones, or have a list under milestones",
        );
        return Vec::new();
    };
    let (approvers, provider) = (roles.approvers.len(), roles.service_providers.first());
    let read = |(i, value)| {
        milestone(reader, format!("milestones[{i}]"), value, approvers, provider, setting)
    };
    list.iter().enumerate().filter_map(read).collect()
}

/// Reads a list of edits.
pub fn edits(
    reader: &mut Reader,
    file: &Value,
    approvers: usize,
    token: &str,
) -> Vec<MilestoneEdit> {
    let Some(list) = file.as_array() else {
        reader.problem("the file", "this has to be a list of edits: [ … ]");
        return Vec::new();
    };
    let read = |(i, value)| edit(reader, format!("edits[{i}]"), value, approvers, token);
    list.iter().enumerate().filter_map(read).collect()
}

pub fn milestone(
    reader: &mut Reader,
    path: String,
    value: &Value,
    approvers: usize,
    provider: Option<&String>,
    setting: &Setting,
) -> Option<NewMilestone> {
    let object = reader.object(path, value, &MILESTONE)?;
    let approvals = reader.number(&object, "approvals_required", [1, approvers.max(1) as u64]);
    Some(NewMilestone {
        title: reader.text(&object, "title", TITLE_BYTES).unwrap_or_default(),
        description: reader.text(&object, "description", DESCRIPTION_BYTES).unwrap_or_default(),
        document: reader.hash(&object, "document"),
        amount: Units(reader.amount(&object, "amount", setting.decimals)),
        receiver: receiver(reader, &object, setting.token).or_else(|| provider.cloned()),
        approvals_required: small(approvals.unwrap_or(1)),
        due: reader.due(&object, "due").unwrap_or(0),
    })
}

fn edit(
    reader: &mut Reader,
    path: String,
    value: &Value,
    approvers: usize,
    token: &str,
) -> Option<MilestoneEdit> {
    let object = reader.object(path, value, &EDIT)?;
    let approvals = reader.number(&object, "approvals_required", [1, approvers.max(1) as u64]);
    Some(MilestoneEdit {
        milestone: small(reader.needed_number(&object, "milestone", [0, u32::MAX.into()])),
        title: reader.text(&object, "title", TITLE_BYTES),
        description: reader.text(&object, "description", DESCRIPTION_BYTES),
        document: reader.hash(&object, "document"),
        receiver: receiver(reader, &object, token),
        approvals_required: approvals.map(small),
        due: reader.due(&object, "due"),
    })
}

fn receiver(reader: &mut Reader, object: &Object, token: &str) -> Option<String> {
    let value = object.get("receiver")?;
    Some(seat(reader, &object.path("receiver"), value, token))
}

/// The sum of the amounts with their fees can be counted, and is that of `total`, where there is one.
pub fn check_sum(
    reader: &mut Reader,
    object: &Object,
    milestones: &[NewMilestone],
    bps: u32,
    setting: &Setting,
) {
    let gross = |sum: i128, milestone: &NewMilestone| {
        let fee = amount::fee(milestone.amount.0, bps)?;
        sum.checked_add(milestone.amount.0)?.checked_add(fee)
    };
    if milestones.iter().try_fold(0, gross).is_none() {
        reader.problem("milestones", "their sum is larger than the contract can count");
    }
    // What an amount that is no amount would sum to is nobody's concern.
    let unread = milestones.iter().any(|milestone| milestone.amount == Units(0));
    if object.get("total").is_none() || unread {
        return;
    }
    let written = reader.amount(object, "total", setting.decimals);
    let Some(sum) = total(milestones).filter(|sum| *sum != written && written > 0) else { return };
    let decimals = setting.decimals.unwrap_or(18);
    let [sum, written] = [sum, written].map(|units| amount::plain(units, decimals));
    reader.problem("total", format!("it says {written}, and the milestones' amounts sum to {sum}"));
}
