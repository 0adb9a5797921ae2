//! The answer of `binhyen rate`: method, the whole, one entry per area; as JSON or as a flat table.

use std::error::Error;

use serde_json::{Map, Value as Json, json};

use crate::statistics::concentration;
use crate::statistics::{
    Classification, Concentration, ConfidenceLevel, ConfidenceLevelOutOfRange, ExposedCount, FunnelArea, Limits,
    Neighbours, RateProfile, SpatialProfile, class_breaks,
};

/// How many classes are formed.
const CLASSES: usize = 5;

/// The request, for the answer to repeat.
#[derive(Debug)]
pub(in crate::cli) struct Options<'a> {
    pub(in crate::cli) id: &'a str,
    pub(in crate::cli) events: &'a [String],
    pub(in crate::cli) exposure: Option<&'a str>,
    pub(in crate::cli) value: Option<&'a str>,
    pub(in crate::cli) weights: &'a str,
    pub(in crate::cli) links: usize,
    pub(in crate::cli) islands: usize,
}

fn method(options: &Options<'_>) -> Json {
    json!({
        "versions": { "binhyen": env!("CARGO_PKG_VERSION") },
        "weights": {
            "neighbours": options.weights, "links": options.links, "islands": options.islands,
            "moran": "row-standardised and binary", "local_moran": "row-standardised", "gi": "binary",
            "gi_star": "binary, self weight 1",
        },
        "options": {
            "id": options.id, "events": options.events, "exposure": options.exposure, "value": options.value,
            "level": 0.95, "limits_on": "ratio", "smoothed_rates_per": "unit of exposure",
            "local_moran_moments": "conditional randomisation", "p": "two-sided normal", "q": "Benjamini-Hochberg",
            "funnel": "square root, winsorised at 10 %, additive over-dispersion",
        },
    })
}

/// The document of counts and exposures.
pub(in crate::cli) fn rates(
    ids: &[String],
    counts: &[ExposedCount],
    profile: &RateProfile,
    options: &Options<'_>,
) -> Result<Json, ConfidenceLevelOutOfRange> {
    let (inner, outer) = (ConfidenceLevel::new(0.95)?, ConfidenceLevel::new(0.998)?);
    let area = |(index, id): (usize, &String)| {
        let mut entry = Map::new();
        entry.insert("id".into(), json!(id));
        entry.insert("observed".into(), json!(counts[index].count));
        entry.insert("exposure".into(), json!(counts[index].person_years));
        own_numbers(&mut entry, profile, index);
        spatial_numbers(&mut entry, &profile.spatial, index);
        entry.insert("funnel".into(), json!(profile.funnel.areas[index].map(|area| funnel(&area, inner, outer))));
        Json::Object(entry)
    };
    let events: Vec<f64> = counts.iter().map(|area| area.count as f64).collect();
    let rates: Vec<f64> = profile.areas.iter().flatten().map(|area| area.rate).collect();
    Ok(json!({
        "method": method(options),
        "overall": {
            "observed": profile.observed,
            "exposure": profile.exposure,
            "rate": profile.rate,
            "prior_mean": profile.rate.map(|_| profile.prior.mean()),
            "prior_variance": profile.rate.map(|_| profile.prior.variance()),
            "phi": profile.funnel.dispersion,
            "tau2": profile.funnel.variance_between,
            "moran_i_row": profile.spatial.moran_row.map(|moran| moran.statistic),
            "moran_i_row_z": profile.spatial.moran_row.and_then(|moran| moran.z),
            "moran_i_binary": profile.spatial.moran_binary.map(|moran| moran.statistic),
            "moran_ebi": profile.moran_ebi.map(|moran| moran.statistic),
            "moran_ebi_z": profile.moran_ebi.and_then(|moran| moran.z),
            "concentration": concentrated(&events),
            "classes": classes(&rates),
        },
        "areas": ids.iter().enumerate().map(area).collect::<Vec<_>>(),
    }))
}

/// The document of one measured field.
pub(in crate::cli) fn values(
    ids: &[String],
    values: &[Option<f64>],
    neighbours: &Neighbours,
    options: &Options<'_>,
) -> Json {
    let spatial = SpatialProfile::of(values, neighbours);
    let area = |(index, id): (usize, &String)| {
        let mut entry = Map::new();
        entry.insert("id".into(), json!(id));
        entry.insert("value".into(), json!(values[index]));
        spatial_numbers(&mut entry, &spatial, index);
        Json::Object(entry)
    };
    let present: Vec<f64> = values.iter().copied().flatten().collect();
    json!({
        "method": method(options),
        "overall": {
            "moran_i_row": spatial.moran_row.map(|moran| moran.statistic),
            "moran_i_row_z": spatial.moran_row.and_then(|moran| moran.z),
            "moran_i_binary": spatial.moran_binary.map(|moran| moran.statistic),
            "concentration": concentrated(&present),
            "classes": classes(&present),
        },
        "areas": ids.iter().enumerate().map(area).collect::<Vec<_>>(),
    })
}

/// How unevenly the events, or the field, are spread over the areas; null where nothing is spread.
fn concentrated(values: &[f64]) -> Json {
    let spread =
        |spread: Concentration| json!({ "gini": spread.gini, "theil": spread.theil, "top_fifth": spread.top_fifth });
    concentration(values).map_or(Json::Null, spread)
}

