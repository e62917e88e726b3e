//! What the server answers, over real HTTP.

mod bytes;
mod client;
mod developer;
mod entries;
mod events;
mod filters;
mod handle;
mod http;
mod ledgers;
mod listing;
mod pages;
mod patience;
mod protocol;
mod simulation;
mod status;
mod transactions;
mod upkeep;
mod wallet;
