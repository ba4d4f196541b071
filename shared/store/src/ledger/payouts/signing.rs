//! The two steps of a payout that must not be taken twice, nor by two: what is signed counts against the caps, and what
//! is sent has a nonce of the relayer, both in the transaction of the step.

use super::{Stepped, overtaken};
use crate::engine::commit::{CommitError, Role};
use crate::engine::item::{Item, known, number, text};
use crate::engine::read::Table;
use crate::{Found, Key, Store, StoreError, unavailable};
use aws_sdk_dynamodb::operation::query::QueryInput;
use aws_sdk_dynamodb::types::{TransactWriteItem, Update};
use domain::money::payout::{Payee, Payout};
use domain::{PayoutId, Timestamp, Usd};

/// What may be signed for in a time: all of it, or for one payee.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cap {
    /// Of whom, and of when: `hour#494821`.
    pub name: String,
    pub max: Usd,
}

/// What became of signing.
#[derive(Debug)]
pub enum Signed {
    Stepped(Stepped),
    /// More than a cap allows for now.
    Capped,
}

/// A transaction that carries a payout, as a relayer signed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carried {
    /// The relayer, with its chain: `8453#0x…`.
    pub relayer: String,
    pub nonce: u64,
    /// Lower-case hexadecimal with `0x`.
    pub raw: String,
    /// What it carries, and to whom.
    pub payout: (Payee, PayoutId),
}

const CAPS: &str = "paid";
const NEXT: &str = "next";

impl Key {
    fn relayer(relayer: &str) -> Self {
        Self::new(Table::Core, partition(relayer), NEXT)
    }
}

impl Found {
    fn next_nonce(&mut self, relayer: &str) -> Result<Option<u64>, StoreError> {
        self.take(&Key::relayer(relayer), |item| {
            let next = item.get("n").and_then(|n| n.as_n().ok()).and_then(|digits| digits.parse().ok());
            known(next, "a relayer's next nonce", relayer)
        })
    }
}

impl Store {
    /// Writes the step of a payout that was signed, and counts its amount against `caps`.
    pub async fn sign_payout(
        &self,
        before: &Payout,
        after: Payout,
        caps: &[Cap],
        due_at: Timestamp,
    ) -> Result<Signed, StoreError> {
        let counted = caps.iter().map(|cap| Some((Role::Count, self.count(cap, after.amount)?)));
        let Some(counted) = counted.collect::<Option<Vec<_>>>() else { return Ok(Signed::Capped) };
        match self.commit_payout(before, &after, due_at, counted).await {
            Ok(()) => Ok(Signed::Stepped(Stepped::Done(Box::new(after)))),
            Err(CommitError::Condition { role: Role::State, found }) => Ok(Signed::Stepped(overtaken(found, after))),
            Err(CommitError::Condition { .. }) => Ok(Signed::Capped),
            Err(CommitError::Store(error)) => Err(error),
        }
    }

    /// A write that adds to what was signed for. `None` when the amount alone is more than the cap.
    fn count(&self, cap: &Cap, amount: Usd) -> Option<TransactWriteItem> {
        let room = cap.max.checked_sub(amount)?;
        let update = Update::builder()
            .table_name(&self.tables.core)
            .key("pk", text(CAPS))
            .key("sk", text(&cap.name))
            .update_expression("SET am = if_not_exists(am, :zero) + :amount")
            .condition_expression("attribute_not_exists(am) OR am <= :room")
            .expression_attribute_values(":zero", number(0))
            .expression_attribute_values(":amount", number(amount.micros()))
            .expression_attribute_values(":room", number(room.micros()));
        Some(TransactWriteItem::builder().update(update.build().expect("every required member is set")).build())
    }

    /// The nonce that a relayer's next transaction gets; the chain has seen `seen` of them.
    pub async fn next_nonce(&self, relayer: &str, seen: u64) -> Result<u64, StoreError> {
        let next = self.read([Key::relayer(relayer)]).await?.next_nonce(relayer)?;
        Ok(next.map_or(seen, |next| next.max(seen)))
    }

