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

use localnet::settings::Settings;
pub use localnet::settings::{
    BASE_RESERVE_STROOPS, CONTRACT_BYTES, DATA_ENTRY_BYTES, FEE_PER_10_000_INSTRUCTIONS,
    FEE_PER_DISK_READ_ENTRY, FEE_PER_DISK_READ_KB, FEE_PER_EVENT_KB, FEE_PER_HISTORY_KB,
    FEE_PER_TX_KB, FEE_PER_WRITE_ENTRY, FEE_PER_WRITE_KB, KEY_BYTES, LEDGER_SECONDS,
    PERSISTENT_RENT_LEDGERS, PROTOCOL, RENT_GROWTH_BEYOND_TARGET, RENT_PER_KB_AT_NO_STATE,
    RENT_PER_KB_AT_TARGET, STROOPS_PER_XLM, TEMPORARY_RENT_LEDGERS, TX_BYTES, TX_DISK_READ_BYTES,
    TX_DISK_READ_ENTRIES, TX_EVENT_BYTES, TX_FOOTPRINT_ENTRIES, TX_INSTRUCTIONS, TX_MEMORY_BYTES,
    TX_WRITE_BYTES, TX_WRITE_ENTRIES,
};

pub const PASSPHRASE: &str = "Public Global Stellar Network ; September 2015";
pub const LEDGERS_PER_DAY: u32 = 17_280;

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
        state_target_size_bytes: Settings::Mainnet.state_target_bytes(),
        rent_fee_1kb_state_size_low: RENT_PER_KB_AT_NO_STATE,
        rent_fee_1kb_state_size_high: RENT_PER_KB_AT_TARGET,
        state_size_rent_fee_growth_factor: RENT_GROWTH_BEYOND_TARGET,
    };
    RentFeeConfiguration {
        fee_per_write_1kb: FEE_PER_WRITE_KB,
        fee_per_rent_1kb: compute_rent_write_fee_per_1kb(
            Settings::Mainnet.state_bytes() as i64,
            &rate,
        ),
        fee_per_write_entry: FEE_PER_WRITE_ENTRY,
        persistent_rent_rate_denominator: PERSISTENT_RENT_LEDGERS,
        temporary_rent_rate_denominator: TEMPORARY_RENT_LEDGERS,
    }
}

/// What one transaction may compute with.
pub fn budget() -> Budget {
    let budget = Budget::default();
    budget
        .reset_limits(TX_INSTRUCTIONS.into(), TX_MEMORY_BYTES.into())
        .expect("a new budget is nobody else's");
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
