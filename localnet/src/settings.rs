//! What the network charges and allows: Mainnet's settings of November 2026 (protocol 29), and
//! the four figures in which Testnet differs.
//!
//! The host knows what each piece of work costs; its own defaults are what both networks have
//! voted for, so they are asked for rather than written down.

use soroban_env_host::budget::{Budget, CostTracker};
use soroban_env_host::xdr::ContractCostType;
use stellar_xdr::{
    ConfigSettingContractBandwidthV0, ConfigSettingContractComputeV0,
    ConfigSettingContractEventsV0, ConfigSettingContractExecutionLanesV0,
    ConfigSettingContractHistoricalDataV0, ConfigSettingContractLedgerCostExtV0,
    ConfigSettingContractLedgerCostV0, ConfigSettingContractParallelComputeV0, ConfigSettingEntry,
    ConfigSettingScpTiming, ContractCostParamEntry, ContractCostParams, EvictionIterator,
    ExtensionPoint, StateArchivalSettings,
};

pub const PROTOCOL: u32 = 29;
pub const PASSPHRASE: &str = "Standalone Network ; February 2017";
pub const STROOPS_PER_XLM: i64 = 10_000_000;
pub const BASE_FEE_STROOPS: u32 = 100;
pub const BASE_RESERVE_STROOPS: u32 = 5_000_000;
/// All there is, in stroops.
pub const TOTAL_COINS: i64 = 1_000_000_000_000_000_000;
/// How long a ledger takes on the public networks.
pub const LEDGER_SECONDS: u64 = 5;
pub const LEDGER_MAX_TRANSACTIONS: u32 = 2_000;

// What one transaction may take at most.
pub const TX_INSTRUCTIONS: u32 = 400_000_000;
pub const TX_MEMORY_BYTES: u32 = 41_943_040;
pub const TX_FOOTPRINT_ENTRIES: u32 = 400;
pub const TX_DISK_READ_ENTRIES: u32 = 200;
pub const TX_DISK_READ_BYTES: u32 = 200_000;
pub const TX_WRITE_ENTRIES: u32 = 200;
pub const TX_WRITE_BYTES: u32 = 132_096;
pub const TX_BYTES: u32 = 132_096;
/// Events, and events together with the returned value.
pub const TX_EVENT_BYTES: u32 = 16_384;

// What one entry may take at most.
pub const CONTRACT_BYTES: u32 = 131_072;
pub const DATA_ENTRY_BYTES: u32 = 65_536;
pub const KEY_BYTES: u32 = 250;

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
pub const RENT_PER_KB_AT_NO_STATE: i64 = -17_000;
pub const RENT_PER_KB_AT_TARGET: i64 = 10_000;
pub const RENT_GROWTH_BEYOND_TARGET: u32 = 5_000;
/// So many ledgers for the rate.
pub const PERSISTENT_RENT_LEDGERS: i64 = 1_215;
pub const TEMPORARY_RENT_LEDGERS: i64 = 2_430;

/// The longest that an entry can be kept, in ledgers: half a year.
pub const MAX_ENTRY_TTL: u32 = 3_110_400;

/// How many samples of the state's size the network keeps.
const STATE_SIZE_SAMPLES: u32 = 30;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Settings {
    #[default]
    Mainnet,
    Testnet,
}

impl Settings {
    /// The size of the state that rent is priced by, at which the rate is lowest on both networks.
    pub const fn state_bytes(self) -> u64 {
        match self {
            Self::Mainnet => 1_388_000_000,
            Self::Testnet => 2_583_000_000,
        }
    }

    pub const fn state_target_bytes(self) -> i64 {
        match self {
            Self::Mainnet => 3_000_000_000,
            Self::Testnet => 4_000_000_000,
        }
    }

    /// How long a new temporary entry lives, in ledgers: a day, an hour.
    const fn min_temporary_ttl(self) -> u32 {
        match self {
            Self::Mainnet => 17_280,
            Self::Testnet => 720,
        }
    }

    /// How long a new or restored persistent entry lives, in ledgers: 120 days, a week.
    const fn min_persistent_ttl(self) -> u32 {
        match self {
            Self::Mainnet => 2_073_600,
            Self::Testnet => 120_960,
        }
    }

