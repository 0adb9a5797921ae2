//! The values of the attributes of an area: from its boundaries, its counts and its assessment.
//!
//! In: an area with its assessment, already cut to the role, and a row of the table of attributes. Out: its value, or
//! nothing. Every key of the table is named here, so that the compiler asks for the value of a new one.

use crate::assessment::{AreaAssessment, CertificationShare, Measured};
use crate::attributes::{AREA_ATTRIBUTES, AreaAttribute, Attribute, AttributeValue, ValueSource};
use crate::domain::area::Level;
use crate::domain::role::Role;
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
    /// For whom: what the role may not have has no value.
    pub role: Role,
}

impl<'a> AreaRow<'a> {
    /// The value of an attribute; none where it does not exist or may not be seen.
    pub fn value(&self, attribute: &Attribute<AreaAttribute>) -> Option<AttributeValue<'a>> {
        if !attribute.is_for(self.role) {
            return None;
        }
        match value_function(attribute.key) {
            ValueFunction::Boundaries(value) => value(self.area, self.level),
            ValueFunction::Counts(value) => value(&Count::of(self.assessment)),
            ValueFunction::Assessment(value) => value(self.assessment),
        }
    }
}

/// The value of an attribute where the boundaries alone decide it.
pub(super) fn fixed_value(attribute: AreaAttribute, area: &AreaEntry, level: Level) -> Option<AttributeValue<'_>> {
    match value_function(attribute) {
        ValueFunction::Boundaries(value) => value(area, level),
        ValueFunction::Counts(_) | ValueFunction::Assessment(_) => None,
    }
}

/// What a tile says of an area that was only counted.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Count {
    /// Residents at the middle of the period.
    pub residents: Option<u32>,
    /// Incidents of the filter, with a point or without.
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

/// How the value of an attribute is found, by what it rests on.
#[derive(Debug, Clone, Copy)]
pub(super) enum ValueFunction {
    /// From the boundaries.
    Boundaries(for<'a> fn(&'a AreaEntry, Level) -> Option<AttributeValue<'a>>),
    /// From the counts.
    Counts(fn(&Count) -> Option<AttributeValue<'static>>),
    /// From the assessment.
    Assessment(for<'a> fn(&'a AreaAssessment) -> Option<AttributeValue<'a>>),
}

/// How the value of an attribute is found.
pub(super) const fn value_function(attribute: AreaAttribute) -> ValueFunction {
    use AreaAttribute as Of;
    use AttributeValue as Value;
    use ValueFunction::{Assessment, Boundaries, Counts};
    match attribute {
        Of::Code => Boundaries(|area, _| Some(Value::text(area.code.as_str()))),
        Of::Name => Boundaries(|area, _| Some(Value::text(&area.name))),
        Of::Level => Boundaries(|_, level| Some(Value::Word(level.as_str()))),
        Of::Parent => Boundaries(|area, _| area.parent.as_ref().map(|code| Value::text(code.as_str()))),
        Of::Population => Counts(|count| Value::integer(count.residents)),
        Of::AreaKm2 => Boundaries(|area, _| Value::number(Some(area.area_km2))),
        Of::Incidents => Counts(|count| Value::integer(count.incidents)),
        Of::Detected => Assessment(|row| Value::integer(row.detected)),
        Of::Rate => Counts(|count| Value::number(count.rate)),
        Of::RateSmoothed => Assessment(|row| Value::number(row.rate_smoothed)),
        Of::RateLow => Assessment(|row| Value::number(row.rate_low)),
        Of::RateHigh => Assessment(|row| Value::number(row.rate_high)),
        Of::Ratio => Assessment(|row| Value::number(row.ratio)),
        Of::RatioLow => Assessment(|row| Value::number(row.ratio_low)),
        Of::RatioHigh => Assessment(|row| Value::number(row.ratio_high)),
        Of::Grade => Assessment(|row| Some(Value::Word(row.grade.as_str()))),
        Of::GradeBest => Assessment(|row| row.grade_best.map(|letter| Value::Word(letter.as_str()))),
        Of::GradeWorst => Assessment(|row| row.grade_worst.map(|letter| Value::Word(letter.as_str()))),
        Of::ProbLetter => Assessment(|row| Value::number(row.prob_letter)),
        Of::Reliability => Assessment(|row| Value::number(row.reliability)),
        Of::Difference => Assessment(|row| row.difference.map(|found| Value::Word(found.as_str()))),
        Of::Trend => Assessment(|row| row.trend.map(|trend| Value::Word(trend.arrow.as_str()))),
        Of::HotSpot => Assessment(|row| row.hot_spot.map(|spot| Value::Word(spot.kind.as_str()))),
        Of::PeerGroup => Assessment(|row| row.peer_group.as_deref().map(Value::text)),
        Of::Statutory => Assessment(|row| Some(Value::Word(row.statutory.as_str()))),
        Of::StatutoryCheck => Assessment(|row| row.official_status.agreement.map(|found| Value::Word(found.as_str()))),
        Of::MovementGrade => {
            Assessment(|row| row.official_status.movement_grade.map(|grade| Value::Word(grade.as_str())))
        }
        Of::Models => Assessment(|row| Value::integer(Some(row.models.active))),
        Of::ModelDensity => Assessment(|row| Value::number(row.models.per_10k_residents)),
        Of::ModelDensityKm2 => Assessment(|row| Value::number(row.models.per_km2)),
        Of::ModelDensityResidential => Assessment(|row| Value::number(row.models.per_residential_area)),
        Of::ResidentialServed => Assessment(|row| Value::number(row.models.residential_areas_served)),
        Of::CertifiedShare => Assessment(|row| Value::number(certified_share(row))),
        Of::PersonYears => Assessment(|row| Value::number(row.person_years)),
        Of::Expected => Assessment(|row| Value::number(row.expected)),
        Of::ProbAbove1 => Assessment(|row| Value::number(row.prob_above_1)),
        Of::WithoutPoint => Assessment(|row| Value::integer(row.without_point)),
        Of::Withheld => Assessment(|row| row.withheld().map(|reason| Value::Word(reason.as_str()))),
    }
}

/// What the table says a value rests on is what its function is given: selections are counted by it.
const _: () = {
    let mut index = 0;
    while index < AREA_ATTRIBUTES.len() {
        let attribute = &AREA_ATTRIBUTES[index];
        let is_same = matches!(
            (attribute.source, value_function(attribute.key)),
            (ValueSource::Boundaries, ValueFunction::Boundaries(_))
                | (ValueSource::Counts, ValueFunction::Counts(_))
                | (ValueSource::Assessment, ValueFunction::Assessment(_))
        );
        assert!(is_same, "the source of an attribute is not what its function is given");
        index += 1;
    }
};

fn certified_share(row: &AreaAssessment) -> Option<f64> {
    let mut shares = row.certification.iter();
    shares.find(|share| share.kind == UnitKind::ResidentialArea).and_then(CertificationShare::share)
}
