//! Who may come in, by the options.

use crate::engine::Failure;
use crate::options::Options;
use domain::{Mode, StaffName};
use identity::Sessions;
use outbound::Reach;
use web::SignIn;
use web::gate::Settings;
use web::keys::KeyHash;

pub(super) fn settings(options: &Options, mode: Mode, admin_key: &str) -> Result<Settings, Failure> {
    let admin_key = KeyHash::new(admin_key).ok_or("HUMANOPS_ADMIN_KEY must have at least 32 bytes")?;
    let admin_keys = options.admin_keys.clone().and(StaffName::admin(), admin_key);
    let id_header = options.allow_dev_operator_id_header.unwrap_or(mode == Mode::Test);
    let sign_in = SignIn::new(mode, id_header, sessions(options)?)?;
    Ok(Settings { mode, admin_keys, sign_in })
}

/// The sessions of operators. Their issuer may be on this machine.
fn sessions(options: &Options) -> Result<Option<Sessions>, Failure> {
    let Some(issuer) = options.clerk_issuer.as_deref() else { return Ok(None) };
    let parties = options.clerk_authorized_parties.as_deref();
    let parties = parties.ok_or("CLERK_AUTHORIZED_PARTIES is missing: it goes with CLERK_ISSUER")?;
    let reach = Reach::LoopbackAllowed { own_port: None };
    Ok(Some(Sessions::new(issuer, parties, options.clerk_jwt_key.as_deref(), reach)?))
}
