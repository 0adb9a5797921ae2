//! The answer of `binhyen rate`: the method, the table as a whole, one entry per area.
//!
//! In: a table of somebody's own areas, rated. Out: typed documents. What does not exist (an island's neighbourhood, a
//! rate without exposure) is null.

use serde::Serialize;
use utoipa::ToSchema;

use crate::assessment::area_table::{
    AreaProfile, ClassBounds, Concentration, FunnelLimits, Limits, MeasuredTable, RateProfile, RatedTable, Sliver,
    SliverKind, SpatialProfile, TableNeighbours,
};

/// What was asked for, for the answer to repeat.
#[derive(Debug, Clone, Copy)]
pub struct TableOptions<'a> {
    /// The field that names an area.
    pub id: &'a str,
    /// The fields of counts.
    pub events: &'a [String],
    /// The field of exposure.
    pub exposure: Option<&'a str>,
    /// The one measured field.
    pub value: Option<&'a str>,
    /// How neighbours were chosen.
    pub weights: &'a str,
}

/// A table of counts and exposures.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RateTableAnswer {
    method: TableMethod,
    overall: RateTableFigures,
    areas: Vec<RatedArea>,
}

/// A table of one measured field.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ValueTableAnswer {
    method: TableMethod,
    overall: ValueTableFigures,
    areas: Vec<MeasuredArea>,
}

/// How the numbers were made.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct TableMethod {
    versions: ProgramVersions,
    weights: NeighbourWeights,
    left_out: AreasLeftOut,
    options: OptionsAnswer,
}

/// The areas that take no part in any rate or spatial statistic.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct AreasLeftOut {
    why: &'static str,
    areas: usize,
    events: u64,
    ids: Vec<String>,
}

/// The program that made the numbers.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct ProgramVersions {
    binhyen: &'static str,
}

/// Who is a neighbour, and how neighbours weigh in each statistic.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct NeighbourWeights {
    neighbours: String,
    tolerance_m: Option<f64>,
    links: usize,
    islands: usize,
    island_ids: Vec<String>,
    slivers: Vec<SliverAnswer>,
    moran: &'static str,
    local_moran: &'static str,
    gi: &'static str,
    gi_star: &'static str,
}

/// Two areas whose borders nearly meet (a gap, which makes no neighbours) or cross (an overlap, which does).
#[derive(Debug, Clone, Serialize, ToSchema)]
struct SliverAnswer {
    areas: Vec<String>,
    kind: &'static str,
    width_m: Option<f64>,
}

/// The fields asked for, and what is fixed.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct OptionsAnswer {
    id: String,
    events: Vec<String>,
    exposure: Option<String>,
    value: Option<String>,
    level: f64,
    limits_on: &'static str,
    smoothed_rates_per: &'static str,
    local_moran_moments: &'static str,
    p: &'static str,
    q: &'static str,
    funnel: &'static str,
}

/// A table of rates as a whole.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct RateTableFigures {
    observed: u64,
    exposure: f64,
    rate: Option<f64>,
    prior_mean: Option<f64>,
    prior_variance: Option<f64>,
    phi: f64,
    tau2: f64,
    moran_ebi: Option<f64>,
    moran_ebi_z: Option<f64>,
    #[serde(flatten)]
    values: ValueTableFigures,
}

/// A table of one field as a whole.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct ValueTableFigures {
    moran_i_row: Option<f64>,
    moran_i_row_z: Option<f64>,
    moran_i_binary: Option<f64>,
    concentration: Option<ConcentrationAnswer>,
    classes: ClassBoundsAnswer,
}

/// How unevenly events or values are spread over the areas.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
struct ConcentrationAnswer {
    gini: f64,
    theil: f64,
    top_fifth: f64,
}

/// The upper bounds of classes.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct ClassBoundsAnswer {
    quantile: Vec<f64>,
    equal_interval: Vec<f64>,
    fisher_jenks: Vec<f64>,
}

/// One area of a table of rates.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct RatedArea {
    id: String,
    observed: u64,
    exposure: f64,
    #[serde(flatten)]
    own: OwnFigures,
    #[serde(flatten)]
    spatial: SpatialFigures,
    funnel: Option<FunnelLimitsAnswer>,
}

/// One area of a table of one field.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct MeasuredArea {
    id: String,
    value: Option<f64>,
    #[serde(flatten)]
    spatial: SpatialFigures,
}

/// What is known of an area by itself.
#[derive(Debug, Clone, Copy, Default, Serialize, ToSchema)]
struct OwnFigures {
    rate: Option<f64>,
    expected: Option<f64>,
    ratio: Option<f64>,
    exact_lo: Option<f64>,
    exact_hi: Option<f64>,
    byar_lo: Option<f64>,
    byar_hi: Option<f64>,
    p_upper: Option<f64>,
    p_lower: Option<f64>,
    eb_global: Option<f64>,
    shrink_weight: Option<f64>,
    eb_local: Option<f64>,
    post_q025: Option<f64>,
    post_q975: Option<f64>,
    prob_above_overall: Option<f64>,
    ebi_z: Option<f64>,
}

