//! Pages, frames and links for other sites.

mod basemap;
mod embed;
mod oembed;
mod share;
mod surroundings;
