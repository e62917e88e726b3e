//! Token contracts: an honest one, and hostile ones.
