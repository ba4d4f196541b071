//! The way to AWS: HTTP/1.1 over kept connections and rustls. The SDK's own connector has HTTP/2 in it too, without a setting
//! against it: a twentieth to a tenth of a function's code, that nobody runs, as DynamoDB, S3 and the others choose HTTP/1.1.

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::connection::{CaptureSmithyConnection, ConnectionMetadata};
use aws_smithy_runtime_api::client::http::{
    HttpConnector, HttpConnectorFuture, SharedHttpClient, SharedHttpConnector, http_client_fn,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_types::body::SdkBody;
use http::Uri;
use hyper_rustls::HttpsConnectorBuilder;
use hyper_util::client::legacy::connect::{CaptureConnection, Connect, HttpConnector as Tcp, capture_connection};
use hyper_util::client::legacy::{Client, Error};
use hyper_util::rt::{TokioExecutor, TokioTimer};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{CipherSuite, ClientConfig, RootCertStore};
use std::fmt;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::timeout;
use tower::Service;

/// Whose certificates are believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Roots {
    /// Those that all of AWS descends from. The system's 140 take milliseconds to read at each start.
    Amazon,
    System,
    /// Nobody's: for addresses of plain HTTP.
    None,
}

/// As PEM.
const AMAZON: &[u8] = include_bytes!("../roots/amazon.pem");
/// Until TLS is agreed upon.
const CONNECT_MAX: Duration = Duration::from_secs(1);
/// Idle connections, of which the relay needs the most, are dropped before the other side does it: AWS closes them after a minute.
const IDLE_MAX: Duration = Duration::from_secs(55);

/// Connections to wherever a request is for, which stay open for the next ones.
pub fn connections(roots: Roots) -> SharedHttpConnector {
    believing(trusted(roots))
}

fn believing(trusted: RootCertStore) -> SharedHttpConnector {
    let mut tcp = Tcp::new();
    tcp.set_nodelay(true);
    tcp.enforce_http(false);
    let tls = HttpsConnectorBuilder::new()
        .with_tls_config(settings(trusted))
        .https_or_http()
        .enable_http1()
        .wrap_connector(tcp);
    let opening = tower::service_fn(move |to: Uri| {
        let opened = tls.clone().call(to);
        Box::pin(async { timeout(CONNECT_MAX, opened).await.map_err(BoxError::from)? })
    });
    let client =
        Client::builder(TokioExecutor::new()).pool_timer(TokioTimer::new()).pool_idle_timeout(IDLE_MAX).build(opening);
    SharedHttpConnector::new(Connections(client))
}

/// As the SDK's clients take them.
pub fn http_client(connections: SharedHttpConnector) -> SharedHttpClient {
    http_client_fn(move |_, _| connections.clone())
}

fn settings(trusted: RootCertStore) -> ClientConfig {
    let mut provider = rustls::crypto::ring::default_provider();
    // Most processors have SHA-256 built in, SHA-384 few, and a handshake hashes much.
    provider.cipher_suites.sort_by_key(|suite| suite.suite() != CipherSuite::TLS13_AES_128_GCM_SHA256);
    let config = ClientConfig::builder_with_provider(Arc::new(provider)).with_safe_default_protocol_versions();
    let config = config.expect("ring has what TLS 1.2 and 1.3 need");
    config.with_root_certificates(trusted).with_no_client_auth()
}

/// What can't be read is left out: without it, a connection is refused.
fn trusted(roots: Roots) -> RootCertStore {
    let certificates: Vec<CertificateDer<'static>> = match roots {
        Roots::Amazon => CertificateDer::pem_slice_iter(AMAZON).flatten().collect(),
        Roots::System => rustls_native_certs::load_native_certs().certs,
        Roots::None => Vec::new(),
    };
    let mut trusted = RootCertStore::empty();
    trusted.add_parsable_certificates(certificates);
    trusted
}

struct Connections<C>(Client<C, SdkBody>);

/// Without what is open.
impl<C> fmt::Debug for Connections<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connections").finish_non_exhaustive()
    }
}

impl<C: Connect + Clone + Send + Sync + 'static> HttpConnector for Connections<C> {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let mut request = match request.try_into_http1x() {
            Ok(request) => request,
            Err(malformed) => return HttpConnectorFuture::ready(Err(ConnectorError::user(malformed.into()))),
        };
        let taken = capture_connection(&mut request);
        if let Some(asked) = request.extensions().get::<CaptureSmithyConnection>() {
            asked.set_connection_retriever(move || Some(described(taken.clone())));
        }
        let answered = self.0.request(request);
        HttpConnectorFuture::new(async move {
            let answer = answered.await.map_err(failed)?;
            HttpResponse::try_from(answer.map(SdkBody::from_body_1_x))
                .map_err(|error| ConnectorError::other(error.into(), None))
        })
    }
}

/// Whatever happens on the way may not happen the next time.
fn failed(error: Error) -> ConnectorError {
    ConnectorError::io(error.into())
}

/// The connection that a request went over, for whoever wants none to follow it there.
fn described(taken: CaptureConnection) -> ConnectionMetadata {
    let leave = move || {
        if let Some(connection) = taken.connection_metadata().as_ref() {
            connection.poison();
        }
    };
    ConnectionMetadata::builder().proxied(false).poison_fn(leave).build()
}

#[cfg(test)]
mod tests;
