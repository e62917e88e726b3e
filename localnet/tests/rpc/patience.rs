//! Clients that are slow, and a network that is.

use crate::client::Client;
use serde_json::json;
use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::thread;
use std::time::{Duration, Instant};

const HEALTH: &str = r#"{"jsonrpc":"2.0","id":1,"method":"getHealth"}"#;

/// How long it takes until the server hangs up, which it has to.
fn hung_up_after(mut stream: TcpStream, start: Instant) -> Duration {
    let mut rest = Vec::new();
    match stream.read_to_end(&mut rest) {
        Ok(_) => {}
        Err(error) => assert_eq!(error.kind(), ErrorKind::ConnectionReset),
    }
    assert!(!String::from_utf8_lossy(&rest).contains("200 OK"));
    start.elapsed()
}

fn assert_ten_seconds(waited: Duration) {
    assert!((9.0..13.0).contains(&waited.as_secs_f64()), "{waited:?}");
}

/// Each takes its time, so they are tried side by side.
#[test]
fn a_slow_request_is_hung_up_on_and_neither_a_pause_nor_a_slow_answer_is() {
    let cases: [fn(); 5] = [
        who_sends_half_a_head_is_hung_up_on,
        who_sends_half_a_body_is_hung_up_on,
        who_sends_a_byte_now_and_then_is_hung_up_on_and_delays_nobody,
        who_has_not_asked_yet_may_wait,
        an_answer_may_take_longer_than_a_request,
    ];
    thread::scope(|scope| cases.map(|case| scope.spawn(case)).map(|case| case.join().unwrap()));
}

fn who_sends_half_a_head_is_hung_up_on() {
    let client = Client::new();
    let mut stream = client.connect();
    let start = Instant::now();
    stream.write_all(b"POST /rpc HTTP/1.1\r\nhost: x\r\n").expect("a server that reads");
    assert_ten_seconds(hung_up_after(stream, start));
}

fn who_sends_half_a_body_is_hung_up_on() {
    let client = Client::new();
    let mut stream = client.connect();
    let start = Instant::now();
    let head = "POST /rpc HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n\
                content-length: 1000\r\n\r\n{";
    stream.write_all(head.as_bytes()).expect("a server that reads");
    assert_ten_seconds(hung_up_after(stream, start));
}

fn who_sends_a_byte_now_and_then_is_hung_up_on_and_delays_nobody() {
    let client = Client::new();
    let stream = client.connect();
    let start = Instant::now();
    let mut trickle = stream.try_clone().expect("a socket");
    let writer = thread::spawn(move || {
        for byte in b"POST /rpc HTTP/1.1\r\nhost: x\r\nx: yyyyyyyyyyyyyyyyyyyyyyyyyyy" {
            if trickle.write_all(&[*byte]).is_err() {
                return;
            }
            thread::sleep(Duration::from_millis(500));
        }
    });
    while start.elapsed() < Duration::from_secs(8) {
        let asked = Instant::now();
        client.call("getHealth", json!({}));
        assert!(asked.elapsed() < Duration::from_secs(2));
        thread::sleep(Duration::from_millis(200));
    }
    assert_ten_seconds(hung_up_after(stream, start));
    writer.join().expect("a thread");
}

fn who_has_not_asked_yet_may_wait() {
    let client = Client::new();
    let mut stream = client.connect();
    let ask = |stream: &mut TcpStream| {
        let request = format!(
            "POST /rpc HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n\
             content-length: {}\r\n\r\n{HEALTH}",
            HEALTH.len()
        );
        stream.write_all(request.as_bytes()).expect("a server that reads");
        let mut reply = [0; 4096];
        let length = stream.read(&mut reply).expect("an answer");
        assert!(reply[..length].starts_with(b"HTTP/1.1 200"));
    };
    ask(&mut stream);
    thread::sleep(Duration::from_secs(11));
    ask(&mut stream);
}

fn an_answer_may_take_longer_than_a_request() {
    let client = Client::new();
    thread::scope(|scope| {
        let busy = scope.spawn(|| client.net.network(|_| thread::sleep(Duration::from_secs(12))));
        thread::sleep(Duration::from_millis(200));
        let asked = Instant::now();
        client.call("getHealth", json!({}));
        assert!(asked.elapsed() > Duration::from_secs(10), "nothing was waited for");
        busy.join().expect("a call");
    });
}
