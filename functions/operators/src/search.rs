//! `GET /operators/search`: verified operators near a place. What it answers follows from cells of two kilometres alone,
//! the radius included: nobody can be found more exactly by asking often.

use axum::extract::State;
use contract::operator::search::{self, Coverage, Query, Reply, Town};
use contract::wire::{Id, Rating, Share, Word};
use domain::geo::cell::BAND_KM;
use domain::limits::{RATED_READ_MAX, SAMPLED_OPERATORS, SAMPLED_S, SAMPLED_TASKS};
use domain::operator::Earnings;
use domain::operator::waiting::waiting;
use domain::task_type::TaskType;
use store::people::neighbours::Neighbour;
use store::task::listing::OperatorRow;
use store::{Key, Store, StoreError};
use web::{AgentCaller, Answer, Gate, Json};

pub(crate) async fn handle(State(gate): State<Gate>, caller: AgentCaller, query: web::Query) -> Answer<Reply> {
    let store = gate.store();
    let query = query.read::<Query>();

    let near = async |_| match &query {
        Ok(query) => near(store, query).await,
        Err(_) => Ok(Vec::new()),
    };
    let (_, _, near) = caller.authenticate_beside(|_| [], near).await?;
    let query = query?;

    let sampled = near.iter().take(SAMPLED_OPERATORS);
    let (rated, seconds) = futures::try_join!(rated(store, &near, &query), accepted(store, sampled, query.task_type))?;
    let (data, eligible) = rated;
    let (sample_size, waiting) = (seconds.len(), waiting(seconds));
    let coverage = Coverage {
        eligible,
        accept_seconds_p50: waiting.map(|waiting| waiting.p50_s),
        accept_seconds_p90: waiting.map(|waiting| waiting.p90_s),
        sample_size,
    };
    Ok(Json::ok(Reply { data, coverage }))
}

/// Everybody within the radius who does such tasks, the nearest first, with their distance. The radius is of distances
/// as they are told: an exact one would tell more.
async fn near(store: &Store, query: &Query) -> Result<Vec<(u64, Neighbour)>, StoreError> {
    let (centre, radius_km) = (query.centre.cell(), query.radius_km.next_multiple_of(BAND_KM));
    let (squares, rows) = centre.around(radius_km * 1_000);
    let wants = |skills: &[TaskType]| query.task_type.is_none_or(|kind| skills.is_empty() || skills.contains(&kind));

    let all = store.neighbours(&squares, rows).await?.into_iter();
    let told = all.map(|it| (centre.band_km(it.home), it));
    let mut near: Vec<_> = told.filter(|(km, it)| *km <= radius_km && wants(&it.skills)).collect();
    near.sort_by(|(a_km, a), (b_km, b)| (a_km, &a.id).cmp(&(b_km, &b.id)));
    Ok(near)
}

/// The first of them whose rating is high enough, and how many there are.
async fn rated(
    store: &Store,
    near: &[(u64, Neighbour)],
    query: &Query,
) -> Result<(Vec<search::Found>, usize), StoreError> {
    let looked_at = match query.min_rating {
        Some(_) => near.len().min(RATED_READ_MAX),
        None => near.len().min(query.limit),
    };
    let mut found = store.read(near[..looked_at].iter().map(|(_, it)| Key::earnings(&it.id))).await?;
    let (mut data, mut matching) = (Vec::new(), 0);
    for (km, it) in &near[..looked_at] {
        let earnings = found.earnings(&it.id)?.unwrap_or_default();
        if query.min_rating.is_none_or(|min| earnings.ratings.mean_tenths().is_some_and(|mean| mean >= min)) {
            matching += 1;
            if data.len() < query.limit {
                data.push(view(*km, it, &earnings));
            }
        }
    }
    Ok((data, if query.min_rating.is_some() { matching } else { near.len() }))
}

/// How long tasks had waited when these operators accepted them lately, in seconds.
async fn accepted(
    store: &Store,
    operators: impl Iterator<Item = &(u64, Neighbour)>,
    kind: Option<TaskType>,
) -> Result<Vec<i64>, StoreError> {
    let since = store.now().plus_seconds(-SAMPLED_S);
    let latest = operators.map(|(_, it)| store.latest_of_operator(&it.id, SAMPLED_TASKS));
    let rows = futures::future::try_join_all(latest).await?.into_iter().flatten();
    let wanted = rows.filter(|row| kind.is_none_or(|kind| row.summary.task_type == kind));
    let waited = |row: OperatorRow| {
        let at = row.accepted_at.filter(|at| *at >= since)?;
        Some((at.millis() - row.summary.created_at.millis()).max(0) / 1_000)
    };
    Ok(wanted.filter_map(waited).collect())
}

fn view(distance_km: u64, it: &Neighbour, earnings: &Earnings) -> search::Found {
    let Earnings { record, ratings, .. } = earnings;
    search::Found {
        operator_id: Id(it.id.clone()),
        name: it.public_name.clone(),
        rating: Rating::of(*ratings),
        rating_count: ratings.count,
        completed_tasks: record.completed,
        completion_rate: Share::of(record.completed, record.ended()),
        task_types: it.skills.iter().copied().map(Word).collect(),
        location: Town { city: it.city.clone(), country: it.country.clone() },
        distance_km,
    }
}
