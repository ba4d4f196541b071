//! What the SDK knows of one call: how it is written, and how its answer is read.

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::http::{HttpRequest, HttpResponse};
use aws_sdk_dynamodb::error::{BoxError, ProvideErrorMetadata, SdkError};
use aws_sdk_dynamodb::operation::{
    batch_get_item, create_table, delete_item, put_item, query, scan, transact_write_items, update_item,
    update_time_to_live,
};
use aws_smithy_runtime_api::client::interceptors::context::Input;
use aws_smithy_runtime_api::client::runtime_plugin::RuntimePlugin;
use aws_smithy_runtime_api::client::ser_de::{
    DeserializeResponse, SerializeRequest, SharedRequestSerializer, SharedResponseDeserializer,
};
use aws_smithy_types::config_bag::{ConfigBag, FrozenLayer};
use aws_smithy_types::error::operation::BuildError;
use std::fmt::Debug;
use std::sync::LazyLock;

/// A call, as the SDK's builder of its input.
pub(crate) trait Call {
    type Input: Debug + Send + Sync + 'static;
    type Output: Debug + Send + Sync + 'static;
    type Error: std::error::Error + ProvideErrorMetadata + Send + Sync + 'static;

    /// The SDK's settings of the operation, in which its serializer and deserializer are.
    fn operation() -> &'static FrozenLayer;
    fn build(self) -> Result<Self::Input, BuildError>;
    fn send_with(self, client: &Client) -> impl Future<Output = super::Sent<Self>> + Send
    where
        Self: Sized;
}

macro_rules! calls {
    ($($module:ident: $operation:ident, $builder:ident, $input:ident, $output:ident, $error:ident;)*) => {$(
        impl Call for $module::builders::$builder {
            type Input = $module::$input;
            type Output = $module::$output;
            type Error = $module::$error;

            fn operation() -> &'static FrozenLayer {
                static OPERATION: LazyLock<FrozenLayer> =
                    LazyLock::new(|| $module::$operation::new().config().expect("an operation has settings"));
                &OPERATION
            }

            fn build(self) -> Result<Self::Input, BuildError> {
                self.build()
            }

            fn send_with(self, client: &Client) -> impl Future<Output = super::Sent<Self>> + Send {
                self.send_with(client)
            }
        }
    )*};
}

calls! {
    batch_get_item: BatchGetItem, BatchGetItemInputBuilder, BatchGetItemInput, BatchGetItemOutput, BatchGetItemError;
    create_table: CreateTable, CreateTableInputBuilder, CreateTableInput, CreateTableOutput, CreateTableError;
    delete_item: DeleteItem, DeleteItemInputBuilder, DeleteItemInput, DeleteItemOutput, DeleteItemError;
    put_item: PutItem, PutItemInputBuilder, PutItemInput, PutItemOutput, PutItemError;
    query: Query, QueryInputBuilder, QueryInput, QueryOutput, QueryError;
    scan: Scan, ScanInputBuilder, ScanInput, ScanOutput, ScanError;
    transact_write_items: TransactWriteItems, TransactWriteItemsInputBuilder, TransactWriteItemsInput,
        TransactWriteItemsOutput, TransactWriteItemsError;
    update_item: UpdateItem, UpdateItemInputBuilder, UpdateItemInput, UpdateItemOutput, UpdateItemError;
    update_time_to_live: UpdateTimeToLive, UpdateTimeToLiveInputBuilder, UpdateTimeToLiveInput, UpdateTimeToLiveOutput,
        UpdateTimeToLiveError;
}

/// Without an endpoint.
pub(super) fn written<C: Call>(call: C) -> Result<HttpRequest, BoxError> {
    let serializer = C::operation().load::<SharedRequestSerializer>().ok_or("no serializer")?;
    serializer.serialize_input(Input::erase(call.build()?), &mut ConfigBag::base())
}

/// Its body is at hand.
#[expect(clippy::result_large_err, reason = "the SDK's calls answer so")]
pub(super) fn read<C: Call>(answer: HttpResponse) -> super::Sent<C> {
    let Some(deserializer) = C::operation().load::<SharedResponseDeserializer>() else {
        return Err(SdkError::construction_failure("no deserializer"));
    };
    let unreadable = |answer| SdkError::response_error("the answer is of another call", answer);
    match deserializer.deserialize_nonstreaming_with_config(&answer, &ConfigBag::base()) {
        Ok(output) => output.downcast::<C::Output>().map_err(|_| unreadable(answer)),
        Err(error) => {
            let mut said = None;
            let other = error.map_operation_error(|error| {
                said = Some(error);
                std::fmt::Error
            });
            match said.map(|error| error.downcast::<C::Error>()) {
                Some(Ok(error)) => Err(SdkError::service_error(error, answer)),
                Some(Err(_)) => Err(unreadable(answer)),
                None => Err(SdkError::response_error(other, answer)),
            }
        }
    }
}
