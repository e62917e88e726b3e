//! What Mainnet charges and allows, as of its settings of November 2026 (protocol 29), and what
//! a transaction costs there, by the network's own fee code.
//!
//! The SDK's estimator assumes a rent twelve times too high; nothing here uses it. The host's
//! default cost parameters are Mainnet's, so a budget needs no parameters from here.

use crate::{MAX_TTL, MIN_PERSISTENT_TTL, MIN_TEMPORARY_TTL};
use soroban_env_host::LedgerInfo;
use soroban_env_host::budget::Budget;
use soroban_env_host::fees::{
    FeeConfiguration, RentFeeConfiguration, RentWriteFeeConfiguration,
    compute_rent_write_fee_per_1kb,
};

pub const PROTOCOL: u32 = 29;
pub const PASSPHRASE: &str = "Public Global Stellar Network ; September 2015";
pub const STROOPS_PER_XLM: i64 = 10_000_000;
pub const BASE_RESERVE_STROOPS: u32 = 5_000_000;
pub const LEDGER_SECONDS: u64 = 5;
pub const LEDGERS_PER_DAY: u32 = 17_280;

// What one transaction may take at most.
pub const TX_INSTRUCTIONS: u64 = 400_000_000;
pub const TX_MEMORY_BYTES: u64 = 41_943_040;
pub const TX_FOOTPRINT_ENTRIES: u32 = 400;
pub const TX_DISK_READ_ENTRIES: u32 = 200;
pub const TX_DISK_READ_BYTES: u32 = 200_000;
pub const TX_WRITE_ENTRIES: u32 = 200;
pub const TX_WRITE_BYTES: u32 = 132_096;
pub const TX_BYTES: u32 = 132_096;
/// Events and the returned value together.
pub const TX_EVENT_BYTES: u32 = 16_384;

// What one contract may take at most.
pub const CONTRACT_BYTES: u32 = 131_072;
pub const DATA_ENTRY_BYTES: u32 = 65_536;
pub const DATA_KEY_BYTES: u32 = 250;

// Fees, in stroops.
pub const FEE_PER_10_000_INSTRUCTIONS: i64 = 7;
pub const FEE_PER_DISK_READ_ENTRY: i64 = 1_563;
pub const FEE_PER_DISK_READ_KB: i64 = 447;
pub const FEE_PER_WRITE_ENTRY: i64 = 2_500;
pub const FEE_PER_WRITE_KB: i64 = 875;
pub const FEE_PER_TX_KB: i64 = 406;
/// On the transaction and its result, which is taken to have 300 bytes.
pub const FEE_PER_HISTORY_KB: i64 = 4_059;
pub const FEE_PER_EVENT_KB: i64 = 5_000;

// Rent. The rate for a kilobyte follows from how much state the network keeps.
pub const STATE_BYTES: i64 = 1_388_000_000;
pub const STATE_TARGET_BYTES: i64 = 3_000_000_000;
pub const RENT_PER_KB_AT_NO_STATE: i64 = -17_000;
pub const RENT_PER_KB_AT_TARGET: i64 = 10_000;
pub const RENT_GROWTH_BEYOND_TARGET: u32 = 5_000;
/// So many ledgers for the rate.
pub const PERSISTENT_RENT_LEDGERS: i64 = 1_215;
pub const TEMPORARY_RENT_LEDGERS: i64 = 2_430;

pub fn fees() -> FeeConfiguration {
    FeeConfiguration {
        fee_per_instruction_increment: FEE_PER_10_000_INSTRUCTIONS,
        fee_per_disk_read_entry: FEE_PER_DISK_READ_ENTRY,
        fee_per_write_entry: FEE_PER_WRITE_ENTRY,
        fee_per_disk_read_1kb: FEE_PER_DISK_READ_KB,
        fee_per_write_1kb: FEE_PER_WRITE_KB,
        fee_per_historical_1kb: FEE_PER_HISTORY_KB,
        fee_per_contract_event_1kb: FEE_PER_EVENT_KB,
        fee_per_transaction_size_1kb: FEE_PER_TX_KB,
    }
}

pub fn rent() -> RentFeeConfiguration {
    let rate = RentWriteFeeConfiguration {
        state_target_size_bytes: STATE_TARGET_BYTES,
        rent_fee_1kb_state_size_low: RENT_PER_KB_AT_NO_STATE,
        rent_fee_1kb_state_size_high: RENT_PER_KB_AT_TARGET,
        state_size_rent_fee_growth_factor: RENT_GROWTH_BEYOND_TARGET,
    };
    RentFeeConfiguration {
        fee_per_write_1kb: FEE_PER_WRITE_KB,
        fee_per_rent_1kb: compute_rent_write_fee_per_1kb(STATE_BYTES, &rate),
        fee_per_write_entry: FEE_PER_WRITE_ENTRY,
        persistent_rent_rate_denominator: PERSISTENT_RENT_LEDGERS,
        temporary_rent_rate_denominator: TEMPORARY_RENT_LEDGERS,
    }
}

/// What one transaction may compute with.
pub fn budget() -> Budget {
    let budget = Budget::default();
    budget.reset_limits(TX_INSTRUCTIONS, TX_MEMORY_BYTES).expect("a new budget is nobody else's");
    budget
}

pub fn ledger_info(network_id: [u8; 32], sequence_number: u32, timestamp: u64) -> LedgerInfo {
    LedgerInfo {
        protocol_version: PROTOCOL,
        sequence_number,
        timestamp,
        network_id,
        base_reserve: BASE_RESERVE_STROOPS,
        min_temp_entry_ttl: MIN_TEMPORARY_TTL,
        min_persistent_entry_ttl: MIN_PERSISTENT_TTL,
        max_entry_ttl: MAX_TTL,
    }
}
