//! Which numbers go into a file: the filter of the API as options, and the role.

use clap::{Args, ValueEnum};

use crate::domain::role::Role;

/// The options that choose the numbers of a file.
#[derive(Debug, Clone, Args)]
pub(super) struct FilterArgs {
    /// The edition of the boundaries; without it, the newest one that is in force.
    #[arg(long, value_name = "YYYY-MM")]
    edition: Option<String>,
    /// The window by its id, as `/meta` lists them; without it, the default one of the rules.
    #[arg(long, value_name = "ID", conflicts_with_all = ["from", "to"])]
    window: Option<String>,
    /// The first day of a free period, YYYY-MM-DD; not for the public.
    #[arg(long, value_name = "FROM", requires = "to")]
    from: Option<String>,
    /// The day after the last of a free period; not for the public.
    #[arg(long, value_name = "TO", requires = "from")]
    to: Option<String>,
    /// The categories that are counted, by their ids; not for the public.
    #[arg(long, value_name = "ID,…")]
    categories: Option<String>,
    /// The least severity that is counted, 1 to 5; not for the public.
    #[arg(long, value_name = "NUMBER")]
    min_severity: Option<String>,
    /// The rating scheme by its id; without it, the default one of the rules.
    #[arg(long, value_name = "ID")]
    scheme: Option<String>,
    /// Whose numbers the file holds.
    #[arg(long, value_enum, ignore_case = true, default_value_t = RoleOption::Public)]
    role: RoleOption,
}

/// The option that chooses the level.
#[derive(Debug, Clone, Args)]
pub(super) struct LevelArg {
    /// The level of the areas.
    #[arg(long, value_enum, ignore_case = true)]
    level: Option<LevelOption>,
}

impl LevelArg {
    /// The level as an address of the API would name it.
    pub(super) fn parameter(&self) -> Option<(&'static str, &'static str)> {
        let level = match self.level? {
            LevelOption::Commune => "commune",
            LevelOption::District => "district",
            LevelOption::Province => "province",
        };
        Some(("level", level))
    }
}

/// The levels as the option names them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum LevelOption {
    /// Communes, wards, townships.
    Commune,
    /// Districts, of editions that have them.
    District,
    /// The province.
    Province,
}

/// The roles as the option names them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum RoleOption {
    /// What anybody may see: released windows, no small counts.
    Public,
    /// Unsuppressed aggregates for any filter.
    Planner,
    /// The same; incident points are in other files.
    Commander,
    /// The same.
    Operator,
}

impl FilterArgs {
    /// Whose numbers the file holds.
    pub(super) fn role(&self) -> Role {
        match self.role {
            RoleOption::Public => Role::Public,
            RoleOption::Planner => Role::Planner,
            RoleOption::Commander => Role::Commander,
            RoleOption::Operator => Role::Operator,
        }
    }

    /// The parameters that an address of the API would have.
    pub(super) fn parameters(&self) -> Vec<(&str, &str)> {
        let named = [
            ("edition", self.edition.as_deref()),
            ("window", self.window.as_deref()),
            ("from", self.from.as_deref()),
            ("to", self.to.as_deref()),
            ("categories", self.categories.as_deref()),
            ("min_severity", self.min_severity.as_deref()),
            ("scheme", self.scheme.as_deref()),
        ];
        named.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
    }
}
