//! A worker dies at each step of a payout: before it, after it, without an answer to it, or beside another that does
//! the same. Afterwards a fresh one carries on, and the money arrives once, or is back once (PO-2).

mod killed;

use super::node::{Fault as NodeFault, Node};
use super::{agent_id, arrivals, by_hand, depositor, expect, stored};
use domain::PayoutId;
use domain::money::payout::{Payee, PayoutStatus};
use futures::future::join;
use harness::on_chain::WALLET;
use harness::{Agent, Api, Caller, Fault, MONEY, OnChain, Proxy, Reply};
use humanops::Options;
use serde_json::json;
use std::collections::BTreeMap;

/// The steps of a payout that somebody outside has to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Reserve,
    Sign,
    Store,
    Send,
    Raise,
    Confirm,
    Unconfirm,
    Complete,
    Refund,
}

const STEPS: [Step; 9] = [
    Step::Reserve,
    Step::Sign,
    Step::Store,
    Step::Send,
    Step::Raise,
    Step::Confirm,
    Step::Unconfirm,
    Step::Complete,
    Step::Refund,
];

/// How a step goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    /// It is not done, and the worker is gone.
    CrashBefore,
    /// It is done, and the worker is gone before it knows.
    CrashAfter,
    /// It is done and the answer lost; the worker goes on.
    LostAnswer,
    /// Two workers do it at the same time.
    Twice,
}

