//! The functions of a job, each a process that has its share of a processor and is measured at every event.

use super::INVOCATIONS;
use crate::Failure;
use crate::contestants::{Contestant, Transport};
use crate::function::{Answered, Function};
use crate::processes::{self, Share, Spawner};
use std::collections::BTreeMap;
use std::time::Instant;

/// One invocation.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sample {
    pub(super) millis: f64,
    pub(super) cpu_us: f64,
    /// Bytes.
    pub(super) logged: f64,
}

/// The functions go before their shares.
pub(super) struct Crew {
    functions: BTreeMap<&'static str, Function>,
    shares: BTreeMap<&'static str, Share>,
    samples: BTreeMap<&'static str, Vec<Sample>>,
    memory_mb: u64,
    /// Whether what is invoked now is measured.
    pub(super) counts: bool,
}

impl Crew {
    pub(super) fn of(memory_mb: u64) -> Self {
        let (functions, shares, samples) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        Self { functions, shares, samples, memory_mb, counts: false }
    }

    /// Starts a function, unless it runs.
    pub(super) async fn add(
        &mut self,
        name: &'static str,
        packed: &Contestant,
        spawner: &Spawner,
    ) -> Result<(), Failure> {
        if self.functions.contains_key(name) {
            return Ok(());
        }
        let mut function = Function::start(packed, spawner, Transport::Tls, None).await?;
        function.rest().await?;
        // A start has a whole processor on AWS too.
        let share = Share::of_memory(name, self.memory_mb)?;
        share.add(function.process())?;
        self.functions.insert(name, function);
        self.shares.insert(name, share);
        Ok(())
    }

    /// The answer to an event, once the function asks for the next one.
    pub(super) async fn invoke(&mut self, name: &'static str, event: String) -> Result<Answered, Failure> {
        let (_, function) = INVOCATIONS.iter().find(|(known, _)| *known == name).ok_or("no such invocation")?;
        let function = self.functions.get_mut(function).ok_or("no such function")?;
        let process = function.process();
        let (cpu, logged, began) = (processes::cpu(process)?, function.logged()?, Instant::now());
        let answered = function.invoke(event).await.map_err(|failure| format!("{name}: {failure}"))?;
        function.rest().await?;
        if self.counts {
            let cpu_us = processes::cpu(process)?.saturating_sub(cpu).as_secs_f64() * 1e6;
            let logged = f64::from(u32::try_from(function.logged()? - logged)?);
            let millis = answered.at.duration_since(began).as_secs_f64() * 1e3;
            self.samples.entry(name).or_default().push(Sample { millis, cpu_us, logged });
        }
        Ok(answered)
    }

    /// All samples, and the most memory that the function of each has had.
    pub(super) fn measured(self) -> Result<super::Measured, Failure> {
        let mut measured = super::Measured::new();
        for (name, function) in INVOCATIONS {
            let process = self.functions.get(function).ok_or("no such function")?.process();
            let samples = self.samples.get(name).ok_or_else(|| format!("{name} was never invoked"))?;
            measured.insert(name, (samples.clone(), processes::peak_bytes(process)?));
        }
        Ok(measured)
    }
}
