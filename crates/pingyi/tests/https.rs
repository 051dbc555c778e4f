//! A whole meeting over TLS, the certificate trusted through the system's own variable.

#![allow(clippy::unwrap_used)]

mod common;

use common::{House, PASSWORD, pingyi};

#[tokio::test(flavor = "multi_thread")]
async fn a_meeting_over_https() {
    let mut house = House::new();
    house.organiser().await;
    house.kill();
    let made = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
    let (cert, key) = (
        house.place().join("cert.pem"),
        house.place().join("key.pem"),
    );
    std::fs::write(&cert, made.cert.pem()).unwrap();
    std::fs::write(&key, made.signing_key.serialize_pem()).unwrap();
    house.secure(&cert, &key);
    house.start();
    let out = house.place().join("out");
    let output = pingyi()
        .args([
            "simulate",
            "--raters",
            "8",
            "--presenters",
            "1",
            "--items",
            "1",
            "--categories",
            "A:1",
            "--login",
            "organiser",
        ])
        .args(["--url", &house.url(), "--out", out.to_str().unwrap()])
        .env("PINGYI_PASSWORD", PASSWORD)
        .env("SSL_CERT_FILE", &cert)
        .output()
        .unwrap();
    let text = [output.stdout, output.stderr]
        .map(|bytes| String::from_utf8(bytes).unwrap())
        .concat();
    assert_eq!(output.status.code(), Some(0), "{text}");
    // Plain http on that port is no answer, and a certificate that does not fit its key no server.
    assert!(
        pingyi_testkit::client::Http::new(&house.url().replace("https", "http"))
            .unwrap()
            .get::<serde_json::Value>(&pingyi_testkit::client::Auth::Nobody, "/api/session")
            .await
            .is_err()
    );
    let other = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
    std::fs::write(&key, other.signing_key.serialize_pem()).unwrap();
    let output = pingyi()
        .args([
            "serve",
            "--listen",
            "127.0.0.1:0",
            "--data",
            house.place().join("other").to_str().unwrap(),
        ])
        .arg("--tls-cert")
        .arg(&cert)
        .arg("--tls-key")
        .arg(&key)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(
        String::from_utf8(output.stderr)
            .unwrap()
            .contains("TLS file")
    );
}
