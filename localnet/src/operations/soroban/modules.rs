//! Contracts as the host runs them: parsed once, as validators keep them.

use crate::ledger::{Changed, Entries};
use crate::settings::PROTOCOL;
use soroban_env_host::storage::{EntryWithLiveUntil, Storage};
use soroban_env_host::{Host, ModuleCache};
use soroban_simulation::NetworkConfig;
use stellar_xdr::LedgerEntryData;

pub struct Modules(ModuleCache);

impl Modules {
    pub fn new(config: &NetworkConfig, entries: &Entries) -> Self {
        let cache = ModuleCache::new(&parser(config)).expect("an empty cache can be made");
        let modules = Self(cache);
        modules.add(config, entries.values());
        modules
    }

    /// Takes in what a ledger has changed. What is no longer there does no harm: the host looks.
    pub fn update(&self, config: &NetworkConfig, changed: &Changed) {
        self.add(config, changed.values().flatten());
    }

    fn add<'a>(
        &self,
        config: &NetworkConfig,
        entries: impl Iterator<Item = &'a EntryWithLiveUntil>,
    ) {
        for (entry, _) in entries {
            if let LedgerEntryData::ContractCode(code) = &entry.data {
                // Code of a protocol that this one no longer runs stays out: calling it traps.
                let _ = self.0.parse_and_cache_module_simple(&parser(config), PROTOCOL, &code.code);
            }
        }
    }

    pub fn cache(&self) -> ModuleCache {
        self.0.clone()
    }
}

/// Parsing needs a host, for its budget and for the errors that it makes.
fn parser(config: &NetworkConfig) -> Host {
    Host::with_storage_and_budget(Storage::default(), super::unlimited(config))
}
