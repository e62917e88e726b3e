//! Which events somebody wants.

use super::error::RpcError;
use super::params::{Params, decode};
use std::str::FromStr;
use stellar_xdr::{ContractEvent, ContractEventBody, ContractEventType, ContractId, ScVal};

const MAX_FILTERS: usize = 5;
const MAX_CONTRACTS: usize = 5;
const MAX_TOPICS: usize = 5;
const MAX_SEGMENTS: usize = 4;

/// All of its parts must match; a part that is empty matches everything.
pub struct Filter {
    kinds: Vec<ContractEventType>,
    contracts: Vec<ContractId>,
    topics: Vec<TopicFilter>,
}

impl Filter {
    pub fn read_all(params: &Params) -> Result<Vec<Self>, RpcError> {
        let filters: Vec<Params> = params.optional("filters")?.unwrap_or_default();
        at_most(MAX_FILTERS, "filters per request", &filters)?;
        each("filter", &filters, Self::read)
    }

    fn read(filter: &Params) -> Result<Self, RpcError> {
        let kinds: String = filter.optional("type")?.unwrap_or_default();
        let contracts: Vec<String> = filter.optional("contractIds")?.unwrap_or_default();
        let topics: Vec<Vec<String>> = filter.optional("topics")?.unwrap_or_default();
        at_most(MAX_CONTRACTS, "contract IDs per filter", &contracts)?;
        at_most(MAX_TOPICS, "topics per filter", &topics)?;
        Ok(Self {
            kinds: read_kinds(&kinds)?,
            contracts: each("contract ID", &contracts, |id| read_contract(id))?,
            topics: each("topic", &topics, |segments| TopicFilter::read(segments))?,
        })
    }

    pub fn matches(&self, event: &ContractEvent) -> bool {
        let ContractEventBody::V0(body) = &event.body;
        let is_of = |contract: &ContractId| event.contract_id.as_ref() == Some(contract);
        (self.kinds.is_empty() || self.kinds.contains(&event.type_))
            && (self.contracts.is_empty() || self.contracts.iter().any(is_of))
            && (self.topics.is_empty() || self.topics.iter().any(|t| t.matches(&body.topics)))
    }

    /// Whether something that these contracts say could match.
    pub fn could_match(&self, emitters: &[ContractId]) -> bool {
        self.contracts.is_empty() || self.contracts.iter().any(|id| emitters.contains(id))
    }
}

struct TopicFilter {
    segments: Vec<Segment>,
    /// Whether any number of topics may follow.
    open: bool,
}

enum Segment {
    Any,
    Is(ScVal),
}

impl TopicFilter {
    fn read(segments: &[String]) -> Result<Self, RpcError> {
        if segments.is_empty() {
            return invalid("topic must have at least 1 segment");
        }
        let (open, segments) = match segments {
            [segments @ .., last] if last == "**" => (true, segments),
            segments => (false, segments),
        };
        if segments.len() > MAX_SEGMENTS {
            return invalid(format!("topic cannot have more than {MAX_SEGMENTS} segments"));
        }
        Ok(Self { segments: each("segment", segments, |text| Segment::read(text))?, open })
    }

    fn matches(&self, topics: &[ScVal]) -> bool {
        let fits = if self.open {
            topics.len() >= self.segments.len()
        } else {
            topics.len() == self.segments.len()
        };
        fits && self.segments.iter().zip(topics).all(|(segment, topic)| segment.matches(topic))
    }
}

impl Segment {
    fn read(text: &str) -> Result<Self, RpcError> {
        match text {
            "*" => Ok(Self::Any),
            "**" => invalid("wildcard '**' is only allowed as the last segment"),
            _ => match decode(text) {
                Some(value) => Ok(Self::Is(value)),
                None => invalid(format!("'{text}' is no ScVal in base64")),
            },
        }
    }

    fn matches(&self, topic: &ScVal) -> bool {
        match self {
            Self::Any => true,
            Self::Is(value) => value == topic,
        }
    }
}

fn read_kinds(text: &str) -> Result<Vec<ContractEventType>, RpcError> {
    if text.is_empty() {
        return Ok(Vec::new());
    }
    let kinds = text.split(',').map(|kind| match kind {
        "contract" => Ok(ContractEventType::Contract),
        "system" => Ok(ContractEventType::System),
        _ => invalid("filter type invalid: if set, type must be either 'system' or 'contract'"),
    });
    kinds.collect()
}

fn read_contract(text: &str) -> Result<ContractId, RpcError> {
    ContractId::from_str(text).or_else(|_| invalid(format!("'{text}' is no contract's address")))
}

/// Reads each of several things; what is wrong with one is told with its number.
fn each<T, U>(
    what: &str,
    all: &[T],
    read: impl Fn(&T) -> Result<U, RpcError>,
) -> Result<Vec<U>, RpcError> {
    let numbered = all.iter().zip(1..);
    let read = |(one, number)| {
        read(one).or_else(|error| invalid(format!("{what} {number} invalid: {}", error.message)))
    };
    numbered.map(read).collect()
}

fn at_most<T>(max: usize, what: &str, all: &[T]) -> Result<(), RpcError> {
    if all.len() > max { invalid(format!("maximum {max} {what}")) } else { Ok(()) }
}

fn invalid<T>(message: impl Into<String>) -> Result<T, RpcError> {
    Err(RpcError::invalid_params(message))
}
