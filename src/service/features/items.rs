//! A question on the features of a collection: read from its parameters, and answered.
//!
//! In: a query, what is served, a viewer. Out: a question checked to its end, and the page of features that answers it.
//! `limit` above the most that a page holds gives that most, as the standard has it; any other wrong value is refused.

use std::sync::Arc;

use super::bounds::asked_boxes;
use super::collection::CollectionName;
use super::matched_rows::MatchedRowsKey;
use crate::domain::area::edition::EditionId;
use crate::domain::filter::Filter;
use crate::domain::incident::IncidentRow;
use crate::domain::time::period::Day;
use crate::features::column::{FeatureColumn, column_named, column_names};
use crate::features::cql2::{parse_json, parse_text};
use crate::features::crs::CoordinateSystem;
use crate::features::order::SortOrder;
use crate::features::page::{Cursor, FeaturePage, OrderedRows, PageChoice};
use crate::features::predicate::Predicate;
use crate::features::question::FeatureQuestion;
use crate::features::time_span::TimeSpan;
use crate::service::Service;
use crate::service::answers::features::items::{ItemFeature, ItemForm, ItemsAnswer};
use crate::service::answers::features::links::ApiLink;
use crate::service::answers::features::sources::areas::AreaSource;
use crate::service::answers::features::sources::columns::columns;
use crate::service::answers::features::sources::incidents::{IncidentFeatureSource, point_rows};
use crate::service::answers::features::sources::item_source::ItemSource;
use crate::service::answers::features::sources::models::ModelSource;
use crate::service::answers::features::sources::named_areas::NamedAreaSource;
use crate::service::answers::features::sources::squares::SquareSource;
use crate::service::answers::geometry::GeometryDetail;
use crate::service::answers::incidents::cells::asked_cells;
use crate::service::error::{ServiceError, quoted};
use crate::service::filter::{RequestedFilter, default_edition, edition};
use crate::service::live::ServedSnapshot;
use crate::service::query::Query;
use crate::service::viewer::Viewer;
use crate::texts::text;

/// The parameters that every collection takes, beside the form of the answer.
pub(crate) const ITEMS: [&str; 11] = [
    "bbox",
    "bbox-crs",
    "crs",
    "cursor",
    "datetime",
    "filter",
    "filter-crs",
    "filter-lang",
    "limit",
    "properties",
    "sortby",
];
/// What of these decides which features there are, and in which order.
const DECIDING: [&str; 7] = ["bbox", "bbox-crs", "datetime", "filter", "filter-crs", "filter-lang", "sortby"];
/// What names a period.
const PERIOD: [&str; 3] = ["window", "from", "to"];

/// The most features on a page.
pub(crate) const MAX_LIMIT: usize = 10_000;
/// How many features a page has where nothing is said.
pub(crate) const DEFAULT_LIMIT: usize = 1_000;

/// A question on the features of a collection.
#[derive(Debug, Clone)]
pub(crate) struct ItemsRequest {
    pub(crate) collection: CollectionName,
    viewer: Viewer,
    edition: EditionId,
    /// What is counted; none where nothing is.
    requested: Option<RequestedFilter>,
    question: FeatureQuestion,
    choice: PageChoice,
    pub(crate) form: ItemForm,
    /// The canonical text of all that decides which features there are.
    pub(crate) key: String,
}

impl ItemsRequest {
    /// The question of a query, which holds known parameters alone.
    ///
    /// # Errors
    /// When a parameter cannot be used, or the viewer may not ask so.
    pub(crate) fn of(
        collection: CollectionName,
        query: &Query,
        served: &ServedSnapshot,
        viewer: Viewer,
        default_limit: usize,
    ) -> Result<Self, ServiceError> {
        let edition = edition_of(collection, query, served)?;
        let requested = requested_filter(collection, edition, query, served, viewer)?;
        let columns = columns(collection, viewer.role());
        let question = question(query, &columns)?;
        let after = query.value("cursor").map(|text| {
            Cursor::parsed(text, &question.order)
                .ok_or_else(|| ServiceError::invalid("cursor", text, text!("expected-cursor")))
        });
        let counted = requested.as_ref().map(|requested| requested.key(&served.snapshot)).unwrap_or_default();
        let deciding = DECIDING.iter().map(|name| query.value(name).unwrap_or_default().to_owned());
        let parts: Vec<String> = [collection.id(), edition.to_string(), counted].into_iter().chain(deciding).collect();
        Ok(Self {
            collection,
            viewer,
            edition,
            requested,
            choice: PageChoice { after: after.transpose()?, limit: limit(query, default_limit)? },
            form: ItemForm {
                columns: shown_columns(query, &columns)?,
                system: system(query, "crs")?,
                detail: detail(query)?,
            },
            question,
            // No value of an address holds a line feed that is not escaped here.
            key: parts.iter().map(|part| [&part.len().to_string(), ":", part].concat()).collect(),
        })
    }
}

