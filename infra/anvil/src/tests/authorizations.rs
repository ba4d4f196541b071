//! ERC-3009, with signatures of anvil's accounts.

use alloy::primitives::{Address, B256, Bytes, U256};
use alloy::sol_types::SolCall;
use serde_json::{Value, json};

use super::{PAYEE, PAYER, RELAYER, dollars, funded, refused};
use crate::{Anvil, Error, Rpc, Token};

alloy::sol! {
    interface Signed {
        function transferWithAuthorization(address from, address to, uint256 value, uint256 validAfter, uint256 validBefore, bytes32 nonce, uint8 v, bytes32 r, bytes32 s) external;
        function cancelAuthorization(address authorizer, bytes32 nonce, uint8 v, bytes32 r, bytes32 s) external;
    }
    interface Packed {
        function transferWithAuthorization(address from, address to, uint256 value, uint256 validAfter, uint256 validBefore, bytes32 nonce, bytes signature) external;
        function cancelAuthorization(address authorizer, bytes32 nonce, bytes signature) external;
    }
}

const NONCE: B256 = B256::repeat_byte(0x11);

/// A chain, a token, and an authorization that is valid for an hour.
struct World {
    anvil: Anvil,
    token: Token,
    now: u64,
}

impl World {
    async fn new() -> World {
        let (anvil, token) = funded().await;
        let now = anvil.rpc().timestamp().await.unwrap();
        World { anvil, token, now }
    }

    fn rpc(&self) -> &Rpc {
        self.anvil.rpc()
    }

    /// Twenty-five dollars from the payer to the payee, signed by `signer`.
    async fn transfer(&self, signer: Address) -> Packed::transferWithAuthorizationCall {
        let (value, valid_before) = (dollars(25), U256::from(self.now + 3_600));
        let fields = [
            ("from", "address"),
            ("to", "address"),
            ("value", "uint256"),
            ("validAfter", "uint256"),
            ("validBefore", "uint256"),
            ("nonce", "bytes32"),
        ];
        let message = json!({ "from": PAYER, "to": PAYEE, "value": value, "validAfter": U256::ZERO, "validBefore": valid_before, "nonce": NONCE });
        let signature = self.signature(signer, "TransferWithAuthorization", &fields, message).await;
        Packed::transferWithAuthorizationCall {
            from: PAYER,
            to: PAYEE,
            value,
            validAfter: U256::ZERO,
            validBefore: valid_before,
            nonce: NONCE,
            signature,
        }
    }

    async fn cancel(&self, signer: Address) -> Packed::cancelAuthorizationCall {
        let fields = [("authorizer", "address"), ("nonce", "bytes32")];
        let message = json!({ "authorizer": PAYER, "nonce": NONCE });
        let signature = self.signature(signer, "CancelAuthorization", &fields, message).await;
        Packed::cancelAuthorizationCall { authorizer: PAYER, nonce: NONCE, signature }
    }

    async fn signature(&self, signer: Address, name: &str, fields: &[(&str, &str)], message: Value) -> Bytes {
        let typed = |fields: &[(&str, &str)]| {
            fields.iter().map(|(name, kind)| json!({ "name": name, "type": kind })).collect::<Vec<_>>()
        };
        let domain =
            [("name", "string"), ("version", "string"), ("chainId", "uint256"), ("verifyingContract", "address")];
        let data = json!({
            "types": { "EIP712Domain": typed(&domain), name: typed(fields) },
            "primaryType": name,
            "domain": { "name": "USD Coin", "version": "2", "chainId": 31_337, "verifyingContract": self.token.address },
            "message": message,
        });
        self.rpc().call("eth_signTypedData_v4", (signer, data)).await.unwrap()
    }

    async fn send<C: SolCall>(&self, call: C) -> Result<B256, Error> {
        self.rpc().send(RELAYER, self.token.address, call).await
    }

    /// Whether the authorization is used, and what the payee has.
    async fn outcome(&self) -> (bool, u64) {
        let used = self.token.authorization_state(self.rpc(), PAYER, NONCE).await.unwrap();
        (used, self.token.balance_of(self.rpc(), PAYEE).await.unwrap())
    }
}

fn parts(signature: &[u8]) -> (u8, B256, B256) {
    (signature[64], B256::from_slice(&signature[..32]), B256::from_slice(&signature[32..64]))
}

const USED: &str = "FiatTokenV2: authorization is used or canceled";

#[test]
fn the_calls_are_those_of_usdc() {
    let selectors = [
        Signed::transferWithAuthorizationCall::SELECTOR,
        Packed::transferWithAuthorizationCall::SELECTOR,
        Packed::cancelAuthorizationCall::SELECTOR,
        crate::contracts::Usdc::authorizationStateCall::SELECTOR,
        crate::contracts::Oracle::isSanctionedCall::SELECTOR,
    ];
    assert_eq!(selectors.map(u32::from_be_bytes), [0xe3ee_160e, 0xcf09_2995, 0xb7b7_2899, 0xe94a_0102, 0xdf59_2f7d]);
}

