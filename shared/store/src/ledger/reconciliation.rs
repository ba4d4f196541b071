//! What should be on the chain by our books: all that came by it, less all that went, up to a block. Not what is there:
//! that is for who can ask the chain.

use crate::engine::item::Item;
use crate::engine::item::{known, text};
use crate::ledger::capital::COUNTED;
use crate::ledger::deposits::deposit_of;
use crate::ledger::payouts::{PAYOUT, payout_of};
use crate::{Store, StoreError, unavailable};
use aws_sdk_dynamodb::operation::scan::ScanInput;
use domain::ledger::Rail;
use domain::money::deposit::DepositStatus;
use domain::money::payout::PayoutStatus;

impl Store {
    /// Micro-dollars that our addresses on `chain_id` should have together at the end of `block`.
    pub async fn booked_on_chain(&self, chain_id: u64, block: u64) -> Result<i64, StoreError> {
        let booked = self.came_in(chain_id, block).await?;
        Ok(booked - self.went_out(chain_id, block).await?)
    }

    /// Deposits that stand, and the platform's own.
    async fn came_in(&self, chain_id: u64, block: u64) -> Result<i64, StoreError> {
        let own = format!("C#{chain_id}#");
        let (mut sum, mut start) = (0, None);
        loop {
            let (items, next) = self
                .scanned(
                    &self.tables.ledger,
                    "begins_with(pk, :a) OR begins_with(pk, :b)",
                    start,
                    [("D#base#", ":a"), (&own, ":b")],
                )
                .await?;
            for item in items {
                let sort = item.get("sk").and_then(|v| v.as_s().ok()).map(String::as_str).unwrap_or_default();
                sum += if sort == COUNTED { capital_of(&item, block)? } else { deposited(item, chain_id, block)? };
            }
            start = next;
            if start.is_none() {
                return Ok(sum);
            }
        }
    }

    /// Payouts that the chain has shown to us.
    async fn went_out(&self, chain_id: u64, block: u64) -> Result<i64, StoreError> {
        let (mut sum, mut start) = (0, None);
        loop {
            let (items, next) = self.scanned(&self.tables.core, "begins_with(sk, :a)", start, [(PAYOUT, ":a")]).await?;
            for item in items {
                let payout = payout_of(item)?;
                let arrived = matches!(payout.status, PayoutStatus::Confirmed | PayoutStatus::Completed);
                let here = payout.authorized.as_ref().is_some_and(|signed| signed.chain_id == chain_id);
                let by_then = payout.settled.as_ref().is_some_and(|settled| settled.block <= block);
                if payout.rail == Rail::Base && arrived && here && by_then {
                    sum += payout.amount.micros();
                }
            }
            start = next;
            if start.is_none() {
                return Ok(sum);
            }
        }
    }

    async fn scanned<const N: usize>(
        &self,
        table: &str,
        filter: &str,
        start: Option<Item>,
        values: [(&str, &str); N],
    ) -> Result<(Vec<Item>, Option<Item>), StoreError> {
        let mut scan = ScanInput::builder().table_name(table).consistent_read(true).set_exclusive_start_key(start);
        for (value, name) in values {
            scan = scan.expression_attribute_values(name, text(value));
        }
        let call = scan.filter_expression(filter);
        let answer = self.database.send(call).await.map_err(unavailable("reconcile"))?;
        Ok((answer.items.unwrap_or_default(), answer.last_evaluated_key))
    }
}

fn deposited(item: Item, chain_id: u64, block: u64) -> Result<i64, StoreError> {
    let deposit = deposit_of(item)?;
    let stands = matches!(deposit.status, DepositStatus::Completed | DepositStatus::Suspended);
    let here = deposit.evidence.filter(|it| stands && it.chain_id == chain_id && it.block <= block);
    // What one of our addresses sent to another came in before.
    Ok(here.map_or(0, |evidence| deposit.amount.micros() - evidence.inside.micros()))
}

fn capital_of(item: &Item, block: u64) -> Result<i64, StoreError> {
    let whole = |name: &str| item.get(name).and_then(|n| n.as_n().ok()).and_then(|digits| digits.parse::<i64>().ok());
    let (amount, at) = (known(whole("am"), "an amount", "")?, known(whole("b"), "a block", "")?);
    Ok(if u64::try_from(at).is_ok_and(|at| at <= block) { amount } else { 0 })
}
