//! Pages, frames and links for other sites.

mod basemap;
mod embed;
mod methods;
mod oembed;
mod share;
mod surroundings;
