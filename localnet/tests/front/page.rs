//! The folder of a web page, shown at the network's own port.

use super::http::{page, post, rpc};
use localnet::{Localnet, Options};
use serde_json::json;
use std::fs;
use std::path::Path;

#[test]
fn a_folder_is_shown_beside_the_network_and_nothing_above_it_is() {
    let above = Path::new(env!("CARGO_TARGET_TMPDIR")).join("page");
    let folder = above.join("dist");
    fs::create_dir_all(folder.join("assets")).unwrap();
    fs::write(folder.join("index.html"), "<h1>Escrows</h1>").unwrap();
    fs::write(folder.join("assets/page.js"), "draw()").unwrap();
    fs::write(above.join("secret"), "not for all").unwrap();
    let network = Localnet::start(Options { page: Some(folder), ..Options::default() }).unwrap();
    let url = network.url();

    let first = page(url, "/");
    assert_eq!((first.status, first.text.as_str()), (200, "<h1>Escrows</h1>"));
    assert!(first.head.contains("content-type: text/html"), "{}", first.head);
    let script = page(url, "/assets/page.js");
    assert_eq!((script.status, script.text.as_str()), (200, "draw()"));
    assert!(script.head.contains("content-type: text/javascript"), "{}", script.head);
    for outside in ["/../secret", "/%2e%2e/secret", "/assets/../../secret", "/gone.js"] {
        assert_eq!(page(url, outside).status, 404, "{outside}");
    }

    assert_eq!(rpc(url, "getHealth", json!({}))["status"], "healthy");
    let asked = json!({ "jsonrpc": "2.0", "id": 1, "method": "getHealth" }).to_string();
    let answer = post(url, "/", "application/json", &asked);
    assert_eq!(answer.body["result"]["status"], "healthy");
}
