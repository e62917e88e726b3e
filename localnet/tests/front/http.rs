//! As much of an HTTP client as a test needs.

use serde_json::Value;
use std::io::{Read, Write};
use std::net::TcpStream;

pub struct Reply {
    pub status: u16,
    pub head: String,
    pub body: Value,
}

pub struct Page {
    pub status: u16,
    pub head: String,
    pub text: String,
}

pub fn get(url: &str, path: &str) -> Reply {
    request(url, &format!("GET {path} HTTP/1.1\r\n"), "")
}

pub fn post(url: &str, path: &str, kind: &str, body: &str) -> Reply {
    let head = format!("POST {path} HTTP/1.1\r\ncontent-type: {kind}\r\n");
    request(url, &head, body)
}

pub fn post_form(url: &str, path: &str, fields: &[(&str, &str)]) -> Reply {
    let escape = |text: &str| text.replace('+', "%2B").replace('/', "%2F").replace('=', "%3D");
    let fields: Vec<_> =
        fields.iter().map(|(name, text)| format!("{name}={}", escape(text))).collect();
    post(url, path, "application/x-www-form-urlencoded", &fields.join("&"))
}

/// The result of a method of the RPC server.
pub fn rpc(url: &str, method: &str, params: Value) -> Value {
    let request =
        serde_json::json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params });
    let mut reply = post(url, "/rpc", "application/json", &request.to_string());
    assert!(reply.body["error"].is_null(), "{}", reply.body);
    reply.body["result"].take()
}

/// Whatever a path shows, JSON or not.
pub fn page(url: &str, path: &str) -> Page {
    exchange(url, &format!("GET {path} HTTP/1.1\r\n"), "")
}

fn request(url: &str, head: &str, body: &str) -> Reply {
    let Page { status, head, text } = exchange(url, head, body);
    let body = serde_json::from_str(&text).unwrap_or_else(|_| panic!("no JSON: {text}"));
    Reply { status, head, body }
}

fn exchange(url: &str, head: &str, body: &str) -> Page {
    let host = url.strip_prefix("http://").unwrap();
    let mut stream = TcpStream::connect(host).unwrap();
    let rest =
        format!("host: {host}\r\nconnection: close\r\ncontent-length: {}\r\n\r\n", body.len());
    stream.write_all(format!("{head}{rest}{body}").as_bytes()).unwrap();
    let mut reply = String::new();
    stream.read_to_string(&mut reply).unwrap();
    let (head, text) = reply.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    Page { status, head: head.to_lowercase(), text: text.to_owned() }
}
