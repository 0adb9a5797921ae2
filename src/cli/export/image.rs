//! `binhyen export png` and `svg`: a level as a drawn map, with its title, legend and sources.

use std::process::ExitCode;

use clap::Args;
use clap::builder::RangedU64ValueParser;

use super::filter_args::{FilterArgs, LevelArg};
use super::open_data::{DataArgs, OpenData, advised, of_files, query};
use super::output_file::{OutputArg, OutputFile};
use crate::cli::exit::CommandResult;
use crate::cli::language::LanguageOption;
use crate::cli::output;
use crate::export::map_image::{self, Framing, Legend, MapImageOptions, level_image, style_ids, themes};
use crate::service::error::ServiceError;
use crate::service::questions::areas::LevelQuestion;

/// The arguments of the verbs that draw.
#[derive(Debug, Args)]
pub(super) struct ImageArgs {
    #[command(flatten)]
    source: DataArgs,
    #[command(flatten)]
    filter: FilterArgs,
    #[command(flatten)]
    level: LevelArg,
    /// What the areas are coloured by, a theme of the style such as grade, rate, count, density.
    #[arg(long, value_name = "NAME", default_value = "grade")]
    layer: String,
    /// The style: light, dark, print.
    #[arg(long, value_name = "NAME", default_value = "light")]
    theme: String,
    /// Width in pixels, 200 to 4000.
    #[arg(long, value_name = "NUMBER", default_value = "1200", value_parser = RangedU64ValueParser::<u32>::new().range(200..=4000))]
    width: u32,
    /// Height in pixels, 200 to 4000.
    #[arg(long, value_name = "NUMBER", default_value = "800", value_parser = RangedU64ValueParser::<u32>::new().range(200..=4000))]
    height: u32,
    #[command(flatten)]
    output: OutputArg,
}

/// What a drawing is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ImageFormat {
    /// Lines and letters.
    Svg,
    /// Pixels, two for each of the page's side, so that it prints sharp.
    Png,
}

/// Draws the map in a format.
pub(super) fn run(args: &ImageArgs, format: ImageFormat, lang: Option<LanguageOption>) -> CommandResult {
    let data = OpenData::of(&args.source, &args.filter)?;
    let mut parameters = args.filter.parameters();
    parameters.extend(args.level.parameter());
    let question = LevelQuestion::of(&query(&parameters), &data.served, data.viewer).map_err(advised)?;
    let options = MapImageOptions {
        style: known("theme", &args.theme, style_ids())?,
        theme: known("layer", &args.layer, themes(&args.theme))?,
        language: of_files(lang),
        width_px: args.width,
        height_px: args.height,
        selected: None,
        framing: Framing::Edition,
        legend: Legend::Visible,
    };
    let file = OutputFile::begun(&args.output.path)?;
    let assessed = question.assessed(&data.service, &data.served).map_err(advised)?;
    let svg = level_image::svg(&assessed, &options, None)?;
    let bytes = match format {
        ImageFormat::Svg => map_image::outlined(&svg)?.into_bytes(),
        ImageFormat::Png => map_image::png(&svg, 2)?,
    };
    file.complete(&bytes)?;
    let kilobytes = bytes.len().div_ceil(1000);
    output::line(&format!("{}: {} × {}, {kilobytes} kB", args.output.path.display(), args.width, args.height));
    Ok(ExitCode::SUCCESS)
}

/// A name that is one of those there are.
fn known(option: &'static str, name: &str, known: Vec<String>) -> Result<String, ServiceError> {
    if known.iter().any(|one| one == name) {
        Ok(name.to_owned())
    } else {
        Err(ServiceError::none_of(option, name, known))
    }
}
