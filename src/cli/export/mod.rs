//! `binhyen export`: files to hand on, made of what a data folder holds and cut to a role.

mod areas;
mod filter_args;
mod image;
pub(super) mod open_data;
mod output_file;
mod output_folder;
mod partitions;
mod sheets;
mod tiles;

use clap::{Args, Subcommand};

use super::exit::CommandResult;
use super::language::LanguageOption;
use crate::export::archive::ArchiveFormat;
use crate::export::area_files::AreaFormat;
use image::ImageFormat;

/// The arguments of `export`.
#[derive(Debug, Args)]
#[command(
    after_help = "A file holds what a role may see; without --role that is the public, from released windows only, and what is\n\
                  hidden from it is not in the bytes of the file. The same data give the same bytes.\n\n\
                  Examples:\n  \
                  binhyen export sheets --data /var/lib/binhyen -o sheets.pdf\n  \
                  binhyen export pmtiles --data /var/lib/binhyen --window TK-2025 -o map.pmtiles\n  \
                  binhyen export csv --data /var/lib/binhyen --level district --edition 2025-01 -o districts.csv"
)]
pub(super) struct ExportArgs {
    #[command(subcommand)]
    what: ExportVerb,
}

#[derive(Debug, Subcommand)]
enum ExportVerb {
    /// Draw a sheet of A4 for each area of a level, all in one PDF.
    Sheets(sheets::SheetsArgs),
    /// Write all tiles of a map into one PMTiles file, which maps read in place from any bucket or web server.
    #[command(
        after_help = "Tiles hold what the same tiles of a server hold: the layers of the tileset, the attributes of the role, the\n\
                      numbers of the filter. Equal tiles are written once.\n\n\
                      Examples:\n  \
                      binhyen export pmtiles --data /var/lib/binhyen --window TK-2025 -o map.pmtiles\n  \
                      binhyen export pmtiles --data try-out --sample --tileset communes --properties name,grade --max-zoom 14 -o communes.pmtiles"
    )]
    Pmtiles(tiles::TilesArgs),
    /// Write all tiles of a map into one MBTiles file, a database that desktop programs and tile servers read.
    #[command(
        after_help = "The tiles are those of `export pmtiles`, their rows counted from the south as the format wants it.\n\n\
                      Examples:\n  \
                      binhyen export mbtiles --data /var/lib/binhyen --window TK-2025 -o map.mbtiles\n  \
                      binhyen export mbtiles --data /var/lib/binhyen --role planner --tileset incidents --max-zoom 10 -o squares.mbtiles"
    )]
    Mbtiles(tiles::TilesArgs),
    /// Write the areas of a level as GeoJSON, with their boundaries as they were imported.
    #[command(
        after_help = "Example:\n  binhyen export geojson --data /var/lib/binhyen --window TK-2025 -o communes.geojson"
    )]
    Geojson(areas::AreasArgs),
    /// Write the areas of a level as FlatGeobuf, with their boundaries to the last bit and an index by place.
    #[command(
        alias = "fgb",
        after_help = "Each column has one type, and a row without a value leaves it out. The reference system is EPSG:4326.\n\n\
                      Examples:\n  \
                      binhyen export flatgeobuf --data /var/lib/binhyen --window TK-2025 -o communes.fgb\n  \
                      ogrinfo -so communes.fgb areas"
    )]
    Flatgeobuf(areas::AreasArgs),
    /// Write the areas of a level as GeoParquet, with their boundaries, column by column.
    #[command(
        alias = "parquet",
        after_help = "Version 1.1, with a box around each boundary, longitude and latitude of WGS 84.\n\n\
                      With --partition-by the file is a folder of small files, one for each level of each year of statistics, with the\n\
                      counts that the ratings are made from: a row for each area, component and severity, with its weight and what it is\n\
                      measured against (METHODS.md, section 6). For the public a row for each area and component, with what is published.\n\n\
                      Examples:\n  \
                      binhyen export geoparquet --data /var/lib/binhyen --window TK-2025 -o communes.parquet\n  \
                      binhyen export geoparquet --data /var/lib/binhyen --role planner --partition-by year,level -o counts\n  \
                      duckdb -c \"SELECT code, rate FROM 'communes.parquet' ORDER BY rate DESC LIMIT 5\""
    )]
    Geoparquet(partitions::GeoParquetArgs),
    /// Write the areas of a level as CSV, one row for each.
    #[command(
        after_help = "Example:\n  binhyen export csv --data /var/lib/binhyen --role planner --from 2025-01-01 --to 2025-07-01 -o half-year.csv"
    )]
    Csv(areas::AreasArgs),
    /// Write the areas of a level as a workbook, with a sheet that says how the numbers were made.
    #[command(after_help = "Example:\n  binhyen export xlsx --data /var/lib/binhyen --lang en -o ratings.xlsx")]
    Xlsx(areas::AreasArgs),
    /// Draw a level as a map in pixels, twice as many on each side as its width and height say.
    #[command(
        after_help = "Example:\n  binhyen export png --data /var/lib/binhyen --layer rate --theme print -o rates.png"
    )]
    Png(image::ImageArgs),
    /// Draw a level as a map of lines, its letters as outlines.
    #[command(after_help = "Example:\n  binhyen export svg --data /var/lib/binhyen --level district -o districts.svg")]
    Svg(image::ImageArgs),
}

/// Runs `export`; files are in Vietnamese where no language is asked for.
pub(super) fn run(args: &ExportArgs, lang: Option<LanguageOption>) -> CommandResult {
    match &args.what {
        ExportVerb::Sheets(args) => sheets::run(args, lang),
        ExportVerb::Pmtiles(args) => tiles::run(args, ArchiveFormat::PmTiles, lang),
        ExportVerb::Mbtiles(args) => tiles::run(args, ArchiveFormat::MbTiles, lang),
        ExportVerb::Flatgeobuf(args) => areas::run(args, AreaFormat::FlatGeobuf, lang),
        ExportVerb::Geoparquet(args) => partitions::run(args, lang),
        ExportVerb::Geojson(args) => areas::run(args, AreaFormat::GeoJson, lang),
        ExportVerb::Csv(args) => areas::run(args, AreaFormat::Csv, lang),
        ExportVerb::Xlsx(args) => areas::run(args, AreaFormat::Xlsx, lang),
        ExportVerb::Png(args) => image::run(args, ImageFormat::Png, lang),
        ExportVerb::Svg(args) => image::run(args, ImageFormat::Svg, lang),
    }
}
