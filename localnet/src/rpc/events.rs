//! What contracts have said.

use super::Answer;
use super::error::RpcError;
use super::filter::Filter;
use super::format::Format;
use super::paging::fill;
use super::params::Params;
use super::place::{EventId, Place};
use super::transactions::is_success;
use crate::history::{Applied, Closed};
use crate::ledger::xdr;
use crate::network::Network;
use serde_json::{Value, json};
use stellar_xdr::{
    ContractEvent, ContractEventBody, ContractEventType, Hash, TransactionEventStage,
    TransactionMeta,
};

const DEFAULT_LIMIT: usize = 100;
const MAX_LIMIT: usize = 10_000;

/// How many ledgers one call looks through. Those that were never written do not count.
const MAX_LEDGERS: usize = 10_000;

struct Event {
    id: EventId,
    ledger: u32,
    close_time: u64,
    hash: Hash,
    in_success: bool,
    event: ContractEvent,
}

pub fn list(network: &Network, params: &Params) -> Answer {
    let request = Request::read(params)?;
    let format = Format::of(params)?;
    let (oldest, latest) = (network.history.oldest(), network.latest());
    let first = request.first_ledger();
    if !(oldest.sequence()..=latest.sequence()).contains(&first) {
        return Err(RpcError::invalid_request(format!(
            "startLedger must be within the ledger range: {} - {}",
            oldest.sequence(),
            latest.sequence()
        )));
    }
    let end = end(network, first, request.end_ledger);
    let ledgers = network.history.from(first).take_while(|closed| closed.sequence() < end);
    let found = ledgers
        .filter(|closed| request.could_want(closed))
        .flat_map(said)
        .filter(|event| request.wants(event));
    let found = fill(found, request.limit, format, |event| xdr(&event.event).len());
    let cursor = match found.items.last() {
        Some(last) if found.is_full => last.id,
        _ => EventId { place: Place::end_of(end - 1), index: u32::MAX },
    };
    Ok(json!({
        "events": found.items.iter().map(|event| tell(event, format)).collect::<Vec<_>>(),
        "cursor": cursor.to_string(),
        "latestLedger": latest.sequence(),
        "latestLedgerCloseTime": latest.close_time().to_string(),
        "oldestLedger": oldest.sequence(),
        "oldestLedgerCloseTime": oldest.close_time().to_string(),
    }))
}

fn read_cursor(text: &str) -> Result<EventId, RpcError> {
    text.parse().map_err(|()| RpcError::invalid_params(format!("cursor: '{text}' names no event")))
}

enum From {
    Ledger(u32),
    After(EventId),
}

struct Request {
    from: From,
    /// The first ledger that is not wanted any more; zero for none.
    end_ledger: u32,
    filters: Vec<Filter>,
    limit: usize,
}

impl Request {
    fn read(params: &Params) -> Result<Self, RpcError> {
        let start_ledger: u32 = params.optional("startLedger")?.unwrap_or_default();
        let end_ledger: u32 = params.optional("endLedger")?.unwrap_or_default();
        let pagination: Params = params.optional("pagination")?.unwrap_or_default();
        let cursor: Option<String> = pagination.optional("cursor")?;
        let invalid = |message: &str| Err(RpcError::invalid_params(message));
        let from = match cursor {
            Some(_) if start_ledger != 0 || end_ledger != 0 => {
                return invalid("ledger ranges and cursor cannot both be set");
            }
            Some(cursor) => From::After(read_cursor(&cursor)?),
            None if start_ledger == 0 => return invalid("startLedger must be positive"),
            None => From::Ledger(start_ledger),
        };
        let limit = match pagination.optional("limit")?.unwrap_or_default() {
            0 => DEFAULT_LIMIT,
            limit if limit > MAX_LIMIT => {
                return invalid(&format!("limit must not exceed {MAX_LIMIT}"));
            }
            limit => limit,
        };
        Ok(Self { from, end_ledger, filters: Filter::read_all(params)?, limit })
    }

    fn first_ledger(&self) -> u32 {
        match self.from {
            From::Ledger(first) => first,
            From::After(id) => id.place.ledger(),
        }
    }

    /// Whether a ledger is worth reading.
    fn could_want(&self, closed: &Closed) -> bool {
        let could_match = |filter: &Filter| filter.could_match(closed.emitters());
        self.filters.is_empty() || self.filters.iter().any(could_match)
    }

    fn wants(&self, event: &Event) -> bool {
        let in_range = match self.from {
            From::Ledger(_) => true,
            From::After(id) => event.id > id,
        };
        let matches = |filter: &Filter| filter.matches(&event.event);
        in_range && (self.filters.is_empty() || self.filters.iter().any(matches))
    }
}

