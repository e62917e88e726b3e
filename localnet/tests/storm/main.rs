//! Storms: bytes and transactions that make no sense, a thousand clients at once, and a program
//! that is killed. Nothing makes a network panic, hang, or forget a ledger that has closed.

mod books;
mod crowd;
mod damage;
mod dice;
mod forge;
mod fuzz;
mod kill;
mod program;
mod wallet;
mod wire;

use std::sync::{Mutex, MutexGuard, PoisonError};

/// One storm at a time: each is about what one network bears when it has the machine.
fn alone() -> MutexGuard<'static, ()> {
    static TURN: Mutex<()> = Mutex::new(());
    TURN.lock().unwrap_or_else(PoisonError::into_inner)
}
