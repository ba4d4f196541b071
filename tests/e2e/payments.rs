//! Money in: what is credited, to whom, and how often (once).

mod dlocal;
mod fiat;
mod usdc;

use crate::harness::{Agent, World};

/// Amounts as JSON, and whether they can be deposited as USDC and as US dollars.
const AMOUNTS: [(&str, bool, bool); 28] = [
    ("5", true, true),
    ("5.00", true, true),
    (r#""5""#, true, true),
    (r#""5.50""#, true, true),
    ("10000", true, true),
    (r#""10000.00""#, true, true),
    ("9999.99", true, true),
    ("5.000001", true, false),
    (r#""9999.999999""#, true, false),
    ("4.99", false, false),
    ("4.999999", false, false),
    ("10000.01", false, false),
    ("10000.000001", false, false),
    ("5.0000001", false, false),
    ("0", false, false),
    ("-5", false, false),
    (r#""-5""#, false, false),
    (r#""+5""#, false, false),
    ("1e2", false, false),
    (r#""1e2""#, false, false),
    (r#""NaN""#, false, false),
    (r#""Infinity""#, false, false),
    (r#""０５""#, false, false),
    (r#""5,00""#, false, false),
    (r#"" 5""#, false, false),
    (r#""0x10""#, false, false),
    ("90071992547409930", false, false),
    ("null", false, false),
];

/// An agent's deposit balance as it is answered.
async fn balance(world: &World, agent: &Agent) -> String {
    world.get(agent, "/agents/balance").await.expect(200).amount("deposit_balance")
}
