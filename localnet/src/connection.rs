//! Connections to clients that may be slow, but not endlessly.

use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{Instant, Sleep, sleep};

/// How long a client may take to send one request, from its first byte to its last.
pub const PATIENCE: Duration = Duration::from_secs(10);

/// How long one may do nothing: neither ask, nor take what one is answered.
pub const IDLENESS: Duration = Duration::from_secs(60);

/// Listens as TCP does, and hands out connections that lose patience.
pub struct Patient(pub TcpListener);

impl Listener for Patient {
    type Io = Connection;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Connection, SocketAddr) {
        let (stream, address) = Listener::accept(&mut self.0).await;
        // Answers are written at once; a connection that is gone already shows it when it is read.
        let _ = stream.set_nodelay(true);
        (Connection::new(stream), address)
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.0.local_addr()
    }
}

/// A connection that breaks when its client keeps it waiting for too long. One that waits for
/// its answer stays.
pub struct Connection {
    stream: TcpStream,
    deadline: Pin<Box<Sleep>>,
    /// Whether the first byte of a request has come.
    begun: bool,
    arrival: Arrival,
}

/// Tells a connection that the whole of its request has arrived.
#[derive(Clone, Default)]
pub struct Arrival(Arc<AtomicBool>);

impl Arrival {
    pub fn complete(&self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

impl Connected<IncomingStream<'_, Patient>> for Arrival {
    fn connect_info(stream: IncomingStream<'_, Patient>) -> Self {
        stream.io().arrival.clone()
    }
}

impl Connection {
    fn new(stream: TcpStream) -> Self {
        let deadline = Box::pin(sleep(IDLENESS));
        Self { stream, deadline, begun: false, arrival: Arrival::default() }
    }

    fn begin(&mut self) {
        if !self.begun {
            self.begun = true;
            self.deadline.as_mut().reset(Instant::now() + PATIENCE);
        }
    }

    /// From the answer's first byte on it is the client's turn again, and with each that it takes.
    fn answer<T>(&mut self, written: &Poll<T>) {
        if self.arrival.0.swap(false, Ordering::Relaxed) || written.is_ready() {
            self.begun = false;
            self.deadline.as_mut().reset(Instant::now() + IDLENESS);
        }
    }

    /// Breaks when nothing happens and it is too late for it.
    fn in_time<T>(
        &mut self,
        context: &mut Context,
        done: Poll<io::Result<T>>,
    ) -> Poll<io::Result<T>> {
        let is_clients_turn = !self.arrival.0.load(Ordering::Relaxed);
        if done.is_pending() && is_clients_turn && self.deadline.as_mut().poll(context).is_ready() {
            return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
        }
        done
    }
}

impl AsyncRead for Connection {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context,
        buffer: &mut ReadBuf,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let read = Pin::new(&mut self.stream).poll_read(context, buffer);
        if buffer.filled().len() > before {
            self.begin();
        }
        self.in_time(context, read)
    }
}

impl AsyncWrite for Connection {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.answer(&written);
        self.in_time(context, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context,
        slices: &[io::IoSlice],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(context, slices);
        self.answer(&written);
        self.in_time(context, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::future::poll_fn;
    use std::io::Write;
    use std::net::{Ipv4Addr, TcpStream as Client};
    use tokio::runtime::Builder;
    use tokio::time::timeout;

    fn with_a_client(test: impl AsyncFnOnce(Connection, &mut Client)) {
        let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async {
            let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a port");
            let address = listener.local_addr().expect("an address");
            let mut client = Client::connect(address).expect("a server");
            let (stream, _) = listener.accept().await.expect("a client");
            test(Connection::new(stream), &mut client).await;
        });
    }

    impl Connection {
        async fn read(&mut self) -> io::Result<usize> {
            let mut bytes = [0; 64];
            let mut buffer = ReadBuf::new(&mut bytes);
            poll_fn(|context| Pin::new(&mut *self).poll_read(context, &mut buffer)).await?;
            Ok(buffer.filled().len())
        }

        async fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            poll_fn(|context| Pin::new(&mut *self).poll_write(context, bytes)).await
        }

        /// Lets pass all the time that its client has, which must be this.
        fn expire(&mut self, expected: Duration) {
            let left = self.deadline.deadline() - Instant::now();
            assert!(left <= expected && left + Duration::from_secs(5) > expected, "{left:?}");
            self.deadline.as_mut().reset(Instant::now());
        }
    }

    fn assert_broken(done: io::Result<usize>) {
        assert_eq!(done.map_err(|error| error.kind()), Err(io::ErrorKind::TimedOut));
    }

    #[test]
    fn who_never_asks_is_hung_up_on_after_a_minute() {
        with_a_client(async |mut connection, _| {
            connection.expire(IDLENESS);
            assert_broken(connection.read().await);
        });
    }

    #[test]
    fn a_request_may_take_ten_seconds_and_its_answer_as_long_as_it_takes() {
        with_a_client(async |mut connection, client| {
            client.write_all(b"POST").expect("a server");
            assert_eq!(connection.read().await.ok(), Some(4));
            connection.expire(PATIENCE);
            connection.arrival.complete();
            assert!(timeout(Duration::from_millis(50), connection.read()).await.is_err());
        });
    }

    #[test]
    fn half_a_request_is_hung_up_on_after_ten_seconds() {
        with_a_client(async |mut connection, client| {
            client.write_all(b"POST").expect("a server");
            assert_eq!(connection.read().await.ok(), Some(4));
            connection.expire(PATIENCE);
            assert_broken(connection.read().await);
        });
    }

    #[test]
    fn who_was_answered_has_a_minute_to_ask_again() {
        with_a_client(async |mut connection, client| {
            client.write_all(b"POST").expect("a server");
            assert_eq!(connection.read().await.ok(), Some(4));
            connection.arrival.complete();
            assert_eq!(connection.write(b"200").await.ok(), Some(3));
            connection.expire(IDLENESS);
            assert_broken(connection.read().await);
        });
    }

    #[test]
    fn who_takes_nothing_of_an_answer_is_hung_up_on_after_a_minute() {
        with_a_client(async |mut connection, _| {
            connection.arrival.complete();
            let answer = vec![0; 1_000_000];
            let wait = Duration::from_millis(50);
            while let Ok(written) = timeout(wait, connection.write(&answer)).await {
                written.expect("a client");
            }
            connection.expire(IDLENESS);
            assert_broken(connection.write(&answer).await);
        });
    }
}