    /// The settings as the entries that clients and the simulation read.
    pub fn entries(self) -> Vec<ConfigSettingEntry> {
        let costs = CostParams::of_the_host();
        vec![
            ConfigSettingEntry::ContractMaxSizeBytes(CONTRACT_BYTES),
            ConfigSettingEntry::ContractComputeV0(ConfigSettingContractComputeV0 {
                ledger_max_instructions: 580_000_000,
                tx_max_instructions: TX_INSTRUCTIONS.into(),
                fee_rate_per_instructions_increment: FEE_PER_10_000_INSTRUCTIONS,
                tx_memory_limit: TX_MEMORY_BYTES,
            }),
            ConfigSettingEntry::ContractLedgerCostV0(ConfigSettingContractLedgerCostV0 {
                ledger_max_disk_read_entries: 1_000,
                ledger_max_disk_read_bytes: 400_000,
                ledger_max_write_ledger_entries: 1_000,
                ledger_max_write_bytes: 286_720,
                tx_max_disk_read_entries: TX_DISK_READ_ENTRIES,
                tx_max_disk_read_bytes: TX_DISK_READ_BYTES,
                tx_max_write_ledger_entries: TX_WRITE_ENTRIES,
                tx_max_write_bytes: TX_WRITE_BYTES,
                fee_disk_read_ledger_entry: FEE_PER_DISK_READ_ENTRY,
                fee_write_ledger_entry: FEE_PER_WRITE_ENTRY,
                fee_disk_read1_kb: FEE_PER_DISK_READ_KB,
                soroban_state_target_size_bytes: self.state_target_bytes(),
                rent_fee1_kb_soroban_state_size_low: RENT_PER_KB_AT_NO_STATE,
                rent_fee1_kb_soroban_state_size_high: RENT_PER_KB_AT_TARGET,
                soroban_state_rent_fee_growth_factor: RENT_GROWTH_BEYOND_TARGET,
            }),
            ConfigSettingEntry::ContractHistoricalDataV0(ConfigSettingContractHistoricalDataV0 {
                fee_historical1_kb: FEE_PER_HISTORY_KB,
            }),
            ConfigSettingEntry::ContractEventsV0(ConfigSettingContractEventsV0 {
                tx_max_contract_events_size_bytes: TX_EVENT_BYTES,
                fee_contract_events1_kb: FEE_PER_EVENT_KB,
            }),
            ConfigSettingEntry::ContractBandwidthV0(ConfigSettingContractBandwidthV0 {
                ledger_max_txs_size_bytes: 266_240,
                tx_max_size_bytes: TX_BYTES,
                fee_tx_size1_kb: FEE_PER_TX_KB,
            }),
            ConfigSettingEntry::ContractCostParamsCpuInstructions(costs.instructions),
            ConfigSettingEntry::ContractCostParamsMemoryBytes(costs.memory),
            ConfigSettingEntry::ContractDataKeySizeBytes(KEY_BYTES),
            ConfigSettingEntry::ContractDataEntrySizeBytes(DATA_ENTRY_BYTES),
            ConfigSettingEntry::StateArchival(StateArchivalSettings {
                max_entry_ttl: MAX_ENTRY_TTL,
                min_temporary_ttl: self.min_temporary_ttl(),
                min_persistent_ttl: self.min_persistent_ttl(),
                persistent_rent_rate_denominator: PERSISTENT_RENT_LEDGERS,
                temp_rent_rate_denominator: TEMPORARY_RENT_LEDGERS,
                max_entries_to_archive: 1_000,
                live_soroban_state_size_window_sample_size: STATE_SIZE_SAMPLES,
                live_soroban_state_size_window_sample_period: 64,
                eviction_scan_size: 500_000,
                starting_eviction_scan_level: 7,
            }),
            ConfigSettingEntry::ContractExecutionLanes(ConfigSettingContractExecutionLanesV0 {
                ledger_max_tx_count: LEDGER_MAX_TRANSACTIONS,
            }),
            ConfigSettingEntry::LiveSorobanStateSizeWindow(
                vec![self.state_bytes(); STATE_SIZE_SAMPLES as usize]
                    .try_into()
                    .expect("a window of the size that the network has"),
            ),
            ConfigSettingEntry::EvictionIterator(EvictionIterator {
                bucket_list_level: 7,
                is_curr_bucket: true,
                bucket_file_offset: 0,
            }),
            ConfigSettingEntry::ContractParallelComputeV0(ConfigSettingContractParallelComputeV0 {
                ledger_max_dependent_tx_clusters: 2,
            }),
            ConfigSettingEntry::ContractLedgerCostExtV0(ConfigSettingContractLedgerCostExtV0 {
                tx_max_footprint_entries: TX_FOOTPRINT_ENTRIES,
                fee_write1_kb: FEE_PER_WRITE_KB,
            }),
            ConfigSettingEntry::ScpTiming(ConfigSettingScpTiming {
                ledger_target_close_time_milliseconds: 5_000,
                nomination_timeout_initial_milliseconds: 1_000,
                nomination_timeout_increment_milliseconds: 1_000,
                ballot_timeout_initial_milliseconds: 1_000,
                ballot_timeout_increment_milliseconds: 1_000,
            }),
        ]
    }
}

