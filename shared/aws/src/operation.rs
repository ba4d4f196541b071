//! What the SDK knows of an operation: how it is written, and how its answer is read.

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::Input;
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_runtime_api::client::runtime_plugin::RuntimePlugin;
use aws_smithy_runtime_api::client::ser_de::{
    DeserializeResponse, SerializeRequest, SharedRequestSerializer, SharedResponseDeserializer,
};
use aws_smithy_types::config_bag::{ConfigBag, FrozenLayer};
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use std::fmt::Debug;
use std::marker::PhantomData;

/// An operation by its input, its output and its error. Make it once.
#[derive(Debug)]
pub struct Operation<I, O, E> {
    settings: FrozenLayer,
    types: PhantomData<fn(I) -> Result<O, E>>,
}

/// What a call is answered.
pub type Sent<O, E> = Result<O, SdkError<E, HttpResponse>>;

/// What is asked, or answered.
pub trait Value: Debug + Send + Sync + 'static {}

impl<T: Debug + Send + Sync + 'static> Value for T {}

/// An error that a service says.
pub trait Refusal: std::error::Error + ProvideErrorMetadata + Send + Sync + 'static {}

impl<T: std::error::Error + ProvideErrorMetadata + Send + Sync + 'static> Refusal for T {}

impl<I: Value, O: Value, E: Refusal> Operation<I, O, E> {
    /// By the SDK's settings of it, in which its serializer and deserializer are. Panics on what is none.
    pub fn of(plugin: &impl RuntimePlugin) -> Self {
        Self { settings: plugin.config().expect("an operation has settings"), types: PhantomData }
    }

    /// Without an endpoint.
    pub(crate) fn written(&self, input: I) -> Result<HttpRequest, BoxError> {
        let serializer = self.settings.load::<SharedRequestSerializer>().ok_or("no serializer")?;
        serializer.serialize_input(Input::erase(input), &mut ConfigBag::base())
    }

    /// Its body is at hand.
    #[expect(clippy::result_large_err, reason = "the SDK's calls answer so")]
    pub(crate) fn read(&self, mut answer: HttpResponse) -> Sent<O, E> {
        let Some(deserializer) = self.settings.load::<SharedResponseDeserializer>() else {
            return Err(SdkError::construction_failure("no deserializer"));
        };
        let unreadable = |answer| SdkError::response_error("the answer is of another operation", answer);
        let settings = ConfigBag::base();
        let streamed = deserializer.deserialize_streaming_with_config(&mut answer, &settings);
        let read = streamed.unwrap_or_else(|| deserializer.deserialize_nonstreaming_with_config(&answer, &settings));
        let error = match read {
            Ok(output) => return output.downcast().map_err(|_| unreadable(answer)),
            Err(error) => error,
        };
        let mut said = None;
        let other = error.map_operation_error(|error| {
            said = Some(error);
            std::fmt::Error
        });
        match said.map(|error| error.downcast()) {
            Some(Ok(error)) => Err(SdkError::service_error(error, answer)),
            Some(Err(_)) => Err(unreadable(answer)),
            None => Err(SdkError::response_error(other, answer)),
        }
    }
}