    /// Writes the step of a payout that is about to be sent, with the transaction that carries it. A nonce is given out
    /// once: another payout that has it makes this one be looked at anew.
    pub async fn carry_payout(
        &self,
        before: &Payout,
        after: Payout,
        carried: &Carried,
        due_at: Timestamp,
    ) -> Result<Stepped, StoreError> {
        let mut beside = vec![(Role::Beside, self.put_always(&self.tables.core, carried_item(carried)))];
        let again = before.attempts.iter().any(|it| it.relayer == carried.relayer && it.relayer_nonce == carried.nonce);
        if !again {
            beside.push((Role::Count, self.take_nonce(carried)));
        }
        match self.commit_payout(before, &after, due_at, beside).await {
            Ok(()) => Ok(Stepped::Done(Box::new(after))),
            Err(CommitError::Condition { role: Role::State, found }) => Ok(overtaken(found, after)),
            Err(CommitError::Condition { .. }) => Ok(Stepped::Overtaken),
            Err(CommitError::Store(error)) => Err(error),
        }
    }

    fn take_nonce(&self, carried: &Carried) -> TransactWriteItem {
        let digits = |nonce: u64| aws_sdk_dynamodb::types::AttributeValue::N(nonce.to_string());
        let update = Update::builder()
            .table_name(&self.tables.core)
            .key("pk", text(partition(&carried.relayer)))
            .key("sk", text(NEXT))
            .update_expression("SET n = :next")
            .condition_expression("attribute_not_exists(n) OR n <= :nonce")
            .expression_attribute_values(":next", digits(carried.nonce + 1))
            .expression_attribute_values(":nonce", digits(carried.nonce));
        TransactWriteItem::builder().update(update.build().expect("every required member is set")).build()
    }

    /// The stored transactions of a relayer from `from` to before `to`, in the order of their nonces: at most a hundred.
    pub async fn carried(&self, relayer: &str, from: u64, to: u64) -> Result<Vec<Carried>, StoreError> {
        // No range of a query may end before it begins.
        let Some(last) = to.checked_sub(1).filter(|last| from <= *last) else { return Ok(Vec::new()) };
        let query = QueryInput::builder().table_name(&self.tables.core).consistent_read(true).limit(100);
        let query = query.key_condition_expression("pk = :pk AND sk BETWEEN :from AND :to");
        let query = query.expression_attribute_values(":pk", text(partition(relayer)));
        let query = query.expression_attribute_values(":from", text(sort_key(from)));
        let query = query.expression_attribute_values(":to", text(sort_key(last)));
        let answer = self.database.send(query).await.map_err(unavailable("list what a relayer sent"))?;
        let carried = |item: Item| {
            let part = |name: &str| item.get(name).and_then(|v| v.as_s().ok()).cloned();
            let nonce = part("sk").and_then(|digits| digits.parse().ok());
            let (nonce, raw) = (known(nonce, "a nonce", relayer)?, known(part("rw"), "a transaction", relayer)?);
            let payee = known(part("py").as_deref().and_then(Payee::parse), "who is paid", relayer)?;
            let id = known(part("of").as_deref().and_then(PayoutId::parse), "a payout id", relayer)?;
            Ok(Carried { relayer: relayer.to_owned(), nonce, raw, payout: (payee, id) })
        };
        answer.items.unwrap_or_default().into_iter().map(carried).collect()
    }
}

fn partition(relayer: &str) -> String {
    format!("relayer#{relayer}")
}

fn sort_key(nonce: u64) -> String {
    format!("{nonce:015}")
}

fn carried_item(carried: &Carried) -> Item {
    let (payee, id) = &carried.payout;
    let parts = [
        ("pk", partition(&carried.relayer)),
        ("sk", sort_key(carried.nonce)),
        ("rw", carried.raw.clone()),
        ("py", payee.to_string()),
        ("of", id.to_string()),
    ];
    parts.map(|(name, value)| (name.to_owned(), text(value))).into()
}
