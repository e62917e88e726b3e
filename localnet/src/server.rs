//! The HTTP server, which only this machine can reach.

use crate::connection::{Arrival, Patient};
use crate::rpc::{Rpc, RpcError, refusal};
use crate::worker::{Joined, Worker};
use crate::{friendbot, horizon};
use axum::body::{Body, Bytes, HttpBody};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    CONTENT_TYPE,
};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, get_service, post};
use axum::{Json, Router};
use std::future::poll_fn;
use std::net::Ipv4Addr;
use std::path::PathBuf;
use std::pin::Pin;
use std::{io, thread};
use tokio::net::{TcpListener, TcpSocket};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::oneshot;
use tower_http::services::ServeDir;

/// As much as the official server takes; the longest contract fits in base64.
const MAX_BODY_BYTES: usize = 512 * 1024;

const JSON: &str = "application/json";

/// How many clients may knock at once.
const BACKLOG: u32 = 1024;

const GREETING: &str = "\
This is localnet, a Stellar network for development.

POST /rpc                the JSON-RPC of Stellar, and localnet_* methods
GET /friendbot?addr=G…   XLM for an account or a contract
GET /accounts/G…         and a little more of Horizon, for wallets
";

/// A port that is held, but not answered at yet.
pub struct Bound {
    runtime: Runtime,
    listener: TcpListener,
    port: u16,
}

impl Bound {
    /// Holds a port of this machine, any free one if it is zero.
    pub fn to(port: u16) -> io::Result<Self> {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let entered = runtime.enter();
        let socket = TcpSocket::new_v4()?;
        socket.set_reuseaddr(true)?;
        socket.bind((Ipv4Addr::LOCALHOST, port).into())?;
        let listener = socket.listen(BACKLOG)?;
        let port = listener.local_addr()?.port();
        drop(entered);
        Ok(Self { runtime, listener, port })
    }

    pub fn url(&self) -> String {
        format!("http://{}:{}", Ipv4Addr::LOCALHOST, self.port)
    }

    /// Answers from now on, on a thread of its own.
    pub fn serve(self, rpc: Rpc, worker: Worker, page: Option<PathBuf>) -> io::Result<Server> {
        let (stop, stopped) = oneshot::channel::<()>();
        let service = router(rpc, worker, page).into_make_service_with_connect_info::<Arrival>();
        let serve = axum::serve(Patient(self.listener), service);
        let thread = thread::Builder::new().name("server".into()).spawn(move || {
            self.runtime.block_on(async {
                tokio::select! {
                    _ = serve.into_future() => {}
                    _ = stopped => {}
                }
            });
        })?;
        Ok(Server { _stop: stop, _thread: Joined::new(thread) })
    }
}

/// Answers until it is dropped; then the port is free again.
pub struct Server {
    // Dropped first, which ends what the thread does.
    _stop: oneshot::Sender<()>,
    _thread: Joined,
}

fn router(rpc: Rpc, worker: Worker, page: Option<PathBuf>) -> Router {
    let router = match page.map(ServeDir::new) {
        None => Router::new().route("/", get(GREETING).post(answer)).fallback(answer_anywhere),
        Some(page) => Router::new()
            .route("/", get_service(page.clone()).post(answer))
            .fallback_service(get_service(page).post(answer_anywhere).with_state(rpc.clone())),
    };
    router
        .route("/rpc", post(answer))
        .with_state(rpc)
        .merge(friendbot::router(worker.clone()))
        .merge(horizon::router(worker))
        .layer(middleware::from_fn(receive))
        .layer(middleware::from_fn(allow_all_origins))
}

async fn answer(State(rpc): State<Rpc>, headers: HeaderMap, body: Bytes) -> Response {
    if !is_json(&headers) {
        let error = RpcError::invalid_request("content-type must be application/json");
        return (StatusCode::UNSUPPORTED_MEDIA_TYPE, Json(refusal(error))).into_response();
    }
    match rpc.answer(&body).await {
        Some(answer) => ([(CONTENT_TYPE, JSON)], answer).into_response(),
        None => StatusCode::NO_CONTENT.into_response(),
    }
}

/// Wallets send JSON-RPC to what they take for Horizon, whatever the path.
async fn answer_anywhere(
    rpc: State<Rpc>,
    method: Method,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    if method == Method::POST && is_json(&headers) {
        answer(rpc, headers, body).await
    } else {
        (StatusCode::NOT_FOUND, "There is nothing here.\n").into_response()
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let essence = kind.split(';').next().unwrap_or_default();
    essence.trim().eq_ignore_ascii_case(JSON)
}

/// Takes in the whole of a request before anything is done with it.
async fn receive(request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let Some(body) = collect(body).await else {
        let message = format!("a request of more than {MAX_BODY_BYTES} bytes");
        let error = refusal(RpcError::invalid_request(message));
        return (StatusCode::PAYLOAD_TOO_LARGE, Json(error)).into_response();
    };
    if let Some(ConnectInfo(arrival)) = parts.extensions.get::<ConnectInfo<Arrival>>() {
        arrival.complete();
    }
    next.run(Request::from_parts(parts, body.into())).await
}

/// Reads a body to its end, since who has not sent all does not listen yet; but keeps no more
/// than is taken.
async fn collect(mut body: Body) -> Option<Vec<u8>> {
    let (mut bytes, mut fits) = (Vec::new(), true);
    while let Some(frame) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
        let Ok(data) = frame.ok()?.into_data() else { continue };
        fits &= bytes.len() + data.len() <= MAX_BODY_BYTES;
        if fits {
            bytes.extend_from_slice(&data);
        }
    }
    fits.then_some(bytes)
}

/// Any web page may ask: there is nothing here that is not public.
async fn allow_all_origins(request: Request, next: Next) -> Response {
    let mut response = if request.method() == Method::OPTIONS {
        StatusCode::NO_CONTENT.into_response()
    } else {
        next.run(request).await
    };
    let headers = response.headers_mut();
    let any = HeaderValue::from_static("*");
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, any.clone());
    headers.insert(ACCESS_CONTROL_ALLOW_HEADERS, any);
    let methods = HeaderValue::from_static("GET, POST, OPTIONS");
    headers.insert(ACCESS_CONTROL_ALLOW_METHODS, methods);
    response
}