fn classes(values: &[f64]) -> Json {
    json!({
        "quantile": class_breaks(values, CLASSES, Classification::Quantile),
        "equal_interval": class_breaks(values, CLASSES, Classification::EqualInterval),
        "fisher_jenks": class_breaks(values, CLASSES, Classification::FisherJenks),
    })
}

fn own_numbers(entry: &mut Map<String, Json>, profile: &RateProfile, index: usize) {
    let area = profile.areas[index];
    let low = |limits: Option<Limits>| limits.map(|limits| limits.low);
    let high = |limits: Option<Limits>| limits.map(|limits| limits.high);
    let on_ratio = |rate: f64| profile.rate.filter(|common| *common > 0.0).map(|common| rate / common);
    let numbers = [
        ("rate", area.map(|area| area.rate)),
        ("expected", area.map(|area| area.expected)),
        ("ratio", area.map(|area| area.ratio)),
        ("exact_lo", low(area.and_then(|area| area.exact))),
        ("exact_hi", high(area.and_then(|area| area.exact))),
        ("byar_lo", low(area.and_then(|area| area.byar))),
        ("byar_hi", high(area.and_then(|area| area.byar))),
        ("p_upper", area.map(|area| area.p_upper)),
        ("p_lower", area.map(|area| area.p_lower)),
        ("eb_global", area.map(|area| area.eb_global)),
        ("shrink_weight", area.map(|area| area.shrink_weight)),
        ("eb_local", area.and_then(|area| area.eb_local)),
        ("post_q025", area.and_then(|area| on_ratio(area.posterior.low))),
        ("post_q975", area.and_then(|area| on_ratio(area.posterior.high))),
        ("prob_above_overall", area.map(|area| area.prob_above_overall)),
        ("ebi_z", area.and_then(|area| area.ebi_z)),
    ];
    entry.extend(numbers.map(|(name, number)| (name.to_owned(), json!(number))));
}

fn spatial_numbers(entry: &mut Map<String, Json>, spatial: &SpatialProfile, index: usize) {
    let local = spatial.local_moran[index];
    let (star, gi) = (spatial.gi_star[index], spatial.gi[index]);
    let numbers = [
        ("local_moran_i", local.map(|local| local.statistic)),
        ("local_moran_z", local.and_then(|local| local.z)),
        ("local_moran_p", local.and_then(|local| local.p)),
        ("local_moran_q", spatial.local_moran_q[index]),
        ("gi_star_z", star.map(|spot| spot.z)),
        ("gi_star_p", star.map(|spot| spot.p)),
        ("gi_star_q", spatial.gi_star_q[index]),
        ("gi_z", gi.map(|spot| spot.z)),
        ("gi_p", gi.map(|spot| spot.p)),
        ("gi_q", spatial.gi_q[index]),
    ];
    entry.extend(numbers.map(|(name, number)| (name.to_owned(), json!(number))));
    entry.insert("quadrant".into(), json!(local.map(|local| local.quadrant.as_str())));
}

fn funnel(area: &FunnelArea, inner: ConfidenceLevel, outer: ConfidenceLevel) -> Json {
    let (exact, exact_outer) = (area.limits(inner), area.limits(outer));
    let (spread, spread_outer) = (area.dispersed_limits(inner), area.dispersed_limits(outer));
    json!({
        "z": area.z, "z_adjusted": area.z_adjusted,
        "lo95": exact.low, "hi95": exact.high, "lo998": exact_outer.low, "hi998": exact_outer.high,
        "od_lo95": spread.low, "od_hi95": spread.high, "od_lo998": spread_outer.low, "od_hi998": spread_outer.high,
    })
}

/// The areas of a document as CSV: the id first, then every number by name.
pub(in crate::cli) fn rows(document: &Json) -> Result<String, Box<dyn Error>> {
    let areas: Vec<Map<String, Json>> =
        document["areas"].as_array().into_iter().flatten().filter_map(Json::as_object).map(flat).collect();
    let names: std::collections::BTreeSet<&String> =
        areas.iter().flat_map(Map::keys).filter(|name| *name != "id").collect();
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(std::iter::once("id").chain(names.iter().map(|name| name.as_str())))?;
    for area in &areas {
        let cell = |name: &str| match area.get(name) {
            None | Some(Json::Null) => String::new(),
            Some(Json::String(text)) => text.clone(),
            Some(number) => number.to_string(),
        };
        writer.write_record(std::iter::once(cell("id")).chain(names.iter().map(|name| cell(name))))?;
    }
    Ok(String::from_utf8(writer.into_inner()?)?)
}

/// The members of an area, those of the funnel with its name before theirs.
fn flat(area: &Map<String, Json>) -> Map<String, Json> {
    let mut flat = Map::new();
    for (name, value) in area {
        match value {
            Json::Object(inner) => {
                let parts = inner.iter().map(|(part, value)| (format!("{name}_{part}"), value.clone()));
                flat.extend(parts);
            }
            value => {
                flat.insert(name.clone(), value.clone());
            }
        }
    }
    flat
}
