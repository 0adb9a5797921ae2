//! Why an area has its letter: enough to work it out by hand, and a sentence for those who will not.

use serde_json::{Value as Json, json};

use super::area::components;
use super::chance::{funnel, hot_spot, trend, unweighted};
use super::statutory::{Detail, statutory};
use super::{AssessedLevel, heading};
use crate::assessment::comparison::Clarity;
use crate::assessment::explanation::{ExplainedClass, Explanation, explain};
use crate::assessment::sentence::{Judged, Subject, sentence};
use crate::domain::area::exposure::ExposureUnit;
use crate::domain::rules::scheme::{ComponentUse, Expectation};
use crate::domain::text::Names;
use crate::service::error::ServiceError;
use crate::tile::area_row::AreaRow;

/// An area with its letter in words, and the way to it for roles that see small counts.
#[derive(Debug)]
pub(crate) struct ExplanationWithSentence<'a> {
    pub(super) row: AreaRow<'a>,
    pub(crate) sentence: Names,
    pub(super) explained: Option<Explanation>,
}

/// What explains the letter of the area at an index of the level; none where there is no such area.
pub(crate) fn explained(
    assessed: &AssessedLevel,
    area_index: usize,
) -> Result<Option<ExplanationWithSentence<'_>>, ServiceError> {
    let (snapshot, filter) = (assessed.snapshot(), &assessed.requested.filter);
    let Some(row) = assessed.rows_at(&[area_index]).into_iter().next() else { return Ok(None) };
    let may_see = assessed.role.sees_small_counts();
    let explained = if may_see { explain(snapshot, row.level, filter, area_index)? } else { None };
    let subject = Subject { name: &row.area.name, level: row.level, period: filter.period, row: row.assessment };
    let by = judged(assessed, explained.as_ref());
    Ok(Some(ExplanationWithSentence { sentence: sentence(&subject, by), row, explained }))
}

/// The explanation of the area at an index of the level. Roles that do not see small counts get
/// what the row holds for them, and neither classes nor posterior.
pub(crate) fn explanation(
    assessed: &AssessedLevel,
    area_index: usize,
    explained: &ExplanationWithSentence<'_>,
) -> Json {
    let ExplanationWithSentence { row, sentence, explained } = explained;
    let AreaRow { area, assessment, .. } = *row;
    let mut document = heading(assessed.snapshot(), &assessed.requested);
    let members = [
        ("level", json!(row.level)),
        ("area", json!({ "code": area.code, "name": area.name })),
        ("sentence", json!(sentence)),
        ("grade", json!(assessment.grade)),
        ("grade_best", json!(assessment.grade_best)),
        ("grade_worst", json!(assessment.grade_worst)),
        ("withheld", json!(assessment.withheld())),
        ("denominators", denominators(assessed, area_index)),
        ("unweighted", unweighted(row)),
        ("difference", json!(assessment.difference.map(Clarity::as_str))),
        ("trend", trend(assessed, assessment)),
        ("hot_spot", hot_spot(assessment)),
        ("funnel", funnel(assessment)),
        ("weighted", weighted(row, explained.as_ref())),
        ("components", components(assessed, row)),
        ("classes", classes(assessed, explained.as_ref())),
        ("method", method(assessed, explained.as_ref())),
        ("statutory", statutory(assessed, area_index, Detail::Criteria)),
    ];
    document.extend(members.map(|(name, member)| (name.to_owned(), member)));
    Json::Object(document)
}

/// By which files the area is judged, and against whom.
fn judged<'a>(assessed: &'a AssessedLevel, explained: Option<&Explanation>) -> Judged<'a> {
    let (snapshot, grade) = (assessed.snapshot(), &assessed.scheme().grade);
    let group = explained.and_then(|explained| snapshot.peers.group(explained.peers?));
    let peers = group.filter(|_| grade.expectation == Expectation::Peers).map(|group| &group.names);
    Judged { disclosure: &snapshot.rules.disclosure, grade, peers }
}

