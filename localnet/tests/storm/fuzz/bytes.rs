//! Bytes that are no HTTP, or hardly.

use super::{Run, storm};
use crate::wire::{FORM, JSON, Wire, request};
use localnet::network::Rhythm;
use std::io::{ErrorKind, Read};
use std::net::Shutdown;

const HEALTH: &[u8] = br#"{"jsonrpc":"2.0","id":1,"method":"getHealth"}"#;

/// What is at least the beginning of something.
const BEGINNINGS: [&[u8]; 16] = [
    b"",
    b"\r\n\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    b"GET / HTTP/1.1\r\nhost: x\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n",
    b"GET /friendbot?addr=%FF%00%zz&addr=G HTTP/1.1\r\nhost: x\r\n\r\n",
    b"GET /accounts/%47%2e%2e%2f/data/%00 HTTP/1.1\r\nhost: \xff\r\n\r\n",
    b"HEAD /rpc HTTP/1.1\r\nhost: x\r\n\r\n",
    b"OPTIONS * HTTP/1.1\r\nhost: x\r\n\r\n",
    b"CONNECT localhost:1 HTTP/1.1\r\nhost: x\r\n\r\n",
    b"POST /rpc HTTP/1.1\r\nhost: x\r\nexpect: 100-continue\r\ncontent-length: 2\r\n\r\n{}",
    b"POST /rpc HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n{}",
    b"POST /rpc HTTP/1.1\r\nhost: x\r\ncontent-length: 99999999999999999999\r\n\r\n{}",
    b"POST /rpc HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\nffffffffffffffff\r\n{}",
    b"POST /rpc HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked, gzip\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
    b"POST /rpc HTTP/1.0\r\n\r\n{}",
];

#[test]
fn bytes_that_are_no_http_are_answered_or_hung_up_on() {
    storm(Rhythm::Instant, 600, |run| {
        let bytes = make_up(run);
        let mut wire = Wire::to(run.net.url()).expect("a server that listens");
        // A server that has hung up by now may refuse the rest.
        let _ = wire.send(&bytes);
        let _ = wire.stream().shutdown(Shutdown::Write);
        let mut answer = Vec::new();
        if let Err(error) = wire.stream().read_to_end(&mut answer) {
            assert_eq!(error.kind(), ErrorKind::ConnectionReset, "it has to hang up");
        }
        let answer = String::from_utf8_lossy(&answer);
        assert!(answer.is_empty() || answer.starts_with("HTTP/1."), "{answer}");
        assert!(!answer.contains("a defect of localnet"), "{answer}");
    });
}

fn make_up(run: &mut Run) -> Vec<u8> {
    let dice = &mut run.forge.dice;
    let mut bytes = match dice.below(6) {
        0 => {
            let count = dice.below(2_000);
            dice.bytes(count)
        }
        1 => request("/rpc", JSON, HEALTH).repeat(1 + dice.below(3)),
        2 => request("/transactions", FORM, b"tx=AAAA"),
        3 => {
            let header = format!("x-{}: {}\r\n", dice.roll(), "y".repeat(dice.below(3_000)));
            let headers = header.repeat(dice.below(200));
            format!("POST /rpc HTTP/1.1\r\nhost: x\r\n{headers}\r\n").into_bytes()
        }
        4 => {
            let path = "/../%2e%00?&=;".repeat(dice.below(5_000));
            format!("GET /accounts{path} HTTP/1.1\r\nhost: x\r\n\r\n").into_bytes()
        }
        _ => dice.pick(&BEGINNINGS).to_vec(),
    };
    if !dice.once_in(4) {
        dice.spoil(&mut bytes);
    }
    bytes
}