/// What is known of an area among its neighbours.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
struct SpatialFigures {
    local_moran_i: Option<f64>,
    local_moran_z: Option<f64>,
    local_moran_p: Option<f64>,
    local_moran_q: Option<f64>,
    gi_star_z: Option<f64>,
    gi_star_p: Option<f64>,
    gi_star_q: Option<f64>,
    gi_z: Option<f64>,
    gi_p: Option<f64>,
    gi_q: Option<f64>,
    quadrant: Option<&'static str>,
}

/// Where an area stands in the funnel.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
struct FunnelLimitsAnswer {
    z: f64,
    z_adjusted: f64,
    lo95: f64,
    hi95: f64,
    lo998: f64,
    hi998: f64,
    od_lo95: f64,
    od_hi95: f64,
    od_lo998: f64,
    od_hi998: f64,
}

impl RateTableAnswer {
    /// The document of counts and exposures, whose areas are called so.
    pub fn of(ids: &[String], table: &RatedTable, neighbours: &TableNeighbours, options: &TableOptions<'_>) -> Self {
        let area = |(index, id): (usize, &String)| RatedArea {
            id: id.clone(),
            observed: table.counts[index],
            exposure: table.exposures[index],
            own: table.profile.areas[index]
                .map_or_else(OwnFigures::default, |own| OwnFigures::of(&own, &table.profile)),
            spatial: SpatialFigures::of(&table.profile.spatial, index),
            funnel: table.funnels[index].map(FunnelLimitsAnswer::of),
        };
        Self {
            method: TableMethod::of(ids, neighbours, AreasLeftOut::without_exposure(ids, table), options),
            overall: RateTableFigures::of(table),
            areas: ids.iter().enumerate().map(area).collect(),
        }
    }
}

impl ValueTableAnswer {
    /// The document of one measured field, whose areas are called so.
    pub fn of(ids: &[String], table: &MeasuredTable, neighbours: &TableNeighbours, options: &TableOptions<'_>) -> Self {
        let area = |(index, id): (usize, &String)| MeasuredArea {
            id: id.clone(),
            value: table.values[index],
            spatial: SpatialFigures::of(&table.spatial, index),
        };
        Self {
            method: TableMethod::of(ids, neighbours, AreasLeftOut::without_value(ids, table), options),
            overall: ValueTableFigures::of(&table.spatial, table.spread, &table.classes),
            areas: ids.iter().enumerate().map(area).collect(),
        }
    }
}

impl AreasLeftOut {
    fn without_exposure(ids: &[String], table: &RatedTable) -> Self {
        let without = table.exposures.iter().enumerate().filter(|(_, exposure)| **exposure == 0.0);
        let indices: Vec<usize> = without.map(|(index, _)| index).collect();
        let events = indices.iter().map(|index| table.counts[*index]).sum();
        Self { why: "no exposure", areas: indices.len(), events, ids: named(ids, &indices) }
    }

    fn without_value(ids: &[String], table: &MeasuredTable) -> Self {
        let without = table.values.iter().enumerate().filter(|(_, value)| value.is_none());
        let indices: Vec<usize> = without.map(|(index, _)| index).collect();
        Self { why: "no value", areas: indices.len(), events: 0, ids: named(ids, &indices) }
    }
}

fn named(ids: &[String], indices: &[usize]) -> Vec<String> {
    indices.iter().filter_map(|index| ids.get(*index).cloned()).collect()
}

impl SliverAnswer {
    fn of(ids: &[String], sliver: Sliver) -> Self {
        let (kind, width_m) = match sliver.kind {
            SliverKind::Gap { width_m } => ("gap", Some(width_m)),
            SliverKind::Overlap => ("overlap", None),
        };
        Self { areas: named(ids, &[sliver.first, sliver.second]), kind, width_m }
    }
}

