//! What a function with endpoints needs: the way in, and who may come in by it.

use super::allowed::SHA256_HEX;
use super::deployment::Core;
use crate::Failure;
use crate::variables::{Refusal, Variables};
use web::Gate;
use web::gate::Settings;
use web::keys::KeyHash;

pub struct Api {
    pub core: Core,
    pub(super) operator_id_header: bool,
    admin_key: KeyHash,
}

impl Api {
    /// As [`Core::read`], and `HUMANOPS_ADMIN_KEY_SHA256` and `ALLOW_DEV_OPERATOR_ID_HEADER`.
    pub fn read(variables: &Variables) -> Result<Self, Refusal> {
        let name = "HUMANOPS_ADMIN_KEY_SHA256";
        let admin_key = KeyHash::of_sha256(&variables.required(name)?);
        Ok(Self {
            core: Core::read(variables)?,
            operator_id_header: variables.flag("ALLOW_DEV_OPERATOR_ID_HEADER")?,
            admin_key: admin_key.ok_or(Refusal::Malformed { name, wanted: SHA256_HEX })?,
        })
    }

    /// The way in, with the store behind it.
    ///
    /// # Errors
    /// As [`Core::store`]; settings that must not go together.
    pub async fn gate(self) -> Result<Gate, Failure> {
        let Self { core, operator_id_header, admin_key } = self;
        let settings = Settings { mode: core.mode, admin_key, operator_id_header };
        Ok(Gate::new(core.store().await?, settings)?)
    }
}