#[tokio::test]
async fn an_authorization_pays_once_whichever_way_it_is_signed() {
    let world = World::new().await;
    let packed = world.transfer(PAYER).await;
    let Packed::transferWithAuthorizationCall { from, to, value, validAfter, validBefore, nonce, signature } =
        packed.clone();
    let (v, r, s) = parts(&signature);
    let signed = Signed::transferWithAuthorizationCall { from, to, value, validAfter, validBefore, nonce, v, r, s };
    assert_eq!(world.outcome().await, (false, 0));
    world.send(signed.clone()).await.unwrap();
    assert_eq!(world.outcome().await, (true, 25_000_000));
    refused(world.send(packed.clone()).await, USED);
    refused(world.send(signed).await, USED);
    // The block that paid never was: nothing stands in the way of paying again, and once.
    world.rpc().reorg(1).await.unwrap();
    assert_eq!(world.outcome().await, (false, 0));
    world.send(packed).await.unwrap();
    assert_eq!(world.outcome().await, (true, 25_000_000));
}

#[tokio::test]
async fn a_canceled_authorization_never_pays() {
    for packed in [true, false] {
        let world = World::new().await;
        let cancel = world.cancel(PAYER).await;
        let (v, r, s) = parts(&cancel.signature);
        match packed {
            true => world.send(cancel.clone()).await.unwrap(),
            false => {
                world.send(Signed::cancelAuthorizationCall { authorizer: PAYER, nonce: NONCE, v, r, s }).await.unwrap()
            }
        };
        refused(world.send(world.transfer(PAYER).await).await, USED);
        refused(world.send(cancel).await, USED);
        assert_eq!(world.outcome().await, (true, 0));
    }
}

#[tokio::test]
async fn an_authorization_pays_between_its_times_only() {
    let world = World::new().await;
    let transfer = world.transfer(PAYER).await;
    let early = Packed::transferWithAuthorizationCall { validAfter: U256::from(world.now + 3_000), ..transfer.clone() };
    refused(world.send(early).await, "FiatTokenV2: authorization is not yet valid");
    world.rpc().increase_time(3_600).await.unwrap();
    refused(world.send(transfer).await, "FiatTokenV2: authorization is expired");
}

#[tokio::test]
async fn a_signature_of_somebody_else_or_of_something_else_is_refused() {
    let world = World::new().await;
    let wrong = "FiatTokenV2: invalid signature";
    refused(world.send(world.transfer(RELAYER).await).await, wrong);
    refused(world.send(world.cancel(RELAYER).await).await, wrong);
    let transfer = world.transfer(PAYER).await;
    let more = Packed::transferWithAuthorizationCall { value: dollars(26), ..transfer.clone() };
    refused(world.send(more).await, wrong);
    let elsewhere = Packed::transferWithAuthorizationCall { to: RELAYER, ..transfer.clone() };
    refused(world.send(elsewhere).await, wrong);
    let changed = |change: fn(&mut Vec<u8>)| {
        let mut signature = transfer.signature.to_vec();
        change(&mut signature);
        Packed::transferWithAuthorizationCall { signature: signature.into(), ..transfer.clone() }
    };
    refused(world.send(changed(|bytes| bytes.truncate(64))).await, "ECRecover: invalid signature length");
    refused(world.send(changed(|bytes| bytes[64] -= 27)).await, "ECRecover: invalid signature 'v' value");
    refused(world.send(changed(|bytes| bytes[32] = 0xff)).await, "ECRecover: invalid signature 's' value");
    assert_eq!(world.outcome().await, (false, 0));
}

#[tokio::test]
async fn an_authorization_of_a_blacklisted_account_or_of_too_much_does_not_pay_and_stays_usable() {
    let world = World::new().await;
    let (rpc, transfer) = (world.rpc(), world.transfer(PAYER).await);
    world.token.set_blacklisted(rpc, PAYEE, true).await.unwrap();
    refused(world.send(transfer.clone()).await, "Blacklistable: account is blacklisted");
    world.token.set_blacklisted(rpc, PAYEE, false).await.unwrap();
    world.token.set_paused(rpc, true).await.unwrap();
    refused(world.send(transfer.clone()).await, "Pausable: paused");
    refused(world.send(world.cancel(PAYER).await).await, "Pausable: paused");
    world.token.set_paused(rpc, false).await.unwrap();
    world.token.transfer(rpc, PAYER, RELAYER, 80_000_000).await.unwrap();
    refused(world.send(transfer.clone()).await, "ERC20: transfer amount exceeds balance");
    assert_eq!(world.outcome().await, (false, 0));
    world.token.transfer(rpc, RELAYER, PAYER, 5_000_000).await.unwrap();
    // Whoever relays it need not be welcome.
    world.token.set_blacklisted(rpc, RELAYER, true).await.unwrap();
    world.send(transfer).await.unwrap();
    assert_eq!(world.outcome().await, (true, 25_000_000));
}
