//! The server below JSON-RPC.

use crate::client::{Client, error_of};
use serde_json::json;
use std::io::{Read, Write};
use std::sync::Arc;
use std::thread;

const JSON: &str = "content-type: application/json\r\n";
const HEALTH: &str = r#"{"jsonrpc":"2.0","id":1,"method":"getHealth"}"#;
const LIMIT: usize = 512 * 1024;

#[test]
fn json_rpc_is_served_wherever_it_is_sent() {
    let client = Client::new();
    for path in ["/", "/rpc", "/rpc/", "/soroban/rpc", "/some/horizon", "/?x=1"] {
        let reply = client.request("POST", path, JSON, HEALTH);
        assert_eq!(reply.status, 200, "{path}");
        assert_eq!(reply.json()["result"]["status"], "healthy", "{path}");
        assert_eq!(reply.header("content-type"), Some("application/json"));
    }
}

#[test]
fn the_front_page_says_what_this_is() {
    let reply = Client::new().request("GET", "/", "", "");
    assert_eq!(reply.status, 200);
    assert!(reply.body.starts_with("This is localnet"), "{}", reply.body);
    assert_eq!(reply.header("content-type"), Some("text/plain; charset=utf-8"));
}

#[test]
fn what_is_not_served_is_refused() {
    let client = Client::new();
    let cases = [
        ("GET", "/rpc", 405),
        ("PUT", "/rpc", 405),
        ("DELETE", "/", 405),
        ("GET", "/nothing", 404),
        ("PUT", "/nothing", 404),
    ];
    for (method, path, status) in cases {
        assert_eq!(client.request(method, path, "", "").status, status, "{method} {path}");
    }
    assert_eq!(client.request("POST", "/nothing", "content-type: text/plain\r\n", "x").status, 404);
}

#[test]
fn only_json_is_taken() {
    let client = Client::new();
    let taken = [
        JSON,
        "content-type: application/json; charset=utf-8\r\n",
        "Content-Type: Application/JSON\r\n",
        "content-type: application/json ;charset=UTF-8\r\n",
    ];
    for kind in taken {
        assert_eq!(client.request("POST", "/rpc", kind, HEALTH).status, 200, "{kind}");
    }
    let refused = [
        "",
        "content-type: text/plain\r\n",
        "content-type: application/x-www-form-urlencoded\r\n",
        "content-type: application/jsonp\r\n",
        "content-type: \r\n",
        "content-type: application/\u{fc}\r\n",
    ];
    for kind in refused {
        let reply = client.request("POST", "/rpc", kind, HEALTH);
        assert_eq!(reply.status, 415, "{kind}");
        assert_eq!(error_of(&reply.json()).0, -32600);
    }
}

#[test]
fn any_web_page_may_ask() {
    let client = Client::new();
    for path in ["/", "/rpc", "/friendbot", "/accounts/x", "/anything"] {
        let headers = "origin: https://example.org\r\n\
                       access-control-request-method: POST\r\n\
                       access-control-request-headers: content-type, x-client-name\r\n";
        let reply = client.request("OPTIONS", path, headers, "");
        assert_eq!((reply.status, reply.body.as_str()), (204, ""), "{path}");
        assert_eq!(reply.header("access-control-allow-origin"), Some("*"));
        assert_eq!(reply.header("access-control-allow-headers"), Some("*"));
        assert_eq!(reply.header("access-control-allow-methods"), Some("GET, POST, OPTIONS"));
    }
    let answers = [
        client.post(HEALTH),
        client.post("not JSON"),
        client.request("GET", "/", "", ""),
        client.request("GET", "/rpc", "", ""),
        client.request("GET", "/nothing", "", ""),
        client.request("GET", "/friendbot", "", ""),
        client.request("POST", "/rpc", "", HEALTH),
        client.post(&" ".repeat(LIMIT + 1)),
    ];
    for reply in answers {
        assert_eq!(reply.header("access-control-allow-origin"), Some("*"), "{}", reply.status);
    }
}

#[test]
fn a_body_may_be_as_long_as_the_limit_and_no_longer() {
    let client = Client::new();
    let padded = |length: usize| HEALTH.to_owned() + &" ".repeat(length - HEALTH.len());
    assert_eq!(client.post(&padded(LIMIT)).json()["result"]["status"], "healthy");
    for length in [LIMIT + 1, 10 * LIMIT] {
        let reply = client.post(&padded(length));
        assert_eq!(reply.status, 413);
        assert_eq!(error_of(&reply.json()).0, -32600);
    }
}

#[test]
fn a_body_in_chunks_is_held_to_the_same_limit() {
    let client = Client::new();
    let send = |chunks: usize| {
        let mut request = "POST /rpc HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\
                           content-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n"
            .to_owned();
        request += &format!("{:x}\r\n{HEALTH}\r\n", HEALTH.len());
        let chunk = format!("1000\r\n{}\r\n", " ".repeat(0x1000));
        request += &chunk.repeat(chunks);
        client.exchange((request + "0\r\n\r\n").as_bytes())
    };
    assert_eq!(send(127).status, 200);
    assert_eq!(send(128).status, 413);
}

#[test]
fn whatever_is_sent_instead_of_http_is_hung_up_on() {
    let client = Client::new();
    let cases: [&[u8]; 4] = [
        b"\r\n\r\n\r\nHELLO\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"POST /rpc HTTP/9.9\r\n\r\n",
        b"POST /rpc HTTP/1.1\r\nhost: x\r\ncontent-length: many\r\n\r\n",
    ];
    for bytes in cases {
        let mut stream = client.connect();
        stream.write_all(bytes).expect("a server that reads");
        stream.shutdown(std::net::Shutdown::Write).expect("a connection");
        let mut reply = Vec::new();
        let _ = stream.read_to_end(&mut reply);
        let reply = String::from_utf8_lossy(&reply);
        assert!(reply.is_empty() || reply.starts_with("HTTP/1.1 400"), "{reply}");
    }
    client.call("getHealth", json!({}));
}

#[test]
fn a_connection_serves_many_requests() {
    let client = Client::new();
    let mut stream = client.connect();
    let request = |close: &str| {
        let length = HEALTH.len();
        format!(
            "POST /rpc HTTP/1.1\r\nhost: x\r\n{JSON}{close}content-length: {length}\r\n\r\n{HEALTH}"
        )
    };
    // Two of them before the first is answered.
    stream.write_all(request("").repeat(2).as_bytes()).expect("a server that reads");
    stream.write_all(request("connection: close\r\n").as_bytes()).expect("a server that reads");
    let mut replies = String::new();
    stream.read_to_string(&mut replies).expect("an answer");
    assert_eq!(replies.matches("HTTP/1.1 200").count(), 3);
    assert_eq!(replies.matches("healthy").count(), 3);
}

#[test]
fn a_thousand_clients_at_once_are_all_served() {
    let client = Arc::new(Client::new());
    let clients = (0..1_000).map(|_| {
        let client = client.clone();
        let ask = move || client.call("getLatestLedger", json!({}))["sequence"].is_u64();
        thread::Builder::new().stack_size(256 * 1024).spawn(ask).expect("a thread")
    });
    let clients: Vec<_> = clients.collect();
    assert!(clients.into_iter().all(|client| client.join().expect("an answer")));
}
