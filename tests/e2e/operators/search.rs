//! `GET /operators/search`: who is found, how far away they are said to be, and what cannot be found out.

use domain::OperatorId;
use domain::geo::Point;
use domain::operator::{Kyc, Operator};
use domain::task_type::TaskType;
use futures::future::join_all;
use harness::Step::{Accept, Submit};
use harness::{Agent, Api, Caller, DAY_S, HOUR_S, OperatorKey, Reply, World};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Cities of all the Earth, date line and both hemispheres among them.
const CITIES: [(&str, &str, &str); 30] = [
    ("New York", "40.7128", "-74.0060"),
    ("London", "51.5074", "-0.1278"),
    ("Paris", "48.8566", "2.3522"),
    ("Berlin", "52.5200", "13.4050"),
    ("Madrid", "40.4168", "-3.7038"),
    ("Rome", "41.9028", "12.4964"),
    ("Vienna", "48.2082", "16.3738"),
    ("Stockholm", "59.3293", "18.0686"),
    ("Reykjavik", "64.1466", "-21.9426"),
    ("Tromso", "69.6492", "18.9553"),
    ("Longyearbyen", "78.2232", "15.6267"),
    ("Moscow", "55.7558", "37.6173"),
    ("Istanbul", "41.0082", "28.9784"),
    ("Cairo", "30.0444", "31.2357"),
    ("Lagos", "6.5244", "3.3792"),
    ("Nairobi", "-1.2921", "36.8219"),
    ("Johannesburg", "-26.2041", "28.0473"),
    ("Cape Town", "-33.9249", "18.4241"),
    ("Dubai", "25.2048", "55.2708"),
    ("Mumbai", "19.0760", "72.8777"),
    ("Bangkok", "13.7563", "100.5018"),
    ("Singapore", "1.3521", "103.8198"),
    ("Tokyo", "35.6762", "139.6503"),
    ("Sydney", "-33.8688", "151.2093"),
    ("Auckland", "-36.8509", "174.7645"),
    ("Suva", "-18.1248", "178.4501"),
    ("Honolulu", "21.3069", "-157.8583"),
    ("Quito", "-0.1807", "-78.4678"),
    ("Sao Paulo", "-23.5505", "-46.6333"),
    ("Ushuaia", "-54.8019", "-68.3030"),
];

fn point(lat: &str, lng: &str) -> Point {
    Point::parse(lat, lng).unwrap()
}

async fn search(world: &World, agent: &Agent, query: &str) -> Reply {
    world.get(agent, &format!("/operators/search?{query}")).await.expect(200)
}

fn ids(reply: &Reply) -> Vec<String> {
    let found = reply["data"].as_array().unwrap().iter();
    found.map(|it| it["operator_id"].as_str().unwrap().to_owned()).collect()
}

async fn register(world: &World, name: &str, location: Value) -> OperatorKey {
    let email = format!("{}@example.com", web::keys::random_text(12));
    let body = json!({ "name": name, "email": email, "location": location, "skills": ["PHOTO"] });
    OperatorKey(world.post(Caller::Nobody, "/operator/register", body).await.expect(201).text_of("operator_id"))
}

/// An operator straight into the store, `home` as registration would keep it.
async fn settle(world: &World, number: usize, home: Point) {
    let operator = Operator {
        id: OperatorId::parse(&format!("op_{number:04}")).unwrap(),
        name: "Jane Doe".to_owned(),
        email: "jane@example.com".to_owned(),
        phone: None,
        city: None,
        country: None,
        home: Some(home.cell()),
        skills: vec![if number.is_multiple_of(2) { TaskType::Photo } else { TaskType::Delivery }],
        checked: None,
        kyc: Kyc::Verified,
        created_at: world.now(),
    };
    assert!(world.system.store.register_operator(&operator).await.unwrap());
}

#[tokio::test]
async fn a_verified_operator_is_found_near_the_city_that_was_named() {
    let world = World::new().await;
    let agent = world.agent("0").await;
    let operator = register(&world, "Jane Doe", json!({ "city": "New York", "country": "US" })).await;

    let reply = search(&world, &agent, "lat=40.7128&lng=-74.006").await;

    let expected = format!(
        concat!(
            r#"{{"data":[{{"operator_id":"{}","name":"Jane D.","rating":null,"rating_count":0,"completed_tasks":0,"#,
            r#""completion_rate":null,"task_types":["PHOTO"],"location":{{"city":"New York","country":"US"}},"#,
            r#""distance_km":5}}],"coverage":{{"eligible":1,"accept_seconds_p50":null,"accept_seconds_p90":null,"#,
            r#""sample_size":0}}}}"#
        ),
        operator.0
    );
    assert_eq!(reply.text, expected);
    for (kyc, found) in [("REJECTED", 0), ("PENDING", 0), ("VERIFIED", 1)] {
        let path = format!("/admin/operators/{}/kyc", operator.0);
        world.post(world.admin(), &path, json!({ "status": kyc })).await.expect(200);
        assert_eq!(ids(&search(&world, &agent, "lat=40.7128&lng=-74.006").await).len(), found, "{kyc}");
    }
}

