//! What `POST /operator/tasks/{id}/submit` does about photos that are not in the bucket, or not as they were announced.

use super::{accepted, submit};
use harness::{Agent, Api, OperatorKey, Photo, Reply, World};
use humanops::Options;
use humanops::system::Rig;
use serde_json::json;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// An accepted task, and the folder in which the bucket's files are.
struct Job {
    world: World,
    agent: Agent,
    operator: OperatorKey,
    task: String,
    folder: TempDir,
}

impl Job {
    async fn accepted() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let options = Options { data_dir: folder.path().to_owned(), ephemeral: false, ..Options::ephemeral() };
        let world = World::with(options, Rig::default()).await;
        let (agent, operator) = (world.agent("100").await, world.operator("Jane Doe").await);
        let task = accepted(&world, &agent, &operator, json!({})).await;
        Self { world, agent, operator, task, folder }
    }

    async fn announce(&self, photo: &Photo) -> Reply {
        self.world.post(&self.operator, "/operator/upload", photo.announcement(&self.task)).await.expect(200)
    }

    async fn submit(&self, urls: &[&str]) -> Reply {
        submit(&self.world, &self.operator, &self.task, json!({ "photos": urls })).await
    }

    /// The file of the photo at this URL.
    fn file(&self, url: &str) -> PathBuf {
        let (_, key) = url.split_once("/humanops-proofs/").unwrap();
        self.folder.path().join("humanops-proofs").join(key)
    }

    /// What the bucket keeps beside its files; it cannot answer for one without reading that.
    fn notes(&self) -> Vec<PathBuf> {
        let files = std::fs::read_dir(self.folder.path()).unwrap().map(|entry| entry.unwrap().path());
        files.filter(|file| file.to_string_lossy().ends_with(".internal.json")).collect()
    }

    async fn assert_unchanged(&self) {
        assert_eq!(self.world.show(&self.agent, &self.task).await["status"], "ACCEPTED");
        assert_eq!(self.world.show(&self.agent, &self.task).await["proof"], json!(null));
    }

    /// The operator is paid for what was submitted, once.
    async fn assert_paid(&self) {
        self.world.settle().await;
        assert_eq!(self.world.show(&self.agent, &self.task).await["status"], "COMPLETED");
        self.world.assert_earnings(&self.operator, "pending 10.00 available 0.00 total 10.00").await;
        self.world.audit().await;
    }
}

fn rewrite(file: &Path, change: impl FnOnce(Vec<u8>) -> Vec<u8>) -> Vec<u8> {
    let before = std::fs::read(file).unwrap();
    std::fs::write(file, change(before.clone())).unwrap();
    before
}

#[tokio::test]
async fn photos_that_never_arrived_are_named_and_the_task_stays_until_they_have() {
    let job = Job::accepted().await;
    let photos = [Photo::fresh(), Photo::fresh(), Photo::fresh()];
    let mut signed = Vec::new();
    for photo in &photos {
        signed.push(job.announce(photo).await);
    }
    let urls: Vec<String> = signed.iter().map(|reply| reply.text_of("photo_url")).collect();
    let urls: Vec<&str> = urls.iter().map(String::as_str).collect();
    assert_eq!(photos[1].put(&signed[1]).await, 200);

    let reply = job.submit(&urls).await.expect_error(409, "photo_not_uploaded");
    assert_eq!(reply["details"], json!({ "photos": [urls[0], urls[2]] }));
    job.assert_unchanged().await;

    for (photo, signed) in [(&photos[0], &signed[0]), (&photos[2], &signed[2])] {
        assert_eq!(photo.put(signed).await, 200);
    }
    job.submit(&urls).await.expect(200);
    job.assert_paid().await;
}

/// The bucket takes no other bytes by a URL of ours; whoever else may write into it must not matter either.
#[tokio::test]
async fn a_photo_of_another_size_or_sum_has_not_arrived() {
    let job = Job::accepted().await;
    let (photo, other) = (Photo::fresh(), Photo::fresh());
    let url = job.world.upload(&job.operator, &job.task, &photo).await;
    for bytes in [[&photo.bytes[..], b"\0"].concat(), other.bytes, vec![0; 11 * 1024 * 1024]] {
        let whole = rewrite(&job.file(&url), |_| bytes);
        let reply = job.submit(&[&url]).await.expect_error(409, "photo_not_uploaded");
        assert_eq!(reply["details"], json!({ "photos": [url] }));
        job.assert_unchanged().await;
        std::fs::write(job.file(&url), whole).unwrap();
    }
    job.submit(&[&url]).await.expect(200);
    job.assert_paid().await;
}

#[tokio::test]
async fn a_bucket_that_does_not_answer_is_our_trouble_and_changes_nothing() {
    let job = Job::accepted().await;
    let url = job.world.upload(&job.operator, &job.task, &Photo::fresh()).await;
    let [notes] = &job.notes()[..] else { panic!("one upload has one note") };
    let refused = async || {
        job.submit(&[&url]).await.expect_error(500, "internal_error");
        job.assert_unchanged().await;
    };

    let kept = rewrite(notes, |_| b"broken".to_vec());
    refused().await;
    std::fs::write(notes, kept).unwrap();

    // It is there, and cannot be opened.
    let (file, aside) = (job.file(&url), job.file(&url).with_extension("aside"));
    std::fs::rename(&file, &aside).unwrap();
    std::os::unix::fs::symlink(&file, &file).unwrap();
    refused().await;
    std::fs::rename(&aside, &file).unwrap();

    job.submit(&[&url]).await.expect(200);
    job.assert_paid().await;
}

/// S3 lets nobody say so whose URL is ours; but then the agent would see other bytes than were judged.
#[tokio::test]
async fn a_photo_that_is_to_be_decoded_first_is_refused() {
    let job = Job::accepted().await;
    let url = job.world.upload(&job.operator, &job.task, &Photo::fresh()).await;
    let files = std::fs::read_dir(job.folder.path()).unwrap().map(|entry| entry.unwrap().path());
    let mut attributes = files.filter(|file| file.to_string_lossy().ends_with(".metadata.json"));
    let attributes = attributes.next().unwrap();

    let change = |kept: Vec<u8>| String::from_utf8(kept).unwrap().replace("\"identity\"", "\"gzip\"").into_bytes();
    let kept = rewrite(&attributes, change);
    job.submit(&[&url]).await.expect_error(400, "photo_unreadable");
    job.assert_unchanged().await;

    std::fs::write(&attributes, kept).unwrap();
    job.submit(&[&url]).await.expect(200);
    job.assert_paid().await;
}

#[tokio::test]
async fn the_same_submission_again_does_not_ask_the_bucket() {
    let job = Job::accepted().await;
    let url = job.world.upload(&job.operator, &job.task, &Photo::fresh()).await;
    let [notes] = &job.notes()[..] else { panic!("one upload has one note") };
    let first = job.submit(&[&url]).await.expect(200);

    let kept = rewrite(notes, |_| b"broken".to_vec());
    assert_eq!(job.submit(&[&url]).await.expect(200).json, first.json);
    std::fs::write(notes, kept).unwrap();
    job.assert_paid().await;
}
