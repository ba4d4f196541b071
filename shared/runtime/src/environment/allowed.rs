//! What a deployment allows, beyond what the API does everywhere.

use crate::http::Entrance;
use crate::variables::{Refusal, Variables};
use domain::Mode;
use domain::task_type::Restriction;
use outbound::Reach;
use secrets::SealingKey;
use web::envelope::origins;
use web::keys::KeyHash;

/// What a hash is.
const SHA256_HEX: &str = "64 hexadecimal digits";

impl Variables {
    /// `RESTRICTED_TASK_TYPES`: open in test mode and attested in live mode unless it says otherwise.
    pub fn restriction(&self, mode: Mode) -> Result<Restriction, Refusal> {
        let name = "RESTRICTED_TASK_TYPES";
        match self.optional(name) {
            Some(word) => {
                Restriction::parse(&word).ok_or(Refusal::Malformed { name, wanted: "open, attested or disabled" })
            }
            None if mode == Mode::Test => Ok(Restriction::Open),
            None => Ok(Restriction::Attested),
        }
    }

    /// `HUMANOPS_WEB_ORIGINS`: whose pages may call the API, nobody's unless it says otherwise. `HUMANOPS_FRONT_SHA256`:
    /// what stands in front of it, if anything does.
    pub fn entrance(&self) -> Result<Entrance, Refusal> {
        let name = "HUMANOPS_WEB_ORIGINS";
        let origins = self.optional(name).unwrap_or_default();
        let origins = origins.parse().map_err(|_| Refusal::Malformed { name, wanted: origins::WANTED })?;
        let name = "HUMANOPS_FRONT_SHA256";
        let hash = |hex: String| KeyHash::of_sha256(&hex).ok_or(Refusal::Malformed { name, wanted: SHA256_HEX });
        Ok(Entrance { origins, front: self.optional(name).map(hash).transpose()? })
    }

    /// `HUMANOPS_CALLBACK_PUBLIC_KEY`: the public half of the key that `callbacks` has.
    pub fn sealing_key(&self) -> Result<SealingKey, Refusal> {
        let name = "HUMANOPS_CALLBACK_PUBLIC_KEY";
        let malformed = Refusal::Malformed { name, wanted: "43 characters of base64url" };
        SealingKey::parse(&self.required(name)?).ok_or(malformed)
    }

    /// `HUMANOPS_PUSH_PUBLIC_KEY`: the public half of the key that `pushes` has; none where nobody is notified.
    pub fn push_key(&self) -> Option<String> {
        self.optional("HUMANOPS_PUSH_PUBLIC_KEY")
    }

    /// `HUMANOPS_API_URLS`: the hosts by which the API is known, one at least; of URLs, or as they are.
    pub fn api_hosts(&self) -> Result<Vec<String>, Refusal> {
        let name = "HUMANOPS_API_URLS";
        let urls = self.required(name)?;
        let host = |url: &str| url.split_once("://").map_or(url, |(_, host)| host).trim_matches('/').to_owned();
        let hosts: Vec<String> = urls.split(',').map(host).filter(|host| !host.is_empty()).collect();
        let is_host = |host: &String| host.bytes().all(|b| b.is_ascii_alphanumeric() || b".-:[]".contains(&b));
        if hosts.is_empty() || !hosts.iter().all(is_host) {
            return Err(Refusal::Malformed { name, wanted: "URLs or names of hosts, by commas" });
        }
        Ok(hosts)
    }

    /// Where callbacks may go. Loopback only if `ALLOW_LOOPBACK_CALLBACKS` says so, in test mode: on AWS
    /// a function's own Runtime API listens there.
    pub fn callback_reach(&self, mode: Mode) -> Result<Reach, Refusal> {
        let name = "ALLOW_LOOPBACK_CALLBACKS";
        match (self.flag(name)?, mode) {
            (false, _) => Ok(Reach::PublicOnly),
            (true, Mode::Test) => Ok(Reach::LoopbackAllowed { own_port: None }),
            (true, Mode::Live) => Err(Refusal::Malformed { name, wanted: "false in live mode" }),
        }
    }
}
