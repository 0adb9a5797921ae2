//! What the page needs to draw itself: editions, windows, taxonomy, rules.
//!
//! In: a snapshot, a role, the day. Out: the choices that the role has. Whatever stands in a rule file is taken apart
//! field by field, so that nothing new in a file is served unnamed.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;

use super::FileVersion;
use super::coverage::CoverageAnswer;
use crate::assessment::whole_account;
use crate::domain::area::Level;
use crate::domain::area::edition::EditionId;
use crate::domain::area::exposure::ExposureKind;
use crate::domain::incident::taxonomy::{Category, Severity, Term};
use crate::domain::release::ReleaseReference;
use crate::domain::role::Role;
use crate::domain::rules::scheme::{Component, ComponentUse, Expectation, GradeRule, PeerUse, Scheme};
use crate::domain::rules::window::{Window, WindowUse};
use crate::domain::rules::{ModelKind, ModelReach};
use crate::domain::text::Names;
use crate::domain::time::period::{Day, Period, PeriodDates};
use crate::service::answers::areas::account::AccountAnswer;
use crate::service::answers::attributes::AttributeTables;
use crate::service::answers::geometry::rounded;
use crate::service::live::ServedSnapshot;
use crate::service::viewer::Viewer;
use crate::snapshot::{EditionData, Snapshot};
use crate::texts::phrasing::edition_name;

/// What the page needs to draw itself: the choices that the role has.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct MetaAnswer {
    /// Whether the served data is the invented sample.
    sample: bool,
    /// The state of the data; it grows with every change.
    epoch: u64,
    /// The release that the public is shown; null for roles that see the data as it is now, and where nothing is
    /// released yet.
    #[schema(required)]
    release: Option<ReleaseReference>,
    /// The day on which the first release to the public is due; null where one is made, or where none will be.
    #[schema(value_type = Option<String>, format = Date, required)]
    first_release_due: Option<Date>,
    /// The role of who asks.
    role: Role,
    /// The edition shown when none is asked for; null where no edition is loaded.
    #[schema(required)]
    default_edition: Option<EditionId>,
    /// The id of the window used when none is asked for; null where the role may request none.
    #[schema(required)]
    default_window: Option<String>,
    /// The loaded editions, the oldest first.
    editions: Vec<EditionAnswer>,
    /// The days on which incidents are known; null where none are.
    #[schema(required)]
    coverage: Option<CoverageAnswer>,
    /// The windows that the role may request.
    windows: Vec<WindowAnswer>,
    /// The categories of incidents.
    categories: Vec<CategoryAnswer>,
    /// The components of the default scheme.
    components: Vec<SchemeComponentAnswer>,
    /// The severities, the least first.
    severities: Vec<SeverityAnswer>,
    /// How the default scheme forms the grade.
    grade: GradeRuleAnswer,
    /// The id of the scheme used when none is asked for.
    default_scheme: String,
    /// The rating schemes that the role may request.
    schemes: Vec<SchemeAnswer>,
    /// The groups of areas that live alike.
    peer_groups: Vec<NamedEntry>,
    /// The rule file in force.
    rules: FileVersion,
    /// The kinds of community model.
    model_kinds: Vec<ModelKindEntryAnswer>,
    /// The attributes that tiles and answers carry for the role.
    attributes: AttributeTables,
}

/// A dated set of boundaries.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct EditionAnswer {
    /// The id.
    id: EditionId,
    /// Its name for people.
    name: Names,
    /// The first day in force.
    #[schema(value_type = String, format = Date)]
    valid_from: Date,
    /// The day after the last one in force; null for the edition of today.
    #[schema(value_type = Option<String>, format = Date, required)]
    valid_until: Option<Date>,
    /// The levels it has.
    levels: Vec<Level>,
    /// West, south, east, north in degrees.
    #[schema(min_items = 4, max_items = 4)]
    bounds: [f64; 4],
    /// How many areas it has, by level.
    areas: BTreeMap<String, usize>,
    /// All incidents that are held, of every category and day, by how much is known of their places on this edition;
    /// null for the public.
    #[schema(required)]
    account: Option<AccountAnswer>,
}

/// A named period.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct WindowAnswer {
    /// The id in addresses.
    id: String,
    /// Its name for people.
    name: Names,
    /// The first day.
    #[schema(value_type = String, format = Date)]
    from: Date,
    /// The day after the last.
    #[schema(value_type = String, format = Date)]
    to: Date,
    /// What it serves.
    #[serde(rename = "use")]
    serves: WindowUse,
    /// The part of it that is counted, on which incidents are known; null where none are known of it.
    #[schema(required)]
    covered: Option<PeriodDates>,
    /// Whether the public may request it today.
    released: bool,
}

