//! The body of a submission, before the task that it is for is known.

use domain::limits::{NOTES_CHARS, PHOTOS_MAX};
use std::collections::BTreeSet;
use store::proofs::Location;
use web::fields::Fields;
use web::{ApiError, Payload};

/// The body, each field valid for itself. Photos are URLs, of which only ours are any good.
pub(super) struct Body {
    pub(super) photos: Vec<String>,
    pub(super) notes: Option<String>,
    pub(super) confirmation_text: Option<String>,
    pub(super) reference_url: Option<String>,
    pub(super) location: Option<Location>,
    pub(super) credential: Option<Parts>,
    pub(super) canonical: String,
}

/// An encrypted credential as sent.
pub(super) struct Parts {
    pub(super) ciphertext: String,
    pub(super) iv: String,
    pub(super) ephemeral: String,
    pub(super) algorithm: String,
}

/// Reads the body; reports everything that is wrong with it at once.
pub(super) fn read(payload: &Payload) -> Result<Body, ApiError> {
    let mut fields = Fields::parse(&payload.0)?;
    let canonical = fields.canonical();
    let photos = fields.optional_texts("photos", 0..=PHOTOS_MAX, 1..=2_048).unwrap_or_default();
    let distinct: BTreeSet<&String> = photos.iter().collect();
    if distinct.len() != photos.len() {
        fields.problem("photos", "must name each photo once");
    }
    let reference_url = fields.optional_parsed("reference_url", "must be an https URL", |text| {
        let https = text.starts_with("https://") && text.len() > 8 && text.len() <= 2_048;
        (https && !text.contains(char::is_whitespace)).then(|| text.to_owned())
    });
    let body = Body {
        photos,
        notes: fields.optional_text("notes", 0..=NOTES_CHARS),
        confirmation_text: fields.optional_text("confirmation_text", 1..=NOTES_CHARS),
        reference_url,
        location: fields.object("location", location).flatten(),
        credential: fields.object("encrypted_credential", parts),
        canonical,
    };
    fields.finish()?;
    Ok(body)
}

fn location(fields: &mut Fields) -> Option<Location> {
    let accuracy = fields.optional_integer("accuracy_m", 0..=100_000);
    let captured_at = fields.optional_time("captured_at");
    let point = fields.point();
    if point.is_none() && !fields.has_problem() {
        fields.problem("lat", "and lng are required");
    }
    Some(Location { point: point?, accuracy_m: accuracy.and_then(|m| u32::try_from(m).ok()), captured_at })
}

/// The sender's `createdAt` is accepted and not kept: the time of delivery is ours to say.
fn parts(fields: &mut Fields) -> Parts {
    let _ = fields.optional_time("createdAt");
    let _ = fields.optional_integer("v", 1..=1);
    Parts {
        ciphertext: fields.text("ciphertext", 1..=100_000),
        iv: fields.text("iv", 1..=64),
        ephemeral: fields.text("ephemeralPublicKey", 1..=256),
        algorithm: fields.text("algorithm", 1..=64),
    }
}