/// Of which service a step is asked.
enum Call {
    Store(&'static str),
    Node(&'static str),
}

const COUNT: &str = "eth_getTransactionCount";
const SEND: &str = "eth_sendRawTransaction";
/// Seconds after which an authorization is good no longer.
const EXPIRED_S: u64 = 24 * 60 * 60 + 1;

/// A system whose store and whose chain can be broken, and an agent who takes its money back.
struct Stage {
    proxy: Proxy,
    node: Node,
    chain: OnChain,
    agent: Agent,
    payee: Payee,
}

impl Stage {
    async fn set() -> Self {
        let anvil = OnChain::chain().await;
        let node = Node::before(anvil.url()).await;
        let mut options = Options::ephemeral();
        options.chain = vec![node.url().parse().unwrap()];
        let (proxy, world) = Proxy::world(options).await;
        let token = anvil::Token::at(anvil::Token::FIRST);
        token.mint(anvil.rpc(), harness::on_chain::CUSTOMER, 1_000_000_000).await.unwrap();
        let chain = OnChain { world, anvil, token };
        let agent = depositor(&chain, 500).await;
        let payee = agent_id(&agent);
        Self { proxy, node, chain, agent, payee }
    }

    async fn ask(&self, key: &str) -> Reply {
        let headers = [("idempotency-key", key)];
        let body = Some(json!({ "amount_usd": "10" }));
        self.chain.request(Caller::Agent(&self.agent), "POST", "/agents/withdrawals", &headers, body).await
    }

    /// A worker that works once. Whether it came to an end.
    async fn work(&self, id: PayoutId) -> bool {
        by_hand(&self.chain).pay(&self.payee, id).await.is_ok()
    }

    async fn at(&self, id: PayoutId, status: PayoutStatus) {
        expect(&stored(&self.chain, &self.payee, id).await, status);
    }

    /// Brings a payout to where only this step is next; says who is asked for it.
    async fn bring(&self, id: PayoutId, step: Step) -> Call {
        let rpc = self.chain.rpc();
        match step {
            Step::Reserve | Step::Sign => Call::Store("TransactWriteItems"),
            Step::Store => {
                self.sign_only(id).await;
                Call::Store("TransactWriteItems")
            }
            Step::Send => {
                self.sign_only(id).await;
                Call::Node(SEND)
            }
            Step::Raise => {
                rpc.set_automine(false).await.unwrap();
                assert!(self.work(id).await);
                self.chain.pass(61);
                Call::Store("TransactWriteItems")
            }
            Step::Confirm => {
                assert!(self.work(id).await);
                self.at(id, PayoutStatus::Broadcast).await;
                rpc.mine(1).await.unwrap();
                Call::Store("PutItem")
            }
            Step::Unconfirm => {
                self.confirm_only(id).await;
                rpc.reorg(2).await.unwrap();
                Call::Store("PutItem")
            }
            Step::Complete => {
                self.confirm_only(id).await;
                rpc.mine(1).await.unwrap();
                Call::Store("TransactWriteItems")
            }
            Step::Refund => {
                self.sign_only(id).await;
                rpc.increase_time(EXPIRED_S).await.unwrap();
                rpc.mine(2).await.unwrap();
                Call::Store("TransactWriteItems")
            }
        }
    }

    async fn sign_only(&self, id: PayoutId) {
        self.node.refuse(COUNT);
        assert!(!self.work(id).await);
        self.node.recover();
        self.at(id, PayoutStatus::Signed).await;
    }

    async fn confirm_only(&self, id: PayoutId) {
        assert!(self.work(id).await);
        self.chain.rpc().mine(1).await.unwrap();
        assert!(self.work(id).await);
        self.at(id, PayoutStatus::Confirmed).await;
    }

    /// Has the next call go wrong so.
    fn spoil(&self, call: &Call, mode: Mode) {
        match (call, mode) {
            (_, Mode::Twice) => {}
            // The client of the store asks three times.
            (Call::Store(name), Mode::CrashBefore) => self.proxy.inject(name, &[Fault::Fail; 3]),
            (Call::Store(name), Mode::CrashAfter) => {
                self.proxy.inject(name, &[Fault::LoseAnswer, Fault::Fail, Fault::Fail]);
            }
            (Call::Store(name), Mode::LostAnswer) => self.proxy.inject(name, &[Fault::LoseAnswer]),
            (Call::Node(name), Mode::CrashBefore) => self.node.inject(name, NodeFault::Fail),
            (Call::Node(name), Mode::CrashAfter) => self.node.inject(name, NodeFault::LoseAnswer),
            (Call::Node(name), Mode::LostAnswer) => self.node.inject(name, NodeFault::BreakAnswer),
        }
    }

    /// Asks for a payout, which is spoilt so if it is the step; answers its id.
    async fn reserve(&self, key: &str, step: Step, mode: Mode) -> PayoutId {
        if step == Step::Reserve {
            self.spoil(&Call::Store(MONEY), mode);
            let dies = matches!(mode, Mode::CrashBefore | Mode::CrashAfter);
            let (first, _) = join(self.ask(key), async {
                if mode == Mode::Twice {
                    drop(self.ask(key).await)
                }
            })
            .await;
            assert_eq!((first.status, self.proxy.unmet()), (if dies { 500 } else { 202 }, 0), "{mode:?}");
        }
        PayoutId::parse(&self.ask(key).await.expect(202).text_of("withdrawal_id")).unwrap()
    }

    /// Does the step, spoilt so, and has the workers of the system carry on.
    async fn play(&self, step: Step, mode: Mode) -> PayoutId {
        let id = self.reserve(&format!("{step:?}"), step, mode).await;
        if step != Step::Reserve {
            let call = self.bring(id, step).await;
            self.spoil(&call, mode);
            let dies = matches!(mode, Mode::CrashBefore | Mode::CrashAfter);
            let done = match mode {
                Mode::Twice => {
                    let (one, other) = join(self.work(id), self.work(id)).await;
                    one && other
                }
                Mode::CrashBefore | Mode::CrashAfter | Mode::LostAnswer => self.work(id).await,
            };
            assert_eq!((done, self.proxy.unmet(), self.node.unmet()), (!dies, 0, 0), "{step:?} {mode:?}");
        }
        self.chain.rpc().set_automine(true).await.unwrap();
        self.chain.rpc().mine(1).await.unwrap();
        for _ in 0..3 {
            self.chain.advance(61).await;
            self.chain.finalize().await;
        }
        self.chain.settle().await;
        id
    }
}

/// Each step goes wrong in this way, one payout after the other.
async fn check(mode: Mode) {
    let stage = Stage::set().await;
    let (mut arrived, mut ids) = (0, BTreeMap::new());
    for step in STEPS {
        let id = stage.play(step, mode).await;
        ids.insert(id, step);
        let ended = if step == Step::Refund { PayoutStatus::Failed } else { PayoutStatus::Completed };
        stage.at(id, ended).await;
        arrived += usize::from(step != Step::Refund);
        assert_eq!(arrivals(&stage.chain, WALLET).await, vec![10_000_000; arrived], "{step:?} {mode:?}");
    }
    stage.chain.audit().await;
    assert_eq!(ids.len(), STEPS.len());
    assert_eq!(stage.chain.system.store.payouts(&stage.payee).await.unwrap().len(), STEPS.len());
    stage.chain.assert_balances(&stage.agent, "deposit 420.00 escrow 0.00 revenue 0.00").await;
}

#[tokio::test]
async fn po02_a_crash_before_any_step_is_made_up_for() {
    check(Mode::CrashBefore).await;
}

#[tokio::test]
async fn po02_a_crash_after_any_step_repeats_nothing() {
    check(Mode::CrashAfter).await;
}

#[tokio::test]
async fn po02_a_lost_answer_to_any_step_repeats_nothing() {
    check(Mode::LostAnswer).await;
}

#[tokio::test]
async fn po02_two_workers_at_any_step_do_it_once() {
    check(Mode::Twice).await;
}
