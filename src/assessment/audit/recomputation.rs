//! What follows from published counts, worked out from the counts that were read.
//!
//! In: a snapshot, of which boundaries, residents and rules are used, a release, of which the days of its windows are,
//! and the counts of a level as the public read them in one window and another. Out: the assessment that they give. A number or a word of an answer that is not the
//! one of this assessment rests on something that is not published. The snapshot's own counts are not touched.

use crate::assessment::area::{Assessment, Totals};
use crate::assessment::context::AssessmentContext;
use crate::assessment::counting::Counted;
use crate::assessment::rating::basis::{PublishedCells, PublishedCounts};
use crate::assessment::rating::component_members;
use crate::assessment::release::Release;
use crate::assessment::shared_figures::SharedFigures;
use crate::assessment::{AssessmentError, Assessor, level_data};
use crate::domain::area::{AreaIndex, Level};
use crate::domain::filter::{CategorySet, Filter};
use crate::domain::incident::taxonomy::Severity;
use crate::domain::index::IndexVec;
use crate::domain::rules::scheme::ComponentIndex;
use crate::domain::time::period::Period;
use crate::snapshot::{CountTable, Snapshot};

/// The counts of a level as they were read in one window; none where they are hidden.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadCounts {
    /// By area.
    pub counts: IndexVec<AreaIndex, Option<u32>>,
    /// The components of the default scheme by area; none where any of them is hidden.
    pub components: IndexVec<AreaIndex, Option<IndexVec<ComponentIndex, u32>>>,
    /// What police work found, by area.
    pub detected: IndexVec<AreaIndex, Option<u32>>,
}

/// The assessment of a level that follows from counts that were read; `read_in` gives those of a window.
///
/// # Errors
/// When the edition or the level is not loaded, or nothing was read in the period of the filter.
pub fn reassessed(
    snapshot: &Snapshot,
    figures: &SharedFigures,
    release: &Release,
    level: Level,
    filter: &Filter,
    read_in: impl Fn(Period) -> Option<ReadCounts>,
) -> Result<Assessment, AssessmentError> {
    let (edition_data, areas) = level_data(snapshot, level, filter.edition)?;
    let context = AssessmentContext { snapshot, edition_data, areas, filter, coverage: release.coverage() };
    let published_in = |period| Some(published(&context, &read_in(period)?));
    Assessor { snapshot, figures }.assess_published(&context, published_in)
}

/// What was read, in the shape in which the engine takes counts.
fn published(context: &AssessmentContext<'_>, read: &ReadCounts) -> PublishedCounts {
    let taxonomy = &context.snapshot.taxonomy;
    let schemes = &context.snapshot.schemes;
    let categories = CategorySet::reported(taxonomy);
    let members = component_members(taxonomy, schemes.scheme(schemes.default_index()), categories);
    let incidents: IndexVec<AreaIndex, u32> = read.counts.iter().map(|count| count.unwrap_or(0)).collect();
    let mut table = CountTable::zero(incidents.len(), taxonomy.categories.len());
    for (area, components) in read.components.indexed() {
        for (component, count) in components.iter().flat_map(IndexVec::indexed) {
            // Which category and severity counts is not published: any of the component stands for all.
            let Some(category) = members.at(component).and_then(|members| members.first()) else { continue };
            (0..*count).for_each(|_| table.count_one(area, *category, Severity::LEAST));
        }
    }
    PublishedCounts {
        cells: PublishedCells {
            has_count: read.counts.iter().map(Option::is_some).collect(),
            has_components: read.components.iter().map(Option::is_some).collect(),
        },
        counted: Counted {
            totals: Totals { incidents: incidents.iter().sum(), ..Totals::default() },
            without_point: vec![0; incidents.len()].into(),
            incidents,
            categories,
            table,
        },
        detected: read.detected.clone(),
    }
}
