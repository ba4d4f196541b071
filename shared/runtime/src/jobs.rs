//! Sends jobs to the queues of their workers.

use crate::Failure;
use crate::environment::Queues;
use aws_sdk_sqs::Client;
use aws_sdk_sqs::types::SendMessageBatchRequestEntry as Entry;
use store::job::Job;

/// A sender. Build one per process.
#[derive(Debug)]
pub struct Outbox {
    client: Client,
    judge_url: Option<String>,
    deliver_url: String,
}

/// Messages that SQS takes at once.
const AT_ONCE: usize = 10;

impl Outbox {
    pub(crate) fn new(client: Client, queues: Queues) -> Self {
        Self { client, judge_url: queues.judge_url, deliver_url: queues.deliver_url }
    }

    /// Sends each job to its worker.
    ///
    /// # Errors
    /// Not all were taken. Sending all of them again is safe: workers recognise a repetition.
    pub async fn send(&self, jobs: &[Job]) -> Result<(), Failure> {
        let (judge, deliver): (Vec<&Job>, Vec<&Job>) = jobs.iter().partition(|job| matches!(job, Job::Judge(_)));
        match &self.judge_url {
            Some(url) => self.send_to(url, &judge).await?,
            None if judge.is_empty() => {}
            None => return Err("this function may not ask for judgements".into()),
        }
        self.send_to(&self.deliver_url, &deliver).await
    }

    async fn send_to(&self, queue_url: &str, jobs: &[&Job]) -> Result<(), Failure> {
        for batch in jobs.chunks(AT_ONCE) {
            let entries = batch.iter().enumerate().map(|(index, job)| entry(index, job)).collect();
            let request = self.client.send_message_batch().queue_url(queue_url).set_entries(Some(entries));
            let answer = request.send().await.map_err(aws_sdk_sqs::Error::from)?;
            if let Some(refused) = answer.failed().first() {
                let (count, code) = (answer.failed().len(), refused.code());
                return Err(format!("{count} of {} jobs were not taken: {code}", batch.len()).into());
            }
        }
        Ok(())
    }
}

fn entry(index: usize, job: &Job) -> Entry {
    let body = serde_json::to_string(job).expect("a job is texts and numbers");
    let entry = Entry::builder().id(index.to_string()).message_body(body).build();
    entry.expect("every required member is set")
}