/// The ledger before which a call that begins with the first one stops.
fn end(network: &Network, first: u32, wanted: u32) -> u32 {
    let latest = network.latest().sequence();
    let beyond = network.history.from(first).nth(MAX_LEDGERS);
    let end = beyond.map_or(latest + 1, Closed::sequence);
    if wanted == 0 { end } else { end.min(wanted) }
}

/// All events of a ledger in their order: first those of all fees, then those of each
/// transaction, then those of all refunds.
fn said(closed: &Closed) -> Vec<Event> {
    let mut events: Vec<_> = closed.transactions().iter().flat_map(events_of).collect();
    number(&mut events);
    events
}

fn events_of(applied: &Applied) -> Vec<Event> {
    let TransactionMeta::V4(meta) = &applied.processing.tx_apply_processing else {
        return Vec::new();
    };
    let event = |place: Place, event: &ContractEvent| Event {
        id: EventId { place, index: 0 },
        ledger: applied.ledger,
        close_time: applied.close_time,
        hash: applied.hash.clone(),
        in_success: is_success(&applied.processing.result.result.result),
        event: event.clone(),
    };
    let of_transaction = meta.events.iter().map(|of_transaction| {
        let (transaction, operation) = match of_transaction.stage {
            TransactionEventStage::BeforeAllTxs => (0, 0),
            TransactionEventStage::AfterTx => (applied.order, Place::LAST_OPERATION),
            TransactionEventStage::AfterAllTxs => (Place::LAST_TRANSACTION, 0),
        };
        event(Place::new(applied.ledger, transaction, operation), &of_transaction.event)
    });
    let of_operations = meta.operations.iter().zip(0..).flat_map(|(operation, index)| {
        let place = Place::new(applied.ledger, applied.order, index);
        operation.events.iter().map(move |said| event(place, said))
    });
    of_transaction.chain(of_operations).collect()
}

/// Puts events in the order of their places, and numbers those of each place.
fn number(events: &mut [Event]) {
    events.sort_by_key(|event| event.id.place);
    for at_one_place in events.chunk_by_mut(|a, b| a.id.place == b.id.place) {
        for (event, index) in at_one_place.iter_mut().zip(0..) {
            event.id.index = index;
        }
    }
}

fn tell(event: &Event, format: Format) -> Value {
    let ContractEventBody::V0(body) = &event.event.body;
    let contract = event.event.contract_id.as_ref().map(ToString::to_string);
    let mut told = json!({
        "type": kind(event.event.type_),
        "ledger": event.ledger,
        "ledgerClosedAt": rfc3339(event.close_time),
        "contractId": contract.unwrap_or_default(),
        "id": event.id.to_string(),
        "operationIndex": event.id.place.operation(),
        "transactionIndex": event.id.place.transaction(),
        "inSuccessfulContractCall": event.in_success,
        "txHash": event.hash.to_string(),
    });
    told[format.name("topic", "topicJson")] = format.tell_all(body.topics.iter());
    told[format.name("value", "valueJson")] = format.tell(&body.data);
    told
}

fn kind(kind: ContractEventType) -> &'static str {
    match kind {
        ContractEventType::System => "system",
        ContractEventType::Contract => "contract",
        ContractEventType::Diagnostic => "diagnostic",
    }
}

/// A time in seconds since 1970 as people write it.
fn rfc3339(seconds: u64) -> String {
    let (year, month, day) = date(seconds / 86_400);
    let (hour, minute, second) = (seconds / 3_600 % 24, seconds / 60 % 60, seconds % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

/// The date of a day counted from 1970. Years are taken to begin in March, so that a leap day is
/// their last, and are counted in cycles of 400.
fn date(day: u64) -> (u64, u64, u64) {
    let since_march_0 = day + 719_468;
    let (cycle, day) = (since_march_0 / 146_097, since_march_0 % 146_097);
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let (month, next) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
    (cycle * 400 + year + next, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_as_the_calendar_has_them() {
        let cases = [
            (0, "1970-01-01T00:00:00Z"),
            (951_782_399, "2000-02-28T23:59:59Z"),
            (951_782_400, "2000-02-29T00:00:00Z"),
            (951_868_800, "2000-03-01T00:00:00Z"),
            (1_735_689_599, "2024-12-31T23:59:59Z"),
            (4_107_542_400, "2100-03-01T00:00:00Z"),
        ];
        for (seconds, expected) in cases {
            assert_eq!(rfc3339(seconds), expected);
        }
    }
}
