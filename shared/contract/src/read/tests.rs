//! Readers and their schemas: what one takes, the other describes.

use super::*;
use crate::endpoint::Input;
use serde_json::Value;

/// What a body is read as, or everything that is wrong with it.
pub(crate) fn read<T: Read>(body: &str) -> Result<T, Vec<(String, String)>> {
    let mut given = Given::body(body.as_bytes()).map_err(|error| vec![(String::new(), error.to_string())])?;
    let value = given.read();
    let problems = given.problems();
    match value {
        Some(value) if problems.is_empty() => Ok(value),
        Some(_) | None => Err(problems),
    }
}

struct Probe {
    count: u64,
    names: Vec<String>,
    at: Option<Point>,
}

impl Read for Probe {
    const NAME: &'static str = "Probe";

    fn read(fields: &mut impl Fields) -> Option<Self> {
        let count = fields.required("count", "", integer(1..=9));
        let names = fields.optional("names", "", list(1..=2, text(1..=3))).unwrap_or_default();
        let at = fields.optional("at", "", nested::<Spot>()).and_then(|Spot(point)| point);
        Some(Self { count: count?, names, at })
    }
}

struct Spot(Option<Point>);

impl Read for Spot {
    const NAME: &'static str = "Spot";

    fn read(fields: &mut impl Fields) -> Option<Self> {
        Some(Self(point(fields)))
    }
}