#[tokio::test]
async fn who_moves_is_found_where_they_are_now() {
    let world = World::new().await;
    let agent = world.agent("0").await;
    let operator = register(&world, "Jane Doe", json!({ "city": "Berlin" })).await;
    let change = async |location: Value| {
        let body = json!({ "location": location });
        world.request(&operator, "PATCH", "/operator/me", &[], Some(body)).await.expect(200)
    };
    let near = async |query: &str| ids(&search(&world, &agent, query).await).len();
    let (berlin, paris, munich) = ("lat=52.52&lng=13.405", "lat=48.8566&lng=2.3522", "lat=48.1372&lng=11.5755");
    assert_eq!([near(berlin).await, near(paris).await], [1, 0]);
    change(json!({ "city": "Paris", "country": "FR" })).await;
    assert_eq!([near(berlin).await, near(paris).await], [0, 1]);
    // A point wins over the city, and only its cell is kept.
    let me = change(json!({ "lat": 48.1372123, "lng": 11.5755987 })).await;
    assert_eq!((&me["location"]["lat"], &me["location"]["city"]), (&json!(48.13), &json!("Paris")));
    assert!(!me.text.contains("1372123") && !me.text.contains("5755987"), "{}", me.text);
    assert_eq!([near(paris).await, near(munich).await], [0, 1]);
    // What has nothing to do with it leaves it; a city that nobody knows is nowhere.
    let body = json!({ "name": "Jane Roe", "phone": "+14155550123" });
    world.request(&operator, "PATCH", "/operator/me", &[], Some(body)).await.expect(200);
    assert_eq!(near(munich).await, 1);
    let me = change(json!({ "city": "Atlantis" })).await;
    assert_eq!((&me["location"]["lat"], near(munich).await), (&json!(null), 0));
    // The same registration again is the same operator, wherever they have moved.
    let body = json!({ "location": { "lat": 1, "lng": 91 }, "name": "x" });
    world.request(&operator, "PATCH", "/operator/me", &[], Some(body)).await.expect(200);
    assert_eq!(near("lat=1&lng=91&radius_km=1").await, 1);
    let half = json!({ "location": { "lat": 1 } });
    world.request(&operator, "PATCH", "/operator/me", &[], Some(half)).await.expect_fields(&["location.lng"]);
}

#[tokio::test]
async fn of_a_thousand_operators_over_thirty_cities_each_search_finds_its_own() {
    let world = World::new().await;
    let agent = world.agent("0").await;
    // About each city, up to a quarter of a degree away.
    let homes: Vec<Point> = (0..1_000_usize)
        .map(|number| {
            let (_, lat, lng) = CITIES[number % CITIES.len()];
            let (city, ring) = (point(lat, lng), i32::try_from(number / CITIES.len()).unwrap());
            let scaled = |degrees: domain::geo::Degrees, by: i32| {
                domain::geo::Degrees::from_scaled(degrees.scaled() + (ring * by) % 2_500_000)
            };
            Point { lat: scaled(city.lat, 777_777), lng: scaled(city.lng, -1_234_567) }
        })
        .collect();
    for (at, chunk) in homes.chunks(50).enumerate() {
        join_all(chunk.iter().enumerate().map(|(number, home)| settle(&world, at * 50 + number, *home))).await;
    }

    for (name, lat, lng) in CITIES {
        for (radius_km, reach_km) in [(1, 5), (12, 15), (25, 25), (200, 200)] {
            let query = format!("lat={lat}&lng={lng}&radius_km={radius_km}&limit=50&task_type=PHOTO");
            let reply = search(&world, &agent, &query).await;
            let centre = point(lat, lng);
            let wanted = homes
                .iter()
                .enumerate()
                .filter(|(number, home)| number.is_multiple_of(2) && centre.band_km(**home) <= reach_km);
            let wanted: BTreeSet<String> = wanted.map(|(number, _)| format!("op_{number:04}")).collect();
            let found = ids(&reply);
            assert_eq!(reply["coverage"]["eligible"], wanted.len(), "{name} {radius_km}");
            assert_eq!(found.len(), wanted.len().min(50), "{name} {radius_km}");
            assert!(found.iter().all(|id| wanted.contains(id)), "{name} {radius_km}");
            let told: Vec<u64> =
                reply["data"].as_array().unwrap().iter().map(|it| it["distance_km"].as_u64().unwrap()).collect();
            assert!(told.is_sorted() && told.iter().all(|km| km.is_multiple_of(5)), "{name}: {told:?}");
        }
    }
}

