//! A system that doors lead to, with somebody of each kind in it. After some inputs it is another one, so that what they
//! leave behind makes nothing slow.

use harness::{Agent, Api, Caller, OperatorKey, Reply, World, send};
use humanops::Options;
use humanops::system::Rig;
use std::cell::RefCell;
use tokio::runtime::{Builder, Runtime};

/// Inputs of one system.
const INPUTS: usize = 2_000;
/// After so many the workers do what they have to do, without which a system is not well.
const WORKERS_AFTER: usize = 100;
pub(crate) const DLOCAL_SECRET: &str = "dlocal-secret-of-a-fuzzer";

pub(crate) struct Stage {
    pub(crate) world: World,
    pub(crate) agent: Agent,
    pub(crate) operator: OperatorKey,
    pub(crate) task: String,
    runtime: Runtime,
    inputs: usize,
}

thread_local! {
    static STAGE: RefCell<Option<Stage>> = const { RefCell::new(None) };
}

/// Plays on the stage of this thread.
pub(crate) fn on_stage(play: impl AsyncFnOnce(&Stage)) {
    STAGE.with_borrow_mut(|stage| {
        if stage.as_ref().is_none_or(|stage| stage.inputs >= INPUTS) {
            *stage = Some(Stage::new());
        }
        let stage = stage.as_mut().expect("it was just made");
        stage.inputs += 1;
        let stage = &*stage;
        stage.runtime.block_on(async {
            if stage.inputs.is_multiple_of(WORKERS_AFTER) {
                stage.world.settle().await;
            }
            play(stage).await;
        });
    });
}

impl Stage {
    fn new() -> Self {
        let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime starts");
        let (world, agent, operator, task) = runtime.block_on(async {
            let options = Options { dlocal_secret: Some(DLOCAL_SECRET.to_owned()), ..Options::ephemeral() };
            let world = World::with(options, Rig::default()).await;
            let (agent, operator) = (world.agent("1000").await, world.operator("Jane Doe").await);
            let task = world.task(&agent, "25").await;
            world.accept(&operator, &task).await;
            (world, agent, operator, task)
        });
        Self { world, agent, operator, task, runtime, inputs: 0 }
    }

    /// With the names that inputs have for them.
    pub(crate) fn callers(&self) -> [(&'static str, Caller<'_>); 4] {
        [
            ("agent", Caller::Agent(&self.agent)),
            ("operator", Caller::Operator(&self.operator)),
            ("staff", self.world.admin()),
            ("nobody", Caller::Nobody),
        ]
    }

    /// Asks, and sees to it that the answer is described and no 5xx.
    pub(crate) async fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: Option<String>) -> Reply {
        let asked = format!("{method} {path} {headers:?} {body:?}");
        let reply = send(self.world.router(), method, path, headers, body).await;
        assert!(reply.status < 500, "{asked}: {}", reply.text);
        reply
    }
}
