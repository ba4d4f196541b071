//! One endpoint: typed questions, and the check that it is the right one. Compares nothing with
//! the other; `Chain` does.

use std::sync::Arc;

use alloy::primitives::{Address, Bytes, U64};
use alloy::rpc::client::RpcClient;
use alloy::rpc::json_rpc::{ErrorPayload, RpcError, RpcRecv};
use alloy::sol_types::SolCall;
use alloy::transports::{TransportError, TransportErrorKind};
use serde_json::Value;
use serde_json::json;
use serde_json::value::RawValue;
use tokio::sync::OnceCell;

use crate::error::{ChainError, Failure, Which};
use crate::network::Network;
use crate::token::Usdc;
use crate::transport::Transport;

/// What providers take in one batch.
const BATCH_LEN_MAX: usize = 100;
const LATEST: &str = "latest";

#[derive(Clone)]
pub(crate) struct Endpoint {
    inner: Arc<Inner>,
}

struct Inner {
    which: Which,
    network: Network,
    client: RpcClient,
    checked: OnceCell<()>,
}

/// A method and its parameters.
pub(crate) type Question = (&'static str, Value);

/// The state that a contract is asked in.
#[derive(Clone, Copy, Debug)]
pub(crate) enum At {
    Latest,
    /// A node that has not reached it, or has forgotten it, answers with an error.
    Block(u64),
}

impl Endpoint {
    pub(crate) fn new(which: Which, network: Network, transport: Transport) -> Endpoint {
        let client = RpcClient::new(transport, false);
        Endpoint { inner: Arc::new(Inner { which, network, client, checked: OnceCell::new() }) }
    }

    pub(crate) fn network(&self) -> &Network {
        &self.inner.network
    }

    /// Once: what has passed is not asked again, what failed is.
    pub(crate) async fn check(&self) -> Result<(), ChainError> {
        self.inner.checked.get_or_try_init(|| self.examine()).await?;
        Ok(())
    }

    pub(crate) async fn ask<R: RpcRecv>(&self, method: &'static str, parameters: Value) -> Result<R, ChainError> {
        self.try_ask(method, parameters).await?.map_err(|payload| self.refused(method, &payload))
    }

    /// [`Endpoint::ask`] for who must know what the node objects to.
    pub(crate) async fn try_ask<R: RpcRecv>(
        &self,
        method: &'static str,
        parameters: Value,
    ) -> Result<Result<R, ErrorPayload>, ChainError> {
        self.check().await?;
        match self.inner.client.request(method, parameters).await {
            Ok(answer) => Ok(Ok(answer)),
            Err(RpcError::ErrorResp(payload)) => Ok(Err(payload)),
            Err(error) => Err(self.failed(method, error)),
        }
    }

    /// Answers in the order of the questions, which travel together in batches: those of one batch
    /// are answered by one node, however many stand behind the endpoint.
    pub(crate) async fn ask_all(&self, questions: &[Question]) -> Result<Vec<Box<RawValue>>, ChainError> {
        self.check().await?;
        self.ask_unchecked(questions).await
    }

    pub(crate) async fn call<C: SolCall + Sync>(&self, to: Address, call: C, at: At) -> Result<C::Return, ChainError> {
        let data: Bytes = self.ask("eth_call", parameters(to, &call, at)).await?;
        C::abi_decode_returns(&data).map_err(|_| self.malformed("eth_call"))
    }

    pub(crate) async fn call_all<C: SolCall + Sync>(
        &self,
        to: Address,
        calls: &[C],
        at: At,
    ) -> Result<Vec<C::Return>, ChainError> {
        let questions: Vec<Question> = calls.iter().map(|call| ("eth_call", parameters(to, call, at))).collect();
        let answers = self.ask_all(&questions).await?;
        answers.iter().map(|answer| self.returned::<C>(answer)).collect()
    }

    pub(crate) fn parsed<'a, R: serde::Deserialize<'a>>(
        &self,
        method: &'static str,
        answer: &'a RawValue,
    ) -> Result<R, ChainError> {
        serde_json::from_str(answer.get()).map_err(|_| self.malformed(method))
    }

    pub(crate) fn malformed(&self, method: &'static str) -> ChainError {
        ChainError::Malformed { endpoint: self.inner.which, method }
    }

    pub(crate) fn unavailable(&self, failure: Failure) -> ChainError {
        ChainError::Unavailable { endpoint: self.inner.which, failure }
    }

    /// Without the node's words, which may repeat the key in our URL.
    pub(crate) fn refused(&self, method: &'static str, payload: &ErrorPayload) -> ChainError {
        ChainError::Refused { endpoint: self.inner.which, method, code: payload.code }
    }

    async fn examine(&self) -> Result<(), ChainError> {
        let Inner { which: endpoint, network, .. } = *self.inner;
        let token = network.token;
        let answers = self
            .ask_unchecked(&[
                ("eth_chainId", json!([])),
                ("eth_call", parameters(token, &Usdc::nameCall {}, At::Latest)),
                ("eth_call", parameters(token, &Usdc::versionCall {}, At::Latest)),
                ("eth_call", parameters(token, &Usdc::decimalsCall {}, At::Latest)),
                ("eth_call", parameters(token, &Usdc::DOMAIN_SEPARATORCall {}, At::Latest)),
            ])
            .await?;
        let [chain_id, name, version, decimals, separator] = answers.as_slice() else {
            return Err(self.unavailable(Failure::Incomplete));
        };

        let found = self.parsed::<U64>("eth_chainId", chain_id)?.to::<u64>();
        if found != network.chain_id {
            return Err(ChainError::WrongChain { endpoint, found, expected: network.chain_id });
        }
        // An account without code answers with nothing at all, which is no string and no number.
        let is_ours = [
            ("its name", self.returned::<Usdc::nameCall>(name).is_ok_and(|it| it == network.name)),
            ("its version", self.returned::<Usdc::versionCall>(version).is_ok_and(|it| it == network.version)),
            ("the number of its decimals", self.returned::<Usdc::decimalsCall>(decimals).is_ok_and(|it| it == 6)),
            (
                "its domain separator",
                self.returned::<Usdc::DOMAIN_SEPARATORCall>(separator)
                    .is_ok_and(|it| it == network.domain().separator()),
            ),
        ];
        match is_ours.into_iter().find(|(_, equal)| !equal) {
            Some((what, _)) => Err(ChainError::WrongToken { endpoint, what }),
            None => Ok(()),
        }
    }

    async fn ask_unchecked(&self, questions: &[Question]) -> Result<Vec<Box<RawValue>>, ChainError> {
        let mut answers = Vec::with_capacity(questions.len());
        for questions in questions.chunks(BATCH_LEN_MAX) {
            let mut batch = self.inner.client.new_batch();
            let mut waiting = Vec::with_capacity(questions.len());
            for (method, parameters) in questions {
                let waiter = batch.add_call::<Value, Box<RawValue>>(*method, parameters);
                waiting.push((*method, waiter.map_err(|error| self.failed(method, error))?));
            }
            let method = questions.first().map_or("", |(method, _)| *method);
            batch.send().await.map_err(|error| self.failed(method, error))?;
            for (method, waiter) in waiting {
                answers.push(waiter.await.map_err(|error| self.failed(method, error))?);
            }
        }
        Ok(answers)
    }

    fn returned<C: SolCall>(&self, answer: &RawValue) -> Result<C::Return, ChainError> {
        let data: Bytes = self.parsed("eth_call", answer)?;
        C::abi_decode_returns(&data).map_err(|_| self.malformed("eth_call"))
    }

    fn failed(&self, method: &'static str, error: TransportError) -> ChainError {
        match error {
            RpcError::ErrorResp(payload) => self.refused(method, &payload),
            RpcError::Transport(TransportErrorKind::MissingBatchResponse(_)) => self.unavailable(Failure::Incomplete),
            RpcError::Transport(kind) => {
                let failure = kind.as_custom().and_then(|cause| cause.downcast_ref::<Failure>());
                self.unavailable(failure.copied().unwrap_or(Failure::NotJsonRpc))
            }
            RpcError::NullResp
            | RpcError::UnsupportedFeature(_)
            | RpcError::LocalUsageError(_)
            | RpcError::SerError(_)
            | RpcError::DeserError { .. } => self.malformed(method),
        }
    }
}

pub(crate) fn quantity(number: u64) -> String {
    format!("{number:#x}")
}

fn parameters<C: SolCall>(to: Address, call: &C, at: At) -> Value {
    let data = Bytes::from(call.abi_encode());
    let at = match at {
        At::Latest => LATEST.to_owned(),
        At::Block(number) => quantity(number),
    };
    json!([{ "to": to, "data": data }, at])
}