#[test]
fn everything_wrong_is_reported_at_once_by_its_path() {
    let wrong = read::<Probe>(r#"{"names": ["a", "long"], "at": {"lat": 91, "lon": 1}, "extra": 1, "extra": 2}"#);
    let fields: Vec<String> = wrong.err().expect("it is wrong").into_iter().map(|(field, _)| field).collect();
    assert_eq!(fields, ["extra", "count", "names", "at.lat", "at.lng", "at.lon", "extra"]);
}

#[test]
fn what_is_good_is_read() {
    let probe = read::<Probe>(r#"{"count": 3, "names": ["a", "b"], "at": {"lat": 40.7128, "lng": -74.006}}"#);
    let probe = probe.expect("it is good");
    assert_eq!((probe.count, probe.names.len()), (3, 2));
    assert_eq!(probe.at, Point::parse("40.7128", "-74.006"));
}

#[test]
fn nothing_and_an_empty_text_are_absent_and_a_count_is_never_rounded() {
    for (body, good) in [
        (r#"{"count": 3, "names": null}"#, true),
        (r#"{"count": 3, "names": "", "at": ""}"#, true),
        (r#"{"count": 3, "at": {"lat": "", "lng": null}}"#, true),
        (r#"{"count": 3, "names": [""]}"#, false),
        (r#"{"count": ""}"#, false),
        (r#"{"count": 30e-1}"#, true),
        (r#"{"count": 0.3E+1}"#, true),
        (r#"{"count": 1e99999999999}"#, false),
        (r#"{"count": -3}"#, false),
        (r#"{"count": null}"#, false),
        (r#"{"count": 3.0}"#, true),
        (r#"{"count": 3.5}"#, false),
        (r#"{"count": "3"}"#, false),
        (r#"{"count": 3.0000000000000000000001}"#, false),
    ] {
        assert_eq!(read::<Probe>(body).is_ok(), good, "{body}");
    }
}

#[test]
fn degrees_are_any_number_or_one_in_a_text() {
    for (at, expected) in [
        (r#"{"lat": 5e-05, "lng": -7.4006E1}"#, ("0.00005", "-74.006")),
        (r#"{"lat": "40.7128", "lng": "-74.0060"}"#, ("40.7128", "-74.006")),
        (r#"{"lat": 12.34567894999, "lng": 1.00000005}"#, ("12.3456789", "1.0000001")),
    ] {
        let probe = read::<Probe>(&format!(r#"{{"count": 1, "at": {at}}}"#)).expect("it is good");
        assert_eq!(probe.at, Point::parse(expected.0, expected.1), "{at}");
    }
    for at in [
        r#"{"lat": "north", "lng": 1}"#,
        r#"{"lat": 1, "lng": true}"#,
        r#"{"lat": [1], "lng": 1}"#,
        r#"{"lat": 91, "lng": 1}"#,
    ] {
        assert!(read::<Probe>(&format!(r#"{{"count": 1, "at": {at}}}"#)).is_err(), "{at}");
    }
}

#[test]
fn a_body_that_is_no_object_is_told_so_and_not_repeated() {
    let said = |body: &[u8]| Given::body(body).err().map(|refusal| refusal.to_string()).unwrap_or_default();
    let inner = format!(r#"{{"callback_secret": "{}"}}"#, "s".repeat(200_000));
    let twice = serde_json::to_string(&inner).unwrap();
    let thrice = serde_json::to_string(&twice).unwrap();
    for body in [&twice, &thrice] {
        assert!(said(body.as_bytes()).contains("encoded twice"), "{}", said(body.as_bytes()));
    }
    for body in ["[]", "5", "null", r#""text""#, "true"] {
        assert!(said(body.as_bytes()).contains("not an object"), "{body}: {}", said(body.as_bytes()));
    }
    assert!(said(b"{\n  \"a\": x}").contains("line 2, column 8"), "{}", said(b"{\n  \"a\": x}"));
    for body in ["{", "{'a': 1}", r#"{"a": 1,}"#, "a=1&b=2", "<xml/>"] {
        assert!(said(body.as_bytes()).starts_with("The body is not JSON"), "{body}: {}", said(body.as_bytes()));
    }
    assert!(said(b"\xff\xfe{\0}\0").contains("UTF-8"));
    for body in ["", "  \n", "{}", "\u{feff}{}", "\u{feff}"] {
        assert_eq!(said(body.as_bytes()), "", "{body:?}");
    }
}

#[test]
fn half_of_a_character_is_named_where_it_is() {
    let problem = |body: &str| read::<Probe>(body).err().expect("it is wrong").remove(0);
    for (body, field) in [
        (r#"{"names": ["\ud83d"], "count": 1}"#, "names"),
        (r#"{"count": "\udc00"}"#, "count"),
        (r#"{"count": 1, "at": {"lat": "\ud83d\ud83d", "lng": 1}}"#, "at.lat"),
    ] {
        let (at, said) = problem(body);
        assert!(at == field && said.contains("lone surrogate"), "{body}: {at} {said}");
    }
    let (at, said) = problem(r#"{"count": 1, "x\ud83d": 1}"#);
    assert!(at.contains("ud83d") && said.contains("not a field"), "{at} {said}");
}

#[test]
fn what_is_said_about_unknown_names_is_bounded() {
    let names: Vec<String> = (0..5_000).map(|i| format!(r#""{}{i}": 1"#, "\u{202e}x".repeat(300))).collect();
    let body = format!(r#"{{"count": 1, {}, {}}}"#, names.join(","), names.join(","));
    let problems = read::<Probe>(&body).err().expect("it is wrong");
    let said: usize = problems.iter().map(|(at, problem)| at.len() + problem.len()).sum();
    assert!(problems.len() < 50 && said < 10_000, "{} problems, {said} bytes", problems.len());
    assert!(problems.iter().all(|(at, _)| !at.contains('\u{202e}')));
}

#[test]
fn a_query_has_numbers_in_texts_and_each_name_once() {
    let query = |text: &str| {
        let mut given = Given::query(text);
        let probe = given.read::<Probe>();
        (probe.map(|probe| probe.count), given.problems().len())
    };
    assert_eq!(query("count=7"), (Some(7), 0));
    assert_eq!(query("count=7&count=8").1, 1);
    assert_eq!(query("count=seven"), (None, 1));
    assert_eq!(query("count=%37"), (Some(7), 0));
}

#[test]
fn a_canonical_text_does_not_depend_on_order_or_space() {
    let canonical = |body: &str| Given::body(body.as_bytes()).expect("JSON").canonical(&["not"]);
    assert_eq!(
        canonical(r#"{"a": 1, "b": {"y": [1, 2], "x": null}}"#),
        canonical(r#"{"b":{"y":[1,2]},"a":1, "not": 5}"#)
    );
    assert_ne!(canonical(r#"{"a": 1}"#), canonical(r#"{"a": 1.0}"#));
    assert_ne!(canonical(r#"{"a": [1, 2]}"#), canonical(r#"{"a": [2, 1]}"#));
}

/// One field of each kind of text.
struct Texts;

impl Read for Texts {
    const NAME: &'static str = "Texts";

    fn read(fields: &mut impl Fields) -> Option<Self> {
        let long = fields.optional("long", "", text(1..=9));
        let empty = fields.optional("empty", "", text(0..=9));
        let short = fields.optional("short", "", line(1..=9));
        let url = fields.optional("url", "", https());
        (long.is_some() || empty.is_some() || short.is_some() || url.is_some()).then_some(Self)
    }
}

#[test]
fn what_a_text_refuses_its_schema_refuses_too() {
    let mut sketch = Sketch::with(generator());
    sketch.draw::<Texts>();
    let (schema, _) = sketch.object();
    let validator = jsonschema::validator_for(schema.as_value()).expect("a schema");
    let all: Vec<char> = (0..=0xa0)
        .chain(0xad..=0xae)
        .chain(0x2000..=0x206f)
        .chain([0xfeff, 0x1faa7])
        .filter_map(char::from_u32)
        .collect();
    for field in ["long", "empty", "short", "url"] {
        for c in &all {
            let text = if field == "url" { format!("https://a/{c}b") } else { format!("a{c}b") };
            let body = serde_json::json!({ field: text });
            let read = read::<Texts>(&body.to_string()).is_ok();
            assert_eq!(read, validator.is_valid(&body), "{field} with U+{:04x}", u32::from(*c));
        }
    }
}

/// Each body's reader against its own schema: what a schema allows in one field, the reader takes in that field, for the
/// examples of the description and for each of them with one field left out, null, or of another type.
#[test]
fn a_reader_and_its_schema_agree_on_every_example_and_its_neighbours() {
    let document = crate::openapi::document();
    let mut compared = 0;
    for endpoint in crate::endpoints() {
        let Input::Body(_) = endpoint.input else { continue };
        let method = endpoint.route.method.word().to_lowercase();
        let operation = &document["paths"][endpoint.route.path][&method];
        let reference = &operation["requestBody"]["content"]["application/json"]["schema"]["$ref"];
        let name = reference.as_str().and_then(|text| text.rsplit('/').next()).expect("bodies are named");
        let schema = serde_json::json!({ "$ref": reference, "components": document["components"] });
        let validator = jsonschema::validator_for(&schema).expect("a schema");
        let example: Value = serde_json::from_str(endpoint.example.request).expect("JSON");
        assert!(validator.is_valid(&example), "{name}: the example does not fit its schema");
        let fields = example.as_object().expect("an object").clone();
        for field in fields.keys() {
            for odd in
                [None, Some(Value::Bool(true)), Some(serde_json::json!({ "odd": 1 })), Some(serde_json::json!([[]]))]
            {
                let mut neighbour = fields.clone();
                match odd {
                    Some(odd) => neighbour.insert(field.clone(), odd),
                    None => neighbour.remove(field),
                };
                let valid = validator.is_valid(&Value::Object(neighbour.clone()));
                let problems = problems_of(endpoint.operation, &Value::Object(neighbour.clone()).to_string());
                let complained = problems.iter().any(|(at, _)| at == field || at.starts_with(&format!("{field}.")));
                // What goes between fields a schema does not say: there the reader may be stricter.
                assert!(valid || complained, "{name}: {field} is refused by the schema only: {neighbour:?}");
                compared += 1;
            }
        }
    }
    assert!(compared > 100, "only {compared} neighbours were compared");
}

fn problems_of(operation: &str, body: &str) -> Vec<(String, String)> {
    fn of<T: Read>(body: &str) -> Vec<(String, String)> {
        read::<T>(body).err().unwrap_or_default()
    }
    use crate::{admin, agents, events, operator, system, tasks};
    match operation {
        "registerAgent" => of::<agents::register::Body>(body),
        "updateAgent" => of::<agents::me::Body>(body),
        "updateOperator" => of::<operator::me::Body>(body),
        "createApiKey" => of::<agents::keys::create::Body>(body),
        "setWithdrawalAddress" => of::<agents::withdrawal_address::Body>(body),
        "requestWithdrawal" => of::<agents::withdrawals::Body>(body),
        "depositUsdc" => of::<agents::deposit::usdc::Body>(body),
        "depositFiat" => of::<agents::deposit::Body>(body),
        "getDepositStatusByPost" => of::<agents::deposit::status::Payment>(body),
        "createTask" => of::<tasks::create::Body>(body),
        "sendMessage" | "sendOperatorMessage" => of::<tasks::messages::Body>(body),
        "rateOperator" | "rateAgent" => of::<tasks::rating::Body>(body),
        "verifyTask" => of::<tasks::verify::Body>(body),
        "disputeTask" => of::<tasks::dispute::Body>(body),
        "stateAsAgent" | "stateAsOperator" => of::<tasks::statement::Body>(body),
        "replaceCallbackSecret" => of::<tasks::callback_secret::Body>(body),
        "sendTestEvent" => of::<events::test::Body>(body),
        "enableEndpoint" => of::<events::endpoints::enable::Body>(body),
        "registerOperator" => of::<operator::register::Body>(body),
        "checkPhotos" => of::<operator::tasks::check::Body>(body),
        "submitTask" => of::<operator::tasks::submit::Body>(body),
        "subscribeToPush" => of::<operator::push::Body>(body),
        "createUpload" => of::<operator::upload::Body>(body),
        "requestPayout" => of::<operator::payout::Body>(body),
        "setKyc" => of::<admin::kyc::Body>(body),
        "resolveDispute" => of::<admin::resolve::Body>(body),
        "advanceTestClock" => of::<system::clock::Step>(body),
        _ => of::<Nothing>(body),
    }
}

#[test]
fn a_bad_callback_url_is_all_that_is_wrong_with_a_callback() {
    let secret = r#""callback_secret": "s", "callback_events": ["*"]"#;
    for url in [
        "not a url",
        "https:example.com/hook",
        r"https:\\\\example.com\\hook",
        "ftp://example.com/",
        "https://u@example.com/",
    ] {
        let body = format!(r#"{{"callback_url": "{url}", {secret}}}"#);
        let problems = problems_of("createTask", &body);
        let named: Vec<&str> =
            problems.iter().map(|(at, _)| at.as_str()).filter(|at| at.starts_with("callback")).collect();
        assert_eq!(named, ["callback_url"], "{url}");
    }
    for url in ["null", r#""""#] {
        let problems = problems_of("createTask", &format!(r#"{{"callback_url": {url}, {secret}}}"#));
        assert!(problems.iter().any(|(at, said)| at == "callback_secret" && said == "needs a callback_url"), "{url}");
    }
}
