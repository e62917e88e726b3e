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

/// A connection that breaks when a request does not arrive in time. One that is idle, or waits
/// for its answer, stays.
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
        let deadline = Box::pin(sleep(PATIENCE));
        Self { stream, deadline, begun: false, arrival: Arrival::default() }
    }

    fn begin(&mut self) {
        if !self.begun {
            self.begun = true;
            self.deadline.as_mut().reset(Instant::now() + PATIENCE);
        }
    }

    /// Whoever is answered may take its time again.
    fn end(&mut self) {
        self.begun = false;
        self.arrival.0.store(false, Ordering::Relaxed);
    }

    fn waits_for_request(&self) -> bool {
        self.begun && !self.arrival.0.load(Ordering::Relaxed)
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
        if read.is_pending()
            && self.waits_for_request()
            && self.deadline.as_mut().poll(context).is_ready()
        {
            return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
        }
        read
    }
}

impl AsyncWrite for Connection {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.end();
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context,
        slices: &[io::IoSlice],
    ) -> Poll<io::Result<usize>> {
        self.end();
        Pin::new(&mut self.stream).poll_write_vectored(context, slices)
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
