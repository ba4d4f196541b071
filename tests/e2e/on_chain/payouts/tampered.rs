//! A payout that was changed behind our back is never signed, and what was signed pays nobody else (PO-11).

use super::{agent_id, arrivals, depositor, expect, stored, withdraw};
use anvil::accounts::ADDRESSES;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::AttributeValue;
use domain::PayoutId;
use domain::money::payout::{Payee, PayoutStatus};
use harness::OnChain;
use harness::on_chain::WALLET;
use humanops::engine::Engine;
use humanops::system::Rig;

const THIEF: chain::Address = ADDRESSES[7];

async fn rigged() -> (OnChain, Client) {
    let engine = Engine::open(None).unwrap();
    let client = engine.client();
    (OnChain::with(|_| {}, Rig { engine: Some(engine), ..Rig::default() }).await, client)
}

/// Sets an attribute of a payout; answers what it was.
async fn change(client: &Client, (payee, id): (&Payee, PayoutId), name: &str, to: AttributeValue) -> AttributeValue {
    let update = client.update_item().table_name("humanops-core");
    let update = update.key("pk", AttributeValue::S(payee.to_string()));
    let update = update.key("sk", AttributeValue::S(format!("Y#{id}")));
    let update = update.update_expression("SET #n = :to").expression_attribute_names("#n", name);
    let update = update.return_values(aws_sdk_dynamodb::types::ReturnValue::UpdatedOld);
    let sent = update.expression_attribute_values(":to", to).send().await.unwrap();
    sent.attributes.unwrap()[name].clone()
}

/// What a thief with access to the table would change.
fn changes() -> [(&'static str, AttributeValue); 2] {
    [("to", AttributeValue::S(THIEF.to_string())), ("am", AttributeValue::N("90000000".to_owned()))]
}

#[tokio::test]
async fn po11_a_payout_that_was_changed_is_not_signed_and_as_it_was_it_is_paid() {
    for (name, changed) in changes() {
        let (chain, client) = rigged().await;
        let agent = depositor(&chain, 100).await;
        let (payee, id) = (agent_id(&agent), withdraw(&chain, &agent, "25").await);
        let was = change(&client, (&payee, id), name, changed).await;
        chain.settle().await;
        chain.play_out().await;
        let payout = stored(&chain, &payee, id).await;
        expect(&payout, PayoutStatus::Reserved);
        assert_eq!((payout.authorized, payout.attempts), (None, vec![]), "{name}");
        assert_eq!([arrivals(&chain, WALLET).await, arrivals(&chain, THIEF).await], [[0; 0]; 2], "{name}");
        assert_ne!(chain.system.store.audit().await.unwrap().violations, vec![], "{name}: the audit sees it too");

        change(&client, (&payee, id), name, was).await;
        chain.advance(3_600).await;
        chain.play_out().await;
        expect(&stored(&chain, &payee, id).await, PayoutStatus::Completed);
        assert_eq!(arrivals(&chain, WALLET).await, [25_000_000], "{name}");
        assert_eq!(arrivals(&chain, THIEF).await, [0; 0], "{name}");
        chain.audit().await;
    }
}

#[tokio::test]
async fn po11_a_payout_that_was_changed_after_it_was_signed_pays_nobody_else() {
    for (name, changed) in changes() {
        let (chain, client) = rigged().await;
        let agent = depositor(&chain, 100).await;
        let (payee, id) = (agent_id(&agent), withdraw(&chain, &agent, "25").await);
        chain.rpc().set_automine(false).await.unwrap();
        chain.settle().await;
        let sent = stored(&chain, &payee, id).await.attempts[0].tx_hash.parse().unwrap();
        assert!(chain.rpc().drop_transaction(sent).await.unwrap());
        let was = change(&client, (&payee, id), name, changed).await;
        chain.rpc().set_automine(true).await.unwrap();
        chain.advance(61).await;
        chain.play_out().await;
        assert_eq!(arrivals(&chain, THIEF).await, [0; 0], "{name}");
        assert!(chain.tokens(WALLET).await <= 25_000_000, "{name}");

        change(&client, (&payee, id), name, was).await;
        chain.play_out().await;
        chain.play_out().await;
        expect(&stored(&chain, &payee, id).await, PayoutStatus::Completed);
        assert_eq!(arrivals(&chain, WALLET).await, [25_000_000], "{name}");
        chain.audit().await;
    }
}

#[tokio::test]
async fn po11_a_payout_that_is_put_back_to_its_beginning_is_not_paid_again() {
    let (chain, client) = rigged().await;
    let agent = depositor(&chain, 100).await;
    let (payee, id) = (agent_id(&agent), withdraw(&chain, &agent, "25").await);
    chain.settle().await;
    chain.play_out().await;
    let paid = stored(&chain, &payee, id).await;
    expect(&paid, PayoutStatus::Completed);
    let was = change(&client, (&payee, id), "st", AttributeValue::S("reserved".to_owned())).await;
    let worker = super::by_hand(&chain);
    for _ in 0..3 {
        // Whatever it says to it.
        let _ = worker.pay(&payee, id).await;
        chain.finalize().await;
    }
    assert_eq!(arrivals(&chain, WALLET).await, [25_000_000]);
    assert_eq!(was, AttributeValue::S("completed".to_owned()));
}