impl TableMethod {
    fn of(ids: &[String], neighbours: &TableNeighbours, left_out: AreasLeftOut, options: &TableOptions<'_>) -> Self {
        let TableOptions { id, events, exposure, value, weights } = *options;
        Self {
            versions: ProgramVersions { binhyen: env!("CARGO_PKG_VERSION") },
            weights: NeighbourWeights {
                neighbours: weights.to_owned(),
                tolerance_m: neighbours.tolerance_m,
                links: neighbours.links(),
                islands: neighbours.islands().len(),
                island_ids: named(ids, &neighbours.islands()),
                slivers: neighbours.slivers.iter().map(|sliver| SliverAnswer::of(ids, *sliver)).collect(),
                moran: "row-standardised and binary",
                local_moran: "row-standardised",
                gi: "binary",
                gi_star: "binary, self weight 1",
            },
            left_out,
            options: OptionsAnswer {
                id: id.to_owned(),
                events: events.to_vec(),
                exposure: exposure.map(str::to_owned),
                value: value.map(str::to_owned),
                level: 0.95,
                limits_on: "ratio",
                smoothed_rates_per: "unit of exposure",
                local_moran_moments: "conditional randomisation",
                p: "two-sided normal",
                q: "Benjamini-Hochberg",
                funnel: "square root, winsorised at 10 %, additive over-dispersion",
            },
        }
    }
}

impl RateTableFigures {
    fn of(table: &RatedTable) -> Self {
        let profile = &table.profile;
        Self {
            observed: profile.observed,
            exposure: profile.exposure,
            rate: profile.rate,
            prior_mean: profile.rate.map(|_| profile.prior.mean()),
            prior_variance: profile.rate.map(|_| profile.prior.variance()),
            phi: profile.funnel.dispersion,
            tau2: profile.funnel.variance_between,
            moran_ebi: profile.moran_ebi.map(|moran| moran.statistic),
            moran_ebi_z: profile.moran_ebi.and_then(|moran| moran.z),
            values: ValueTableFigures::of(&profile.spatial, table.spread, &table.classes),
        }
    }
}

impl ValueTableFigures {
    fn of(spatial: &SpatialProfile, spread: Option<Concentration>, classes: &ClassBounds) -> Self {
        let ClassBounds { quantile, equal_interval, fisher_jenks } = classes.clone();
        Self {
            moran_i_row: spatial.moran_row.map(|moran| moran.statistic),
            moran_i_row_z: spatial.moran_row.and_then(|moran| moran.z),
            moran_i_binary: spatial.moran_binary.map(|moran| moran.statistic),
            concentration: spread.map(|spread| {
                let Concentration { gini, theil, top_fifth } = spread;
                ConcentrationAnswer { gini, theil, top_fifth }
            }),
            classes: ClassBoundsAnswer { quantile, equal_interval, fisher_jenks },
        }
    }
}

impl OwnFigures {
    fn of(area: &AreaProfile, profile: &RateProfile) -> Self {
        let low = |limits: Option<Limits>| limits.map(|limits| limits.low);
        let high = |limits: Option<Limits>| limits.map(|limits| limits.high);
        let on_ratio = |rate: f64| profile.rate.filter(|common| *common > 0.0).map(|common| rate / common);
        Self {
            rate: Some(area.rate),
            expected: Some(area.expected),
            ratio: Some(area.ratio),
            exact_lo: low(area.exact),
            exact_hi: high(area.exact),
            byar_lo: low(area.byar),
            byar_hi: high(area.byar),
            p_upper: Some(area.p_upper),
            p_lower: Some(area.p_lower),
            eb_global: Some(area.eb_global),
            shrink_weight: Some(area.shrink_weight),
            eb_local: area.eb_local,
            post_q025: low(area.posterior).and_then(on_ratio),
            post_q975: high(area.posterior).and_then(on_ratio),
            prob_above_overall: area.prob_above_overall,
            ebi_z: area.ebi_z,
        }
    }
}

impl SpatialFigures {
    fn of(spatial: &SpatialProfile, index: usize) -> Self {
        let local = spatial.local_moran[index];
        let (star, gi) = (spatial.gi_star[index], spatial.gi[index]);
        Self {
            local_moran_i: local.map(|local| local.statistic),
            local_moran_z: local.and_then(|local| local.z),
            local_moran_p: local.and_then(|local| local.p),
            local_moran_q: spatial.local_moran_q[index],
            gi_star_z: star.map(|spot| spot.z),
            gi_star_p: star.map(|spot| spot.p),
            gi_star_q: spatial.gi_star_q[index],
            gi_z: gi.map(|spot| spot.z),
            gi_p: gi.map(|spot| spot.p),
            gi_q: spatial.gi_q[index],
            quadrant: local.map(|local| local.quadrant.as_str()),
        }
    }
}

impl FunnelLimitsAnswer {
    fn of(position: FunnelLimits) -> Self {
        let FunnelLimits { z, z_adjusted, inner, outer, dispersed_inner, dispersed_outer } = position;
        Self {
            z,
            z_adjusted,
            lo95: inner.low,
            hi95: inner.high,
            lo998: outer.low,
            hi998: outer.high,
            od_lo95: dispersed_inner.low,
            od_hi95: dispersed_inner.high,
            od_lo998: dispersed_outer.low,
            od_hi998: dispersed_outer.high,
        }
    }
}
