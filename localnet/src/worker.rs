//! The thread that owns the network: what contracts run in cannot move between threads, so
//! everybody else sends their calls here, where they are done one after the other.

use crate::network::Network;
use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};
use tokio::sync::oneshot;

/// Deep calls among contracts take more than the usual stack.
const STACK_BYTES: usize = 128 * 1024 * 1024;

/// How long a worker without a timer waits before it waits again.
const IDLE: Duration = Duration::from_secs(3600);

/// Whoever calls waits for the answer, so that the queue is never longer than there are clients.
type Call = Box<dyn FnOnce(&mut Network) + Send>;

/// A call has failed by a defect of this program; the network goes on.
#[derive(Debug, thiserror::Error)]
#[error("a defect of localnet: {0}")]
pub struct Defect(String);

impl Defect {
    fn new(panic: Box<dyn Any + Send>) -> Self {
        let text = panic.downcast_ref::<String>().map(String::as_str);
        let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
        Self(text.unwrap_or("a panic without words").into())
    }
}

/// A way to the network.
#[derive(Clone)]
pub struct Worker {
    calls: Sender<Call>,
}

impl Worker {
    /// Makes the network on a thread of its own. With a block time, a ledger closes at each tick;
    /// the thread ends when the last worker is gone, so that nobody may wait for it earlier.
    pub fn start<E: Send + 'static>(
        make: impl FnOnce() -> Result<Network, E> + Send + 'static,
        block_time: Option<Duration>,
    ) -> Result<(Joined, Self), E> {
        let (calls, queue) = mpsc::channel();
        let (made, outcome) = mpsc::channel();
        let thread = thread::Builder::new()
            .name("ledger".into())
            .stack_size(STACK_BYTES)
            .spawn(move || match make() {
                Ok(mut network) => {
                    let _ = made.send(Ok(()));
                    serve(&mut network, &queue, block_time);
                }
                Err(error) => {
                    let _ = made.send(Err(error));
                }
            })
            .expect("a system that can start a thread");
        outcome.recv().expect("a network is made or there is a reason why not")?;
        Ok((Joined::new(thread), Self { calls }))
    }

    /// Has something done with the network.
    pub async fn call<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Network) -> T + Send + 'static,
    ) -> Result<T, Defect> {
        let (reply, answer) = oneshot::channel();
        let call = Box::new(move |network: &mut Network| {
            // Whoever has hung up gets nothing done any more.
            if !reply.is_closed() {
                let _ = reply.send(catch_unwind(AssertUnwindSafe(|| work(network))));
            }
        });
        self.calls.send(call).expect("the thread lives as long as its workers");
        let outcome = answer.await.expect("the thread answers every call");
        outcome.map_err(Defect::new)
    }

    /// The same for whoever can stand still until it is done.
    pub fn call_blocking<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Network) -> T + Send + 'static,
    ) -> Result<T, Defect> {
        let (reply, answer) = mpsc::channel();
        let call = Box::new(move |network: &mut Network| {
            let _ = reply.send(catch_unwind(AssertUnwindSafe(|| work(network))));
        });
        self.calls.send(call).expect("the thread lives as long as its workers");
        let outcome = answer.recv().expect("the thread answers every call");
        outcome.map_err(Defect::new)
    }
}

fn serve(network: &mut Network, queue: &Receiver<Call>, block_time: Option<Duration>) {
    let period = block_time.unwrap_or(IDLE);
    let mut next = Instant::now() + period;
    loop {
        match queue.recv_timeout(next.saturating_duration_since(Instant::now())) {
            Ok(call) => call(network),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return,
        }
        if Instant::now() >= next {
            if block_time.is_some() {
                tick(network);
            }
            next = Instant::now() + period;
        }
    }
}

/// Nobody waits for a tick, who could be told what went wrong in it.
fn tick(network: &mut Network) {
    match catch_unwind(AssertUnwindSafe(|| network.close())) {
        Ok(Ok(())) => {}
        Ok(Err(error)) => eprintln!("localnet: {error}"),
        Err(panic) => eprintln!("localnet: {}", Defect::new(panic)),
    }
}

/// A thread that is waited for when it is dropped.
pub struct Joined(Option<JoinHandle<()>>);

impl Joined {
    pub fn new(thread: JoinHandle<()>) -> Self {
        Self(Some(thread))
    }
}

impl Drop for Joined {
    fn drop(&mut self) {
        if let Some(thread) = self.0.take() {
            let _ = thread.join();
        }
    }
}
