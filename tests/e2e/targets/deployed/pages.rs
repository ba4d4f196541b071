//! The pages of a stack, in a browser.

use crate::clients::web::stories::{Site, play};
use harness::Api;
use harness::deployed::Deployed;

fn site(stack: &Deployed) -> Site {
    Site { pages: stack.url().to_owned(), api: stack.url_by_path(), admin_key: stack.admin_key.clone() }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operator_does_a_task_and_its_photo_goes_straight_to_the_bucket() {
    let stack = Deployed::open().await;
    let agent = stack.agent("100").await;
    play("deployed", &site(&stack), Some(&agent)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operator_signs_in_at_clerk() {
    let stack = Deployed::open_live().await;
    play("signed-in", &site(&stack), None).await;
}
