//! A question and its answer in the SDK's types.

use crate::{Answer, Part, Question, Unanswered, Usage, answer};
use aws_sdk_bedrockruntime::error::BuildError;
use aws_sdk_bedrockruntime::operation::converse::ConverseOutput;
use aws_sdk_bedrockruntime::operation::converse::builders::ConverseInputBuilder;
use aws_sdk_bedrockruntime::primitives::Blob;
use aws_sdk_bedrockruntime::types::{
    ContentBlock, ConversationRole, ImageBlock, ImageFormat, ImageSource, InferenceConfiguration, JsonSchemaDefinition,
    Message, OutputConfig, OutputFormat, OutputFormatStructure, OutputFormatType, StopReason, SystemContentBlock,
    TokenUsage,
};

pub(super) fn request(question: &Question<'_>) -> Result<ConverseInputBuilder, Unanswered> {
    let tokens_max = i32::try_from(question.answer_tokens_max);
    let tokens_max = tokens_max.map_err(|_| Unanswered::odd("it may have more tokens than can be asked for"))?;
    let inference = InferenceConfiguration::builder().max_tokens(tokens_max).temperature(0.0);
    let built = || {
        let parts = question.parts.iter().map(part).collect::<Result<Vec<_>, _>>()?;
        let message = Message::builder().role(ConversationRole::User).set_content(Some(parts)).build()?;
        let output = OutputConfig::builder().text_format(format(question)?);
        Ok(ConverseInputBuilder::default()
            .system(SystemContentBlock::Text(question.instructions.to_owned()))
            .messages(message)
            .inference_config(inference.build())
            .output_config(output.build()))
    };
    built().map_err(|_: BuildError| Unanswered::odd("the request cannot be made"))
}

fn part(part: &Part<'_>) -> Result<ContentBlock, BuildError> {
    match part {
        Part::Text(text) => Ok(ContentBlock::Text((*text).to_owned())),
        Part::Jpeg(bytes) => {
            let source = ImageSource::Bytes(Blob::new(*bytes));
            Ok(ContentBlock::Image(ImageBlock::builder().format(ImageFormat::Jpeg).source(source).build()?))
        }
    }
}

fn format(question: &Question<'_>) -> Result<OutputFormat, BuildError> {
    let schema =
        JsonSchemaDefinition::builder().name(question.schema_name).schema(question.schema.to_string()).build()?;
    let structure = OutputFormatStructure::JsonSchema(schema);
    OutputFormat::builder().r#type(OutputFormatType::JsonSchema).structure(structure).build()
}

pub(super) fn answer(output: ConverseOutput) -> Result<Answer, Unanswered> {
    match &output.stop_reason {
        StopReason::EndTurn => {}
        StopReason::MaxTokens | StopReason::ModelContextWindowExceeded => return Err(Unanswered::Truncated),
        StopReason::ContentFiltered | StopReason::GuardrailIntervened => return Err(Unanswered::Refused),
        // Claude's own word, which the SDK does not list.
        other if other.as_str() == "refusal" => return Err(Unanswered::Refused),
        _ => return Err(Unanswered::odd("it ended neither with a text nor for a reason that is known")),
    }
    let usage = output.usage.as_ref().and_then(usage).ok_or_else(|| Unanswered::odd("it does not say what it cost"))?;
    let message = output.output.and_then(|output| output.as_message().ok().cloned());
    let text = message.and_then(|message| text(message.content));
    let text = text.ok_or_else(|| Unanswered::odd("it is not one text"))?;
    Ok(Answer { json: answer::json(text)?, usage })
}

/// The only text; what a model thought before it is passed over.
fn text(blocks: Vec<ContentBlock>) -> Option<String> {
    let mut blocks = blocks.into_iter().filter(|block| !block.is_reasoning_content());
    match (blocks.next(), blocks.next()) {
        (Some(ContentBlock::Text(text)), None) => Some(text),
        (_, _) => None,
    }
}

fn usage(usage: &TokenUsage) -> Option<Usage> {
    // Tokens of a cache, which nobody asks for here, would be counted apart.
    Some(Usage { input: u64::try_from(usage.input_tokens).ok()?, output: u64::try_from(usage.output_tokens).ok()? })
}