fn edition_of(collection: CollectionName, query: &Query, served: &ServedSnapshot) -> Result<EditionId, ServiceError> {
    match (collection, query.value("edition")) {
        (CollectionName::Areas(edition, _), _) => Ok(edition),
        (_, Some(text)) => edition(&served.snapshot, text),
        (_, None) => default_edition(&served.snapshot),
    }
}

/// What is counted. Incidents of all days are meant where no period is named: clients of the standard name it by
/// `datetime`.
fn requested_filter(
    collection: CollectionName,
    edition: EditionId,
    query: &Query,
    served: &ServedSnapshot,
    viewer: Viewer,
) -> Result<Option<RequestedFilter>, ServiceError> {
    if !collection.is_filtered() {
        return Ok(None);
    }
    let days = served.snapshot.days.filter(|_| collection == CollectionName::Incidents);
    let filter = match days {
        Some(days) if query.first_of(&PERIOD).is_none() => {
            let after = Day::from_number(days.last.number().saturating_add(1));
            let (from, to) = (days.first.to_string(), after.to_string());
            query.with_instead(&PERIOD, &[("from", &from), ("to", &to)])
        }
        _ => query.clone(),
    };
    RequestedFilter::on_edition(edition, &filter, served, viewer).map(Some)
}

fn question(query: &Query, columns: &[FeatureColumn]) -> Result<FeatureQuestion, ServiceError> {
    let boxes = match query.value("bbox") {
        None => Vec::new(),
        Some(text) => asked_boxes(text, system(query, "bbox-crs")?)?,
    };
    let time = query.value("datetime").map(|text| {
        TimeSpan::of_parameter(text)
            .ok_or_else(|| ServiceError::invalid("datetime", text, text!("features-expected-time")))
    });
    let order = query.value("sortby").map(|text| {
        let known = column_names(columns);
        SortOrder::parsed(text, columns)
            .ok_or_else(|| ServiceError::invalid("sortby", text, text!("features-expected-order", known = known)))
    });
    Ok(FeatureQuestion {
        boxes,
        time: time.transpose()?,
        predicate: predicate(query, columns)?,
        order: order.transpose()?.unwrap_or_default(),
    })
}

fn predicate(query: &Query, columns: &[FeatureColumn]) -> Result<Option<Predicate>, ServiceError> {
    let parse = match query.value("filter-lang") {
        None | Some("cql2-text") => parse_text,
        Some("cql2-json") => parse_json,
        Some(other) => {
            let known = ["cql2-text", "cql2-json"].map(str::to_owned).into();
            return Err(ServiceError::none_of("filter-lang", &quoted(other), known));
        }
    };
    let system = system(query, "filter-crs")?;
    let Some(text) = query.value("filter") else { return Ok(None) };
    let bound = parse(text).and_then(|filter| Predicate::new(&filter, columns, system));
    bound.map(Some).map_err(|fault| ServiceError::invalid("filter", text, fault.expected))
}

fn system(query: &Query, name: &'static str) -> Result<CoordinateSystem, ServiceError> {
    let Some(text) = query.value(name) else { return Ok(CoordinateSystem::CRS84) };
    let known = || CoordinateSystem::uris().into_iter().map(str::to_owned).collect();
    CoordinateSystem::named(text).ok_or_else(|| ServiceError::none_of(name, &quoted(text), known()))
}

fn shown_columns(query: &Query, columns: &[FeatureColumn]) -> Result<Vec<usize>, ServiceError> {
    let Some(text) = query.value("properties") else { return Ok((0..columns.len()).collect()) };
    let known = || columns.iter().map(|column| column.name.to_owned()).collect();
    let index = |name: &str| {
        column_named(columns, name).ok_or_else(|| ServiceError::none_of("properties", &quoted(name), known()))
    };
    let mut indices: Vec<usize> =
        text.split(',').filter(|name| !name.is_empty()).map(index).collect::<Result<_, _>>()?;
    indices.sort_unstable();
    indices.dedup();
    Ok(indices)
}

fn detail(query: &Query) -> Result<GeometryDetail, ServiceError> {
    let Some(text) = query.value("geometry") else { return Ok(GeometryDetail::Full) };
    text.parse().map_err(|()| ServiceError::none_of("geometry", &quoted(text), GeometryDetail::names()))
}

fn limit(query: &Query, default_limit: usize) -> Result<usize, ServiceError> {
    let Some(text) = query.value("limit") else { return Ok(default_limit) };
    // More digits than a number has are more than a page holds all the same.
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let number = text.parse::<usize>().unwrap_or(if is_number { usize::MAX } else { 0 });
    let expected = || text!("expected-number-up-to", most = MAX_LIMIT.to_string());
    if number == 0 { Err(ServiceError::invalid("limit", text, expected())) } else { Ok(number.min(MAX_LIMIT)) }
}

/// A page of features with how many the question holds.
pub(crate) struct FoundItems {
    matched: usize,
    features: Vec<ItemFeature>,
    /// The cursor of the next page.
    next: Option<String>,
}

impl FoundItems {
    /// The answer with its links, of which the function is given the cursor of the next page.
    pub(crate) fn answer(self, links: impl FnOnce(Option<&str>) -> Vec<ApiLink>) -> ItemsAnswer {
        ItemsAnswer::new(self.matched, self.features, links(self.next.as_deref()))
    }
}

