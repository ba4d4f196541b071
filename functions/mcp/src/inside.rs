//! The API, reached within the process: nothing leaves it, and its limits count whoever called.

use axum::Router;
use axum::body::Body;
use axum::http::{Request, Response};
use http_body_util::{BodyExt as _, Limited};
use humanops_client::Carry;
use humanops_client::carry::{ANSWER_BYTES_MAX, Carried, NoAnswer};
use std::time::Duration;
use tower::ServiceExt as _;
use web::gate::ClientIp;

/// The API's routers, for requests from one address.
pub(crate) struct Inside {
    pub(crate) api: Router,
    pub(crate) from: Option<ClientIp>,
}

impl Inside {
    async fn answer(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, NoAnswer> {
        let mut request = request.map(Body::from);
        // Without an address the gate lets nobody in.
        if let Some(from) = self.from {
            request.extensions_mut().insert(from);
        }
        let Ok(answer) = self.api.clone().oneshot(request).await;
        let (parts, body) = answer.into_parts();
        let body = Limited::new(body, ANSWER_BYTES_MAX).collect().await.map_err(|_| NoAnswer::TooLong)?;
        Ok(Response::from_parts(parts, body.to_bytes().to_vec()))
    }
}

impl Carry for Inside {
    fn carry(&self, request: Request<Vec<u8>>, _: Duration) -> Carried<'_> {
        Box::pin(self.answer(request))
    }
}
