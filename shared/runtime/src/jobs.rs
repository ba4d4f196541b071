//! Sends jobs to the queues of their workers. Does none.

use crate::Failure;
use crate::environment::deployment::Core;
use crate::variables::{Refusal, Variables};
use aws::{Name, Operation, Service};
use aws_sdk_sqs::operation::send_message_batch::{
    SendMessageBatch, SendMessageBatchError, SendMessageBatchInput, SendMessageBatchOutput,
};
use aws_sdk_sqs::types::{
    MessageSystemAttributeNameForSends as Attribute, MessageSystemAttributeValue as Value,
    SendMessageBatchRequestEntry as Entry,
};
use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;
use store::events::job::Job;

/// The queues that a function may send to.
#[derive(Debug)]
pub struct Queues {
    judge_url: Option<String>,
    deliver_url: Option<String>,
    pay_url: Option<String>,
    push_url: Option<String>,
}

/// A sender. Build one per process.
#[derive(Debug)]
pub struct Outbox {
    sqs: Service,
    queues: Queues,
}

/// Messages that SQS takes at once.
const AT_ONCE: usize = 10;
/// In bytes, of what is said about each of them.
const ANSWER_MAX: usize = 64 << 10;
const WHOLE: &str = "every required member is set";

static SEND: LazyLock<Operation<SendMessageBatchInput, SendMessageBatchOutput, SendMessageBatchError>> =
    LazyLock::new(|| Operation::of(&SendMessageBatch::new()));

impl Queues {
    /// All of them: `HUMANOPS_JUDGE_QUEUE_URL`, `HUMANOPS_DELIVER_QUEUE_URL`, `HUMANOPS_PAY_QUEUE_URL` and
    /// `HUMANOPS_PUSH_QUEUE_URL`.
    pub fn read(variables: &Variables) -> Result<Self, Refusal> {
        let judge_url = Some(variables.required("HUMANOPS_JUDGE_QUEUE_URL")?);
        let push_url = Some(variables.required("HUMANOPS_PUSH_QUEUE_URL")?);
        Ok(Self { judge_url, push_url, ..Self::of_what_is_due(variables)? })
    }

    /// Those for what becomes due: callbacks and payouts.
    pub fn of_what_is_due(variables: &Variables) -> Result<Self, Refusal> {
        let deliver_url = Some(variables.required("HUMANOPS_DELIVER_QUEUE_URL")?);
        let pay_url = Some(variables.required("HUMANOPS_PAY_QUEUE_URL")?);
        Ok(Self { judge_url: None, deliver_url, pay_url, push_url: None })
    }

    /// A sender to them, in the same account.
    ///
    /// # Errors
    /// What Lambda sets is not enough to ask AWS.
    pub fn outbox(self, core: &Core) -> Result<Outbox, Failure> {
        Ok(Outbox { sqs: core.aws.service(Name::Sqs)?, queues: self })
    }

    fn url_of(&self, job: &Job) -> Result<&str, Failure> {
        let url = match job {
            Job::Judge(_) => &self.judge_url,
            Job::Deliver(_) => &self.deliver_url,
            Job::Pay(..) => &self.pay_url,
            Job::Push(_) => &self.push_url,
        };
        url.as_deref().ok_or_else(|| format!("this function may not ask for {job:?}").into())
    }
}

impl Outbox {
    /// Sends each job to its worker.
    ///
    /// # Errors
    /// Not all were taken. Sending all of them again is safe: workers recognise a repetition.
    pub async fn send(&self, jobs: &[Job]) -> Result<(), Failure> {
        let mut by_queue: BTreeMap<&str, Vec<&Job>> = BTreeMap::new();
        for job in jobs {
            by_queue.entry(self.queues.url_of(job)?).or_default().push(job);
        }
        for (queue_url, jobs) in by_queue {
            self.send_to(queue_url, &jobs).await?;
        }
        Ok(())
    }

    async fn send_to(&self, queue_url: &str, jobs: &[&Job]) -> Result<(), Failure> {
        // Lambda says it anew for each invocation. Of what is no trace SQS would refuse the message.
        let trace = std::env::var("_X_AMZN_TRACE_ID").ok().filter(|trace| trace.starts_with("Root=1-"));
        for batch in jobs.chunks(AT_ONCE) {
            let entries = batch.iter().enumerate().map(|(index, job)| entry(index, job, trace.as_deref())).collect();
            let input = SendMessageBatchInput::builder().queue_url(queue_url).set_entries(Some(entries)).build()?;
            let sent = self.sqs.send(&SEND, input, ANSWER_MAX).await;
            let answer = sent.map_err(|error| aws::in_words(&error))?;
            if let Some(refused) = answer.failed().first() {
                let (count, code) = (answer.failed().len(), refused.code());
                return Err(format!("{count} of {} jobs were not taken: {code}", batch.len()).into());
            }
        }
        Ok(())
    }
}

/// With the trace that goes on at the worker, if there is one.
fn entry(index: usize, job: &Job, trace: Option<&str>) -> Entry {
    let body = serde_json::to_string(job).expect("a job is texts and numbers");
    // A standard queue is fair between groups: whoever has many messages does not delay those who have few.
    let group = match job {
        Job::Judge(_) | Job::Pay(..) => None,
        Job::Deliver(delivery) => Some(delivery.agent.to_string()),
        Job::Push(notice) => notice.operator.as_ref().map(ToString::to_string),
    };
    let entry = Entry::builder().id(index.to_string()).message_body(body).set_message_group_id(group);
    let traced = trace.map(|trace| Value::builder().data_type("String").string_value(trace).build());
    let traced = traced.map(|trace| HashMap::from([(Attribute::AwsTraceHeader, trace.expect(WHOLE))]));
    entry.set_message_system_attributes(traced).build().expect(WHOLE)
}

#[cfg(test)]
mod tests;
