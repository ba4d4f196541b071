//! A queue of the stack, seen from beside its worker.

use aws_sdk_sqs::Client;
use aws_sdk_sqs::types::QueueAttributeName::{
    ApproximateNumberOfMessages, ApproximateNumberOfMessagesDelayed, ApproximateNumberOfMessagesNotVisible,
    DelaySeconds, VisibilityTimeout,
};
use aws_sdk_sqs::types::{QueueAttributeName, SendMessageBatchRequestEntry as Entry};
use futures::FutureExt;
use std::panic::{AssertUnwindSafe, resume_unwind};

#[derive(Clone, Copy)]
pub struct Queue<'a> {
    pub(crate) client: &'a Client,
    pub(crate) url: &'a str,
}

impl Queue<'_> {
    /// Sends these together, so that they make one batch, and without delay.
    pub async fn send(&self, bodies: &[&str]) {
        let entry = |(n, body): (usize, &&str)| {
            Entry::builder().id(format!("m{n}")).message_body(*body).delay_seconds(0).build().unwrap()
        };
        let entries = bodies.iter().enumerate().map(entry).collect();
        let sent =
            self.client.send_message_batch().queue_url(self.url).set_entries(Some(entries)).send().await.unwrap();
        assert_eq!(sent.failed(), []);
    }

    /// Takes what waits, at most ten messages.
    pub async fn take(&self) -> Vec<String> {
        let asked = self.client.receive_message().queue_url(self.url).max_number_of_messages(10);
        let messages = asked.send().await.unwrap().messages.unwrap_or_default();
        for message in &messages {
            let handle = message.receipt_handle().unwrap();
            self.client.delete_message().queue_url(self.url).receipt_handle(handle).send().await.unwrap();
        }
        messages.into_iter().map(|message| message.body.unwrap()).collect()
    }

    /// How many messages wait, and how many a worker has.
    pub async fn counts(&self) -> (u32, u32) {
        let count = async |name| self.attribute(name).await.parse::<u32>().unwrap();
        let waiting = count(ApproximateNumberOfMessages).await + count(ApproximateNumberOfMessagesDelayed).await;
        (waiting, count(ApproximateNumberOfMessagesNotVisible).await)
    }

    /// Runs a story in which what failed comes back after so many seconds.
    pub async fn returning_after<T>(&self, seconds: u32, story: impl Future<Output = T>) -> T {
        self.having(VisibilityTimeout, seconds, story).await
    }

    /// Runs a story in which messages of others arrive so many seconds late.
    pub async fn delaying_others<T>(&self, seconds: u32, story: impl Future<Output = T>) -> T {
        self.having(DelaySeconds, seconds, story).await
    }

    async fn having<T>(&self, name: QueueAttributeName, value: u32, story: impl Future<Output = T>) -> T {
        let usual = self.attribute(name.clone()).await;
        self.set(name.clone(), &value.to_string()).await;
        let outcome = AssertUnwindSafe(story).catch_unwind().await;
        self.set(name, &usual).await;
        outcome.unwrap_or_else(|panic| resume_unwind(panic))
    }

    async fn set(&self, name: QueueAttributeName, value: &str) {
        self.client.set_queue_attributes().queue_url(self.url).attributes(name, value).send().await.unwrap();
    }

    async fn attribute(&self, name: QueueAttributeName) -> String {
        let asked = self.client.get_queue_attributes().queue_url(self.url).attribute_names(name.clone());
        let answer = asked.send().await.unwrap();
        answer.attributes.unwrap()[&name].clone()
    }
}
