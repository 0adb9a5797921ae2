//! Community models of an area: how many there are, and how densely, over all kinds and by kind.

use serde::Serialize;
use utoipa::ToSchema;

use crate::assessment::ModelDensity;
use crate::domain::role::Role;
use crate::domain::text::Names;
use crate::service::answers::AssessedLevel;
use crate::tile::area_row::AreaRow;

/// The densities of models, as far as they exist and the role may see them.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct DensityFigures {
    /// Active models per 10,000 residents.
    #[schema(required)]
    pub(crate) per_10k_residents: Option<f64>,
    /// Active models per square kilometre.
    #[schema(required)]
    pub(crate) per_km2: Option<f64>,
    /// Active models per residential area; null for the public, whom it would tell how many residential areas there are.
    #[schema(required)]
    pub(crate) per_residential_area: Option<f64>,
    /// Residential areas served by a model over residential areas, 0 to 1; null for the public.
    #[schema(required)]
    pub(crate) residential_areas_served: Option<f64>,
}

impl DensityFigures {
    /// The densities that a role may see.
    fn of(density: &ModelDensity, role: Role) -> Self {
        let public = Self::public(density);
        if !role.sees_model_positions() {
            return public;
        }
        let ModelDensity {
            active: _,
            per_10k_residents: _,
            per_km2: _,
            per_residential_area,
            residential_areas_served,
            coverage: _,
        } = *density;
        Self { per_residential_area, residential_areas_served, ..public }
    }

    /// The densities that do not tell where single models stand.
    fn public(density: &ModelDensity) -> Self {
        let ModelDensity {
            active: _,
            per_10k_residents,
            per_km2,
            per_residential_area: _,
            residential_areas_served: _,
            coverage: _,
        } = density;
        Self {
            per_10k_residents: *per_10k_residents,
            per_km2: *per_km2,
            per_residential_area: None,
            residential_areas_served: None,
        }
    }
}

/// How many models there are, and how densely.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct CountedDensity {
    /// Active models on the last day of the period.
    pub(crate) count: u32,
    #[serde(flatten)]
    densities: DensityFigures,
}

impl CountedDensity {
    /// The count and the densities that a role may see.
    pub(crate) fn of(density: &ModelDensity, role: Role) -> Self {
        Self { count: density.active, densities: DensityFigures::of(density, role) }
    }
}

/// How many models of one kind there are, how densely, and whom they reach. Reaches of different kinds are not united,
/// so there is no such share over all kinds.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct KindReach {
    #[serde(flatten)]
    pub(crate) counted: CountedDensity,
    /// Share of residents within reach of a model of the kind, spread evenly over communes or, for kinds that work over
    /// an area, over their residential areas, 0 to 1; null for the public, and where no residential area is known that a
    /// team works for.
    #[schema(required)]
    coverage: Option<f64>,
}

impl KindReach {
    /// The count, the densities and the share of residents that a role may see.
    pub(crate) fn of(density: &ModelDensity, role: Role) -> Self {
        let coverage = density.coverage.filter(|_| role.sees_model_positions());
        Self { counted: CountedDensity::of(density, role), coverage }
    }
}

/// The community models of an area.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct AreaModels {
    #[serde(flatten)]
    pub(crate) densities: DensityFigures,
    /// Active models on the last day of the period.
    pub(crate) total: u32,
    /// The same by kind; kinds without a model are left out.
    pub(crate) by_kind: Vec<KindDensity>,
}

impl AreaModels {
    /// The models of an area.
    pub(super) fn of(assessed: &AssessedLevel, row: &AreaRow<'_>) -> Self {
        Self {
            densities: DensityFigures::of(&row.assessment.models, assessed.viewer.role()),
            total: row.assessment.models.active,
            by_kind: by_kind(assessed, &row.assessment.models_by_kind),
        }
    }
}

/// The community models of one kind in an area.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct KindDensity {
    /// The id of the kind.
    kind: String,
    /// Its name for people.
    pub(crate) name: Names,
    #[serde(flatten)]
    pub(crate) density: KindReach,
}

/// Counts and densities by kind of model, those of zero left out.
pub(crate) fn by_kind(assessed: &AssessedLevel, kinds: &[ModelDensity]) -> Vec<KindDensity> {
    let kinds = assessed.snapshot().rules.model_kinds.iter().zip(kinds).filter(|(_, density)| density.active > 0);
    let entry = kinds.map(|(kind, density)| KindDensity {
        kind: kind.id.clone(),
        name: kind.names.clone(),
        density: KindReach::of(density, assessed.viewer.role()),
    });
    entry.collect()
}