/// A category of incidents.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct CategoryAnswer {
    /// The id in addresses.
    id: String,
    /// Its name for people.
    name: Names,
    /// The id of the component of the rating that it belongs to.
    component: String,
    /// Whether it is found by police work: counted only where it is named.
    detected: bool,
}

/// A component of a rating scheme.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct SchemeComponentAnswer {
    /// The id.
    id: String,
    /// Its name for people.
    name: Names,
    /// What its incidents are measured against.
    exposure: ExposureKind,
    /// Whether it takes part in the grade.
    rated: bool,
    /// The weight of each severity, the least severe first.
    weights: [f64; Severity::COUNT],
}

/// One degree of severity.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct SeverityAnswer {
    /// The id in files.
    id: String,
    /// The number in addresses and attributes, 1 to 5.
    number: u8,
    /// Its name for people.
    name: Names,
}

/// How a scheme forms the statistical grade.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct GradeRuleAnswer {
    /// Upper bounds of A, B, C and D on the relative risk.
    bands: [f64; 4],
    /// Probability inside the credible interval, 0 to 1.
    interval: f64,
    /// Reliability below which the letter is withheld, 0 to 1.
    min_reliability: f64,
    /// Probability of its band from which a letter is shown, 0 to 1; below it the range is.
    min_letter_probability: f64,
    /// Between these probabilities of lying above the common level nothing differs clearly.
    unclear: [f64; 2],
    /// Whose spread an estimate leans on.
    peers: PeerUse,
    /// Whose rates are expected of an area.
    expectation: Expectation,
}

/// A rating scheme.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct SchemeAnswer {
    /// The id.
    id: String,
    /// Its name for people.
    name: Names,
    /// The version that its file names.
    version: String,
    /// The first sixteen hexadecimal digits of the SHA-256 of its file.
    hash: String,
    /// Whether the public may request it.
    released: bool,
    /// Its components.
    components: Vec<SchemeComponentAnswer>,
    /// How it forms the grade.
    grade: GradeRuleAnswer,
}

/// Something that has an id and a name.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct NamedEntry {
    /// The id.
    id: String,
    /// Its name for people.
    name: Names,
}

/// A kind of community model.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ModelKindEntryAnswer {
    /// The id.
    id: String,
    /// Its name for people.
    name: Names,
    /// The id of the field of the movement it belongs to.
    field: String,
    /// How far it works, in metres; null where it works over its whole commune.
    #[schema(required)]
    reach_m: Option<f64>,
}

impl MetaAnswer {
    /// The choices that a viewer has.
    pub(crate) fn of(served: &ServedSnapshot, viewer: Viewer) -> Self {
        let (snapshot, state) = (&served.snapshot, served.state(viewer.role()));
        let (rules, taxonomy) = (&snapshot.rules, &snapshot.taxonomy);
        let default_scheme = snapshot.schemes.scheme(snapshot.schemes.default_index());
        let peer_groups = snapshot.peers.groups();
        Self {
            sample: snapshot.is_sample(),
            epoch: state.epoch,
            release: state.release,
            first_release_due: first_release_due(snapshot),
            role: viewer.role(),
            default_edition: snapshot.default_edition().map(|edition_data| edition_data.entry.id),
            default_window: viewer.default_window(served).map(|(window, _)| window.id.clone()),
            editions: snapshot
                .editions
                .iter()
                .map(|edition_data| EditionAnswer::of(snapshot, edition_data, viewer.role()))
                .collect(),
            coverage: CoverageAnswer::of(served, viewer.role()),
            windows: windows(served, viewer),
            categories: taxonomy.categories.iter().map(CategoryAnswer::of).collect(),
            components: default_scheme.components.iter().map(SchemeComponentAnswer::of).collect(),
            severities: taxonomy
                .severities
                .iter()
                .zip(1_u8..)
                .map(|(term, number)| SeverityAnswer::of(term, number))
                .collect(),
            grade: GradeRuleAnswer::of(&default_scheme.grade),
            default_scheme: default_scheme.id.clone(),
            schemes: viewer.schemes(&snapshot.schemes).map(SchemeAnswer::of).collect(),
            peer_groups: peer_groups
                .map(|(_, group)| NamedEntry { id: group.id.clone(), name: group.names.clone() })
                .collect(),
            rules: FileVersion { version: rules.version.clone(), hash: rules.hash.clone() },
            model_kinds: rules.model_kinds.iter().map(ModelKindEntryAnswer::of).collect(),
            attributes: AttributeTables::for_role(viewer.role()),
        }
    }
}

