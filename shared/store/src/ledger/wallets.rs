//! Where somebody's money goes when it leaves: an address that counts, and one that is to count from a moment on.

use crate::engine::commit::Condition;
use crate::engine::item::{Item, decode, encode, known, moment, number, text};
use crate::engine::read::Table;
use crate::{Found, Key, Store, StoreError};
use domain::Timestamp;
use domain::money::payout::Payee;
use domain::money::wallet::Wallet;
use serde::{Deserialize, Serialize};

/// Sort key of a wallet.
pub(crate) const WALLET: &str = "W";

#[derive(Serialize, Deserialize)]
struct WalletItem {
    pk: String,
    sk: String,
    #[serde(rename = "ad")]
    address: String,
    #[serde(rename = "fr")]
    from: i64,
    #[serde(rename = "pv", default, skip_serializing_if = "Option::is_none")]
    before: Option<String>,
}

impl Key {
    /// Where somebody's money goes.
    pub fn wallet(payee: &Payee) -> Self {
        Self::new(Table::Core, payee, WALLET)
    }
}

impl Found {
    /// Where somebody's money goes, if it was asked for and was ever said.
    pub fn wallet(&mut self, payee: &Payee) -> Result<Option<Wallet>, StoreError> {
        self.take(&Key::wallet(payee), |item| wallet_of(item).map(|(_, wallet)| wallet))
    }
}

impl Store {
    /// Has `wallet` take the place of `before`. Answers what is there instead, if somebody else was faster.
    pub async fn set_wallet(
        &self,
        payee: &Payee,
        before: Option<&Wallet>,
        wallet: &Wallet,
    ) -> Result<Wallet, StoreError> {
        let same = match before {
            None => Condition { expression: "attribute_not_exists(pk)", values: Vec::new() },
            Some(before) => Condition {
                expression: "ad = :ad AND fr = :fr",
                values: vec![(":ad", text(&before.address)), (":fr", number(before.from.millis()))],
            },
        };
        let there = self.put_unless(&self.tables.core, wallet_item(payee, wallet), same, "set a wallet").await?;
        there.map_or(Ok(wallet.clone()), |there| wallet_of(there).map(|(_, wallet)| wallet))
    }
}

fn wallet_item(payee: &Payee, wallet: &Wallet) -> Item {
    encode(&WalletItem {
        pk: payee.to_string(),
        sk: WALLET.to_owned(),
        address: wallet.address.clone(),
        from: wallet.from.millis(),
        before: wallet.before.clone(),
    })
}

/// Reads a wallet, and whose it is.
pub(crate) fn wallet_of(item: Item) -> Result<(Payee, Wallet), StoreError> {
    let w: WalletItem = decode(item)?;
    let from: Timestamp = moment(w.from);
    let payee = known(Payee::parse(&w.pk), "who is paid", &w.pk)?;
    Ok((payee, Wallet { address: w.address, from, before: w.before }))
}
