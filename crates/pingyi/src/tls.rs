//! HTTPS: a listener that shakes hands in tasks of their own, so that a slow phone holds nobody up.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use axum::serve::Listener;
use rustls_pki_types::pem::PemObject as _;
use rustls_pki_types::{CertificateDer, PrivateKeyDer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::{ServerConfig, crypto::ring};
use tokio_rustls::server::TlsStream;

use crate::error::CommandError;

/// How long a handshake may take.
const HANDSHAKE: Duration = Duration::from_secs(10);
/// Connections that may wait for the server to take them up.
const WAITING: usize = 128;
/// Pause when the system has no more connections to give.
const BREATH: Duration = Duration::from_millis(200);

/// A certificate with its key, ready for use.
pub struct Tls(TlsAcceptor);

impl Tls {
    /// Reads certificate chain and key (PEM).
    ///
    /// # Errors
    /// A file that cannot be read, is not PEM, or does not fit the other.
    pub fn load(cert: &Path, key: &Path) -> Result<Self, CommandError> {
        let bad = |path: &Path, reason: &dyn ToString| CommandError::Tls {
            path: path.into(),
            reason: reason.to_string(),
        };
        let chain = CertificateDer::pem_file_iter(cert).map_err(|error| bad(cert, &error))?;
        let chain = chain
            .collect::<Result<Vec<_>, _>>()
            .map_err(|error| bad(cert, &error))?;
        let private = PrivateKeyDer::from_pem_file(key).map_err(|error| bad(key, &error))?;
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(|error| bad(cert, &error))?
            .with_no_client_auth()
            .with_single_cert(chain, private)
            .map_err(|error| bad(cert, &error))?;
        Ok(Self(TlsAcceptor::from(Arc::new(config))))
    }

    /// A listener whose connections have shaken hands.
    pub fn listener(self, tcp: TcpListener) -> TlsListener {
        let (ready, connections) = mpsc::channel(WAITING);
        let address = tcp.local_addr();
        let accepting = tokio::spawn(accept(tcp, self.0, ready));
        TlsListener {
            connections,
            address,
            accepting: accepting.abort_handle(),
        }
    }
}

/// Takes connections and hands them on once they have shaken hands.
async fn accept(
    tcp: TcpListener,
    acceptor: TlsAcceptor,
    ready: mpsc::Sender<(TlsStream<TcpStream>, SocketAddr)>,
) {
    loop {
        let Ok((stream, peer)) = tcp.accept().await else {
            tokio::time::sleep(BREATH).await;
            continue;
        };
        let (acceptor, ready) = (acceptor.clone(), ready.clone());
        tokio::spawn(async move {
            if let Ok(Ok(stream)) = tokio::time::timeout(HANDSHAKE, acceptor.accept(stream)).await {
                // A server that is stopping takes no more.
                let _ = ready.send((stream, peer)).await;
            }
        });
    }
}

/// See [`Tls::listener`].
pub struct TlsListener {
    connections: mpsc::Receiver<(TlsStream<TcpStream>, SocketAddr)>,
    address: std::io::Result<SocketAddr>,
    accepting: tokio::task::AbortHandle,
}

impl Drop for TlsListener {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

impl Listener for TlsListener {
    type Io = TlsStream<TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        match self.connections.recv().await {
            Some(connection) => connection,
            None => std::future::pending().await,
        }
    }

    fn local_addr(&self) -> std::io::Result<Self::Addr> {
        match &self.address {
            Ok(address) => Ok(*address),
            Err(error) => Err(std::io::Error::new(error.kind(), error.to_string())),
        }
    }
}