impl EditionAnswer {
    fn of(snapshot: &Snapshot, edition_data: &EditionData, role: Role) -> Self {
        let account = || AccountAnswer::full(&whole_account(snapshot, edition_data));
        let (entry, levels) = (&edition_data.entry, &edition_data.shape.levels);
        let areas = levels.iter().map(|areas| (areas.level.as_str().to_owned(), areas.areas.len()));
        Self {
            id: entry.id,
            name: edition_name(entry),
            valid_from: entry.valid_from,
            valid_until: entry.valid_until,
            levels: levels.iter().map(|areas| areas.level).collect(),
            bounds: edition_data.shape.bounds.map(rounded).into(),
            areas: areas.collect(),
            account: role.sees_small_counts().then(account),
        }
    }
}

/// The day on which the first release is due, as long as there is none. It holds windows of which whole months are known.
pub(super) fn first_release_due(snapshot: &Snapshot) -> Option<Date> {
    let due = || snapshot.rules.first_release_due(&snapshot.coverage.to_whole_months()).map(Day::date);
    if snapshot.releases.is_empty() { due() } else { None }
}

/// The windows that the viewer may request.
fn windows(served: &ServedSnapshot, viewer: Viewer) -> Vec<WindowAnswer> {
    let rules = &served.snapshot.rules;
    let is_released = |window| rules.is_released(window, viewer.today());
    let answer = |window| WindowAnswer::of(window, served.counted_days(window, viewer.role()), is_released(window));
    viewer.windows(rules).map(answer).collect()
}

impl WindowAnswer {
    /// A window; that the rules release it some day is not said before that day.
    fn of(window: &Window, counted: Option<Period>, released: bool) -> Self {
        let Window { id, names, period, serves, is_released: _ } = window;
        let PeriodDates { from, to } = PeriodDates::from(*period);
        let covered = counted.map(PeriodDates::from);
        Self { id: id.clone(), name: names.clone(), from, to, serves: *serves, covered, released }
    }
}

impl CategoryAnswer {
    fn of(category: &Category) -> Self {
        let Category { id, number: _, component, vi, en, severity: _, detected, unmapped: _, sensitive: _ } = category;
        Self {
            id: id.clone(),
            name: Names { vi: vi.clone(), en: en.clone() },
            component: component.clone(),
            detected: *detected,
        }
    }
}

impl SchemeComponentAnswer {
    fn of(component: &Component) -> Self {
        let Component { id, names, exposure, use_in_grade, weights } = component;
        Self {
            id: id.clone(),
            name: names.clone(),
            exposure: *exposure,
            rated: *use_in_grade == ComponentUse::Rated,
            weights: *weights,
        }
    }
}

impl SeverityAnswer {
    fn of(term: &Term, number: u8) -> Self {
        Self { id: term.id.clone(), number, name: term.names() }
    }
}

impl GradeRuleAnswer {
    fn of(grade: &GradeRule) -> Self {
        let GradeRule {
            years: _,
            bands,
            interval,
            min_reliability,
            min_letter_probability,
            peers,
            expectation,
            unclear,
        } = grade;
        Self {
            bands: (*bands).into(),
            interval: *interval,
            min_reliability: *min_reliability,
            min_letter_probability: *min_letter_probability,
            unclear: (*unclear).into(),
            peers: *peers,
            expectation: *expectation,
        }
    }
}

impl SchemeAnswer {
    fn of(scheme: &Scheme) -> Self {
        let Scheme { id, version, hash, names, is_released, components, grade } = scheme;
        Self {
            id: id.clone(),
            name: names.clone(),
            version: version.clone(),
            hash: hash.clone(),
            released: *is_released,
            components: components.iter().map(SchemeComponentAnswer::of).collect(),
            grade: GradeRuleAnswer::of(grade),
        }
    }
}

impl ModelKindEntryAnswer {
    fn of(kind: &ModelKind) -> Self {
        let ModelKind { id, number: _, names, field, reach, components: _ } = kind;
        let reach_m = match *reach {
            ModelReach::Metres(metres) => Some(metres),
            ModelReach::Area => None,
        };
        Self { id: id.clone(), name: names.clone(), field: field.clone(), reach_m }
    }
}
