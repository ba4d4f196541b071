//! A system whose money is on a chain: anvil, a process of its own, with the double of USDC.

use crate::{Agent, Api, Caller, OperatorKey, World};
use anvil::accounts::ADDRESSES;
use anvil::{Anvil, Rpc, Token};
use chain::{Address, B256};
use humanops::Options;
use humanops::system::Rig;
use serde_json::json;
use std::ops::Deref;

/// The account of anvil that pays payouts.
pub const TREASURY: Address = ADDRESSES[1];
/// The one that pays for their gas.
pub const RELAYER: Address = ADDRESSES[2];
/// One that sends deposits, and has plenty.
pub const CUSTOMER: Address = ADDRESSES[5];
/// One that is paid.
pub const WALLET: Address = ADDRESSES[6];

/// Anvil calls the block before the last safe, and the one before that final.
const UNTIL_FINAL: u64 = 2;

/// A system in test mode, unless its options say otherwise, and its chain.
pub struct OnChain {
    pub world: World,
    pub anvil: Anvil,
    pub token: Token,
}

impl OnChain {
    pub async fn new() -> Self {
        Self::with(|_| {}, Rig::default()).await
    }

    /// With other options, which know where the chain is.
    pub async fn with(change: impl FnOnce(&mut Options), rig: Rig) -> Self {
        let anvil = Self::chain().await;
        let mut options = Options::ephemeral();
        options.chain = vec![anvil.url().parse().unwrap()];
        change(&mut options);
        let world = World::with(options, rig).await;
        let token = Token::at(Token::FIRST);
        token.mint(anvil.rpc(), CUSTOMER, 1_000_000_000_000).await.unwrap();
        Self { world, anvil, token }
    }

    /// A chain alone.
    pub async fn chain() -> Anvil {
        let binary = anvil::binary(crate::binary::root());
        Anvil::start(&binary, anvil::Options::default()).await.unwrap()
    }

    pub fn rpc(&self) -> &Rpc {
        self.anvil.rpc()
    }

    /// Where the agent's deposits go.
    pub async fn address_of(&self, agent: &Agent) -> Address {
        let reply = self.world.get(agent, "/agents/deposit-address").await.expect(200);
        reply.text_of("address").parse().unwrap()
    }

    /// Sends this many micro-dollars to the agent's address; answers the transaction.
    pub async fn pay(&self, agent: &Agent, micros: u64) -> B256 {
        let to = self.address_of(agent).await;
        self.token.transfer(self.rpc(), CUSTOMER, to, micros).await.unwrap()
    }

    /// Claims a transaction as the agent would.
    pub async fn claim(&self, agent: &Agent, tx_hash: B256, usdc: &str) -> crate::Reply {
        let body = json!({ "tx_hash": tx_hash.to_string(), "amount_usdc": usdc });
        self.world.post(agent, "/agents/deposit/usdc", body).await
    }

    /// Blocks until everything so far is final.
    pub async fn finalize(&self) {
        self.rpc().mine(UNTIL_FINAL).await.unwrap();
    }

    /// A new agent with this many whole dollars, which came over the chain.
    pub async fn funded(&self, dollars: u64) -> Agent {
        let agent = self.world.agent("0").await;
        self.pay(&agent, dollars * 1_000_000).await;
        self.finalize().await;
        self.world.settle().await;
        agent
    }

    /// An operator with so many tasks of $25 whose reward is available.
    pub async fn earner(&self, tasks: u64) -> OperatorKey {
        let agent = self.funded(100 * tasks).await;
        let operator = self.world.operator("Jane Doe").await;
        for _ in 0..tasks {
            self.world.judged(&agent, &operator, "guardian:approve").await;
        }
        self.world.advance(7 * crate::DAY_S).await;
        operator
    }

    /// Asks for a payout of USDC to [`WALLET`].
    pub async fn pay_out(&self, operator: &OperatorKey, dollars: &str) -> crate::Reply {
        let body = json!({ "amount_usd": dollars, "wallet_address": WALLET.to_string() });
        self.world.post(operator, "/operator/payout", body).await
    }

    /// Lets everything happen until nothing more does, while blocks come and seconds pass.
    pub async fn play_out(&self) {
        for _ in 0..6 {
            self.world.advance(61).await;
            self.finalize().await;
        }
        self.world.settle().await;
    }

    /// The books are right, and the chain has what they say, to the micro-dollar.
    pub async fn audit(&self) {
        self.world.audit().await;
        let on_chain = self.world.system.on_chain.as_ref().unwrap();
        let compared = on_chain.reconcile(&self.world.system.store).await.unwrap();
        // Before the watcher has begun there is nothing to compare.
        let difference = compared.map_or(0, |compared| compared.difference());
        assert_eq!(difference, 0, "{compared:?}");
    }

    /// Tokens of an account, in micro-dollars.
    pub async fn tokens(&self, account: Address) -> u64 {
        self.token.balance_of(self.rpc(), account).await.unwrap()
    }

    /// Asks as staff.
    pub fn staff(&self) -> Caller<'_> {
        Caller::Admin(&self.world.system.admin_key)
    }
}

impl Deref for OnChain {
    type Target = World;

    fn deref(&self) -> &World {
        &self.world
    }
}
