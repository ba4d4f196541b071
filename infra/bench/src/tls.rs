//! TLS in front of the engine, by a certificate authority that lives as long as the run. On AWS the
//! handshake is the largest part of a first call.

use crate::Failure;
use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};
use std::sync::Arc;
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::PrivatePkcs8KeyDer;

/// Where TLS is spoken, and the certificate to trust.
pub(crate) struct Front {
    pub(crate) url: String,
    pub(crate) authority_pem: String,
}

impl Front {
    /// Passes what arrives on to `engine` (`http://host:port`).
    pub(crate) async fn before(engine: &str) -> Result<Self, Failure> {
        let address = engine.trim_start_matches("http://").to_owned();
        let mut authority = CertificateParams::default();
        // Of another name than what it signs, which would pass for signed by itself.
        authority.distinguished_name.push(DnType::CommonName, "bench authority");
        authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let authority_key = KeyPair::generate()?;
        let certificate = authority.self_signed(&authority_key)?;
        let issuer = Issuer::new(authority, authority_key);

        let key = KeyPair::generate()?;
        let leaf = CertificateParams::new(vec!["127.0.0.1".to_owned()])?.signed_by(&key, &issuer)?;
        let key = PrivatePkcs8KeyDer::from(key.serialize_der());
        let mut config =
            ServerConfig::builder().with_no_client_auth().with_single_cert(vec![leaf.der().clone()], key.into())?;
        // As DynamoDB.
        config.alpn_protocols = vec![b"http/1.1".to_vec()];

        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let url = format!("https://{}", listener.local_addr()?);
        tokio::spawn(accept(listener, TlsAcceptor::from(Arc::new(config)), address));
        Ok(Self { url, authority_pem: certificate.pem() })
    }
}

async fn accept(listener: TcpListener, acceptor: TlsAcceptor, engine: String) {
    while let Ok((stream, _)) = listener.accept().await {
        let (acceptor, engine) = (acceptor.clone(), engine.clone());
        tokio::spawn(async move {
            // A contestant that is ended breaks its connections: nothing to say about that.
            let _ = pass(stream, acceptor, &engine).await;
        });
    }
}

async fn pass(stream: TcpStream, acceptor: TlsAcceptor, engine: &str) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let mut outside = acceptor.accept(stream).await?;
    let mut inside = TcpStream::connect(engine).await?;
    inside.set_nodelay(true)?;
    tokio::io::copy_bidirectional(&mut outside, &mut inside).await?;
    Ok(())
}
