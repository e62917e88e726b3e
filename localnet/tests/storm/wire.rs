//! A way to the server: as much of an HTTP client as a storm needs.

use serde_json::{Value, json};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// An answer that takes longer never comes.
pub const FOREVER: Duration = Duration::from_secs(60);

/// A connection that stays, as those of clients do.
pub struct Wire(BufReader<TcpStream>);

impl Wire {
    /// To a server at a URL.
    pub fn to(url: &str) -> io::Result<Self> {
        let stream = TcpStream::connect(url.trim_start_matches("http://"))?;
        stream.set_read_timeout(Some(FOREVER))?;
        stream.set_write_timeout(Some(FOREVER))?;
        stream.set_nodelay(true)?;
        Ok(Self(BufReader::new(stream)))
    }

    /// Sends bytes, whether they make sense or not.
    pub fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.0.get_mut().write_all(bytes)
    }

    pub fn stream(&self) -> &TcpStream {
        self.0.get_ref()
    }

    /// The status and the body of one answer.
    pub fn receive(&mut self) -> io::Result<(u16, Vec<u8>)> {
        let status = self.line()?.split(' ').nth(1).and_then(|status| status.parse().ok());
        let status = status.ok_or(io::ErrorKind::InvalidData)?;
        let mut length = 0;
        loop {
            let line = self.line()?.to_ascii_lowercase();
            if let Some(text) = line.strip_prefix("content-length: ") {
                length = text.parse().map_err(|_| io::ErrorKind::InvalidData)?;
            }
            if line.is_empty() {
                break;
            }
        }
        let mut body = vec![0; length];
        self.0.read_exact(&mut body)?;
        Ok((status, body))
    }

    fn line(&mut self) -> io::Result<String> {
        let mut line = String::new();
        match self.0.read_line(&mut line)? {
            0 => Err(io::ErrorKind::UnexpectedEof.into()),
            _ => Ok(line.trim_end().into()),
        }
    }

    pub fn post(&mut self, path: &str, kind: &str, body: &[u8]) -> io::Result<(u16, Vec<u8>)> {
        self.send(&request(path, kind, body))?;
        self.receive()
    }

    /// Calls a method; the answer is its result, or else its error.
    pub fn call(&mut self, method: &str, params: Value) -> io::Result<Result<Value, Value>> {
        let request = json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params });
        let (_, body) = self.post("/rpc", JSON, request.to_string().as_bytes())?;
        let mut answer: Value = serde_json::from_slice(&body)?;
        Ok(match answer.get("error") {
            Some(error) => Err(error.clone()),
            None => Ok(answer["result"].take()),
        })
    }

    /// Calls a method that has to be there, and to succeed.
    pub fn ask(&mut self, method: &str, params: Value) -> Value {
        let answer = self.call(method, params).unwrap_or_else(|error| panic!("{method}: {error}"));
        answer.unwrap_or_else(|error| panic!("{method}: {error}"))
    }
}

pub const JSON: &str = "application/json";
pub const FORM: &str = "application/x-www-form-urlencoded";

pub fn request(path: &str, kind: &str, body: &[u8]) -> Vec<u8> {
    let length = body.len();
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: x\r\ncontent-type: {kind}\r\ncontent-length: {length}\r\n\r\n"
    );
    [head.as_bytes(), body].concat()
}