#[tokio::test]
async fn nobody_can_be_located_closer_than_their_cell_by_asking() {
    let world = World::new().await;
    let agent = world.agent("0").await;
    // Two people in opposite corners of one cell, more than two kilometres apart.
    let corners = [point("48.1210", "11.5570"), point("48.1390", "11.5840")];
    for (number, home) in corners.into_iter().enumerate() {
        settle(&world, 2 * number, home).await;
    }
    let mut answers = BTreeSet::new();
    let mut asked = 0;
    // Rings of questions from every side, about the edges of each radius, where a filter would tell most.
    for radius_km in [1, 5, 6, 25, 200] {
        for step in (-30..=30_i32).step_by(2) {
            for (lat, lng) in [(0, step), (step, 0), (step, step)] {
                let metres = |step: i32| i64::from(step) * radius_km * 40;
                let lat = 481_300_000 + metres(lat) * 90;
                let lng = 115_700_000 + metres(lng) * 135;
                let query = format!("lat={}e-7&lng={}e-7&radius_km={radius_km}", lat, lng);
                let reply = search(&world, &agent, &query).await;
                let found = reply["data"].as_array().unwrap();
                let told: Vec<&Value> = found.iter().map(|it| &it["distance_km"]).collect();
                assert!(told.is_empty() || told.len() == 2 && told[0] == told[1], "{query}: {told:?}");
                answers.insert(told.first().map(ToString::to_string));
                asked += 1;
            }
        }
    }
    assert!(asked > 400 && answers.len() > 10, "{asked} questions, {} answers", answers.len());
}

#[tokio::test]
async fn ratings_filter_and_acceptances_say_how_long_tasks_wait() {
    let world = World::new().await;
    let agent = world.agent("1000").await;
    let home = json!({ "lat": 52.52, "lng": 13.405 });
    let (rated, fresh) = (register(&world, "Jane Doe", home.clone()).await, register(&world, "John Roe", home).await);
    for waited in [60, 120, 180, 240, HOUR_S] {
        let task = world.task(&agent, "10").await;
        world.pass(waited);
        world.accept(&rated, &task).await;
        world.submit(&rated, &task, "guardian:approve").await;
        world.settle().await;
        world.post(&agent, &format!("/tasks/{task}/rating"), json!({ "score": 4 })).await.expect(200);
    }
    let query = "lat=52.52&lng=13.405";

    let all = search(&world, &agent, query).await;
    assert_eq!(ids(&all).len(), 2);
    let expected = json!({ "eligible": 2, "accept_seconds_p50": 180, "accept_seconds_p90": 3_600, "sample_size": 5 });
    assert_eq!(all["coverage"], expected);
    let good = search(&world, &agent, &format!("{query}&min_rating=4")).await;
    assert_eq!((ids(&good), &good["coverage"]["eligible"]), (vec![rated.0.clone()], &json!(1)));
    let line = &good["data"][0];
    assert_eq!((&line["rating"], &line["rating_count"]), (&json!(4.0), &json!(5)));
    assert_eq!((&line["completed_tasks"], &line["completion_rate"]), (&json!(5), &json!(1.0)));
    assert_eq!(ids(&search(&world, &agent, &format!("{query}&min_rating=4.1")).await), [""; 0]);
    let photos = search(&world, &agent, &format!("{query}&task_type=PHOTO")).await;
    assert_eq!((ids(&photos).len(), &photos["coverage"]["sample_size"]), (2, &json!(0)));
    assert_eq!(ids(&search(&world, &agent, &format!("{query}&task_type=DELIVERY")).await), [""; 0]);
    assert_eq!(ids(&search(&world, &agent, &format!("{query}&limit=1")).await).len(), 1);
    // After a month that says nothing any more.
    world.pass(31 * DAY_S);
    assert_eq!(search(&world, &agent, query).await["coverage"]["sample_size"], 0);
    let play = world.play(&[Accept, Submit("guardian:approve")]).await;
    assert_ne!(play.operator.0, fresh.0);
}

#[tokio::test]
async fn what_is_no_search_is_said() {
    let world = World::new().await;
    let agent = world.agent("0").await;
    for (query, fields) in [
        ("", &["lat", "lng"][..]),
        ("lat=91&lng=181", &["lat", "lng"]),
        ("lat=1&lng=1&radius_km=0", &["radius_km"]),
        ("lat=1&lng=1&radius_km=201&limit=51", &["limit", "radius_km"]),
        ("lat=1&lng=1&min_rating=0.9", &["min_rating"]),
        ("lat=1&lng=1&min_rating=5.1&task_type=photo", &["min_rating", "task_type"]),
        ("lat=1&lng=1&offset=1", &["offset"]),
    ] {
        world.get(&agent, &format!("/operators/search?{query}")).await.expect_fields(fields);
    }
    let empty = search(&world, &agent, "lat=90&lng=180&radius_km=200&min_rating=5&limit=50").await;
    let coverage = json!({ "eligible": 0, "accept_seconds_p50": null, "accept_seconds_p90": null, "sample_size": 0 });
    assert_eq!(empty.json, json!({ "data": [], "coverage": coverage }));
}
