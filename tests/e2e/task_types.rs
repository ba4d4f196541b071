//! `GET /task-types`: what each type allows.

use harness::{Api, Caller, World};
use humanops::Options;
use humanops::system::Rig;

/// Type, domain, tier, highest reward, default proof, policy when restricted types are disabled.
const TYPES: [(&str, &str, u8, &str, &str, &str); 13] = [
    ("VERIFICATION", "PHYSICAL", 1, "10000.00", "PHOTO", "open"),
    ("PHOTO", "PHYSICAL", 1, "10000.00", "PHOTO", "open"),
    ("DELIVERY", "PHYSICAL", 1, "10000.00", "PHOTO", "open"),
    ("INSPECTION", "PHYSICAL", 1, "10000.00", "PHOTO", "open"),
    ("CAPTCHA_SOLVING", "DIGITAL", 1, "10.00", "SCREENSHOT", "disabled"),
    ("FORM_FILLING", "DIGITAL", 1, "50.00", "SCREENSHOT", "open"),
    ("BROWSER_INTERACTION", "DIGITAL", 1, "100.00", "SCREENSHOT", "open"),
    ("CONTENT_REVIEW", "DIGITAL", 1, "25.00", "CONFIRMATION", "open"),
    ("DATA_VALIDATION", "DIGITAL", 1, "50.00", "CONFIRMATION", "open"),
    ("ACCOUNT_CREATION", "DIGITAL", 2, "100.00", "ARTIFACT", "disabled"),
    ("API_KEY_PROCUREMENT", "DIGITAL", 2, "200.00", "ARTIFACT", "disabled"),
    ("PHONE_VERIFICATION", "DIGITAL", 2, "25.00", "ARTIFACT", "disabled"),
    ("SUBSCRIPTION_SETUP", "DIGITAL", 2, "500.00", "ARTIFACT", "open"),
];

#[tokio::test]
async fn every_type_is_listed_with_its_limits_for_everybody() {
    let options = Options { restricted_task_types: Some("disabled".to_owned()), ..Options::ephemeral() };
    let world = World::with(options, Rig::default()).await;

    let reply = world.get(Caller::Nobody, "/task-types").await.expect(200);

    let lines = reply["data"].as_array().unwrap();
    assert_eq!(lines.len(), TYPES.len());
    for (line, (task_type, domain, tier, max, proof, policy)) in lines.iter().zip(TYPES) {
        assert_eq!(line["task_type"], task_type);
        assert_eq!(line["task_domain"], domain, "{task_type}");
        assert_eq!(line["tier"], tier, "{task_type}");
        assert_eq!(line["default_proof_type"], proof, "{task_type}");
        assert_eq!(line["requires_location"], domain == "PHYSICAL", "{task_type}");
        assert_eq!(line["requires_agent_public_key"], tier == 2, "{task_type}");
        assert_eq!(line["policy"], policy, "{task_type}");
        assert!(!line["default_proof_requirements"].as_array().unwrap().is_empty(), "{task_type}");
        let amounts = format!(r#""min_reward_usd":10.00,"max_reward_usd":{max},"default_proof_type":"{proof}""#);
        let own = reply.text.split(r#"{"task_type":"#).find(|text| text.starts_with(&format!("\"{task_type}\"")));
        assert!(own.is_some_and(|text| text.contains(&amounts)), "{task_type}: {own:?}");
    }
}
