//! What an invocation has used, told as validators tell it: in diagnostic events.

use stellar_xdr::{
    ContractEvent, ContractEventBody, ContractEventType, ContractEventV0, DiagnosticEvent,
    ExtensionPoint, ScSymbol, ScVal,
};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Metrics {
    pub read_entries: u64,
    pub written_entries: u64,
    pub disk_read_bytes: u64,
    pub written_bytes: u64,
    pub events: u64,
    /// With the value that is returned.
    pub event_bytes: u64,
    pub instructions: u64,
    pub memory_bytes: u64,
    /// How long the host took by the clock, in nanoseconds.
    pub nanoseconds: u64,
}

impl Metrics {
    pub fn tell(&self, succeeded: bool) -> impl Iterator<Item = DiagnosticEvent> {
        [
            ("read_entry", self.read_entries),
            ("write_entry", self.written_entries),
            ("ledger_read_byte", self.disk_read_bytes),
            ("ledger_write_byte", self.written_bytes),
            ("emit_event", self.events),
            ("emit_event_byte", self.event_bytes),
            ("cpu_insn", self.instructions),
            ("mem_byte", self.memory_bytes),
            ("invoke_time_nsecs", self.nanoseconds),
        ]
        .into_iter()
        .map(move |(name, value)| event(succeeded, name, value))
    }
}

fn event(in_successful_contract_call: bool, name: &str, value: u64) -> DiagnosticEvent {
    let symbol =
        |text: &str| ScVal::Symbol(ScSymbol(text.try_into().expect("a name that is short enough")));
    let topics = vec![symbol("core_metrics"), symbol(name)];
    let topics = topics.try_into().expect("two topics");
    DiagnosticEvent {
        in_successful_contract_call,
        event: ContractEvent {
            ext: ExtensionPoint::V0,
            contract_id: None,
            type_: ContractEventType::Diagnostic,
            body: ContractEventBody::V0(ContractEventV0 { topics, data: ScVal::U64(value) }),
        },
    }
}
