//! Who carries money in and out of this process: a chain, dLocal, Payoneer, or nobody. On a chain of this machine nothing
//! need be said: a double of USDC, and the accounts that everybody knows.

use crate::engine::Failure;
use crate::options::Options;
use anvil::accounts::{ADDRESSES, DEPOSIT_FINGERPRINT, DEPOSIT_XPUB, PRIVATE_KEYS};
use anvil::{Rpc, Token};
use chain::{Address, Chain, LOCAL, Network, Settings, checksummed, parse_address};
use domain::money::payout::Ways;
use fiat::dlocal::{Account, Dlocal, Notices, Scheme};
use fiat::payoneer::{self, Payoneer};
use onchain::{OnChain, lower};
use payments::{DepositKeys, Payments, Usdc, WitnessedChain};
use payouts::signer::{Local, Signer};
use payouts::{Caps, Payouts};
use std::sync::Arc;
use store::Store;
use watcher::Watcher;
use web::Gate;

/// Whole dollars that the treasury of a chain of this machine begins with.
const FLOAT_MICROS: u64 = 1_000_000_000_000;

pub(super) struct Money {
    usdc: Option<(OnChain, Usdc, Keys)>,
    dlocal: Option<Arc<Dlocal>>,
    notices: Option<Arc<Notices>>,
    payoneer: Option<payoneer::Settings>,
}

/// The private keys of treasury and relayer.
struct Keys {
    treasury: String,
    relayer: String,
}

impl Money {
    pub(super) async fn open(options: &Options) -> Result<Self, Failure> {
        let (dlocal, notices) = match options.dlocal.as_deref().map(Account::parse).transpose()? {
            Some(Account { settings, notices }) => (Some(Arc::new(Dlocal::new(settings))), Some(notices)),
            None => {
                let secret = options.dlocal_secret.as_deref();
                (None, secret.and_then(|secret| Notices::new(Scheme::SeedXSignature, "", secret)))
            }
        };
        let payoneer = options.payoneer.as_deref().map(payoneer::Settings::parse).transpose()?;
        let usdc = if options.chain.is_empty() { None } else { Some(usdc(options).await?) };
        Ok(Self { usdc, dlocal, notices: notices.map(Arc::new), payoneer })
    }

    pub(super) fn on_chain(&self) -> Option<OnChain> {
        self.usdc.as_ref().map(|(on_chain, _, _)| on_chain.clone())
    }

    /// The platform's own addresses, its token's among them.
    pub(super) fn own(&self) -> Vec<String> {
        let usdc = self.usdc.iter().map(|(_, usdc, _)| usdc);
        usdc.flat_map(|usdc| usdc.own.iter().chain([&usdc.token]).cloned()).collect()
    }

    pub(super) fn ways(&self) -> Ways {
        Ways { usdc: self.usdc.is_some(), payoneer: self.payoneer.is_some() }
    }

    pub(super) fn payments(&self, gate: Gate) -> Payments {
        let usdc = self.usdc.as_ref().map(|(_, usdc, _)| usdc.clone());
        Payments { gate, usdc, dlocal: self.dlocal.clone(), notices: self.notices.clone() }
    }

    pub(super) fn watcher(&self, store: &Store) -> Watcher {
        Watcher { store: store.clone(), on_chain: self.on_chain(), dlocal: self.dlocal.clone() }
    }

    pub(super) fn payouts(&self, store: &Store) -> Result<Payouts, Failure> {
        let usdc = match &self.usdc {
            Some((on_chain, _, keys)) => {
                let treasury = (Signer::Local(Local::parse(&keys.treasury)?), on_chain.treasury);
                let relayer = (Signer::Local(Local::parse(&keys.relayer)?), on_chain.relayer);
                Some(payouts::usdc::Usdc::of(on_chain.chain.clone(), treasury, relayer)?)
            }
            None => None,
        };
        let payoneer = self.payoneer.clone().map(Payoneer::new);
        Ok(Payouts { store: store.clone(), usdc, payoneer, caps: Caps::default() })
    }
}

async fn usdc(options: &Options) -> Result<(OnChain, Usdc, Keys), Failure> {
    let [first, ..] = options.chain.as_slice() else { return Err("there is no endpoint".into()) };
    let rpc = Rpc::new(first.as_str())?;
    let chain_id = rpc.chain_id().await.map_err(|error| format!("--chain does not answer: {error}"))?;
    let address = |text: &Option<String>| text.as_deref().map(parse_address).transpose();
    let token = match address(&options.chain_token)? {
        None if chain_id == LOCAL => Some(double(&rpc).await?),
        token => token,
    };
    let network = Network::named(chain_id, token, address(&options.chain_oracle)?)?;
    let known = |given: &Option<String>, anvils: &str, name: &str| match given {
        Some(given) => Ok(given.clone()),
        None if chain_id == LOCAL => Ok(anvils.to_owned()),
        None => Err(format!("{name} is missing: it goes with --chain")),
    };
    let keys = Keys {
        treasury: known(&options.treasury_key, &format!("0x{}", PRIVATE_KEYS[1]), "HUMANOPS_TREASURY_KEY")?,
        relayer: known(&options.relayer_key, &format!("0x{}", PRIVATE_KEYS[2]), "HUMANOPS_RELAYER_KEY")?,
    };
    let xpub = known(&options.deposit_key, DEPOSIT_XPUB, "HUMANOPS_DEPOSIT_KEY")?;
    let pinned = known(&options.deposit_key_fingerprint, DEPOSIT_FINGERPRINT, "HUMANOPS_DEPOSIT_KEY_FINGERPRINT")?;

    let mut deposit_keys = DepositKeys::parse(&xpub, &pinned)?;
    if options.ephemeral && chain_id == LOCAL {
        // What came to the addresses of an earlier system is nobody's in this one.
        deposit_keys = deposit_keys.on_branch(u32::try_from(rpc.block_number("latest").await?)? & 0x7fff_ffff);
    }
    let chain = Chain::connect(Settings::new(options.chain.clone(), network)).await?;
    let [treasury, relayer] = [Local::parse(&keys.treasury)?.address(), Local::parse(&keys.relayer)?.address()];
    let former = options.former_accounts.iter().map(|text| parse_address(text)).collect::<Result<_, _>>()?;
    let on_chain = OnChain { chain, treasury, relayer, former };
    let usdc = Usdc {
        chain: WitnessedChain { id: chain_id, witness: Arc::new(on_chain.clone()) },
        token: checksummed(network.token),
        own: on_chain.own().into_iter().map(lower).collect(),
        deposit_keys,
    };
    Ok((on_chain, usdc, keys))
}

/// The double of USDC, deployed by the first who needs it, with a float in the treasury.
async fn double(rpc: &Rpc) -> Result<Address, Failure> {
    let there = Token::at(Token::FIRST);
    let token = match there.balance_of(rpc, ADDRESSES[1]).await {
        Ok(_) => there,
        Err(_) => Token::deploy(rpc).await?,
    };
    if token.balance_of(rpc, ADDRESSES[1]).await? == 0 {
        token.mint(rpc, ADDRESSES[1], FLOAT_MICROS).await?;
    }
    Ok(token.address)
}
