//! The quick start of docs/AGENTS.md.

use humanops_client::types::TaskType;
use humanops_client::{Client, Draft, Error, Usd};

#[tokio::main]
async fn main() -> Result<(), Error> {
    // HUMANOPS_API_KEY and HUMANOPS_API_URL.
    let client = Client::from_env()?;
    let draft = Draft::new(
        TaskType::Verification,
        "Verify storefront signage",
        "Take a clear photo of the sign at 123 Main St",
        Usd::dollars(25),
    )
    .at(40.7128, -74.006, "123 Main St, New York, NY");
    let task = client.post_task(draft).await?;
    println!("{} {}", task.task_id, task.status);
    Ok(())
}
