//! The account: what is in it, and how money comes in.

use super::{Field, Kind, READS, Tool, WRITES, has, need};
use crate::arguments::Arguments;
use crate::refusal::Refusal;
use crate::session::{Object, Session};
use humanops_client::operations;
use serde_json::{Map, Value, json};

pub(super) const FUND: Tool = Tool {
    name: "fund_account",
    title: "Fund account (USDC)",
    about: "Credits USDC that was sent on Base to the account's deposit address, $5 to $10,000. A transaction is credited once, \
            however often it is told. In test mode the funds are there at once, and any well-formed hash will do.",
    about_home: ["", ""],
    hints: WRITES,
    operation: "depositUsdc",
    params: &[need("amount_usdc"), need("tx_hash")],
    output: CREDITED,
    run: |session, arguments| Box::pin(fund(session, arguments)),
};

pub(super) const PAYOUT: Tool = Tool {
    name: "request_payout",
    title: "Request payout",
    about: "Payouts are for operators, in the operator portal: this tool says so, and moves nothing. cancel_task gives escrow \
            back to your deposit.",
    about_home: ["", ""],
    hints: super::Hints { is_idempotent: false, ..WRITES },
    operation: "requestPayout",
    params: &[need("amount_usd").own(|| json!({ "type": "number", "minimum": 10 })).about("Dollars, at least 10.")],
    output: &[has("payout_id", Kind::Text), has("status", Kind::Text), has("amount_usd", Kind::Amount)],
    run: |_, _| Box::pin(async { Err(only_operators()) }),
};

pub(super) const BALANCE: Tool = Tool {
    name: "get_balance",
    title: "Get balance",
    about: "Shows what can be spent and what is held in escrow for open tasks.",
    about_home: ["", ""],
    hints: READS,
    operation: "getBalance",
    params: &[],
    output: BALANCES,
    run: |session, _| {
        Box::pin(async move {
            let balance = session.get(operations::GET_BALANCE, &json!({})).await?;
            Ok(super::picked(balance, BALANCES))
        })
    },
};

const CREDITED: &[Field] = &[
    has("transaction_id", Kind::Text),
    has("amount_usd", Kind::Amount),
    has("status", Kind::Text),
    has("chain", Kind::Text),
];

const BALANCES: &[Field] =
    &[has("deposit_balance", Kind::Amount), has("escrow_balance", Kind::Amount), has("currency", Kind::Text)];

async fn fund(session: &Session, Arguments(body): Arguments) -> Result<Map<String, Value>, Refusal> {
    let credited = session.client.request::<Object>(operations::DEPOSIT_USDC).body(&body).await?;
    Ok(super::picked(credited, CREDITED))
}

fn only_operators() -> Refusal {
    let sentence = "Payouts of earnings are requested by operators, in the operator portal only, from $10. An agent's account \
                    has no earnings.";
    Refusal::new("operator_portal_only", sentence).next(
        "Nothing was moved. get_balance shows the deposit; cancel_task gives the escrow of an open task back to it.",
    )
}
