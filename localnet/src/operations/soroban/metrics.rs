//! What an invocation has used, told as validators tell it: in diagnostic events.

use super::diagnostics::{event, symbol};
use stellar_xdr::{DiagnosticEvent, ScVal};

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
        .map(move |(name, value)| {
            let topics = vec![symbol("core_metrics"), symbol(name)];
            event(succeeded, topics, ScVal::U64(value))
        })
    }
}
