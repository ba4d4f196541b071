//! Keys and signatures: who is let in, and what is told of them.

use crate::asking::{PATIENCE, ask, both, config, limits, met, of_bedrock, open_ai, settings};
use aws_types::SdkConfig;
use models::{BEDROCK_MODEL, Models};
use vision::openai::Settings;
use vision::{Model, Unanswered, bedrock};

const SECRET: &str = "another-secret";

fn odd(why: &str) -> Unanswered {
    Unanswered::Odd(why.to_owned())
}

#[tokio::test]
async fn a_wrong_key_or_signature_is_no_access_and_no_secret_is_told() {
    let models = Models::open(met()).await;
    let wrong = Settings { key: Some(SECRET.to_owned()), ..settings(&models) };
    let none = Settings { key: None, ..settings(&models) };
    let all = [
        open_ai(wrong.clone(), limits(PATIENCE)),
        open_ai(none, limits(PATIENCE)),
        of_bedrock(&config(&models, SECRET), limits(PATIENCE)),
    ];
    for (asked, model) in all.iter().enumerate() {
        let error = ask(model).await.unwrap_err();
        assert_eq!((&error, models.calls()), (&Unanswered::Access, asked + 1));
        let shown = format!("{error} {error:?} {model:?} {wrong:?}");
        assert!(!shown.contains(SECRET), "{shown}");
    }
    assert_eq!(models.asked().len(), 0);
    // The server did see the key, and repeated it.
    assert!(models.refused()[0].contains(SECRET));
}

#[tokio::test]
async fn no_secret_is_told_of_a_client_that_is_let_in() {
    let models = Models::open(met()).await;
    for model in both(&models, limits(PATIENCE)) {
        let (answer, shown) = (ask(&model).await.unwrap(), format!("{model:#?}"));
        let shown = format!("{answer:?} {shown}");
        for secret in [&models.credentials().key, &models.credentials().secret_access_key] {
            assert!(!shown.contains(secret), "{shown}");
        }
    }
    let named = Settings { base: "http://user:pass@localhost/v1".parse().unwrap(), ..settings(&models) };
    assert!(!format!("{named:?}").contains("pass"));
}

#[tokio::test]
async fn what_is_set_wrongly_is_told_and_not_tried_again() {
    let models = Models::open(met()).await;
    let other = |settings| open_ai(settings, limits(PATIENCE));
    let secret = &models.credentials().secret_access_key;
    let nobody = config(&models, secret).into_builder();
    let mut nobody = nobody;
    nobody.set_credentials_provider(None);
    let nobody: SdkConfig = nobody.build();
    let stranger = bedrock::Client::new(&config(&models, secret), "amazon.other-v1:0", limits(PATIENCE));
    for (model, why, calls) in [
        (other(Settings { model: "other".to_owned(), ..settings(&models) }), "404 model_not_found", 1),
        (other(Settings { base: models.origin().parse().unwrap(), ..settings(&models) }), "404", 1),
        (other(Settings { base: "mailto:a@b.c".parse().unwrap(), ..settings(&models) }), "its URL has no path", 0),
        (
            other(Settings { key: Some("a\nb".to_owned()), ..settings(&models) }),
            "the request cannot be made of the settings",
            0,
        ),
        (Model::Bedrock(stranger), "400 ValidationException", 1),
        (of_bedrock(&nobody, limits(PATIENCE)), "the request cannot be made", 0),
    ] {
        let before = models.calls();
        assert_eq!(ask(&model).await, Err(odd(why)));
        assert_eq!(models.calls() - before, calls, "{why}");
    }
    assert_eq!(both(&models, limits(PATIENCE)).map(|model| model.name().to_owned())[1], BEDROCK_MODEL);
}
