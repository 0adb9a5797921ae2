//! The one table of what an area's feature carries. TileJSON fields, the JSON
//! answers, the CSV columns and the tests of the styles derive from it.

use std::borrow::Cow;

use serde_json::{Map, Value as Json, json};

use crate::assessment::{AreaAssessment, CertificationShare, Measured};
use crate::domain::area::Level;
use crate::domain::standard::certification::UnitKind;
use crate::snapshot::AreaEntry;

/// One area with its assessment, the source of every attribute.
#[derive(Debug, Clone, Copy)]
pub struct AreaRow<'a> {
    /// Code, name, shape.
    pub area: &'a AreaEntry,
    /// The level of the area.
    pub level: Level,
    /// What is said of it.
    pub assessment: &'a AreaAssessment,
}

/// What an attribute says of one area, in a type that MVT knows.
#[derive(Debug, Clone, PartialEq)]
pub enum AttributeValue<'a> {
    /// Written as a string value.
    Text(Cow<'a, str>),
    /// A whole number.
    Integer(u64),
    /// Written as a double value.
    Number(f64),
}

impl AttributeValue<'_> {
    /// The value in JSON.
    pub fn to_json(&self) -> Json {
        match self {
            Self::Text(text) => json!(text),
            Self::Integer(number) => json!(number),
            Self::Number(number) => json!(number),
        }
    }
}

/// What a tile says of an area that was only counted.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Count {
    /// Residents in the year nearest to the middle of the period.
    pub residents: Option<u32>,
    /// Located incidents of the filter.
    pub incidents: Option<u32>,
    /// Incidents per 100,000 person-years.
    pub rate: Option<f64>,
}

impl Count {
    /// What was counted of an area.
    pub(super) fn counted(measured: &Measured) -> Self {
        Self { residents: measured.residents, incidents: measured.incidents, rate: measured.rate_per_100k() }
    }

    /// What an assessment counts.
    pub(super) fn of(assessment: &AreaAssessment) -> Self {
        Self { residents: assessment.residents, incidents: assessment.incidents, rate: assessment.rate }
    }
}

/// What the value of an attribute rests on.
#[derive(Debug, Clone, Copy)]
pub enum AttributeSource {
    /// The boundaries alone: the same under every filter.
    Shape(for<'a> fn(&'a AreaEntry, Level) -> Option<AttributeValue<'a>>),
    /// What was counted in the area itself.
    Count(fn(&Count) -> Option<AttributeValue<'static>>),
    /// The assessment, for which every area is evaluated.
    Assessment(for<'a> fn(&'a AreaAssessment) -> Option<AttributeValue<'a>>),
}

/// One attribute of an area: its name, its meaning, and how its value is found.
#[derive(Debug, Clone, Copy)]
pub struct Attribute {
    /// The name in tiles and answers.
    pub name: &'static str,
    /// The type word of TileJSON: `String` or `Number`.
    pub kind: &'static str,
    /// What it means, with its unit.
    pub description: &'static str,
    /// How its value is found.
    pub source: AttributeSource,
}

impl Attribute {
    /// Its value where the boundaries alone decide it.
    pub(super) fn fixed_value<'a>(&self, area: &'a AreaEntry, level: Level) -> Option<AttributeValue<'a>> {
        match self.source {
            AttributeSource::Shape(value) => value(area, level),
            AttributeSource::Count(_) | AttributeSource::Assessment(_) => None,
        }
    }

    /// Its value for an area; none where it does not exist or may not be seen.
    pub fn value<'a>(&self, row: &AreaRow<'a>) -> Option<AttributeValue<'a>> {
        match self.source {
            AttributeSource::Shape(value) => value(row.area, row.level),
            AttributeSource::Count(value) => value(&Count::of(row.assessment)),
            AttributeSource::Assessment(value) => value(row.assessment),
        }
    }
}

const fn text(name: &'static str, description: &'static str, source: AttributeSource) -> Attribute {
    Attribute { name, kind: "String", description, source }
}

const fn number(name: &'static str, description: &'static str, source: AttributeSource) -> Attribute {
    Attribute { name, kind: "Number", description, source }
}

fn borrowed(text: &str) -> AttributeValue<'_> {
    AttributeValue::Text(Cow::Borrowed(text))
}

fn integer(number: Option<u32>) -> Option<AttributeValue<'static>> {
    number.map(|number| AttributeValue::Integer(u64::from(number)))
}

fn real(number: Option<f64>) -> Option<AttributeValue<'static>> {
    number.filter(|number| number.is_finite()).map(AttributeValue::Number)
}

