//! The chain as its callers meet it: before endpoints that misbehave by script, and before a real node.

mod deposits;
mod local;
mod misbehaviour;
mod node;
mod payouts;
mod scans;

use url::Url;

use crate::{Chain, ChainError, Network, Settings, Which};
use node::{Answer, Node};

/// Of Base, by these nodes.
fn chain(nodes: &[&Node]) -> Chain {
    Chain::new(settings(nodes)).unwrap()
}

fn settings(nodes: &[&Node]) -> Settings {
    Settings::new(nodes.iter().map(|node| node.url.clone()).collect(), Network::BASE)
}

#[tokio::test]
async fn a_chain_asks_nothing_before_it_is_read_and_checks_once() {
    let node = Node::start(|_, _| None).await;
    let chain = chain(&[&node]);
    assert_eq!(node.asked(), Vec::<String>::new());

    chain.is_paused().await.unwrap_err();
    chain.is_paused().await.unwrap_err();

    let check = ["eth_chainId", "eth_call", "eth_call", "eth_call", "eth_call"];
    assert_eq!(node.asked(), [&check[..], &["eth_call", "eth_call"]].concat());
}

#[tokio::test]
async fn ch18_another_chain_is_refused_with_the_endpoint_named() {
    let right = Node::start(|_, _| None).await;
    let wrong = Node::start(|method, _| (method == "eth_chainId").then(|| Answer::result("0x1"))).await;

    let refusal = Chain::connect(settings(&[&right, &wrong])).await.unwrap_err();

    assert_eq!(refusal, ChainError::WrongChain { endpoint: Which::Second, found: 1, expected: 8453 });
    assert_eq!(refusal.to_string(), "the chain's second endpoint serves chain 1, not 8453");
    assert!(refusal.is_lasting());
}

#[tokio::test]
async fn another_token_is_refused_by_what_differs() {
    let differences = [
        ("06fdde03", node::text("USDC"), "its name"),
        ("54fd4d50", node::text("1"), "its version"),
        ("313ce567", node::word(18), "the number of its decimals"),
        ("3644e515", node::word(1), "its domain separator"),
        // No contract at all.
        ("06fdde03", "0x".to_owned(), "its name"),
    ];
    for (selector, answer, what) in differences {
        let node = Node::start(move |_, parameters| {
            node::calls(parameters, selector).then(|| Answer::result(answer.as_str()))
        })
        .await;

        let refusal = Chain::connect(settings(&[&node])).await.unwrap_err();

        assert_eq!(refusal, ChainError::WrongToken { endpoint: Which::First, what });
    }
}

#[test]
fn a_chain_has_one_or_two_endpoints() {
    let url = Url::parse("https://example.com").unwrap();
    for (count, taken) in [(0, false), (1, true), (2, true), (3, false)] {
        let made = Chain::new(Settings::new(vec![url.clone(); count], Network::BASE));
        assert_eq!(made.err(), (!taken).then_some(ChainError::Endpoints(count)));
    }
}

#[test]
fn other_chains_have_no_network() {
    assert_eq!(Network::public(8453), Ok(Network::BASE));
    assert_eq!(Network::public(84532), Ok(Network::BASE_SEPOLIA));
    for other in [0, 1, 31337, 8454] {
        assert_eq!(Network::public(other), Err(ChainError::UnknownChain(other)));
    }
}

#[test]
fn nothing_prints_an_endpoint() {
    let url = Url::parse("https://provider.example/v2/key-of-ours").unwrap();
    let settings = Settings::new(vec![url], Network::BASE);
    let printed = format!("{settings:?} {:?}", Chain::new(settings.clone()).unwrap());
    assert!(!printed.contains("provider") && !printed.contains("key-of-ours"), "{printed}");
}

#[test]
fn reading_may_move_between_threads() {
    fn movable<T: Send>(_: T) {}
    let chain = Chain::new(Settings::new(vec![Url::parse("https://example.com").unwrap()], Network::BASE)).unwrap();
    movable(chain.payments_to(&[], 0, 1));
    movable(chain.payment(crate::B256::ZERO));
    movable(chain.balances(&[], 0));
    movable(chain.send_raw(&[]));
    movable(chain.simulate(crate::Address::ZERO, &crate::Bytes::new()));
    movable(chain.authorization_outcome(crate::Address::ZERO, crate::B256::ZERO, 0));
}
