//! The calls that the store makes.

#[cfg(any(test, feature = "sdk"))]
use aws::Sent;
use aws::{Operation, Refusal, Value};
#[cfg(any(test, feature = "sdk"))]
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::operation::{
    batch_get_item, create_table, delete_item, put_item, query, scan, transact_write_items, update_item,
    update_time_to_live,
};
use aws_smithy_types::error::operation::BuildError;
use std::sync::LazyLock;

/// A call, as the SDK's builder of its input.
pub(crate) trait Call {
    type Input: Value;
    type Output: Value;
    type Error: Refusal;

    fn operation() -> &'static Operation<Self::Input, Self::Output, Self::Error>;
    fn build(self) -> Result<Self::Input, BuildError>;
    #[cfg(any(test, feature = "sdk"))]
    fn send_with(self, client: &Client) -> impl Future<Output = Sent<Self::Output, Self::Error>> + Send;
}

macro_rules! calls {
    ($($module:ident: $operation:ident, $builder:ident, $input:ident, $output:ident, $error:ident;)*) => {$(
        impl Call for $module::builders::$builder {
            type Input = $module::$input;
            type Output = $module::$output;
            type Error = $module::$error;

            fn operation() -> &'static Operation<Self::Input, Self::Output, Self::Error> {
                static OPERATION: LazyLock<Operation<$module::$input, $module::$output, $module::$error>> =
                    LazyLock::new(|| Operation::of(&$module::$operation::new()));
                &OPERATION
            }

            fn build(self) -> Result<Self::Input, BuildError> {
                self.build()
            }

            #[cfg(any(test, feature = "sdk"))]
            fn send_with(self, client: &Client) -> impl Future<Output = Sent<Self::Output, Self::Error>> + Send {
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