/// What is looked for in a source.
enum Wanted<'a> {
    /// The page of a question.
    Page,
    /// The feature of an id.
    One(&'a str),
}

impl Service {
    /// The page of features that answers a question. Blocks while it is found.
    pub(crate) fn items(
        &self,
        served: &Arc<ServedSnapshot>,
        request: &ItemsRequest,
    ) -> Result<FoundItems, ServiceError> {
        self.found(served, request, &Wanted::Page)
    }

    /// The feature of an id. Blocks while it is found.
    pub(crate) fn item(
        &self,
        served: &Arc<ServedSnapshot>,
        request: &ItemsRequest,
        id: &str,
    ) -> Result<ItemFeature, ServiceError> {
        let found = self.found(served, request, &Wanted::One(id))?.features.into_iter().next();
        found.ok_or_else(|| {
            let (id, collection) = (quoted(id), request.collection.id());
            ServiceError::absent(text!("features-no-feature", id = id, collection = collection))
        })
    }

    fn found(
        &self,
        served: &Arc<ServedSnapshot>,
        request: &ItemsRequest,
        wanted: &Wanted<'_>,
    ) -> Result<FoundItems, ServiceError> {
        let (snapshot, role) = (&served.snapshot, request.viewer.role());
        let edition_data = || {
            let found = snapshot.edition(request.edition);
            found.ok_or_else(|| ServiceError::internal(&"an edition that was there is not"))
        };
        let requested = || {
            let requested = request.requested.clone();
            requested.ok_or_else(|| ServiceError::internal(&"a collection that is counted has no filter"))
        };
        match request.collection {
            CollectionName::Areas(_, level) => {
                let assessed = self.assessed(served, requested()?, level, request.viewer)?;
                Ok(request.found_in(&AreaSource::of(&assessed), wanted))
            }
            CollectionName::Labels => Ok(request.found_in(&NamedAreaSource::labels(edition_data()?), wanted)),
            CollectionName::Gazetteer => Ok(request.found_in(&NamedAreaSource::gazetteer(snapshot), wanted)),
            CollectionName::Models => Ok(request.found_in(&ModelSource::of(snapshot, edition_data()?, role), wanted)),
            CollectionName::IncidentSquares => {
                Ok(request.found_in(&SquareSource::new(asked_cells(served, &requested()?)?.cells), wanted))
            }
            CollectionName::Incidents => {
                let rows = self.incident_rows(served, request, &requested()?.filter, wanted);
                let source = IncidentFeatureSource::new(snapshot, edition_data()?, role, &rows);
                Ok(match wanted {
                    Wanted::Page => request.page_of(&source, OrderedRows::All(rows.len())),
                    Wanted::One(id) => request.one_of(&source, id),
                })
            }
        }
    }

    /// The rows of incidents in which a feature is looked for, or those of a question in its order, which are kept while
    /// pages are turned.
    fn incident_rows(
        &self,
        served: &ServedSnapshot,
        request: &ItemsRequest,
        filter: &Filter,
        wanted: &Wanted<'_>,
    ) -> Arc<Vec<IncidentRow>> {
        let (snapshot, role) = (&served.snapshot, request.viewer.role());
        if matches!(wanted, Wanted::One(_)) {
            return Arc::new(point_rows(snapshot, filter, role));
        }
        let key = MatchedRowsKey { revision: Arc::clone(served.revision(role)), question: request.key.clone() };
        self.matched_rows.of(key, || {
            let all = point_rows(snapshot, filter, role);
            let Some(edition_data) = snapshot.edition(request.edition) else { return Vec::new() };
            let source = IncidentFeatureSource::new(snapshot, edition_data, role, &all);
            request.question.rows(&source).into_iter().filter_map(|row| all.get(row).copied()).collect()
        })
    }
}

impl ItemsRequest {
    fn found_in(&self, source: &dyn ItemSource, wanted: &Wanted<'_>) -> FoundItems {
        match wanted {
            Wanted::Page => self.page_of(source, OrderedRows::Listed(&self.question.rows(source))),
            Wanted::One(id) => self.one_of(source, id),
        }
    }

    fn page_of(&self, source: &dyn ItemSource, rows: OrderedRows<'_>) -> FoundItems {
        let FeaturePage { range, next } = FeaturePage::of(source, &self.question.order, rows, &self.choice);
        let features = range.map(|place| ItemFeature::of(source, rows.at(place), &self.form)).collect();
        FoundItems { matched: rows.count(), features, next }
    }

    fn one_of(&self, source: &dyn ItemSource, id: &str) -> FoundItems {
        let row = (0..source.count()).find(|row| source.id(*row) == id);
        let features: Vec<ItemFeature> = row.map(|row| ItemFeature::of(source, row, &self.form)).into_iter().collect();
        FoundItems { matched: features.len(), features, next: None }
    }
}

/// The addresses of the reference systems that features can be asked for in.
pub(crate) fn coordinate_systems() -> Vec<&'static str> {
    CoordinateSystem::uris()
}
