//! What AWS wants for what, in us-east-1 and as of 2026-11, in picodollars.

pub(super) const DOLLAR: u128 = 1_000_000_000_000;
pub(super) const CENT: u128 = DOLLAR / 100;
/// What is billed, its unit, units in the price, and the price in picodollars.
pub(super) type Price = (&'static str, u128, u128);
pub(super) const WRU: Price = ("DynamoDB, write request units", 1_000_000, 625 * DOLLAR / 1_000);
pub(super) const RRU: Price = ("DynamoDB, read request units", 1_000_000, 125 * DOLLAR / 1_000);
/// The same capacity by the hour, whether it is used or not.
pub(super) const WCU: Price = ("DynamoDB, a provisioned write unit", 3_600, 65 * DOLLAR / 100_000);
pub(super) const RCU: Price = ("DynamoDB, a provisioned read unit", 3_600, 13 * DOLLAR / 100_000);
pub(super) const REQUEST: Price = ("API Gateway, requests to an HTTP API", 1_000_000, DOLLAR);
pub(super) const INVOCATION: Price = ("Lambda, requests", 1_000_000, 20 * CENT);
pub(super) const GB_SECOND: Price = ("Lambda, GB-seconds on arm64", 1_000_000, 133_334 * DOLLAR / 10_000);
pub(super) const MESSAGE: Price = ("SQS, requests to a standard queue", 1_000_000, 40 * CENT);
pub(super) const LOG: Price = ("CloudWatch Logs, taken in", 1_000_000_000, 50 * CENT);
pub(super) const PUT: Price = ("S3, PUTs", 1_000_000, 5 * DOLLAR);
pub(super) const GET: Price = ("S3, GETs", 1_000_000, 40 * CENT);
pub(super) const KEPT: Price = ("S3 Standard, a GB-month", 1, 23 * DOLLAR / 1_000);
pub(super) const ALARM: Price = ("CloudWatch, an alarm's month", 1, 10 * CENT);
pub(super) const SECRET: Price = ("Secrets Manager, a secret's month", 1, 40 * CENT);
pub(super) const PRICES: [Price; 14] =
    [WRU, RRU, WCU, RCU, REQUEST, INVOCATION, GB_SECOND, MESSAGE, LOG, PUT, GET, KEPT, ALARM, SECRET];

/// Picodollars for so many units.
pub(super) fn cost((_, per, price): Price, units: u128) -> u128 {
    units * price / per
}

/// `12.35` for picodollars, rounded to cents.
pub(super) fn dollars(picodollars: u128) -> String {
    let cents = (picodollars + CENT / 2) / CENT;
    format!("{}.{:02}", cents / 100, cents % 100)
}

/// All of them, as the document has them.
pub(super) fn prices() -> String {
    let price = |(name, per, price): Price| {
        let (cents, rest) = (price / CENT, price % CENT);
        let text = format!("{}.{:02}{:04}", cents / 100, cents % 100, rest * 10_000 / CENT);
        let kept = text.trim_end_matches('0').len().max(text.len() - 4);
        let many = match per {
            1 => "",
            3_600 => ", an hour",
            1_000_000_000 => ", a GB",
            _ => ", a million",
        };
        (format!("{name}{many}"), text[..kept].to_owned())
    };
    super::table(["Price", "$"], PRICES.map(price))
}