/// The attributes of an area's polygon.
pub const AREA_ATTRIBUTES: &[Attribute] = &[
    text(
        "code",
        "Official code, meaningful only with its edition",
        AttributeSource::Shape(|area, _| Some(borrowed(area.code.as_str()))),
    ),
    text("name", "Official name", AttributeSource::Shape(|area, _| Some(borrowed(&area.name)))),
    text("level", "commune, district or province", AttributeSource::Shape(|_, level| Some(borrowed(level.as_str())))),
    text(
        "parent",
        "Code of the area of the next wider level",
        AttributeSource::Shape(|area, _| area.parent.as_ref().map(|code| borrowed(code.as_str()))),
    ),
    number(
        "population",
        "Residents in the year nearest to the middle of the period",
        AttributeSource::Count(|count| integer(count.residents)),
    ),
    number("area_km2", "Geodesic area, km²", AttributeSource::Shape(|area, _| real(Some(area.area_km2)))),
    number("incidents", "Located incidents of the filter", AttributeSource::Count(|count| integer(count.incidents))),
    number("rate", "Incidents per 100,000 person-years", AttributeSource::Count(|count| real(count.rate))),
    number(
        "rate_smoothed",
        "Empirical-Bayes rate per 100,000 person-years",
        AttributeSource::Assessment(|row| real(row.rate_smoothed)),
    ),
    number("rate_low", "Exact lower 95 % limit of the rate", AttributeSource::Assessment(|row| real(row.rate_low))),
    number("rate_high", "Exact upper 95 % limit of the rate", AttributeSource::Assessment(|row| real(row.rate_high))),
    number(
        "ratio",
        "Median severity-weighted relative risk against the province",
        AttributeSource::Assessment(|row| real(row.ratio)),
    ),
    number(
        "ratio_low",
        "Lower end of the credible interval of the relative risk",
        AttributeSource::Assessment(|row| real(row.ratio_low)),
    ),
    number(
        "ratio_high",
        "Upper end of the credible interval of the relative risk",
        AttributeSource::Assessment(|row| real(row.ratio_high)),
    ),
    text(
        "grade",
        "A to E, or insufficient, suppressed, none",
        AttributeSource::Assessment(|row| Some(borrowed(row.grade.as_str()))),
    ),
    text(
        "grade_best",
        "Band of the lower end of the interval",
        AttributeSource::Assessment(|row| row.grade_best.map(|letter| borrowed(letter.as_str()))),
    ),
    text(
        "grade_worst",
        "Band of the upper end of the interval",
        AttributeSource::Assessment(|row| row.grade_worst.map(|letter| borrowed(letter.as_str()))),
    ),
    number(
        "reliability",
        "Share of the estimate that comes from the area itself, 0 to 1",
        AttributeSource::Assessment(|row| real(row.reliability)),
    ),
    text(
        "difference",
        "Against the common level: higher, lower or not_clearly_different",
        AttributeSource::Assessment(|row| row.difference.map(|found| borrowed(found.as_str()))),
    ),
    text(
        "trend",
        "Against the window before: up, down or equal",
        AttributeSource::Assessment(|row| row.trend.map(|trend| borrowed(trend.arrow.as_str()))),
    ),
    text(
        "hot_spot",
        "What gathers around the area: hot, cold or none",
        AttributeSource::Assessment(|row| row.cluster.map(|cluster| borrowed(cluster.kind.as_str()))),
    ),
    text(
        "peer_group",
        "Group of areas that live alike, an id of /meta",
        AttributeSource::Assessment(|row| row.peer_group.as_deref().map(borrowed)),
    ),
    text(
        "statutory",
        "Official decision: met, not_met or insufficient",
        AttributeSource::Assessment(|row| Some(borrowed(row.statutory.as_str()))),
    ),
    text(
        "statutory_check",
        "Our check beside the decision: agrees, disagrees or unknown (planners)",
        AttributeSource::Assessment(|row| row.official_status.agreement.map(|agreement| borrowed(agreement.as_str()))),
    ),
    text(
        "movement_grade",
        "Grade of the movement: excellent, good, average or weak (planners)",
        AttributeSource::Assessment(|row| row.official_status.movement_grade.map(|grade| borrowed(grade.as_str()))),
    ),
    number(
        "models",
        "Active community models on the last day of the period",
        AttributeSource::Assessment(|row| integer(Some(row.models.active))),
    ),
    number(
        "model_density",
        "Active community models per 10,000 residents",
        AttributeSource::Assessment(|row| real(row.models.per_10k_residents)),
    ),
    number(
        "model_density_km2",
        "Active community models per km²",
        AttributeSource::Assessment(|row| real(row.models.per_km2)),
    ),
    number(
        "model_density_residential",
        "Active community models per residential area",
        AttributeSource::Assessment(|row| real(row.models.per_residential_area)),
    ),
    number(
        "residential_served",
        "Residential areas served by a community model over residential areas, 0 to 1",
        AttributeSource::Assessment(|row| real(row.models.residential_areas_served)),
    ),
    number(
        "model_coverage",
        "Share of residents within reach of a community model, spread evenly over communes",
        AttributeSource::Assessment(|row| real(row.models.coverage)),
    ),
    number(
        "certified_share",
        "Recognised residential areas over residential areas, 0 to 1",
        AttributeSource::Assessment(|row| {
            let mut shares = row.certification.iter();
            real(shares.find(|share| share.kind == UnitKind::ResidentialArea).and_then(CertificationShare::share))
        }),
    ),
];

/// The attributes of an area as a JSON object; what is absent is null.
pub fn area_properties(row: &AreaRow<'_>) -> Map<String, Json> {
    let property = |attribute: &Attribute| {
        let value = attribute.value(row).map_or(Json::Null, |value| value.to_json());
        (attribute.name.to_owned(), value)
    };
    AREA_ATTRIBUTES.iter().map(property).collect()
}