fn denominators(assessed: &AssessedLevel, area_index: usize) -> Json {
    let (Some(edition_data), Some(areas)) = (assessed.edition_data(), assessed.areas()) else { return Json::Null };
    let period = assessed.requested.filter.period;
    let figures = areas.communes_of(area_index).filter_map(|commune| edition_data.figure_in(commune, period));
    let years: std::collections::BTreeSet<i16> = figures.map(|(year, _)| year).collect();
    let row = assessed.assessment.rows.get(area_index);
    json!({
        "population": row.and_then(|row| row.residents),
        "population_years": years,
        "years": period.years(),
        "person_years": row.and_then(|row| row.person_years),
    })
}

fn weighted(row: &AreaRow<'_>, explained: Option<&Explanation>) -> Json {
    let rating = explained.and_then(|explained| explained.rating);
    let posterior = explained.and_then(Explanation::gamma);
    json!({
        "score": rating.map(|rating| rating.score),
        "expected_score": rating.map(|rating| rating.expected_score),
        "raw_ratio": rating.and_then(|rating| rating.ratio),
        "effective_count": rating.map(|rating| rating.effective_count),
        "effective_expected": rating.map(|rating| rating.effective_expected),
        "posterior": posterior.map(|(shape, rate)| json!({ "distribution": "gamma", "shape": shape, "rate": rate })),
        "ratio": row.assessment.ratio,
        "ratio_low": row.assessment.ratio_low,
        "ratio_high": row.assessment.ratio_high,
        "prob_above_1": row.assessment.prob_above_1,
        "reliability": row.assessment.reliability,
    })
}

fn classes(assessed: &AssessedLevel, explained: Option<&Explanation>) -> Json {
    let (scheme, taxonomy) = (assessed.scheme(), &assessed.snapshot().taxonomy);
    let excess =
        |explained: &Explanation| -> f64 { explained.classes.iter().filter_map(|class| class.contribution).sum() };
    let entry = |class: &ExplainedClass, excess: f64| {
        let component = scheme.components.get(class.component)?;
        let severity = taxonomy.severities.get(class.severity.index())?;
        let unit = class.exposure.kind.unit();
        Some(json!({
            "component": component.id,
            "component_name": component.names,
            "rated": component.use_in_grade == ComponentUse::Rated,
            "severity": severity.id,
            "severity_name": { "vi": severity.vi, "en": severity.en },
            "exposure": class.exposure.kind.as_str(),
            "exposure_value": class.exposure.value,
            "exposure_unit": unit.as_str(),
            "weight": class.weight,
            "rate_per_person_year": (unit == ExposureUnit::PersonYears).then_some(class.rate),
            "rate_per_km_year": (unit == ExposureUnit::KmYears).then_some(class.rate),
            "observed": class.observed,
            "expected": class.expected,
            "contribution": class.contribution,
            "share_of_excess": class.contribution.filter(|_| excess != 0.0).map(|part| part / excess),
        }))
    };
    json!(explained.map(|explained| {
        let excess = excess(explained);
        explained.classes.iter().filter_map(|class| entry(class, excess)).collect::<Vec<_>>()
    }))
}

fn method(assessed: &AssessedLevel, explained: Option<&Explanation>) -> Json {
    let (grade, peers) = (&assessed.scheme().grade, &assessed.snapshot().peers);
    let group = explained.and_then(|explained| peers.group(explained.peers?));
    json!({
        "leans_on": explained.map(|_| if group.is_some() { "peers" } else { "all" }),
        "peer_group": group.map(|group| json!({ "id": group.id, "name": group.names })),
        "expectation": grade.expectation,
        "bands": grade.bands,
        "interval": grade.interval,
        "min_reliability": grade.min_reliability,
        "prior_mean": explained.map(|explained| explained.prior_mean),
        "prior_variance": explained.map(|explained| explained.prior_variance),
        "dispersion": explained.and_then(|explained| explained.dispersion),
    })
}
