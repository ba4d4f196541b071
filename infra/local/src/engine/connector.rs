//! Takes the place of the SDK's HTTP connector: hands each request to the database. Only the operations that we use.

use super::Engine;
use aws_sdk_dynamodb::config::http::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::http::{HttpConnector, HttpConnectorFuture};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::http::StatusCode;
use aws_smithy_types::body::SdkBody;
use dynoxide::actions::transact_write_items::TransactWriteItemsRequest;
use dynoxide::{Database, DynoxideError};
use serde::Serialize;
use serde::de::DeserializeOwned;

#[derive(Clone, Debug)]
pub(super) struct Connector(pub(super) Engine);

impl Connector {
    async fn answer(self, request: HttpRequest) -> Result<HttpResponse, ConnectorError> {
        let operation = request.headers().get("x-amz-target").and_then(|target| target.rsplit('.').next());
        let operation = operation.unwrap_or_default().to_owned();
        let body = request.body().bytes().ok_or_else(|| ConnectorError::user("a body that is not at hand".into()))?;
        let body = body.to_vec();
        let failed = |error: Box<dyn std::error::Error + Send + Sync>| ConnectorError::other(error, None);
        let done = self.0.run(move |database| perform(database, &operation, &body)).await;
        let (status, body) = answered(done.map_err(|error| failed(error.into()))?);
        let status = StatusCode::try_from(status).map_err(|error| failed(error.into()))?;
        Ok(HttpResponse::new(status, SdkBody::from(body)))
    }
}

impl HttpConnector for Connector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        HttpConnectorFuture::new(self.clone().answer(request))
    }
}

/// Status and body, as DynamoDB answers.
pub(super) fn answered(done: Result<Vec<u8>, DynoxideError>) -> (u16, Vec<u8>) {
    match done {
        Ok(answer) => (200, answer),
        Err(error) => (error.status_code(), error.to_json().into_bytes()),
    }
}

pub(super) fn perform(database: &Database, operation: &str, body: &[u8]) -> Result<Vec<u8>, DynoxideError> {
    match operation {
        "GetItem" => act(body, |request| database.get_item(request)),
        "PutItem" => act(body, |request| database.put_item(request)),
        "UpdateItem" => act(body, |request| database.update_item(request)),
        "DeleteItem" => act(body, |request| database.delete_item(request)),
        "Query" => act(body, |request| database.query(request)),
        "Scan" => act(body, |request| database.scan(request)),
        "BatchGetItem" => act(body, |request| database.batch_get_item(request)),
        "BatchWriteItem" => act(body, |request| database.batch_write_item(request)),
        // No answer is lost on this way. The engine keeps a token for ten minutes, and at each transaction goes through all
        // that it keeps.
        "TransactWriteItems" => act(body, |request| {
            database.transact_write_items(TransactWriteItemsRequest { client_request_token: None, ..request })
        }),
        "CreateTable" => act(body, |request| database.create_table(request)),
        "UpdateTimeToLive" => act(body, |request| database.update_time_to_live(request)),
        other => Err(DynoxideError::InternalServerError(format!("the embedded engine is not asked for {other}"))),
    }
}

fn act<Q: DeserializeOwned, A: Serialize>(
    body: &[u8],
    act: impl FnOnce(Q) -> Result<A, DynoxideError>,
) -> Result<Vec<u8>, DynoxideError> {
    let request = serde_json::from_slice(body).map_err(|e| DynoxideError::SerializationException(e.to_string()))?;
    serde_json::to_vec(&act(request)?).map_err(|e| DynoxideError::InternalServerError(e.to_string()))
}