struct CostParams {
    instructions: ContractCostParams,
    memory: ContractCostParams,
}

impl CostParams {
    /// Finds the host's defaults by what it charges: nothing else makes them public.
    fn of_the_host() -> Self {
        let (instructions, memory): (Vec<_>, Vec<_>) =
            ContractCostType::VARIANTS.iter().map(|kind| price(*kind)).unzip();
        let params = |entries: Vec<_>| {
            ContractCostParams(entries.try_into().expect("as many as there are kinds of work"))
        };
        Self { instructions: params(instructions), memory: params(memory) }
    }
}

/// What an element takes in memory, in 128ths of a byte, of work of which a budget of the default
/// size does not bear 128 elements.
const MEMORY_OF_HEAVY_WORK: [(ContractCostType, i64); 3] = [
    (ContractCostType::Bls12381G2Msm, 266_603),
    (ContractCostType::Bls12381Pairing, 9_340_474),
    (ContractCostType::Bn254Pairing, 6_232_546),
];

/// What one kind of work costs in instructions and in bytes of memory: a constant, and a linear
/// term in 128ths, so that an input of 128 shows it whole.
fn price(kind: ContractCostType) -> (ContractCostParamEntry, ContractCostParamEntry) {
    let entry = |const_term: u64, linear_term: i64| ContractCostParamEntry {
        ext: ExtensionPoint::V0,
        const_term: const_term.try_into().expect("a figure of the host's"),
        linear_term,
    };
    let Some(least) = charge(kind, Some(0)) else {
        let flat = charge(kind, None).expect("a kind of work takes an input or takes none");
        return (entry(flat.cpu, 0), entry(flat.mem, 0));
    };
    let many = charge(kind, Some(128)).expect("as with no input");
    let heavy = MEMORY_OF_HEAVY_WORK.iter().find(|(heavy, _)| *heavy == kind);
    let linear =
        |least: u64, many: u64| i64::try_from(many - least).expect("a figure of the host's");
    let memory = heavy.map_or_else(|| linear(least.mem, many.mem), |(_, figure)| *figure);
    (entry(least.cpu, linear(least.cpu, many.cpu)), entry(least.mem, memory))
}

/// What the host charges by default; nothing, if such work takes no such input. Beyond the
/// default limit of instructions they are counted still, and memory is not.
fn charge(kind: ContractCostType, input: Option<u64>) -> Option<CostTracker> {
    let budget = Budget::default();
    let charged = budget.charge(kind, input);
    let spent = budget.get_tracker(kind).expect("a budget that nobody else uses");
    (charged.is_ok() || spent.cpu > 0).then_some(spent)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_host_charges_by_default_is_found_to_the_instruction() {
        let costs = CostParams::of_the_host();
        let mut charges = 0;
        for kind in ContractCostType::VARIANTS {
            for input in [None, Some(0), Some(1), Some(5), Some(12), Some(127), Some(100_003)] {
                let budget = Budget::try_from_configs(
                    u64::MAX,
                    u64::MAX,
                    costs.instructions.clone(),
                    costs.memory.clone(),
                )
                .expect("parameters that the host takes");
                let default = Budget::default();
                // The default budget is limited: what it does not bear it cannot show.
                if default.charge(kind, input).is_ok() {
                    budget.charge(kind, input).expect("a budget without limits");
                    let spent = |budget: &Budget| {
                        let tracker = budget.get_tracker(kind).expect("nobody else uses it");
                        (tracker.cpu, tracker.mem)
                    };
                    assert_eq!(spent(&budget), spent(&default), "{kind:?} of {input:?}");
                    charges += 1;
                }
            }
        }
        assert!(charges > 2 * ContractCostType::VARIANTS.len(), "{charges} are too few to tell");
    }
}
