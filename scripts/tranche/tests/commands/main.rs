//! The real program, made on the real `stellar`, against the real localnet.

mod changes;
mod deploying;
mod documented;
mod lives;
mod refusals;
mod thief;
mod world;
