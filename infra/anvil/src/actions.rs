//! What a test does to the chain itself, whichever contract it is about.

use std::time::Duration;

use alloy::primitives::{Address, B256, Bytes, U64, U256};
use alloy::rpc::types::TransactionReceipt;
use alloy::sol_types::SolCall;
use serde::Deserialize;
use serde_json::json;
use tokio::time::{Instant, sleep};

use crate::accounts;
use crate::rpc::{Error, Rpc};

const MINED_TIMEOUT: Duration = Duration::from_secs(5);
const MINED_POLL: Duration = Duration::from_millis(5);

/// What an account that is not anvil's own gets, once, to pay for its transactions.
const GAS_MONEY_WEI: U256 = U256::from_limbs([1_000_000_000_000_000_000, 0, 0, 0]);

#[derive(Deserialize)]
struct Block {
    number: U64,
    timestamp: U64,
}

impl Rpc {
    pub async fn chain_id(&self) -> Result<u64, Error> {
        Ok(self.call::<U64>("eth_chainId", ()).await?.to())
    }

    /// `tag` is `latest`, `safe` or `finalized`.
    pub async fn block_number(&self, tag: &str) -> Result<u64, Error> {
        Ok(self.call::<Block>("eth_getBlockByNumber", (tag, false)).await?.number.to())
    }

    /// The latest block's, in seconds since 1970.
    pub async fn timestamp(&self) -> Result<u64, Error> {
        Ok(self.call::<Block>("eth_getBlockByNumber", ("latest", false)).await?.timestamp.to())
    }

    pub async fn mine(&self, blocks: u64) -> Result<(), Error> {
        self.call("anvil_mine", [U64::from(blocks)]).await
    }

    /// Puts as many other blocks, all empty, in the place of the last `depth`: their transactions never happened.
    pub async fn reorg(&self, depth: u64) -> Result<(), Error> {
        self.call("anvil_reorg", json!([depth, []])).await
    }

    /// Takes the last `depth` blocks away.
    pub async fn rollback(&self, depth: u64) -> Result<(), Error> {
        self.call("anvil_rollback", [depth]).await
    }

    /// Forgets a transaction that is in no block yet. Whether it was there.
    pub async fn drop_transaction(&self, hash: B256) -> Result<bool, Error> {
        Ok(self.call::<Option<B256>>("anvil_dropTransaction", [hash]).await?.is_some())
    }

    pub async fn set_automine(&self, automine: bool) -> Result<(), Error> {
        self.call("evm_setAutomine", [automine]).await
    }

    /// Mines a block that is so much later than now, and all after it are.
    pub async fn increase_time(&self, seconds: u64) -> Result<(), Error> {
        self.call::<serde_json::Value>("evm_increaseTime", [U64::from(seconds)]).await?;
        self.mine(1).await
    }

    /// Of the next block, which somebody else mines; in seconds since 1970, later than the latest's.
    pub async fn set_next_timestamp(&self, unix_s: u64) -> Result<(), Error> {
        self.call("evm_setNextBlockTimestamp", [U64::from(unix_s)]).await
    }

    /// Sets, not adds.
    pub async fn fund(&self, address: Address, wei: U256) -> Result<(), Error> {
        self.call("anvil_setBalance", (address, wei)).await
    }

    pub async fn wei_of(&self, address: Address) -> Result<U256, Error> {
        self.call("eth_getBalance", (address, "latest")).await
    }

    /// `None`: in no block, or no longer in one.
    pub async fn receipt(&self, hash: B256) -> Result<Option<TransactionReceipt>, Error> {
        self.call("eth_getTransactionReceipt", [hash]).await
    }

    /// The receipt, for which it waits.
    ///
    /// # Errors
    /// It is in no block in time, because nobody mines or because it was dropped.
    pub async fn mined(&self, hash: B256) -> Result<TransactionReceipt, Error> {
        let deadline = Instant::now() + MINED_TIMEOUT;
        loop {
            if let Some(receipt) = self.receipt(hash).await? {
                return Ok(receipt);
            }
            if deadline <= Instant::now() {
                return Err(Error::NotMined(hash));
            }
            sleep(MINED_POLL).await;
        }
    }

    /// Sends a transaction from any account, without its key. Where transactions are mined at once, it answers when this
    /// one is; otherwise when it waits to be, and nobody has looked whether it will revert.
    ///
    /// # Errors
    /// It would revert, and is not sent: the message ends with the contract's words.
    pub async fn send<C: SolCall>(&self, from: Address, to: Address, call: C) -> Result<B256, Error> {
        self.submit(from, json!({ "from": from, "to": to, "data": Bytes::from(call.abi_encode()) })).await
    }

    /// Where the contract stands. From anvil's first account, therefore at the same address on each new chain.
    ///
    /// # Errors
    /// Also where transactions are not mined at once: its address is read from the receipt.
    pub(crate) async fn deploy(&self, code: Bytes) -> Result<Address, Error> {
        let from = accounts::DEPLOYER;
        let hash = self.submit(from, json!({ "from": from, "data": code })).await?;
        self.mined(hash).await?.contract_address.ok_or(Error::Reverted(hash))
    }

    /// What the contract's view answers at the latest block.
    pub async fn view<C: SolCall>(&self, contract: Address, call: C) -> Result<C::Return, Error> {
        let method = "eth_call";
        let request = json!({ "to": contract, "data": Bytes::from(call.abi_encode()) });
        let answer: Bytes = self.call(method, (request, "latest")).await?;
        C::abi_decode_returns(&answer).map_err(|_| Error::Unreadable { method: method.to_owned() })
    }

    async fn submit(&self, from: Address, transaction: serde_json::Value) -> Result<B256, Error> {
        self.unlock(from).await?;
        if !self.call::<bool>("anvil_getAutomine", ()).await? {
            return self.call("eth_sendTransaction", [transaction]).await;
        }
        // The node would send it nevertheless, and its receipt has no words.
        self.call::<Bytes>("eth_call", (&transaction, "pending")).await?;
        let hash = self.call("eth_sendTransaction", [transaction]).await?;
        match self.mined(hash).await?.status() {
            true => Ok(hash),
            false => Err(Error::Reverted(hash)),
        }
    }

    async fn unlock(&self, from: Address) -> Result<(), Error> {
        if accounts::ADDRESSES.contains(&from) {
            return Ok(());
        }
        self.call::<()>("anvil_impersonateAccount", [from]).await?;
        match self.wei_of(from).await?.is_zero() {
            true => self.fund(from, GAS_MONEY_WEI).await,
            false => Ok(()),
        }
    }
}
