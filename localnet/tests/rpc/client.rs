//! A client that is no more than HTTP and JSON.

use localnet::{Localnet, Options};
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

pub struct Reply {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Reply {
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).expect("a JSON body")
    }
}

/// A network and the way to it.
pub struct Client {
    pub net: Localnet,
}

impl Client {
    pub fn new() -> Self {
        Self::with(Options::default())
    }

    pub fn with(options: Options) -> Self {
        Self { net: Localnet::start(options).expect("a network that starts") }
    }

    pub fn connect(&self) -> TcpStream {
        let address = self.net.url().strip_prefix("http://").expect("an address");
        let stream = TcpStream::connect(address).expect("a server that listens");
        stream.set_read_timeout(Some(Duration::from_secs(60))).expect("a socket");
        stream
    }

    /// Sends bytes as they are, and reads all that comes until the server hangs up.
    pub fn exchange(&self, request: &[u8]) -> Reply {
        let mut stream = self.connect();
        stream.write_all(request).expect("a server that reads");
        let mut reply = Vec::new();
        stream.read_to_end(&mut reply).expect("an answer");
        read_reply(&reply)
    }

    pub fn request(&self, method: &str, path: &str, headers: &str, body: &str) -> Reply {
        let length = body.len();
        self.exchange(
            format!(
                "{method} {path} HTTP/1.1\r\nhost: localnet\r\nconnection: close\r\n\
                 {headers}content-length: {length}\r\n\r\n{body}"
            )
            .as_bytes(),
        )
    }

    pub fn post(&self, body: &str) -> Reply {
        self.request("POST", "/rpc", "content-type: application/json\r\n", body)
    }

    /// What the server says to a request.
    pub fn ask(&self, request: Value) -> Value {
        let reply = self.post(&request.to_string());
        assert_eq!(reply.status, 200, "{}", reply.body);
        reply.json()
    }

    /// What a method gives; it must succeed.
    pub fn call(&self, method: &str, params: Value) -> Value {
        let request = json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params });
        let mut answer = self.ask(request);
        assert!(answer.get("error").is_none(), "{method}: {answer}");
        assert_eq!((&answer["jsonrpc"], &answer["id"]), (&json!("2.0"), &json!(1)));
        answer["result"].take()
    }

    /// What a method is refused with; it must be.
    pub fn refusal(&self, method: &str, params: Value) -> (i64, String) {
        let request = json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params });
        error_of(&self.ask(request))
    }

    pub fn assert_refused(&self, method: &str, params: Value, code: i64, words: &str) {
        let (actual, message) = self.refusal(method, params.clone());
        assert_eq!(actual, code, "{method} {params}: {message}");
        assert!(message.contains(words), "{method} {params}: {message}");
    }
}

pub fn error_of(answer: &Value) -> (i64, String) {
    assert!(answer.get("result").is_none(), "{answer}");
    let code = answer["error"]["code"].as_i64().expect("a code");
    (code, answer["error"]["message"].as_str().expect("a message").to_owned())
}

fn read_reply(bytes: &[u8]) -> Reply {
    let text = std::str::from_utf8(bytes).expect("an answer in UTF-8");
    let (head, body) = text.split_once("\r\n\r\n").expect("a whole head");
    let mut lines = head.split("\r\n");
    let status = lines.next().and_then(|line| line.split(' ').nth(1)).expect("a status");
    let headers = lines.filter_map(|line| line.split_once(": "));
    Reply {
        status: status.parse().expect("a number"),
        headers: headers.map(|(key, value)| (key.to_owned(), value.to_owned())).collect(),
        body: body.to_owned(),
    }
}
