//! A chain of the test's own: a real node, the token's double on it, and who is who.

use std::path::Path;

use alloy::primitives::{Address, B256, Bytes, U64, U256};
use anvil::{Anvil, Options, Rpc, SanctionsOracle, Token, accounts};
use serde_json::{Value, json};
use url::Url;

use crate::{Authorization, Chain, Network, Settings, calldata};

pub(super) const PAYER: Address = accounts::ADDRESSES[1];
pub(super) const RELAYER: Address = accounts::ADDRESSES[2];
pub(super) const OURS: Address = accounts::ADDRESSES[3];
pub(super) const OTHERS: Address = accounts::ADDRESSES[4];
pub(super) const DOLLAR: u64 = 1_000_000;

pub(super) struct Local {
    pub(super) chain: Chain,
    pub(super) token: Token,
    pub(super) oracle: SanctionsOracle,
    anvil: Anvil,
}

impl Local {
    /// The payer has 1,000 dollars.
    pub(super) async fn start() -> Local {
        let binary = anvil::binary(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."));
        let anvil = Anvil::start(&binary, Options::default()).await.unwrap();
        let token = Token::deploy(anvil.rpc()).await.unwrap();
        let oracle = SanctionsOracle::deploy(anvil.rpc()).await.unwrap();
        token.mint(anvil.rpc(), PAYER, 1_000 * DOLLAR).await.unwrap();
        let network = Network::local(token.address, Some(oracle.address));
        // The same node twice: what two have to agree about, one must agree about with itself.
        let endpoints = vec![Url::parse(anvil.url()).unwrap(); 2];
        let chain = Chain::connect(Settings::new(endpoints, network)).await.unwrap();
        Local { chain, token, oracle, anvil }
    }

    pub(super) fn rpc(&self) -> &Rpc {
        self.anvil.rpc()
    }

    pub(super) async fn pay(&self, to: Address, micros: u64) -> B256 {
        self.token.transfer(self.rpc(), PAYER, to, micros).await.unwrap()
    }

    /// Sends without asking first whether it will revert, as `Rpc::send` does.
    pub(super) async fn call_token(&self, from: Address, data: &Bytes) -> B256 {
        let call = json!({ "from": from, "to": self.token.address, "data": data, "gas": "0x493e0" });
        let hash = self.rpc().call("eth_sendTransaction", [call]).await.unwrap();
        self.rpc().mined(hash).await.unwrap();
        hash
    }

    /// Signed by the node, which has the keys of its accounts, from the fields and not from our digest.
    pub(super) async fn sign(&self, kind: &str, fields: &[[&str; 2]], message: Value) -> [u8; 65] {
        let field = |[name, kind]: &[&str; 2]| json!({ "name": name, "type": kind });
        let domain =
            [["name", "string"], ["version", "string"], ["chainId", "uint256"], ["verifyingContract", "address"]];
        let network = self.chain.network();
        let mut types = json!({ "EIP712Domain": domain.iter().map(field).collect::<Value>() });
        types[kind] = fields.iter().map(field).collect();
        let typed = json!({
            "types": types, "primaryType": kind, "message": message,
            "domain": {
                "name": "USD Coin", "version": "2", "chainId": network.chain_id, "verifyingContract": network.token,
            },
        });
        let signature: Bytes = self.rpc().call("eth_signTypedData_v4", (PAYER, typed)).await.unwrap();
        signature.as_ref().try_into().unwrap()
    }

    /// By the payer, whatever it says of who pays.
    pub(super) async fn signature(&self, authorization: &Authorization) -> [u8; 65] {
        let fields = [
            ["from", "address"],
            ["to", "address"],
            ["value", "uint256"],
            ["validAfter", "uint256"],
            ["validBefore", "uint256"],
            ["nonce", "bytes32"],
        ];
        let message = json!({
            "from": authorization.from, "to": authorization.to, "value": authorization.micros.to_string(),
            "validAfter": authorization.valid_after_s.to_string(),
            "validBefore": authorization.valid_before_s.to_string(), "nonce": authorization.nonce,
        });
        self.sign("TransferWithAuthorization", &fields, message).await
    }

    /// Of 25 dollars from the payer to us, for an hour.
    pub(super) async fn authorization(&self, nonce: u8) -> Authorization {
        let now_s = self.rpc().timestamp().await.unwrap();
        Authorization {
            from: PAYER,
            to: OURS,
            micros: 25 * DOLLAR,
            valid_after_s: 0,
            valid_before_s: now_s + 3_600,
            nonce: B256::repeat_byte(nonce),
        }
    }

    pub(super) async fn calldata(&self, authorization: &Authorization) -> Bytes {
        calldata(authorization, self.signature(authorization).await)
    }

    /// A transaction of the relayer to the token, signed and not sent.
    pub(super) async fn signed(&self, data: &Bytes, nonce: u64, fee: u128) -> Bytes {
        let transaction = json!({
            "from": RELAYER, "to": self.token.address, "data": data, "gas": "0x493e0", "nonce": U64::from(nonce),
            "maxFeePerGas": U256::from(fee), "maxPriorityFeePerGas": U256::from(fee),
        });
        self.rpc().call("eth_signTransaction", [transaction]).await.unwrap()
    }

    pub(super) async fn raw(&self, hash: B256) -> Bytes {
        self.rpc().call("eth_getRawTransactionByHash", [hash]).await.unwrap()
    }
}
